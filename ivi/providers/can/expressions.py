# SPDX-License-Identifier: Apache-2.0
"""Python source for one signal's value, written from numbers alone, with the objects that the source refers to.

The payload's bytes are `b0`, `b1`, ... A signal in a few bytes is the sum of one look-up for each: adding and looking
up in a tuple is what the interpreter does fastest, and sign and bit order are in the tables. A wide signal is cut out
of the whole payload as one integer, `L` in little-endian and `B` in big-endian order.

The types are cantools' own: an integer stays one unless it is scaled by a fraction. No name and no text of a DBC is
ever part of the source.
"""

import struct
from functools import lru_cache
from itertools import count
from typing import Any

from cantools.database.namedsignalvalue import NamedSignalValue

from ivi.providers.can.layout import BYTE, Field, Part

type Number = int | float

MAX_PARTS = 4  # bytes of a signal that is added up from tables; wider ones are cut from the whole payload
SHARED_TABLES = 2048  # tables of plain numbers are few and equal in many messages: 2 kB each and their numbers
_FORMATS = {16: "e", 32: "f", 64: "d"}


class PayloadError(Exception):
    """The payload does not fit its message: too short, or an unknown multiplexer value."""


class Scope:
    """The objects that generated source refers to, under names made of a letter and a number."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {"fb": int.from_bytes, "Unfit": PayloadError, "Wrong": struct.error}
        self.words: set[str] = set()
        self.bytes: set[int] = set()
        """Which words and bytes of the payload the source so far needs."""
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
    if (parts := narrow(field, size)) is not None:
        return _sum(parts, scope, is_signed=signal.is_signed)
    bits = unsigned(field, size, scope)
    if not signal.is_signed:
        return bits
    half = 1 << (signal.length - 1)
    return f"(({bits}^{half:#x})-{half:#x})"


def number(field: Field, size: int, scope: Scope) -> str:
    """The scaled number, as cantools computes it."""
    signal = field.signal
    parts = None if signal.conversion.is_float else narrow(field, size)
    if parts is None or (numbers := scaling_of(field)) is None:
        return scaled(field, raw(field, size, scope))
    scale, offset = numbers
    if len(parts) == 1:
        table = _scaled_table(parts[0], signal.is_signed, scale, offset)
        return f"{scope.bind('T', table)}[{_byte(parts[0], scope)}]"
    return scaled(field, raw(field, size, scope))


def described(field: Field, size: int, scope: Scope, *, scaling: bool) -> str:
    """The value table's text where it has one for the raw number, else the number."""
    signal = field.signal
    choices: dict[Number, str | NamedSignalValue] = dict((signal.conversion.choices or {}).items())
    if not choices:
        return number(field, size, scope) if scaling else raw(field, size, scope)
    numbers = scaling_of(field) if scaling else None
    if not signal.conversion.is_float and (parts := narrow(field, size)) is not None and len(parts) == 1:
        scale, offset = numbers or (1, 0)
        # not for the whole byte: texts are seldom shared between signals, and small tables stay in the cache
        raws = _table(0, signal.length, 0, signal.is_signed)[: 1 << signal.length]
        table = tuple(choices.get(value, value * scale + offset) for value in raws)
        return f"{scope.bind('T', table)}[{_bits(parts[0], scope)}]"
    texts = scope.bind("C", choices)
    key, shown = f"(v:={raw(field, size, scope)})", "v"
    if signal.conversion.is_float and scaling:
        key, shown = f"int{key}", "int(v)"
    return f"({texts}[{shown}] if {key} in {texts} else {scaled(field, 'v') if scaling else 'v'})"


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
    """The signal's bits as a number without a sign, cut from the whole payload."""
    scope.words.add(field.word)
    width = field.signal.length
    source = f"{field.word}>>{field.shift}" if field.shift else field.word
    if field.shift + width < 8 * size:
        source = f"{source}&{(1 << width) - 1:#x}"
    return f"({source})" if source != field.word else source


def narrow(field: Field, size: int) -> tuple[Part, ...] | None:
    """The parts of a signal in few bytes; None when it lies in more."""
    parts = field.parts(size)
    return parts if len(parts) <= MAX_PARTS else None


def _byte(part: Part, scope: Scope) -> str:
    scope.bytes.add(part.byte)
    return f"b{part.byte}"


def _bits(part: Part, scope: Scope) -> str:
    """The part's bits as a number."""
    source = _byte(part, scope)
    if part.low:
        source = f"{source}>>{part.low}"
    return source if part.low + part.width == BYTE else f"{source}&{(1 << part.width) - 1}"


def _sum(parts: tuple[Part, ...], scope: Scope, *, is_signed: bool) -> str:
    terms = []
    for at, part in enumerate(parts):
        name = _byte(part, scope)
        signed = is_signed and at == len(parts) - 1  # the highest bits carry the sign
        if part.low or part.weight or part.width != BYTE or signed:
            name = f"{scope.bind('T', _table(part.low, part.width, part.weight, signed))}[{name}]"
        terms.append(name)
    return f"({'+'.join(terms)})" if len(terms) > 1 else terms[0]


def _float(field: Field, size: int, scope: Scope) -> str:
    width = field.signal.length
    if field.shift % BYTE:
        reader = struct.Struct("<" + _FORMATS[width]).unpack
        return f"{scope.bind('F', reader)}({unsigned(field, size, scope)}.to_bytes({width // BYTE},'little'))[0]"
    reader_at = struct.Struct(("<" if field.word == "L" else ">") + _FORMATS[width]).unpack_from
    first = field.shift // BYTE if field.word == "L" else size - (field.shift + width) // BYTE
    return f"{scope.bind('F', reader_at)}(d,{first})[0]"


def _scaled_table(part: Part, is_signed: bool, scale: Number, offset: Number) -> tuple[Number, ...]:
    return _product(part.low, part.width, is_signed, scale, offset)


@lru_cache(SHARED_TABLES)
def _table(low: int, width: int, weight: int, is_signed: bool) -> tuple[int, ...]:
    """What each value of a byte adds to a signal."""
    half = 1 << (width - 1) if is_signed else 0
    cut = (1 << width) - 1
    return tuple((((byte >> low & cut) ^ half) - half) << weight for byte in range(1 << BYTE))


# typed: 1 and 1.0 are equal, but give results of different type
@lru_cache(SHARED_TABLES, typed=True)
def _product(low: int, width: int, is_signed: bool, scale: Number, offset: Number) -> tuple[Number, ...]:
    """The signal that one byte holds, scaled."""
    return tuple(value * scale + offset for value in _table(low, width, 0, is_signed))
