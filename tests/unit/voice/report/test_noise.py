# SPDX-License-Identifier: Apache-2.0
"""The report's noises: as loud as asked, the same for the same seed, and shaped as their descriptions say."""

import numpy as np
import pytest

from ivi.voice.report.noise import NOISES, PEAK, RATE, cabin, fan, mixed

SECONDS = 4


def _share_above(samples: np.ndarray, frequency: float) -> float:
    power = np.abs(np.fft.rfft(samples)) ** 2
    return float(power[np.fft.rfftfreq(len(samples), 1 / RATE) > frequency].sum() / power.sum())


@pytest.mark.parametrize("name", NOISES)
def test_a_noise_is_the_same_for_the_same_seed_and_another_for_another(name: str) -> None:
    """Anybody gets the figures that we got."""
    one, same, other = (NOISES[name](SECONDS * RATE, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)
    assert np.sqrt(np.mean(one**2)) == pytest.approx(1, rel=0.01)


def test_wind_gains_on_the_tyres_with_speed() -> None:
    """The share of what lies above 500 Hz grows: wind's power grows with the sixth power of the speed."""
    shares = [_share_above(cabin(SECONDS * RATE, np.random.default_rng(3), speed), 500) for speed in (50, 100, 130)]
    assert shares[0] < shares[1] < shares[2]


def test_the_fans_blades_are_heard_as_a_tone() -> None:
    """290 Hz stands out of its surroundings by more than ten times the power."""
    samples = fan(SECONDS * RATE, np.random.default_rng(4))
    power = np.abs(np.fft.rfft(samples)) ** 2
    tone = 290 * SECONDS
    assert power[tone] > 10 * power[tone + 20 : tone + 120].mean()


@pytest.mark.parametrize("ratio", [20.0, 0.0])
def test_the_ratio_is_what_was_asked(ratio: float) -> None:
    """Speech and noise are told apart again by playing the same noise with nothing said."""
    time = np.arange(SECONDS * RATE) / RATE
    speech = 1000 * np.sin(2 * np.pi * 300 * time)
    both = mixed(speech, "cabin 100 km/h", ratio, 5).astype(float)
    noise = NOISES["cabin 100 km/h"](len(speech), np.random.default_rng(5))
    # Least squares: how much of each is in the mixture.
    parts = np.stack([speech, noise], 1)
    (speech_gain, noise_gain), *_ = np.linalg.lstsq(parts, both, rcond=None)
    measured = 20 * np.log10(speech_gain * np.sqrt(np.mean(speech**2)) / noise_gain)
    assert measured == pytest.approx(ratio, abs=0.5)
    assert np.abs(both).max() == pytest.approx(PEAK * 32_767, rel=0.01)
