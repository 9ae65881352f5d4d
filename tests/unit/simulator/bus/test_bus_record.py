# SPDX-License-Identifier: Apache-2.0
"""The record format, chunk splitting and control records."""

import random

from simulator.bus import record


def _frame(number: int, flags: int = 0) -> bytes:
    return record.RECORD.pack(number, 0x123, 8, flags, number.to_bytes(8, "little"))


def test_a_record_is_eighty_bytes_with_the_documented_offsets() -> None:
    data = record.RECORD.pack(1, 0x80000005, 64, record.FD | record.BRS, bytes(range(64)))
    assert len(data) == record.SIZE == 80
    assert data[:8] == (1).to_bytes(8, "little")
    assert data[8:12] == (0x80000005).to_bytes(4, "little")
    assert data[12] == 64
    assert data[record.FLAGS_AT] == 3
    assert data[14:16] == b"\0\0"
    assert data[16:] == bytes(range(64))


def test_chunks_of_any_size_give_the_same_records() -> None:
    stream = b"".join(_frame(number) for number in range(50))
    rng = random.Random(3)
    rest, found, at = b"", b"", 0
    while at < len(stream):
        size = rng.randint(1, 300)
        complete, rest = record.whole(rest, stream[at : at + size])
        assert len(complete) % record.SIZE == 0
        assert len(rest) < record.SIZE
        found += complete
        at += size
    assert found == stream
    assert rest == b""


def test_control_records_are_found_and_taken_out_in_place() -> None:
    frames = _frame(1) + _frame(2, record.FD)
    assert not record.has_control(frames)
    assert not record.has_control(b"")
    mixed = _frame(1) + record.control(record.DROPPED, 7) + _frame(2, record.FD)
    assert record.has_control(mixed)
    left, controls = record.split_control(mixed)
    assert left == frames
    (dropped,) = controls
    assert dropped[1] == record.DROPPED
    assert record.numbers(dropped[4]) == (7, 0)


def test_an_echo_differs_in_its_flag_only() -> None:
    frames = _frame(1) + _frame(2, record.FD | record.BRS)
    marked = record.as_echo(frames)
    assert [entry[3] for entry in record.RECORD.iter_unpack(marked)] == [record.ECHO, record.ECHO | 3]
    assert [entry[4] for entry in record.RECORD.iter_unpack(marked)] == [
        entry[4] for entry in record.RECORD.iter_unpack(frames)
    ]
