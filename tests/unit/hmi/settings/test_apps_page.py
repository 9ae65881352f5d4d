# SPDX-License-Identifier: Apache-2.0
"""The page of all apps, with real touches: what each may do, what it did, and its life."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Shown

PARKED = ["parked", [], "parked", 0, 0]
MOVING = ["moving", ["NO_SETUP", "LIMIT_CONTENT"], "driving at 43 km/h", 6, 120]
WEATHER = ["weather", "Weather", "running", "", 1, None, []]
RADIO = ["radio", "Radio", "quarantined", "it ended", 0, None, []]
MUSIC = ["music", "Music", "stopped_needs_consent", "it wants to read how fast the car drives", 0, None, []]


def info() -> list[object]:
    speed = ["read#0", "vehicle.read", "Read how fast the car drives", "calmer", True, "granted", "driver", 1, ["x"]]
    place = ["place#1", "location", "Know where the car is", "nearby", False, "refused", "driver", 1, []]
    return ["weather", "Weather", "1.2.0", "local", "running", "", ["namespaces"], 5, 7, [speed, place], {}, 0]


def record(number: int, decision: str = "allowed") -> list[object]:
    return [number, number * 10**9, "weather", "vehicle.read", "x", decision, "", "h", 1, 0, 0, f"It read {number}."]


def opened(show: "Callable[[str], Shown]") -> "Shown":
    page = show("Apps")
    audit = [[record(number) for number in range(1, 9)], True]
    page.car.tell(ux=PARKED, apps=[WEATHER, RADIO, MUSIC], info=info(), page={"audit": audit})
    page.until(lambda: page.models.driving.property("state") == "parked" and page.text("app_weather") is not None)
    page.reads("appTitle", "Weather 1.2.0")
    return page


def test_what_an_app_may_do_is_switched_on_the_page(show: "Callable[[str], Shown]") -> None:
    page = opened(show)
    assert page.models.permissions.property("shown") is False  # no sheet above the page
    page.touch("appMay_read#0")
    page.until(lambda: page.asked("change") == [["weather", "read#0", False]])
    page.car.tell(ux=MOVING)
    page.until(lambda: page.models.driving.property("state") == "moving")
    # Taking back is possible at any time, giving is not.
    page.until(lambda: not page.item("appMay_place#1").isEnabled())
    assert page.item("appMay_read#0").isEnabled()


def test_what_an_app_did_is_told_newest_first_and_cut_while_driving(show: "Callable[[str], Shown]") -> None:
    page = opened(show)
    page.touch("appView_did")
    rows = page.models.ledger.lists[0]
    page.until(lambda: rows.rowCount() == 8)
    assert rows.rows[0]["text"] == "It read 8."
    page.car.tell(ux=MOVING)
    page.until(lambda: rows.rowCount() == 6)
    assert rows.property("hidden") == 2


def test_apps_are_ended_and_started(show: "Callable[[str], Shown]") -> None:
    page = opened(show)
    page.touch("appStop")
    page.until(lambda: page.asked("stop") == ["weather"])
    page.touch("app_radio")
    page.reads("appWhy", "It stopped too often and stays off: it ended.")
    page.touch("appStart")
    page.until(lambda: page.asked("start") == ["radio"])
    page.touch("app_music")
    page.touch("appDecide")
    page.until(lambda: page.asked("consent") == ["music"])


def test_an_app_is_opened_over_the_page_and_left_again(show: "Callable[[str], Shown]") -> None:
    page = opened(show)
    page.touch("appOpen")
    page.until(lambda: page.models.apps.on_screen == ["weather"])
    page.touch("appBack")
    page.until(lambda: page.models.apps.on_screen == [])
    page.until(lambda: page.text("app_weather") is not None)


def test_without_apps_the_page_says_where_they_come_from(show: "Callable[[str], Shown]") -> None:
    page = show("Apps")
    page.car.tell(ux=PARKED, apps=[])
    page.reads("appsNone", "No apps are installed. The store has some.")
