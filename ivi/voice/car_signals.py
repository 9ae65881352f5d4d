# SPDX-License-Identifier: Apache-2.0
"""What the ear wants to know of the car: its speed, for the volume, and the keys of the steering wheel."""

import asyncio
from collections.abc import Callable

from ivi.daemon.link_client import LinkClient
from ivi.model.databroker import Deadband, Subscribe, ValuesUpdate

SPEED = "Vehicle.Speed"
KEYS = ("Vehicle.Chassis.SteeringWheel.Keys.Left", "Vehicle.Chassis.SteeringWheel.Keys.Right")
"""What is pressed on each side now, by the names of the bus; ours, VSS has no such keys."""
VOICE_KEY = "VOICE"
SPEED_DEADBAND = 2.0  # km/h


class CarSignals:
    """Follows them for as long as the databroker has them; a car without such keys has none."""

    def __init__(
        self, databroker: LinkClient, speed: Callable[[float | None], None], pressed: Callable[[], None]
    ) -> None:
        """`pressed` is called when the voice key goes down; `speed` gets km/h, or None when it is not known."""
        self._databroker = databroker
        self._speed = speed
        self._pressed = pressed
        self._held: dict[str, bool] = {}

    async def follow(self) -> None:
        """Follow them until cancelled."""
        client = self._databroker
        band = Deadband(absolute=SPEED_DEADBAND)
        async with asyncio.TaskGroup() as group:
            group.create_task(
                client.follow(Subscribe([SPEED], 2.0, deadband=band), self._take_speed, self._speed_state)
            )
            group.create_task(client.follow(Subscribe(list(KEYS), queue=16), self._take_keys, self._keys_state))

    def _take_speed(self, update: ValuesUpdate) -> None:
        for datapoint in update.entries.values():
            known = isinstance(datapoint.value, int | float)
            self._speed(float(datapoint.value) if known else None)  # type: ignore[arg-type]  # as `known` says

    def _speed_state(self, connected: bool, _reason: str) -> None:
        if not connected:
            self._speed(None)

    def _take_keys(self, update: ValuesUpdate) -> None:
        for path, datapoint in update.entries.items():
            held = datapoint.value == VOICE_KEY
            # The first value is what was held before we looked, which is no press.
            if held and self._held.get(path) is False:
                self._pressed()
            self._held[path] = held

    def _keys_state(self, connected: bool, _reason: str) -> None:
        if not connected:
            self._held.clear()
