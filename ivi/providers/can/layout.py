# SPDX-License-Identifier: Apache-2.0
"""Where a message's signals lie, as numbers: what the compiled decoder is made from.

A payload is read as one integer, `L` when its bytes are taken in little-endian and `B` in big-endian order. Each signal
is then a shift and a width in one of the two. A message that cannot be laid out so that it decodes exactly as cantools
does is refused here, with the reason; cantools decodes it then.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from cantools.database.can import Message, Signal
from cantools.database.can.message import SignalTreeType

from ivi.model.errors import ConfigurationError

BYTE = 8  # bits
FLOAT_BITS = (16, 32, 64)


class NotCompilableError(ConfigurationError):
    """The message is left to cantools; the text says why."""


class Part(NamedTuple):
    """What one byte of the payload holds of a signal."""

    byte: int
    """Index in the payload."""
    low: int
    """Lowest bit of the part in its byte."""
    width: int
    weight: int
    """Which bit of the signal its lowest bit is."""

    @property
    def mask(self) -> int:
        """The part's bits in its byte."""
        return ((1 << self.width) - 1) << self.low


@dataclass(frozen=True, slots=True)
class Field:
    """One signal's place in the payload."""

    index: int
    """Of the signal in `message.signals`."""
    signal: Signal
    word: str
    """`L` or `B`."""
    shift: int
    """Bits below the signal in its word."""
    bits: int
    """The signal's own bits in the word `L`, also for a big-endian signal."""

    def parts(self, size: int) -> tuple[Part, ...]:
        """The signal in pieces, lowest bits first, of a payload of `size` bytes."""
        parts = []
        at = self.shift
        end = at + self.signal.length
        while at < end:
            low = at % BYTE
            width = min(BYTE - low, end - at)
            byte = at // BYTE if self.word == "L" else size - 1 - at // BYTE
            parts.append(Part(byte, low, width, at - self.shift))
            at += width
        return tuple(parts)


@dataclass(frozen=True, slots=True)
class Branch:
    """Signals that come together, and the selectors among them with what each of their numbers brings."""

    fields: tuple[Field, ...]
    selectors: tuple[tuple[Field, dict[int, "Branch"]], ...]

    def walk(self) -> Iterator["Branch"]:
        """This branch and all below it."""
        yield self
        for _, branches in self.selectors:
            for branch in branches.values():
                yield from branch.walk()


@dataclass(frozen=True, slots=True)
class Layout:
    """A message that can be compiled."""

    size: int
    """Payload bytes."""
    root: Branch


def lay_out(message: Message) -> Layout:
    """The layout of a message. Raises NotCompilableError."""
    if message.is_container:
        raise NotCompilableError(f"{message.name} is a container")
    names = [signal.name for signal in message.signals]
    if len(names) != len(set(names)):
        raise NotCompilableError(f"{message.name}: two signals share a name")
    fields = {signal.name: _field(message, index, signal) for index, signal in enumerate(message.signals)}
    root = _branch(message.signal_tree, fields)
    _check_overlap(message, root, 0)
    return Layout(message.length, root)


def _field(message: Message, index: int, signal: Signal) -> Field:
    where = f"{message.name}.{signal.name}"
    total = 8 * message.length
    if signal.byte_order == "little_endian":
        word, shift = "L", signal.start
    else:
        highest = 8 * (signal.start // 8) + 7 - signal.start % 8  # the DBC's numbering, counted from the left instead
        word, shift = "B", total - highest - signal.length
    if signal.length <= 0 or shift < 0 or shift + signal.length > total:
        raise NotCompilableError(f"{where} lies outside its payload of {message.length} bytes")
    if signal.conversion.is_float and signal.length not in FLOAT_BITS:
        raise NotCompilableError(f"{where} is a float of {signal.length} bits")
    for number in (signal.conversion.scale, signal.conversion.offset):
        # What is compiled holds these numbers' text, so nothing else may be there.
        if type(number) not in (int, float) or not math.isfinite(number):
            raise NotCompilableError(f"{where} is scaled by {number!r}, which is no finite number")
    bits = ((1 << signal.length) - 1) << shift
    if word == "B":
        bits = int.from_bytes(bits.to_bytes(message.length, "big"), "little")
    return Field(index, signal, word, shift, bits)


def _branch(tree: SignalTreeType, fields: dict[str, Field]) -> Branch:
    own: list[Field] = []
    selectors: list[tuple[Field, dict[int, Branch]]] = []
    for item in tree:
        if isinstance(item, str):
            own.append(fields[item])
            continue
        for name, branches in item.items():
            own.append(fields[name])
            selectors.append((fields[name], {number: _branch(below, fields) for number, below in branches.items()}))
    return Branch(tuple(own), tuple(selectors))


def _check_overlap(message: Message, branch: Branch, taken: int) -> int:
    """The bits taken after this branch; branches of one selector may share bits with each other only."""
    below = {field.index: branches for field, branches in branch.selectors}
    for field in branch.fields:
        if taken & field.bits:
            raise NotCompilableError(f"{message.name}.{field.signal.name} overlaps another signal")
        taken |= field.bits
        branches = below.get(field.index, {})
        taken |= _union(_check_overlap(message, inner, taken) for inner in branches.values())
    return taken


def _union(masks: Iterable[int]) -> int:
    united = 0
    for mask in masks:
        united |= mask
    return united
