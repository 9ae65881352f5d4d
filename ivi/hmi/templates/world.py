# SPDX-License-Identifier: Apache-2.0
"""Positions on the Mercator map of the web: the whole world is the square from 0 to 1."""

import math
from collections.abc import Sequence

from ivi.model.templates import Position

EQUATOR = 40_075_016.686  # metres

type Point = tuple[float, float]


def world(position: Position) -> Point:
    """East and south of the world's north-west corner, 0 to 1."""
    sine = math.sin(math.radians(position.latitude))
    return position.longitude / 360 + 0.5, 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def metres_per_world(south: float) -> float:
    """Length of the world's whole width so far south of the corner."""
    return EQUATOR / math.cosh(math.pi * (1 - 2 * south))


def middle(points: Sequence[Point]) -> Point:
    """The middle of the box around all points; the world's when there are none."""
    if not points:
        return 0.5, 0.5
    east, south = zip(*points, strict=True)
    return (min(east) + max(east)) / 2, (min(south) + max(south)) / 2


def span(points: Sequence[Point], centre: Point) -> Point:
    """Width and height of the smallest box around `centre` that holds all points."""
    if not points:
        return 0.0, 0.0
    return (
        2 * max(abs(east - centre[0]) for east, _ in points),
        2 * max(abs(south - centre[1]) for _, south in points),
    )
