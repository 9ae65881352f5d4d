# SPDX-License-Identifier: Apache-2.0
"""WAV files: what is read, what is refused and why, and that no file does worse than be refused."""

import io
import struct
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivi.model.errors import InvalidArgumentError
from ivi.model.voice import MAX_WAV
from ivi.voice import wav

SECOND = bytes(range(250)) * 128  # 32,000 bytes: one second at 16 kHz


def _file(*, rate: int = 16000, channels: int = 1, width: int = 2, pcm: bytes = SECOND) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as writer:
        writer.setframerate(rate)
        writer.setnchannels(channels)
        writer.setsampwidth(width)
        writer.writeframes(pcm)
    return buffer.getvalue()


@pytest.mark.parametrize("rate", [8000, 16000, 22050, 44100, 48000])
def test_reads_what_the_standard_library_writes(rate: int) -> None:
    sound = wav.read(_file(rate=rate))
    assert sound == wav.Sound(SECOND, rate)
    assert sound.seconds == pytest.approx(16000 / rate)


def test_standard_library_reads_what_is_written() -> None:
    with wave.open(io.BytesIO(wav.write(wav.Sound(SECOND, 22050)))) as reader:
        assert reader.getparams()[:4] == (1, 2, 22050, 16000)
        assert reader.readframes(16000) == SECOND


def test_file_from_a_pipe_has_wrong_sizes() -> None:
    data = bytearray(_file())
    struct.pack_into("<I", data, 4, 0x7FFFF024)
    struct.pack_into("<I", data, 40, 0x7FFFF000)
    assert wav.read(bytes(data)).pcm == SECOND


def test_other_chunks_are_skipped() -> None:
    data = _file()
    listed = data[:36] + b"LIST" + struct.pack("<I", 3) + b"abc\0" + data[36:]
    assert wav.read(listed).pcm == SECOND


def test_extensible_format_with_pcm_inside() -> None:
    guid = struct.pack("<H", 1) + bytes.fromhex("000000001000800000aa00389b71")
    body = struct.pack("<HHIIHH", 0xFFFE, 1, 16000, 32000, 2, 16) + struct.pack("<HHI", 22, 16, 4) + guid
    data = (
        b"RIFF\0\0\0\0WAVE" + b"fmt " + struct.pack("<I", len(body)) + body + b"data" + struct.pack("<I", 4) + b"abcd"
    )
    assert wav.read(data) == wav.Sound(b"abcd", 16000)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a WAV file"),
        (b"OggS" + bytes(100), "not a WAV file"),
        (_file(channels=2), "2 channels"),
        (_file(width=1), "8-bit"),
        (_file(width=3, pcm=bytes(3000)), "24-bit"),
        (_file(rate=96000), "96000 samples"),
        (_file(rate=4000), "4000 samples"),
        (_file(rate=8000, pcm=bytes(16000 * 21)), "lasts 21.0 s"),
        (_file(pcm=b""), "no sound"),
        (_file()[:36], "no sound"),
        (_file()[:30], "cut short"),
        (bytes(MAX_WAV + 1), "over"),
        (_file().replace(b"fmt \x10\0\0\0\x01\0", b"fmt \x10\0\0\0\x55\0"), "compressed"),
        (b"RIFF\0\0\0\0WAVEdata\x04\0\0\0abcd", "before its format"),
    ],
)
def test_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(InvalidArgumentError, match=reason) as caught:
        wav.read(data)
    assert caught.value.hint


@given(st.binary(max_size=300), st.integers(0, 44))
def test_any_bytes_are_read_or_refused(noise: bytes, keep: int) -> None:
    try:
        sound = wav.read(_file()[:keep] + noise)
    except InvalidArgumentError:
        return
    assert sound.pcm
    assert len(sound.pcm) % 2 == 0
