# SPDX-License-Identifier: Apache-2.0
"""A car made of plain values, told to the app by the terms of its permissions: rate, rounding, coarse places."""

import math
from dataclasses import dataclass, field
from typing import Any

from ivi.model.app import Accepted, ActuateSignal, GetSignals, Revoked, Signals, SubscribeSignals
from ivi.model.errors import InvalidArgumentError, IviError, PermissionDeniedError, UnavailableError
from ivi.model.signal import Datapoint, Value
from ivi.sdk.harness.clock import WALL
from ivi.sdk.harness.link import Stream
from ivi.sdk.harness.manifest import MAX_PATH, is_leaf, matches
from ivi.sdk.harness.session import Session

LOCATION = (
    "Vehicle.CurrentLocation.**",
    "Vehicle.Cabin.Infotainment.Navigation.DestinationSet.**",
    "Vehicle.Powertrain.TractionBattery.Charging.Location.**",
)
"""Leaves that tell a place: read with the `location` permission only."""
LATITUDE, LONGITUDE = "Vehicle.CurrentLocation.Latitude", "Vehicle.CurrentLocation.Longitude"
FINE_HZ = 10.0
CELL = 0.01  # degrees of latitude that a coarse position is told by
NEW_CELL_AFTER = 60.0  # seconds
EARLY = 0.1  # part of the interval by which a value may come early
MAX_PATHS = 200  # in one request


@dataclass
class _Following:
    stream: Stream
    paths: list[str]
    sent: dict[str, Value | None] = field(default_factory=dict)


class FakeVehicle:
    """The fixture `vehicle`."""

    def __init__(self, session: Session) -> None:
        self.actuated: list[tuple[str, Value]] = []
        """What the app changed, oldest first."""
        self._session = session
        self._values: dict[str, Value | None] = {}
        self._refusals: dict[str, IviError] = {}
        self._told: dict[str, tuple[float, Datapoint]] = {}
        self._cell: tuple[float, float] | None = None
        self._cell_at = -math.inf
        self._followers: list[_Following] = []
        self._confirmed: set[str] = set()
        end = session.end
        end.calls[GetSignals] = self._get
        end.calls[ActuateSignal] = self._actuate
        end.openings[SubscribeSignals] = self._subscribe
        session.watch(self._rights_changed)
        session.clock.join(self._due, self.publish)

    # -- for tests ----------------------------------------------------------------------------------------------------
    def set(self, path: str, value: Value | None) -> None:
        """The car reports a value; None for "not available". The app hears it no sooner than its `max_hz` allows."""
        if not is_leaf(path):
            raise InvalidArgumentError(f"{path!r} is not a VSS path", hint="name one leaf, without wildcards")
        self._values[path] = value
        self._session.clock.advance(0)

    def value(self, path: str) -> Value | None:
        """What the car reports now."""
        return self._values.get(path)

    def refuse(self, path: str, error: IviError | None) -> None:
        """Have changes of this actuator fail, e.g. with UnavailableError; None to have them work again."""
        if error is None:
            self._refusals.pop(path, None)
        else:
            self._refusals[path] = error

    # -- for the app --------------------------------------------------------------------------------------------------
    def _judge_reads(self, paths: list[str]) -> None:
        self._session.require_hello()
        if not 1 <= len(paths) <= MAX_PATHS:
            raise InvalidArgumentError(f"{len(paths)} paths in one request", hint=f"name 1 to {MAX_PATHS}")
        for path in paths:
            if not is_leaf(path):
                raise self._no_path("vehicle.read", path)
            if self._terms(path) is None:
                place = _tells_place(path)
                kind = 'location" precision = "fine"' if place else f'vehicle.read" paths = ["{path}"]'
                reason = f"{path} may not be read by {self._session.grants.app_id}"
                hint = f'its manifest.toml would need [[permission]] use = "{kind}'
                raise self._session.deny("vehicle.read", path, reason, hint)

    def _no_path(self, use: str, path: str) -> PermissionDeniedError:
        reason = f"{path[:MAX_PATH]!r} is not a VSS path"
        return self._session.deny(use, path, reason, "name one leaf, without wildcards")

    def _terms(self, path: str) -> tuple[float, float | None, bool] | None:
        """Rate, rounding and whether it is a coarse place; None when it may not be read."""
        if _tells_place(path):
            precisions = {grant["precision"] for grant in self._session.grants.of("location")}
            if "fine" in precisions:
                return FINE_HZ, None, False
            return (1.0, None, True) if "coarse" in precisions and path in {LATITUDE, LONGITUDE} else None
        found = [
            grant
            for grant in self._session.grants.of("vehicle.read")
            if any(matches(path, pattern) for pattern in grant["paths"])
        ]
        if not found:
            return None
        steps = [grant["precision"] for grant in found]
        return max(grant["max_hz"] for grant in found), None if None in steps else min(steps), False

    def _get(self, request: GetSignals) -> Signals:
        self._judge_reads(request.paths)
        return Signals({path: point for path in request.paths if (point := self._tell(path)) is not None})

    def _subscribe(self, request: SubscribeSignals, stream: Stream) -> None:
        self._judge_reads(request.paths)
        following = _Following(stream, list(dict.fromkeys(request.paths)))
        self._session.count(stream, lambda: self._followers.remove(following))
        stream.send(Signals({}))
        self._followers.append(following)
        self._news(following)

    def _actuate(self, request: ActuateSignal) -> Accepted:
        session, path = self._session, request.path
        session.require_hello()
        if not is_leaf(path):
            raise self._no_path("vehicle.actuate", path)
        grants = [
            grant
            for grant in session.grants.of("vehicle.actuate")
            if any(matches(path, pattern) for pattern in grant["paths"])
        ]
        app = session.grants.app_id
        if not grants:
            hint = f'its manifest.toml would need [[permission]] use = "vehicle.actuate" paths = ["{path}"]'
            raise session.deny("vehicle.actuate", path, f"{path} may not be changed by {app}", hint)
        state = session.limits.driving_state
        usable = [grant for grant in grants if state == "parked" or grant["when"] == "always"]
        if not usable:
            reason = f"{path} may be changed by {app} only while parked, and the car is {state}"
            raise session.deny("vehicle.actuate", path, reason, 'park the car; the manifest says when = "parked"')
        self._confirm(path, request.value, usable)
        if (refusal := self._refusals.get(path)) is not None:
            raise refusal
        self.actuated.append((path, request.value))
        self._values[path] = request.value
        self.publish()
        return Accepted()

    def _confirm(self, path: str, value: Value, usable: list[dict[str, Any]]) -> None:
        """Ask the driver where the manifest says so."""
        each = all(grant["confirm"] == "each" for grant in usable)
        if any(grant["confirm"] == "never" for grant in usable) or (path in self._confirmed and not each):
            return
        session = self._session
        session.asked.append(f"{session.grants.name} wants to set {path} to {value}")
        if session.agrees is None:
            raise UnavailableError("the driver did not answer", hint="ask again when it matters")
        if not session.agrees:
            raise session.deny("vehicle.actuate", path, f"the driver did not agree to change {path}", "do without")
        if not each:
            self._confirmed.add(path)

    # -- telling ------------------------------------------------------------------------------------------------------
    def publish(self) -> None:
        """Send what the app may hear by now."""
        for following in self._followers:
            self._news(following)

    def _news(self, following: _Following) -> None:
        news = {}
        for path in following.paths:
            point = self._tell(path)
            if point is not None and (path not in following.sent or following.sent[path] != point.value):
                news[path] = point
                following.sent[path] = point.value
        if news:
            following.stream.send(Signals(news))

    def _tell(self, path: str) -> Datapoint | None:
        """What the app may know of a path now."""
        terms = self._terms(path)
        if terms is None:
            return None
        hz, step, coarse = terms
        now = self._session.clock.monotonic()
        if coarse:
            return self._place(path, now)
        if path not in self._values:
            return None
        told = self._told.get(path)
        if told is None or now >= told[0] + (1 - EARLY) / hz:
            value = _rounded(self._values[path], step)
            if told is None or told[1].value != value:
                told = self._told[path] = (now, self._point(value))
        return told[1]

    def _place(self, path: str, now: float) -> Datapoint | None:
        place = self._values.get(LATITUDE), self._values.get(LONGITUDE)
        if LATITUDE not in self._values or LONGITUDE not in self._values:
            return None
        if not all(isinstance(one, int | float) for one in place):
            return self._point(None)
        if now >= self._cell_at + NEW_CELL_AFTER:
            cell = cell_of(float(place[0]), float(place[1]))  # type: ignore[arg-type]  # numbers, just checked
            if cell != self._cell:
                self._cell, self._cell_at = cell, now
        return self._point(self._cell[path == LONGITUDE]) if self._cell else None

    def _point(self, value: Value | None) -> Datapoint:
        now = self._session.clock.monotonic()
        return Datapoint(value, int((WALL + now) * 1e9), int(now * 1e9), "test")

    def _due(self) -> float:
        """When something that was held back may be told."""
        now, due = self._session.clock.monotonic(), math.inf
        for path in {path for following in self._followers for path in following.paths}:
            terms = self._terms(path)
            if terms is None:
                continue
            at = self._cell_at + NEW_CELL_AFTER if terms[2] else math.inf
            if path in self._told and self._told[path][1].value != _rounded(self._values[path], terms[1]):
                at = self._told[path][0] + (1 - EARLY) / terms[0]
            if at > now:
                due = min(due, at)
        return due

    def _rights_changed(self) -> None:
        grants = self._session.grants.of("vehicle.actuate")
        once = [pattern for grant in grants if grant["confirm"] == "first" for pattern in grant["paths"]]
        self._confirmed = {path for path in self._confirmed if any(matches(path, pattern) for pattern in once)}
        for following in list(self._followers):
            gone = [path for path in following.paths if self._terms(path) is None]
            for path in gone:
                following.paths.remove(path)
                following.sent.pop(path, None)
                self._told.pop(path, None)
            if gone:
                following.stream.send(Revoked(gone))
            if gone and not following.paths:
                self._followers.remove(following)
                self._session.uncount(following.stream)
                text = "every signal of this subscription was taken back"
                following.stream.end(PermissionDeniedError(text, hint="see on_revoked"))


def _tells_place(path: str) -> bool:
    return any(matches(path, pattern) for pattern in LOCATION)


def _rounded(value: Any, step: float | None) -> Any:  # noqa: ANN401  # a Value
    """A number (or each of a list) as a multiple of `step`."""
    if isinstance(value, list):
        return [_rounded(one, step) for one in value]
    if step is None or isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return value
    number = round(value / step) * float(step)
    return round(number) if isinstance(value, int) else round(number, 9)


def cell_of(latitude: float, longitude: float) -> tuple[float, float]:
    """Middle of the cell of about 1 km by 1 km in which a place lies, degrees."""
    middle = (math.floor(latitude / CELL) + 0.5) * CELL
    width = CELL / math.cos(math.radians(min(abs(middle), 85.0)))
    return round(middle, 4), round((math.floor(longitude / width) + 0.5) * width, 4)
