# SPDX-License-Identifier: Apache-2.0
"""Reading VSS files: the standard's JSON export (nested), and overlays as JSON or as flat `.vspec` YAML."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import yaml

from ivi.model.errors import ConfigurationError, InvalidArgumentError
from ivi.vss.catalogue import Catalogue, metadata_from_node

type Node = dict[str, object]

MAX_FILE = 32 << 20  # bytes; the full VSS 6 export is 0.3 MB
OUR_CATALOGUE = Path(__file__).with_name("ivi.vspec")
"""The VSS 6 paths that this program uses."""


def load_catalogue(*files: Path) -> Catalogue:
    """Our own catalogue with the leaves of these VSS files over it. Raises ConfigurationError naming file and path."""
    catalogue = Catalogue()
    for file in (OUR_CATALOGUE, *files):
        add_file(catalogue, file)
    return catalogue


def add_file(catalogue: Catalogue, file: Path) -> None:
    """Add the leaves of one VSS file; one that only adds mapping words keeps what the catalogue knows."""
    try:
        catalogue.add(
            metadata_from_node(path, node) for path, node in leaves(file) if "datatype" in node or path not in catalogue
        )
    except InvalidArgumentError as error:
        raise ConfigurationError(f"{file}: {error.message}", hint="see the VSS data entry rules") from error


def leaves(file: Path) -> Iterator[tuple[str, Node]]:
    """Path and node of every leaf of a VSS file, nested JSON or flat YAML. Raises ConfigurationError."""
    document = _read(file)
    for name, node in document.items():
        if not isinstance(node, dict):
            raise ConfigurationError(f"{file}: {name} is not a VSS node", hint="each key must hold type, datatype, …")
        yield from _walk(file, str(name), cast("Node", node))


def _walk(file: Path, path: str, node: Node) -> Iterator[tuple[str, Node]]:
    children = node.get("children")
    if children is None:
        if node.get("type") != "branch":
            yield path, node
        return
    if not isinstance(children, dict):
        raise ConfigurationError(f"{file}: {path}.children must be a mapping")
    for name, child in children.items():
        if not isinstance(child, dict):
            raise ConfigurationError(f"{file}: {path}.{name} is not a VSS node", hint="each node must be a mapping")
        yield from _walk(file, f"{path}.{name}", cast("Node", child))


def _read(file: Path) -> Node:
    try:
        if file.stat().st_size > MAX_FILE:
            raise ConfigurationError(f"{file} is larger than {MAX_FILE >> 20} MB", hint="is it a VSS file?")
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"cannot read the VSS file {file}: {error}", hint="check the path") from error
    try:
        document = json.loads(text) if file.suffix == ".json" else yaml.safe_load(text)
    except (ValueError, yaml.YAMLError) as error:
        where = " ".join(str(error).split())
        raise ConfigurationError(f"malformed VSS file {file}: {where}", hint="mend the file or leave it out") from error
    if not isinstance(document, dict):
        raise ConfigurationError(f"malformed VSS file {file}: it must be a mapping of paths to nodes")
    return document
