# SPDX-License-Identifier: Apache-2.0
"""A VSS file as it is written: its nodes by path with their own words, whatever the form (nested JSON, flat YAML, CSV).

The loader makes a catalogue of a document, `ivi vss` checks, converts and compares documents.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import yaml

from ivi.model.errors import ConfigurationError
from ivi.vss import table

type Node = dict[str, object]

MAX_FILE = 32 << 20  # bytes; the full VSS 6 export is 0.3 MB
MAX_NODES = 100_000  # the full VSS 6 has 1,603; an alias in YAML can make few lines stand for very many nodes
MAX_DEPTH = 64  # levels of branches
STRUCT_TREE = "ComplexDataTypes"
"""The key under which an export keeps the data type tree beside the signal tree."""
SUFFIXES = {".json": "json", ".vspec": "yaml", ".yaml": "yaml", ".yml": "yaml", ".csv": "csv"}


@dataclass
class Document:
    """The nodes of one file in the order of the file: branches, leaves, structs and their properties."""

    file: Path
    nodes: dict[str, Node] = field(default_factory=dict)
    """Each node's words without its children."""
    repeated: list[str] = field(default_factory=list)
    """Keys that one mapping has twice; the later one counts."""

    def leaves(self) -> Iterator[tuple[str, Node]]:
        """Signals: all nodes that are no branch and do not belong to the data type tree."""
        structs = self.structs()
        for path, node in self.nodes.items():
            kind = node.get("type")
            if kind not in ("branch", "struct", "property") and path.rpartition(".")[0] not in structs:
                yield path, node

    def structs(self) -> dict[str, dict[str, Node]]:
        """Properties by name of each struct of the data type tree."""
        found: dict[str, dict[str, Node]] = {
            path: {} for path, node in self.nodes.items() if node.get("type") == "struct"
        }
        for path, node in self.nodes.items():
            owner, _, name = path.rpartition(".")
            if owner in found and node.get("type") != "struct":
                found[owner][name] = node
        return found


def form_of(file: Path) -> str:
    """`json`, `yaml` or `csv`, by the file's suffix. Raises ConfigurationError."""
    form = SUFFIXES.get(file.suffix.lower())
    if form is None:
        raise ConfigurationError(f"{file}: unknown kind of VSS file", hint=f"known: {', '.join(SUFFIXES)}")
    return form


def read(file: Path) -> Document:
    """Read a VSS file. Raises ConfigurationError that names the file, and the path or the line."""
    text = _text(file)
    document = Document(file)
    if SUFFIXES.get(file.suffix.lower()) == "csv":
        document.nodes.update(table.parse(file, text))
        return document
    parse = _parse_json if file.suffix.lower() == ".json" else _parse_yaml
    try:
        content = parse(text, document.repeated.append)
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        where = " ".join(str(error).split())
        raise ConfigurationError(f"malformed VSS file {file}: {where}", hint="mend the file or leave it out") from error
    if not isinstance(content, dict):
        raise ConfigurationError(f"malformed VSS file {file}: it must be a mapping of paths to nodes")
    if isinstance(types := content.pop(STRUCT_TREE, None), dict):
        content.update(types)
    for name, node in content.items():
        _walk(document, str(name), node)
    return document


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > MAX_FILE:
            raise ConfigurationError(f"{file} is larger than {MAX_FILE >> 20} MB", hint="is it a VSS file?")
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"cannot read the VSS file {file}: {error}", hint="check the path") from error


def _walk(document: Document, path: str, node: object) -> None:
    if len(document.nodes) >= MAX_NODES or path.count(".") >= MAX_DEPTH:
        raise ConfigurationError(
            f"{document.file}: more than {MAX_NODES} nodes or {MAX_DEPTH} levels", hint="is it a VSS file?"
        )
    if not isinstance(node, dict):
        raise ConfigurationError(
            f"{document.file}: {path} is not a VSS node",
            hint="each node must hold type, datatype, …",
        )
    children = node.get("children", {})
    if not isinstance(children, dict):
        raise ConfigurationError(f"{document.file}: {path}.children must be a mapping")
    if path in document.nodes:
        document.repeated.append(path)
    document.nodes[path] = {str(word): value for word, value in node.items() if word != "children"}
    for name, child in children.items():
        _walk(document, f"{path}.{name}", child)


def _parse_json(text: str, repeated: Callable[[str], None]) -> object:
    def keep(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, value in pairs:
            if key in found:
                repeated(key)
            found[key] = value
        return found

    return json.loads(text, object_pairs_hook=keep)


def _parse_yaml(text: str, repeated: Callable[[str], None]) -> object:
    class Loader(yaml.SafeLoader):
        """Safe, and it notices keys that a mapping has twice."""

    def construct(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
        names: set[object] = set()
        for key, _value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in names:
                repeated(f"{key.value} (line {key.start_mark.line + 1})")
            names.add(key.value)
        loader.flatten_mapping(node)
        return cast("dict[Any, Any]", loader.construct_mapping(node, deep=True))

    Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, construct)
    return yaml.load(text, Loader)  # noqa: S506  # derived from SafeLoader: it builds plain data only
