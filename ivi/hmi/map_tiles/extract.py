# SPDX-License-Identifier: Apache-2.0
"""Reads what the map shows out of an OpenStreetMap extract (.osm.pbf).

Needs pyosmium (`pip install ivi[map]`), on the machine that builds maps and never in the car. Positions become points
of the Web Mercator world, 0 to 1 from west to east and from north to south (EPSG:3857, scaled).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from ivi.hmi.map_tiles.palette import ROADS
from ivi.model.errors import ConfigurationError, InvalidArgumentError

PLACES = {"city": 0, "town": 1, "village": 2, "suburb": 3, "hamlet": 3}
"""Values of the key `place` that get a name on the map, and their rank: 0 is the biggest."""
MAX_PLACES = 2000
_AREAS = {
    ("natural", "water"): "water",
    ("waterway", "riverbank"): "water",
    ("landuse", "reservoir"): "water",
    ("landuse", "forest"): "forest",
    ("natural", "wood"): "forest",
    ("natural", "scrub"): "grass",
    ("landuse", "meadow"): "grass",
    ("landuse", "grass"): "grass",
    ("landuse", "orchard"): "grass",
    ("landuse", "vineyard"): "grass",
    ("leisure", "park"): "grass",
    ("leisure", "pitch"): "grass",
    ("natural", "bare_rock"): "rock",
    ("natural", "scree"): "rock",
    ("landuse", "residential"): "built",
    ("landuse", "industrial"): "built",
    ("landuse", "commercial"): "built",
    ("landuse", "retail"): "built",
}


@dataclass(slots=True)
class Shape:
    """Something to draw, with the box around it."""

    path: QPainterPath
    box: QRectF
    rank: int = 0
    """Of a road its class; of water 1 for a river; of a road in a tunnel see `hidden`."""
    hidden: bool = False
    """In a tunnel."""


@dataclass(frozen=True, slots=True)
class Place:
    """A name on the map."""

    name: str
    rank: int
    latitude: float  # degrees
    longitude: float  # degrees


@dataclass(slots=True)
class Features:
    """All of an extract that is drawn."""

    west: float = 0.0  # degrees, as the other three
    south: float = 0.0
    east: float = 0.0
    north: float = 0.0
    areas: dict[str, list[Shape]] = field(default_factory=dict)
    roads: list[Shape] = field(default_factory=list)
    waterways: list[Shape] = field(default_factory=list)
    rails: list[Shape] = field(default_factory=list)
    borders: list[Shape] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)


def world(longitude: float, latitude: float) -> QPointF:
    """A position (degrees) in the Mercator world."""
    sine = math.sin(math.radians(min(85.0, max(-85.0, latitude))))
    return QPointF((longitude + 180.0) / 360.0, 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi))


def read(file: Path) -> Features:
    """Everything that is drawn of this extract.

    Raises ConfigurationError when pyosmium is not installed, InvalidArgumentError when the file cannot be read.
    """
    try:
        import osmium  # noqa: PLC0415  # a build tool: nothing else needs it
    except ImportError as error:
        raise ConfigurationError("drawing maps needs pyosmium", hint="pip install 'ivi[map]'") from error
    if not file.is_file():
        raise InvalidArgumentError(f"there is no file {file}", hint="name an extract that ends in .osm.pbf")
    features = Features()
    try:
        box = osmium.io.Reader(str(file)).header().box()
        for thing in osmium.FileProcessor(str(file)).with_locations().with_areas():
            _take(thing, features)
    except (RuntimeError, osmium.InvalidLocationError) as error:
        raise InvalidArgumentError(f"{file} cannot be read: {error}", hint="download the extract again") from error
    _bound(features, box)
    features.roads.sort(key=lambda road: road.rank)
    features.places.sort(key=lambda place: (place.rank, place.name))
    del features.places[MAX_PLACES:]
    return features


def _bound(features: Features, box: Any) -> None:  # noqa: ANN401  # pyosmium has no types
    if box.valid():
        features.west, features.south = box.bottom_left.lon, box.bottom_left.lat
        features.east, features.north = box.top_right.lon, box.top_right.lat
    elif features.places:
        features.west = min(place.longitude for place in features.places)
        features.east = max(place.longitude for place in features.places)
        features.south = min(place.latitude for place in features.places)
        features.north = max(place.latitude for place in features.places)
    else:
        raise InvalidArgumentError("the extract says not what it covers", hint="cut it again with a bounding box")


def _take(thing: Any, features: Features) -> None:  # noqa: ANN401  # pyosmium has no types
    tags = thing.tags
    if thing.is_node():
        name = tags.get("name")
        if name and tags.get("place") in PLACES and thing.location.valid():
            features.places.append(Place(name, PLACES[tags["place"]], thing.lat, thing.lon))
    elif thing.is_way():
        _take_way(thing, tags, features)
    elif thing.is_area():
        _take_area(thing, tags, features)


def _take_way(way: Any, tags: Any, features: Features) -> None:  # noqa: ANN401  # pyosmium has no types
    hidden = tags.get("tunnel") in {"yes", "building_passage"}
    if (road := ROADS.get(tags.get("highway", ""))) is not None and tags.get("area") != "yes":
        _line(way.nodes, features.roads, int(road), hidden=hidden)
    elif tags.get("railway") == "rail":
        _line(way.nodes, features.rails, 0, hidden=hidden)
    elif tags.get("waterway") in {"river", "stream", "canal"} and not hidden:
        _line(way.nodes, features.waterways, int(tags["waterway"] == "river"))
    elif tags.get("boundary") == "administrative" and tags.get("admin_level") == "2":
        _line(way.nodes, features.borders, 0)


def _take_area(area: Any, tags: Any, features: Features) -> None:  # noqa: ANN401  # pyosmium has no types
    kinds = [_AREAS[key, tags[key]] for key in ("natural", "landuse", "leisure", "waterway")
             if key in tags and (key, tags[key]) in _AREAS]  # fmt: skip
    if not kinds and "building" in tags:
        kinds = ["building"]
    for kind in kinds[:1]:
        path = QPainterPath()
        for ring in area.outer_rings():
            path.addPolygon(_polygon(ring))
            for hole in area.inner_rings(ring):
                path.addPolygon(_polygon(hole))
        features.areas.setdefault(kind, []).append(Shape(path, path.boundingRect()))


def _line(nodes: Iterable[Any], into: list[Shape], rank: int, *, hidden: bool = False) -> None:
    polygon = _polygon(nodes)
    if polygon.size() > 1:
        path = QPainterPath()
        path.addPolygon(polygon)
        into.append(Shape(path, path.boundingRect(), rank, hidden))


def _polygon(nodes: Iterable[Any]) -> QPolygonF:
    return QPolygonF([world(node.lon, node.lat) for node in nodes if node.location.valid()])
