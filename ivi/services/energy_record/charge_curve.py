# SPDX-License-Identifier: Apache-2.0
"""The charge curve: power over the state of charge, measured while the car charges.

Each percent of the displayed state of charge has the mean of the pack's charging power, weighted by time, as long as
charging lasted at that percent. A plug that was pulled ends the curve; the next charge begins a new one.
"""

import msgspec

from ivi.model.energy_record import CurvePoint

MAX_GAP = 3.0  # seconds between two samples that belong together
FULL = 100  # percent


class Measured(msgspec.Struct, array_like=True):
    """Power at one percent so far."""

    seconds: float = 0.0
    energy: float = 0.0
    """kW s."""


class Curve(msgspec.Struct):
    """One charge, as it is stored."""

    points: dict[int, Measured] = msgspec.field(default_factory=dict)
    ended: int = 0
    """When it last grew, seconds since 1970."""
    over: bool = True
    """Whether the cable was taken out: the next charge is another one."""


class ChargeCurve:
    """The charge that goes on, or the last one."""

    def __init__(self, curve: Curve | None = None) -> None:
        self.curve = curve or Curve()
        self.charging = False
        self._last: float | None = None

    def take(self, at: float, wall: int, charge: float | None, power: float | None, *, charging: bool) -> None:
        """A sample: monotonic seconds, Unix seconds, displayed percent, and W drawn from the pack."""
        self.charging = charging
        if not charging or charge is None or power is None or not 0 <= charge <= FULL:
            self._last = None
            return
        last, self._last = self._last, at
        if last is None or not 0 < at - last <= MAX_GAP:
            return
        if self.curve.over:
            self.curve = Curve(over=False)
        point = self.curve.points.setdefault(int(charge), Measured())
        point.seconds += at - last
        point.energy += max(0.0, -power / 1000) * (at - last)
        self.curve.ended = wall

    def unplugged(self) -> None:
        """There is no cable: this charge is over."""
        self.curve.over = True

    def points(self) -> list[CurvePoint]:
        """Mean power at each percent, by percent."""
        known = sorted(self.curve.points.items())
        return [CurvePoint(percent, round(one.energy / one.seconds, 1)) for percent, one in known if one.seconds > 0]
