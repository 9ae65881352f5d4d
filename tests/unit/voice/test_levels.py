# SPDX-License-Identifier: Apache-2.0
"""Levels, clipping and digital silence of a microphone."""

import numpy as np
import pytest
from numpy.typing import NDArray

from ivi.voice.levels import FORGET_SECONDS, SILENCE_DB, SILENT_SECONDS, Fault, LevelMeter, decibels

BLOCK, SECONDS = 800, 0.05


def noise(level: float) -> NDArray[np.int16]:
    """A block of noise of this RMS."""
    return np.random.default_rng(1).normal(0, level, BLOCK).clip(-32768, 32767).astype(np.int16)


def feed(meter: LevelMeter, block: NDArray[np.int16], seconds: float) -> None:
    for _ in range(round(seconds / SECONDS)):
        meter.take(block, SECONDS)


def test_decibels_of_full_scale() -> None:
    assert decibels(np.full(BLOCK, 32767, np.int16)) == pytest.approx(0, abs=0.01)
    assert decibels(np.full(BLOCK, 3277, np.int16)) == pytest.approx(-20, abs=0.01)
    assert decibels(np.zeros(BLOCK, np.int16)) == SILENCE_DB
    assert decibels(np.zeros(0, np.int16)) == SILENCE_DB


def test_the_noise_floor_does_not_follow_speech() -> None:
    meter = LevelMeter()
    assert meter.noise is None
    feed(meter, noise(30), 5)
    quiet = decibels(noise(30))
    assert meter.noise == pytest.approx(quiet, abs=0.5)
    feed(meter, noise(3_000), 2)
    assert meter.noise == pytest.approx(quiet + 2, abs=0.5)
    feed(meter, noise(30), 1)
    assert meter.noise == pytest.approx(quiet, abs=0.5)
    feed(meter, noise(300), 60)
    assert meter.noise == pytest.approx(decibels(noise(300)), abs=0.5)


def test_digital_silence_is_a_fault_and_a_quiet_room_is_none() -> None:
    meter = LevelMeter()
    feed(meter, np.zeros(BLOCK, np.int16), SILENT_SECONDS - 0.1)
    assert meter.faults() == set()
    feed(meter, np.zeros(BLOCK, np.int16), 0.2)
    assert meter.faults() == {Fault.SILENCE}
    meter.take(noise(2), SECONDS)
    assert meter.faults() == set()
    feed(meter, noise(2), 30)
    assert meter.faults() == set()


def test_clipping_is_a_fault_until_it_has_stopped_for_a_while() -> None:
    meter = LevelMeter()
    meter.take(noise(30_000), SECONDS)
    assert meter.faults() == set()  # once is a door
    feed(meter, noise(30_000), 0.5)
    assert meter.faults() == {Fault.CLIPPING}
    feed(meter, noise(300), FORGET_SECONDS - 1)
    assert meter.faults() == {Fault.CLIPPING}
    feed(meter, noise(300), 2)
    assert meter.faults() == set()
