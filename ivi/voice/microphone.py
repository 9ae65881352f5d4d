# SPDX-License-Identifier: Apache-2.0
"""The microphone: opened once and kept open, because opening loses the first word, and found again when it is lost."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from ivi.model.errors import UnavailableError
from ivi.model.status import Problem
from ivi.voice import portaudio, sound_devices
from ivi.voice.levels import Fault, LevelMeter
from ivi.voice.portaudio import Format, Stream
from ivi.voice.resampler import Resampler
from ivi.voice.sound_devices import SoundDevices

log = logging.getLogger(__name__)

RATE = portaudio.SPEECH_RATE
BLOCK_SECONDS = 0.05
BLOCK = int(RATE * BLOCK_SECONDS)  # samples
QUEUE = 100  # blocks: 5 s that the listener may fall behind
OPEN_TIMEOUT = 5.0  # seconds until the first block; a sound server that hangs gives none
BLOCK_TIMEOUT = 2.5  # seconds without a block after which the microphone is lost; a busy sound server may take one
RETRY_FIRST, RETRY_LAST = 1.0, 30.0  # seconds between tries to open it
FAULTS = {
    Fault.CLIPPING: Problem("The microphone is too loud: speech is cut off", "microphone", "lower its level"),
    Fault.SILENCE: Problem("The microphone gives digital silence", "microphone", "unmute it or check its cable"),
}

type Report = Callable[[str, Problem | None], None]
"""Called with a key and what is off, or None when it works again."""


class Conversion:
    """Turns a device's interleaved blocks into 16-bit mono blocks of BLOCK samples at RATE."""

    def __init__(self, layout: Format) -> None:
        """Raises ValueError for a rate that has no short filter."""
        self._channels = layout.channels
        self._resampler = Resampler(layout.rate, RATE)
        self._same_rate = layout.rate == RATE
        self._sounding = np.zeros(layout.channels, bool)
        self._rest = np.zeros(0, np.int16)

    def __call__(self, data: bytes) -> list[NDArray[np.int16]]:
        """The blocks that are complete with this data."""
        samples = np.frombuffer(data, np.int16)
        if self._channels > 1:
            frames = samples[: len(samples) // self._channels * self._channels].reshape(-1, self._channels)
            self._sounding |= frames.any(axis=0)
            mono = frames[:, self._sounding] if self._sounding.any() else frames  # a dead channel would halve the rest
            samples = mono.mean(axis=1).astype(np.int16)
        if not self._same_rate:
            samples = self._resampler(samples.astype(np.float32)).clip(-32768, 32767).astype(np.int16)
        line = np.concatenate((self._rest, samples))
        whole = len(line) // BLOCK * BLOCK
        self._rest = line[whole:]
        return list(line[:whole].reshape(-1, BLOCK))


class Microphone:
    """The default microphone. `start` it; `block` gives its sound, piece by piece, for as long as it lives."""

    def __init__(
        self,
        report: Report,
        formats: Iterable[Format] | None = None,
        look: Callable[[], Awaitable[SoundDevices]] = sound_devices.look,
    ) -> None:
        """`formats` are tried instead of those that the device names."""
        self.dropped = 0
        """Blocks that were lost because the listener was slow."""
        self.lost = 0
        """Times that an open microphone went away."""
        self.format: Format | None = None
        """As the device gives it, while it is open."""
        self.levels = LevelMeter()
        self._report = report
        self._formats = tuple(formats) if formats is not None else None
        self._look = look
        self._loop = asyncio.get_running_loop()
        self._raw: asyncio.Queue[bytes] = asyncio.Queue(QUEUE)
        self._blocks: asyncio.Queue[bytes | None] = asyncio.Queue(QUEUE)
        self._open = asyncio.Event()
        self._tried = asyncio.Event()
        self._again = asyncio.Event()
        self._why_not = UnavailableError("the microphone is not open yet", hint="try again in a moment")
        self._keeper: asyncio.Task[None] | None = None

    @property
    def present(self) -> bool:
        """Whether it is open and gives sound."""
        return self._open.is_set()

    async def start(self) -> None:
        """Open it in the background, and again whenever it was lost, until `stop`."""
        self._keeper = asyncio.get_running_loop().create_task(self._keep())

    async def stop(self) -> None:
        """Close it; the device is free for others."""
        if self._keeper is not None:
            self._keeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeper

    async def wanted(self) -> None:
        """Wait until it is open, trying at once instead of at the next turn. Raises UnavailableError when it is not."""
        if self.present:
            return
        self._tried.clear()
        self._again.set()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(OPEN_TIMEOUT + sound_devices.LOOK_TIMEOUT):
                await self._tried.wait()
        if not self.present:
            raise self._why_not

    async def block(self) -> bytes | None:
        """The next BLOCK of 16-bit mono samples; None where sound is missing because the microphone was lost."""
        return await self._blocks.get()

    # -- the life -----------------------------------------------------------------------------------------------------
    async def _keep(self) -> None:
        wait = RETRY_FIRST
        while True:
            try:
                await self._listen()
            except UnavailableError as error:
                wait = RETRY_FIRST if self.present else min(RETRY_LAST, wait * 2)
                self._gone(error)
            self._again.clear()
            self._tried.set()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._again.wait()

    async def _listen(self) -> None:
        """Open it and take its blocks until it is lost, which is the UnavailableError that ends this."""
        devices = await self._look()  # in a process of its own: a broken sound system aborts whom it is opened by
        if not devices.microphone:
            raise UnavailableError(f"no microphone: {devices.why_not}", hint=devices.hint)
        while not self._raw.empty():
            self._raw.get_nowait()
        opening = asyncio.ensure_future(
            asyncio.to_thread(portaudio.open_input, self._heard, BLOCK_SECONDS, self._formats)
        )
        try:
            if not (await asyncio.wait((opening,), timeout=OPEN_TIMEOUT))[0]:
                self._gone(UnavailableError("the sound system does not answer", hint="check the sound server"))
                self._tried.set()
            stream = await asyncio.shield(opening)
        except asyncio.CancelledError:
            opening.add_done_callback(_close_late)
            raise
        try:
            await self._take(stream)
        finally:
            await asyncio.shield(asyncio.to_thread(stream.close))

    async def _take(self, stream: Stream) -> None:
        try:
            convert = Conversion(stream.format)
        except ValueError as error:
            raise UnavailableError(f"the microphone's rate cannot be used: {error}", hint="use another one") from error
        deadline = OPEN_TIMEOUT
        while True:
            try:
                async with asyncio.timeout(deadline):
                    data = await self._raw.get()
            except TimeoutError as error:
                if not self._raw.empty():
                    continue  # it was us who were late
                raise UnavailableError(
                    "the microphone was lost" if self.present else "the microphone gives no sound",
                    hint="connect it again" if self.present else "check the sound server",
                ) from error
            if not self.present:
                self._opened(stream.format)
            deadline = BLOCK_TIMEOUT
            for block in convert(data):
                self.levels.take(block, BLOCK_SECONDS)
                self._put(block.astype("<i2").tobytes())
            self._tell_faults()

    def _opened(self, layout: Format) -> None:
        self.format = layout
        self.levels = LevelMeter()
        self._report("microphone", None)
        self._open.set()
        self._tried.set()
        log.info("the microphone is open", extra={"rate": layout.rate, "channels": layout.channels})

    def _gone(self, error: UnavailableError) -> None:
        self._why_not = error
        if self.present:
            self.lost += 1
            self._put(None)
        self._open.clear()
        self.format = None
        for fault in Fault:
            self._report(fault.value, None)
        self._report("microphone", Problem("No microphone", error.message, error.hint))

    def _tell_faults(self) -> None:
        faults = self.levels.faults()
        for fault in Fault:
            self._report(fault.value, FAULTS[fault] if fault in faults else None)

    # -- blocks -------------------------------------------------------------------------------------------------------
    def _heard(self, data: bytes) -> None:
        """Called by PortAudio's own thread."""
        with contextlib.suppress(RuntimeError):  # the loop has closed: the process ends
            self._loop.call_soon_threadsafe(self._queue_raw, data)

    def _queue_raw(self, data: bytes) -> None:
        if self._raw.full():
            self._raw.get_nowait()
            self.dropped += 1
        self._raw.put_nowait(data)

    def _put(self, block: bytes | None) -> None:
        if self._blocks.full():
            self._blocks.get_nowait()
            self.dropped += 1
        self._blocks.put_nowait(block)


def _close_late(opening: "asyncio.Future[Stream]") -> None:
    """Close a stream that opened after nobody waited for it any more."""
    if not opening.cancelled() and opening.exception() is None:
        opening.result().close()
