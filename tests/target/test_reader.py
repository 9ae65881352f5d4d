# SPDX-License-Identifier: Apache-2.0
"""Our SocketCAN reader against the kernel: what it counts, filters and survives. tests/integration has the basics."""

import asyncio
import os
import socket
import struct
import time
from collections.abc import Callable, Iterator

import can
import pytest

from ivi.providers.can.batch import FrameBatch
from ivi.providers.can.bus_spec import BusSpec
from ivi.providers.can.frame import ERROR, EXTENDED, Frame
from ivi.providers.can.id_mask import ADDRESSED_GROUP, BROADCAST_GROUP, STANDARD
from ivi.providers.can.reader import BusReader
from ivi.providers.can.socketcan import BUFFER, FILTER_MAX
from ivi.providers.can.source import SocketcanSource, open_source
from tests.target.machine import DEADLINE, cansend, ip

pytestmark = pytest.mark.target
SMALL_HOLDS = 443  # classic frames, at least, in a buffer of the kernel's default limit, which it doubles
NOBODY = 65534  # a user without CAP_NET_ADMIN
BURST = 5000  # frames


@pytest.fixture(scope="module")
def bus(vcan: Callable[..., str]) -> str:
    return vcan("reader0")


@pytest.fixture
def sender(bus: str) -> Iterator[can.BusABC]:
    with can.Bus(interface="socketcan", channel=bus, fd=True) as opened:
        yield opened


@pytest.fixture
def opened() -> Iterator[Callable[..., SocketcanSource]]:
    sources: list[SocketcanSource] = []

    def run(channel: str, *wanted: tuple[int, int]) -> SocketcanSource:
        source = open_source(BusSpec("v", "socketcan", channel, filtered=bool(wanted)), frozenset(wanted))
        assert isinstance(source, SocketcanSource)
        sources.append(source)
        return source

    yield run
    for source in sources:
        source.close()


def drain(source: SocketcanSource) -> list[Frame]:
    frames: list[Frame] = []
    while batch := source.read():
        frames += batch
    return frames


def burst(sender: can.BusABC, frames: int, key: int = 0x100) -> None:
    message = can.Message(arbitration_id=key, is_extended_id=False, data=b"12345678")
    for _ in range(frames):
        sender.send(message, timeout=1)


def test_a_small_buffer_overflows_and_every_loss_is_counted(
    bus: str, sender: can.BusABC, opened: Callable[..., SocketcanSource]
) -> None:
    os.seteuid(NOBODY)
    try:
        source = opened(bus)
    finally:
        os.seteuid(0)
    assert f"holds {SMALL_HOLDS} frames" in source.warning
    assert "net.core.rmem_max" in source.warning_hint
    received = 0
    for round_ in (1, 2):  # the counter goes on, it does not begin again
        burst(sender, BURST)
        received += len(held := drain(source))
        assert SMALL_HOLDS <= len(held) < 2 * SMALL_HOLDS  # what a frame occupies is the kernel's affair
        burst(sender, 1)  # the count of the loss rides on the next frame
        received += len(drain(source))
        assert received + source.dropped == (BURST + 1) * round_


def test_the_enlarged_buffer_loses_none(bus: str, sender: can.BusABC, opened: Callable[..., SocketcanSource]) -> None:
    source = opened(bus)
    assert not source.warning
    assert source._bus.socket.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF) == 2 * BUFFER  # type: ignore[attr-defined]
    burst(sender, BURST)
    assert (len(drain(source)), source.dropped) == (BURST, 0)


def test_times_are_the_kernels_and_rise(bus: str, sender: can.BusABC, opened: Callable[..., SocketcanSource]) -> None:
    source = opened(bus)
    before = time.time_ns()
    burst(sender, 200)
    after = time.time_ns()
    times = [frame.time_ns for frame in drain(source)]
    assert times == sorted(times)
    assert before <= times[0] < times[-1] <= after  # stamped when sent, though read later


def test_groups_of_j1939_pass_the_kernels_filter_from_any_sender(
    bus: str, opened: Callable[..., SocketcanSource]
) -> None:
    engine, request = 0x0CF00400 | EXTENDED, 0x18EA0000 | EXTENDED  # EEC1 (broadcast), request (addressed)
    source = opened(bus, (engine & BROADCAST_GROUP, BROADCAST_GROUP), (request & ADDRESSED_GROUP, ADDRESSED_GROUP))
    assert source.filtered
    cansend(bus, "0CF00400#01", "18F00421#02", "18EA00F9#03", "18EAFF03#04")  # other priority, sender, destination
    cansend(bus, "0CF00500#05", "18EB0000#06", "400#07")  # other groups, and a standard id
    assert [(hex(frame.key), frame.data) for frame in drain(source)] == [
        ("0x8cf00400", b"\1"),
        ("0x98f00421", b"\2"),
        ("0x98ea00f9", b"\3"),
        ("0x98eaff03", b"\4"),
    ]


def test_more_filters_than_the_kernel_has_means_none(
    bus: str, sender: can.BusABC, opened: Callable[..., SocketcanSource]
) -> None:
    many = opened(bus, *((key, STANDARD) for key in range(FILTER_MAX)))
    too_many = opened(bus, *((key, STANDARD) for key in range(FILTER_MAX + 1)))
    assert (many.filtered, too_many.filtered) == (True, False)
    burst(sender, 1, FILTER_MAX - 1)
    burst(sender, 1, FILTER_MAX + 1)
    assert len(drain(many)) == 1
    assert len(drain(too_many)) == 2


def test_error_frames_of_the_chosen_classes_arrive_as_such(
    bus: str, sender: can.BusABC, opened: Callable[..., SocketcanSource]
) -> None:
    source = opened(bus, (0x100, STANDARD))
    with socket.socket(socket.AF_CAN, socket.SOCK_RAW, socket.CAN_RAW) as raw:
        raw.bind((bus,))
        for classes in (0x04, 0x40, 0x80, 0x100):  # controller, bus-off, single bus error, restarted
            raw.send(struct.pack("=IBxxx8s", ERROR | classes, 8, bytes([0, 0x20])))
    burst(sender, 1)
    assert [frame.key for frame in source.read()] == [0x100]
    assert [frame.key for frame in source.odd] == [ERROR | 0x04, ERROR | 0x40, ERROR | 0x100]


def test_fd_frames_of_can_utils(bus: str, opened: Callable[..., SocketcanSource]) -> None:
    source = opened(bus)
    cansend(bus, "123#DEAD", "124##1" + "AB" * 64, "1F000123##0112233")
    frames = source.read()
    assert [(frame.key, frame.data) for frame in frames] == [
        (0x123, b"\xde\xad"),
        (0x124, b"\xab" * 64),
        (0x1F000123 | EXTENDED, b"\x11\x22\x33"),
    ]
    assert source.fd_keys == [0x124, 0x1F000123 | EXTENDED]


def test_an_interface_without_fd(vcan: Callable[..., str], opened: Callable[..., SocketcanSource]) -> None:
    source = opened(vcan("classic0", 16), (0x100, STANDARD))
    cansend("classic0", "100#0102")
    assert [frame.data for frame in source.read()] == [b"\1\2"]
    source.send([can.Message(arbitration_id=0x200, is_extended_id=False, data=b"x")], 1.0)


class Listener:
    """When frames came, and what was said of the bus."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.opened = 0
        self.failures: list[str] = []

    def on_frames(self, frames: FrameBatch) -> None:
        self.times += [time.monotonic()] * len(frames)

    def on_odd(self, frames: list[Frame]) -> None: ...

    def on_fd(self, keys: list[int]) -> None: ...

    def on_throttled(self) -> None: ...

    def on_open(self, _source: object) -> None:
        self.opened += 1

    def on_failed(self, reason: str) -> None:
        self.failures.append(reason)


async def holds(condition: Callable[[], bool]) -> None:
    give_up = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < give_up
        await asyncio.sleep(0.02)


def test_a_bus_that_is_unplugged_does_not_stall_another(bus: str, vcan: Callable[..., str]) -> None:
    """Down, up, gone, there again: each is told and each is mended, and the other bus hears all along."""
    vcan("usb0")
    steady, loose = Listener(), Listener()
    wanted = frozenset([(0x100, STANDARD)])

    async def beat(sender: can.BusABC, beats: list[float]) -> None:
        while True:
            beats.append(time.monotonic())
            burst(sender, 1)
            await asyncio.sleep(0.02)

    async def run(sender: can.BusABC) -> list[float]:
        beats: list[float] = []
        readers = [
            BusReader(BusSpec("a", "socketcan", bus), wanted, steady),
            BusReader(BusSpec("b", "socketcan", "usb0"), wanted, loose),
        ]
        tasks = [asyncio.create_task(reader.run()) for reader in readers]
        await holds(lambda: steady.opened == loose.opened == 1)
        tasks.append(asyncio.create_task(beat(sender, beats)))
        try:
            ip("link", "set", "usb0", "down")
            await holds(lambda: any("down" in reason for reason in loose.failures))
            ip("link", "set", "usb0", "up")
            await holds(lambda: loose.opened == 2)
            before = len(loose.failures)
            ip("link", "del", "usb0")
            await holds(lambda: len(loose.failures) > before + 1)
            ip("link", "add", "dev", "usb0", "type", "vcan")
            ip("link", "set", "usb0", "up")
            await holds(lambda: loose.opened == 3)
            cansend("usb0", "100#01")
            await holds(lambda: len(loose.times) == 1)
            await holds(lambda: len(steady.times) >= len(beats) - 1)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return beats

    with can.Bus(interface="socketcan", channel=bus) as sender:
        beats = asyncio.run(run(sender))
    assert (steady.failures, steady.opened) == ([], 1)
    assert len(beats) > 10
    late = [heard - sent for sent, heard in zip(beats, steady.times, strict=False)]
    assert max(late) < 2.0, "the other bus waited"
