# SPDX-License-Identifier: Apache-2.0
"""The car of the stage, described and invented: values that a sound electric car could have. Nothing here is measured.

Only the stage's pictures and tests show them; every picture of the stage is of this car and of no real one.
"""

from ivi.model.services import DrivingState
from ivi.model.signal import Value
from ivi.services.ux_restrictions.policy import Motion

_BATTERY = "Vehicle.Powertrain.TractionBattery"
_HVAC = "Vehicle.Cabin.HVAC"
_SEAT = "Vehicle.Cabin.Seat"
_DOOR = "Vehicle.Cabin.Door"
_LIGHTS = "Vehicle.Body.Lights"
_WHEELS = {"Row1.Wheel.Left": 248, "Row1.Wheel.Right": 251, "Row2.Wheel.Left": 256, "Row2.Wheel.Right": 254}  # kPa
_DOORS = ("Row1.DriverSide", "Row1.PassengerSide", "Row2.DriverSide", "Row2.PassengerSide")

HERE = 48.7758, 9.1829
"""Latitude and longitude, degrees."""
PARK, NEUTRAL, DRIVE = 126, 0, 127  # VSS SelectedGear

MOTIONS = {
    DrivingState.PARKED: Motion(0.0, PARK, parking_brake=True),
    DrivingState.IDLING: Motion(0.0, DRIVE, parking_brake=False),
    DrivingState.MOVING: Motion(87.0, DRIVE, parking_brake=False),
    DrivingState.UNKNOWN: Motion(None, DRIVE, parking_brake=False),
}
"""How the car moves in each driving state."""

_ENERGY: dict[str, Value] = {
    f"{_BATTERY}.CurrentVoltage": 384.0,
    f"{_BATTERY}.StateOfCharge.Displayed": 64.0,
    f"{_BATTERY}.StateOfCharge.Current": 66.1,
    f"{_BATTERY}.StateOfCharge.CurrentEnergy": 49.4,
    f"{_BATTERY}.StateOfHealth": 96.0,
    f"{_BATTERY}.Range": 268_000,
    f"{_BATTERY}.NetCapacity": 75,
    f"{_BATTERY}.Temperature.Average": 27.0,
    f"{_BATTERY}.Temperature.Max": 28.5,
    f"{_BATTERY}.Temperature.Min": 25.5,
    f"{_BATTERY}.Charging.ChargeLimit": 80,
    f"{_BATTERY}.Charging.IsCharging": False,
    f"{_BATTERY}.Charging.MaxPower": 0.0,
    f"{_BATTERY}.Charging.StartStopCharging": "STOP",
    f"{_BATTERY}.Charging.IsDischarging": False,
    f"{_BATTERY}.Charging.ChargingPort.AnyPosition.IsChargingCableConnected": False,
    f"{_BATTERY}.Charging.ChargingPort.AnyPosition.IsFlapOpen": False,
    f"{_BATTERY}.Charging.ChargingPort.AnyPosition.IsChargingCableLocked": False,
    f"{_BATTERY}.Charging.TimeToComplete": 0,
    "Vehicle.Powertrain.Range": 268_000,
    "Vehicle.Powertrain.AccumulatedBrakingEnergy": 412.0,
    "Vehicle.Powertrain.ElectricMotor.Temperature": 61,
    "Vehicle.Powertrain.ElectricMotor.EngineCoolant.Temperature": 43.0,
    "Vehicle.LowVoltageBattery.CurrentVoltage": 14.1,
    "Vehicle.LowVoltageBattery.CurrentCurrent": 4.2,
    "Vehicle.LowVoltageSystemState": "ON",
}
_CABIN: dict[str, Value] = {
    f"{_HVAC}.AmbientAirTemperature": 21.5,
    f"{_HVAC}.IsAirConditioningActive": True,
    f"{_HVAC}.IsFrontDefrosterActive": False,
    f"{_HVAC}.IsRearDefrosterActive": False,
    f"{_HVAC}.IsRecirculationActive": False,
    f"{_HVAC}.Station.Row1.Driver.Temperature": 21.0,
    f"{_HVAC}.Station.Row1.Driver.FanSpeed": 40,
    f"{_HVAC}.Station.Row1.Driver.AirDistribution": "MIDDLE",
    f"{_HVAC}.Station.Row1.Passenger.Temperature": 22.5,
    f"{_HVAC}.Station.Row1.Passenger.FanSpeed": 40,
    f"{_HVAC}.Station.Row1.Passenger.AirDistribution": "MIDDLE",
    f"{_SEAT}.Row1.DriverSide.HeatingCooling": 66,
    f"{_SEAT}.Row1.DriverSide.IsBelted": True,
    f"{_SEAT}.Row1.DriverSide.OccupancyStatus": "STANDARD_ADULT",
    f"{_SEAT}.Row1.PassengerSide.HeatingCooling": 0,
    f"{_SEAT}.Row1.PassengerSide.IsBelted": False,
    "Vehicle.Chassis.SteeringWheel.HeatingCooling": 0,
    "Vehicle.Cabin.IsWindowChildLockEngaged": True,
    "Vehicle.Cabin.Light.IsDomeOn": False,
    "Vehicle.Cabin.Light.AmbientLight.Row1.DriverSide.IsLightOn": True,
}
_BODY: dict[str, Value] = {
    "Vehicle.Body.Hood.IsOpen": False,
    "Vehicle.Body.Mirrors.DriverSide.IsFolded": False,
    "Vehicle.Body.Mirrors.DriverSide.IsHeatingOn": False,
    "Vehicle.Cabin.Light.AmbientLight.Row1.DriverSide.IsLightOn": True,
    "Vehicle.Cabin.Light.AmbientLight.Row1.DriverSide.Intensity": 40,
    "Vehicle.ADAS.CruiseControl.IsError": False,
    "Vehicle.Body.Trunk.Rear.IsOpen": False,
    "Vehicle.Body.Trunk.Rear.IsLocked": True,
    "Vehicle.Body.Windshield.Front.IsHeatingOn": False,
    "Vehicle.Body.Windshield.Front.WasherFluid.Level": 70,
    "Vehicle.Body.Windshield.Rear.IsHeatingOn": False,
    "Vehicle.Body.Raindetection.Intensity": 0,
    f"{_LIGHTS}.Beam.High.IsOn": False,
    f"{_LIGHTS}.Brake.IsActive": "INACTIVE",
    f"{_LIGHTS}.DirectionIndicator.Left.IsSignaling": False,
    f"{_LIGHTS}.DirectionIndicator.Right.IsSignaling": False,
    f"{_LIGHTS}.Fog.Front.IsOn": False,
    f"{_LIGHTS}.Fog.Rear.IsOn": False,
    f"{_LIGHTS}.Hazard.IsSignaling": False,
    f"{_LIGHTS}.Parking.IsOn": False,
    f"{_LIGHTS}.Running.IsOn": True,
    f"{_LIGHTS}.LightSwitch": "AUTO",
    "Vehicle.Service.DistanceToService": 8_400.0,
    "Vehicle.Service.TimeToService": 9_072_000,
    "Vehicle.Service.IsServiceDue": False,
    "Vehicle.TraveledDistance": 23_418.6,
    "Vehicle.TripMeterReading": 42.7,
    "Vehicle.TripDuration": 2_540.0,
    "Vehicle.AverageSpeed": 60.5,
    "Vehicle.Diagnostics.DTCCount": 0,
    "Vehicle.IsBrokenDown": False,
    "Vehicle.Exterior.AirTemperature": 11.0,
    "Vehicle.Exterior.Humidity": 63.0,
    "Vehicle.CurrentLocation.Latitude": HERE[0],
    "Vehicle.CurrentLocation.Longitude": HERE[1],
    "Vehicle.CurrentLocation.Heading": 74.0,
    "Vehicle.CurrentLocation.HorizontalAccuracy": 3.0,
    "Vehicle.ADAS.ABS.IsError": False,
    "Vehicle.ADAS.ESC.IsError": False,
    "Vehicle.ADAS.EBA.IsError": False,
    "Vehicle.ADAS.CruiseControl.IsEnabled": False,
    "Vehicle.ADAS.CruiseControl.IsActive": False,
    "Vehicle.Chassis.SteeringWheel.Angle": 0,
}


def _each_wheel() -> dict[str, Value]:
    values: dict[str, Value] = {}
    for wheel, pressure in _WHEELS.items():
        tire = f"Vehicle.Chassis.Axle.{wheel}.Tire"
        values |= {f"{tire}.Pressure": pressure, f"{tire}.Temperature": 24.0, f"{tire}.IsPressureLow": False}
    return values


def _each_door() -> dict[str, Value]:
    values: dict[str, Value] = {}
    for place in _DOORS:
        door = f"{_DOOR}.{place}"
        values |= {f"{door}.IsOpen": False, f"{door}.IsLocked": True, f"{door}.Window.Position": 0}
        values |= {f"{door}.Window.IsOpen": False, f"{door}.IsChildLockActive": "Row2" in place}
    return values


def signals(state: DrivingState, *, night: bool) -> dict[str, Value]:
    """Every described signal in a driving state, by day or by night. What is not known is absent."""
    motion = MOTIONS[state]
    power = {DrivingState.MOVING: 14_800.0, DrivingState.UNKNOWN: 14_800.0}.get(state, 600.0)  # W
    values: dict[str, Value] = {**_ENERGY, **_CABIN, **_BODY, **_each_wheel(), **_each_door()}
    values |= {
        f"{_BATTERY}.CurrentPower": power,
        f"{_BATTERY}.CurrentCurrent": round(power / 384.0, 1),
        "Vehicle.IsMoving": state is DrivingState.MOVING,
        "Vehicle.Exterior.LightIntensity": 4.0 if night else 82.0,
        f"{_LIGHTS}.Beam.Low.IsOn": night,
        "Vehicle.Powertrain.Transmission.SelectedGear": motion.gear or NEUTRAL,
        "Vehicle.Powertrain.Transmission.CurrentGear": 1,
        "Vehicle.Chassis.ParkingBrake.IsEngaged": bool(motion.parking_brake),
    }
    if motion.speed is not None:
        values["Vehicle.Speed"] = motion.speed
    return values
