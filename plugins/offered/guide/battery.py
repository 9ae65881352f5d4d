# SPDX-License-Identifier: Apache-2.0
"""What is left in the battery at the end of a way, from what the car itself says of its charge and its range."""

from dataclasses import dataclass

RESERVE = 10.0  # percent that should be left on arrival
MARGIN = 10.0  # percent charged beyond that
FULL = 80.0  # percent up to which fast charging is quick
LEAST = 2.0  # percent with which a charger still counts as within reach
PART = 0.7  # of its power that a charger gives on average


@dataclass(frozen=True, slots=True)
class Battery:
    """As the car tells it now. None is what it does not tell."""

    charge: float | None = None  # percent
    range: float | None = None  # metres
    capacity: float | None = None  # kWh

    @property
    def known(self) -> bool:
        """Whether anything can be worked out."""
        return self.charge is not None and self.range is not None and self.range > 0 and self.charge > 0

    def spent(self, effort: float) -> float | None:
        """Percent that a way takes; `effort` is in metres of level road. Negative downhill."""
        if self.charge is None or self.range is None or not self.known:
            return None
        return effort / self.range * self.charge

    def left(self, effort: float) -> float | None:
        """Percent at the end of the way; below 0 when it does not suffice."""
        spent = self.spent(effort)
        return None if spent is None or self.charge is None else min(100.0, self.charge - spent)

    def energy(self, effort: float) -> float | None:
        """kWh that a way takes."""
        spent = self.spent(effort)
        return None if spent is None or self.capacity is None else spent / 100 * self.capacity

    def charging(self, arrival: float, target: float, power: float) -> float | None:
        """Seconds of charging from one percentage to the other."""
        if self.capacity is None:
            return None
        return max(0.0, target - arrival) / 100 * self.capacity / (power * PART) * 3600
