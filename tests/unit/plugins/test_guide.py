# SPDX-License-Identifier: Apache-2.0
"""The valley guide, as a driver meets it: places, ways, guidance along the simulated drive, a battery that is low."""

from pathlib import Path

import pytest

import plugins.offered.guide
from ivi.sdk import ChargeStop, Maneuver, MapTemplate, NavigationTemplate, Route, RoutePreviewTemplate
from ivi.sdk.testing import AppFactory, FakeHost, FakeVehicle, HandClock
from plugins.offered.guide.app import ARRIVED, CAPACITY, CHARGE, HEADING, LATITUDE, LONGITUDE, RANGE, SPEED, Guide
from plugins.offered.guide.battery import Battery
from plugins.offered.guide.roads import Place, Roads, metres
from plugins.offered.guide.way import ASTRAY, TURN_METRES, TURN_SECONDS, Planner, Way, maneuver
from simulator.vehicle.route import build_route

ROADS = Roads(Path(plugins.offered.guide.__file__).with_name("roads.toml"))
NEAR_MUEHLEHOLZ = (47.1500, 9.5154)


def place(name: str) -> Place:
    return next(one for one in [*ROADS.places, *ROADS.chargers] if one.id == name)


def put(vehicle: FakeVehicle, at: tuple[float, float], heading: float | None = None) -> None:
    vehicle.set(LATITUDE, at[0])
    vehicle.set(LONGITUDE, at[1])
    vehicle.set(HEADING, heading)


def fill(vehicle: FakeVehicle, charge: float = 70.0, reach: float = 280_000.0) -> None:
    vehicle.set(SPEED, 50.0)
    vehicle.set(CHARGE, charge)
    vehicle.set(RANGE, reach)
    vehicle.set(CAPACITY, 60)


def guidance(host: FakeHost) -> NavigationTemplate:
    assert isinstance(host.shown, NavigationTemplate)
    return host.shown


def routes(host: FakeHost) -> dict[str, Route]:
    assert isinstance(host.shown, RoutePreviewTemplate)
    return {route.id: route for route in host.shown.routes}


def start(app: AppFactory, host: FakeHost, vehicle: FakeVehicle, goal: str, clock: HandClock) -> Guide:
    guide = app(Guide)
    put(vehicle, NEAR_MUEHLEHOLZ, 330.0)
    clock.advance(2)
    host.tap(goal)
    host.tap("go")
    return guide


def test_the_simulated_drive_is_on_the_roads() -> None:
    drive = build_route()
    away = []
    for number in range(0, int(drive.length), 50):
        at = drive.place(number)
        away.append(ROADS.nearest((at.latitude, at.longitude), at.heading).away)
    assert max(away) < ASTRAY / 2


def test_every_place_is_reached_from_everywhere() -> None:
    planner = Planner(ROADS)
    for junction, point in ROADS.points.items():
        spot = ROADS.nearest(point, None)
        for goal in [*ROADS.places, *ROADS.chargers]:
            for way in (planner.fastest(spot, goal), planner.shortest(spot, goal)):
                assert way.legs[-1].end == goal.at, (junction, goal.id)
                assert all(a.end == b.start for a, b in zip(way.legs, way.legs[1:], strict=False))
                assert metres(way.points[-1], ROADS.points[goal.at]) < 1
            assert planner.fastest(spot, goal).seconds <= planner.shortest(spot, goal).seconds + TURN_SECONDS
            assert planner.shortest(spot, goal).length <= planner.fastest(spot, goal).length + TURN_METRES


def test_a_moving_car_is_not_turned_round_for_nothing() -> None:
    north, south = (ROADS.nearest(NEAR_MUEHLEHOLZ, heading) for heading in (330.0, 150.0))
    assert (north.leg.end, south.leg.end) == ("muehleholz", "town_sign")
    assert Planner(ROADS).fastest(north, place("vaduz")).legs[0] != north.leg  # 600 m back are nearer than all round
    assert Planner(ROADS).fastest(north, place("schaan")).legs[0] == north.leg


@pytest.mark.parametrize(
    ("turn", "arrow"),
    [(5, "straight"), (-40, "slight_left"), (90, "right"), (-90, "left"), (140, "sharp_right"), (179, "u_turn")],
)
def test_a_turn_has_its_arrow(turn: float, arrow: str) -> None:
    assert maneuver(turn) == Maneuver(arrow)


def test_places_come_as_soon_as_the_car_says_where_it_is(
    app: AppFactory, host: FakeHost, vehicle: FakeVehicle, clock: HandClock
) -> None:
    app(Guide)
    assert isinstance(host.shown, MapTemplate)
    assert host.shown.empty.startswith("The car does not say where it is.")
    put(vehicle, NEAR_MUEHLEHOLZ, 330.0)
    clock.advance(2)
    assert isinstance(host.shown, MapTemplate)
    minutes = [float(row.text.removesuffix(" min")) for row in host.shown.rows]
    assert len(minutes) == 7
    assert minutes == sorted(minutes)
    assert minutes[0] >= 1


def test_a_car_elsewhere_is_told_so(app: AppFactory, host: FakeHost, vehicle: FakeVehicle, clock: HandClock) -> None:
    app(Guide)
    put(vehicle, (48.2, 16.37))
    clock.advance(2)
    assert isinstance(host.shown, MapTemplate)
    assert (host.shown.rows, host.shown.markers) == ([], [])
    assert "between Schaan and Triesenberg only" in host.shown.empty


def test_a_way_is_chosen_and_followed_to_its_end(
    app: AppFactory, host: FakeHost, vehicle: FakeVehicle, clock: HandClock
) -> None:
    app(Guide)
    put(vehicle, NEAR_MUEHLEHOLZ, 330.0)
    fill(vehicle)
    clock.advance(2)
    assert isinstance(host.shown, MapTemplate)
    assert len(host.shown.rows) == len(host.shown.markers) == 7
    assert host.shown.rows[0].title in {"Schaan", "Charging park", "Vaduz"}
    host.tap("schaan")
    found = routes(host)
    assert set(found) == {"fastest", "charging"}
    assert found["fastest"].selected
    assert found["fastest"].distance == pytest.approx(1850, abs=100)
    assert found["fastest"].arrival_charge == pytest.approx(69.5, abs=0.5)
    host.tap("go")
    page = guidance(host)
    assert page.turn is not None
    assert (page.turn.road, page.destination) == ("Schaan centre", "Schaan")
    assert page.arrival == pytest.approx(clock.time() + found["fastest"].duration, abs=15)
    assert page.route
    before = page.remaining_distance
    for at in ((47.1560, 9.5120), (47.1625, 9.5090), (47.1649, 9.5085)):
        put(vehicle, at, 340.0)
        clock.advance(2)
        after = guidance(host).remaining_distance
        assert before is not None
        assert after is not None
        assert after < before
        before = after
    end = guidance(host)
    assert end.turn is not None
    assert end.turn.maneuver is Maneuver.ARRIVE
    assert [action.title for action in end.actions] == ["Done"]
    host.tap("end")
    assert isinstance(host.shown, MapTemplate)


def test_leaving_the_way_makes_another(app: AppFactory, host: FakeHost, vehicle: FakeVehicle, clock: HandClock) -> None:
    fill(vehicle)
    guide = start(app, host, vehicle, "triesen", clock)
    first = guide.way
    put(vehicle, (47.1520, 9.5144), 330.0)  # on northwards, though the way leads back
    for _ in range(6):
        clock.advance(1)
    second = guide.way
    assert first is not None
    assert second is not None
    assert second is not first or second.away < ASTRAY
    put(vehicle, (47.1600, 9.4965), 180.0)
    for _ in range(8):
        clock.advance(1)
    third = guide.way
    assert third is not None
    assert third is not second
    assert third.goal.id == "triesen"
    assert third.name == "Rhine road"


def test_a_battery_that_does_not_suffice_is_charged_on_the_way(
    app: AppFactory, host: FakeHost, vehicle: FakeVehicle, clock: HandClock
) -> None:
    guide = app(Guide)
    put(vehicle, NEAR_MUEHLEHOLZ, 150.0)
    fill(vehicle, charge=8.0, reach=20_000.0)
    clock.advance(2)
    host.tap("triesenberg")
    found = routes(host)
    first = next(iter(found))
    assert first == "charging"
    assert found[first].selected
    assert found[first].badge == "1 charge"
    host.tap("go")
    (stop,) = guidance(host).stops
    assert isinstance(stop, ChargeStop)
    assert stop.title == "Charging park"
    assert stop.arrival_charge == pytest.approx(7.6, abs=0.5)
    assert stop.duration is not None
    assert stop.duration > 60
    arrival = guidance(host).arrival_charge
    assert arrival is not None
    assert arrival >= 10
    put(vehicle, ROADS.points["charging_park"], 120.0)
    clock.advance(2)
    assert guidance(host).note.startswith("Charge here up to ")
    fill(vehicle, charge=40.0, reach=150_000.0)
    put(vehicle, ROADS.points["vaduz"], 190.0)
    clock.advance(2)
    assert guidance(host).stops == []
    assert guidance(host).note == ""
    assert guide.way is not None


def test_a_battery_too_low_for_any_charger_is_said(
    app: AppFactory, host: FakeHost, vehicle: FakeVehicle, clock: HandClock
) -> None:
    fill(vehicle, charge=2.0, reach=3_000.0)
    start(app, host, vehicle, "triesenberg", clock)
    assert guidance(host).note == "The battery does not suffice, and no charger is within reach."
    assert guidance(host).stops == []


def test_what_the_car_does_not_say_is_not_made_up(
    app: AppFactory, host: FakeHost, vehicle: FakeVehicle, clock: HandClock
) -> None:
    start(app, host, vehicle, "castle", clock)
    page = guidance(host)
    assert page.arrival_charge is None
    assert page.note == "The car does not say its range, so charging is not planned."
    put_away(vehicle)
    clock.advance(2)
    assert guidance(host).note == "The car does not say where it is now."


def put_away(vehicle: FakeVehicle) -> None:
    vehicle.set(LATITUDE, None)
    vehicle.set(LONGITUDE, None)


def test_uphill_takes_more_than_downhill() -> None:
    planner = Planner(ROADS)
    up = planner.fastest(ROADS.nearest(ROADS.points["triesen"], None), place("triesenberg"))
    down = planner.fastest(ROADS.nearest(ROADS.points["triesenberg"], None), place("triesen"))
    battery = Battery(50.0, 200_000.0, 60.0)
    assert up.effort > up.length > down.effort
    left = battery.left(up.effort)
    assert left is not None
    assert left < 47.0


@pytest.mark.parametrize(
    ("begin", "goal", "most"),
    [
        (4_000, "triesen", 1),  # from Schaan by the Rhine road, as the simulated car drives
        (9_000, "triesenberg", 1),  # and up the mountain, with its hairpin bends
        (0, "triesenberg", 40),  # it drives northwards, though the way leads south
    ],
)
def test_guidance_goes_along_the_simulated_drive(
    app: AppFactory, host: FakeHost, vehicle: FakeVehicle, clock: HandClock, begin: int, goal: str, most: int
) -> None:
    drive = build_route()
    guide = app(Guide)
    fill(vehicle)
    put(vehicle, (drive.place(begin).latitude, drive.place(begin).longitude), drive.place(begin).heading)
    clock.advance(2)
    host.tap(goal)
    host.tap("go")
    ways: list[Way | None] = []
    for travelled in range(begin, int(drive.length), 14):
        at = drive.place(travelled)
        put(vehicle, (at.latitude, at.longitude), at.heading)
        clock.advance(1)
        if not ways or ways[-1] is not guide.way:
            ways.append(guide.way)
        if guide.way is not None and guide.way.left <= ARRIVED:
            break
    page = guidance(host)
    assert page.turn is not None
    assert page.turn.maneuver is Maneuver.ARRIVE
    assert len(ways) <= most
    assert host.refused == []
