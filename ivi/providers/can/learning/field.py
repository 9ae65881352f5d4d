# SPDX-License-Identifier: Apache-2.0
"""Where a field lies in a payload, bit by bit, in both byte orders."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

type Order = Literal["little", "big"]

BYTE = 8  # bits
TOP = BYTE - 1  # the highest bit of a byte


def above(bit: int, order: Order) -> int:
    """The bit number (8 * byte + bit in the byte) one step more significant; negative: outside the payload."""
    if bit % BYTE < TOP or order == "little":
        return bit + 1
    return bit - 2 * BYTE + 1


def below(bit: int, order: Order) -> int:
    """The bit number one step less significant; negative: outside the payload."""
    if bit % BYTE or order == "little":
        return bit - 1
    return bit + 2 * BYTE - 1


@dataclass(frozen=True)
class Field:
    """A run of bits, from the least significant bit `low` upwards."""

    low: int
    length: int
    order: Order
    signed: bool = False

    @cached_property
    def bits(self) -> tuple[int, ...]:
        """Bit numbers, least significant first."""
        found = [self.low]
        while len(found) < self.length:
            found.append(above(found[-1], self.order))
        return tuple(found)

    @property
    def high(self) -> int:
        """Bit number of the most significant bit."""
        return self.bits[-1]

    @property
    def start(self) -> int:
        """Start bit as a DBC writes it: the lowest bit of a little-endian field, the highest of a big-endian one."""
        return self.low if self.order == "little" else self.high

    @property
    def one_byte(self) -> bool:
        """Whether the field lies in one byte, where both byte orders mean the same."""
        return self.low // BYTE == self.high // BYTE

    def place(self) -> str:
        """As a DBC writes it: `start|length@order sign`."""
        return f"{self.start}|{self.length}@{int(self.order == 'little')}{'-' if self.signed else '+'}"

    def values(self, payloads: list[bytes]) -> list[int]:
        """Raw values in these payloads, which all hold the field."""
        order: Order = self.order
        shift = self.low
        if order == "big" and payloads:
            shift = BYTE * (len(payloads[0]) - 1 - self.low // BYTE) + self.low % BYTE
        mask = (1 << self.length) - 1
        raw = [int.from_bytes(payload, order) >> shift & mask for payload in payloads]
        if self.signed:
            half, whole = 1 << (self.length - 1), 1 << self.length
            raw = [value - whole if value >= half else value for value in raw]
        return raw


def shared(one: Field, other: Field) -> float:
    """Bits in both fields over bits in either, 0 to 1."""
    first, second = set(one.bits), set(other.bits)
    return len(first & second) / len(first | second)
