# SPDX-License-Identifier: Apache-2.0
"""The car as commands and the twin see it: the driving state, values, and actuation, each over the link."""

import asyncio
import logging
import math
from collections.abc import Callable, Iterable, Mapping

from ivi.cloud.commands.guards import Conditions
from ivi.cloud.commands.remote import never_remote
from ivi.daemon.link_client import LinkClient
from ivi.model.databroker import BatchActuate, GetValues, ListMetadata, MetadataList, Subscribe, Values, ValuesUpdate
from ivi.model.errors import IviError, NotFoundError, PermissionDeniedError
from ivi.model.services import DrivingState, SubscribeUxRestrictions, UxRestrictions
from ivi.model.signal import Datapoint, EntryType, Metadata, Value

log = logging.getLogger(__name__)

ACT_LIMIT = 5.0  # seconds that the car may take to confirm
READ_LIMIT = 2.0  # seconds
SETTLE = 5.0  # seconds after the start within which everything should be known
RETRY = 1.0  # seconds until a databroker that is away is asked again
PERSISTED = "persisted"  # source of values that nobody has confirmed since the databroker started

CHARGE = "Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed"
VOLTAGE = "Vehicle.LowVoltageBattery.CurrentVoltage"
PLUGGED = "Vehicle.Powertrain.TractionBattery.Charging.ChargingPort.AnyPosition.IsChargingCableConnected"

_UNKNOWN = UxRestrictions(DrivingState.UNKNOWN, [], "the driving state is not known")
_GUARDED = (CHARGE, VOLTAGE, PLUGGED)


class Vehicle:
    """Nothing is known before `start`, and nothing while the process that knows it is away."""

    def __init__(self, databroker: LinkClient, services: LinkClient) -> None:
        """Both are closed by whoever made them."""
        self._databroker = databroker
        self._services = services
        self._ux = _UNKNOWN
        self._values: dict[str, Value] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._watchers: list[Callable[[], None]] = []
        self._users = 0
        self._to_hear = {"driving", "values"}
        self._settled = asyncio.Event()

    @property
    def databroker(self) -> LinkClient:
        """Where values are."""
        return self._databroker

    def start(self) -> None:
        """Begin to follow; several users may each start and stop it."""
        self._users += 1
        if self._tasks:
            return
        loop = asyncio.get_running_loop()
        driving = self._services.follow(SubscribeUxRestrictions(), self._drives, self._services_state)
        self._tasks = [loop.create_task(driving), loop.create_task(self._follow_values())]
        loop.call_later(SETTLE, self._settled.set)

    async def stop(self) -> None:
        """Stop following when the last user does."""
        self._users -= 1
        if self._users <= 0:
            tasks, self._tasks = self._tasks, []
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    # -- what is known ------------------------------------------------------------------------------------------------
    @property
    def settled(self) -> bool:
        """Whether everything was heard at least once, or there was time enough for it."""
        return self._settled.is_set()

    async def settle(self) -> None:
        """Wait for that: right after a start nothing is known, and a command that waited would be rejected for it."""
        await self._settled.wait()

    def on_driving(self, heard: Callable[[], None]) -> None:
        """Call this whenever the driving state changes."""
        self._watchers.append(heard)

    @property
    def driving(self) -> DrivingState:
        """The driving state."""
        return self._ux.state

    @property
    def conditions(self) -> Conditions:
        """What the guards look at."""
        plugged = self._values.get(PLUGGED)
        return Conditions(
            self._ux.state,
            self._ux.reason,
            _number(self._values.get(CHARGE)),
            _number(self._values.get(VOLTAGE)),
            plugged if isinstance(plugged, bool) else None,
        )

    def _heard(self, what: str) -> None:
        self._to_hear.discard(what)
        if not self._to_hear:
            self._settled.set()

    def _services_state(self, connected: bool, _reason: str) -> None:
        if not connected:
            self._take(_UNKNOWN)

    def _drives(self, ux: UxRestrictions) -> None:
        self._take(ux)
        if ux.state is not DrivingState.UNKNOWN:
            self._heard("driving")

    def _take(self, ux: UxRestrictions) -> None:
        changed = ux.state is not self._ux.state
        self._ux = ux
        if changed:
            for heard in self._watchers:
                heard()

    async def _follow_values(self) -> None:
        paths: list[str] = []
        while not paths:
            try:
                paths = [entry.path for path in _GUARDED for entry in await self._list(path)]
            except IviError as error:
                log.info("the car's values are not there yet", extra={"why": error.message})
                await asyncio.sleep(RETRY)
            else:
                if not paths:
                    self._heard("values")
                    return  # a car without batteries that could be known
        await self._databroker.follow(Subscribe(paths, max_hz=2.0), self._update, self._databroker_state)

    def _update(self, update: ValuesUpdate) -> None:
        for path, point in update.entries.items():
            if (value := _known(point)) is None:
                self._values.pop(path, None)
            else:
                self._values[path] = value
        self._heard("values")

    def _databroker_state(self, connected: bool, _reason: str) -> None:
        if not connected:
            self._values.clear()

    # -- asking -------------------------------------------------------------------------------------------------------
    async def read(self, paths: Iterable[str]) -> dict[str, Value]:
        """Present values, without those that are not known, and without paths that this car does not have."""
        wanted = list(paths)
        try:
            answer: Values = await self._databroker.call(GetValues(wanted), READ_LIMIT)
        except NotFoundError:
            here = [path for path in wanted if await self._list(path)]  # a car that lacks some of them
            return await self.read(here) if len(here) < len(wanted) and here else {}
        return {path: value for path, point in answer.entries.items() if (value := _known(point)) is not None}

    async def actuators(self, pattern: str) -> list[str]:
        """Paths of actuators that match. Raises UnavailableError."""
        return [entry.path for entry in await self._list(pattern) if entry.entry_type is EntryType.ACTUATOR]

    async def _list(self, pattern: str) -> list[Metadata]:
        try:
            found: MetadataList = await self._databroker.call(ListMetadata(pattern), READ_LIMIT)
        except NotFoundError:
            return []
        return found.entries

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
