# SPDX-License-Identifier: Apache-2.0
"""Every example of docs/sdk.md runs, with the manifest above it, and each manifest is one that a car takes."""

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ivi.apphost import manifest as real_manifest
from ivi.sdk.testing import AppFactory, FakeHost

PAGE = Path(__file__).resolve().parents[3] / "docs" / "sdk.md"
HEAD = """[app]
id = "com.example.docs"
name = "Docs"
version = "1.0.0"
sdk = ">=1,<2"
entry = "docs.app:App"
"""


class Example(NamedTuple):
    """One block of code, where it stands, and the manifest above it."""

    line: int
    code: str
    manifest: str


def examples() -> list[Example]:
    found, manifest, section = [], HEAD, ""
    text = PAGE.read_text(encoding="utf-8")
    for block in re.finditer(r"^## ([^\n]+)$|^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        if block[1]:
            section, manifest = block[1], HEAD
        elif block[2] == "toml":
            manifest = block[3] if "[app]" in block[3] else HEAD + block[3]
        elif block[2] == "python":
            found.append(Example(text[: block.start(3)].count("\n") + 1, block[3], manifest))
        else:
            assert block[2] in {"text"}, f"{section}: a block of {block[2]} is not run"
    return found


EXAMPLES = examples()
TESTS = [
    pytest.param(example, name, id=f"line{example.line}-{name}")
    for example in EXAMPLES
    for name in re.findall(r"^def (test_\w+)", example.code, re.MULTILINE)
]


def test_every_example_is_tested() -> None:
    assert len(EXAMPLES) >= 10
    assert all("\ndef test_" in example.code for example in EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"line{one.line}")
def test_a_car_takes_the_manifest(example: Example, tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text(example.manifest)
    real_manifest.load(tmp_path)


@pytest.mark.parametrize(("example", "name"), TESTS)
def test_the_example_runs(
    example: Example, name: str, host: FakeHost, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    (tmp_path / "manifest.toml").write_text(example.manifest)
    space: dict[str, Any] = {"__name__": "docs_example"}
    exec(compile("\n" * (example.line - 1) + example.code, str(PAGE), "exec"), space)
    function: Callable[..., None] = space[name]
    given = {
        fixture: AppFactory(host, tmp_path / "test_app.py") if fixture == "app" else request.getfixturevalue(fixture)
        for fixture in inspect.signature(function).parameters
    }
    function(**given)
