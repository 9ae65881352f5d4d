# SPDX-License-Identifier: Apache-2.0
"""Planes, fields, counters, checksums and borders, on payloads whose layout is known."""

import random
from itertools import pairwise

import pytest

from ivi.model.errors import ConfigurationError
from ivi.providers.can.frame import Frame
from ivi.providers.can.learning.field import Field, above, below
from ivi.providers.can.learning.kinds import find_checksum, find_counters
from ivi.providers.can.learning.planes import flips, transpose
from ivi.providers.can.learning.recording import Track, sort_frames
from ivi.providers.can.learning.segments import find_fields


def track(payloads: list[bytes]) -> Track:
    """Frames every 10 ms."""
    return Track(0x123, [index / 100 for index in range(len(payloads))], payloads)


def crc8(data: bytes, polynomial: int, start: int) -> int:
    """The textbook's CRC, bit by bit."""
    crc = start
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1 ^ polynomial) & 0xFF if crc & 0x80 else crc << 1 & 0xFF
    return crc


def test_transpose_gives_each_bit_of_each_frame() -> None:
    """Bit k of a plane is that payload bit in frame k."""
    rng = random.Random(1)
    payloads = [rng.randbytes(3) for _ in range(50)]
    planes = transpose(b"".join(payloads), 3)
    for bit, bits in enumerate(planes):
        expected = [payload[bit // 8] >> bit % 8 & 1 for payload in payloads]
        assert [bits >> index & 1 for index in range(50)] == expected
        assert flips(bits, 50).bit_count() == sum(a != b for a, b in pairwise(expected))


@pytest.mark.parametrize(("field", "start"), [(Field(4, 12, "little"), 4), (Field(12, 12, "big"), 7)])
def test_field_reads_what_a_dbc_means(field: Field, start: int) -> None:
    """Start bits are those of a DBC, and the value is the number that was put there."""
    assert field.start == start
    number = 0xABC
    whole = number << 4
    payload = whole.to_bytes(2, field.order)
    assert field.values([payload]) == [number]
    assert all(below(above(bit, field.order), field.order) == bit for bit in field.bits)
    assert Field(field.low, 12, field.order, signed=True).values([payload]) == [number - 4096]


@pytest.mark.parametrize("highest", [15, 23])
def test_counter_is_found_with_its_wrap(highest: int) -> None:
    """Also one that begins again before all its bits are used."""
    found = find_counters(track([bytes([index % (highest + 1) << 2, 7]) for index in range(300)]))
    assert [counter.low for counter in found] == [2]
    assert found[0].length == highest.bit_length()


def test_counter_survives_lost_frames() -> None:
    """Every fortieth frame is missing."""
    found = find_counters(track([bytes([index % 16]) for index in range(400) if index % 40]))
    assert [(counter.low, counter.length) for counter in found] == [(0, 4)]


@pytest.mark.parametrize("polynomial", [0x1D, 0x2F, 0x07])
def test_crc_is_found_whatever_its_start_value(polynomial: int) -> None:
    """The start value and the final XOR are nobody's business."""
    rng = random.Random(2)
    bodies = [rng.randbytes(5) for _ in range(60)]
    found = find_checksum(track([bytes([crc8(body, polynomial, 0x5A) ^ 0x33]) + body for body in bodies]))
    assert found is not None
    assert (found.field.low, f"0x{polynomial:02X}" in found.rule) == (0, True)


def test_sums_are_found_and_noise_is_not() -> None:
    """A sum with a hidden constant; random bytes have no rule."""
    rng = random.Random(3)
    bodies = [rng.randbytes(5) for _ in range(60)]
    summed = find_checksum(track([body + bytes([(sum(body) + 9) & 0xFF]) for body in bodies]))
    assert summed is not None
    assert summed.rule == "sum of the other bytes"
    assert find_checksum(track([rng.randbytes(6) for _ in range(60)])) is None


@pytest.mark.parametrize("order", ["little", "big"])
def test_smooth_numbers_are_cut_apart_in_both_byte_orders(order: str) -> None:
    """Two 12-bit walks and a flag in four bytes, neighbours without a gap."""
    rng = random.Random(4)
    first, second, payloads = 1500, 800, []
    for index in range(3000):
        first = min(max(first + rng.randint(-9, 9), 0), 4095)
        second = min(max(second + rng.randint(-6, 6), 0), 4095)
        flag = index // 97 & 1
        payloads.append((flag << 28 | second << 12 | first).to_bytes(4, "little" if order == "little" else "big"))
    found = {field.bits for field in find_fields(track(payloads))}
    low = 0 if order == "little" else 24
    one = Field(low, 12, "little" if order == "little" else "big")
    other = Field(above(one.high, one.order), 12, one.order)
    assert one.bits[:10] in found
    assert other.bits[:9] in found
    assert ((28,) if order == "little" else (4,)) in found


def test_sign_is_seen() -> None:
    """A number that goes through zero."""
    rng = random.Random(5)
    value, payloads = 0, []
    for _ in range(2000):
        value = min(max(value + rng.randint(-5, 5), -300), 300)
        payloads.append((value & 0xFFFF).to_bytes(2, "big"))
    fields = find_fields(track(payloads))
    assert [(field.start, field.length, field.order, field.signed) for field in fields] == [(7, 16, "big", True)]


def test_recording_keeps_the_usual_length_and_refuses_nothing() -> None:
    """A frame of another length is counted; no frame at all is an error."""
    frames = [Frame(index * 10**7, 1, bytes(8)) for index in range(5)] + [Frame(10**9, 1, bytes(3))]
    recording = sort_frames(frames, "here")
    assert (len(recording.tracks[1].times), recording.tracks[1].strange) == (5, 1)
    with pytest.raises(ConfigurationError, match="holds no data frame"):
        sort_frames([], "here")
