# SPDX-License-Identifier: Apache-2.0
"""What is known of a signal that decided something, as the driver reads it."""

from PySide6.QtCore import QCoreApplication

from ivi.hmi import display
from ivi.hmi.catalogues import later
from ivi.hmi.models.why import Evidence
from ivi.model.signal import Datapoint, Value
from ivi.services.ux_restrictions.policy import GEAR, PARKING_BRAKE, SPEED

translate = QCoreApplication.translate
_AXLES, _LOW = "Vehicle.Chassis.Axle.", ".Tire.IsPressureLow"
_TYRES = {
    "Row1.Wheel.Left": later("Why", "Front left: low"),
    "Row1.Wheel.Right": later("Why", "Front right: low"),
    "Row2.Wheel.Left": later("Why", "Rear left: low"),
    "Row2.Wheel.Right": later("Why", "Rear right: low"),
}

_BATTERY = "Vehicle.Powertrain.TractionBattery."
_NAMES = {
    f"{_BATTERY}CurrentPower": (later("Why", "Power of the battery"), "kW", 1000),
    f"{_BATTERY}StateOfCharge.CurrentEnergy": (later("Why", "Energy left"), "kWh", 1),
    f"{_BATTERY}StateOfCharge.Displayed": (later("Why", "Charge"), "%", 1),
    f"{_BATTERY}Charging.IsCharging": (later("Why", "Charging"), "", 1),
    f"{_BATTERY}Charging.ChargingPort.AnyPosition.IsChargingCableConnected": (later("Why", "Cable at the port"), "", 1),
    "Vehicle.Cabin.HVAC.AmbientAirTemperature": (later("Why", "Cabin"), "°C", 1),
}
"""What the driver calls a signal, its unit as shown, and what its value is divided by."""


def evidence(path: str, point: Datapoint | None, age: float) -> Evidence:
    """One row of the explanation. `age`: seconds since the signal's source was heard last."""
    value = point.value if point is not None else None
    heard = display.age(age) if point is not None else translate("Why", "not heard")
    return Evidence(path, _name(path), _shown(path, value), heard)


def _name(path: str) -> str:
    match path:
        case _ if path == SPEED:
            return translate("Why", "Speed")
        case _ if path == GEAR:
            return translate("Why", "Selector")
        case _ if path == PARKING_BRAKE:
            return translate("Why", "Parking brake")
        case _ if path.endswith(_LOW):
            return translate("Why", _TYRES.get(path.removeprefix(_AXLES).removesuffix(_LOW), path))
        case _ if path in _NAMES:
            return translate("Why", _NAMES[path][0])
        case _:
            return path.rpartition(".")[2]


def _shown(path: str, value: Value | None) -> str:
    if value is None:
        return display.UNKNOWN
    if path == GEAR:
        gear = display.gear(value)
        return gear.text if gear else display.UNKNOWN
    if path == SPEED:
        return f"{display.plain(value)} km/h"
    if isinstance(value, bool):
        return _truth(path, yes=value)
    if path in _NAMES and isinstance(value, int | float):
        _, unit, part = _NAMES[path]
        return f"{display.plain(round(value / part, 1))} {unit}"
    return display.plain(value)


def _truth(path: str, *, yes: bool) -> str:
    if path.endswith(_LOW):
        return translate("Why", "Yes") if yes else translate("Why", "No")
    return translate("Why", "On") if yes else translate("Why", "Off")
