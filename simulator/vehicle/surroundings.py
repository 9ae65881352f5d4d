# SPDX-License-Identifier: Apache-2.0
"""What the car's sensors see of the world: weather, light, satellites, tyres, lanes, other cars; noise by the seed."""

import math
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from simulator.vehicle.body import CORNERS
from simulator.vehicle.requests import Requests, Values, switch
from simulator.vehicle.route import Place, Route

VALLEY = 22.4  # degC at VALLEY_HEIGHT
VALLEY_HEIGHT = 455.0  # m
LAPSE = 0.0065  # K per metre of height
DAYLIGHT, TUNNEL_LIGHT = 79.0, 4.0  # percent
DEPARTURE = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)  # always the same morning, so that a drive repeats exactly
NOTHING = 655.35  # m: no object seen
NO_GAP = 65535  # ms: no object seen
CAR = 1  # as ADAS_FrontCenterKind
ZONES = ("FrontCenter", "FrontLeft", "FrontRight", "RearCenter", "RearLeft", "RearRight")
COLD_PRESSURE = 2.55  # bar at COLD_AT
COLD_AT = 20.0  # degC
LOW_PRESSURE = 2.1  # bar
KELVIN = 273.15


@dataclass(slots=True)
class Tyres:
    """Air temperature and pressure of the four tyres."""

    temperature: dict[str, float]  # degC
    filling: dict[str, float]  # bar at COLD_AT

    @classmethod
    def fitted(cls, rng: random.Random) -> "Tyres":
        """Four tyres, filled a little differently."""
        return cls(
            {corner: VALLEY + rng.uniform(0, 1.5) for corner in CORNERS},
            {corner: COLD_PRESSURE + rng.uniform(-0.06, 0.06) for corner in CORNERS},
        )

    def step(self, dt: float, speed: float, ambient: float) -> None:
        """Warm up with ``speed`` (m/s)."""
        for corner, now in self.temperature.items():
            self.temperature[corner] = now + (ambient + 0.75 * speed - now) * dt / 420

    def publish(self, values: Values) -> None:
        """Write the TPMS messages."""
        for corner in CORNERS:
            absolute = (self.filling[corner] + 1) * (self.temperature[corner] + KELVIN) / (COLD_AT + KELVIN)
            values[f"TPMS_Pressure{corner}"] = absolute - 1
            values[f"TPMS_PressureLow{corner}"] = absolute - 1 < LOW_PRESSURE
            values[f"TPMS_Temperature{corner}"] = self.temperature[corner]


@dataclass(slots=True)
class _Neighbour:
    """One car near ours."""

    distance: float = NOTHING  # m
    closing: float = 0.0  # km/h
    until: float = 0.0  # s of the trip


@dataclass(slots=True)
class Surroundings:
    """The world outside, refreshed at the slow rate."""

    route: Route
    rng: random.Random
    outside: float = VALLEY  # degC
    light: float = DAYLIGHT  # percent
    humidity: float = 54.0  # percent
    lane_warning_enabled: bool = True
    clock: float = 0.0  # s
    _offset: float = 0.0  # m in the lane
    _drift: list[float] = field(default_factory=lambda: [0.0, 0.0])  # m of the position error
    _neighbours: dict[str, _Neighbour] = field(default_factory=lambda: {zone: _Neighbour() for zone in ZONES})

    def requests(self) -> Requests:
        """What the head unit may ask of the lane camera."""

        def enable(on: bool) -> None:
            self.lane_warning_enabled = on

        return {"ADAS_LaneDepartureReq": switch(enable)}

    def step(self, dt: float, place: Place, speed: float) -> None:
        """Advance ``dt`` s at ``place`` with ``speed`` m/s."""
        self.clock += dt
        goal = VALLEY - LAPSE * (place.altitude - VALLEY_HEIGHT)
        self.outside += (goal - self.outside) * dt / 30
        bright = TUNNEL_LIGHT if place.tunnel else DAYLIGHT + 4 * math.sin(self.clock / 37)
        self.light += (bright - self.light) * min(dt / 0.6, 1.0)
        self.humidity = 54 + 3 * math.sin(self.clock / 90)
        self._offset += (self.rng.uniform(-0.05, 0.05) - 0.08 * self._offset) * min(speed / 10, 1.0)
        for axis in (0, 1):
            self._drift[axis] += self.rng.gauss(0, 0.12) - 0.03 * self._drift[axis]
        for zone, neighbour in self._neighbours.items():
            self._move(zone, neighbour, dt, speed)

    def publish(self, values: Values, place: Place, speed: float) -> None:
        """Write environment, lane, objects and GNSS."""
        values["BCM_OutsideTemperature"] = self.outside
        values["BCM_LightIntensity"] = self.light
        values["BCM_Humidity"] = self.humidity
        values["BCM_AirPressure"] = 1013.25 * math.exp(-place.altitude / 8430)
        values["BCM_CabinLight"] = 0.7 * self.light
        values["VCU_AmbientAtRadiator"] = self.outside + 2
        self._publish_lane(values, place)
        self._publish_objects(values, speed)
        self._publish_position(values, place, speed)

    def _move(self, zone: str, car: _Neighbour, dt: float, speed: float) -> None:
        """Other cars come and go; the one in front keeps a time gap of about two seconds."""
        if self.clock >= car.until:
            seen = car.distance == NOTHING and self.clock > 0 and self.rng.random() < (0.8 if zone == ZONES[0] else 0.5)
            car.until = self.clock + self.rng.uniform(6, 25)
            car.distance = self.rng.uniform(18, 60) if seen else NOTHING
        if car.distance == NOTHING:
            car.closing = 0.0
            return
        goal = 6 + 2.1 * speed if zone == ZONES[0] else 8 + 20 * abs(math.sin(self.clock / 9 + len(zone)))
        rate = (goal - car.distance) / 6  # m/s
        car.distance = min(max(car.distance + rate * dt, 2.0), 200.0)
        car.closing = -rate * 3.6

    def _publish_lane(self, values: Values, place: Place) -> None:
        values["ADAS_LaneOffsetLeft"] = 0.85 - self._offset
        values["ADAS_LaneOffsetRight"] = 0.85 + self._offset
        values["ADAS_LaneCurvature"] = place.curvature
        values["ADAS_LaneHeading"] = 0.4 * self._offset
        values["ADAS_LaneQuality"] = 3
        values["ADAS_LaneDepartureEnabled"] = self.lane_warning_enabled
        values["ADAS_LaneDepartureWarning"] = self.lane_warning_enabled and abs(self._offset) > 0.8  # noqa: PLR2004 - m

    def _publish_objects(self, values: Values, speed: float) -> None:
        for zone, car in self._neighbours.items():
            values[f"ADAS_{zone}Distance"] = car.distance
            values[f"ADAS_{zone}Closing"] = car.closing
            values[f"ADAS_{zone}Kind"] = CAR if car.distance != NOTHING else 0
            values[f"ADAS_{zone}Warning"] = False
        front = self._neighbours["FrontCenter"].distance
        gap = front / speed if front != NOTHING and speed > 1 else NO_GAP / 1000
        values["ADAS_FrontCenterTimeGap"] = min(gap * 1000, NO_GAP)
        values["ADAS_FrontCenterWarning"] = gap < 0.8  # noqa: PLR2004 - s

    def _publish_position(self, values: Values, place: Place, speed: float) -> None:
        north, east = self._drift
        values["GNSS_Latitude"] = place.latitude + north / 111_000
        values["GNSS_Longitude"] = place.longitude + east / 75_600
        values["GNSS_Altitude"] = place.altitude + 0.5 * north
        values["GNSS_Heading"] = place.heading
        values["GNSS_Speed"] = speed * 3.6
        values["GNSS_ClimbRate"] = speed * place.grade
        values["GNSS_FixType"] = 2
        values["GNSS_Satellites"] = 5 if place.tunnel else 17
        values["GNSS_HorizontalAccuracy"] = 9.0 if place.tunnel else 1.2 + abs(east) / 4
        values["GNSS_VerticalAccuracy"] = 15.0 if place.tunnel else 2.1 + abs(north) / 4
        values["GNSS_Hdop"] = 4.0 if place.tunnel else 0.8
        now = DEPARTURE + timedelta(seconds=round(self.clock, 3))
        values["GNSS_Year"], values["GNSS_Month"], values["GNSS_Day"] = now.year, now.month, now.day
        values["GNSS_Hour"], values["GNSS_Minute"], values["GNSS_Second"] = now.hour, now.minute, now.second
        values["GNSS_Millisecond"] = now.microsecond // 1000
