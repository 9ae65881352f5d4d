# SPDX-License-Identifier: Apache-2.0
"""The straight line between raw values and readings, and the scale and offset that an engineer would have chosen."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import fmean, median

OUTLIER = 4.0  # median deviations from which a reading does not count in the regression
ROUNDS = 3
MIN_POINTS = 8
MANTISSAS = (1.0, 2.0, 5.0, 2.5, 1.25, 4.0, 1.5, 3.0, 7.5, 6.25)  # of scales that engineers choose, most usual first


@dataclass(frozen=True)
class Line:
    """value = scale * raw + offset, and the typical distance of the readings from it."""

    scale: float
    offset: float
    rest: float
    """Root mean square of what the line does not explain, in the reference's unit."""
    scale_error: float
    """Standard error of the scale."""
    middle: float
    """Mean of the raw values; the line is surest there."""


def fit(raw: Iterable[int], values: list[float], *, robust: bool = True) -> Line | None:
    """Least squares, then again without the readings that lie far off; None when the raw value never changes."""
    points = list(zip(raw, values, strict=True))
    line = _least_squares(points)
    for _ in range(ROUNDS if robust else 0):
        if line is None:
            return None
        scale, offset = line.scale, line.offset
        distances = [abs(value - scale * x - offset) for x, value in points]
        limit = OUTLIER * 1.5 * median(distances) + 1e-12
        kept = [point for point, distance in zip(points, distances, strict=True) if distance <= limit]
        if len(kept) < max(MIN_POINTS, len(points) // 2) or len(kept) == len(points):
            break
        again = _least_squares(kept)
        if again is None:
            break
        line = again
    if line is None:
        return None
    rest = math.sqrt(fmean((value - line.scale * x - line.offset) ** 2 for x, value in points))
    return replace(line, rest=rest)


def _least_squares(points: list[tuple[int, float]]) -> Line | None:
    count = len(points)
    middle, mean = fmean(x for x, _ in points), fmean(value for _, value in points)
    width = math.fsum((x - middle) ** 2 for x, _ in points)
    if width <= 0:
        return None
    scale = math.fsum((x - middle) * (value - mean) for x, value in points) / width
    offset = mean - scale * middle
    rest = math.sqrt(math.fsum((value - scale * x - offset) ** 2 for x, value in points) / count)
    return Line(scale, offset, rest, rest / math.sqrt(width), middle)


def rounded(line: Line, raw: list[int]) -> tuple[float, float]:
    """Scale and offset as an engineer would have chosen them, where the readings allow it."""
    scale = round_scale(line)
    middle = fmean(raw)
    offset = line.offset + (line.scale - scale) * middle
    # a lag, a rounded display and a slightly wrong scale all move the offset by about this much
    slack = max(2 * line.rest, abs(line.scale - scale) * max(abs(x) for x in raw), abs(scale) * 0.6)
    power = 10.0 ** math.floor(math.log10(max(abs(offset), slack, 1e-9)))
    for step in (power * 10, power, power / 2, power / 10, power / 20, power / 100):
        near = round(offset / step) * step
        if abs(near - offset) <= slack:
            return scale, near
    return scale, offset


def round_scale(line: Line) -> float:
    """The nearest scale that engineers choose, where the readings allow it."""
    size = abs(line.scale)
    slack = max(0.004 * size, 2 * line.scale_error)
    exponent = math.floor(math.log10(size))
    usual = [mantissa * 10.0**power for mantissa in MANTISSAS for power in (exponent, exponent + 1)]
    for candidate in usual:
        if abs(candidate - size) <= slack:
            return math.copysign(float(f"{candidate:.6g}"), line.scale)
    power = 2.0 ** round(math.log2(size))
    return math.copysign(power if abs(power - size) <= slack else float(f"{size:.5g}"), line.scale)
