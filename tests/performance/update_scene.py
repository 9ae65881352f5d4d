# SPDX-License-Identifier: Apache-2.0
"""The surroundings of the update service as a test sets them: the car, its batteries, its app host, its uplink."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path

from update_lab import VEHICLE, Clock

from ivi.cloud.delivery import DeliveryClass, Outgoing
from ivi.cloud.record import Record, decode_record, encode_record
from ivi.cloud.updates import energy
from ivi.cloud.updates.artefact import Artefact
from ivi.cloud.updates.service import UpdateService
from ivi.cloud.updates.settings import Settings
from ivi.cloud.updates.surroundings import Told
from ivi.daemon.process import Process
from ivi.model.errors import NotFoundError, UnavailableError
from ivi.model.packages import PackageState

WAIT = 20.0  # seconds that anything may take on a busy machine


class Scene:
    """Surroundings, AppDoor and Post in one; each field is what the car is like."""

    def __init__(self, clock: Clock) -> None:
        """A parked, healthy car with full batteries."""
        self.vehicle_id = VEHICLE
        self.is_online = True
        self.clock = clock
        self.records: list[Record] = []
        self.moving = ""
        self.values: dict[str, object] = {energy.VOLTAGE: 12.7}
        self.told = Told(known=True)
        self.apps: dict[str, list[str]] = {}
        """Versions of each app, oldest first."""
        self.app_failures: dict[str, str] = {}
        self.app_host_away = 0
        """So many further questions go unanswered."""

    # Post
    def put(self, outgoing: Outgoing) -> bool:
        """Keep a record."""
        self.records.append(decode_record(outgoing.body))
        return True

    def put_now(self, outgoing: Outgoing) -> bool:
        """Keep a record."""
        return self.put(outgoing)

    def waiting(self, _delivery: DeliveryClass) -> Iterable[bytes]:
        """What was kept."""
        return map(encode_record, self.records)

    def before_forgetting(self, _delivery: DeliveryClass, _settle: Callable[[], None]) -> None:
        """Nothing is forgotten here."""

    def states(self) -> list[str]:
        """What was reported."""
        return [str(record.data.get("state")) for record in self.records if record.kind == "update"]

    # Surroundings
    async def start(self) -> None:
        """Nothing to do."""

    async def stop(self) -> None:
        """Nothing to do."""

    def parked(self) -> str:
        """As set."""
        return self.moving

    async def forecast(self, artefacts: Iterable[Artefact]) -> energy.Forecast:
        """By the batteries as set."""
        return energy.forecast(artefacts, self.values)

    async def health(self) -> Told:
        """As set."""
        return self.told

    # AppDoor
    async def state(self, app_id: str) -> PackageState:
        """What is installed."""
        versions = self.apps.get(app_id, [])
        failed = self.app_failures.get(app_id, "")
        return PackageState(app_id, versions[-1] if versions else "", False, failed, "it crashed" if failed else "")

    async def install(self, app_id: str, version: str, file: Path, manifest_sha256: str = "") -> None:
        """Install a version, once."""
        if self.app_host_away:
            self.app_host_away -= 1
            raise UnavailableError("apphost is not running")
        if not await asyncio.to_thread(file.exists):
            raise NotFoundError(f"{file} is not there")
        if self.apps.setdefault(app_id, [])[-1:] != [version]:
            self.apps[app_id].append(version)

    async def roll_back(self, app_id: str, version: str, reason: str) -> PackageState:
        """Back to the version before."""
        versions = self.apps.get(app_id, [])
        if not versions:
            raise NotFoundError(f"{app_id} is not installed")
        if versions[-1] == version and len(versions) > 1:
            versions.pop()
        return await self.state(app_id)


@contextlib.asynccontextmanager
async def updating(
    settings: Settings | None, state: Path, scene: Scene, process: Process | None = None
) -> AsyncIterator[UpdateService]:
    """A service between start and stop."""
    service = UpdateService(process or Process("cloud"), settings, state, scene, scene, tick=0.05, health_tick=0.05)
    await service.start(scene)
    try:
        yield service
    finally:
        await service.stop()


async def until(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds, with a deadline."""
    async with asyncio.timeout(WAIT):
        while not condition():  # the outside has no event to wait for
            await asyncio.sleep(0.01)
