# SPDX-License-Identifier: Apache-2.0
"""How loud an answer is: louder at speed and in noise, never so loud that it startles or is cut off."""

import numpy as np
from numpy.typing import NDArray

from ivi.voice.wav import Sound

QUIET_SPEED, LOUD_SPEED = 30.0, 130.0  # km/h: road and wind noise grows between them
QUIET_NOISE, LOUD_NOISE = -60.0, -35.0  # dB of the microphone's full scale
MOST_GAIN = 9.0  # dB over the answer at standstill in a quiet cabin
SPOKEN_LEVEL = -24.0  # dB of full scale, RMS where there is speech; leaves MOST_GAIN and the peaks of speech
PEAK = 0.97  # of full scale
SPEECH_SHARE = 0.1  # of the loudest sample; what is quieter is a pause


type Samples = NDArray[np.float32]


def samples_of(sound: Sound) -> Samples:
    """As numbers from -1 to 1."""
    return np.asarray(np.frombuffer(sound.pcm, "<i2") / np.float32(32768), np.float32)


def sound_of(samples: Samples, rate: int) -> Sound:
    """As 16-bit sound; what is over full scale is cut."""
    return Sound((samples.clip(-1, 1) * 32767).astype("<i2").tobytes(), rate)


def gain(speed: float | None, noise: float | None) -> float:
    """Decibels over the quiet level, from km/h and the cabin's noise in dB of full scale; the more demanding counts.

    Whatever is not known asks for nothing.
    """
    by_speed = _share(abs(speed), QUIET_SPEED, LOUD_SPEED) if speed is not None else 0.0
    by_noise = _share(noise, QUIET_NOISE, LOUD_NOISE) if noise is not None else 0.0
    return MOST_GAIN * max(by_speed, by_noise)


def levelled(samples: Samples) -> Samples:
    """Speech of -1 to 1 at SPOKEN_LEVEL, whichever program made it."""
    loud = np.abs(samples)
    spoken = samples[loud > SPEECH_SHARE * loud.max(initial=0.0)]
    if not len(spoken):
        return samples
    level = float(np.sqrt(np.mean(np.square(spoken, dtype=np.float64))))
    return np.asarray(samples * (10 ** (SPOKEN_LEVEL / 20) / level), np.float32)


def amplified(samples: Samples, decibels: float) -> Samples:
    """Louder or quieter by so much, but no peak over PEAK."""
    louder = samples * np.float32(10 ** (decibels / 20))
    peak = float(np.abs(louder).max(initial=0.0))
    return np.asarray(louder * np.float32(min(1.0, PEAK / peak)) if peak else louder, np.float32)


def _share(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))
