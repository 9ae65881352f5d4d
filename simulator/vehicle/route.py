# SPDX-License-Identifier: Apache-2.0
"""The map: a loop of 17 km through the Rhine valley and up to a mountain village, sampled every five metres.

Corners and slopes of the node list are rounded, so that heading, curvature and grade are smooth. The speed envelope
already looks ahead: nowhere is it higher than a comfortable brake allows for what comes next.
"""

import math
from array import array
from dataclasses import dataclass, field
from enum import StrEnum

STEP = 5.0  # m between samples
CORNER = 25.0  # m, half width of the window that rounds corners
HILL = 60.0  # m, half width of the window that rounds slopes
EARTH = 6_371_000.0  # m
COMFORT_BRAKE = 1.4  # m/s^2
COMFORT_LATERAL = 2.2  # m/s^2


class Event(StrEnum):
    """What waits at a node."""

    NONE = "none"
    LIGHT = "light"
    CHARGER = "charger"


@dataclass(frozen=True, slots=True)
class Node:
    """A point of the map; ``limit`` (km/h) and ``tunnel`` hold from here to the next node."""

    name: str
    latitude: float  # degrees
    longitude: float  # degrees
    altitude: float  # m
    limit: int
    event: Event = Event.NONE
    tunnel: bool = False


LOOP = (
    Node("Vaduz north", 47.1440, 9.5190, 456, 50),
    Node("Vaduz town sign", 47.1465, 9.5175, 455, 80),
    Node("Muehleholz", 47.1560, 9.5120, 453, 80),
    Node("Schaan south", 47.1625, 9.5090, 450, 50, Event.LIGHT),
    Node("Schaan centre", 47.1650, 9.5085, 451, 50),
    Node("Schaan west", 47.1655, 9.5010, 447, 60, Event.LIGHT),
    Node("Rhine road", 47.1600, 9.4965, 446, 80),
    Node("Rhine at Vaduz", 47.1400, 9.5080, 451, 80),
    Node("Rhine road south", 47.1200, 9.5110, 457, 80),
    Node("Triesen west", 47.1080, 9.5180, 462, 60),
    Node("Triesen centre", 47.1085, 9.5270, 480, 50, Event.LIGHT),
    Node("First bend", 47.1125, 9.5300, 535, 60),
    Node("Second bend", 47.1100, 9.5345, 585, 60),
    Node("Third bend", 47.1150, 9.5370, 645, 60),
    Node("Fourth bend", 47.1130, 9.5415, 690, 60),
    Node("Triesenberg south", 47.1180, 9.5430, 750, 50),
    Node("Triesenberg", 47.1195, 9.5440, 765, 50),
    Node("Rotenboden", 47.1240, 9.5400, 710, 60),
    Node("Wood", 47.1270, 9.5360, 660, 60),
    Node("Gallery", 47.1310, 9.5385, 610, 60, tunnel=True),
    Node("Gallery end", 47.1340, 9.5340, 560, 60),
    Node("Castle", 47.1385, 9.5290, 500, 50),
    Node("Vaduz east", 47.1420, 9.5265, 470, 50),
    Node("Vaduz charging park", 47.1435, 9.5220, 458, 50, Event.CHARGER),
)


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where the driver may have to stop, ``at`` metres from the start of the loop."""

    at: float
    event: Event
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """The road at one point."""

    latitude: float  # degrees
    longitude: float  # degrees
    altitude: float  # m
    heading: float  # degrees, 0 = north, 90 = east, below 360
    curvature: float  # 1/m, positive to the left
    grade: float  # rise per metre
    limit: int  # km/h
    tunnel: bool


@dataclass(slots=True)
class Route:
    """A closed loop of sampled road. Distances are metres from the start and wrap around."""

    length: float = 0.0
    stops: tuple[Stop, ...] = ()
    _east: array[float] = field(default_factory=lambda: array("d"))
    _north: array[float] = field(default_factory=lambda: array("d"))
    _altitude: array[float] = field(default_factory=lambda: array("d"))
    _heading: array[float] = field(default_factory=lambda: array("d"))  # rad from north, unwrapped over the loop
    _curvature: array[float] = field(default_factory=lambda: array("d"))
    _limit: array[int] = field(default_factory=lambda: array("h"))
    _tunnel: bytearray = field(default_factory=bytearray)
    _envelope: array[float] = field(default_factory=lambda: array("d"))  # m/s
    _origin: tuple[float, float] = (0.0, 0.0)

    def place(self, distance: float) -> Place:
        """The road at ``distance``."""
        index, after, part = self._locate(distance)
        north = _mix(self._north[index], self._north[after], part)
        east = _mix(self._east[index], self._east[after], part)
        latitude = self._origin[0] + math.degrees(north / EARTH)
        longitude = self._origin[1] + math.degrees(east / (EARTH * math.cos(math.radians(self._origin[0]))))
        turn = _wrap(self._heading[after] - self._heading[index])
        return Place(
            latitude,
            longitude,
            _mix(self._altitude[index], self._altitude[after], part),
            math.degrees(self._heading[index] + turn * part) % 360.0,
            _mix(self._curvature[index], self._curvature[after], part),
            (self._altitude[after] - self._altitude[index]) / STEP,
            self._limit[index],
            bool(self._tunnel[index]),
        )

    def grade(self, distance: float) -> float:
        """Rise per metre at ``distance``."""
        index, after, _ = self._locate(distance)
        return (self._altitude[after] - self._altitude[index]) / STEP

    def envelope(self, distance: float) -> float:
        """Highest comfortable speed at ``distance`` in m/s, with what comes after it in mind."""
        index, after, part = self._locate(distance)
        return _mix(self._envelope[index], self._envelope[after], part)

    def ahead(self, distance: float, goal: float) -> float:
        """Metres from ``distance`` forward to ``goal``."""
        return (goal - distance) % self.length

    def _locate(self, distance: float) -> tuple[int, int, float]:
        steps = (distance % self.length) / STEP
        index = int(steps)
        return index, (index + 1) % len(self._north), steps - index


def build_route(nodes: tuple[Node, ...] = LOOP) -> Route:
    """Sample a closed loop of nodes."""
    first = nodes[0]
    scale = math.cos(math.radians(first.latitude))
    corners = [
        (
            math.radians(node.longitude - first.longitude) * EARTH * scale,
            math.radians(node.latitude - first.latitude) * EARTH,
            node.altitude,
        )
        for node in nodes
    ]
    points, starts = _resample(corners, STEP)
    flat = _smooth(points, round(CORNER / STEP))
    points, moved = _resample(flat, None)
    nodes_at = [moved[start] * STEP for start in starts]
    count = len(points)
    heights = _smooth([(0.0, 0.0, point[2]) for point in points], round(HILL / STEP))
    route = Route(length=count * STEP, _origin=(first.latitude, first.longitude))
    route._east = array("d", [point[0] for point in points])
    route._north = array("d", [point[1] for point in points])
    route._altitude = array("d", [point[2] for point in heights])
    _fill_shape(route)
    _fill_rules(route, nodes, nodes_at)
    return route


def _fill_shape(route: Route) -> None:
    count = len(route._north)
    east, north = route._east, route._north
    headings = [
        math.atan2(east[(i + 1) % count] - east[i - 1], north[(i + 1) % count] - north[i - 1]) for i in range(count)
    ]
    route._heading = array("d", headings)
    turns = [_wrap(headings[(i + 1) % count] - headings[i - 1]) / (2 * STEP) for i in range(count)]
    route._curvature = array("d", [-turn for turn in turns])  # a growing compass heading turns right


def _fill_rules(route: Route, nodes: tuple[Node, ...], nodes_at: list[float]) -> None:
    count = len(route._north)
    route._limit = array("h", [nodes[-1].limit] * count)
    route._tunnel = bytearray(count)
    ends = [*nodes_at[1:], route.length]
    for node, start, end in zip(nodes, nodes_at, ends, strict=True):
        for index in range(int(start / STEP), min(int(end / STEP), count)):
            route._limit[index] = node.limit
            route._tunnel[index] = node.tunnel
    route.stops = tuple(
        Stop(at, node.event, node.name)
        for node, at in zip(nodes, nodes_at, strict=True)
        if node.event is not Event.NONE
    )
    speeds = [
        min(limit / 3.6, math.sqrt(COMFORT_LATERAL / max(abs(curve), 1e-4)))
        for limit, curve in zip(route._limit, route._curvature, strict=True)
    ]
    for index in range(2 * count - 1, -1, -1):  # twice around, so that the end knows the beginning
        following = speeds[(index + 1) % count]
        speeds[index % count] = min(speeds[index % count], math.sqrt(following**2 + 2 * COMFORT_BRAKE * STEP))
    route._envelope = array("d", speeds)


type _Point = tuple[float, float, float]


def _resample(points: list[_Point], step: float | None) -> tuple[list[_Point], list[int]]:
    """Points at equal distances around the closed polyline, and for each old point the index of its successor.

    Without a step the number of points stays and the distance follows; STEP is then met within a few per cent.
    """
    pairs = list(zip(points, [*points[1:], points[0]], strict=True))
    lengths = [math.dist(a[:2], b[:2]) for a, b in pairs]
    total = sum(lengths)
    count = round(total / (step or STEP))
    spacing = total / count
    result: list[_Point] = []
    starts: list[int] = []
    travelled = 0.0
    for (a, b), length in zip(pairs, lengths, strict=True):
        starts.append(len(result) % count)
        while len(result) < count and len(result) * spacing < travelled + length:
            part = (len(result) * spacing - travelled) / length
            result.append((_mix(a[0], b[0], part), _mix(a[1], b[1], part), _mix(a[2], b[2], part)))
        travelled += length
    return result, starts


def _smooth(points: list[_Point], half: int) -> list[_Point]:
    """Moving average around the loop."""
    count = len(points)
    width = 2 * half + 1
    sums = [sum(points[i % count][axis] for i in range(-half, half + 1)) for axis in range(3)]
    result: list[_Point] = []
    for index in range(count):
        result.append((sums[0] / width, sums[1] / width, sums[2] / width))
        coming, leaving = points[(index + half + 1) % count], points[(index - half) % count]
        for axis in range(3):
            sums[axis] += coming[axis] - leaving[axis]
    return result


def _mix(a: float, b: float, part: float) -> float:
    return a + (b - a) * part


def _wrap(angle: float) -> float:
    """The same angle between -pi and pi."""
    return (angle + math.pi) % (2 * math.pi) - math.pi
