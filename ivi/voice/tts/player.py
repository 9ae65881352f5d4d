# SPDX-License-Identifier: Apache-2.0
"""Plays sound through PortAudio, so that it can be stopped at once and is known to the ear that must not hear it."""

import asyncio
import contextlib
import logging
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ivi.model.errors import UnavailableError
from ivi.voice import portaudio
from ivi.voice.echo import Echo, loudness
from ivi.voice.portaudio import OUTPUT_LATENCY, Format, Stream
from ivi.voice.resampler import Resampler
from ivi.voice.tts import volume
from ivi.voice.wav import Sound

log = logging.getLogger(__name__)

FADE_SECONDS = 0.02  # out, when it is stopped: a cut clicks
DUCKED = -14.0  # dB while somebody else speaks
RAMP_SECONDS = 0.05  # from one loudness to another
OPEN_TIMEOUT = 5.0  # seconds
LATE = 2.0  # seconds after which a device that takes nothing more is given up
IDLE_SECONDS = 20.0  # without a sound until the device is free for others

type Samples = NDArray[np.float32]
type OpenOutput = Callable[[Callable[[Any, int, Format], None]], Stream]


class Player:
    """One sound at a time through the default output; a new one ends the one before."""

    def __init__(
        self, echo: Echo, loudspeaker: Callable[[], Awaitable[str]], open_output: OpenOutput = portaudio.open_output
    ) -> None:
        """`echo` is told what is played and when. `loudspeaker` is asked before the device is opened.

        Opening what is not there is no way to find out: with a broken sound system it ends the process.
        """
        self._echo = echo
        self._loudspeaker = loudspeaker
        self._open_output = open_output
        self._loop = asyncio.get_running_loop()
        self._stream: Stream | None = None
        self._opening = asyncio.Lock()
        self._free: asyncio.TimerHandle | None = None
        self._closing: set[asyncio.Task[None]] = set()
        self._lock = threading.Lock()
        self._line: Samples = np.zeros(0, np.float32)
        self._at = 0
        self._bands: Any = None
        self._done: asyncio.Future[bool] | None = None
        self._loudness = self._wanted = 1.0

    async def begin(self, sound: Sound, decibels: float = 0.0) -> asyncio.Future[bool]:
        """Begin a sound, amplified by this; the future tells whether it was played to its end.

        Raises UnavailableError without output.
        """
        self.stop()
        stream = await self._opened()
        samples = volume.amplified(volume.samples_of(sound), decibels)
        bands = loudness((samples * 32767).astype(np.int16), sound.rate)
        line = Resampler(sound.rate, stream.format.rate)(samples)
        done: asyncio.Future[bool] = self._loop.create_future()
        with self._lock:
            self._line, self._at, self._bands, self._done = line, 0, bands, done
            self._loudness = self._wanted = 1.0
        late = len(line) / stream.format.rate + LATE
        self._loop.call_later(late, self._give_up, done)
        if self._free is not None:
            self._free.cancel()
        self._free = self._loop.call_later(late + IDLE_SECONDS, self._release)
        return done

    def stop(self) -> None:
        """Be silent: what was not handed to the device yet is faded out within FADE_SECONDS."""
        with self._lock:
            done = self._done
            if done is None or done.done():
                return
            rate = self._stream.format.rate if self._stream is not None else portaudio.SPEECH_RATE
            rest = self._line[self._at : self._at + round(FADE_SECONDS * rate)]
            self._line = rest * np.linspace(1, 0, len(rest), dtype=np.float32)
            self._at = 0
            self._bands = None
        self._echo.stopped(time.monotonic() + OUTPUT_LATENCY)
        done.set_result(False)

    def duck(self, *, ducked: bool) -> None:
        """Play on quietly, or as before."""
        with self._lock:
            self._wanted = 10 ** (DUCKED / 20) if ducked else 1.0

    async def close(self) -> None:
        """End it and free the device."""
        self.stop()
        if self._free is not None:
            self._free.cancel()
        self._release()
        if self._closing:
            await asyncio.gather(*self._closing)

    # -- the device ---------------------------------------------------------------------------------------------------
    async def _opened(self) -> Stream:
        async with self._opening:
            if self._stream is not None and self._stream.active:
                return self._stream
            self._release()
            if not await self._loudspeaker():
                raise UnavailableError("no loudspeaker was found", hint="connect a loudspeaker")
            opening = asyncio.ensure_future(asyncio.to_thread(self._open_output, self._fill))
            if not (await asyncio.wait((opening,), timeout=OPEN_TIMEOUT))[0]:
                opening.add_done_callback(_close_late)
                raise UnavailableError("the loudspeaker does not open", hint="check the sound server")
            self._stream = opening.result()
            return self._stream

    def _release(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            closing = self._loop.create_task(asyncio.to_thread(stream.close))
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)

    def _give_up(self, done: asyncio.Future[bool]) -> None:
        """The device took nothing for too long: it is gone."""
        if not done.done():
            log.warning("the loudspeaker stopped taking sound")
            self.stop()
            self._release()

    def _fill(self, buffer: Any, frames: int, layout: Format) -> None:  # noqa: ANN401  # a cffi buffer
        """Called by PortAudio's own thread."""
        if self._at >= len(self._line):  # nothing to play; most of the time, so quickly
            buffer[:] = bytes(2 * frames * layout.channels)
            return
        output = np.zeros(frames, np.float32)
        bands = done = None
        with self._lock:
            part = self._line[self._at : self._at + frames]
            if len(part):
                output[: len(part)] = part * self._ramp(len(part), layout.rate)
                bands, self._bands = self._bands, None
            self._at += len(part)
            if self._at >= len(self._line) and len(part):
                done = self._done
        if bands is not None:
            self._call(self._echo.playing, bands, time.monotonic() + OUTPUT_LATENCY)
        if done is not None:
            self._call(self._loop.call_later, OUTPUT_LATENCY, _finish, done)
        samples = (output * 32767).clip(-32768, 32767).astype(np.int16)
        buffer[:] = np.repeat(samples, layout.channels).tobytes()

    def _ramp(self, count: int, rate: int) -> Samples:
        """Gains for the next samples: on the way to what is wanted."""
        way = self._wanted - self._loudness
        steps = np.minimum(np.arange(1, count + 1, dtype=np.float32) / np.float32(RAMP_SECONDS * rate), abs(way))
        gains = np.asarray(self._loudness + np.sign(way) * steps, np.float32)
        self._loudness = float(gains[-1])
        return gains

    def _call(self, function: Callable[..., object], *arguments: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has closed: the process ends
            self._loop.call_soon_threadsafe(function, *arguments)


def _finish(done: asyncio.Future[bool]) -> None:
    if not done.done():
        done.set_result(True)


def _close_late(opening: "asyncio.Future[Stream]") -> None:
    """Close a stream that opened after nobody waited for it any more."""
    if not opening.cancelled() and opening.exception() is None:
        opening.result().close()
