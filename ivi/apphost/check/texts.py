# SPDX-License-Identifier: Apache-2.0
"""An app's strings: every language has the same keys, and the code asks for none that is missing."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

from ivi.apphost.check.findings import Finding, Severity
from ivi.apphost.dev import saves

FOLDER = "strings"


def check(folder: Path) -> Iterator[Finding]:
    """Findings; none for an app that has no strings folder."""
    files: dict[str, dict[str, object]] = {}
    for path in sorted((folder / FOLDER).glob("*.toml")):
        name = f"{FOLDER}/{path.name}"
        try:
            files[name] = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            yield Finding(Severity.ERROR, f"it is not TOML: {error}", "correct the line", name)
    if not files:
        return
    every = sorted(set().union(*files.values()))
    for name, values in files.items():
        for key in every:
            if key not in values:
                having = next(other for other, there in files.items() if key in there)
                yield Finding(Severity.ERROR, f"{key} is missing here", f"{having} has it", name)
            elif isinstance(values[key], str) and not str(values[key]).strip():
                yield Finding(Severity.WARNING, f"{key} is empty", "write a word", name)
    for path in saves.python_files(folder):
        for key, line in _asked_for(ast.parse(path.read_bytes())):
            if key not in every:
                where = path.relative_to(folder).as_posix()
                fix = f"add {key} to {', '.join(files)}"
                yield Finding(Severity.ERROR, f"there is no string {key!r}", fix, where, line)


def _asked_for(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Literal keys of `strings[…]` and `self.strings[…]`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            of = node.value
            name = of.attr if isinstance(of, ast.Attribute) else of.id if isinstance(of, ast.Name) else ""
            if name == FOLDER and isinstance(node.slice.value, str):
                yield node.slice.value, node.lineno
