# SPDX-License-Identifier: Apache-2.0
"""The vehicle, energy and climate pages in front of the fake car: real links, real touches, real text."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QRectF

from ivi.hmi.screen import area
from ivi.hmi.shots.described_car import signals
from ivi.model.services import DrivingState

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Shown

    type Show = Callable[[str], Shown]

BATTERY = "Vehicle.Powertrain.TractionBattery"
CHARGING = f"{BATTERY}.Charging"
CABLE = f"{CHARGING}.ChargingPort.AnyPosition.IsChargingCableConnected"
DOOR = "Vehicle.Cabin.Door"
AXLE = "Vehicle.Chassis.Axle"
ROW = "Vehicle.Cabin.HVAC.Station.Row1"
PARKED = ["parked", [], "the selector is in P", 0, 0]
MOVING = ["moving", ["NO_SETUP", "LIMIT_CONTENT"], "moving at 87 km/h", 6, 120]
CAR = {
    **signals(DrivingState.PARKED, night=True),
    "Vehicle.Service.DistanceToService": 8_400.0,
    "Vehicle.Body.Mirrors.DriverSide.IsFolded": False,
    "Vehicle.Body.Mirrors.DriverSide.IsHeatingOn": False,
    "Vehicle.Cabin.Light.AmbientLight.Row1.DriverSide.IsLightOn": True,
    f"{CHARGING}.StartStopCharging": "STOP",
    f"{CHARGING}.MaxPower": 0.0,
}
ENERGY = [
    0.2,
    [15.0, 20.0, 25.0, -4.0] * 15,
    17.8,
    [238.0, 277.0, 322.0],
    0.0,
    [12.0, 2.1, 2.3, 0.6, 0.4],
    [[20, 90.0], [21, 120.0], [40, 100.0]],
    False,
    1_795_000_000,
]
EMPTY = [0.2, [], None, None, 10.0, None, [], False, 0]
TWO = [[["work", 450, 31, 21.0, True], ["walk", 555, 96, 20.0, False]], "waiting", "", 1_795_000_000]
SIZES = [(1176, 532), (1816, 532), (928, 412), (1080, 1500)]
SMALLEST_TARGET, SMALLEST_TEXT = 76, 24  # dp
UNKNOWN = {"—"}


def has_detail(page: "Shown", name: str, detail: str) -> bool:
    return bool(page.item(name).property("detail") == detail)


def is_wide(page: "Shown", width: int) -> bool:
    return page.window.contentItem().width() == width


# -- vehicle -----------------------------------------------------------------------------------------------------------
def test_the_vehicle_page_shows_what_the_car_reports(show: "Show") -> None:
    page = show("Vehicle")
    page.car.tell(set=CAR, car={"tyres": [{"rear_left": "falling", "front_left": "steady"}]})
    page.reads("lowVoltageValue", "14.1")
    page.reads("serviceValue", "8400")
    page.reads("washerValue", "70")
    page.reads("tyreFrontLeft", "2.5")
    page.reads("tyreRearLeftTrend", "Falling")
    page.reads("tyreFrontLeftTrend", "Steady")
    page.reads("tyreFrontRightTrend", "24°")
    page.reads("healthText", "The car reports no fault.")


def test_nothing_known_is_a_dash_and_nothing_can_be_asked(show: "Show") -> None:
    page = show("Vehicle")
    page.until(lambda: page.text("lowVoltageValue") in UNKNOWN)
    assert {page.text(name) for name in ("serviceValue", "washerValue", "tyreFrontLeft")} <= UNKNOWN
    assert page.text("healthText") == "The car does not say how it is."
    tiles = [item for item in page.items() if item.objectName() in {"vehicleLocks", "vehicleBoot", "vehicleMirrors"}]
    assert [item.isEnabled() for item in tiles] == [False, False, False]


def test_an_impossible_value_is_shown_and_marked(show: "Show") -> None:
    page = show("Vehicle")
    tire = f"{AXLE}.Row1.Wheel.Left.Tire.Pressure"
    page.car.tell(set={**CAR, "Vehicle.LowVoltageBattery.CurrentVoltage": 98.0, tire: 4000})
    page.reads("lowVoltageValue", "98.0")
    page.reads("tyreFrontLeftTrend", "Check")
    assert page.models.body.by_path["Vehicle.LowVoltageBattery.CurrentVoltage"].property("doubtful")


def test_a_low_tyre_and_a_fault_are_said_in_plain_words(show: "Show") -> None:
    page = show("Vehicle")
    tire = f"{AXLE}.Row2.Wheel.Right.Tire"
    page.car.tell(set={**CAR, f"{tire}.IsPressureLow": True, "Vehicle.Diagnostics.DTCCount": 3})
    page.reads("tyreRearRightTrend", "Low")
    page.reads("healthText", "The car has stored 3 trouble codes.")
    page.car.tell(set={"Vehicle.ADAS.ABS.IsError": True})
    page.reads("healthText", "The anti-lock brakes report a fault.")


def test_the_health_row_leads_to_the_resolution_page(show: "Show") -> None:
    page = show("Vehicle")
    page.car.tell(set=CAR)
    page.touch("vehicleHealth")
    router = page.engine.singletonInstance("Navigation", "Router")
    assert isinstance(router, QObject)
    page.until(lambda: bool(router.property("page") == "resolution"))
    router.setProperty("page", "home")


def test_unlocking_asks_every_lock_and_shows_what_is_reported(show: "Show") -> None:
    page = show("Vehicle")
    page.car.tell(set=CAR)
    page.until(lambda: bool(page.item("vehicleLocks").property("detail") == "Locked"))
    page.touch("vehicleLocks")
    page.until(lambda: bool(page.item("vehicleLocks").property("detail") == "Unlocked"))
    doors = [f"{DOOR}.Row{row}.{side}.IsLocked" for row in (1, 2) for side in ("DriverSide", "PassengerSide")]
    wanted = [[path, False] for path in [*doors, "Vehicle.Body.Trunk.Rear.IsLocked"]]
    assert sorted(page.asked("actuate"), key=str) == sorted(wanted, key=str)


def test_a_wish_is_pending_until_the_car_reports_and_a_refusal_is_a_sentence(show: "Show") -> None:
    page = show("Vehicle")
    page.car.tell(set=CAR, actuate="hold")
    page.touch("vehicleMirrors")
    page.until(lambda: bool(page.item("vehicleMirrors").property("pending")))
    assert page.item("vehicleMirrors").property("detail") == "Unfolded"
    page.car.tell(release=True)
    page.until(lambda: bool(page.item("vehicleMirrors").property("detail") == "Folded"))
    page.car.tell(actuate="fail")
    page.touch("vehicleBoot")
    notice = page.models.notice
    said = "The boot was not changed. The car did not confirm it in time."
    page.until(lambda: bool(notice.property("text") == said))
    assert not page.item("vehicleBoot").property("pending")


def test_windows_open_one_by_one_and_close_together(show: "Show") -> None:
    page = show("Vehicle")
    page.car.tell(set=CAR)
    page.touch("vehicleWindows")
    page.touch("windowDriverUp")
    driver = f"{DOOR}.Row1.DriverSide.Window.Position"
    page.until(lambda: page.asked("actuate") == [[driver, 10]])
    assert page.asked("unconfirmed") == [driver], "a window moves longer than the broker waits"
    page.reads("windowDriverValue", "10 %")
    page.touch("windowsClose")
    page.until(lambda: page.asked("actuate") == [[driver, 10], [driver, 0]])
    page.touch("windowsDone")
    page.until(lambda: bool(page.item("vehicleWindows").property("detail") == "Closed"))


def test_signals_of_a_page_are_followed_only_while_it_is_shown(show: "Show") -> None:
    page = show("Vehicle")
    page.car.tell(set=CAR)
    page.reads("washerValue", "70")
    page.root.setVisible(False)
    washer = page.models.body.by_path["Vehicle.Body.Windshield.Front.WasherFluid.Level"]
    assert not washer.property("known")
    page.car.tell(set={"Vehicle.Body.Windshield.Front.WasherFluid.Level": 30, "Vehicle.Exterior.AirTemperature": 5.0})
    page.until(lambda: bool(page.models.vehicle.by_path["Vehicle.Exterior.AirTemperature"].property("text") == "5"))
    assert not washer.property("known"), "nobody looks, nobody follows"
    page.root.setVisible(True)
    page.reads("washerValue", "30")


def test_a_silent_bus_leaves_old_values_dim_with_their_age_and_nothing_to_ask(show: "Show") -> None:
    page = show("Vehicle")
    page.car.tell(set=CAR)
    page.reads("washerValue", "70")
    page.car.tell(beat=False)
    washer = page.models.body.by_path["Vehicle.Body.Windshield.Front.WasherFluid.Level"]
    page.until(lambda: bool(washer.property("stale")))
    assert not washer.property("known")
    assert page.text("washerValue") == "70"
    page.until(lambda: str(page.text("tyreFrontLeftTrend")).endswith(" s ago"))
    assert not page.item("vehicleBoot").isEnabled()
    assert page.models.vehicle.by_path["Vehicle.Speed"].property("text") in UNKNOWN, "nobody drives by an old speed"
    page.car.tell(beat=True)
    page.until(lambda: bool(washer.property("known")))


def test_a_lost_broker_leaves_no_frozen_value(show: "Show") -> None:
    page = show("Vehicle")
    page.car.tell(set=CAR)
    page.reads("washerValue", "70")
    page.car.kill()
    page.until(lambda: page.text("washerValue") in UNKNOWN)
    page.car.start()
    page.car.tell(set=CAR)
    page.reads("washerValue", "70")


# -- energy ------------------------------------------------------------------------------------------------------------
def test_the_energy_page_shows_the_record(show: "Show") -> None:
    page = show("Energy")
    page.car.tell(set=CAR, car={"energy": ENERGY})
    page.reads("rangeBand", "235 to 320 km")
    page.reads("energyCharge", "64")
    page.reads("chartFigure0", "⌀ 17.8 kWh/100 km")
    page.reads("chargeState", "Not plugged in")
    page.touch("chartTab2")
    page.reads("chartFigure2", "Last 12 km")
    page.touch("chartTab1")
    page.until(lambda: str(page.text("chartFigure1")).startswith("kW, "))
    assert "curveEmpty" not in {item.objectName() for item in page.items()}


def test_an_empty_record_says_so_in_sentences(show: "Show") -> None:
    page = show("Energy")
    page.car.tell(set=CAR, car={"energy": EMPTY})
    page.reads("historyEmpty", "The graph begins with the first half kilometre.")
    page.reads("rangeBand", "—")
    page.touch("chartTab1")
    page.reads("curveEmpty", "The curve is measured while the car charges. It has not charged here yet.")
    page.touch("chartTab2")
    page.reads("spentEmpty", "Nothing has been driven yet.")


def test_without_the_services_process_nothing_is_recorded(show: "Show") -> None:
    page = show("Energy")
    page.reads("historyEmpty", "Consumption is not recorded at the moment.")


def test_charging_begins_and_ends_at_the_drivers_word(show: "Show") -> None:
    page = show("Energy")
    page.car.tell(set={**CAR, CABLE: True})
    page.reads("chargeOrder", "Start charging")
    page.touch("chargeOrder")
    page.until(lambda: page.asked("actuate") == [[f"{CHARGING}.StartStopCharging", "START"]])
    page.car.tell(set={f"{CHARGING}.IsCharging": True, f"{CHARGING}.TimeToComplete": 4_500})
    page.reads("chargeOrder", "Stop charging")
    page.reads("chargeLeft", "1:15 h to 80 %")
    page.touch("chargeOrder")
    page.until(lambda: page.asked("actuate")[1:] == [[f"{CHARGING}.StartStopCharging", "STOP"]])


def test_an_unplugged_car_cannot_be_told_to_charge(show: "Show") -> None:
    page = show("Energy")
    page.car.tell(set=CAR)
    page.reads("chargeOrder", "Plug in to charge")
    assert not page.item("chargeOrder").isEnabled()


def test_the_charge_limit_is_set_where_the_finger_lets_go(show: "Show") -> None:
    page = show("Energy")
    page.car.tell(set=CAR)
    page.reads("chargeLimitText", "Charge to 80 %")
    page.touch("chargeLimit")  # its middle is 50 %
    page.until(lambda: page.asked("actuate") == [[f"{CHARGING}.ChargeLimit", 50]])
    page.reads("chargeLimitText", "Charge to 50 %")


# -- climate -----------------------------------------------------------------------------------------------------------
def test_zones_heating_and_air_ask_the_car(show: "Show") -> None:
    page = show("Climate")
    page.car.tell(set=CAR)
    page.reads("zonePassengerTemperatureValue", "22.5°")
    page.touch("zonePassengerTemperatureUp")
    page.touch("zoneDriverAir0")
    page.touch("zonePassengerHeat")
    page.touch("pageRearDefrost")
    page.touch("pageMirrorHeat")
    wanted = [
        [f"{ROW}.Passenger.Temperature", 23.0],
        [f"{ROW}.Driver.AirDistribution", "UP"],
        ["Vehicle.Cabin.Seat.Row1.PassengerSide.HeatingCooling", 33],
        ["Vehicle.Cabin.HVAC.IsRearDefrosterActive", True],
        ["Vehicle.Body.Mirrors.DriverSide.IsHeatingOn", True],
    ]
    page.until(lambda: page.asked("actuate") == wanted)
    page.until(lambda: bool(page.item("zonePassengerHeat").property("detail") == "Level 1"))


def test_seat_heating_goes_through_its_levels_and_off(show: "Show") -> None:
    page = show("Climate")
    page.car.tell(set=CAR)  # the driver's seat is at level 2
    for said in ("Level 3", "Off", "Level 1"):
        page.touch("zoneDriverHeat")
        page.until(partial(has_detail, page, "zoneDriverHeat", said))


def test_sync_takes_the_drivers_temperature(show: "Show") -> None:
    page = show("Climate")
    page.car.tell(set=CAR)
    page.touch("climateSync")
    page.until(lambda: page.asked("actuate") == [[f"{ROW}.Passenger.Temperature", 21.0]])
    page.until(lambda: bool(page.item("climateSync").property("on")))


def test_a_departure_is_made_changed_and_removed_while_parked(show: "Show") -> None:
    page = show("Climate")
    page.car.tell(set=CAR, ux=PARKED, car={"departures": TWO})
    page.until(lambda: str(page.text("departureText")).startswith("The cabin will be ready at"))
    page.touch("departureBar")
    page.touch("departureSwitch_walk")
    page.until(lambda: page.asked("departure") == [["walk", 555, 96, 20.0, True]])
    page.touch("departure_work")
    page.reads("departureTimeValue", "7:30")
    page.touch("departureTimeUp")
    page.touch("departureWarmthUp")
    page.touch("departureDay5")
    page.touch("departureKeep")
    page.until(lambda: page.asked("departure")[1:] == [["work", 455, 63, 21.5, True]])
    page.touch("departure_walk")
    page.touch("departureRemove")
    page.until(lambda: page.asked("gone") == ["walk"])
    page.touch("departureNew")
    page.touch("departureKeep")
    page.until(lambda: len(page.asked("departure")) == 3)


def test_departures_are_set_when_parked_only(show: "Show") -> None:
    page = show("Climate")
    page.car.tell(set=CAR, ux=PARKED, car={"departures": TWO})
    page.touch("departureBar")
    page.touch("departure_work")
    page.reads("departureTimeValue", "7:30")
    page.car.tell(ux=MOVING)
    page.reads("departureParked", "Departures can be set when parked")
    names = {item.objectName() for item in page.items()}
    assert not names & {"departureNew", "departureKeep", "departureSwitch_work", "departureTimeUp"}
    assert not page.item("departure_work").isEnabled()


# -- every page, every size --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("page_name", ["Vehicle", "Energy", "Climate"])
def test_targets_and_texts_hold_in_every_size(show: "Show", page_name: str) -> None:
    page = show(page_name)
    page.car.tell(set=CAR, ux=PARKED, car={"energy": ENERGY, "departures": TWO, "tyres": [{"rear_left": "falling"}]})
    page.until(lambda: page.models.vehicle.by_path[f"{BATTERY}.StateOfCharge.Displayed"].shown is not None)
    for width, height in SIZES:
        page.window.resize(width, height)
        page.until(partial(is_wide, page, width))
        page.qtbot.wait(100)
        shown = [item for item in page.items() if item.opacity() > 0]
        buttons = [item for item in shown if item.inherits("QQuickAbstractButton") or item.inherits("QQuickSlider")]
        texts = [item for item in shown if item.inherits("QQuickText") and item.property("text")]
        assert len(buttons) >= 2
        assert len(texts) >= 10
        assert [item.objectName() for item in buttons if min(item.width(), item.height()) < SMALLEST_TARGET] == []
        window = QRectF(0, 0, width, height)
        outside = [
            item.objectName() or item.property("text") for item in buttons + texts if not window.contains(area(item))
        ]
        assert outside == [], (width, height)
        assert [item.property("text") for item in texts if item.property("font").pixelSize() < SMALLEST_TEXT] == []
        assert [item.property("text") for item in texts if item.property("truncated")] == [], (width, height)
        nested = [
            (one, other)
            for one in buttons
            for other in buttons
            if one is not other
            and not one.isAncestorOf(other)
            and not other.isAncestorOf(one)
            and area(one).adjusted(1, 1, -1, -1).intersects(area(other).adjusted(1, 1, -1, -1))
        ]
        assert [(one.objectName(), other.objectName()) for one, other in nested] == []
