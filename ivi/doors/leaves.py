# SPDX-License-Identifier: Apache-2.0
"""The databroker's leaves as doors need them: with Kuksa's numeric ids, by branch, and by Kuksa's wildcards."""

import re
import zlib
from collections.abc import Iterable

from ivi.model.errors import InvalidArgumentError, NotFoundError
from ivi.model.signal import DataType, Metadata

MAX_PATH = 1000  # characters, Kuksa's MAX_REQUEST_PATH_LENGTH
_ROOT = re.compile(r"(?:\*\*?|[A-Za-z_][A-Za-z0-9_]*)(?:\.(?:\*\*?|[A-Za-z_][A-Za-z0-9_]*))*", re.ASCII)
_MAX_DEPTHS = 2  # `**` in one pattern; more only make it slow
_FIELDS = {
    "boolean": "bool",
    "int8": "int32",
    "int16": "int32",
    "uint8": "uint32",
    "uint16": "uint32",
}  # protobuf has no smaller integers; the other names are VSS's own


class Leaf:
    """One leaf and how protobuf carries its values."""

    __slots__ = ("entry", "field", "id", "is_array", "path")

    def __init__(self, entry: Metadata, number: int) -> None:
        self.entry = entry
        self.path = entry.path
        self.id = number
        self.is_array = entry.data_type.is_array
        self.field = field_of(entry.data_type)


class Leaves:
    """All leaves of one databroker, but for those of struct types."""

    def __init__(self, entries: Iterable[Metadata]) -> None:
        self.by_path: dict[str, Leaf] = {}
        self.by_id: dict[int, Leaf] = {}
        for entry in sorted(entries, key=lambda entry: entry.path):
            if entry.data_type.element is DataType.STRUCT:
                continue  # neither protocol has a value that could carry one
            leaf = Leaf(entry, self._number(entry.path))
            self.by_path[leaf.path] = self.by_id[leaf.id] = leaf

    def find(self, path: str) -> Leaf:
        """The leaf. Raises InvalidArgumentError (longer than Kuksa allows), NotFoundError."""
        leaf = self.by_path.get(path)
        if leaf is not None:
            return leaf
        if not path or len(path) > MAX_PATH:
            raise InvalidArgumentError(f"a path of {len(path)} characters is none", hint=f"1 to {MAX_PATH}")
        raise NotFoundError(f"unknown VSS path {path}")

    def find_id(self, number: int) -> Leaf:
        """The leaf with Kuksa's numeric id. Raises NotFoundError."""
        leaf = self.by_id.get(number)
        if leaf is None:
            raise NotFoundError(f"no signal has the id {number}", hint="ids come from ListMetadata")
        return leaf

    def under(self, root: str) -> list[Leaf]:
        """The leaves that a path, a branch or a pattern names, in the order of their paths; empty text for all.

        Raises InvalidArgumentError for what is none of them, NotFoundError when nothing matches.
        """
        if root in ("", '""', "**"):
            return list(self.by_path.values())
        if (leaf := self.by_path.get(root)) is not None:
            return [leaf]
        if len(root) > MAX_PATH or not _ROOT.fullmatch(root) or root.count("**") > _MAX_DEPTHS:
            raise InvalidArgumentError(f"{root[:80]!r} is neither a path nor a pattern", hint="e.g. Vehicle.Cabin.**")
        if "*" in root:
            matches = re.compile(_expression(root)).fullmatch
            found = [leaf for path, leaf in self.by_path.items() if matches(path)]
        else:
            found = [leaf for path, leaf in self.by_path.items() if path.startswith(f"{root}.")]
        if not found:
            raise NotFoundError(f"nothing in the catalogue matches {root}")
        return found

    def _number(self, path: str) -> int:
        """An id that only depends on the path, so that clients may keep it across restarts; two alike give way."""
        number = zlib.crc32(path.encode()) & 0x7FFF_FFFF
        while number in self.by_id or number == 0:
            number = (number + 1) & 0x7FFF_FFFF
        return number


def field_of(data_type: DataType) -> str:
    """Name of the field in Kuksa's Value (v2) and Datapoint (v1) that carries this type."""
    element = data_type.element.value
    field = _FIELDS.get(element, element)
    return f"{field}_array" if data_type.is_array else field


def _expression(pattern: str) -> str:
    """A pattern as a regular expression: `*` is one level, `**` any number of them."""
    text = re.escape(pattern).replace(r"\*\*", "\0").replace(r"\*", r"[^.]+")
    text = re.sub(r"^\0\\\.", r"(?:.+\\.)?", text)
    text = re.sub(r"\\\.\0$", r"\\..+", text)
    return re.sub(r"\\\.\0\\\.", r"\\.(?:.+\\.)?", text).replace("\0", ".+")
