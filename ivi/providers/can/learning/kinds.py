# SPDX-License-Identifier: Apache-2.0
"""Fields that carry no physics: alive counters and checksums, each proven on every frame of the recording."""

from dataclasses import dataclass
from itertools import pairwise

from ivi.providers.can.learning.field import BYTE, Field, Order, above
from ivi.providers.can.learning.recording import Track

MIN_FRAMES = 20  # fewer prove nothing
MIN_COUNTER = 2  # bits
MAX_COUNTER = 16  # bits
MISSES = 0.1  # share of flips that may disagree: lost frames, and a counter that begins again before its highest value
LEAD = 0.95  # a counter's lowest bit flips with nearly every frame
MIN_DISTINCT = 8  # a checksum of fewer different payloads is a coincidence
POLYNOMIALS = {0x1D: "SAE J1850", 0x2F: "AUTOSAR 8H2F", 0x07: "SMBus", 0x31: "Maxim", 0xD5: "DVB-S2"}


@dataclass(frozen=True)
class Checksum:
    """A byte that all other bytes determine."""

    field: Field
    rule: str


def find_counters(track: Track) -> list[Field]:
    """Alive counters: the lowest bit flips with every frame, each other one when the bit below falls from 1 to 0."""
    count = len(track.times)
    if count < MIN_FRAMES:
        return []
    found: list[Field] = []
    taken: set[int] = set()
    for low, rate in enumerate(track.rates):
        if rate < LEAD * (count - 1) or low in taken:
            continue
        grown = [_grow(track, low, order) for order in ("little", "big")]
        best = max((_with_wrap(track, counter) for counter in grown), key=lambda counter: counter.length)
        if best.length >= MIN_COUNTER:
            found.append(best)
            taken |= set(best.bits)
    return found


def _grow(track: Track, low: int, order: Order) -> Field:
    bits = [low]
    while len(bits) < MAX_COUNTER:
        upper = above(bits[-1], order)
        if not 0 <= upper < len(track.planes) or not _carries(track, bits[-1], upper):
            break
        bits.append(upper)
    return Field(low, len(bits), order)


def _with_wrap(track: Track, counter: Field) -> Field:
    """The counter with the bits on top that obey "plus one, and 0 after the highest value" too."""
    longer = Field(counter.low, counter.length + 1, counter.order)
    if counter.length < MIN_COUNTER or longer.length > MAX_COUNTER or not 0 <= longer.high < len(track.planes):
        return counter
    if not track.rates[longer.high]:
        return counter
    values = longer.values(track.payloads)
    highest = max(values)
    wrong = sum(after != before + 1 and (before, after) != (highest, 0) for before, after in pairwise(values))
    return _with_wrap(track, longer) if wrong <= MISSES / 2 * len(values) else counter


def _carries(track: Track, lower: int, upper: int) -> bool:
    """Whether `upper` flips exactly when `lower` falls."""
    falls = track.flips[lower] & track.planes[lower]
    expected = falls.bit_count()
    if expected < MIN_COUNTER or not track.rates[upper]:
        return False
    return (falls ^ track.flips[upper]).bit_count() <= max(1, MISSES * expected)


def find_checksum(track: Track) -> Checksum | None:
    """A checksum byte: sum, XOR or CRC-8 of the others, whatever its start value, final XOR or hidden id is.

    Those constants shift every result by the same amount (the CRC is linear), so it is enough that the difference
    between the byte and the plain rule is one and the same in all frames.
    """
    payloads = list(dict.fromkeys(track.payloads))
    if len(payloads) < MIN_DISTINCT or track.length < MIN_COUNTER:
        return None
    for byte in (track.length - 1, *range(track.length - 1)):
        column = {payload[byte] for payload in payloads}
        if len(column) < MIN_DISTINCT:
            continue
        others = [payload[:byte] + payload[byte + 1 :] for payload in payloads]
        checks = [payload[byte] for payload in payloads]
        if rule := _rule(others, checks):
            return Checksum(Field(byte * BYTE, BYTE, "little"), rule)
    return None


def _rule(others: list[bytes], checks: list[int]) -> str:
    """The rule's name; empty when none fits."""
    sums = [sum(data) for data in others]
    if _constant([(check - total) & 0xFF for check, total in zip(checks, sums, strict=True)]):
        return "sum of the other bytes"
    if _constant([(check + total) & 0xFF for check, total in zip(checks, sums, strict=True)]):
        return "complement of the sum of the other bytes"
    if _constant([check ^ _xor(data) for check, data in zip(checks, others, strict=True)]):
        return "XOR of the other bytes"
    for polynomial, name in POLYNOMIALS.items():
        table = _table(polynomial)
        if _constant([check ^ _crc(data, table) for check, data in zip(checks, others, strict=True)]):
            return f"CRC-8 with polynomial 0x{polynomial:02X} ({name}) of the other bytes"
    return ""


def _constant(values: list[int]) -> bool:
    return all(one == other for one, other in pairwise(values))


def _xor(data: bytes) -> int:
    total = 0
    for byte in data:
        total ^= byte
    return total


def _crc(data: bytes, table: list[int]) -> int:
    crc = 0
    for byte in data:
        crc = table[crc ^ byte]
    return crc


def _table(polynomial: int) -> list[int]:
    table = []
    for value in range(256):
        crc = value
        for _ in range(BYTE):
            crc = (crc << 1 ^ polynomial if crc & 0x80 else crc << 1) & 0xFF
        table.append(crc)
    return table
