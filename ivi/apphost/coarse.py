# SPDX-License-Identifier: Apache-2.0
"""What an app learns of a value that it may know only roughly.

A position becomes the middle of a cell of about one kilometre. Cells lie on a fixed grid, so asking again tells nothing
more; the moment in which the car passes from one cell to the next would, so a new cell is told a minute later at most
often. Numbers with a `precision` become multiples of it.
"""

import math

import msgspec

from ivi.model import place
from ivi.model.protected import LATITUDE, LONGITUDE
from ivi.model.signal import Datapoint, Value

CELL = 0.01  # degrees of latitude, 1.11 km
NEW_CELL_AFTER = 60.0  # seconds between two cells


def cell_of(latitude: float, longitude: float) -> tuple[float, float]:
    """Middle of the cell of about 1 km by 1 km in which a place lies, degrees."""
    return place.cell_of(latitude, longitude, CELL)


class CoarsePosition:
    """The newest true position, and the cell that apps with a coarse location are told."""

    def __init__(self) -> None:
        self._true: dict[str, Datapoint] = {}
        self._told: dict[str, Datapoint] = {}
        self._told_at = -math.inf

    def offer(self, path: str, point: Datapoint) -> None:
        """Take a true value."""
        self._true[path] = point

    def told(self, path: str, now: float) -> Datapoint | None:
        """What may be known at this moment (monotonic seconds); None as long as there is no position."""
        latitude, longitude = self._true.get(LATITUDE), self._true.get(LONGITUDE)
        if latitude is None or longitude is None:
            return None
        if not _is_number(latitude.value) or not _is_number(longitude.value):
            # "Not available" is told at once: it tells no place.
            self._told = {LATITUDE: _with(latitude, None), LONGITUDE: _with(longitude, None)}
        elif now - self._told_at >= NEW_CELL_AFTER:
            cell = cell_of(float(latitude.value), float(longitude.value))  # type: ignore[arg-type]  # numbers, just checked
            if not self._told or cell != (self._told[LATITUDE].value, self._told[LONGITUDE].value):
                self._told = {LATITUDE: _with(latitude, cell[0]), LONGITUDE: _with(longitude, cell[1])}
                self._told_at = now
        return self._told.get(path)


def rounded(value: Value | None, step: float | None) -> Value | None:
    """A number (or each of a list) as a multiple of `step`; anything else as it is."""
    if step is None:
        return value
    if isinstance(value, list):
        return [one if isinstance(one, dict) else rounded(one, step) for one in value]  # type: ignore[misc]  # scalars stay scalars
    if not _is_number(value):
        return value
    number = round(float(value) / step) * step  # type: ignore[arg-type]  # a number, just checked
    return round(number) if isinstance(value, int) else round(number, 9)


def _is_number(value: Value | None) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _with(point: Datapoint, value: Value | None) -> Datapoint:
    return msgspec.structs.replace(point, value=value)
