# SPDX-License-Identifier: Apache-2.0
"""The map and what guides on it: real touches in front of the fake car, a small map drawn for the test."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainterPath
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ivi.hmi.gallery import samples
from ivi.hmi.map_tiles import building
from ivi.hmi.map_tiles.extract import Features, Place, Shape, world
from ivi.hmi.map_tiles.palette import DAY, NIGHT, Road
from ivi.hmi.screen import area
from ivi.model.templates import ChargeStop, Marker, PageTemplate, Position, polyline

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Cabin, Car
    from tests.unit.hmi.pages.conftest import Stage

pytest.importorskip("PySide6.QtLocation", reason="PySide6-Addons is not installed")

TIMEOUT = 10_000  # ms; the machine may be busy
LEAST = 76  # dp of a touch target
HERE = "Vehicle.CurrentLocation"
VADUZ = {f"{HERE}.Latitude": 47.1410, f"{HERE}.Longitude": 9.5209, f"{HERE}.Heading": 90.0}
NEARBY = msgspec.structs.replace(
    samples.MAP, markers=[Marker(f"s{n}", Position(47.1410 + n / 500, 9.5209), "ABC"[n]) for n in range(3)]
)


def view(page: PageTemplate | None, app: str = "wayfarer", icon: str = "route") -> list[object]:
    return [app, "Wayfarer", "running", "", 4, page, [], 0, "", 1, None, False, 0, icon]


def touch_until(qtbot: QtBot, page: "Cabin", car: "Car", name: str, heard: str) -> None:
    """Touch an item that may still be finding its place."""

    def touched() -> bool:
        if ["wayfarer", 4, heard] not in car.asked("tap"):
            page.touch(name)
            return False
        return True

    qtbot.waitUntil(touched, timeout=TIMEOUT)


@pytest.fixture
def chart(tmp_path: Path) -> Callable[[], None]:
    """Draws a map with one road from west to east into the state folder of the test."""

    def draw() -> None:
        features = Features(west=9.515, south=47.137, east=9.527, north=47.145)
        road = QPainterPath(world(9.50, 47.141))
        road.lineTo(world(9.54, 47.141))
        features.roads = [Shape(road, road.boundingRect(), Road.MOTORWAY)]
        features.places = [Place("Vaduz", 1, 47.1425, 9.5209)]
        building.fill(features, "test", tmp_path / "state" / "maps", range(14, 16), lambda _: None)

    return draw


def looks(page: "Cabin", name: str) -> object:
    return page.item("navigationMap").property(name)


def near(one: QPoint, other: QPoint) -> bool:
    return (one - other).manhattanLength() <= 4


def drawn(page: "Cabin", point: QPoint) -> str:
    return page.window.grabWindow().pixelColor(point).name()


def test_the_car_is_on_the_map_and_the_map_follows_it(
    qtbot: QtBot, car: "Car", stage: "Stage", chart: Callable[[], None]
) -> None:
    chart()
    car.start()
    page = stage("NavigationPage")
    assert page.shows("mapNotice", "\N{COPYRIGHT SIGN} OpenStreetMap contributors")
    assert page.shows("mapHint", "Where the car is, is not known yet.")
    car.tell(set=VADUZ)
    qtbot.waitUntil(lambda: not page.has("mapHint"), timeout=TIMEOUT)
    middle = area(page.item("navigationMap")).center().toPoint()
    qtbot.waitUntil(lambda: near(area(page.item("mapCar")).center().toPoint(), middle), timeout=TIMEOUT)
    ahead = middle + QPoint(120, 0)
    qtbot.waitUntil(lambda: drawn(page, ahead) in {DAY.roads[7], NIGHT.roads[7]}, timeout=TIMEOUT)
    car.tell(set={**VADUZ, f"{HERE}.Longitude": 9.5219})
    qtbot.waitUntil(lambda: abs(float(str(looks(page, "lookLongitude"))) - 9.5219) < 1e-6, timeout=TIMEOUT)
    qtbot.waitUntil(lambda: near(area(page.item("mapCar")).center().toPoint(), middle), timeout=TIMEOUT)


def test_a_car_that_left_the_map_is_told_so(
    qtbot: QtBot, car: "Car", stage: "Stage", chart: Callable[[], None]
) -> None:
    chart()
    car.start()
    car.tell(set={**VADUZ, f"{HERE}.Latitude": 48.7758})
    page = stage("NavigationPage")
    qtbot.waitUntil(lambda: page.shows("mapHint", "The car is outside the map on board."), timeout=TIMEOUT)
    car.tell(set=VADUZ)
    qtbot.waitUntil(lambda: not page.has("mapHint"), timeout=TIMEOUT)


def test_a_moved_map_stays_until_it_is_sent_back_to_the_car(
    qtbot: QtBot, car: "Car", stage: "Stage", chart: Callable[[], None]
) -> None:
    chart()
    car.start()
    car.tell(set=VADUZ)
    page = stage("NavigationPage")
    qtbot.waitUntil(lambda: not page.has("mapHint"), timeout=TIMEOUT)
    assert not page.has("mapRecentre")
    qtbot.waitUntil(lambda: page.has("mapCar"), timeout=TIMEOUT)
    device, start = QTest.createTouchDevice(), QPoint(700, 300)
    QTest.touchEvent(page.window, device).press(0, start, page.window)
    finger = iter(range(10, 220, 6))

    def dragged() -> bool:
        # Qt gathers a finger's moves until the next frame, so one step a look.
        QTest.touchEvent(page.window, device).move(0, start + QPoint(0, next(finger)), page.window)
        return float(str(looks(page, "lookLatitude"))) > 47.1415

    qtbot.waitUntil(dragged, timeout=TIMEOUT)
    QTest.touchEvent(page.window, device).release(0, start + QPoint(0, 160), page.window)
    qtbot.waitUntil(lambda: page.has("mapRecentre"), timeout=TIMEOUT)
    assert float(str(looks(page, "lookLatitude"))) > 47.1415
    page.touch("mapRecentre")
    qtbot.waitUntil(lambda: not page.has("mapRecentre"), timeout=TIMEOUT)
    assert float(str(looks(page, "lookLatitude"))) == pytest.approx(47.1410)


def test_closer_farther_and_the_way_up(qtbot: QtBot, car: "Car", stage: "Stage", chart: Callable[[], None]) -> None:
    chart()
    car.start()
    car.tell(set=VADUZ)
    page = stage("NavigationPage")
    qtbot.waitUntil(lambda: not page.has("mapHint"), timeout=TIMEOUT)
    assert looks(page, "zoom") == 15
    page.touch("mapFarther")
    assert looks(page, "zoom") == 14
    page.touch("mapFarther")
    assert looks(page, "zoom") == 14
    page.touch("mapCloser")
    assert looks(page, "zoom") == 15
    assert looks(page, "bearing") == 0
    page.touch("mapUp")
    qtbot.waitUntil(lambda: looks(page, "bearing") == 90, timeout=TIMEOUT)
    for name in ("mapCloser", "mapFarther", "mapUp"):
        assert min(area(page.item(name)).width(), area(page.item(name)).height()) >= LEAST


def test_guidance_comes_from_the_app_alone(qtbot: QtBot, car: "Car", stage: "Stage", chart: Callable[[], None]) -> None:
    chart()
    car.start()
    car.tell(set=VADUZ)
    page = stage("NavigationPage")
    qtbot.waitUntil(lambda: page.shows("navigationNone", "No app on board guides to a place."), timeout=TIMEOUT)
    car.tell(ux=["parked", [], "the selector is in P", 0, 0], apps=[view(samples.NAVIGATION)])
    qtbot.waitUntil(lambda: page.shows("appTurnDistance_wayfarer", "350"), timeout=TIMEOUT)
    assert not page.has("navigationNone")
    qtbot.waitUntil(lambda: looks(page, "bearing") == 90, timeout=TIMEOUT)
    assert area(page.item("mapCar")).left() > area(page.item("appCard_wayfarer")).right()
    touch_until(qtbot, page, car, "appAction_wayfarer_stop", "stop")
    car.tell(apps=[view(samples.ROUTES)])
    qtbot.waitUntil(lambda: page.has("appRoute_wayfarer_fast"), timeout=TIMEOUT)
    touch_until(qtbot, page, car, "appRoute_wayfarer_fast", "fast")


def test_places_of_the_app_are_on_the_map(qtbot: QtBot, car: "Car", stage: "Stage", chart: Callable[[], None]) -> None:
    chart()
    car.start()
    car.tell(set=VADUZ, ux=["parked", [], "the selector is in P", 0, 0])
    page = stage("NavigationPage")
    car.tell(apps=[view(NEARBY)])
    qtbot.waitUntil(lambda: page.has("mapMarker_s2"), timeout=TIMEOUT)
    qtbot.waitUntil(lambda: page.has("mapRecentre"), timeout=TIMEOUT)
    first, last = (area(page.item(f"mapMarker_s{number}")).center() for number in (0, 2))
    assert last.y() < first.y()
    touch_until(qtbot, page, car, "mapMarker_s2", "s2")
    car.tell(apps=[])
    qtbot.waitUntil(lambda: not page.has("mapMarker_s2"), timeout=TIMEOUT)
    page.touch("navigationApps")
    qtbot.waitUntil(lambda: page.window.property("asked") == "apps", timeout=TIMEOUT)


@pytest.mark.parametrize("display", ["1280x720", "1024x600", "1080x1920"])
def test_without_a_map_it_says_what_brings_one_and_still_draws_places(
    qtbot: QtBot, car: "Car", stage: "Stage", display: str
) -> None:
    car.start()
    car.tell(set=VADUZ, ux=["parked", [], "the selector is in P", 0, 0])
    page = stage("NavigationPage", display)
    said = "No map is on board. This brings one: ivi map build FILE.osm.pbf"
    qtbot.waitUntil(lambda: page.shows("mapHint", said), timeout=TIMEOUT)
    assert not page.shows("mapNotice", "\N{COPYRIGHT SIGN} OpenStreetMap contributors")
    car.tell(apps=[view(NEARBY)])
    qtbot.waitUntil(lambda: page.has("mapMarker_s1"), timeout=TIMEOUT)
    qtbot.waitUntil(lambda: page.has("mapRecentre"), timeout=TIMEOUT)
    touch_until(qtbot, page, car, "mapMarker_s1", "s1")


@pytest.mark.parametrize("text", ["{", '{"format": 2}', "x" * 300_000])
def test_a_broken_map_is_said_and_costs_nothing_else(
    qtbot: QtBot, car: "Car", stage: "Stage", tmp_path: Path, text: str
) -> None:
    (tmp_path / "state" / "maps").mkdir(parents=True)
    (tmp_path / "state" / "maps" / "map.json").write_text(text)
    car.start()
    car.tell(set=VADUZ)
    page = stage("NavigationPage")
    said = "The map on board cannot be read. Make it again: ivi map build FILE.osm.pbf"
    qtbot.waitUntil(lambda: page.shows("mapHint", said), timeout=TIMEOUT)
    assert page.has("mapCar")


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(None, 9.5), ("x", 9.5), (91.0, 9.5), (47.0, 180.5), (float("nan"), 9.5), (True, 9.5)]
)
def test_a_position_that_is_on_no_globe_is_none(
    qtbot: QtBot, car: "Car", stage: "Stage", latitude: object, longitude: object
) -> None:
    page = stage("NavigationPage")
    north, east, _ = page.models.location.by_path.values()
    north.show(latitude)  # type: ignore[arg-type]  # whatever a provider may send
    east.show(longitude)  # type: ignore[arg-type]
    assert page.models.location.property("known") is False
    assert not page.has("mapCar")


def test_the_route_of_an_app_is_drawn_with_its_charge_stops(
    qtbot: QtBot, car: "Car", stage: "Stage", chart: Callable[[], None]
) -> None:
    chart()
    car.start()
    way = polyline.encode([(47.1410, 9.5209), (47.1410, 9.5259), (47.1440, 9.5259)])
    stop = ChargeStop("c1", "Charging park", Position(47.1410, 9.5259), 380, 41, 1_500)
    guided = msgspec.structs.replace(samples.NAVIGATION, route=way, stops=[stop], then=None, lanes=[])
    car.tell(set=VADUZ, apps=[view(guided)])
    page = stage("NavigationPage")
    qtbot.waitUntil(lambda: page.has("appStop_c1"), timeout=TIMEOUT)
    qtbot.waitUntil(lambda: page.has("mapMarker_c1"), timeout=TIMEOUT)
    line = {Style.DAY, Style.NIGHT}
    # Halfway between the car and the marker there is nothing but the line.
    qtbot.waitUntil(lambda: drawn(page, between(page, "mapCar", "mapMarker_c1")) in line, timeout=TIMEOUT)
    touch_until(qtbot, page, car, "mapMarker_c1", "c1")
    car.tell(apps=[view(msgspec.structs.replace(guided, route="", stops=[]))])
    qtbot.waitUntil(lambda: not page.has("mapMarker_c1"), timeout=TIMEOUT)
    assert list(looks(page, "route")) == []  # type: ignore[call-overload]  # a list of QML


class Style:
    """The accent of qml/Style."""

    DAY, NIGHT = "#0a559f", "#6cb8ff"


def between(page: "Cabin", one: str, other: str) -> QPoint:
    return (area(page.item(one)).center().toPoint() + area(page.item(other)).center().toPoint()) / 2


def test_places_that_come_before_the_page_has_its_size_are_shown_when_it_has(
    qtbot: QtBot, car: "Car", stage: "Stage", chart: Callable[[], None]
) -> None:
    """An app that shows places already when the page opens must not leave the map without a zoom."""
    chart()
    car.start()
    car.tell(set=VADUZ)
    page = stage("NavigationPage")
    qtbot.waitUntil(lambda: page.shows("navigationNone", "No app on board guides to a place."), timeout=TIMEOUT)
    whole, shown = page.window.size(), page.item("navigationMap")
    page.window.resize(400, 240)
    qtbot.waitUntil(lambda: shown.width() < 500, timeout=TIMEOUT)
    car.tell(ux=["parked", [], "the selector is in P", 0, 0], apps=[view(NEARBY)])
    qtbot.waitUntil(lambda: shown.property("unframed") is True, timeout=TIMEOUT)
    page.window.resize(whole)
    qtbot.waitUntil(lambda: shown.property("unframed") is False, timeout=TIMEOUT)
    zoom = shown.property("zoom")
    assert isinstance(zoom, float)
    assert 13 < zoom <= 16.9
    assert shown.property("following") is False
