# SPDX-License-Identifier: Apache-2.0
"""An app's Python, read but not run: what it imports, which icons it names, and texts that are too long.

Only what stands there literally can be judged; the trials find the rest.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import inspect

from ivi import sdk
from ivi.apphost.check.findings import Finding, Severity
from ivi.apphost.dev import saves
from ivi.apphost.manifest import Manifest
from ivi.apphost.manifest_source import nearest
from ivi.model.templates import Icon

OWN_PACKAGES = {"ivi", "msgspec"}  # that the sandbox has besides Python's own library
_BUILDERS = {
    name: kind
    for name in sdk.__all__
    if isinstance(kind := getattr(sdk, name), type) and issubclass(kind, msgspec.Struct)
}
"""What pages are made of, by the name under which apps import it."""


def check(folder: Path, manifest: Manifest) -> Iterator[Finding]:
    """Findings in all of the app's own modules."""
    own = {manifest.package, *_vendored(folder)}
    for path in saves.python_files(folder):
        tree = ast.parse(path.read_bytes())
        for node in ast.walk(tree):
            for what, fix in _of_node(node, own):
                line = getattr(node, "lineno", 0)
                yield Finding(Severity.ERROR, what, fix, path.relative_to(folder).as_posix(), line)


def _vendored(folder: Path) -> set[str]:
    """Top names of libraries that come along; a wheel's name is nearly always that of what it holds."""
    wheels = {path.name.partition("-")[0].lower() for path in (folder / "wheels").glob("*.whl")}
    return wheels | {path.stem for path in (folder / "vendor").glob("*")}


def _of_node(node: ast.AST, own: set[str]) -> Iterator[tuple[str, str]]:
    match node:
        case ast.Import(names=names):
            for one in names:
                yield from _of_import(one.name, own)
        case ast.ImportFrom(module=str(module), level=0):
            yield from _of_import(module, own)
        case ast.Attribute(value=ast.Name(id="Icon"), attr=attr) if attr.isupper() and attr not in Icon.__members__:
            yield f"there is no icon {attr}", nearest(attr, Icon.__members__)
        case ast.Call(func=ast.Name(id=name)) if name in _BUILDERS:
            yield from _of_texts(node, name)


def _of_import(module: str, own: set[str]) -> Iterator[tuple[str, str]]:
    top = module.partition(".")[0]
    if top == "ivi" and not (module == "ivi.sdk" or module.startswith("ivi.sdk.")):
        yield f"{module} is not for apps", "import what you need from ivi.sdk"
    elif top not in sys.stdlib_module_names and top not in OWN_PACKAGES and top.lower() not in own:
        yield f"{top} is not there in the car", "put its wheel into wheels/ and its line into requirements.txt"


def _of_texts(call: ast.Call, name: str) -> Iterator[tuple[str, str]]:
    """Literal texts of a part of a page that are longer than it takes."""
    kind = inspect.type_info(_BUILDERS[name])
    if not isinstance(kind, inspect.StructType):
        return
    fields = {field.name: field.type for field in kind.fields}
    given = [*zip(fields, call.args, strict=False), *((one.arg or "", one.value) for one in call.keywords)]
    for field, value in given:
        wanted = fields.get(field)
        if not (
            isinstance(value, ast.Constant) and isinstance(value.value, str) and isinstance(wanted, inspect.StrType)
        ):
            continue
        if wanted.max_length is not None and (count := len(value.value)) > wanted.max_length:
            yield f"{name}: {field} has {count} characters", f"at most {wanted.max_length} fit"
        elif wanted.min_length and len(value.value) < wanted.min_length:
            yield f"{name}: {field} is empty", "write a word"
