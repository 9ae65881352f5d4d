# SPDX-License-Identifier: Apache-2.0
"""Whether a tyre's pressure rises or falls at one temperature.

A tyre that warms up gains about 0.1 bar in 10 K without gaining air. Each sample is therefore brought to REFERENCE by
Gay-Lussac's law at constant volume: (p + p0) / T is constant, with p over the atmosphere p0 and T in kelvin. The trend
is the slope of the straight line of least squares through the samples of the last KEPT samples: falling or rising from
NOTABLE on, steady below. Without LEAST_SPAN of samples, or without the tyre's temperature, it is unknown.
"""

from collections import deque

from ivi.model.tyres import Trend

SAMPLE = 60.0  # seconds between two samples
KEPT = 120  # samples: two hours
LEAST_SPAN = 1800.0  # seconds
NOTABLE = 8.0  # kPa per hour, 0.08 bar; one step of each sensor (1 kPa and 1 K) within LEAST_SPAN makes at most 6.6
ATMOSPHERE = 101.3  # kPa
ZERO_CELSIUS = 273.15  # K
REFERENCE = 293.15  # K, 20 degrees Celsius
HOUR = 3600.0  # seconds
POSSIBLE = (0.0, 1000.0)  # kPa over the atmosphere
COLDEST, HOTTEST = -60.0, 200.0  # Celsius


def at_reference(pressure: float, temperature: float) -> float:
    """Pressure in kPa over the atmosphere, as it would be at REFERENCE; `temperature` in Celsius."""
    return (pressure + ATMOSPHERE) * REFERENCE / (temperature + ZERO_CELSIUS) - ATMOSPHERE


class TyreHistory:
    """The last KEPT samples of one tyre."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, float]] = deque(maxlen=KEPT)

    def take(self, at: float, pressure: float | None, temperature: float | None) -> None:
        """A sample in monotonic seconds, kPa and Celsius. One that is not known or not possible is left out."""
        if pressure is None or temperature is None:
            return
        if POSSIBLE[0] <= pressure <= POSSIBLE[1] and COLDEST < temperature < HOTTEST:
            self._samples.append((at, at_reference(pressure, temperature)))

    def slope(self) -> float | None:
        """KPa per hour; None while there is too little."""
        if not self._samples or self._samples[-1][0] - self._samples[0][0] < LEAST_SPAN:
            return None
        count = len(self._samples)
        mean_at = sum(at for at, _ in self._samples) / count
        mean = sum(pressure for _, pressure in self._samples) / count
        spread = sum((at - mean_at) ** 2 for at, _ in self._samples)
        return sum((at - mean_at) * (pressure - mean) for at, pressure in self._samples) / spread * HOUR

    def trend(self) -> Trend:
        """The slope as a word."""
        slope = self.slope()
        if slope is None:
            return Trend.UNKNOWN
        if abs(slope) < NOTABLE:
            return Trend.STEADY
        return Trend.RISING if slope > 0 else Trend.FALLING
