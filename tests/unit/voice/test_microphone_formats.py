# SPDX-License-Identifier: Apache-2.0
"""What any device gives becomes 16 kHz mono in blocks of 50 ms; a dead channel does not halve the others."""

import numpy as np
import pytest
from numpy.typing import NDArray

from ivi.voice.microphone import BLOCK, RATE, Conversion
from ivi.voice.portaudio import Format


def tone(rate: int, seconds: float = 1.0) -> NDArray[np.int16]:
    """440 Hz at a third of full scale."""
    return (10_000 * np.sin(2 * np.pi * 440 * np.arange(int(rate * seconds)) / rate)).astype(np.int16)


def fed(conversion: Conversion, data: bytes, piece: int) -> NDArray[np.int16]:
    """All blocks, one after the other."""
    blocks = [block for at in range(0, len(data), piece) for block in conversion(data[at : at + piece])]
    assert {len(block) for block in blocks} == {BLOCK}
    return np.concatenate(blocks)


def level(samples: NDArray[np.int16]) -> tuple[int, float]:
    """The loudest frequency in Hz, and the amplitude there, over half a second."""
    half = samples[RATE // 4 : 3 * RATE // 4].astype(np.float64)
    spectrum = np.abs(np.fft.rfft(half)) / len(half) * 2
    return int(np.argmax(spectrum)) * 2, float(spectrum.max())


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("channels", [1, 2, 4])
def test_any_rate_and_any_number_of_channels(rate: int, channels: int) -> None:
    data = np.repeat(tone(rate), channels).tobytes()
    samples = fed(Conversion(Format(rate, channels)), data, 2 * channels * (rate // 20))
    assert RATE - 2 * BLOCK <= len(samples) <= RATE
    hertz, amplitude = level(samples)
    assert hertz == 440
    assert amplitude == pytest.approx(10_000, rel=0.02)


def test_a_dead_channel_is_left_out() -> None:
    stereo = np.stack((tone(48_000), np.zeros(48_000, np.int16)), axis=1).tobytes()
    assert level(fed(Conversion(Format(48_000, 2)), stereo, 9_600))[1] == pytest.approx(10_000, rel=0.02)


def test_opposite_channels_do_not_overflow() -> None:
    loud = np.full((4_800, 2), 32_767, np.int16).tobytes()
    assert fed(Conversion(Format(16_000, 2)), loud, 3_200).max() == 32_767


def test_half_a_frame_at_the_end_is_left_out() -> None:
    data = np.repeat(tone(16_000), 2).tobytes()[:-1]
    assert len(fed(Conversion(Format(16_000, 2)), data[: len(data) // 2 * 2], 3_200)) >= RATE - 2 * BLOCK


def test_silence_stays_silence() -> None:
    assert not fed(Conversion(Format(48_000, 2)), bytes(4 * 48_000), 9_600).any()
