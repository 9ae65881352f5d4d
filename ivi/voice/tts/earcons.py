# SPDX-License-Identifier: Apache-2.0
"""Earcons: short sounds of our own making that say what the car does without words."""

from enum import StrEnum

import numpy as np

from ivi.voice.wav import Sound

RATE = 48_000  # samples a second: what most devices have, so that nothing is converted
LEVEL = 0.18  # of full scale, a third of a spoken answer: heard, and soon forgotten by the microphone
FADE = 0.012  # seconds at both ends of a tone: without it the tone clicks
OVERTONE = 0.25  # of the fundamental, an octave above: a bell more than a test signal


class Earcon(StrEnum):
    """What there is a sound for."""

    LISTENING = "listening"
    """Speak now."""
    NOT_POSSIBLE = "not_possible"
    """The key was pressed in vain: there is no microphone."""
    CANCELLED = "cancelled"
    """It listens no more."""


# Hz and seconds of each tone: rising means open, falling means closed. None of them begins like speech.
_TONES: dict[Earcon, tuple[tuple[float, float], ...]] = {
    Earcon.LISTENING: ((587.33, 0.07), (880.0, 0.09)),
    Earcon.NOT_POSSIBLE: ((440.0, 0.09), (349.23, 0.13)),
    Earcon.CANCELLED: ((880.0, 0.07), (587.33, 0.09)),
}


def sound(earcon: Earcon) -> Sound:
    """The samples, always the same."""
    tones = np.concatenate([_tone(hertz, seconds) for hertz, seconds in _TONES[earcon]])
    return Sound((tones * 32767).astype("<i2").tobytes(), RATE)


def _tone(hertz: float, seconds: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    time = np.arange(int(seconds * RATE)) / RATE
    wave = np.sin(2 * np.pi * hertz * time) + OVERTONE * np.sin(4 * np.pi * hertz * time)
    fade = np.minimum(1.0, np.minimum(time, seconds - time) / FADE)
    return LEVEL / (1 + OVERTONE) * wave * fade
