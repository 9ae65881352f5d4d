# SPDX-License-Identifier: Apache-2.0
"""The JSON Schema of the app link that other languages read is the one that the code speaks."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]


def test_the_schema_is_what_the_code_says() -> None:
    result = subprocess.run(
        [sys.executable, "tools/export_schema.py", "--check"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr


def test_every_request_and_answer_is_described() -> None:
    schema = json.loads((ROOT / "docs" / "schema" / "app-link.json").read_text())
    definitions = schema["$defs"]
    for union in ("request", "answer"):
        names = list(references(definitions[union]))
        assert names
        for name in names:
            assert definitions[name]["description"], name
            assert definitions[name]["prefixItems"][0]["enum"], name


def references(schema: dict[str, Any]) -> Iterator[str]:
    """Names of the definitions that a union of unions leads to."""
    if "$ref" in schema:
        yield schema["$ref"].rpartition("/")[2]
    for choice in schema.get("anyOf", []):
        yield from references(choice)
