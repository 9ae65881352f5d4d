# SPDX-License-Identifier: Apache-2.0
"""The car as commands and the twin see it: the driving state, values, and actuation, each over the link."""

import asyncio
import math
from collections.abc import Callable, Iterable, Mapping

from ivi.cloud.commands.guards import Conditions
from ivi.cloud.commands.remote import never_remote
from ivi.daemon.link_client import LinkClient
from ivi.model.databroker import BatchActuate, GetValues, ListMetadata, MetadataList, Values
from ivi.model.errors import NotFoundError, PermissionDeniedError
from ivi.model.services import DrivingState, SubscribeUxRestrictions, UxRestrictions
from ivi.model.signal import Datapoint, EntryType, Value

ACT_LIMIT = 5.0  # seconds that the car may take to confirm
READ_LIMIT = 2.0  # seconds
PERSISTED = "persisted"  # source of values that nobody has confirmed since the databroker started

CHARGE = "Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed"
VOLTAGE = "Vehicle.LowVoltageBattery.CurrentVoltage"
PLUGGED = "Vehicle.Powertrain.TractionBattery.Charging.ChargingPort.AnyPosition.IsChargingCableConnected"

_UNKNOWN = UxRestrictions(DrivingState.UNKNOWN, [], "the driving state is not known")


class Vehicle:
    """Nothing is known before `start`, and nothing of the driving state while the services process is away."""

    def __init__(self, databroker: LinkClient, services: LinkClient) -> None:
        """Both are closed by whoever made them."""
        self._databroker = databroker
        self._services = services
        self._ux = _UNKNOWN
        self._task: asyncio.Task[None] | None = None
        self._watchers: list[Callable[[], None]] = []
        self._users = 0

    @property
    def databroker(self) -> LinkClient:
        """Where values are."""
        return self._databroker

    def start(self) -> None:
        """Begin to follow the driving state; several users may each start and stop it."""
        self._users += 1
        if self._task is None:
            follow = self._services.follow(SubscribeUxRestrictions(), self._take, self._connected)
            self._task = asyncio.get_running_loop().create_task(follow)

    async def stop(self) -> None:
        """Stop following when the last user does."""
        self._users -= 1
        if self._users <= 0 and self._task is not None:
            task, self._task = self._task, None
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def on_driving(self, heard: Callable[[], None]) -> None:
        """Call this whenever the driving state changes."""
        self._watchers.append(heard)

    @property
    def driving(self) -> DrivingState:
        """The driving state."""
        return self._ux.state

    def _connected(self, connected: bool, _reason: str) -> None:
        if not connected:
            self._take(_UNKNOWN)

    def _take(self, ux: UxRestrictions) -> None:
        changed = ux.state is not self._ux.state
        self._ux = ux
        if changed:
            for heard in self._watchers:
                heard()

    async def conditions(self) -> Conditions:
        """What the guards look at. Raises UnavailableError when the databroker is away."""
        values = await self.read((CHARGE, VOLTAGE, PLUGGED))
        plugged = values.get(PLUGGED)
        return Conditions(
            self._ux.state,
            self._ux.reason,
            _number(values.get(CHARGE)),
            _number(values.get(VOLTAGE)),
            plugged if isinstance(plugged, bool) else None,
        )

    async def read(self, paths: Iterable[str]) -> dict[str, Value]:
        """Present values, without those that are not known, and without paths that this car does not have."""
        wanted = list(paths)
        try:
            answer: Values = await self._databroker.call(GetValues(wanted), READ_LIMIT)
        except NotFoundError:
            if len(wanted) == 1:
                return {}
            found: dict[str, Value] = {}
            for path in wanted:  # a car that lacks one of them
                found |= await self.read([path])
            return found
        return {path: value for path, point in answer.entries.items() if (value := _known(point)) is not None}

    async def actuators(self, pattern: str) -> list[str]:
        """Paths of actuators that match. Raises UnavailableError."""
        found: MetadataList = await self._databroker.call(ListMetadata(pattern), READ_LIMIT)
        return [entry.path for entry in found.entries if entry.entry_type is EntryType.ACTUATOR]

    async def actuate(self, values: Mapping[str, Value]) -> None:
        """Ask the car, and wait until it confirms.

        Raises PermissionDeniedError for what is never changed from outside, DeadlineError when the car was asked and
        did not confirm, or what the databroker says.
        """
        for path in values:
            if (why := never_remote(path)) is not None:
                raise PermissionDeniedError(why)
        await self._databroker.call(BatchActuate(dict(values)), ACT_LIMIT)


def _known(point: Datapoint) -> Value | None:
    return None if point.source == PERSISTED else point.value


def _number(value: Value | None) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    return None
