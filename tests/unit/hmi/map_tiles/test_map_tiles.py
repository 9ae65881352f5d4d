# SPDX-License-Identifier: Apache-2.0
"""Maps from OpenStreetMap data: what is drawn where, in which colour, and how the folder comes into being."""

import json
import math
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainterPath

from ivi.cli import main as command
from ivi.hmi.map_tiles import building
from ivi.hmi.map_tiles.extract import Features, Place, Shape, read, world
from ivi.hmi.map_tiles.painting import SIDE, TilePainter
from ivi.hmi.map_tiles.palette import DAY, NIGHT, Road
from ivi.model.errors import ConfigurationError, InvalidArgumentError, ResourceExhaustedError
from simulator.vehicle.route import LOOP

EXTRACT = Path(__file__).parents[5] / "shared" / "data" / "osm" / "liechtenstein.osm.pbf"
VADUZ = (9.5209, 47.1410)


def line(*corners: tuple[float, float], rank: int = 0, hidden: bool = False) -> Shape:
    """A line through positions (longitude, latitude)."""
    path = QPainterPath(world(*corners[0]))
    for corner in corners[1:]:
        path.lineTo(world(*corner))
    return Shape(path, path.boundingRect(), rank, hidden)


def village() -> Features:
    """A lake, a wood, and a road through the middle from west to east."""
    features = Features(west=9.51, south=47.135, east=9.53, north=47.147)
    features.roads = [line((9.50, 47.141), (9.54, 47.141), rank=Road.PRIMARY)]
    lake = line((9.512, 47.143), (9.518, 47.143), (9.518, 47.146), (9.512, 47.146), (9.512, 47.143))
    features.areas = {"water": [lake]}
    features.places = [Place("Vaduz", 1, 47.1410, 9.5209)]
    return features


def spot(longitude: float, latitude: float, zoom: int) -> tuple[int, int, int, int]:
    """Tile and pixel of a position."""
    at = world(longitude, latitude) * float(1 << zoom)
    return int(at.x()), int(at.y()), int(at.x() % 1 * SIDE), int(at.y() % 1 * SIDE)


def colour(features: Features, longitude: float, latitude: float, zoom: int = 15) -> str:
    """What is drawn there by day."""
    x, y, across, down = spot(longitude, latitude, zoom)
    return TilePainter(features, DAY).tile(zoom, x, y).pixelColor(across, down).name()


def test_the_world_has_its_corners_where_web_maps_have_them() -> None:
    assert world(0, 0) == QPointF(0.5, 0.5)
    assert world(-180, 85.0511287).y() == pytest.approx(0, abs=2e-3)
    assert world(*VADUZ).x() == pytest.approx(0.526447, abs=1e-6)
    latitude = math.radians(VADUZ[1])
    assert world(*VADUZ).y() == pytest.approx((1 - math.asinh(math.tan(latitude)) / math.pi) / 2, abs=1e-9)


def test_roads_lakes_and_ground_have_their_colours_in_their_places() -> None:
    assert colour(village(), 9.5209, 47.1410) == DAY.roads[Road.PRIMARY]
    assert colour(village(), 9.515, 47.1445) == DAY.areas["water"]
    assert colour(village(), 9.525, 47.1445) == DAY.ground


def test_small_roads_wait_until_the_map_is_close() -> None:
    features = village()
    features.roads = [line((9.50, 47.141), (9.54, 47.141), rank=Road.PATH)]
    tiles = {zoom: TilePainter(features, NIGHT).tile(zoom, *spot(*VADUZ, zoom)[:2]) for zoom in (14, 15)}
    ground = QColor(NIGHT.ground).name()
    seen = {
        zoom: any(tile.pixelColor(spot(*VADUZ, zoom)[2], row).name() != ground for row in range(SIDE))
        for zoom, tile in tiles.items()
    }
    assert seen == {14: False, 15: True}


def test_a_road_goes_on_into_the_tile_beside_it() -> None:
    features = village()
    x, y, _, down = spot(*VADUZ, 15)
    painter = TilePainter(features, DAY)
    assert painter.tile(15, x, y).pixelColor(SIDE - 1, down).name() == DAY.roads[Road.PRIMARY]
    assert painter.tile(15, x + 1, y).pixelColor(0, down).name() == DAY.roads[Road.PRIMARY]


def test_a_folder_holds_both_lights_and_says_what_it_is(tmp_path: Path) -> None:
    said: list[str] = []
    built = building.fill(village(), "village.osm.pbf", tmp_path / "maps", range(13, 15), said.append)
    description = json.loads((tmp_path / "maps" / "map.json").read_text(encoding="utf-8"))
    assert description["zooms"] == [13, 14]
    assert description["places"] == [["Vaduz", 1, 47.141, 9.5209]]
    assert description["notice"] == "\N{COPYRIGHT SIGN} OpenStreetMap contributors"
    files = sorted((tmp_path / "maps").rglob("*.png"))
    assert len(files) == built.tiles
    assert sum(file.stat().st_size for file in files) == built.size
    x, y, _, _ = spot(*VADUZ, 14)
    for light in ("day", "night"):
        assert QImage(str(tmp_path / "maps" / light / f"osm_100-l-8-14-{x}-{y}.png")).width() == SIDE
    assert said[-1] == "night: zoom 14 is drawn"
    assert [path.name for path in tmp_path.iterdir()] == ["maps"]


def test_a_map_replaces_a_map_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "letter.txt").write_text("mine")
    with pytest.raises(ConfigurationError, match="no map"):
        building.check_output(tmp_path / "maps")
    for _ in range(2):
        building.fill(village(), "v", tmp_path / "other", range(12, 13), lambda _: None)
        building.check_output(tmp_path / "other")
    assert {path.name for path in (tmp_path / "other").iterdir()} == {"day", "night", "map.json"}


def test_too_much_is_refused_before_anything_is_drawn(tmp_path: Path) -> None:
    huge = Features(west=-20, south=30, east=40, north=70)
    with pytest.raises(ResourceExhaustedError, match="400000 are the most"):
        building.fill(huge, "europe", tmp_path / "maps", range(11, 17), lambda _: None)
    assert not (tmp_path / "maps").exists()


@pytest.mark.parametrize("zoom", ["14-11", "x", "3-9", "12-30"])
def test_a_range_of_zooms_that_is_none_is_refused(zoom: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main(["map", "build", "x.osm.pbf", "--zoom", zoom])
    assert "no range" in capsys.readouterr().err


def test_a_missing_or_broken_extract_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("osmium", reason="pyosmium (ivi[map]) is not installed")
    with pytest.raises(InvalidArgumentError, match="there is no file"):
        read(tmp_path / "none.osm.pbf")
    broken = tmp_path / "broken.osm.pbf"
    broken.write_bytes(b"no map at all" * 100)
    assert command.main(["map", "build", str(broken), "--output", str(tmp_path / "maps")]) != 0
    assert "cannot be read" in capsys.readouterr().err
    assert not (tmp_path / "maps").exists()


def test_a_whole_country_is_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("osmium", reason="pyosmium (ivi[map]) is not installed")
    if not EXTRACT.is_file():
        pytest.skip("no ../shared/data/osm here")
    output = tmp_path / "maps"
    assert command.main(["map", "build", str(EXTRACT), "--output", str(output), "--zoom", "11-12"]) == 0
    assert "OpenStreetMap contributors, ODbL" in capsys.readouterr().out
    description = json.loads((output / "map.json").read_text(encoding="utf-8"))
    names = [place[0] for place in description["places"]]
    assert {"Vaduz", "Schaan", "Triesenberg"} <= set(names)
    west, south, east, north = description["bounds"]
    for node in LOOP:
        assert west < node.longitude < east, f"the demo drives outside at {node.name}"
        assert south < node.latitude < north, f"the demo drives outside at {node.name}"
    x, y, _, _ = spot(*VADUZ, 12)
    day = QImage(str(output / "day" / f"osm_100-l-8-12-{x}-{y}.png"))
    shades = {day.pixelColor(a, b).name() for a in range(0, SIDE, 4) for b in range(0, SIDE, 4)}
    assert DAY.areas["forest"] in shades
    assert len(shades) > 20
