# SPDX-License-Identifier: Apache-2.0
"""From a signal's number to the value of a VSS leaf: text, transform, type and range, decided once per rule."""

import sys
from collections.abc import Callable, Mapping
from functools import lru_cache

from ivi.model.errors import InvalidArgumentError
from ivi.model.signal import DataType, Metadata, Scalar, Value
from ivi.providers.can.expressions import Number
from ivi.vss.catalogue import check_value
from ivi.vss.mapping import FromDbc

type Converter = Callable[[Number], Value | None]
"""The VSS value; None when a mapping has no row for the number. Raises InvalidArgumentError if the leaf forbids it."""
type Shortcut = Callable[[Number], Value | None]
"""The VSS value where a glance tells that the leaf takes it; None where the converter has to look."""

NARROW = 10  # bits; results of narrower signals are remembered: at most 1024 of them
SHORTCUTS = 4096  # different ranges that share a shortcut
_FLOATS = (DataType.FLOAT, DataType.DOUBLE)


def converter(rule: FromDbc, entry: Metadata, texts: Mapping[Number, str], width: int) -> Converter:
    """The converter of one rule. `texts` is the signal's value table, `width` its bits."""
    needs_text = entry.data_type is DataType.STRING or rule.maps
    accept, transform = _acceptor(entry), rule.transform
    if not needs_text:
        if transform is None:
            return accept
        formula = transform

        def calculate(number: Number) -> Value | None:
            value = formula(number)
            return None if value is None else accept(value)

        return _remembering(calculate) if width <= NARROW else calculate

    def describe(number: Number) -> Value | None:
        shown: Scalar = texts.get(number) or number
        if transform is None:
            return accept(shown)
        value = transform(shown)
        if value is None:  # a mapping may name numbers that have a text
            value = transform(number)
        return None if value is None else accept(value)

    return _remembering(describe) if width <= NARROW else describe


def shortcut(rule: FromDbc, entry: Metadata) -> Shortcut:
    """The shortcut of one rule; leaves that take the same share one, which is then in the caches for all of them."""
    text = entry.data_type is DataType.STRING or entry.data_type.is_array or rule.maps or rule.transform is not None
    if text or entry.allowed or entry.data_type is DataType.BOOLEAN:
        return _look_closer
    low, high = _bounds(entry)
    return _real_within(low, high) if entry.data_type in _FLOATS else _whole_within(low, high)


def _look_closer(_number: Number) -> Value | None:
    return None


@lru_cache(SHORTCUTS)
def _real_within(low: float, high: float) -> Shortcut:
    return lambda number: number if type(number) is float and low <= number <= high else None


@lru_cache(SHORTCUTS)
def _whole_within(low: float, high: float) -> Shortcut:
    return lambda number: number if type(number) is int and low <= number <= high else None


def _acceptor(entry: Metadata) -> Callable[[Scalar], Value]:
    """Makes a value of the leaf's type, or raises InvalidArgumentError; short for what numbers mostly are."""

    def check(value: Scalar) -> Value:
        return check_value(entry, _typed(entry, value))

    if entry.allowed or entry.data_type.is_array or entry.data_type is DataType.STRING:
        return check
    if entry.data_type is DataType.BOOLEAN:
        return lambda value: check(value) if isinstance(value, str) else value != 0
    low, high = _bounds(entry)
    if entry.data_type in _FLOATS:

        def real(value: Scalar) -> Value:
            kind = type(value)  # not isinstance: a bool is no number here, and this runs for most changed values
            return float(value) if (kind is float or kind is int) and low <= value <= high else check(value)  # type: ignore[operator]  # see kind

        return real

    def whole(value: Scalar) -> Value:
        return value if type(value) is int and low <= value <= high else check(value)

    return whole


def _typed(entry: Metadata, value: Scalar) -> Scalar:
    kind = entry.data_type
    if kind is DataType.STRING:
        return str(value)
    if kind is DataType.BOOLEAN and not isinstance(value, str):
        return value != 0
    if isinstance(value, float) and kind not in _FLOATS:
        try:
            return round(value)
        except (ValueError, OverflowError):  # not a number, or infinite
            raise InvalidArgumentError(f"{entry.path} takes whole numbers, not {value}") from None
    return value


def _bounds(entry: Metadata) -> tuple[float, float]:
    """What the leaf takes without a closer look."""
    low = -sys.float_info.max if entry.minimum is None else entry.minimum
    high = sys.float_info.max if entry.maximum is None else entry.maximum
    if entry.data_type in _FLOATS:
        return low, high
    bits = int("".join(character for character in entry.data_type.value if character.isdigit()))
    signed = not entry.data_type.value.startswith("u")
    return max(low, -(1 << bits - 1) if signed else 0), min(high, (1 << bits - signed) - 1)


def _remembering(convert: Converter) -> Converter:
    """Of a signal with few possible numbers each is converted once."""
    known: dict[Number, Value | None] = {}

    def remembered(number: Number) -> Value | None:
        try:
            return known[number]
        except KeyError:
            value = known[number] = convert(number)
            return value

    return remembered
