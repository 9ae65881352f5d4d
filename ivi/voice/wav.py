# SPDX-License-Identifier: Apache-2.0
"""WAV files: read what the recogniser can use, refuse the rest with a reason, and write our own.

The standard library's wave module stops at files that came through a pipe, whose sizes are unknown and therefore wrong;
this reader takes the sound that is there.
"""

import struct
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

from ivi.model.errors import InvalidArgumentError
from ivi.model.voice import MAX_WAV

MIN_RATE, MAX_RATE = 8_000, 48_000  # samples a second; vosk resamples to its model's 16,000
MAX_SECONDS = 20.0  # of one sentence
BLOCK_SECONDS = 0.05
PCM, EXTENSIBLE = 1, 0xFFFE  # wFormatTag of mmreg.h
SAMPLE_BITS = 16
_CHUNK = struct.Struct("<4sI")
_FORMAT = struct.Struct("<HHIIHH")


@dataclass(frozen=True)
class Sound:
    """16-bit little-endian mono audio."""

    pcm: bytes
    rate: int
    """Samples a second."""

    @property
    def seconds(self) -> float:
        """Duration."""
        return len(self.pcm) / 2 / self.rate

    async def blocks(self) -> AsyncIterator[bytes]:
        """The sound in the pieces that a microphone would give, as fast as they are taken."""
        size = 2 * int(BLOCK_SECONDS * self.rate)
        for start in range(0, len(self.pcm), size):
            yield self.pcm[start : start + size]


def read(data: bytes) -> Sound:
    """The sound of a RIFF file. Raises InvalidArgumentError unless it is 16-bit mono PCM, 8 to 48 kHz, at most 20 s."""
    if len(data) > MAX_WAV:
        raise InvalidArgumentError(f"the WAV file has {len(data)} bytes, over {MAX_WAV}", hint="send one sentence")
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise InvalidArgumentError("not a WAV file: it does not begin with RIFF and WAVE", hint="send a .wav file")
    rate = 0
    for name, body in _chunks(data):
        if name == b"fmt ":
            rate = _rate(body)
        elif name == b"data":
            if not rate:
                raise InvalidArgumentError("the WAV file has its sound before its format", hint="write the file again")
            return _checked(Sound(body[: len(body) // 2 * 2], rate))
    raise InvalidArgumentError("the WAV file has no sound in it (no data chunk)", hint="write the file again")


def write(sound: Sound) -> bytes:
    """A RIFF file of this sound."""
    layout = _FORMAT.pack(PCM, 1, sound.rate, 2 * sound.rate, 2, SAMPLE_BITS)
    chunks = _CHUNK.pack(b"fmt ", len(layout)) + layout + _CHUNK.pack(b"data", len(sound.pcm)) + sound.pcm
    return _CHUNK.pack(b"RIFF", 4 + len(chunks)) + b"WAVE" + chunks


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + _CHUNK.size <= len(data):
        name, size = _CHUNK.unpack_from(data, at)
        at += _CHUNK.size
        yield name, data[at : at + size]
        at += size + size % 2


def _rate(body: bytes) -> int:
    if len(body) < _FORMAT.size:
        raise InvalidArgumentError("the WAV file's format is cut short", hint="write the file again")
    tag, channels, rate, _, _, bits = _FORMAT.unpack_from(body)
    if tag == EXTENSIBLE and len(body) >= _FORMAT.size + 10:  # the real format is the start of the sub-format's GUID
        (tag,) = struct.unpack_from("<H", body, _FORMAT.size + 8)
    if tag != PCM:
        raise InvalidArgumentError(f"the WAV file is compressed (format {tag:#x})", hint="save it as 16-bit PCM")
    if channels != 1:
        raise InvalidArgumentError(f"the WAV file has {channels} channels", hint="save it with one channel (mono)")
    if bits != SAMPLE_BITS:
        raise InvalidArgumentError(f"the WAV file has {bits}-bit samples", hint="save it as 16-bit PCM")
    if not MIN_RATE <= rate <= MAX_RATE:
        raise InvalidArgumentError(
            f"the WAV file has {rate} samples a second", hint=f"save it with {MIN_RATE} to {MAX_RATE}, best 16000"
        )
    return int(rate)


def _checked(sound: Sound) -> Sound:
    if not sound.pcm:
        raise InvalidArgumentError("the WAV file has no sound in it", hint="record a sentence")
    if sound.seconds > MAX_SECONDS:
        raise InvalidArgumentError(
            f"the WAV file lasts {sound.seconds:.1f} s", hint=f"at most {MAX_SECONDS:g} s, one sentence"
        )
    return sound
