# SPDX-License-Identifier: Apache-2.0
"""What each signal tells, in the categories that people are asked about.

Technical is a closed list: what tells how the car's parts do and nothing of a drive. A signal that no list here names,
such as one of a car maker's own overlay, counts as `driving`: it may move with the wheels.
"""

from functools import lru_cache

from ivi.model.protected import tells_location
from ivi.vss import patterns

TECHNICAL, DRIVING, LOCATION, CABIN, IDENTITY = "technical", "driving", "location", "cabin", "identity"

_BATTERY = "Vehicle.Powertrain.TractionBattery"
_NAMED = {
    LOCATION: (
        "Vehicle.Cabin.Infotainment.Navigation.**",
        f"{_BATTERY}.Charging.EvseId",  # a charging station stands somewhere
    ),
    IDENTITY: (
        "Vehicle.ControlUnit.*.ID",
        "Vehicle.Driver.Identifier.**",
        "Vehicle.Occupant.*.*.Identifier.**",
        f"{_BATTERY}.Id",
        "Vehicle.VehicleIdentification.**",
    ),
    CABIN: (
        "Vehicle.Body.Mirrors.**",
        "Vehicle.Body.Trunk.**",
        "Vehicle.Cabin.**",
        "Vehicle.Driver.**",
        "Vehicle.Occupant.**",
    ),
    TECHNICAL: (
        "Vehicle.ADAS.*.IsError",
        "Vehicle.ADAS.ObstacleDetection.*.*.IsError",
        "Vehicle.Body.Lights.*.IsDefect",
        "Vehicle.Body.Lights.*.*.IsDefect",
        "Vehicle.Body.Windshield.*.WasherFluid.IsLevelLow",
        "Vehicle.Body.Windshield.*.WasherFluid.Level",
        "Vehicle.Body.Windshield.*.Wiping.IsWipersWorn",
        "Vehicle.Body.Windshield.*.Wiping.WiperWear",
        "Vehicle.Chassis.Axle.*.Wheel.*.Brake.FluidLevel",
        "Vehicle.Chassis.Axle.*.Wheel.*.Brake.IsBrakesWorn",
        "Vehicle.Chassis.Axle.*.Wheel.*.Brake.IsFluidLevelLow",
        "Vehicle.Chassis.Axle.*.Wheel.*.Brake.PadWear",
        "Vehicle.Chassis.Axle.*.Wheel.*.Tire.AirTemperature",
        "Vehicle.Chassis.Axle.*.Wheel.*.Tire.IsPressureLow",
        "Vehicle.Chassis.Axle.*.Wheel.*.Tire.Pressure",
        "Vehicle.Chassis.Axle.*.Wheel.*.Tire.RubberTemperature",
        "Vehicle.Chassis.Axle.*.Wheel.*.Tire.Temperature",
        "Vehicle.ControlUnit.*.Health.**",
        "Vehicle.Diagnostics.DTCCount",
        "Vehicle.Diagnostics.DTCList",
        "Vehicle.LowVoltageBattery.CurrentVoltage",
        "Vehicle.LowVoltageBattery.NominalCapacity",
        "Vehicle.LowVoltageBattery.NominalVoltage",
        "Vehicle.Powertrain.CombustionEngine.DieselExhaustFluid.IsLevelLow",
        "Vehicle.Powertrain.CombustionEngine.DieselExhaustFluid.Level",
        "Vehicle.Powertrain.CombustionEngine.DieselParticulateFilter.InletTemperature",
        "Vehicle.Powertrain.CombustionEngine.DieselParticulateFilter.OutletTemperature",
        "Vehicle.Powertrain.CombustionEngine.EngineCoolant.*",
        "Vehicle.Powertrain.CombustionEngine.EngineOil.*",
        "Vehicle.Powertrain.ElectricMotor.EngineCoolant.*",
        "Vehicle.Powertrain.ElectricMotor.Temperature",
        f"{_BATTERY}.CellVoltage.*",
        f"{_BATTERY}.Charging.Temperature",
        f"{_BATTERY}.CurrentVoltage",
        f"{_BATTERY}.DCDC.Temperature",
        f"{_BATTERY}.ErrorCodes",
        f"{_BATTERY}.GrossCapacity",
        f"{_BATTERY}.MaxVoltage",
        f"{_BATTERY}.NetCapacity",
        f"{_BATTERY}.NominalVoltage",
        f"{_BATTERY}.StateOfHealth",
        f"{_BATTERY}.Temperature.*",
        "Vehicle.Powertrain.Transmission.ClutchWear",
        "Vehicle.Powertrain.Transmission.Temperature",
        "Vehicle.Service.IsServiceDue",
        "Vehicle.Service.TimeToService",  # the distance to it counts down with the wheels
        "Vehicle.VersionVSS.*",
    ),
}
"""Looked at in this order: whatever tells a place tells it in the cabin, too."""
_TELLS_TOO = {DRIVING: (DRIVING, LOCATION)}
"""Whoever may know where a car is knows how fast it goes."""


@lru_cache(maxsize=4096)
def category_of(path: str) -> str:
    """The category of a leaf: what a campaign that asks for it has to be called."""
    if tells_location(path):
        return LOCATION
    for category, named in _NAMED.items():
        if any(patterns.matches(pattern, path) for pattern in named):
            return category
    return DRIVING


def may_ask(category: str, path: str) -> bool:
    """Whether a campaign that is called so may have this leaf. What is technical goes with everything."""
    told = category_of(path)
    return told == TECHNICAL or category in _TELLS_TOO.get(told, (told,))
