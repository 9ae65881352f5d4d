# SPDX-License-Identifier: Apache-2.0
"""The car as the dialogue sees it: read a signal, make a value true, by the same requests as a finger on the screen."""

from collections.abc import Iterable
from typing import cast

from ivi.daemon.link_client import LinkClient
from ivi.model.databroker import Actuate, BatchActuate, GetValues, Values
from ivi.model.errors import NotFoundError
from ivi.model.signal import Scalar, Value
from ivi.voice.dialogue.outcome import Undo

READ_TIMEOUT = 1.0  # seconds
ACT_TIMEOUT = 4.0  # seconds; the broker itself answers sooner, when the car has reported the value or did not

_HVAC = "Vehicle.Cabin.HVAC"
DRIVER_TEMPERATURE = f"{_HVAC}.Station.Row1.Driver.Temperature"
PASSENGER_TEMPERATURE = f"{_HVAC}.Station.Row1.Passenger.Temperature"
FAN_SPEED = f"{_HVAC}.Station.Row1.Driver.FanSpeed"
PASSENGER_FAN_SPEED = f"{_HVAC}.Station.Row1.Passenger.FanSpeed"
AIR_CONDITIONING = f"{_HVAC}.IsAirConditioningActive"
FRONT_DEFROST = f"{_HVAC}.IsFrontDefrosterActive"
REAR_DEFROST = f"{_HVAC}.IsRearDefrosterActive"
CABIN_TEMPERATURE = f"{_HVAC}.AmbientAirTemperature"
OUTSIDE_TEMPERATURE = "Vehicle.Exterior.AirTemperature"
STATE_OF_CHARGE = "Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed"
RANGE = "Vehicle.Powertrain.Range"
SPEED = "Vehicle.Speed"


class Car:
    """Vehicle signals through the databroker."""

    def __init__(self, databroker: LinkClient) -> None:
        self._databroker = databroker

    async def read(self, paths: Iterable[str]) -> dict[str, Value | None]:
        """The present values; None for what the car does not report; a path that it lacks is left out.

        Raises IviError.
        """
        found: dict[str, Value | None] = {}
        wanted = list(paths)
        try:
            answer: Values = await self._databroker.call(GetValues(wanted), timeout=READ_TIMEOUT)
        except NotFoundError:
            if len(wanted) == 1:
                return {}
            for path in wanted:  # one of them is unknown: ask each alone
                found |= await self.read([path])
            return found
        return {path: answer.entries[path].value if path in answer.entries else None for path in wanted}

    async def value(self, path: str) -> Value | None:
        """The present value of a signal; None while the car does not report it, or has no such signal."""
        return (await self.read([path])).get(path)

    async def number(self, path: str) -> float | None:
        """The present value of a numeric signal; None while the car does not report it. Raises IviError."""
        value = await self.value(path)
        return float(value) if isinstance(value, int | float) else None

    async def text(self, path: str) -> str:
        """The present value of a text signal; empty while the car does not report it."""
        value = await self.value(path)
        return value if isinstance(value, str) else ""

    async def is_on(self, path: str) -> bool | None:
        """A switch; None while the car does not report it."""
        value = await self.value(path)
        return bool(value) if isinstance(value, bool | int | float) else None

    async def make(self, values: dict[str, Scalar], *, confirm: bool = True) -> Undo:
        """Ask for these values; returns when the car has reported all of them back, and how to have them as before.

        `confirm` false: returns when it was accepted, for what takes long to move. Raises IviError when it did not.
        """
        present = await self.read(values)
        before: dict[str, Scalar] = {
            path: value for path, value in present.items() if isinstance(value, bool | int | float | str)
        }
        await self._ask(values, confirm=confirm)

        async def undo() -> None:
            if not before:
                raise NotFoundError("the car did not report how it was before")
            await self._ask(before, confirm=confirm)

        return undo

    async def _ask(self, values: dict[str, Scalar], *, confirm: bool) -> None:
        if len(values) == 1:
            [(path, value)] = values.items()
            await self._databroker.call(Actuate(path, value, confirm), timeout=ACT_TIMEOUT)
        else:
            batch = BatchActuate(cast("dict[str, Value]", values), confirm)
            await self._databroker.call(batch, timeout=ACT_TIMEOUT)
