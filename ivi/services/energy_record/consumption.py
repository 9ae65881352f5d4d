# SPDX-License-Identifier: Apache-2.0
"""Consumption by distance, and the band of ranges that follows from it.

Energy is the pack's power and distance the car's speed, both integrated by the trapezoidal rule between two samples;
samples more than MAX_GAP apart are not connected, so that a gap in the data is no consumption. Consumption of a stretch
is energy / distance: Wh / m * 100 = kWh/100 km. What is drawn at a plug does not count, nor what is drawn in park:
that is no driving. The last KEPT stretches are kept.

The band: the mean consumption of every run of WINDOW neighbouring stretches (5 km) is one sample of how the road ahead
may be. Their 90th and 10th percentile, applied to the usable energy, are the low and the high end. Five kilometres vary
more than the whole way ahead will, so the band is rather too wide than too narrow. No band before ENOUGH stretches
(10 km): a handful of overlapping samples says nothing.
"""

from collections import deque
from dataclasses import dataclass

import msgspec

from ivi.model.energy_record import EnergySpent, RangeBand

STRETCH = 200.0  # m
KEPT = 250  # stretches: 50 km
WINDOW = 25  # stretches of one sample: 5 km
ENOUGH = 50  # stretches until there is a band: 10 km
MAX_GAP = 3.0  # seconds between two samples that belong together
LEAST = 5.0  # kWh/100 km; a long way downhill is no promise for the way ahead
_HOUR = 3600.0  # seconds
_KMH = 3.6  # km/h of 1 m/s


class Stretch(msgspec.Struct, array_like=True):
    """Energy over a piece of road."""

    metres: float = 0.0
    total: float = 0.0
    """Wh drawn from the pack, less what came back."""
    drive: float = 0.0
    """Wh that the motor took."""
    recovered: float = 0.0
    """Wh that the motor gave back."""
    complete: bool = True
    """Whether the motor's power was known all the way."""

    @property
    def consumption(self) -> float:
        """KWh/100 km."""
        return self.total / self.metres * 100


@dataclass(frozen=True, slots=True)
class Sample:
    """What is known at one moment; None for what is not."""

    at: float
    """Seconds on a monotonic clock."""
    speed: float | None = None
    """km/h."""
    power: float | None = None
    """W drawn from the pack."""
    motor: float | None = None
    """W taken by the motor, negative while it recovers."""
    driving: bool = False
    """Whether the car is out of park and at no plug."""


class Consumption:
    """The last KEPT stretches and the one that is being driven."""

    def __init__(self, kept: list[Stretch] | None = None) -> None:
        self.kept: deque[Stretch] = deque(kept or (), maxlen=KEPT)
        self._now = Stretch()
        self._last: Sample | None = None

    def take(self, sample: Sample) -> bool:
        """Add what happened since the last sample. Returns whether a stretch has ended."""
        last, self._last = self._last, sample
        if last is None or not (last.driving and sample.driving) or not 0 < sample.at - last.at <= MAX_GAP:
            return False
        if last.speed is None or sample.speed is None or last.power is None or sample.power is None:
            return False
        hours = (sample.at - last.at) / _HOUR
        now = self._now
        now.metres += (abs(last.speed) + abs(sample.speed)) / 2 / _KMH * hours * _HOUR
        now.total += (last.power + sample.power) / 2 * hours
        if last.motor is None or sample.motor is None:
            now.complete = False
        else:
            now.drive += (max(last.motor, 0.0) + max(sample.motor, 0.0)) / 2 * hours
            now.recovered += (max(-last.motor, 0.0) + max(-sample.motor, 0.0)) / 2 * hours
        if now.metres < STRETCH:
            return False
        self.kept.append(now)
        self._now = Stretch()
        return True

    @property
    def average(self) -> float | None:
        """Consumption over all kept stretches, kWh/100 km; None before the first."""
        metres = sum(one.metres for one in self.kept)
        return sum(one.total for one in self.kept) / metres * 100 if metres else None

    @property
    def missing(self) -> float:
        """Kilometres until there is a band."""
        return max(0.0, (ENOUGH - len(self.kept)) * STRETCH / 1000)

    def spent(self) -> EnergySpent | None:
        """What became of the energy over all kept stretches; None before the first."""
        if not self.kept:
            return None
        total = sum(one.total for one in self.kept) / 1000
        metres = sum(one.metres for one in self.kept)
        if not all(one.complete for one in self.kept):
            return EnergySpent(metres / 1000, total, None, None, None)
        drive = sum(one.drive for one in self.kept) / 1000
        recovered = sum(one.recovered for one in self.kept) / 1000
        # The motor's power is reported in whole kW: over a short way the rest may come out a little below nothing.
        return EnergySpent(metres / 1000, total, drive, recovered, max(0.0, total - drive + recovered))

    def band(self, usable: float | None) -> RangeBand | None:
        """How far `usable` kWh go; None while it or enough of the road is not known."""
        if usable is None or usable < 0 or len(self.kept) < ENOUGH:
            return None
        samples = sorted(_windows(list(self.kept)))
        low, middle, high = (usable / max(LEAST, percentile(samples, part)) * 100 for part in (0.9, 0.5, 0.1))
        return RangeBand(low, middle, high)


def percentile(ordered: list[float], part: float) -> float:
    """The value below which `part` of the ordered values lie, interpolated linearly (type 7 of Hyndman and Fan)."""
    place = (len(ordered) - 1) * part
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _windows(stretches: list[Stretch]) -> list[float]:
    """Consumption of each run of WINDOW stretches, kWh/100 km."""
    totals, metres = [0.0], [0.0]
    for one in stretches:
        totals.append(totals[-1] + one.total)
        metres.append(metres[-1] + one.metres)
    ends = [(n, n + WINDOW) for n in range(len(stretches) - WINDOW + 1)]
    return [(totals[last] - totals[first]) / (metres[last] - metres[first]) * 100 for first, last in ends]


def is_sound(stretches: list[Stretch]) -> bool:
    """Whether stretches from a file can be what this module wrote."""
    return len(stretches) <= KEPT and all(STRETCH <= one.metres < STRETCH * 10 for one in stretches)
