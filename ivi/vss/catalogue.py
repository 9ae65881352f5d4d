# SPDX-License-Identifier: Apache-2.0
"""The catalogue of signals: VSS leaves with type, unit and range, and the check of a value against them."""

import math
from collections.abc import Iterable, Iterator, Mapping

from ivi.model.errors import InvalidArgumentError, NotFoundError
from ivi.model.signal import DataType, EntryType, Metadata, Scalar, Value
from ivi.vss import patterns

_INTEGERS = {
    f"{sign}int{bits}": (0 if sign else -(1 << (bits - 1)), (1 << bits) - 1 if sign else (1 << (bits - 1)) - 1)
    for sign in ("", "u")
    for bits in (8, 16, 32, 64)
}


class Catalogue:
    """VSS leaves by path."""

    def __init__(self, entries: Iterable[Metadata] = ()) -> None:
        self._entries: dict[str, Metadata] = {entry.path: entry for entry in entries}

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

    Raises InvalidArgumentError when type, range or the list of allowed values forbid it.
    """
    if entry.data_type.is_array:
        if not isinstance(value, list):
            raise InvalidArgumentError(f"{entry.path} takes a list of {entry.data_type.element}, not {value!r}")
        return [_check_scalar(entry, item) for item in value]
    return _check_scalar(entry, value)


def parse_value(entry: Metadata, text: str) -> Value:
    """The value that a person typed. Raises InvalidArgumentError when it does not fit the leaf."""
    kind = entry.data_type
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
        return int(text) if element.value in _INTEGERS else float(text)
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
    if element.value in _INTEGERS:
        if isinstance(value, float) and not value.is_integer():
            raise InvalidArgumentError(f"{entry.path} takes whole numbers ({element}), not {value!r}")
        number = int(value)
        low: float = _INTEGERS[element.value][0]
        high: float = _INTEGERS[element.value][1]
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


def metadata_from_node(path: str, node: Mapping[str, object]) -> Metadata:
    """A leaf from VSS's own words (`type`, `datatype`, `unit`, `min`, `max`, `allowed`, `description`).

    Raises InvalidArgumentError that names the path and the word.
    """
    try:
        entry_type = EntryType(str(node.get("type")))
        data_type = DataType(str(node.get("datatype")))
    except ValueError as error:
        raise InvalidArgumentError(f"{path}: {error}") from error
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
    )


def _bound(path: str, node: Mapping[str, object], word: str) -> float | None:
    value = node.get(word)
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    raise InvalidArgumentError(f"{path}: `{word}` must be a number, not {value!r}")
