# SPDX-License-Identifier: Apache-2.0
"""What a trial puts in an app's way, and where it can be put: the network, the disk, the car, the driver."""

import asyncio
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from ivi.apphost.egress.gate import Gate, Surroundings
from ivi.apphost.egress.ledger import TrafficLedger
from ivi.apphost.manifest import Manifest, Net, Storage
from ivi.apphost.provisions import Provisions
from ivi.apphost.storage.items import Items
from ivi.apphost.storage.shelves import Shelf, Shelves
from ivi.model.app.storage import PutItem
from ivi.model.errors import ResourceExhaustedError, UnavailableError

SLOW_CAR = 1.2  # seconds for each answer of the car; its deadline is 2
SLOW_NETWORK = 3.0  # seconds for each name; the deadline is 4


class Trouble(StrEnum):
    """What goes wrong in a trial."""

    NONE = "as usual"
    OFFLINE = "offline"
    SLOW = "slow"
    DENIED = "permission denied"
    FULL = "storage full"
    KILLED = "killed mid-write"
    UPDATE = "update"
    HOSTILE = "hostile input"


def applies(trouble: Trouble, manifest: Manifest) -> str:
    """Why a trouble cannot happen to this app; empty when it can."""
    kinds = {type(one) for one in manifest.permission}
    if trouble is Trouble.OFFLINE and Net not in kinds:
        return "it uses no network"
    if trouble is Trouble.FULL and Storage not in kinds:
        return "it keeps nothing"
    if trouble is Trouble.DENIED and not manifest.permission:
        return "it asks for nothing"
    return ""


class NoNetwork:
    """A resolver in a car without a connection."""

    async def resolve(self, host: str, port: int) -> list[str]:
        """Nothing is found."""
        raise UnavailableError(f"{host} cannot be looked up", hint="the car is offline")


class SlowNetwork:
    """A resolver behind a bad connection, and nothing behind it."""

    async def resolve(self, host: str, port: int) -> list[str]:
        """Late, and in vain: no trial reaches a real host."""
        await asyncio.sleep(SLOW_NETWORK)
        raise UnavailableError(f"{host} cannot be looked up", hint="the network is slow")


class _FullItems(Items):
    def put(self, item: PutItem, limit: int) -> None:
        raise ResourceExhaustedError("the car's disk is full: nothing was changed", hint="try again later")


class TroubledShelves(Shelves):
    """Shelves on a full disk, or such that tell of each change before it is written."""

    def __init__(self, folder: Path, *, full: bool, before_write: Callable[[], None] | None) -> None:
        super().__init__(folder)
        self._full, self._before_write = full, before_write
        self.written = 0

    def of(self, app_id: str) -> Shelf:
        """An app's shelf."""
        if app_id not in self._shelves:
            path = self._folder / app_id / "storage.db"
            self._shelves[app_id] = _TroubledShelf(path, full=self._full, before_write=self._before_write)
        return self._shelves[app_id]


class _TroubledShelf(Shelf):
    def __init__(self, path: Path, *, full: bool, before_write: Callable[[], None] | None) -> None:
        super().__init__(path)
        self._kind = _FullItems if full else _told_items(before_write) if before_write else Items

    def _work[R](self, work: Callable[[Items], R]) -> R:
        if self._items is None:
            self._items = self._kind(self._path)
        return work(self._items)


def _told_items(before_write: Callable[[], None]) -> type[Items]:
    class ToldItems(Items):
        def put(self, item: PutItem, limit: int) -> None:
            before_write()
            super().put(item, limit)

    return ToldItems


def provide(trouble: Trouble, before_write: Callable[[], None] | None = None) -> Callable[[Path], Provisions]:
    """What apps are offered in this trial: no name is ever looked up for real."""

    def make(folder: Path) -> Provisions:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        resolver = SlowNetwork() if trouble is Trouble.SLOW else NoNetwork()
        found = Provisions(folder, Gate(TrafficLedger(folder / "egress.db"), Surroundings.read(), resolver=resolver))
        found.shelves = TroubledShelves(folder, full=trouble is Trouble.FULL, before_write=before_write)
        return found

    return make
