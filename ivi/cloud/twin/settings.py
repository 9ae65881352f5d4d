# SPDX-License-Identifier: Apache-2.0
"""Settings that the twin knows: values that stay, never things to do.

`charging.limit` may be desired; to charge, to lock, to locate are commands and are signed one by one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ivi.cloud.commands.table import Argument, Kind, Motion
from ivi.model.errors import InvalidArgumentError


@dataclass(frozen=True, slots=True)
class Setting:
    """One leaf of the document."""

    path: str
    """VSS path of the actuator."""
    argument: Argument
    """What values it takes."""
    motion: Motion = Motion.ANY


def _percent(text: str, minimum: float = 0) -> Argument:
    return Argument("value", Kind.INTEGER, text, minimum=minimum, maximum=100)


_CELSIUS = Argument("value", Kind.NUMBER, "Celsius", minimum=16, maximum=28)
_FLAG = Argument("value", Kind.FLAG, "on or off")

SETTINGS: dict[str, Setting] = {
    "charging.limit": Setting(
        "Vehicle.Powertrain.TractionBattery.Charging.ChargeLimit", _percent("charge no further", 50)
    ),
    "climate.driver": Setting("Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature", _CELSIUS, Motion.PARKED),
    "climate.passenger": Setting("Vehicle.Cabin.HVAC.Station.Row1.Passenger.Temperature", _CELSIUS, Motion.PARKED),
    "climate.recirculation": Setting("Vehicle.Cabin.HVAC.IsRecirculationActive", _FLAG, Motion.PARKED),
    "cabin.ambient_light": Setting(
        "Vehicle.Cabin.Light.AmbientLight.Row1.DriverSide.Intensity", _percent("brightness"), Motion.PARKED
    ),
}
"""By dotted name; in documents `charging.limit` is {"charging": {"limit": ...}}."""


def flatten(document: Mapping[Any, Any], prefix: str = "") -> dict[str, Any]:
    """Leaves by dotted name; an empty map has none. Raises InvalidArgumentError for keys that are no texts."""
    leaves: dict[str, Any] = {}
    for key, value in document.items():
        if not isinstance(key, str) or not key or "." in key:
            raise InvalidArgumentError("the document has a key that is no plain text")
        if isinstance(value, Mapping):
            leaves |= flatten(value, f"{prefix}{key}.")
        else:
            leaves[prefix + key] = value
    return leaves


def nest(leaves: Mapping[str, Any]) -> dict[str, Any]:
    """The document of leaves by dotted name."""
    document: dict[str, Any] = {}
    for name, value in leaves.items():
        *branches, last = name.split(".")
        node = document
        for branch in branches:
            node = node.setdefault(branch, {})
        node[last] = value
    return document


def check(name: str, value: object) -> Setting:
    """The setting with this name. Raises InvalidArgumentError when there is none, or it does not take the value."""
    setting = SETTINGS.get(name)
    if setting is None:
        raise InvalidArgumentError(f"`{name[:60]}` is no setting of this car")
    setting.argument.check(value)
    return setting
