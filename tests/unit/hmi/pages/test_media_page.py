# SPDX-License-Identifier: Apache-2.0
"""What plays, and where from: real touches, answered by the fake car's app host."""

from typing import TYPE_CHECKING

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from ivi.hmi.gallery import samples
from ivi.hmi.screen import area
from ivi.model.templates import GridTemplate, ListTemplate, PageTemplate

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Car
    from tests.unit.hmi.pages.conftest import Stage

TIMEOUT = 10_000  # ms; the machine may be busy
PARKED = ["parked", [], "the selector is in P", 0, 0]
LEAST = 76  # dp of a touch target


def view(app: str, page: PageTemplate | None, icon: str, name: str = "", state: str = "running") -> list[object]:
    """A running app as the host sends it."""
    return [app, name or app, state, "", 4, page, [], 0, "", 1, None, False, 0, icon]


def test_what_plays_is_shown_large_and_its_buttons_reach_the_app(qtbot: QtBot, car: "Car", stage: "Stage") -> None:
    car.start()
    car.tell(ux=PARKED)
    page = stage("MediaPage")
    car.tell(apps=[view("tuneful", samples.media(playing=True), "music", "Tuneful")])
    qtbot.waitUntil(lambda: page.shows("mediaTitle", "Switchback Road"), timeout=TIMEOUT)
    assert page.shows("mediaArtist", "The Gradient Five")
    assert page.shows("mediaSpeaker", "Tuneful")
    assert page.shows("mediaSource", "Library")
    for command in ("previous", "pause", "next", "shuffle", "repeat"):
        button = area(page.item(f"appTransport_tuneful_{command}"))
        assert min(button.width(), button.height()) >= LEAST
    page.touch("appTransport_tuneful_pause")
    qtbot.waitUntil(lambda: bool(car.asked("input")), timeout=TIMEOUT)
    assert car.asked("input")[0][0] == "tuneful"
    assert "pause" in str(car.asked("input")[0][1])
    page.touch("appRow_tuneful_copper")
    qtbot.waitUntil(lambda: ["tuneful", 4, "copper"] in car.asked("tap"), timeout=TIMEOUT)
    qtbot.waitUntil(lambda: ["tuneful"] in car.asked("visible"), timeout=TIMEOUT)


def test_a_driver_chooses_where_the_sound_comes_from_and_it_stays(qtbot: QtBot, car: "Car", stage: "Stage") -> None:
    car.start()
    car.tell(ux=PARKED)
    page = stage("MediaPage")
    playing = view("tuneful", samples.media(playing=True), "music", "Tuneful")
    radio = view("radio", msgspec.structs.replace(samples.RADIO, playing=False), "radio", "Coast Radio")
    charging = view("charge", samples.stations(), "bolt", "Charge & Co")
    car.tell(apps=[radio, charging, playing])
    qtbot.waitUntil(lambda: page.shows("mediaTitle", "Switchback Road"), timeout=TIMEOUT)
    assert page.has("mediaSource_radio")
    assert not page.has("mediaSource_charge")
    page.touch("mediaSource_radio")
    qtbot.waitUntil(lambda: page.shows("mediaTitle", "Coast FM 98.4"), timeout=TIMEOUT)
    qtbot.waitUntil(lambda: ["radio"] in car.asked("visible"), timeout=TIMEOUT)
    car.tell(apps=[radio, charging, view("tuneful", samples.media(playing=True), "music", "Tuneful 2")])
    qtbot.waitUntil(lambda: page.shows("mediaSpeaker", "Coast Radio"), timeout=TIMEOUT)
    car.tell(apps=[charging, playing])
    qtbot.waitUntil(lambda: page.shows("mediaTitle", "Switchback Road"), timeout=TIMEOUT)


@pytest.mark.parametrize("browsing", [samples.GRID, samples.stations(3)])
def test_browsing_stays_on_the_page(
    qtbot: QtBot, car: "Car", stage: "Stage", browsing: GridTemplate | ListTemplate
) -> None:
    car.start()
    car.tell(ux=PARKED)
    page = stage("MediaPage")
    car.tell(apps=[view("player", samples.media(), "apps", "Player")])
    qtbot.waitUntil(lambda: page.has("mediaTitle"), timeout=TIMEOUT)
    car.tell(apps=[view("player", browsing, "apps", "Player")])
    qtbot.waitUntil(lambda: page.shows("appTitle_player", browsing.title), timeout=TIMEOUT)
    row = "appRow_player_liked" if browsing is samples.GRID else "appRow_player_s1"
    qtbot.waitUntil(lambda: page.has(row), timeout=TIMEOUT)
    page.touch(row)
    qtbot.waitUntil(lambda: bool(car.asked("tap")), timeout=TIMEOUT)


def test_without_an_app_it_says_so_and_leads_to_the_apps(qtbot: QtBot, car: "Car", stage: "Stage") -> None:
    car.start()
    page = stage("MediaPage")
    qtbot.waitUntil(lambda: page.has("mediaEmptyAction"), timeout=TIMEOUT)
    car.tell(apps=[view("charge", samples.stations(), "bolt")])
    assert page.shows("mediaEmptyTitle", "Nothing to play yet")
    page.touch("mediaEmptyAction")
    qtbot.waitUntil(lambda: page.window.property("asked") == "apps", timeout=TIMEOUT)


def test_a_player_that_stopped_says_why_and_is_started_again(qtbot: QtBot, car: "Car", stage: "Stage") -> None:
    car.start()
    page = stage("MediaPage")
    car.tell(apps=[view("tuneful", None, "music", "Tuneful", "backing_off")])
    qtbot.waitUntil(lambda: page.has("mediaStart"), timeout=TIMEOUT)
    page.touch("mediaStart")
    qtbot.waitUntil(lambda: car.asked("start") == ["tuneful"], timeout=TIMEOUT)


@pytest.mark.parametrize("display", ["1280x720", "1920x720", "1024x600", "1080x1920"])
def test_nothing_lies_outside_or_on_something_else(qtbot: QtBot, car: "Car", stage: "Stage", display: str) -> None:
    car.start()
    car.tell(ux=PARKED)
    page = stage("MediaPage", display)
    car.tell(apps=[view("a", samples.media(playing=True), "music"), view("b", samples.RADIO, "radio")])
    qtbot.waitUntil(lambda: page.has("mediaTitle"), timeout=TIMEOUT)
    qtbot.waitUntil(lambda: page.has("appTransport_a_pause"), timeout=TIMEOUT)
    cover, title, pause = (area(page.item(name)) for name in ("mediaCover", "mediaTitle", "appTransport_a_pause"))
    assert not cover.intersects(title)
    assert not title.intersects(pause)
    room = area(page.window.contentItem())
    assert all(room.contains(one) for one in (cover, title, pause))
    assert cover.width() >= 120
