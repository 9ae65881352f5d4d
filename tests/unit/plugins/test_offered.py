# SPDX-License-Identifier: Apache-2.0
"""The apps that the demo's store offers: what they say, and that the car can give what they ask for."""

import time
from pathlib import Path

import pytest

import plugins.offered
from ivi.apphost.catalogue import SignalCatalogue
from ivi.apphost.manifest import read
from ivi.apphost.resolution import resolve
from ivi.model.templates import Template
from ivi.model.templates.checks import check
from ivi.sdk import Datapoint, ListTemplate
from ivi.vss.loader import load_catalogue
from plugins.offered.breaks.app import BREAK, LIMIT, SPEED, Breaks
from plugins.offered.departure.app import BOOT, CABLE, CHARGE, DOORS, Departure
from plugins.offered.trips.app import CHARGE as SHOWN_CHARGE
from plugins.offered.trips.app import DISTANCE, OVER, Trips

FOLDERS = sorted(path.parent for path in Path(plugins.offered.__file__).parent.glob("*/manifest.toml"))


def point(value: object) -> Datapoint:
    return Datapoint(value, time.time_ns(), time.monotonic_ns(), "test")  # type: ignore[arg-type]  # any of VSS


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_car_has_what_they_ask_for(folder: Path) -> None:
    listed = load_catalogue()
    manifest, source = read(folder)
    assert resolve(manifest, source, SignalCatalogue([listed.get(path) for path in listed])).absent == ()


def test_a_break_begins_the_count_anew() -> None:
    app = Breaks()
    told: list[str] = []
    app.notify = lambda title, *_: told.append(title)  # type: ignore[method-assign]  # the car's side
    shown: list[Template] = []

    def show(template: Template) -> int:
        shown.append(template)
        return len(shown)

    app.show = show  # type: ignore[method-assign]  # the car's side
    assert app.page().subtitle == "The car does not say how fast it drives."
    app.speed, app.at = 80.0, 0.0
    app.count(LIMIT - 60)
    assert (app.page().facts[0].text, app.page().facts[1].text) == ("1 h 59 min", "0 h 01 min")
    app.count(LIMIT)
    app.at = time.monotonic()
    app.tick()
    app.tick()
    assert told == ["Time for a break"]
    app.speed, app.at = 0.0, 0.0
    app.count(BREAK - 1)
    assert app.driven >= LIMIT
    app.count(BREAK)
    assert app.driven == 0.0
    app.on_signals({SPEED: point(None)})
    driven = app.driven
    app.count(time.monotonic() + 3600)
    assert app.driven == driven
    check(shown[-1])


def test_a_trip_is_written_down_when_the_car_rests() -> None:
    app = Trips()
    kept: dict[str, object] = {}
    app.storage = kept  # type: ignore[assignment]  # what it is used as
    app.values = {"Vehicle.Speed": 50.0, DISTANCE: 1000.0, SHOWN_CHARGE: 60.0}
    app.follow(0.0)
    app.values = {"Vehicle.Speed": 0.0, DISTANCE: 1012.5, SHOWN_CHARGE: 57.0}
    app.follow(OVER - 1)
    assert [row.title for row in app.page().rows] == ["This trip"]
    app.follow(OVER)
    (row,) = app.page().rows
    assert row.text == "12.5 km, 3 % of the battery"
    assert kept["trips"] == app.trips
    check(app.page())


def test_a_trip_of_which_the_car_does_not_tell_the_distance_is_none() -> None:
    app = Trips()
    app.values = {"Vehicle.Speed": 50.0}
    app.follow(0.0)
    assert app.begun is None
    assert app.page().rows == []


def test_what_is_open_comes_first_and_what_is_unknown_is_said() -> None:
    app = Departure()
    app.values = dict.fromkeys((*DOORS, CABLE), False) | {CHARGE: 12.0}
    page = app.page()
    assert isinstance(page, ListTemplate)
    said = {row.title: row.text for row in page.rows}
    assert page.rows[0].title == "Charge"
    assert said["Boot"] == "The car does not say"
    assert said["Doors"] == "All closed"
    app.values[DOORS[2]] = True
    app.values[BOOT] = False
    assert [row.text for row in app.page().rows[:2]] == ["A door is open", "Less than a fifth is left"]
    check(page)
