# SPDX-License-Identifier: Apache-2.0
"""What each signal of the whole standard is called when a campaign asks for it."""

import re
from pathlib import Path

import pytest

from ivi.cloud.campaigns.campaign import parse_campaign
from ivi.cloud.campaigns.categories import category_of
from ivi.cloud.campaigns.plan import check
from ivi.cloud.channels import OpenGate
from ivi.fleet.serve.campaigns import EXAMPLE
from ivi.model.protected import tells_location
from ivi.vss.loader import load_catalogue

MOVES = re.compile(
    r"Speed|Gear|Moving|Distance|Torque|Power(?!train)|Angle|Angular|Pedal|Range|Consum|Accelerat|Engage|Switch|IsOpen|IsOn"
    r"|Current$|Trip|Rotation|MotionManagement|Charging\.Is|StateOfCharge|Hours|Time(?!ToService)|Cabin|Driver|Occupant"
)
HEALTH = "Vehicle.ControlUnit."  # the power and the load of computers


def test_every_place_of_vss_6_is_called_location(shared_data: Path) -> None:
    catalogue = load_catalogue(shared_data / "vss" / "vss_release_6.0.json")
    places = [path for path in catalogue if tells_location(path)]
    assert len(places) == 16
    assert {category_of(path) for path in places} == {"location"}


def test_nothing_of_vss_6_that_moves_with_the_wheels_is_technical(shared_data: Path) -> None:
    """Nor what people in the car do."""
    catalogue = load_catalogue(shared_data / "vss" / "vss_release_6.0.json")
    technical = [path for path in catalogue if category_of(path) == "technical"]
    assert not [path for path in technical if MOVES.search(path) and not path.startswith(HEALTH)]
    assert 100 < len(technical) < 300  # a list that let everything through, or nothing, would be none


@pytest.mark.parametrize(
    ("path", "category"),
    [
        ("Vehicle.Chassis.Axle.Row1.Wheel.Left.Speed", "driving"),
        ("Vehicle.Chassis.Axle.Row1.Wheel.Left.AngularSpeed", "driving"),
        ("Vehicle.Powertrain.ElectricMotor.Speed", "driving"),
        ("Vehicle.Powertrain.CombustionEngine.Speed", "driving"),
        ("Vehicle.Powertrain.Transmission.CurrentGear", "driving"),
        ("Vehicle.Powertrain.TractionBattery.CurrentCurrent", "driving"),
        ("Vehicle.Service.DistanceToService", "driving"),
        ("Vehicle.ADAS.CruiseControl.SpeedSet", "driving"),
        ("Vehicle.IsMoving", "driving"),
        ("Vehicle.TraveledDistance", "driving"),
        ("Vehicle.Maker.Own", "driving"),
        ("Vehicle.Cabin.Infotainment.Media.Played.Track", "cabin"),
        ("Vehicle.Cabin.Door.Row1.DriverSide.IsOpen", "cabin"),
        ("Vehicle.Cabin.Infotainment.Navigation.DestinationSet.Latitude", "location"),
        ("Vehicle.Powertrain.TractionBattery.Charging.Location.Latitude", "location"),
        ("Vehicle.Powertrain.TractionBattery.Charging.EvseId", "location"),
        ("Vehicle.Driver.Identifier.Subject", "identity"),
        ("Vehicle.Occupant.Row1.DriverSide.Identifier.Subject", "identity"),
        ("Vehicle.VehicleIdentification.VIN", "identity"),
        ("Vehicle.Powertrain.TractionBattery.StateOfHealth", "technical"),
        ("Vehicle.LowVoltageBattery.CurrentVoltage", "technical"),
        ("Vehicle.Chassis.Axle.Row1.Wheel.Left.Tire.Pressure", "technical"),
        ("Vehicle.Diagnostics.DTCList", "technical"),
    ],
)
def test_a_signal_is_called_what_it_tells(path: str, category: str) -> None:
    assert category_of(path) == category


def test_the_operators_first_campaign_may_be_done() -> None:
    for asked in EXAMPLE["campaigns"]:
        assert check(parse_campaign(asked), load_catalogue(), OpenGate()).paths
