# SPDX-License-Identifier: Apache-2.0
"""The roads of the valley as a graph: where a position lies on it, and the best way from there to a junction."""

import heapq
import math
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

EARTH = 6_371_000.0  # metres
PACE = 0.85  # of the limit that one drives on average, with bends, crossings and others
AT_ONCE = 30.0  # metres from a junction within which a car can still take any of its roads
CLIMB, DESCENT = 35.0, 20.0
"""Metres of level road that take as much as one metre up takes, and that one metre down gives back: about 2.1 t at
0.18 kWh/km, 90 % efficient up and 60 % down."""

type Point = tuple[float, float]
"""Latitude and longitude, degrees."""


def metres(a: Point, b: Point) -> float:
    """Between two points that are near each other."""
    east, north = offset(a, b)
    return math.hypot(east, north)


def offset(a: Point, b: Point) -> tuple[float, float]:
    """Metres from `a` to `b`: east and north."""
    scale = EARTH * math.pi / 180
    return (b[1] - a[1]) * scale * math.cos(math.radians(a[0])), (b[0] - a[0]) * scale


def bearing(a: Point, b: Point) -> float:
    """Direction from `a` to `b`, degrees from north."""
    east, north = offset(a, b)
    return math.degrees(math.atan2(east, north)) % 360


def turned(before: float, after: float) -> float:
    """Degrees from one direction to another, -180 to 180, positive to the right."""
    return (after - before + 180) % 360 - 180


@dataclass(frozen=True, slots=True)
class Leg:
    """A piece of road from one junction to the next, in the direction of driving."""

    road: str
    start: str
    end: str
    length: float  # metres
    seconds: float
    effort: float
    """Metres of level road that would take as much from the battery; less than `length` downhill."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the car is on the roads: on the leg, so far from its start."""

    leg: Leg
    passed: float
    """Part of the leg, 0 to 1."""
    point: Point
    away: float
    """Metres between the car and the road."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one may want to go. A charger has a power."""

    id: str
    name: str
    at: str
    """Its junction."""
    icon: str = "station"
    power: float = 0.0  # kW


class Roads:
    """What the app knows of the world."""

    def __init__(self, file: Path) -> None:
        """Raises OSError, tomllib.TOMLDecodeError or KeyError when the app's own file is damaged."""
        known = tomllib.loads(file.read_text(encoding="utf-8"))
        self.points: dict[str, Point] = {name: (at[0], at[1]) for name, at in known["junction"].items()}
        self._heights: dict[str, float] = {name: at[2] for name, at in known["junction"].items()}
        self.places = [Place(**place) for place in known["place"]]
        self.chargers = [Place(**charger) for charger in known["charger"]]
        self.legs: dict[str, list[Leg]] = {name: [] for name in self.points}
        """By the junction where they start."""
        for road in known["road"]:
            way = road["through"]
            for a, b in pairwise(way):
                self.legs[a].append(self._leg(road["name"], road["limit"], a, b))
                self.legs[b].append(self._leg(road["name"], road["limit"], b, a))

    def _leg(self, road: str, limit: float, start: str, end: str) -> Leg:
        length = metres(self.points[start], self.points[end])
        rise = self._heights[end] - self._heights[start]
        effort = length + rise * (CLIMB if rise > 0 else DESCENT)
        return Leg(road, start, end, length, length / (limit / 3.6 * PACE), effort)

    def back(self, leg: Leg) -> Leg:
        """The same piece of road in the other direction."""
        return next(one for one in self.legs[leg.end] if one.end == leg.start and one.road == leg.road)

    def nearest(self, here: Point, heading: float | None) -> Spot:
        """The piece of road that the car is on. With a heading, the direction in which it drives."""
        spots = (self._project(leg, here) for legs in self.legs.values() for leg in legs)

        def badness(spot: Spot) -> float:
            if heading is None:
                return spot.away
            off = abs(turned(heading, bearing(self.points[spot.leg.start], self.points[spot.leg.end])))
            return spot.away + off / 4  # a road at a right angle counts as 22 m farther away

        return min(spots, key=badness)

    def _project(self, leg: Leg, here: Point) -> Spot:
        a, b = self.points[leg.start], self.points[leg.end]
        passed = along(a, b, here)
        point = between(a, b, passed)
        return Spot(leg, passed, point, metres(point, here))

    def way(self, start: Spot, goal: str, cost: Callable[[Leg], float], turning: float = 0.0) -> list[Leg]:
        """The best way from a spot to a junction; the first leg is the spot's, in the direction to leave by.

        `turning` is what turning round costs. It costs nothing where one leaves a car park.
        """
        back = self.back(start.leg)
        turn = turning * min(1.0, start.leg.length * start.passed / AT_ONCE)
        firsts = {
            start.leg.end: (cost(start.leg) * (1 - start.passed), start.leg),
            start.leg.start: (cost(back) * start.passed + turn, back),
        }
        best = {junction: spent for junction, (spent, _) in firsts.items()}
        came: dict[str, Leg] = {}
        queue = [(spent, junction) for junction, spent in best.items()]
        heapq.heapify(queue)
        while queue:
            spent, junction = heapq.heappop(queue)
            if junction == goal:
                break
            if spent > best[junction]:
                continue
            arrived = came.get(junction) or firsts[junction][1]
            for leg in self.legs[junction]:
                total = spent + cost(leg) + (turning if leg == self.back(arrived) else 0.0)
                if total < best.get(leg.end, math.inf):
                    best[leg.end], came[leg.end] = total, leg
                    heapq.heappush(queue, (total, leg.end))
        return self._trace(goal, came, {junction: leg for junction, (_, leg) in firsts.items()})

    @staticmethod
    def _trace(goal: str, came: dict[str, Leg], firsts: dict[str, Leg]) -> list[Leg]:
        legs: list[Leg] = []
        junction = goal
        while junction in came:
            legs.append(came[junction])
            junction = came[junction].start
        return [firsts[junction], *reversed(legs)]


def along(a: Point, b: Point, here: Point) -> float:
    """The part of the line from `a` to `b`, 0 to 1, that is nearest."""
    east, north = offset(a, b)
    x, y = offset(a, here)
    return min(1.0, max(0.0, (x * east + y * north) / max(1e-9, east * east + north * north)))


def between(a: Point, b: Point, part: float) -> Point:
    """The point that lies so far on the line."""
    return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part
