# SPDX-License-Identifier: Apache-2.0
"""The reader on python-can's in-process bus, which has no descriptor: thread, bounded turns, retry, close."""

import asyncio
import threading
import time
from collections.abc import Callable

import can
import pytest

from ivi.model.errors import UnavailableError
from ivi.providers.can.batch import FrameBatch
from ivi.providers.can.bus_spec import BusSpec
from ivi.providers.can.frame import EXTENDED, Frame
from ivi.providers.can.reader import BusReader
from ivi.providers.can.source import BATCH, FrameSource, MessageSource, ThreadSource, wrap

DEADLINE = 20.0  # s


class Listener:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.batches: list[int] = []
        self.odd: list[Frame] = []
        self.fd: list[int] = []
        self.opened = 0
        self.failures: list[str] = []
        self.throttled = 0

    def on_frames(self, frames: FrameBatch) -> None:
        self.frames += frames
        self.batches.append(len(frames))

    def on_odd(self, frames: list[Frame]) -> None:
        self.odd += frames

    def on_fd(self, keys: list[int]) -> None:
        self.fd += keys

    def on_open(self, source: FrameSource) -> None:
        assert source.descriptor >= 0
        self.opened += 1

    def on_failed(self, reason: str) -> None:
        self.failures.append(reason)

    def on_throttled(self) -> None:
        self.throttled += 1


async def until(holds: Callable[[], bool]) -> None:
    give_up = time.monotonic() + DEADLINE
    while not holds():
        assert time.monotonic() < give_up
        await asyncio.sleep(0.01)


def with_reader(spec: BusSpec, test: Callable[[BusReader, Listener], object]) -> None:
    """Run a coroutine function beside a running reader, and stop the reader in the end."""

    async def run() -> None:
        listener = Listener()
        reader = BusReader(spec, frozenset(), listener)
        task = asyncio.create_task(reader.run())
        try:
            await test(reader, listener)  # type: ignore[misc]  # every test here is a coroutine function
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())


def send(channel: str, count: int) -> None:
    with can.Bus(interface="virtual", channel=channel) as bus:
        for number in range(count):
            bus.send(can.Message(arbitration_id=0x100, is_extended_id=False, data=number.to_bytes(4, "little")))


def test_frames_come_in_order_through_the_thread_in_bounded_batches() -> None:
    async def test(reader: BusReader, listener: Listener) -> None:
        await until(lambda: reader.is_open)
        await asyncio.to_thread(send, "turns-order", 2_000)
        await until(lambda: reader.received == 2_000)
        assert [int.from_bytes(frame.data, "little") for frame in listener.frames] == list(range(2_000))
        assert max(listener.batches) <= BATCH
        assert listener.opened == 1
        assert reader.dropped == 0

    with_reader(BusSpec("v", "virtual", "turns-order"), test)


def test_every_kind_of_frame_is_told_apart() -> None:
    async def test(reader: BusReader, listener: Listener) -> None:
        await until(lambda: reader.is_open)
        with can.Bus(interface="virtual", channel="turns-kinds", protocol=can.CanProtocol.CAN_FD) as bus:
            bus.send(can.Message(arbitration_id=0x1ABCDE, is_extended_id=True, data=b"x"))
            bus.send(can.Message(arbitration_id=0x10, is_extended_id=False, is_fd=True, data=bytes(32)))
            bus.send(can.Message(arbitration_id=0x11, is_extended_id=False, is_remote_frame=True, dlc=4))
            bus.send(can.Message(arbitration_id=0x40, is_error_frame=True, data=bytes(8)))
        await until(lambda: reader.received == 4)
        assert [frame.key for frame in listener.frames] == [0x1ABCDE | EXTENDED, 0x10]
        assert listener.fd == [0x10]
        assert len(listener.odd) == 2

    with_reader(BusSpec("v", "virtual", "turns-kinds"), test)


def test_a_rate_is_kept_and_nothing_is_lost_below_the_queue() -> None:
    async def test(reader: BusReader, listener: Listener) -> None:
        await until(lambda: reader.is_open)
        started = time.monotonic()
        await asyncio.to_thread(send, "turns-rate", 3_000)
        await until(lambda: reader.received == 3_000)
        assert time.monotonic() - started > 1.5  # 1,000 at once, the others at 1,000 a second
        assert listener.throttled > 0

    with_reader(BusSpec("v", "virtual", "turns-rate", max_rate=1_000), test)


def test_an_interface_that_does_not_exist_is_tried_again_and_sends_nothing() -> None:
    async def test(reader: BusReader, listener: Listener) -> None:
        await until(lambda: len(listener.failures) >= 2)
        assert "nonsense" in listener.failures[0]
        with pytest.raises(UnavailableError, match="away"):
            await reader.send([])

    with_reader(BusSpec("v", "nonsense", "x"), test)


def test_closing_ends_the_thread() -> None:
    before = threading.active_count()
    source = wrap(can.Bus(interface="virtual", channel="turns-close"), "virtual", None)
    assert isinstance(source, ThreadSource)
    assert threading.active_count() == before + 1
    source.close()
    assert threading.active_count() == before


class Pollable(can.BusABC):
    """A bus with a descriptor that keeps messages of its own, as slcan does."""

    def __init__(self, messages: int) -> None:
        super().__init__("pollable")
        self.messages = [can.Message(arbitration_id=n, is_extended_id=False) for n in range(messages)]

    def fileno(self) -> int:
        return 0

    def send(self, msg: can.Message, timeout: float | None = None) -> None:
        """Nobody sends here."""

    def recv(self, timeout: float | None = None) -> can.Message | None:
        assert timeout == 0
        return self.messages.pop(0) if self.messages else None


def test_messages_that_the_descriptor_does_not_show_are_asked_for_again() -> None:
    source = wrap(Pollable(BATCH + 3), "slcan", None)
    assert isinstance(source, MessageSource)
    assert (len(source.read()), source.more) == (BATCH, True)
    assert (len(source.read()), source.more) == (3, False)
    source.close()
