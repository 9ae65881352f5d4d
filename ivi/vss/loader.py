# SPDX-License-Identifier: Apache-2.0
"""From VSS files to a catalogue: the standard's export, overlays, custom branches, and struct types."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from ivi.model.errors import ConfigurationError, InvalidArgumentError
from ivi.model.signal import DataType, EntryType, Metadata
from ivi.vss.catalogue import Catalogue, metadata_from_node
from ivi.vss.document import Document, Node, read

MAX_DEPTH = 8  # structs inside structs
OUR_CATALOGUE = Path(__file__).with_name("ivi.vspec")
"""The VSS 6 paths that this program uses."""


def load_catalogue(*files: Path) -> Catalogue:
    """Our own catalogue with the leaves of these VSS files over it. Raises ConfigurationError naming file and path."""
    catalogue = Catalogue()
    for file in (OUR_CATALOGUE, *files):
        add_file(catalogue, file)
    return catalogue


def add_file(catalogue: Catalogue, file: Path) -> None:
    """Add structs and leaves of one VSS file; a node that only adds words of ours keeps what the catalogue knows."""
    document = read(file)
    try:
        catalogue.structs.update(struct_types(document, catalogue.structs))
        for path, node in document.leaves():
            catalogue.overlay(path, node)
    except InvalidArgumentError as error:
        raise ConfigurationError(
            f"{file}: {error.message}", hint=error.hint or "see the VSS data entry rules"
        ) from error


def leaves(file: Path) -> Iterator[tuple[str, Node]]:
    """Path and node of every signal of a VSS file. Raises ConfigurationError."""
    yield from read(file).leaves()


def struct_types(
    document: Document, known: Mapping[str, tuple[Metadata, ...]] | None = None
) -> dict[str, tuple[Metadata, ...]]:
    """Fields of each struct of a document; `known` are structs of earlier files.

    Raises InvalidArgumentError for an unknown type, a struct without fields, or structs that contain themselves.
    """
    declared = document.structs()
    done: dict[str, tuple[Metadata, ...]] = dict(known or {})
    for name in declared:
        done[name] = _fields(name, declared, done, ())
    return {name: done[name] for name in declared}


def _fields(
    name: str, declared: Mapping[str, Mapping[str, Node]], done: dict[str, tuple[Metadata, ...]], above: tuple[str, ...]
) -> tuple[Metadata, ...]:
    if name in above or len(above) > MAX_DEPTH:
        raise InvalidArgumentError(f"{name}: contains itself: {' → '.join((*above, name))}")
    if not declared[name]:
        raise InvalidArgumentError(f"{name}: is a struct without properties")
    found: list[Metadata] = []
    for word, node in declared[name].items():
        inner = _full_name(name, str(node.get("datatype")).removesuffix("[]"), declared)
        if inner in declared:
            done[inner] = _fields(inner, declared, done, (*above, name))
        kind = "[]" if str(node.get("datatype")).endswith("[]") else ""
        # a property has no type of its own; its struct's leaf says whether it can be set
        words = {**node, "type": EntryType.SENSOR.value, "datatype": f"{inner}{kind}"}
        try:
            entry = metadata_from_node(word, words, done)
        except InvalidArgumentError as error:
            raise InvalidArgumentError(f"{name}.{error.message}", hint=error.hint) from error
        found.append(entry)
    return tuple(found)


def _full_name(owner: str, name: str, declared: Mapping[str, object]) -> str:
    """A struct may be named without its branch by structs of the same branch."""
    sibling = f"{owner.rpartition('.')[0]}.{name}"
    return sibling if sibling in declared and name not in DataType else name
