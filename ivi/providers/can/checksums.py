# SPDX-License-Identifier: Apache-2.0
"""Checksums and alive counters in payloads: computing them for commands, and checking them in received messages."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from cantools.database.can import Message

from ivi.model.errors import ConfigurationError
from ivi.providers.can.compiled import ChangeDecoder
from ivi.providers.can.expressions import PayloadError
from ivi.providers.can.layout import BYTE, Field, lay_out
from ivi.vss.protection import Algorithm, Checksum, Counter, Protection

_ORDERS: dict[str, Literal["little", "big"]] = {"L": "little", "B": "big"}


class FaultError(PayloadError):
    """The payload fits its message, but its checksum is wrong or its counter stands still."""


@lru_cache(8)
def _crc_table(polynomial: int, bits: int) -> tuple[int, ...]:
    top, cut = 1 << (bits - 1), (1 << bits) - 1
    table = []
    for byte in range(1 << BYTE):
        rest = byte << (bits - BYTE)
        for _ in range(BYTE):
            rest = (rest << 1 ^ polynomial if rest & top else rest << 1) & cut
        table.append(rest)
    return tuple(table)


def _crc(data: Iterable[int], polynomial: int, bits: int, start: int) -> int:
    table, cut = _crc_table(polynomial, bits), (1 << bits) - 1
    rest = start
    for byte in data:
        rest = table[rest >> (bits - BYTE) ^ byte] ^ (rest << BYTE & cut)
    return rest


def _xor8(data: Iterable[int]) -> int:
    total = 0
    for byte in data:
        total ^= byte
    return total


FUNCTIONS: dict[Algorithm, Callable[[bytes], int]] = {
    Algorithm.XOR8: _xor8,
    Algorithm.SUM8: lambda data: sum(data) & 0xFF,
    Algorithm.SUM8_COMPLEMENT: lambda data: -sum(data) & 0xFF,
    Algorithm.CRC8_SAE_J1850: lambda data: _crc(data, 0x1D, 8, 0xFF) ^ 0xFF,
    Algorithm.CRC8_SAE_J1850_ZERO: lambda data: _crc(data, 0x1D, 8, 0),
    Algorithm.CRC8_AUTOSAR: lambda data: _crc(data, 0x2F, 8, 0xFF) ^ 0xFF,
    Algorithm.CRC16_CCITT: lambda data: _crc(data, 0x1021, 16, 0xFFFF),
}


SUMS = frozenset({Algorithm.SUM8, Algorithm.SUM8_COMPLEMENT})
"""Not linear: what a byte changes depends on the others."""


@dataclass
class Faults:
    """What was wrong with the frames of one message."""

    checksum: int = 0
    """Frames with a wrong checksum; they are not used."""
    repeated: int = 0
    """Frames with the counter of the frame before; they are not used."""
    skipped: int = 0
    """Frames whose counter is not the next one; they are used, but frames before them are missing."""
    accepted: int = 0
    """Frames that passed."""

    @property
    def counter(self) -> int:
        """All faults of the counter."""
        return self.repeated + self.skipped

    @property
    def total(self) -> int:
        """All faults."""
        return self.checksum + self.counter


class Guard:
    """Counter and checksum of one message."""

    def __init__(self, message: Message, protection: Protection) -> None:
        """Raises ConfigurationError when the message has no such signals."""
        self.faults = Faults()
        self._size = message.length
        fields = {field.signal.name: field for branch in lay_out(message).root.walk() for field in branch.fields}
        self._counter = protection.counter
        self._checksum = protection.checksum
        self._counter_field = _field(message, fields, protection.counter)
        self._checksum_field = _field(message, fields, protection.checksum)
        self._step, self._span = _steps(protection.counter, self._counter_field)
        self._covered = self._covered_bytes()
        self._expected: int | None = None
        self._is_whole = self._compile_checksum()
        self._count_of = self._compile_counter()

    def restart(self) -> None:
        """The message was away: its next counter is as good as any."""
        self._expected = None

    def around(self, decode: ChangeDecoder) -> ChangeDecoder:
        """`decode` behind a check of each payload. This runs for every frame of the message, so it looks up little."""
        faults, size, step, span = self.faults, self._size, self._step, self._span
        is_whole, count_of, counts = self._is_whole, self._count_of, self._counter_field is not None

        def checked(data: bytes) -> None:
            if len(data) < size:
                raise PayloadError(len(data))
            if not is_whole(data):
                faults.checksum += 1
                raise FaultError("checksum")
            if counts:
                count = count_of(data)
                if count != self._expected:
                    self._judge(count)
                self._expected = (count + step) % span
            decode(data)
            faults.accepted += 1

        return checked

    def _judge(self, count: int) -> None:
        """A counter that is not the expected one. Raises FaultError when it is the last frame's."""
        if self._expected is None:
            return
        if self._next(count) == self._expected:
            self.faults.repeated += 1
            raise FaultError("counter")
        self.faults.skipped += 1

    def sealed(self, data: bytes, count: int) -> bytes:
        """The payload with this counter, and with its checksum."""
        if self._counter_field is not None:
            data = self._write(self._counter_field, data, count)
        if self._checksum_field is not None:
            data = self._write(self._checksum_field, data, self._sum(data))
        return data

    def next_count(self, count: int | None) -> int:
        """The counter after this one; 0 at first."""
        return 0 if count is None else self._next(count)

    def _next(self, count: int) -> int:
        return (count + self._step) % self._span

    def _covered_bytes(self) -> tuple[int, ...]:
        """Indices of the bytes under the checksum: not those that it fills itself."""
        if self._checksum is None or self._checksum_field is None:
            return ()
        own = {part.byte for part in self._checksum_field.parts(self._size) if part.width == BYTE}
        return tuple(
            at for at in range(self._checksum.first, min(self._checksum.last + 1, self._size)) if at not in own
        )

    def _compile_checksum(self) -> Callable[[bytes], bool]:
        """Whether a payload's checksum is right, as fast as the kind of checksum allows."""
        field, words = self._checksum_field, self._checksum
        if field is None or words is None:
            return lambda _data: True
        parts = field.parts(self._size)
        if words.algorithm in SUMS or len(parts) != 1 or parts[0].width != BYTE:
            return lambda data: self._read(field, data) == self._sum(data)
        return _by_tables(parts[0].byte, self._covered, self._sum, self._size)

    def _compile_counter(self) -> Callable[[bytes], int]:
        """The counter of a payload."""
        field = self._counter_field
        if field is None:
            return lambda _data: 0
        parts = field.parts(self._size)
        if len(parts) != 1:
            return lambda data: self._read(field, data)
        byte, mask = parts[0].byte, parts[0].mask
        shift = (mask & -mask).bit_length() - 1
        return lambda data: (data[byte] & mask) >> shift

    def _sum(self, data: bytes) -> int:
        field, words = self._checksum_field, self._checksum
        if field is None or words is None:
            return 0
        if field.shift % BYTE or field.signal.length % BYTE:
            data = self._write(field, data, 0)
        covered = bytes([data[at] for at in self._covered])
        return FUNCTIONS[words.algorithm](words.prefix + covered + words.suffix) & (1 << field.signal.length) - 1

    def _read(self, field: Field, data: bytes) -> int:
        word = int.from_bytes(data[: self._size], _ORDERS[field.word])
        return word >> field.shift & (1 << field.signal.length) - 1

    def _write(self, field: Field, data: bytes, value: int) -> bytes:
        word = int.from_bytes(data[: self._size], _ORDERS[field.word])
        cut = ((1 << field.signal.length) - 1) << field.shift
        word = word & ~cut | value << field.shift & cut
        return word.to_bytes(self._size, _ORDERS[field.word])


def _steps(words: Counter | None, field: Field | None) -> tuple[int, int]:
    """By how much a counter grows, and after how many values it begins again."""
    if words is None or field is None:
        return 0, 1
    largest = (1 << field.signal.length) - 1
    return words.step, (largest if words.maximum is None else min(words.maximum, largest)) + 1


def _by_tables(
    own: int, covered: Iterable[int], function: Callable[[bytes], int], size: int
) -> Callable[[bytes], bool]:
    """Whether byte `own` is the checksum of the others: one table for each byte, and all that they say XORed.

    XOR and CRC are linear: what a byte changes does not depend on the others, so eight payloads tell all of its values.
    """
    nothing = function(bytes(size))
    names: dict[str, object] = {}
    terms = [str(nothing)]
    for at in covered:
        single = [function(bytes(at) + bytes([1 << bit]) + bytes(size - at - 1)) ^ nothing for bit in range(BYTE)]
        names[f"t{at}"] = tuple(
            _xor8(change for bit, change in enumerate(single) if byte >> bit & 1) for byte in range(1 << BYTE)
        )
        terms.append(f"t{at}[d[{at}]]")
    check: Callable[[bytes], bool] = eval(f"lambda d: d[{own}]=={'^'.join(terms)}", names)  # noqa: S307  # numbers only
    return check


def _field(message: Message, fields: dict[str, Field], words: Counter | Checksum | None) -> Field | None:
    if words is None:
        return None
    if (field := fields.get(words.signal)) is None:
        raise ConfigurationError(
            f"the message {message.name} has no signal {words.signal} for its counter or checksum",
            hint="overlay and DBC must belong together",
        )
    return field


def one_protection(where: str, found: Iterable[Protection | None]) -> Protection | None:
    """What the paths of one message say together. Raises ConfigurationError when they disagree."""
    said = [item for item in found if item is not None]
    counters = {item.counter for item in said if item.counter is not None}
    checksums = {item.checksum for item in said if item.checksum is not None}
    if len(counters) > 1 or len(checksums) > 1:
        raise ConfigurationError(
            f"{where}: paths of one message name different counters or checksums", hint="name them once"
        )
    if not counters and not checksums:
        return None
    return Protection(next(iter(counters), None), next(iter(checksums), None))
