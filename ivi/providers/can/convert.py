# SPDX-License-Identifier: Apache-2.0
"""From a signal's number to the value of a VSS leaf: text, transform, type and range, decided once per rule."""

import sys
from collections.abc import Callable, Mapping

from ivi.model.errors import InvalidArgumentError
from ivi.model.signal import DataType, Metadata, Scalar, Value
from ivi.providers.can.expressions import Number
from ivi.vss.catalogue import check_value
from ivi.vss.mapping import FromDbc

type Converter = Callable[[Number], Value | None]
"""The VSS value; None when a mapping has no row for the number. Raises InvalidArgumentError if the leaf forbids it."""

NARROW = 10  # bits; results of narrower signals are remembered: at most 1024 of them
_FLOATS = (DataType.FLOAT, DataType.DOUBLE)
_OTHERS = (DataType.STRING, DataType.BOOLEAN)


def converter(rule: FromDbc, entry: Metadata, texts: Mapping[Number, str], width: int) -> Converter:
    """The converter of one rule. `texts` is the signal's value table, `width` its bits."""
    needs_text = entry.data_type is DataType.STRING or rule.maps

    def convert(number: Number) -> Value | None:
        value: Scalar = number
        if needs_text:
            value = texts.get(number) or number
        if rule.transform is not None:
            changed = rule.transform(value)
            if changed is None and needs_text:
                changed = rule.transform(number)
            if changed is None:
                return None
            value = changed
        return check_value(entry, _typed(entry, value))

    if rule.transform is None and not entry.allowed and entry.data_type is not DataType.STRING:
        return _plain(entry, convert)
    return _remembering(convert) if width <= NARROW else convert


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


def _plain(entry: Metadata, convert: Converter) -> Converter:
    """The short way of numbers that are taken as they are; `convert` says what is wrong with the others."""
    if entry.data_type is DataType.BOOLEAN:
        return lambda number: number != 0
    if entry.data_type.is_array:
        return convert
    low, high = _bounds(entry)
    if entry.data_type in _FLOATS:

        def real(number: Number) -> Value | None:
            return float(number) if low <= number <= high else convert(number)

        return real

    def whole(number: Number) -> Value | None:
        return number if type(number) is int and low <= number <= high else convert(number)

    return whole


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
