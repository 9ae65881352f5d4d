# SPDX-License-Identifier: Apache-2.0
"""The car as the dialogue sees it: read a signal, make a value true, by the same requests as a finger on the screen."""

from typing import cast

from ivi.daemon.link_client import LinkClient
from ivi.model.databroker import Actuate, BatchActuate, GetValues, Values
from ivi.model.signal import Value

READ_TIMEOUT = 1.0  # seconds
ACT_TIMEOUT = 4.0  # seconds; the broker itself answers sooner, when the car has reported the value or did not

DRIVER_TEMPERATURE = "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature"
PASSENGER_TEMPERATURE = "Vehicle.Cabin.HVAC.Station.Row1.Passenger.Temperature"
FAN_SPEED = "Vehicle.Cabin.HVAC.Station.Row1.Driver.FanSpeed"
AIR_CONDITIONING = "Vehicle.Cabin.HVAC.IsAirConditioningActive"
FRONT_DEFROST = "Vehicle.Cabin.HVAC.IsFrontDefrosterActive"
REAR_DEFROST = "Vehicle.Cabin.HVAC.IsRearDefrosterActive"
CABIN_TEMPERATURE = "Vehicle.Cabin.HVAC.AmbientAirTemperature"
OUTSIDE_TEMPERATURE = "Vehicle.Exterior.AirTemperature"
STATE_OF_CHARGE = "Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed"
RANGE = "Vehicle.Powertrain.Range"
SPEED = "Vehicle.Speed"


class Car:
    """Vehicle signals through the databroker."""

    def __init__(self, databroker: LinkClient) -> None:
        self._databroker = databroker

    async def number(self, path: str) -> float | None:
        """The present value of a numeric signal; None while the car does not report it. Raises IviError."""
        answer: Values = await self._databroker.call(GetValues([path]), timeout=READ_TIMEOUT)
        datapoint = answer.entries.get(path)
        if datapoint is None or not isinstance(datapoint.value, int | float):
            return None
        return float(datapoint.value)

    async def make(self, values: dict[str, bool | int | float]) -> None:
        """Ask for these values; returns when the car has reported all of them back. Raises IviError when it did not."""
        if len(values) == 1:
            [(path, value)] = values.items()
            await self._databroker.call(Actuate(path, value), timeout=ACT_TIMEOUT)
        else:
            await self._databroker.call(BatchActuate(cast("dict[str, Value]", values)), timeout=ACT_TIMEOUT)
