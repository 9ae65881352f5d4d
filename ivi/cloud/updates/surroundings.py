# SPDX-License-Identifier: Apache-2.0
"""What an install depends on in the car: driving state, batteries, the health of the processes. Unknown is no."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from typing import Protocol

from ivi.cloud.updates import energy
from ivi.cloud.updates.artefact import Artefact
from ivi.daemon.link_client import LinkClient
from ivi.model.databroker import GetValues, Values
from ivi.model.errors import IviError
from ivi.model.manager import ListProcesses, ProcessState, ProcessTable
from ivi.model.services import DrivingState, SubscribeUxRestrictions, UxRestrictions

log = logging.getLogger(__name__)

ASK = 2.0  # seconds for one question
_EARLIER = "persisted"  # source of values that no provider has given since the databroker started
_WELL = {ProcessState.READY, ProcessState.STOPPED}
_ON_THE_WAY = {ProcessState.WAITING, ProcessState.STARTING}


class Surroundings(Protocol):
    """Asked before and after an install."""

    async def start(self) -> None:
        """Begin to follow the car."""

    async def stop(self) -> None:
        """End."""

    def parked(self) -> str:
        """Why the car does not count as parked; empty when it does."""

    async def forecast(self, artefacts: Iterable[Artefact]) -> energy.Forecast:
        """Whether an install of these would finish."""

    async def health(self) -> "Health":
        """How the processes do."""


class Health(Protocol):
    """How the processes do now."""

    known: bool
    """Whether anybody could say."""
    ill: str
    """What is wrong, in plain words; empty when nothing is."""
    restarts: int
    """Restarts of all processes since the run began."""
    pids: Mapping[str, int]
    """Process id of each process that runs."""


class Told:
    """A Health of plain values."""

    def __init__(self, *, known: bool, ill: str = "", restarts: int = 0, pids: Mapping[str, int] | None = None) -> None:
        """See Health."""
        self.known, self.ill, self.restarts = known, ill, restarts
        self.pids = pids or {}


class Car:
    """The surroundings as the other processes tell them."""

    def __init__(self, databroker: LinkClient, services: LinkClient, manager: LinkClient) -> None:
        """The links may be to processes that are not there yet."""
        self._databroker, self._services, self._manager = databroker, services, manager
        self._state, self._why = DrivingState.UNKNOWN, "the driving state is not known yet"
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Follow the driving state."""
        follow = self._services.follow(SubscribeUxRestrictions(), self._changed, self._link)
        self._task = asyncio.get_running_loop().create_task(follow)

    async def stop(self) -> None:
        """End following."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _changed(self, now: UxRestrictions) -> None:
        self._state, self._why = now.state, now.reason

    def _link(self, connected: bool, reason: str) -> None:
        if not connected:
            self._state, self._why = DrivingState.UNKNOWN, f"the driving state is not known: {reason}"

    def parked(self) -> str:
        """Why the car does not count as parked."""
        if self._state is DrivingState.PARKED:
            return ""
        return "the car is not parked" + (f" ({self._why})" if self._why else "")

    async def forecast(self, artefacts: Iterable[Artefact]) -> energy.Forecast:
        """Ask for the batteries and judge."""
        values: dict[str, object] = {}
        for path in energy.PATHS:  # one by one: a car need not have them all
            try:
                answer: Values = await self._databroker.call(GetValues([path]), ASK)
            except IviError as error:
                log.info("a signal of the batteries is not known", extra={"path": path, "reason": str(error)})
                continue
            values |= {name: point.value for name, point in answer.entries.items() if point.source != _EARLIER}
        return energy.forecast(artefacts, values)

    async def health(self) -> Told:
        """Ask the manager."""
        try:
            table: ProcessTable = await self._manager.call(ListProcesses(), ASK)
        except IviError:
            return Told(known=False)
        restarts = sum(one.restarts for one in table.processes)
        bad = [one for one in table.processes if one.state not in _WELL | _ON_THE_WAY]
        if bad:
            return Told(known=True, ill=f"{bad[0].name} is {bad[0].state}: {bad[0].reason}", restarts=restarts)
        pids = {one.name: one.pid for one in table.processes if one.pid}
        return Told(known=all(one.state in _WELL for one in table.processes), restarts=restarts, pids=pids)
