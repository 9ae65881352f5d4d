# SPDX-License-Identifier: Apache-2.0
"""The SocketCAN path on the kernel's own vcan. Runs where AF_CAN exists and this user may make an interface."""

import asyncio
import secrets
import shutil
import socket
import struct
import subprocess
import time
from collections.abc import Callable, Iterator

import can
import pytest

from ivi.providers.can.batch import FrameBatch
from ivi.providers.can.bus_spec import BusSpec
from ivi.providers.can.frame import ERROR, EXTENDED, Frame
from ivi.providers.can.id_mask import EXACT, STANDARD
from ivi.providers.can.reader import BusReader
from ivi.providers.can.source import SocketcanSource, open_source

DEADLINE = 20.0  # s
SO_RCVBUF = 106_496  # bytes; the kernel doubles it to its default, which holds 278 frames


def ip(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["ip", *words], capture_output=True, text=True, timeout=DEADLINE, check=False)


@pytest.fixture
def vcan() -> Iterator[str]:
    """A virtual CAN FD interface of the test's own."""
    if not hasattr(socket, "AF_CAN"):
        pytest.skip("this Python has no AF_CAN")
    try:
        socket.socket(socket.AF_CAN, socket.SOCK_RAW, socket.CAN_RAW).close()
    except OSError as error:
        pytest.skip(f"this kernel has no CAN: {error.strerror}")
    if shutil.which("ip") is None:
        pytest.skip("iproute2 is not installed")
    name = f"vivi{secrets.token_hex(3)}"
    made = ip("link", "add", "dev", name, "mtu", "72", "type", "vcan")
    if made.returncode:
        pytest.skip(f"no vcan interface can be made: {made.stderr.strip()}")
    try:
        assert ip("link", "set", name, "up").returncode == 0
        yield name
    finally:
        ip("link", "del", name)


@pytest.fixture
def sender(vcan: str) -> Iterator[can.BusABC]:
    with can.Bus(interface="socketcan", channel=vcan, fd=True) as bus:
        yield bus


def spec(vcan: str, *, filtered: bool = True) -> BusSpec:
    return BusSpec("v", "socketcan", vcan, filtered=filtered)


def message(key: int, data: bytes = b"12345678", *, is_fd: bool = False) -> can.Message:
    extended = bool(key & EXTENDED)
    return can.Message(arbitration_id=key & 0x1FFFFFFF, is_extended_id=extended, is_fd=is_fd, data=data)


def drain(source: SocketcanSource) -> list[Frame]:
    frames: list[Frame] = []
    while batch := source.read():
        frames += batch
    return frames


@pytest.fixture
def opened() -> Iterator[Callable[..., SocketcanSource]]:
    sources: list[SocketcanSource] = []

    def run(bus: BusSpec, *wanted: int) -> SocketcanSource:
        source = open_source(bus, frozenset((key, EXACT if key & EXTENDED else STANDARD) for key in wanted))
        assert isinstance(source, SocketcanSource)
        sources.append(source)
        return source

    yield run
    for source in sources:
        source.close()


def test_classic_extended_and_fd_frames(vcan: str, sender: can.BusABC, opened: Callable[..., SocketcanSource]) -> None:
    source = opened(spec(vcan, filtered=False))
    before = time.time_ns()
    sender.send(message(0x100))
    sender.send(message(0x100 | EXTENDED, b"x"))
    sender.send(message(0x101, bytes(range(48)), is_fd=True))
    frames = drain(source)
    assert [(frame.key, frame.data) for frame in frames] == [
        (0x100, b"12345678"),
        (0x100 | EXTENDED, b"x"),
        (0x101, bytes(range(48))),
    ]
    assert source.fd_keys == []  # of the last read, which was empty
    assert all(before <= frame.time_ns <= time.time_ns() for frame in frames)
    assert not source.filtered


def test_the_kernel_keeps_back_what_nobody_wants(
    vcan: str, sender: can.BusABC, opened: Callable[..., SocketcanSource]
) -> None:
    source = opened(spec(vcan), 0x100, 0x200 | EXTENDED)
    assert source.filtered
    for key in (0x100, 0x101, 0x200, 0x200 | EXTENDED, 0x100 | EXTENDED):
        sender.send(message(key))
    sender.send(can.Message(arbitration_id=0x100, is_extended_id=False, is_remote_frame=True))
    assert [frame.key for frame in drain(source)] == [0x100, 0x200 | EXTENDED]


def test_received_and_counted_drops_are_all_that_was_sent(
    vcan: str, sender: can.BusABC, opened: Callable[..., SocketcanSource]
) -> None:
    source = opened(spec(vcan), 0x100)
    source._bus.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SO_RCVBUF)  # type: ignore[attr-defined]
    for _ in range(5_000):
        sender.send(message(0x100), timeout=1)
    received = len(drain(source))
    sender.send(message(0x100))
    received += len(drain(source))
    assert received < 5_001
    assert received + source.dropped == 5_001


def test_error_frames_arrive_as_such(vcan: str, opened: Callable[..., SocketcanSource]) -> None:
    source = opened(spec(vcan), 0x100)
    with socket.socket(socket.AF_CAN, socket.SOCK_RAW, socket.CAN_RAW) as raw:
        raw.bind((vcan,))
        raw.send(struct.pack("=IBxxx8s", ERROR | 0x04, 8, bytes([0, 0x20])))
    assert not source.read()
    assert [frame.key for frame in source.odd] == [ERROR | 0x04]


class Listener:
    """Counts what a reader tells."""

    def __init__(self) -> None:
        self.frames = 0
        self.opened = 0
        self.failures: list[str] = []

    def on_frames(self, frames: FrameBatch) -> None:
        self.frames += len(frames)

    def on_odd(self, frames: list[Frame]) -> None: ...

    def on_fd(self, keys: list[int]) -> None: ...

    def on_throttled(self) -> None: ...

    def on_open(self, _source: object) -> None:
        self.opened += 1

    def on_failed(self, reason: str) -> None:
        self.failures.append(reason)


def test_an_interface_that_goes_down_and_comes_up(vcan: str) -> None:
    listener = Listener()

    async def until(holds: Callable[[], bool]) -> None:
        give_up = time.monotonic() + DEADLINE
        while not holds():
            assert time.monotonic() < give_up
            await asyncio.sleep(0.02)

    async def run() -> None:
        reader = BusReader(spec(vcan), frozenset([(0x100, STANDARD)]), listener)
        task = asyncio.create_task(reader.run())
        try:
            await until(lambda: listener.opened == 1)
            ip("link", "set", vcan, "down")
            await until(lambda: any("down" in reason for reason in listener.failures))
            ip("link", "set", vcan, "up")
            await until(lambda: listener.opened == 2)
            # A sender that was open while the interface went down would be told so now, once.
            with can.Bus(interface="socketcan", channel=vcan) as sender:
                sender.send(message(0x100))
            await until(lambda: listener.frames == 1)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())
