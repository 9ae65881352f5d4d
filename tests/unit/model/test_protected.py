# SPDX-License-Identifier: Apache-2.0
"""Which actuators of the whole standard an app may ever be granted, judged leaf by leaf."""

from pathlib import Path

import pytest

from ivi.apphost.catalogue import SignalCatalogue
from ivi.model.protected import is_unnamed, never_actuated, parked_only, tells_location, too_wide
from ivi.model.signal import EntryType
from ivi.vss.loader import load_catalogue

VSS = Path(__file__).resolve().parents[4] / "shared" / "data" / "vss" / "vss_release_6.0.json"

GRANTABLE = {
    "Vehicle.Body.Trunk": 10,
    "Vehicle.Cabin.HVAC": 30,
    "Vehicle.Cabin.Infotainment": 32,
    "Vehicle.Cabin.IsAutoPowerOptimize": 1,
    "Vehicle.Cabin.Light": 42,
    "Vehicle.Cabin.PowerOptimizeLevel": 1,
    "Vehicle.Cabin.RearShade": 3,
    "Vehicle.Cabin.Seat": 294,
    "Vehicle.Cabin.Sunroof": 4,
    "Vehicle.Powertrain.FuelSystem": 1,
    "Vehicle.Powertrain.TractionBattery": 22,
    "Vehicle.TripMeterReading": 1,
}
"""Comfort, light in the cabin, charging: what is left of VSS 6 when everything that moves the car, warns, locks,
wipes or shines outside is closed. A new leaf in another place fails the test until somebody has looked at it."""

CLOSED_WORDS = (
    "horn", "wip", "hazard", "brake", "gear", "steering", "beam", "directionindicator", "transmission", "torque",
    "door", "hood", "lights.", "clutch", "cruise", "airbag", "ecall", "sos", "seatbelt", ".mirrors", "rearviewmirror",
)  # fmt: skip


@pytest.fixture(scope="module")
def actuators() -> list[str]:
    """Every actuator of VSS 6 and of our own overlay."""
    if not VSS.exists():
        pytest.skip("the VSS release is not beside this checkout")
    catalogue = load_catalogue(VSS)
    return sorted(path for path in catalogue if catalogue.get(path).entry_type is EntryType.ACTUATOR)


def test_what_is_left_of_the_standard_is_comfort(actuators: list[str]) -> None:
    grantable = [path for path in actuators if never_actuated(path) is None]
    counted: dict[str, int] = {}
    for path in grantable:
        branch = next((one for one in GRANTABLE if path == one or path.startswith(f"{one}.")), path)
        counted[branch] = counted.get(branch, 0) + 1
    assert counted == GRANTABLE
    assert len(actuators) > 600
    assert not [path for path in grantable if any(word in path.lower() for word in CLOSED_WORDS)]


def test_every_leaf_that_moves_stops_or_warns_is_closed(actuators: list[str]) -> None:
    for path in actuators:
        if path.startswith(("Vehicle.ADAS.", "Vehicle.Chassis.", "Vehicle.MotionManagement.", "Vehicle.Body.Lights.")):
            assert never_actuated(path), path


@pytest.mark.parametrize(
    "path",
    [
        "Vehicle.Private.Extra.HornIsActive", "Vehicle.Cabin.SOS.IsPressed", "Vehicle.Telematics.ECall.Trigger",
        "Vehicle.Cabin.EmergencyCall.Start", "Vehicle.Extra.FrontWiper.Speed", "Vehicle.Extra.HazardSwitch",
        "Vehicle.Extra.ParkBrake", "Vehicle.Extra.GearRequest", "Vehicle.Extra.SteeringAngle", "Vehicle.Raw.X200.Y",
        "Vehicle.Extra.SeatBeltPretensioner", "Vehicle.Extra.HeadlightLevel", "Vehicle.Extra.AirbagOff",
    ],
)  # fmt: skip
def test_a_makers_own_branch_is_no_way_round(path: str) -> None:
    assert never_actuated(path)


def test_seats_move_only_while_parked_but_may_always_be_warmed() -> None:
    assert parked_only("Vehicle.Cabin.Seat.Row1.DriverSide.Position")
    assert parked_only("Vehicle.Cabin.Seat.*.*.Backrest.Recline")
    assert parked_only("Vehicle.Cabin.Seat.Row1.DriverSide.**")
    assert not parked_only("Vehicle.Cabin.Seat.*.*.HeatingCooling")
    assert not parked_only("Vehicle.Cabin.Seat.Row1.DriverSide.Backrest.HeatingCooling")
    assert not parked_only("Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature")


def test_places_unnamed_signals_and_whole_branches_are_known() -> None:
    assert tells_location("Vehicle.CurrentLocation.Latitude")
    assert tells_location("Vehicle.Powertrain.TractionBattery.Charging.**")
    assert not tells_location("Vehicle.Powertrain.TractionBattery.Charging.ChargeLimit")
    assert is_unnamed("Vehicle.Raw.X100.S3")
    assert too_wide("Vehicle.Driver.*") == "Vehicle.Driver"
    assert too_wide("Vehicle.Chassis.**") == "Vehicle.Chassis"
    assert too_wide("Vehicle.Chassis.*.*.**") == "Vehicle.Chassis"
    assert too_wide("Vehicle.Chassis.Axle.*.Wheel.*.Tire.Pressure") is None
    assert too_wide("Vehicle.Cabin.HVAC.**") is None


def test_a_pattern_is_resolved_to_leaves_once() -> None:
    catalogue = load_catalogue()
    signals = SignalCatalogue(catalogue.get(path) for path in catalogue)
    leaves = signals.resolve("Vehicle.Cabin.HVAC.**")
    assert leaves
    assert signals.resolve("Vehicle.Cabin.HVAC.**") is leaves
    assert signals.resolve("Vehicle.Cabin.HVAC") == frozenset()
    assert signals.resolve("Vehicle.Speed") == {"Vehicle.Speed"}
    assert signals.actuators("Vehicle.Speed") == frozenset()
