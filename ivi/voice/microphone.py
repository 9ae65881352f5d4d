# SPDX-License-Identifier: Apache-2.0
"""The microphone, through PortAudio.

sounddevice is imported when a microphone is first opened, and on a helper thread: PortAudio looks at every device when
it starts, which takes tenths of a second, and a machine without the library must still handle files and typed text.
"""

import asyncio
import contextlib
import ctypes
import threading
from collections.abc import AsyncIterator
from typing import Any

from ivi.model.errors import UnavailableError

RATE = 16_000  # samples a second
BLOCK = 800  # samples: 50 ms
QUEUE = 100  # blocks: 5 s that the recogniser may fall behind
OPEN_TIMEOUT = 3.0  # seconds until the first block; a sound server that hangs gives none
BLOCK_TIMEOUT = 1.0  # seconds without a block after which the microphone is lost

_portaudio = threading.Lock()  # PortAudio is not thread-safe


def _library() -> Any:  # noqa: ANN401  # a module without types
    """The sounddevice module. Raises UnavailableError when it or PortAudio is not installed."""
    _silence_alsa()
    try:
        import sounddevice  # noqa: PLC0415  # see the module's text
    except (ImportError, OSError) as error:
        raise UnavailableError(f"PortAudio is not installed: {error}", hint="apt-get install libportaudio2") from error
    return sounddevice


_ErrorHandler = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)
_say_nothing = _ErrorHandler(lambda *_: None)


def _silence_alsa() -> None:
    """Keep ALSA from writing to stderr for each device that it does not find; we report what is missing once."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_say_nothing)


class Microphone:
    """The default microphone: `open` it, read `blocks`, `close` it."""

    def __init__(self) -> None:
        self.dropped = 0
        """Blocks that were lost because the recogniser was slow."""
        self._queue: asyncio.Queue[bytes] = asyncio.Queue(QUEUE)
        self._loop = asyncio.get_running_loop()
        self._stream: Any = None

    async def open(self) -> None:
        """Open it and wait for the first sound, so that nothing said afterwards is cut.

        Raises UnavailableError when there is no microphone or it gives nothing.
        """
        await asyncio.to_thread(self._open)
        try:
            async with asyncio.timeout(OPEN_TIMEOUT):
                await self._queue.get()
        except TimeoutError as error:
            await self.close()
            raise UnavailableError("the microphone gives no sound", hint="check the sound server") from error

    async def close(self) -> None:
        """Close it; the device is free for others."""
        stream, self._stream = self._stream, None
        if stream is not None:
            await asyncio.to_thread(_abort, stream)

    async def blocks(self, seconds: float) -> AsyncIterator[bytes]:
        """16-bit mono blocks at RATE, for at most this long. Raises UnavailableError when the microphone is lost."""
        for _ in range(round(seconds * RATE / BLOCK)):
            try:
                async with asyncio.timeout(BLOCK_TIMEOUT):
                    block = await self._queue.get()
            except TimeoutError as error:
                raise UnavailableError("the microphone was lost", hint="connect it again") from error
            yield block

    def _open(self) -> None:
        with _portaudio:
            sounddevice = _library()
            try:
                try:
                    self._stream = self._started(sounddevice)
                except (sounddevice.PortAudioError, ValueError):
                    # PortAudio lists devices only when it starts: a new start finds one that was connected since.
                    sounddevice._terminate()
                    sounddevice._initialize()
                    self._stream = self._started(sounddevice)
            except (sounddevice.PortAudioError, ValueError) as error:
                raise UnavailableError(f"no microphone opens: {error}", hint="connect a microphone") from error

    def _started(self, sounddevice: Any) -> Any:  # noqa: ANN401  # a module without types
        stream = sounddevice.RawInputStream(
            samplerate=RATE, channels=1, dtype="int16", blocksize=BLOCK, callback=self._heard
        )
        stream.start()
        return stream

    def _heard(self, data: Any, _frames: int, _time: object, _status: object) -> None:  # noqa: ANN401  # a cffi buffer
        """Called by PortAudio's own thread."""
        with contextlib.suppress(RuntimeError):  # the loop has closed: the process ends
            self._loop.call_soon_threadsafe(self._put, bytes(data))

    def _put(self, block: bytes) -> None:
        if self._queue.full():
            self._queue.get_nowait()
            self.dropped += 1
        self._queue.put_nowait(block)


def _abort(stream: Any) -> None:  # noqa: ANN401  # a class without types
    with _portaudio:
        stream.abort(ignore_errors=True)
        stream.close(ignore_errors=True)
