# SPDX-License-Identifier: Apache-2.0
"""The catalogue of signals: VSS leaves with type, unit and range, and the check of a value against them."""

import difflib
import json
import math
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from ivi.model.errors import InvalidArgumentError, NotFoundError
from ivi.model.signal import DataType, EntryType, Metadata, Scalar, StructValue, Value
from ivi.vss import patterns

INTEGERS: dict[DataType, tuple[int, int]] = {
    DataType(f"{sign}int{bits}"): (
        0 if sign else -(1 << (bits - 1)),
        (1 << bits) - 1 if sign else (1 << (bits - 1)) - 1,
    )
    for sign in ("", "u")
    for bits in (8, 16, 32, 64)
}
"""Least and greatest value of each integer type."""
NUMBERS = frozenset({*INTEGERS, DataType.FLOAT, DataType.DOUBLE})
_FIELDS = {"min": "minimum", "max": "maximum"}  # VSS's word: our field, where they differ
PLAIN_TYPES = tuple(kind.value for kind in DataType if kind.element is not DataType.STRUCT)
"""Names of VSS's own data types."""


class Catalogue:
    """VSS leaves by path, and the struct types that they may have."""

    def __init__(self, entries: Iterable[Metadata] = ()) -> None:
        self._entries: dict[str, Metadata] = {entry.path: entry for entry in entries}
        self.structs: dict[str, tuple[Metadata, ...]] = {}
        """Fields of each struct type by its full name (VSS's data type tree)."""

    def __contains__(self, path: str) -> bool:
        """Whether the leaf exists."""
        return path in self._entries

    def __iter__(self) -> Iterator[str]:
        """All paths, in the order they were added."""
        return iter(self._entries)

    def __len__(self) -> int:
        """How many leaves there are."""
        return len(self._entries)

    def add(self, entries: Iterable[Metadata]) -> None:
        """Add leaves or replace those of the same path (an overlay)."""
        self._entries.update((entry.path, entry) for entry in entries)

    def overlay(self, path: str, node: Mapping[str, object]) -> None:
        """Add a leaf, or say more of a known one: words that the node lacks keep their value, as VSS overlays do.

        A range or list of allowed values is not kept for another data type or unit. Raises InvalidArgumentError.
        """
        known = self._entries.get(path)
        if known is None:
            self._entries[path] = metadata_from_node(path, node, self.structs)
            return
        if "datatype" not in node:
            if "persist" in node:
                self._entries[path] = msgspec.structs.replace(known, persist=_flag(path, node, "persist"))
            return
        new = metadata_from_node(path, node, self.structs)
        keeps = ["unit", "description", "persist"]
        if new.data_type == known.data_type:
            keeps += ["allowed"]
            if node.get("unit", known.unit) == known.unit:
                keeps += ["minimum", "maximum"]
        given = {_FIELDS.get(word, word) for word in node}
        kept = {field: getattr(known, field) for field in keeps if field not in given}
        self._entries[path] = msgspec.structs.replace(new, **kept)

    def get(self, path: str) -> Metadata:
        """The leaf. Raises NotFoundError with the nearest names when there is none."""
        entry = self._entries.get(path)
        if entry is None:
            raise NotFoundError(f"unknown VSS path {path}", hint=self._suggest(path))
        return entry

    def resolve(self, wanted: Iterable[str]) -> list[str]:
        """The leaves that paths and patterns name, each once, in catalogue order for patterns.

        Raises NotFoundError when a plain path does not exist; a pattern may match nothing.
        """
        found: dict[str, None] = {}
        for item in wanted:
            patterns.check(item)
            if patterns.is_pattern(item):
                found.update(dict.fromkeys(path for path in self._entries if patterns.matches(item, path)))
            else:
                found[self.get(item).path] = None
        return list(found)

    def _suggest(self, path: str) -> str:
        tail = path.rpartition(".")[2].lower()
        near = [name for name in self._entries if tail and tail in name.lower()][:3]
        return f"did you mean {' or '.join(near)}?" if near else "`ivi signals list` shows all paths"


def check_value(entry: Metadata, value: object) -> Value:
    """The value in the type of the leaf (an int becomes a float where VSS says float).

    Raises InvalidArgumentError when type, range or the list of allowed values forbid it, or a struct's fields differ.
    """
    kind = entry.data_type
    if kind.is_array:
        if not isinstance(value, list):
            raise InvalidArgumentError(f"{entry.path} takes a list of {entry.struct or kind.element}, not {value!r}")
        if kind is DataType.STRUCT_ARRAY:
            return [_check_struct(entry, item) for item in value]
        return [_check_scalar(entry, item) for item in value]
    if kind is DataType.STRUCT:
        return _check_struct(entry, value)
    return _check_scalar(entry, value)


def _check_struct(entry: Metadata, value: object) -> StructValue:
    if not isinstance(value, Mapping):
        raise InvalidArgumentError(f"{entry.path} takes the fields of {entry.struct}, not {value!r}")
    names = [field.path for field in entry.fields]
    if wrong := [name for name in value if name not in names]:
        raise InvalidArgumentError(f"{entry.path} has no field {wrong[0]!r}", hint=f"fields: {', '.join(names)}")
    if missing := [name for name in names if name not in value]:
        raise InvalidArgumentError(f"{entry.path} lacks the field {missing[0]}", hint=f"fields: {', '.join(names)}")
    return {
        field.path: check_value(msgspec.structs.replace(field, path=f"{entry.path}.{field.path}"), value[field.path])
        for field in entry.fields
    }


def parse_value(entry: Metadata, text: str) -> Value:
    """The value that a person typed. Raises InvalidArgumentError when it does not fit the leaf."""
    kind = entry.data_type
    if kind.element is DataType.STRUCT:
        try:
            return check_value(entry, json.loads(text))
        except ValueError as error:
            raise InvalidArgumentError(f"{entry.path} takes {entry.struct} as JSON: {error}") from error
    if kind.is_array:
        return check_value(entry, [_parse_scalar(entry, part.strip()) for part in text.split(",") if part.strip()])
    return check_value(entry, _parse_scalar(entry, text))


def _parse_scalar(entry: Metadata, text: str) -> Scalar:
    element = entry.data_type.element
    if element is DataType.STRING:
        return text
    if element is DataType.BOOLEAN:
        if text.lower() in ("true", "on", "yes", "1"):
            return True
        if text.lower() in ("false", "off", "no", "0"):
            return False
        raise InvalidArgumentError(f"{entry.path} takes true or false, not {text!r}")
    try:
        return int(text) if element in INTEGERS else float(text)
    except ValueError:
        raise InvalidArgumentError(f"{entry.path} takes a number ({element}), not {text!r}") from None


def _check_scalar(entry: Metadata, value: object) -> Scalar:
    element = entry.data_type.element
    if element is DataType.STRING:
        checked: Scalar = _expect(entry, value, str)
    elif element is DataType.BOOLEAN:
        checked = _expect(entry, value, bool)
    else:
        checked = _check_number(entry, value, element)
    if entry.allowed and checked not in entry.allowed:
        names = ", ".join(str(item) for item in entry.allowed)
        raise InvalidArgumentError(f"{entry.path} cannot be {checked!r}", hint=f"allowed: {names}")
    return checked


def _expect[T: (str, bool)](entry: Metadata, value: object, kind: type[T]) -> T:
    if not isinstance(value, kind):
        raise InvalidArgumentError(f"{entry.path} takes {entry.data_type}, not {value!r}")
    return value


def _check_number(entry: Metadata, value: object, element: DataType) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidArgumentError(f"{entry.path} takes a number ({element}), not {value!r}")
    number: int | float
    if element in INTEGERS:
        if isinstance(value, float) and not value.is_integer():
            raise InvalidArgumentError(f"{entry.path} takes whole numbers ({element}), not {value!r}")
        number = int(value)
        low: float = INTEGERS[element][0]
        high: float = INTEGERS[element][1]
    else:
        number = float(value)
        low, high = -math.inf, math.inf
        if not math.isfinite(number):
            raise InvalidArgumentError(f"{entry.path} takes finite numbers, not {value!r}")
    low = low if entry.minimum is None else max(low, entry.minimum)
    high = high if entry.maximum is None else min(high, entry.maximum)
    if not low <= number <= high:
        unit = f" {entry.unit}" if entry.unit else ""
        raise InvalidArgumentError(f"{entry.path}: {number:g} is out of range", hint=f"{low:g} to {high:g}{unit}")
    return number


def metadata_from_node(
    path: str, node: Mapping[str, object], structs: Mapping[str, tuple[Metadata, ...]] | None = None
) -> Metadata:
    """A leaf from VSS's own words (`type`, `datatype`, `unit`, `min`, `max`, `allowed`, `description`) and `persist`.

    `structs` are the struct types that `datatype` may name. Raises InvalidArgumentError that names path and word.
    """
    try:
        entry_type = EntryType(str(node.get("type")))
    except ValueError as error:
        raise InvalidArgumentError(f"{path}: {error}", hint="sensor, actuator or attribute") from error
    data_type, struct, fields = _data_type(path, node, structs or {})
    allowed = node.get("allowed") or ()
    if not isinstance(allowed, list | tuple):
        raise InvalidArgumentError(f"{path}: `allowed` must be a list")
    return Metadata(
        path=path,
        data_type=data_type,
        entry_type=entry_type,
        unit=str(node.get("unit") or ""),
        minimum=_bound(path, node, "min"),
        maximum=_bound(path, node, "max"),
        allowed=tuple(allowed),
        description=" ".join(str(node.get("description") or "").split()),
        persist=_flag(path, node, "persist"),
        struct=struct,
        fields=fields,
    )


def _data_type(
    path: str, node: Mapping[str, object], structs: Mapping[str, tuple[Metadata, ...]]
) -> tuple[DataType, str, tuple[Metadata, ...]]:
    """The type; of a struct also its name and fields."""
    text = str(node.get("datatype"))
    name = text.removesuffix("[]")
    if name in structs:
        return (DataType.STRUCT_ARRAY if text.endswith("[]") else DataType.STRUCT), name, structs[name]
    try:
        kind = DataType(text)
    except ValueError:
        kind = DataType.STRUCT
    if kind.element is DataType.STRUCT:
        # `struct` is our word for what VSS writes as the struct's name
        raise InvalidArgumentError(f"{path}: {text!r} is no data type", hint=_nearest(text, [*PLAIN_TYPES, *structs]))
    return kind, "", ()


def _nearest(text: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(text, list(names), n=2)
    return f"did you mean {' or '.join(near)}?" if near else "a VSS type, or a struct of the data type tree"


def _bound(path: str, node: Mapping[str, object], word: str) -> float | None:
    value = node.get(word)
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < math.inf):
        return value
    raise InvalidArgumentError(f"{path}: `{word}` must be a number, not {value!r}")


def _flag(path: str, node: Mapping[str, object], word: str) -> bool:
    value = node.get(word, False)
    if isinstance(value, bool):
        return value
    raise InvalidArgumentError(f"{path}: `{word}` must be true or false, not {value!r}")
