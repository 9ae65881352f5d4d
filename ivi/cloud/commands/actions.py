# SPDX-License-Identifier: Apache-2.0
"""What each command does. Everything that moves goes through the databroker, as a touch on the screen would."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from ivi.cloud.commands.remote import DOOR_LOCKS
from ivi.cloud.commands.table import (
    CHARGE_LIMIT,
    CHARGE_START,
    CHARGE_STOP,
    LOCATE,
    LOCK,
    PRECONDITION,
    REPORT_STATE,
    UNLOCK,
)
from ivi.cloud.commands.vehicle import CHARGE, PLUGGED, VOLTAGE, Vehicle
from ivi.model.errors import NotFoundError, UnavailableError
from ivi.model.protected import LATITUDE, LONGITUDE
from ivi.model.signal import Value

AIR_CONDITIONING = "Vehicle.Cabin.HVAC.IsAirConditioningActive"
TEMPERATURES = (
    "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature",
    "Vehicle.Cabin.HVAC.Station.Row1.Passenger.Temperature",
)
CHARGE_TO = "Vehicle.Powertrain.TractionBattery.Charging.ChargeLimit"
CHARGING = "Vehicle.Powertrain.TractionBattery.Charging.StartStopCharging"
IS_CHARGING = "Vehicle.Powertrain.TractionBattery.Charging.IsCharging"
RANGE = "Vehicle.Powertrain.Range"
ACCURACY = "Vehicle.CurrentLocation.HorizontalAccuracy"

STATE = {
    "charge_percent": CHARGE,
    "low_voltage": VOLTAGE,
    "plugged": PLUGGED,
    "charging": IS_CHARGING,
    "charge_limit": CHARGE_TO,
    "range_m": RANGE,
    "climate": AIR_CONDITIONING,
    "temperature": TEMPERATURES[0],
}
"""What `report_state` tells, by name; no place, and nobody in the cabin."""

type Result = dict[str, Any]
type TellPosition = Callable[[bytes, str, Result], None]
"""Hands a position to the consent gate: the command's id, the issuer's role, the position.

Raises PermissionDeniedError.
"""


class Actions:
    """Does commands. Errors say how it went: see `Commands`."""

    def __init__(self, vehicle: Vehicle, tell_position: TellPosition) -> None:
        self._vehicle = vehicle
        self._tell_position = tell_position
        self._locks: list[str] | None = None
        self._actions: dict[str, Callable[[Mapping[str, Any]], Awaitable[Result]]] = {
            PRECONDITION: self._precondition,
            LOCK: lambda _args: self._lock(True),
            UNLOCK: lambda _args: self._lock(False),
            CHARGE_LIMIT: lambda args: self._set({CHARGE_TO: args["percent"]}),
            CHARGE_START: self._charge_start,
            CHARGE_STOP: lambda _args: self._set({CHARGING: "STOP"}),
            REPORT_STATE: lambda _args: self._report(),
        }

    async def do(self, name: str, args: Mapping[str, Any], *, id_: bytes, role: str) -> Result:
        """Do it, and return what the issuer is told."""
        if name == LOCATE:
            return await self._locate(id_, role)
        return await self._actions[name](args)

    async def _set(self, values: Mapping[str, Value]) -> Result:
        await self._vehicle.actuate(values)
        return {}

    async def _precondition(self, args: Mapping[str, Any]) -> Result:
        on: bool = args.get("on", True)
        values: dict[str, Value] = {}
        if on and "temperature" in args:
            values = dict.fromkeys(TEMPERATURES, float(args["temperature"]))
        return await self._set({**values, AIR_CONDITIONING: on})

    async def _lock(self, locked: bool) -> Result:
        doors = await self._vehicle.actuators(DOOR_LOCKS)
        if not doors:
            raise NotFoundError("this car has no door locks that can be set")
        await self._vehicle.actuate(dict.fromkeys(doors, locked))
        return {"doors": len(doors)}

    async def _charge_start(self, _args: Mapping[str, Any]) -> Result:
        if (await self._vehicle.read([PLUGGED])).get(PLUGGED) is False:
            raise UnavailableError("the charging cable is not in")
        return await self._set({CHARGING: "START"})

    async def _report(self) -> Result:
        if self._locks is None:
            self._locks = await self._vehicle.actuators(DOOR_LOCKS)
        values = await self._vehicle.read([*STATE.values(), *self._locks])
        result: Result = {name: values[path] for name, path in STATE.items() if path in values}
        if known := [values[path] is True for path in self._locks if path in values]:
            result["locked"] = all(known)
        return result | {"driving": self._vehicle.driving.value}

    async def _locate(self, id_: bytes, role: str) -> Result:
        values = await self._vehicle.read((LATITUDE, LONGITUDE, ACCURACY))
        if LATITUDE not in values or LONGITUDE not in values:
            raise UnavailableError("the position is not known")
        position = {"latitude": values[LATITUDE], "longitude": values[LONGITUDE]}
        if ACCURACY in values:
            position["accuracy_m"] = values[ACCURACY]
        self._tell_position(id_, role, position)
        return {"position": "sent"}
