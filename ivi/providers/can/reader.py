# SPDX-License-Identifier: Apache-2.0
"""Reading one CAN bus on the event loop: bounded work per turn, bounded rate, opened again when it fails."""

import asyncio
import logging
import time
from collections.abc import Collection, Iterable
from typing import Protocol

import can

from ivi.model.errors import UnavailableError
from ivi.providers.can.batch import FrameBatch
from ivi.providers.can.bus_spec import BusSpec
from ivi.providers.can.frame import Frame
from ivi.providers.can.source import BUS_ERRORS, FrameSource, open_source

log = logging.getLogger(__name__)

RETRY_FIRST, RETRY_LAST = 0.1, 1.0  # seconds between attempts to open a bus
SETTLED = 0.5  # seconds that a bus must have been open to count as working, unless frames come before
PAUSE = 0.02  # seconds without reading, at least, after a bus has used up its rate
SEND_TIMEOUT = 0.5  # seconds


class BusListener(Protocol):
    """Who hears what a reader reads."""

    def on_frames(self, frames: FrameBatch) -> None:
        """Data frames, in order, at least one."""
        ...

    def on_odd(self, frames: list[Frame]) -> None:
        """Remote and error frames."""
        ...

    def on_fd(self, keys: list[int]) -> None:
        """Ids of frames that came in the FD format; the frames themselves come with `on_frames`."""
        ...

    def on_open(self, source: FrameSource) -> None:
        """The bus works."""
        ...

    def on_failed(self, reason: str) -> None:
        """The bus cannot be opened, or has failed; it is tried again."""
        ...

    def on_throttled(self) -> None:
        """The bus brings more frames than its rate allows; reading pauses and the bus drops and counts."""
        ...


class BusReader:
    """One bus, read for as long as `run` runs."""

    def __init__(self, spec: BusSpec, wanted: Collection[tuple[int, int]], listener: BusListener) -> None:
        self.spec = spec
        self.received = 0
        """Frames of every kind."""
        self.opened = 0
        """How often the bus was opened."""
        self._wanted = wanted
        self._listener = listener
        self._source: FrameSource | None = None
        self._dropped_before = 0
        self._failed: asyncio.Future[str] | None = None
        self._descriptor = -1
        self._again = False
        """Whether the next turn is scheduled already."""
        self._paused = False
        """Whether the bus has used up its rate."""
        self._sending = asyncio.Lock()
        self._settling: asyncio.TimerHandle | None = None
        self._allowance = float(spec.max_rate)
        self._counted = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the bus is open now."""
        return self._source is not None

    @property
    def filtered(self) -> bool:
        """Whether frames with unknown ids never reach us."""
        return self._source is not None and self._source.filtered

    @property
    def dropped(self) -> int:
        """Frames that the bus says we lost because we were slow."""
        return self._dropped_before + (self._source.dropped if self._source is not None else 0)

    async def run(self) -> None:
        """Open the bus and read it for ever; on failure say so and try again. Cancel to end."""
        wait = RETRY_FIRST
        while True:
            started = time.monotonic()
            try:
                source = await self._open()
            except (*BUS_ERRORS, ImportError) as error:
                reason = _reason(error)
            else:
                reason = await self._read(source)
            self._listener.on_failed(reason)
            if time.monotonic() - started > SETTLED + RETRY_LAST:
                wait = RETRY_FIRST
            await asyncio.sleep(wait)
            wait = min(RETRY_LAST, wait * 2)

    async def send(self, messages: Iterable[can.Message]) -> None:
        """Send frames, from a thread so that a bus that takes none holds nobody else up.

        Raises UnavailableError when the bus is away or does not take them.
        """
        source = self._source
        if source is None:
            raise UnavailableError(f"the CAN bus {self.spec.name} is away", hint="see `ivi status`")
        try:
            async with self._sending:
                await asyncio.get_running_loop().run_in_executor(None, source.send, messages, SEND_TIMEOUT)
        except BUS_ERRORS as error:
            raise UnavailableError(f"the CAN bus {self.spec.name} took no frame: {_reason(error)}") from error

    async def _open(self) -> FrameSource:
        """Open in a thread, because interfaces block; one that opens after we were cancelled is closed again."""
        opening = asyncio.get_running_loop().run_in_executor(None, open_source, self.spec, self._wanted)
        try:
            return await asyncio.shield(opening)
        except asyncio.CancelledError:
            opening.add_done_callback(_close_late)
            raise

    async def _read(self, source: FrameSource) -> str:
        """Read until the bus fails; returns why."""
        loop = asyncio.get_running_loop()
        self._source, self._descriptor = source, source.descriptor
        self._again = self._paused = False
        self.opened += 1
        self._failed = loop.create_future()
        self._settling = loop.call_later(SETTLED, self._works)
        loop.add_reader(self._descriptor, self._take, source)
        try:
            return await self._failed
        finally:
            loop.remove_reader(self._descriptor)
            self._cancel_settling()
            self._dropped_before, self._source = self.dropped, None
            await loop.run_in_executor(None, _close, source)  # it may wait for a thread or a driver

    def _take(self, source: FrameSource) -> None:
        """One turn: at most one batch, whatever waits, so that every bus and every client has its turn too."""
        if self._again or self._paused or source is not self._source:
            return
        try:
            frames = source.read()
        except BUS_ERRORS as error:
            if self._failed is not None and not self._failed.done():
                self._failed.set_result(_reason(error))
            return
        count = len(frames) + len(source.odd)
        self.received += count
        self._spend(count)
        if source.more:
            self._again = True
            asyncio.get_running_loop().call_soon(self._take_again, source)
        if count and self._settling is not None:
            self._works()
        if source.odd:
            self._listener.on_odd(source.odd)
        if source.fd_keys:
            self._listener.on_fd(source.fd_keys)
        if frames:
            self._listener.on_frames(frames)

    def _take_again(self, source: FrameSource) -> None:
        if source is self._source:
            self._again = False
            self._take(source)

    def _spend(self, frames: int) -> None:
        """Keep to the bus's rate: one second's frames may come at once, then reading pauses."""
        now = time.monotonic()
        rate = self.spec.max_rate
        self._allowance = min(rate, self._allowance + (now - self._counted) * rate) - frames
        self._counted = now
        if self._allowance < 0:
            self._paused = True
            loop = asyncio.get_running_loop()
            loop.remove_reader(self._descriptor)
            loop.call_later(max(PAUSE, -self._allowance / rate), self._resume, self._source)
            self._listener.on_throttled()

    def _resume(self, source: FrameSource | None) -> None:
        if source is not None and source is self._source:
            self._paused = False
            asyncio.get_running_loop().add_reader(self._descriptor, self._take, source)
            self._take(source)

    def _works(self) -> None:
        self._cancel_settling()
        if self._source is not None:
            self._listener.on_open(self._source)

    def _cancel_settling(self) -> None:
        if self._settling is not None:
            self._settling.cancel()
            self._settling = None


def _close_late(opening: asyncio.Future[FrameSource]) -> None:
    if not opening.cancelled() and opening.exception() is None:
        _close(opening.result())


def _close(source: FrameSource) -> None:
    try:
        source.close()
    except BUS_ERRORS as error:
        log.warning("a bus did not close in order", extra={"error": _reason(error)})


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
