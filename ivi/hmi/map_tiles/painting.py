# SPDX-License-Identifier: Apache-2.0
"""Draws one tile: areas, water, rails, roads with their edges. Names are not part of it, because a map that turns
with the car would turn them upside down; the screen writes them above the tiles."""

import math
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QTransform

from ivi.hmi.map_tiles.extract import Features, Shape
from ivi.hmi.map_tiles.palette import AREAS, FIRST_ZOOM, WIDTHS, Palette, Road

SIDE = 256  # pixels
INDEX_ZOOM = 14  # shapes are looked up by the tiles of this zoom
_CASED_FROM = 14  # zoom from which roads have edges
_BUILDINGS_FROM = 15
_STREAMS_FROM = 14
_GROWTH = 1.4  # a line's width from one zoom to the next


class ShapeIndex:
    """Shapes by the places that they touch."""

    def __init__(self, shapes: list[Shape]) -> None:
        self._shapes = shapes
        self._cells: dict[tuple[int, int], list[int]] = {}
        side = 1 << INDEX_ZOOM
        for number, shape in enumerate(shapes):
            box = shape.box
            for x in range(math.floor(box.left() * side), math.floor(box.right() * side) + 1):
                for y in range(math.floor(box.top() * side), math.floor(box.bottom() * side) + 1):
                    self._cells.setdefault((x, y), []).append(number)

    def within(self, room: QRectF) -> Iterator[Shape]:
        """Shapes whose box touches this part of the world, in their order."""
        side = 1 << INDEX_ZOOM
        found: set[int] = set()
        for x in range(math.floor(room.left() * side), math.floor(room.right() * side) + 1):
            for y in range(math.floor(room.top() * side), math.floor(room.bottom() * side) + 1):
                found.update(self._cells.get((x, y), ()))
        for number in sorted(found):
            # Boxes of straight lines are empty, and Qt says that an empty box touches nothing.
            box = self._shapes[number].box
            beside = box.left() > room.right() or box.right() < room.left()
            if not beside and box.top() <= room.bottom() and box.bottom() >= room.top():
                yield self._shapes[number]


class TilePainter:
    """Draws tiles of one extract in one light."""

    def __init__(self, features: Features, palette: Palette) -> None:
        self._palette = palette
        self._areas = {kind: ShapeIndex(features.areas.get(kind, [])) for kind in AREAS}
        self._roads = ShapeIndex(features.roads)
        self._waterways = ShapeIndex(features.waterways)
        self._rails = ShapeIndex(features.rails)
        self._borders = ShapeIndex(features.borders)

    def tile(self, zoom: int, x: int, y: int) -> QImage:
        """The picture of one tile of Web Mercator's usual numbering."""
        count = 1 << zoom
        edge = 16 / (count * SIDE)  # lines of neighbours reach in
        room = QRectF(x / count - edge, y / count - edge, 1 / count + 2 * edge, 1 / count + 2 * edge)
        image = QImage(SIDE, SIDE, QImage.Format.Format_RGB888)
        image.fill(QColor(self._palette.ground))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(QTransform(count * SIDE, 0, 0, count * SIDE, -x * SIDE, -y * SIDE))
        wide = _GROWTH ** (zoom - 14)
        self._draw_areas(painter, room, zoom)
        self._draw_lines(painter, room, zoom, wide)
        self._draw_roads(painter, room, zoom, wide)
        painter.end()
        return image

    def _draw_areas(self, painter: QPainter, room: QRectF, zoom: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for kind in AREAS:
            if kind == "building" and zoom < _BUILDINGS_FROM:
                continue
            painter.setBrush(QColor(self._palette.areas[kind]))
            for shape in self._areas[kind].within(room):
                painter.drawPath(shape.path)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _draw_lines(self, painter: QPainter, room: QRectF, zoom: int, wide: float) -> None:
        for shape in self._waterways.within(room):
            if shape.rank or zoom >= _STREAMS_FROM:
                painter.setPen(_pen(self._palette.water, (5.0 if shape.rank else 1.2) * wide))
                painter.drawPath(shape.path)
        for shape in self._borders.within(room):
            painter.setPen(_pen(self._palette.border, 1.6, Qt.PenStyle.DashDotLine))
            painter.drawPath(shape.path)
        for shape in self._rails.within(room):
            style = Qt.PenStyle.DotLine if shape.hidden else Qt.PenStyle.SolidLine
            painter.setPen(_pen(self._palette.rail, max(1.0, 1.4 * wide), style))
            painter.drawPath(shape.path)

    def _draw_roads(self, painter: QPainter, room: QRectF, zoom: int, wide: float) -> None:
        roads = [road for road in self._roads.within(room) if zoom >= FIRST_ZOOM.get(Road(road.rank), 0)]
        if zoom >= _CASED_FROM:
            for road in roads:
                if road.rank >= Road.SERVICE and not road.hidden:
                    painter.setPen(_pen(self._palette.casing, _width(road, wide) + 2.0))
                    painter.drawPath(road.path)
        for road in roads:
            path_like = road.rank == Road.PATH or road.hidden
            style = Qt.PenStyle.DotLine if path_like else Qt.PenStyle.SolidLine
            painter.setPen(_pen(self._palette.roads[road.rank], _width(road, wide), style))
            painter.drawPath(road.path)


def _width(road: Shape, wide: float) -> float:
    return max(0.7, WIDTHS[Road(road.rank)] * wide)


def _pen(colour: str, width: float, style: Any = Qt.PenStyle.SolidLine) -> QPen:  # noqa: ANN401  # an enum of Qt's
    pen = QPen(QColor(colour), width, style, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    pen.setCosmetic(True)  # pixels, not parts of the world
    return pen
