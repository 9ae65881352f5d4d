# SPDX-License-Identifier: Apache-2.0
"""Asks every process how it does, each with a deadline of its own, so that one that hangs keeps nobody waiting.

This looks up as well as down: the app host and the cloud follow the services, and the services ask them here how they
are. It makes no circle, because nothing else in this process waits for these answers.
"""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.model.apphost import ApphostAnswer, AppsUpdate, SubscribeApps
from ivi.model.databroker import DatabrokerAnswer, GetValues, Values
from ivi.model.errors import IviError
from ivi.model.health import HealthReport, ListHealth
from ivi.model.manager import ListProcesses, ManagerAnswer, ProcessState, ProcessTable
from ivi.model.resolution import Fault
from ivi.model.status import GetStatus, ProcessStatus
from ivi.model.updates import GetUpdates, Updates
from ivi.services.resolution import findings

DEADLINE = 1.5  # seconds that a process has for an answer
ON_BOARD = ("hmi", "databroker", "apphost", "voice", "cloud")
"""Processes that are asked besides this one when no manager says which there are."""


@dataclass(frozen=True)
class Round:
    """What one round has found."""

    found: dict[str, Sequence[Fault] | None]
    """For each source its faults; None when it gave no answer."""
    gone: frozenset[str]
    """Sources that do not run: what they said before is void."""
    managed: bool
    """Whether there is a manager that can start processes again."""


class Rounds:
    """Holds the links."""

    def __init__(self, own: str, state: Path) -> None:
        """`own` is this process's name, which is not asked over its own socket."""
        self._own, self._state = own, state
        answers: dict[str, object] = {
            "manager": ManagerAnswer,
            "databroker": DatabrokerAnswer | HealthReport | ProcessStatus,
            "apphost": ApphostAnswer | ProcessStatus,
            "cloud": Updates | ProcessStatus,
        }
        self._answers = answers
        self._links: dict[str, LinkClient] = {}

    def link(self, process: str) -> LinkClient:
        """The link to a process."""
        if process not in self._links:
            answers = self._answers.get(process, ProcessStatus)
            self._links[process] = LinkClient(socket_path(process), answers)
        return self._links[process]

    async def close(self) -> None:
        """Close the links."""
        for link in self._links.values():
            await link.close()

    async def look(self, own: ProcessStatus) -> Round:
        """Ask all of them once. `own` is how this process does."""
        table = await self._ask("manager", ListProcesses())
        views = {view.name: view for view in table.processes} if isinstance(table, ProcessTable) else {}
        managed = bool(views)
        names = [name for name in views if name in findings.TITLES] if managed else list(ON_BOARD)
        names = [name for name in names if name != self._own]
        statuses = dict(zip(names, await asyncio.gather(*(self._ask(one, GetStatus()) for one in names)), strict=True))
        found: dict[str, Sequence[Fault] | None] = {
            f"status:{self._own}": findings.of_status(own, managed=managed),
            "manager": [fault for view in views.values() for fault in findings.of_process(view)] if managed else [],
        }
        gone: set[str] = set()
        for name, status in statuses.items():
            ready = not managed or views[name].state is ProcessState.READY
            source = f"status:{name}"
            if isinstance(status, ProcessStatus):
                found[source] = findings.of_status(status, managed=managed)
            else:
                gone.add(source)
                found[source] = None
            found[f"answer:{name}"] = (
                [] if isinstance(status, ProcessStatus) or not ready else [_silent(name, status, managed=managed)]
            )
        there = {name for name, status in statuses.items() if isinstance(status, ProcessStatus)}
        await self._details(found, gone, there, managed=managed)
        found["disk"] = _disk(self._state)
        return Round(found, frozenset(gone), managed)

    async def _details(
        self, found: dict[str, Sequence[Fault] | None], gone: set[str], there: set[str], *, managed: bool
    ) -> None:
        """What single processes know of more than themselves."""
        for source, process in (
            ("buses", "databroker"),
            ("codes", "databroker"),
            ("apps", "apphost"),
            ("updates", "cloud"),
        ):
            if process not in there:
                gone.add(source)
                found[source] = None
        if "databroker" in there:
            health, codes = await asyncio.gather(
                self._ask("databroker", ListHealth()), self._ask("databroker", GetValues([findings.TROUBLE_CODES]))
            )
            found["buses"] = findings.of_health(health, managed=managed) if isinstance(health, HealthReport) else None
            found["codes"] = _codes(codes) if isinstance(codes, Values) else None
        if "apphost" in there:
            found["apps"] = await self._apps()
        if "cloud" in there:
            updates = await self._ask("cloud", GetUpdates())
            found["updates"] = findings.of_updates(updates) if isinstance(updates, Updates) else None

    async def _apps(self) -> list[Fault] | None:
        try:
            async with asyncio.timeout(DEADLINE):
                async for update in self.link("apphost").stream(SubscribeApps()):
                    return findings.of_apps(update.apps) if isinstance(update, AppsUpdate) else None
        except (IviError, TimeoutError):
            return None
        return None

    async def _ask(self, process: str, request: msgspec.Struct) -> object:
        try:
            return await self.link(process).call(request, DEADLINE)
        except IviError as error:
            return error


def _silent(name: str, answer: object, *, managed: bool) -> Fault:
    reason = answer.message if isinstance(answer, IviError) else "it gave an answer that nobody understands"
    return findings.silent(name, reason, managed=managed)


def _codes(values: Values) -> list[Fault]:
    point = values.entries.get(findings.TROUBLE_CODES)
    return findings.of_trouble_codes(point.value if point is not None else None)


def _disk(folder: Path) -> list[Fault] | None:
    try:
        room = os.statvfs(folder)
    except OSError:
        return None
    return findings.of_disk(room.f_bavail * room.f_frsize, room.f_blocks * room.f_frsize)
