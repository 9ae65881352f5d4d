# SPDX-License-Identifier: Apache-2.0
"""Streams of sound through PortAudio, in whatever format the device has.

sounddevice is imported when a stream is first opened, and on a helper thread: PortAudio looks at every device when it
starts, which takes tenths of a second, and a machine without the library must still handle files and typed text.
"""

import contextlib
import ctypes
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from ivi.model.errors import UnavailableError

SPEECH_RATE = 16_000  # samples a second: what recogniser, wake word and detector hear
USUAL_RATES = (48_000, 44_100, 32_000, 16_000, 8_000)
INPUT_LATENCY = 0.05  # seconds
OUTPUT_BLOCK = 0.04  # seconds
OUTPUT_LATENCY = 0.08  # seconds: less breaks up on a loaded machine, more is heard after "stop"

_lock = threading.Lock()  # PortAudio is not thread-safe
_open: set["Stream"] = set()


@dataclass(frozen=True)
class Format:
    """How a device gives or takes its 16-bit samples."""

    rate: int
    """Samples a second."""
    channels: int


class Stream:
    """An open stream."""

    def __init__(self, stream: Any, layout: Format) -> None:  # noqa: ANN401  # a module without types
        self.format = layout
        self._stream = stream

    @property
    def active(self) -> bool:
        """Whether the device still takes or gives sound."""
        return bool(not self._stream.closed and self._stream.active)

    def close(self) -> None:
        """Throw away what waits and free the device. Call it on a helper thread."""
        with _lock:
            self._close()

    def _close(self) -> None:
        _open.discard(self)
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)


def open_input(heard: Callable[[bytes], None], block_s: float, formats: Iterable[Format] | None = None) -> Stream:
    """Open the default microphone; `heard` is called by PortAudio's thread with each block of interleaved samples.

    Raises UnavailableError when none opens in any of `formats` (default: those that the device names, best first).
    """

    def callback(data: Any, _frames: int, _time: object, _status: object) -> None:  # noqa: ANN401  # a cffi buffer
        heard(bytes(data))

    def opened(sounddevice: Any, layout: Format) -> Any:  # noqa: ANN401  # a module without types
        block = round(block_s * layout.rate)
        return sounddevice.RawInputStream(
            layout.rate, block, None, layout.channels, "int16", INPUT_LATENCY, callback=callback
        )

    return _opened("input", opened, formats)


def open_output(fill: Callable[[Any, int, Format], None], formats: Iterable[Format] | None = None) -> Stream:
    """Open the default loudspeaker; `fill(buffer, frames, format)` is called by PortAudio's thread for each block.

    Raises UnavailableError when none opens.
    """

    def opened(sounddevice: Any, layout: Format) -> Any:  # noqa: ANN401  # a module without types
        def callback(data: Any, frames: int, _time: object, _status: object) -> None:  # noqa: ANN401  # a cffi buffer
            fill(data, frames, layout)

        return sounddevice.RawOutputStream(
            layout.rate,
            round(OUTPUT_BLOCK * layout.rate),
            None,
            layout.channels,
            "int16",
            OUTPUT_LATENCY,
            callback=callback,
        )

    return _opened("output", opened, formats)


def _opened(kind: str, opened: Callable[[Any, Format], Any], formats: Iterable[Format] | None) -> Stream:
    with _lock:
        sounddevice = _library()
        try:
            return _first(sounddevice, kind, opened, formats)
        except UnavailableError:
            # PortAudio lists devices only when it starts: a new start finds one that was connected since, and costs
            # every other stream its life, which its owner notices.
            for stream in tuple(_open):
                stream._close()
            sounddevice._terminate()
            sounddevice._initialize()
            return _first(sounddevice, kind, opened, formats)


def _first(
    sounddevice: Any,  # noqa: ANN401  # a module without types
    kind: str,
    opened: Callable[[Any, Format], Any],
    formats: Iterable[Format] | None,
) -> Stream:
    """The first format that works."""
    reason: Exception | None = None
    try:
        wanted = tuple(formats) if formats is not None else _formats(sounddevice.query_devices(kind=kind), kind)
    except (sounddevice.PortAudioError, ValueError) as error:
        wanted, reason = (), error
    for layout in wanted:
        try:
            stream = opened(sounddevice, layout)
            stream.start()
        except (sounddevice.PortAudioError, ValueError) as error:
            reason = error
            continue
        found = Stream(stream, layout)
        _open.add(found)
        return found
    name = "microphone" if kind == "input" else "loudspeaker"
    raise UnavailableError(f"no {name} opens: {reason}", hint=f"connect a {name}") from reason


def _formats(device: dict[str, Any], kind: str) -> tuple[Format, ...]:
    """What to try on a device: for speech its own rate would do, but 16 kHz mono saves the work of changing it."""
    most = int(device[f"max_{kind}_channels"])
    own = round(device["default_samplerate"])
    rates = dict.fromkeys((SPEECH_RATE, own, *USUAL_RATES) if kind == "input" else (own, *USUAL_RATES))
    counts = dict.fromkeys(count for count in (1, 2, most) if count <= most)
    return tuple(Format(rate, count) for rate in rates for count in counts)


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
