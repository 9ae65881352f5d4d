# SPDX-License-Identifier: Apache-2.0
"""Python source for one signal's value, written from numbers alone, with the objects that the source refers to.

The types are cantools' own: an integer stays one unless it is scaled by a fraction. No name and no text of a DBC is
ever part of the source.
"""

import struct
from collections.abc import Mapping
from functools import lru_cache
from itertools import count
from typing import Any

from cantools.database.namedsignalvalue import NamedSignalValue

from ivi.providers.can.layout import Field

type Number = int | float

TABLE_BITS = 8  # signals up to this width are looked up instead of computed: 256 entries of 8 bytes
_FORMATS = {16: "e", 32: "f", 64: "d"}
SHARED_TABLES = 1024  # tables of plain numbers are few and equal in many messages


class PayloadError(Exception):
    """The payload does not fit its message: too short, or an unknown multiplexer value."""


class Scope:
    """The objects that generated source refers to, under names made of a letter and a number."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {"fb": int.from_bytes, "Unfit": PayloadError, "Wrong": struct.error}
        self.words: set[str] = set()
        """Which words of the payload the source so far needs."""
        self._count = count()

    def bind(self, letter: str, value: object) -> str:
        """A name for this object."""
        name = f"{letter}{next(self._count)}"
        self.names[name] = value
        return name


def raw(field: Field, size: int, scope: Scope) -> str:
    """The signal's number before scaling."""
    signal = field.signal
    if signal.conversion.is_float:
        return _float(field, size, scope)
    bits = unsigned(field, size, scope)
    if not signal.is_signed:
        return bits
    half = 1 << (signal.length - 1)
    return f"(({bits}^{half:#x})-{half:#x})"


def number(field: Field, size: int, scope: Scope) -> str:
    """The scaled number, as cantools computes it."""
    signal = field.signal
    plain = not signal.is_signed and scaling_of(field) is None
    if signal.conversion.is_float or plain or signal.length > TABLE_BITS:
        return scaled(field, raw(field, size, scope))
    table = _numbers(signal.length, signal.is_signed, *(scaling_of(field) or (1, 0)))
    return f"{scope.bind('T', table)}[{unsigned(field, size, scope)}]"


def described(field: Field, size: int, scope: Scope, *, scaling: bool) -> str:
    """The value table's text where it has one for the raw number, else the number."""
    signal = field.signal
    choices: Mapping[int, str | NamedSignalValue] = dict(signal.conversion.choices or {})
    if not choices:
        return number(field, size, scope) if scaling else raw(field, size, scope)
    if signal.length <= TABLE_BITS and not signal.conversion.is_float:
        scale, offset = (scaling_of(field) if scaling else None) or (1, 0)
        numbers = _numbers(signal.length, signal.is_signed, scale, offset)
        values = _range(signal.length, signal.is_signed)
        table = tuple(choices.get(value, plain) for value, plain in zip(values, numbers, strict=True))
        return f"{scope.bind('T', table)}[{unsigned(field, size, scope)}]"
    texts = scope.bind("C", choices)
    key = f"v:={raw(field, size, scope)}"
    key = f"int({key})" if signal.conversion.is_float and scaling else key
    return f"(c if(c:={texts}.get({key}))is not None else {scaled(field, 'v') if scaling else 'v'})"


def scaling_of(field: Field) -> tuple[Number, Number] | None:
    """Scale and offset, integers where all of them are; None when there is nothing to scale."""
    conversion = field.signal.conversion
    scale, offset = conversion.scale, conversion.offset
    if scale == 1 and offset == 0:
        return None
    if not conversion.is_float and float(scale).is_integer() and float(offset).is_integer():
        return int(scale), int(offset)
    return scale, offset


def scaled(field: Field, source: str) -> str:
    """`source`, a raw number, scaled."""
    if (numbers := scaling_of(field)) is None:
        return source
    scale, offset = numbers
    if scale == 1 and type(scale) is int and type(offset) is int and not field.signal.conversion.is_float:
        return f"{source}+{offset!r}"
    # Adding nothing changes only -0.0, which an integer times a positive scale is not.
    if offset == 0 and scale > 0 and not field.signal.conversion.is_float:
        return f"{source}*{scale!r}"
    return f"{source}*{scale!r}+{offset!r}"


def selected(field: Field, size: int, scope: Scope, *, by_text: bool = False, scaling: bool = True) -> str:
    """Which branch a selector means. cantools goes by the text, so two numbers of one text mean the last of them."""
    signal = field.signal
    source = raw(field, size, scope)
    value = number(field, size, scope) if scaling else source
    if signal.conversion.is_float or (scaling and scaling_of(field)):
        value = f"int({value})"
    if not by_text or not signal.conversion.choices:
        return value
    back = {key: signal.conversion.choice_to_number(str(text)) for key, text in signal.conversion.choices.items()}
    table = scope.bind("K", back)
    key = f"int({source})" if signal.conversion.is_float and scaling else source
    return f"({table}[{key}] if {key} in {table} else {value})"


def unsigned(field: Field, size: int, scope: Scope) -> str:
    """The signal's bits as a number without a sign."""
    scope.words.add(field.word)
    width = field.signal.length
    source = f"{field.word}>>{field.shift}" if field.shift else field.word
    if field.shift + width < 8 * size:
        source = f"{source}&{(1 << width) - 1:#x}"
    return f"({source})" if source != field.word else source


def _float(field: Field, size: int, scope: Scope) -> str:
    width = field.signal.length
    if field.shift % 8:
        reader = struct.Struct("<" + _FORMATS[width]).unpack
        return f"{scope.bind('F', reader)}({unsigned(field, size, scope)}.to_bytes({width // 8},'little'))[0]"
    reader_at = struct.Struct(("<" if field.word == "L" else ">") + _FORMATS[width]).unpack_from
    first = field.shift // 8 if field.word == "L" else size - (field.shift + width) // 8
    return f"{scope.bind('F', reader_at)}(d,{first})[0]"


def _range(width: int, is_signed: bool) -> list[int]:
    """What each bit pattern of a signal means, in the order of the patterns."""
    half = 1 << (width - 1)
    return [(value ^ half) - half if is_signed else value for value in range(1 << width)]


# typed: 1 and 1.0 are equal, but give results of different type
@lru_cache(SHARED_TABLES, typed=True)
def _numbers(width: int, is_signed: bool, scale: Number, offset: Number) -> tuple[Number, ...]:
    return tuple(value * scale + offset for value in _range(width, is_signed))
