# SPDX-License-Identifier: Apache-2.0
"""Places and moments told roughly, before anything is encoded. What was made rough here is nowhere exact behind it.

A place becomes the middle of a cell of a fixed grid, a moment the last multiple of some seconds. Of all leaves that
tell a place (ivi.model.protected.LOCATION) only latitude and longitude have a rough form; the others are left out.
"""

import math
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from ivi.model.place import METRES_PER_DEGREE, cell_of
from ivi.model.protected import LATITUDE, LONGITUDE, tells_location
from ivi.model.signal import Datapoint, Value

_NS_PER_S = 1_000_000_000
_MS_PER_S = 1000


class Precision(NamedTuple):
    """How much is told."""

    cell_m: int = 0
    """Edge of the cell that stands for a place, metres; 0 for the exact place."""
    time_s: int = 0
    """Moments become multiples of this, seconds; 0 for the exact moment."""
    places: bool = True
    """Whether a place may be told at all."""


EXACT = Precision()


def coarse_ms(t_ms: int, precision: Precision) -> int:
    """A moment, milliseconds since 1970: the last multiple."""
    return t_ms - t_ms % (precision.time_s * _MS_PER_S) if precision.time_s else t_ms


def coarse_ns(t_ns: int, precision: Precision) -> int:
    """A moment, nanoseconds since 1970: the last multiple."""
    return t_ns - t_ns % (precision.time_s * _NS_PER_S) if precision.time_s else t_ns


def coarse_place(latitude: float, longitude: float, cell_m: int) -> tuple[float, float]:
    """Middle of the cell in which a place lies, degrees; the place itself when the cell is 0."""
    return cell_of(latitude, longitude, cell_m / METRES_PER_DEGREE) if cell_m else (latitude, longitude)


def coarse_values(values: Mapping[str, Value], precision: Precision) -> dict[str, Value]:
    """Values of one moment as they may be told. Half a position has no cell: it is left out."""
    if precision.places and not precision.cell_m:
        return dict(values)
    told = {path: value for path, value in values.items() if not tells_location(path)}
    if precision.places and (cell := _cell(values.get(LATITUDE), values.get(LONGITUDE), precision)) is not None:
        told[LATITUDE], told[LONGITUDE] = cell
    return told


def _cell(latitude: Value | None, longitude: Value | None, precision: Precision) -> tuple[float, float] | None:
    if not _is_number(latitude) or not _is_number(longitude):
        return None
    return coarse_place(float(latitude), float(longitude), precision.cell_m)  # type: ignore[arg-type]  # numbers, just checked


def _is_number(value: Value | None) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


class CoarsePlaces:
    """The same for a stream of changes, in which the two coordinates may come one by one."""

    def __init__(self, precision: Precision) -> None:
        self._precision = precision
        self._true: dict[str, Datapoint] = {}

    def told(self, entries: Mapping[str, Datapoint]) -> dict[str, Datapoint]:
        """News as they may be told; each coordinate brings the cell of both."""
        precision = self._precision
        if precision.places and not precision.cell_m:
            return dict(entries)
        told = {path: point for path, point in entries.items() if not tells_location(path)}
        news = {path: entries[path] for path in (LATITUDE, LONGITUDE) if path in entries}
        if not news or not precision.places:
            return told
        self._true |= news
        latitude, longitude = self._true.get(LATITUDE), self._true.get(LONGITUDE)
        if latitude is None or longitude is None:
            return told
        cell = _cell(latitude.value, longitude.value, precision) or (None, None)
        newest = max(latitude.time_ns, longitude.time_ns)
        for path, point, value in zip((LATITUDE, LONGITUDE), (latitude, longitude), cell, strict=True):
            told[path] = msgspec.structs.replace(point, value=value, time_ns=newest)
        return told

    def lose(self) -> None:
        """Nothing is known any more."""
        self._true.clear()
