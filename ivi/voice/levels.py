# SPDX-License-Identifier: Apache-2.0
"""How loud the microphone is, and what is wrong with it: clipping, and digital silence."""

import math
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

FULL_SCALE = 32768.0
CLIPPED = 32_600  # of 32,767: converters round their limit
CLIPPED_SHARE = 0.002  # of a block's samples; one loud consonant is no fault
CLIPPED_SECONDS = 0.5  # of such blocks within FORGET_SECONDS
FORGET_SECONDS = 30.0
SILENT_SECONDS = 3.0  # of nothing but zeros: a muted or unplugged microphone; a quiet room is never that
NOISE_RISE, NOISE_FALL = 1.0, 20.0  # dB a second: the noise floor follows quiet soon and speech hardly
SILENCE_DB = -96.0  # dB of full scale: 16-bit's floor


class Fault(StrEnum):
    """What is wrong with the sound."""

    CLIPPING = "clipping"
    SILENCE = "silence"


def decibels(samples: NDArray[np.int16]) -> float:
    """RMS in dB of full scale."""
    if not len(samples):
        return SILENCE_DB
    power = float(np.mean(np.square(samples, dtype=np.float32)))
    return max(SILENCE_DB, 10 * math.log10(max(power, 1e-9) / FULL_SCALE**2))


class LevelMeter:
    """Follows the levels of a stream of blocks."""

    def __init__(self) -> None:
        self.level = SILENCE_DB
        """Of the latest block, dB of full scale."""
        self.noise: float | None = None
        """The noise floor, dB of full scale; None until something was heard."""
        self._silent = 0.0
        self._clipped = 0.0
        self._since_clipped = 0.0

    def take(self, samples: NDArray[np.int16], seconds: float) -> None:
        """Take a block of this duration."""
        self.level = decibels(samples)
        self._silent = 0.0 if samples.any() else self._silent + seconds
        if self._silent == 0.0:
            self._follow(seconds)
        clipped = np.count_nonzero(np.abs(samples.astype(np.int32)) >= CLIPPED) > CLIPPED_SHARE * len(samples)
        self._since_clipped = 0.0 if clipped else self._since_clipped + seconds
        if clipped:
            self._clipped += seconds
        elif self._since_clipped > FORGET_SECONDS:
            self._clipped = 0.0

    def _follow(self, seconds: float) -> None:
        if self.noise is None:
            self.noise = self.level
        elif self.level > self.noise:
            self.noise = min(self.level, self.noise + NOISE_RISE * seconds)
        else:
            self.noise = max(self.level, self.noise - NOISE_FALL * seconds)

    def faults(self) -> set[Fault]:
        """What is wrong now."""
        found = set()
        if self._silent >= SILENT_SECONDS:
            found.add(Fault.SILENCE)
        if self._clipped >= CLIPPED_SECONDS:
            found.add(Fault.CLIPPING)
        return found
