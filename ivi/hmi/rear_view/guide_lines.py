# SPDX-License-Identifier: Apache-2.0
"""Where the car goes when it backs up, as lines in the camera's picture: pure geometry.

On the ground x points backwards from the middle of the rear axle and y to the car's left, metres. In the picture both
axes go from 0 to 1 from the top left corner, and the car's left is at the left, as in a mirror.

The path is that of a bicycle model (Ackermann steering at low speed): the road wheels stand at the steering wheel's
angle divided by the steering ratio, and every point of the body turns about one point on the rear axle's line. Wheels
that slip and a ratio that grows with the angle are not modelled; at walking pace both move the lines by less than
their own width. The camera is a pinhole; the picture of a fish eye has to be straightened before (most cameras do it).
"""

import math
from dataclasses import dataclass

from ivi.hmi.rear_view.setup import CarShape, Mounting

FULL_LOCK = 42.0  # degrees that road wheels turn at most; more is a sensor's error
BANDS = ((0.0, 0.5), (0.5, 1.0), (1.0, 3.0))  # metres behind the bumper, each drawn in a colour of its own
MARKS = (0.5, 1.0, 2.0, 3.0)  # metres behind the bumper
STEP = 0.125  # metres between two points of a line
NEAREST = 0.15  # metres in front of the lens; nothing nearer is drawn

type Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class GuideLines:
    """What is drawn over the picture."""

    bands: tuple[tuple[tuple[Point, ...], tuple[Point, ...]], ...]
    """For each of BANDS the left and the right side of the way."""
    marks: tuple[tuple[float, Point, Point], ...]
    """Distance behind the bumper in metres, with both ends of its line."""


def guide_lines(wheel: float, car: CarShape, camera: Mounting, aspect: float) -> GuideLines:
    """The lines for a steering wheel at `wheel` degrees (positive to the left, as in VSS).

    `aspect` is the picture's width divided by its height. Points that the camera does not see are left out.
    """
    bend = curvature(wheel, car)
    half = car.width_m / 2

    def line(side: float, begin: float, end: float) -> tuple[Point, ...]:
        steps = round((end - begin) / STEP)
        seen = (project(swept(side, begin + step * STEP, bend, car), camera, aspect) for step in range(steps + 1))
        return tuple(point for point in seen if point is not None)

    bands = tuple((line(half, *band), line(-half, *band)) for band in BANDS)
    marks: list[tuple[float, Point, Point]] = []
    for metres in MARKS:
        left = project(swept(half, metres, bend, car), camera, aspect)
        right = project(swept(-half, metres, bend, car), camera, aspect)
        if left is not None and right is not None:
            marks.append((metres, left, right))
    return GuideLines(bands, tuple(marks))


def curvature(wheel: float, car: CarShape) -> float:
    """Of the path of the rear axle's middle, 1/m, positive to the left."""
    road_wheels = max(-FULL_LOCK, min(FULL_LOCK, wheel / car.steering_ratio))
    return math.tan(math.radians(road_wheels)) / car.wheelbase_m


def swept(side: float, travelled: float, bend: float, car: CarShape) -> Point:
    """Where the bumper's point `side` metres left of its middle is after `travelled` metres, on the ground."""
    turn = bend * travelled
    # sin(turn)/bend and (1 - cos(turn))/bend, without a division by the curvature of a straight path
    half = turn / 2
    chord = travelled * (math.sin(half) / half if abs(half) > 1e-9 else 1.0)  # noqa: PLR2004  # radians: no turn
    behind, aside = chord * math.cos(half), chord * math.sin(half)
    cosine, sine = math.cos(turn), math.sin(turn)
    return (
        behind + car.overhang_m * cosine - side * sine,
        aside + car.overhang_m * sine + side * cosine,
    )


def project(ground: Point, camera: Mounting, aspect: float) -> Point | None:
    """A point of the ground in the picture; None when it is not in front of the lens. May lie outside 0 to 1."""
    behind = ground[0] - camera.behind_axle_m
    tilt = math.radians(camera.tilt_deg)
    depth = behind * math.cos(tilt) + camera.height_m * math.sin(tilt)
    if depth < NEAREST:
        return None
    down = camera.height_m * math.cos(tilt) - behind * math.sin(tilt)
    width = 2 * math.tan(math.radians(camera.view_deg) / 2) * depth
    return 0.5 - ground[1] / width, 0.5 + down / width * aspect
