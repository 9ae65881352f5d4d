# SPDX-License-Identifier: Apache-2.0
"""Reading one CAN bus: opened by python-can, read in batches on the event loop, opened again when it fails."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

import can

from ivi.model.errors import ConfigurationError, UnavailableError
from ivi.providers.can.frame import Frame, from_message

log = logging.getLogger(__name__)

BATCH = 256  # frames taken in one turn of the loop, so that a flood cannot starve the link
RETRY_FIRST, RETRY_LAST = 0.1, 1.0  # seconds between attempts to open a bus
POLL = 0.005  # seconds between looks at an interface that has no file descriptor
SEND_TIMEOUT = 0.5  # seconds


class BusReader:
    """One bus. `on_frames` gets what arrived; `on_state(open, reason)` hears when it opens and fails."""

    def __init__(
        self, address: str, on_frames: Callable[[Iterable[Frame]], None], on_state: Callable[[bool, str], None]
    ) -> None:
        self.interface, _, self.channel = address.partition(":")
        if not self.interface or not self.channel:
            raise ConfigurationError(
                f"{address!r} names no CAN bus", hint="interface:channel, e.g. ivi:can0 or socketcan:vcan0"
            )
        self.received = 0
        self._on_frames = on_frames
        self._on_state = on_state
        self._bus: can.BusABC | None = None
        self._dropped_before = 0
        self._failed: asyncio.Future[str] | None = None

    @property
    def name(self) -> str:
        """`can:<channel>`, the source in datapoints."""
        return f"can:{self.channel}"

    @property
    def dropped(self) -> int:
        """Frames that the bus says we lost because we were slow."""
        now = getattr(self._bus, "dropped", 0)
        return self._dropped_before + (now if isinstance(now, int) else 0)

    async def run(self) -> None:
        """Open the bus and read it for ever; on failure say so and try again. Cancel to end."""
        wait = RETRY_FIRST
        while True:
            try:
                self._bus = await asyncio.get_running_loop().run_in_executor(None, self._open)
            except (can.CanError, OSError, ValueError, ImportError) as error:
                self._on_state(False, _reason(error))
                await asyncio.sleep(wait)
                wait = min(RETRY_LAST, wait * 2)
                continue
            wait = RETRY_FIRST
            self._on_state(True, "")
            try:
                reason = await self._read(self._bus)
            finally:
                self._close()
            self._on_state(False, reason)

    def send(self, messages: Iterable[can.Message]) -> None:
        """Send frames. Raises UnavailableError when the bus is away or does not take them."""
        if self._bus is None:
            raise UnavailableError(f"the CAN bus {self.interface}:{self.channel} is away", hint="see `ivi status`")
        try:
            for message in messages:
                self._bus.send(message, timeout=SEND_TIMEOUT)
        except (can.CanError, OSError) as error:
            raise UnavailableError(f"the CAN bus {self.channel} took no frame: {_reason(error)}") from error

    def _open(self) -> can.BusABC:
        # python-can's own configuration files may hold anything; what was asked for on the command line wins
        return (
            can.Bus(interface=self.interface, channel=self.channel, fd=True)
            if self.interface == "socketcan"
            else can.Bus(interface=self.interface, channel=self.channel)
        )

    async def _read(self, bus: can.BusABC) -> str:
        """Read until the bus fails; returns why."""
        loop = asyncio.get_running_loop()
        self._failed = loop.create_future()
        try:
            descriptor = bus.fileno()
        except NotImplementedError:
            return await self._poll(bus, self._failed)
        loop.add_reader(descriptor, self._take, bus)
        try:
            return await self._failed
        finally:
            loop.remove_reader(descriptor)

    async def _poll(self, bus: can.BusABC, failed: asyncio.Future[str]) -> str:
        while not failed.done():
            self._take(bus)
            await asyncio.sleep(POLL)
        return failed.result()

    def _take(self, bus: can.BusABC) -> None:
        try:
            frames = _batch(bus)
        except (can.CanError, OSError) as error:
            if self._failed is not None and not self._failed.done():
                self._failed.set_result(_reason(error))
            return
        self.received += len(frames)
        self._on_frames(frames)

    def _close(self) -> None:
        if self._bus is not None:
            self._dropped_before = self.dropped
            bus, self._bus = self._bus, None
            bus.shutdown()


def _batch(bus: can.BusABC) -> list[Frame]:
    """What has arrived, without waiting."""
    receive: Any = getattr(bus, "recv_batch", None)
    if receive is not None:
        return [Frame(ns, ident, data[:length]) for ns, ident, length, _flags, data in receive(0)]
    frames: deque[Frame] = deque()
    while len(frames) < BATCH and (message := bus.recv(0)) is not None:
        frames.append(from_message(message))
    return list(frames)


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
