# SPDX-License-Identifier: Apache-2.0
"""Which map lies on board, and what can draw it. Read when a page first asks, so that the start pays nothing."""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import msgspec
from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.daemon import paths
from ivi.model.errors import InvalidArgumentError
from ivi.model.templates import polyline

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

FOLDER, DESCRIPTION = "maps", "map.json"
MAX_DESCRIPTION = 256 * 1024  # bytes
BUILD = "ivi map build FILE.osm.pbf"

type _Zoom = Annotated[int, msgspec.Meta(ge=0, le=22)]
type _Degrees = Annotated[float, msgspec.Meta(ge=-180, le=180)]


class _Description(msgspec.Struct, frozen=True):
    """map.json of a map folder, as ivi.hmi.map_tiles.building writes it."""

    format: Annotated[int, msgspec.Meta(ge=1, le=1)]
    zooms: tuple[_Zoom, _Zoom]
    bounds: tuple[_Degrees, _Degrees, _Degrees, _Degrees]
    """West, south, east, north."""
    notice: Annotated[str, msgspec.Meta(max_length=80)]
    places: Annotated[list[tuple[str, int, _Degrees, _Degrees]], msgspec.Meta(max_length=2000)]


@QmlElement
@QmlSingleton
class Maps(QObject):
    """The map on board."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looked = False
        self._folder: Path | None = None
        self._found: _Description | None = None
        self._complaint = ""

    @Slot()
    def look(self) -> None:
        """Look for a map again."""
        self._looked = False
        self.changed.emit()

    def _description(self) -> _Description | None:
        if not self._looked:
            self._looked, self._found, self._complaint = True, None, ""
            self._folder = paths.state_dir() / FOLDER
            file = self._folder / DESCRIPTION
            try:
                if file.stat().st_size <= MAX_DESCRIPTION:
                    self._found = msgspec.json.decode(file.read_bytes(), type=_Description)
                else:
                    self._complaint = "too long"
            except FileNotFoundError:
                pass
            except (OSError, msgspec.DecodeError) as error:
                self._complaint = str(error)
        return self._found

    @Property(bool, constant=True)
    def drawable(self) -> bool:
        """Whether Qt Location is installed, which draws the map."""
        return find_spec("PySide6.QtLocation") is not None and find_spec("PySide6.QtPositioning") is not None

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        """Whether there is a map."""
        return self._description() is not None

    @Property(str, notify=changed)
    def day(self) -> str:
        """Folder of the tiles by day."""
        return self._place("day")

    @Property(str, notify=changed)
    def night(self) -> str:
        """Folder of the tiles by night."""
        return self._place("night")

    @Property(str, constant=True)
    def cache(self) -> str:
        """Folder that Qt Location may write to."""
        return os.fspath(paths.runtime_dir() / "map-cache")

    @Property("double", notify=changed)  # type: ignore[arg-type]  # stubs want a type; QML has no `float`
    def least(self) -> float:
        """Lowest zoom of the tiles."""
        found = self._description()
        return found.zooms[0] if found else 0.0

    @Property("double", notify=changed)  # type: ignore[arg-type]  # stubs want a type; QML has no `float`
    def most(self) -> float:
        """Highest zoom of the tiles."""
        found = self._description()
        return found.zooms[1] if found else 0.0

    @Property("double", notify=changed)  # type: ignore[arg-type]  # stubs want a type; QML has no `float`
    def latitude(self) -> float:
        """The map's middle, degrees north; 0 without a map."""
        found = self._description()
        return (found.bounds[1] + found.bounds[3]) / 2 if found else 0.0

    @Property("double", notify=changed)  # type: ignore[arg-type]  # stubs want a type; QML has no `float`
    def longitude(self) -> float:
        """The map's middle, degrees east; 0 without a map."""
        found = self._description()
        return (found.bounds[0] + found.bounds[2]) / 2 if found else 0.0

    @Slot("double", "double", result=bool)
    def covers(self, latitude: float, longitude: float) -> bool:
        """Whether a position lies on the map."""
        found = self._description()
        if found is None:
            return False
        west, south, east, north = found.bounds
        return west <= longitude <= east and south <= latitude <= north

    @Property(list, notify=changed)
    def places(self) -> list[dict[str, object]]:
        """Names to write on it: name, rank (0 is the biggest), latitude, longitude. Read it once, it is copied."""
        found = self._description()
        names = ("name", "rank", "latitude", "longitude")
        return [dict(zip(names, place, strict=True)) for place in found.places] if found else []

    @Slot(str, result=list)
    def line(self, shape: str) -> list[dict[str, float]]:
        """The points of an encoded polyline; none for what is no line."""
        try:
            points = polyline.decode(shape)
        except InvalidArgumentError:
            return []  # the host refuses such a page before
        return [{"latitude": latitude, "longitude": longitude} for latitude, longitude in points]

    @Property(str, notify=changed)
    def notice(self) -> str:
        """Whose data the map is made of."""
        found = self._description()
        return found.notice if found else ""

    @Property(str, notify=changed)
    def complaint(self) -> str:
        """Why the map that is there cannot be used; empty otherwise."""
        self._description()
        return self._complaint

    @Property(str, constant=True)
    def command(self) -> str:
        """What makes a map."""
        return BUILD

    def _place(self, light: str) -> str:
        return os.fspath(self._folder / light) if self._description() and self._folder else ""
