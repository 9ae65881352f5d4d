# SPDX-License-Identifier: Apache-2.0
"""What is known of the car's motion and how old it is. Times are seconds on one monotonic clock.

The broker sends changes only, so a quiet signal is no old one: a parked car's speed stays 0 for hours. A value from
a bus is as old as the last sign of life of the buses: a value of theirs, or a broker that counts further frames.
Whatever else provides a value (a door, a recording) takes it back when it goes, which the broker says.
"""

from collections.abc import Iterable, Mapping

from ivi.model.signal import Datapoint
from ivi.services.ux_restrictions.policy import GEAR, PARKING_BRAKE, SPEED, STALE, STANDSTILL, Motion

BUS = "can:"
PERSISTED = "persisted"
"""Source of a value that was kept over a restart: how the car once moved says nothing of now."""


class MotionWatch:
    """Keeps the newest values, their age, and since when the car has been standing."""

    def __init__(self) -> None:
        self._points: dict[str, Datapoint] = {}
        self._heard: float | None = None
        self._bus_alive: float | None = None
        self._frames: int | None = None
        self._drove = False
        self._stood_since: float | None = None

    @property
    def wants_count(self) -> bool:
        """Whether a value is from a bus, so that its age depends on the broker's count of frames."""
        return any(point.source.startswith(BUS) for point in self._points.values())

    def heard(self, entries: Mapping[str, Datapoint], now: float) -> None:
        """The broker spoke; without entries it only said that it lives."""
        self._heard = now
        for path, point in entries.items():
            self._points[path] = point
            if point.source.startswith(BUS):
                self._bus_alive = max(self._bus_alive or 0.0, point.mono_ns / 1e9)
        self._judge_standing(now)

    def frames(self, count: int, now: float) -> None:
        """The broker has received so many frames."""
        if self._frames is not None and count > self._frames:
            self._bus_alive = now
        self._frames = count

    def forget(self) -> None:
        """The broker has gone. Whether the car drove stays known."""
        self._points.clear()
        self._heard = self._bus_alive = self._frames = None

    def motion(self, now: float) -> Motion:
        """What is known at this time."""
        speed, gear, brake = (self._value(path) for path in (SPEED, GEAR, PARKING_BRAKE))
        self._judge_standing(now)
        return Motion(
            speed=float(speed) if isinstance(speed, int | float) and not isinstance(speed, bool) else None,
            gear=gear if isinstance(gear, int) and not isinstance(gear, bool) else None,
            parking_brake=brake if isinstance(brake, bool) else None,
            age=self._age((SPEED, GEAR), now),
            standing=None if not self._drove else 0.0 if self._stood_since is None else now - self._stood_since,
        )

    def settled(self) -> None:
        """The car has been standing long enough: that it drove is history."""
        self._drove = False

    def _value(self, path: str) -> object:
        point = self._points.get(path)
        return None if point is None or point.source == PERSISTED else point.value

    def _age(self, paths: Iterable[str], now: float) -> float:
        if self._heard is None:
            return float("inf")
        ages = [now - self._heard]
        if any(self._points[path].source.startswith(BUS) for path in paths if path in self._points):
            ages.append(float("inf") if self._bus_alive is None else now - self._bus_alive)
        return max(0.0, *ages)

    def _judge_standing(self, now: float) -> None:
        speed = self._value(SPEED)
        if not isinstance(speed, int | float) or self._age((SPEED,), now) > STALE:
            self._stood_since = None
        elif abs(speed) >= STANDSTILL:
            self._drove, self._stood_since = True, None
        elif self._stood_since is None:
            self._stood_since = now
