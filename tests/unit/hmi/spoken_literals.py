# SPDX-License-Identifier: Apache-2.0
"""Finds, in the code of the other processes, the sentences that they hand to the screen."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
PROCESSES = (
    "ivi/services", "ivi/cloud", "ivi/apphost", "ivi/databroker", "ivi/providers", "ivi/voice", "ivi/doors",
    "ivi/manager/entry",
)  # fmt: skip
SINKS = {"Problem": (0, 2), "Fault": (2, 3), "FixApplied": (0,), "_restrictions": (2,), "Purpose": (1,), "_line": (0,)}
"""Calls whose arguments (by number) reach the driver."""
RETURNS = {("plan.py", "hindrance"), ("policy.py", "_doubt"), ("service.py", "_do")}
"""Functions whose texts do."""
ANYTHING = "7"
"""Stands for what a sentence is filled with."""


def spoken() -> Iterator[tuple[str, str]]:
    """Where each stands, and the sentence with ANYTHING in its gaps."""
    for folder in PROCESSES:
        for file in sorted((ROOT / folder).rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            place = file.relative_to(ROOT).as_posix()
            for scope in [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))]:
                for line, text in _of_scope(file.name, scope):
                    yield f"{place}:{line}", text


def _of_scope(file: str, scope: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(scope):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SINKS:
            for number in SINKS[node.func.id]:
                if number < len(node.args):
                    yield from _texts(node.args[number], scope)
        elif isinstance(node, ast.Return) and (file, getattr(scope, "name", "")) in RETURNS and node.value:
            yield from _texts(node.value, scope)


def _texts(node: ast.expr, scope: ast.AST) -> Iterator[tuple[int, str]]:
    match node:
        case ast.Constant(value=str(text)) if text:
            yield node.lineno, text
        case ast.JoinedStr(values=parts):
            said = [part.value if isinstance(part, ast.Constant) else ANYTHING for part in parts]
            yield node.lineno, "".join(map(str, said))
        case ast.IfExp(body=one, orelse=other):
            yield from _texts(one, scope)
            yield from _texts(other, scope)
        case ast.BoolOp(values=values):
            for value in values:
                yield from _texts(value, scope)
        case ast.Name(id=name) if isinstance(scope, ast.FunctionDef):
            for assigned in ast.walk(scope):
                if not isinstance(assigned, ast.Assign) or isinstance(assigned.value, ast.Name):
                    continue
                if any(isinstance(target, ast.Name) and target.id == name for target in assigned.targets):
                    yield from _texts(assigned.value, scope)
        case _:
            pass
