# SPDX-License-Identifier: Apache-2.0
"""Batches of frames: what they make of records of our own bus, alone and read through a real bus server."""

import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivi.providers.can.batch import FrameBatch, FrameList, RecordBatch, is_plain
from ivi.providers.can.frame import ERROR, EXTENDED, REMOTE, Frame
from ivi.providers.can.source import BATCH, RecordSource
from simulator.bus import IviBus
from simulator.bus.record import FD, RECORD
from simulator.bus.server import BusServer

DEADLINE = 20.0  # s


def made_up(count: int) -> list[Frame]:
    chance = random.Random(7)
    return [
        Frame(
            1_790_000_000_000_000_000 + number,
            chance.choice([0x100, 0x101, 0x7FF, 0x1ABCDE | EXTENDED]),
            chance.randbytes(number % 9),
        )
        for number in range(count)
    ]


def records(frames: list[Frame]) -> bytes:
    return b"".join(RECORD.pack(frame.time_ns, frame.key, len(frame.data), 0, frame.data) for frame in frames)


@pytest.mark.parametrize("kind", ["records", "list"])
def test_a_batch_is_its_frames(kind: str) -> None:
    frames = made_up(100)
    batch: FrameBatch = RecordBatch(records(frames)) if kind == "records" else FrameList(frames)
    assert list(batch) == frames
    assert all(type(frame) is Frame for frame in batch)
    assert len(batch) == 100
    assert batch.newest_ns == frames[-1].time_ns
    assert list(batch.heads()) == [(frame.key, len(frame.data)) for frame in frames]


@pytest.mark.parametrize("kind", ["records", "list"])
def test_fields_are_those_of_the_frames(kind: str) -> None:
    frames = made_up(100)
    batch: FrameBatch = RecordBatch(records(frames)) if kind == "records" else FrameList(frames)
    assert [(at, key, size, data[:size]) for at, key, size, data in batch.fields()] == [
        (frame.time_ns, frame.key, len(frame.data), frame.data) for frame in frames
    ]


@pytest.mark.parametrize(
    ("key", "length", "flags"),
    [(0x100, 9, 0), (0x100, 64, FD), (0x100, 8, FD), (0x100 | REMOTE, 4, 0), (ERROR | 4 | EXTENDED, 8, 0)],
)
def test_records_that_are_not_all_classic_data_are_told_apart(key: int, length: int, flags: int) -> None:
    plain = records(made_up(20))
    assert is_plain(plain)
    assert is_plain(b"")
    odd = RECORD.pack(1, key, length, flags, b"")
    for data in (odd, odd + plain, plain + odd, plain + odd + plain):
        assert not is_plain(data)


@pytest.fixture
def bus(run_dir: Path) -> Iterator[tuple[RecordSource, IviBus]]:
    """A source on a bus server, and a sender beside it."""
    assert run_dir.is_dir()
    path = run_dir / "bus" / "batch.sock"
    with BusServer(path, log=lambda _line: None) as server:
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            source, sender = RecordSource(IviBus(str(path))), IviBus(str(path))
            yield source, sender
            sender.shutdown()
            source.close()
        finally:
            server.stop()
            thread.join(DEADLINE)


def read(source: RecordSource, count: int) -> list[Frame]:
    """Frames of several reads; each is bounded, and says whether there may be more."""
    found: list[Frame] = []
    give_up = time.monotonic() + DEADLINE
    while len(found) < count and time.monotonic() < give_up:
        batch = source.read()
        assert len(batch) <= BATCH
        assert source.more == (len(batch) + len(source.odd) == BATCH)
        found += batch
    return found


def test_a_source_reads_what_is_sent_in_bounded_batches(bus: tuple[RecordSource, IviBus]) -> None:
    source, sender = bus
    frames = made_up(1000)
    sender.send_batch([(frame.time_ns, frame.key, len(frame.data), 0, frame.data) for frame in frames])
    assert read(source, 1000) == frames
    assert len(source.read()) == 0


def test_a_source_puts_other_frames_aside(bus: tuple[RecordSource, IviBus]) -> None:
    source, sender = bus
    sender.send_batch(
        [
            (1, 0x100, 8, 0, b"12345678"),
            (2, 0x101, 48, FD, b"f" * 48),
            (3, 0x102 | REMOTE, 4, 0, b""),
            (4, ERROR | 0x40, 8, 0, bytes(8)),
            (5, 0x103, 2, FD, b"ab"),
        ]
    )
    give_up = time.monotonic() + DEADLINE
    while not (batch := source.read()) and not source.odd:
        assert time.monotonic() < give_up
    assert list(batch) == [
        Frame(1, 0x100, b"12345678"),
        Frame(2, 0x101, b"f" * 48),
        Frame(5, 0x103, b"ab"),
    ]
    assert [frame.key for frame in source.odd] == [0x102 | REMOTE, ERROR | 0x40]
    assert source.fd_keys == [0x101, 0x103]
    assert len(source.read()) == 0
    assert (source.odd, source.fd_keys) == ([], [])


def test_bytes_keep_the_bus_filters_and_what_recv_left(bus: tuple[RecordSource, IviBus]) -> None:
    source, sender = bus
    reader = IviBus(sender.channel_info.rpartition("(")[2].rstrip(")"))
    reader.set_filters([{"can_id": 0x100, "can_mask": 0x7FF}])
    sender.send_batch([(number, 0x100 + number % 2, 1, 0, bytes([number])) for number in range(1, 21)])
    first = reader.recv(DEADLINE)
    assert first is not None
    data = b""
    give_up = time.monotonic() + DEADLINE
    while len(data) < 9 * RECORD.size and time.monotonic() < give_up:
        piece = reader.recv_bytes(4)
        assert len(piece) <= 4 * RECORD.size
        data += piece
    assert [first.data[0], *(payload[0] for *_, payload in RECORD.iter_unpack(data))] == list(range(2, 21, 2))
    reader.shutdown()
    assert len(read(source, 20)) == 20


def test_frames_without_a_time_carry_the_clock_of_their_sending(bus: tuple[RecordSource, IviBus]) -> None:
    source, sender = bus
    before = time.time_ns()
    sender.send_batch((0, 0x100 + number, 2, 0, b"ab") for number in range(5))
    after = time.time_ns()
    sender.send_batch([(0, 0x200, 2, 0, b"ab"), (77, 0x201, 2, 0, b"ab")])
    frames = read(source, 7)
    assert [frame.key for frame in frames] == [0x100, 0x101, 0x102, 0x103, 0x104, 0x200, 0x201]
    assert all(before <= frame.time_ns <= after for frame in frames[:5])
    assert frames[5].time_ns >= after
    assert frames[6].time_ns == 77
