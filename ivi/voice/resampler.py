# SPDX-License-Identifier: Apache-2.0
"""Changes the sample rate of a stream of sound by a polyphase filter.

A library (soxr) would be one more wheel to lock and to carry for every platform. Our case is small: one channel of
speech, a few fixed ratios, and numpy is there already for the wake word. So it is 40 lines that tests hold to numbers.
"""

from math import ceil, gcd

import numpy as np
from numpy.typing import NDArray

type Samples = NDArray[np.float32]

HALF_LENGTH = 16  # input samples on each side of an output sample, for the narrower of the two bands
PASSBAND = 0.92  # of the narrower band's half rate; what lies above is damped, so that nothing folds into speech
STOPBAND = 60.0  # dB
MAX_PHASES = 1024  # of the filter: 44,100 to 16,000 has 160


class Resampler:
    """From one rate to another; what is fed in pieces comes out as if it had been fed at once."""

    def __init__(self, source: int, target: int) -> None:
        """Rates in samples a second. Raises ValueError for a ratio that has no short filter."""
        divisor = gcd(source, target)
        self._up, self._down = target // divisor, source // divisor
        if self._up > MAX_PHASES:
            raise ValueError(f"no short filter from {source} to {target} samples a second")
        stretch = max(1.0, source / target)
        self._taps = 2 * ceil(HALF_LENGTH * stretch)
        self._phases = _filter(self._up, self._taps, PASSBAND / stretch)
        self._history = np.zeros(self._taps - 1, np.float32)
        self._phase = 0
        self._skip = 0

    def __call__(self, samples: Samples) -> Samples:
        """The next samples at the new rate."""
        if self._up == self._down:
            return samples
        line = np.concatenate((self._history, samples))
        ticks = self._up * (len(samples) - self._skip) - self._phase
        count = max(0, -(-ticks // self._down))
        at = self._phase + self._down * np.arange(count)
        starts, phases = self._skip + at // self._up, at % self._up
        windows = np.lib.stride_tricks.sliding_window_view(line, self._taps)
        output: Samples = np.einsum("ij,ij->i", windows[starts], self._phases[phases]).astype(np.float32)
        following = self._phase + self._down * count
        self._skip += following // self._up - len(samples)
        self._phase = following % self._up
        self._history = line[len(samples) :]
        return output


def _filter(phases: int, taps: int, cutoff: float) -> Samples:
    """A row of taps for each phase: a windowed sinc (Kaiser), each row of unit gain."""
    beta = 0.1102 * (STOPBAND - 8.7)  # Kaiser's formula, for more than 50 dB
    length = phases * taps
    position = (np.arange(length) - (length - 1) / 2) / phases
    prototype = np.sinc(position * cutoff) * np.kaiser(length, beta)
    rows = prototype.reshape(taps, phases).T[:, ::-1]
    return np.ascontiguousarray(rows / rows.sum(axis=1, keepdims=True), dtype=np.float32)
