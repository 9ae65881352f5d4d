# SPDX-License-Identifier: Apache-2.0
"""A value that the person knows, over time: read from a CSV, or typed from the old dashboard."""

import math
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from ivi.model.errors import ConfigurationError, InvalidArgumentError

MIN_POINTS = 4
MIN_DISTINCT = 3
MAX_FILE = 64 << 20  # bytes
NEAR = 0.25  # seconds around a typed reading in which the value is taken to stand still
SPARSE = 2.5  # seconds between readings from which nothing is assumed in between

STILL = 0.6  # share of readings that equal the one before, in a value that jumps
RUNS = 0.3  # share of its changes that follow upon another one

_KNOWN = re.compile(r"\s*([-+\d.eE]+)\s*@\s*([-+\d.eE]+)\s*s?\s*$")


@dataclass(frozen=True)
class Reference:
    """A known value at some times, in the recording's seconds."""

    name: str
    times: list[float]
    values: list[float]

    @cached_property
    def sparse(self) -> bool:
        """Whether the readings are single looks at an instrument rather than a curve."""
        gaps = sorted(later - sooner for sooner, later in pairwise(self.times))
        return gaps[len(gaps) // 2] > SPARSE

    @cached_property
    def stepped(self) -> bool:
        """Whether the value stands still most of the time and then jumps, as settings do."""
        changes = [one != other for one, other in pairwise(self.values)]
        runs = sum(one and other for one, other in pairwise(changes))
        return 0 < sum(changes) <= (1 - STILL) * len(changes) and runs <= RUNS * sum(changes)

    def at(self, times: list[float], lag: float = 0.0) -> tuple[list[int], list[float]]:
        """Indices of the times that the readings cover, and the value there. `lag`: how late the reading is, s."""
        indices: list[int] = []
        values: list[float] = []
        known, given, sparse, stepped = self.times, self.values, self.sparse, self.stepped
        for index, time in enumerate(times):
            moment = time + lag
            after = bisect_right(known, moment)
            if sparse:
                beside = (near for near in (after - 1, after) if 0 <= near < len(known))
                nearest = min((abs(known[near] - moment), near) for near in beside)
                if nearest[0] <= NEAR:
                    indices.append(index)
                    values.append(given[nearest[1]])
            elif 0 < after < len(known):
                if stepped and given[after - 1] != given[after]:
                    continue  # nobody knows when in between it changed
                start, end = known[after - 1], known[after]
                share = (moment - start) / (end - start)
                indices.append(index)
                values.append(given[after - 1] + share * (given[after] - given[after - 1]))
        return indices, values

    def turns(self) -> int:
        """How often the value turned round or began to move: what a chance resemblance would have to copy."""
        low, high = min(self.values), max(self.values)
        step = (high - low) / 10
        count, direction, last = 0, 0, self.values[0]
        for value in self.values[1:]:
            if abs(value - last) >= step:
                new = 1 if value > last else -1
                count += 1 if new == direction else 2
                direction, last = new, value
        return count


def check(reference: Reference, duration: float) -> Reference:
    """The reference, when something can be learned from it. Raises InvalidArgumentError."""
    name = reference.name
    inside = [value for time, value in zip(reference.times, reference.values, strict=True) if 0 <= time <= duration]
    if len(inside) < MIN_POINTS:
        raise InvalidArgumentError(
            f"only {len(inside)} readings of {name} lie inside the recording (0 to {duration:.1f} s)",
            hint=f"at least {MIN_POINTS}; times are seconds since the recording began",
        )
    if len(set(inside)) < MIN_DISTINCT:
        raise InvalidArgumentError(
            f"{name} (nearly) never changes: {len(set(inside))} different values",
            hint="record while it changes; a constant cannot be told from any other constant",
        )
    return reference


def read_csv(file: Path, began: float) -> Reference:
    """Read `time,value` lines. Times are seconds since the recording began, or since 1970 like `began`.

    Raises ConfigurationError with the number of the line that is no reading.
    """
    try:
        if file.stat().st_size > MAX_FILE:
            raise ConfigurationError(f"{file} is larger than {MAX_FILE >> 20} MB", hint="is it a CSV of readings?")
        lines = file.read_text("utf-8-sig", errors="replace").splitlines()
    except OSError as error:
        raise ConfigurationError(f"cannot read {file}: {error.strerror}", hint="check --reference") from error
    points: list[tuple[float, float]] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = re.split(r"[,;\t]", line)
        try:
            point = float(cells[0]), float(cells[1])
        except (ValueError, IndexError) as error:
            if number == 1 and not points:
                continue  # a line of titles
            raise ConfigurationError(
                f"{file}, line {number}: {line.strip()[:40]!r} is no reading", hint="a line is time,value: 12.5,48.2"
            ) from error
        if not all(map(math.isfinite, point)):
            raise ConfigurationError(f"{file}, line {number}: {line.strip()[:40]!r} is no number", hint="leave it out")
        points.append(point)
    return _sorted(file.stem, points, began)


def read_known(text: str, began: float = 0.0) -> Reference:
    """Read `speed=0@0s,50@12s`. Raises InvalidArgumentError."""
    name, equals, rest = text.partition("=")
    points = []
    for part in rest.split(","):
        match = _KNOWN.match(part)
        try:
            points.append((float(match[2]), float(match[1])) if match else (math.nan, 0.0))
        except ValueError:
            points.append((math.nan, 0.0))
        if not equals or math.isnan(points[-1][0]):
            raise InvalidArgumentError(
                f"{part.strip() or text!r} is no known value", hint="write speed=0@0s,50@12s: value@seconds"
            )
    return _sorted(name.strip() or "value", points, began)


def _sorted(name: str, points: list[tuple[float, float]], began: float) -> Reference:
    unique = dict(sorted(points))
    epoch = began if unique and began and min(unique) > began / 2 else 0.0
    return Reference(name, [time - epoch for time in unique], list(unique.values()))
