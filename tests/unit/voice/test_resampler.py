# SPDX-License-Identifier: Apache-2.0
"""The resampler against its numbers: pass band flat, images and aliases damped, pieces equal the whole."""

from itertools import pairwise

import numpy as np
import pytest

from ivi.voice.resampler import Resampler, Samples

RATES = [(48_000, 16_000), (44_100, 16_000), (8_000, 16_000), (22_050, 48_000), (16_000, 44_100), (96_000, 16_000)]


def tone(hertz: int, rate: int, seconds: float = 1.5) -> Samples:
    """A sine of amplitude 1."""
    return np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate).astype(np.float32)


def decibels(power: float) -> float:
    """Of a power whose reference is a sine of amplitude 1."""
    return float(10 * np.log10(max(2 * power, 1e-12)))


def split(output: Samples, hertz: int, rate: int) -> tuple[float, float]:
    """Level of the tone and of everything else over one whole second from the middle, in dB."""
    second = output[rate // 4 : rate // 4 + rate].astype(np.float64)
    spectrum = np.abs(np.fft.rfft(second)) ** 2 * 2 / rate**2
    wanted = spectrum[hertz]
    return decibels(wanted), decibels(spectrum.sum() - wanted)


@pytest.mark.parametrize(("source", "target"), RATES)
@pytest.mark.parametrize("hertz", [300, 1000, 3000])
def test_speech_band_passes_clean(source: int, target: int, hertz: int) -> None:
    level, rest = split(Resampler(source, target)(tone(hertz, source)), hertz, target)
    assert abs(level) < 0.1
    assert rest < -60


@pytest.mark.parametrize(("source", "hertz"), [(48_000, 9_000), (48_000, 15_000), (44_100, 9_500), (96_000, 40_000)])
def test_what_does_not_fit_does_not_fold_into_speech(source: int, hertz: int) -> None:
    output = Resampler(source, 16_000)(tone(hertz, source))
    assert decibels(float(np.mean(output[4000:-4000] ** 2))) < -60


@pytest.mark.parametrize(("source", "target"), RATES)
@pytest.mark.parametrize("piece", [1, 441, 800, 4999])
def test_pieces_are_the_whole(source: int, target: int, piece: int) -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 6_000).astype(np.float32)
    whole = Resampler(source, target)(noise)
    resampler = Resampler(source, target)
    cuts = [*range(0, len(noise), piece), len(noise)]
    pieces = np.concatenate([resampler(noise[begin:end]) for begin, end in pairwise(cuts)])
    assert len(pieces) == len(whole)
    assert np.allclose(pieces, whole, atol=1e-6)
    assert abs(len(whole) - len(noise) * target / source) <= 1


def test_same_rate_is_untouched() -> None:
    samples = tone(440, 16_000)
    assert Resampler(16_000, 16_000)(samples) is samples


def test_a_ratio_without_a_short_filter_is_refused() -> None:
    with pytest.raises(ValueError, match="no short filter"):
        Resampler(15_999, 16_000)
