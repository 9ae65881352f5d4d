# SPDX-License-Identifier: Apache-2.0
"""Whether what the microphone hears is our own voice.

What is played is known, so its loudness over time in a few bands is compared with the microphone's. An echo follows it,
some delay later and at some level; a driver who speaks at the same time does not.
"""

import math
from collections import deque
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

FRAME_SECONDS = 0.01
RATE = 16_000  # samples a second
FRAME = int(RATE * FRAME_SECONDS)  # samples
BANDS = (300, 700, 1_200, 2_000, 3_200, 5_500)  # Hz, the edges: where speech is and car noise is less
FLOOR_DB = 20.0  # dB over one quantisation step: below it nothing is compared
WINDOW_SECONDS = 0.8  # of sound that is compared
MOST_DELAY = 0.6  # seconds from the mixer to the microphone's block, sound server included
TAIL = 0.5  # seconds that a cabin and the buffers go on sounding after the end
NOISE_PERCENT, PEAK_PERCENT = 10, 95  # of the frames, by loudness: the cabin alone, and speech at its loudest
NEPER = 10 / math.log(10)  # dB of a power's factor e
STILL = 1.0  # dB^2: what moves less has nothing to be compared by
ECHO = 0.55  # correlation from which it is our own voice: 0.6 with noise and more without; another's brings it to 0.4
KEPT = 3.0  # seconds of the microphone, and of what was played before

type Bands = NDArray[np.float32]
"""Loudness in dB: a row for each frame, a column for each band."""


def loudness(samples: NDArray[np.int16], rate: int = RATE) -> Bands:
    """Of mono sound, frame by frame; an incomplete last frame is left out."""
    frame = round(rate * FRAME_SECONDS)
    count = len(samples) // frame
    frames = samples[: count * frame].astype(np.float32).reshape(count, frame)
    power = np.abs(np.fft.rfft(frames * np.hanning(frame).astype(np.float32), axis=1)) ** 2
    hertz = np.fft.rfftfreq(frame, 1 / rate)
    sums = [power[:, (hertz >= low) & (hertz < high)].sum(axis=1) for low, high in pairwise(BANDS)]
    mean = np.stack(sums, axis=1) / frame**2
    return np.asarray(10 * np.log10(np.maximum(mean, 10 ** (FLOOR_DB / 10))), np.float32)


@dataclass
class _Played:
    bands: Bands
    began: float
    ended: float = math.inf

    def end(self) -> float:
        return min(self.ended, self.began + len(self.bands) * FRAME_SECONDS)


class Echo:
    """Compares what was played with what is heard. Times are seconds of any one clock."""

    def __init__(self) -> None:
        self._played: deque[_Played] = deque(maxlen=8)
        self._heard: Bands = np.full((round(KEPT / FRAME_SECONDS), len(BANDS) - 1), FLOOR_DB, np.float32)
        self._heard_until = -math.inf

    def playing(self, bands: Bands, began: float) -> None:
        """A sound of this loudness() begins."""
        self._played.append(_Played(bands, began))

    def stopped(self, at: float) -> None:
        """What plays now is cut off."""
        for sound in self._played:
            if sound.end() > at:
                sound.ended = at

    def heard(self, block: NDArray[np.int16], at: float) -> None:
        """The microphone's next block, which ended at this time."""
        bands = loudness(block)
        self._heard = np.concatenate((self._heard[len(bands) :], bands))
        self._heard_until = at

    def sounding(self, at: float, tail: float = TAIL) -> bool:
        """Whether something of ours is, or was just now, to be heard."""
        return any(sound.began <= at <= sound.end() + tail for sound in self._played)

    def similarity(self) -> float:
        """How much the last moments of the microphone follow what was played: 0 not at all, 1 exactly."""
        frames, delays = round(WINDOW_SECONDS / FRAME_SECONDS), round(MOST_DELAY / FRAME_SECONDS)
        reference = self._expected(self._reference(frames + delays))
        heard = self._heard[-frames:]
        spread = heard - heard.mean(axis=0)
        power = float(np.sum(spread**2))
        best = 0.0
        for delay in range(delays):
            played = reference[delays - delay : delays - delay + frames]
            other = played - played.mean(axis=0)
            moved = float(np.sum(other**2))
            if min(power, moved) > STILL * other.size:
                best = max(best, float(np.sum(spread * other)) / math.sqrt(power * moved))
        return best

    def own(self, at: float) -> bool:
        """Whether what is heard is our own voice and nobody else's."""
        return self.sounding(at, TAIL + WINDOW_SECONDS) and self.similarity() >= ECHO

    def _expected(self, reference: Bands) -> Bands:
        """The reference as loud as the microphone hears it, and no quieter than the cabin's noise."""
        noise = np.percentile(self._heard, NOISE_PERCENT, axis=0)
        gain = np.percentile(self._heard, PEAK_PERCENT, axis=0) - np.percentile(reference, PEAK_PERCENT, axis=0)
        return np.asarray(np.logaddexp((reference + gain) / NEPER, noise / NEPER) * NEPER, np.float32)

    def _reference(self, frames: int) -> Bands:
        """What was played in the frames before the microphone's last."""
        line = np.full((frames, len(BANDS) - 1), FLOOR_DB, np.float32)
        start = self._heard_until - frames * FRAME_SECONDS
        for sound in self._played:
            first = round((sound.began - start) / FRAME_SECONDS)
            count = min(len(sound.bands), round((sound.end() - sound.began) / FRAME_SECONDS))
            begin, end = max(0, first), min(frames, first + count)
            if begin < end:
                line[begin:end] = np.maximum(line[begin:end], sound.bands[begin - first : end - first])
        return line
