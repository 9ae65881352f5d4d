# SPDX-License-Identifier: Apache-2.0
"""The twin as a part of the cloud process.

Down: the desired state, retained; a higher version replaces the one before. Each setting is checked against the table,
applied through the same guards and the same actuation as a command, once for each version: what somebody in the car
changes afterwards stays changed, and the reported state tells it. A setting that the car is in no state for waits.

Up: records of kind `twin` with what the car reports, not what was wished: a merge-patch against the version before, the
time of each key that changed, the desired version that was taken, and what became of each desired setting. Only of
settings that are desired: nobody learns unasked how warm somebody likes it. After a new
store, and whenever a patch may have been lost, the whole document is sent with `full`.
"""

import asyncio
import logging
from pathlib import Path
from typing import Any

from ivi.cloud.commands.guards import objection
from ivi.cloud.commands.refusals import Refusals
from ivi.cloud.commands.table import Rule
from ivi.cloud.commands.vehicle import Vehicle
from ivi.cloud.delivery import DeliveryClass, Outgoing
from ivi.cloud.part import Post
from ivi.cloud.record import Record, encode_record
from ivi.cloud.trust import Role, Trust
from ivi.cloud.twin.desired import open_desired
from ivi.cloud.twin.merge_patch import make_patch
from ivi.cloud.twin.settings import SETTINGS, check, flatten, nest
from ivi.cloud.twin.store import APPLIED, PENDING, Store, Wish
from ivi.daemon.link_server import Router
from ivi.daemon.process import Counter, Process
from ivi.model.databroker import ListMetadata, Subscribe, ValuesUpdate
from ivi.model.errors import (
    DeadlineError,
    InvalidArgumentError,
    IviError,
    LinkError,
    PermissionDeniedError,
    UnavailableError,
)
from ivi.model.status import Problem

log = logging.getLogger(__name__)

TOPIC = "twin"
ISSUERS = (Role.OWNER, Role.FLEET)
GATHER = 1.0  # seconds in which changes gather for one patch
RETRY = 5.0  # seconds until what the car did not take is tried again
_UNREACHED = (UnavailableError, LinkError, DeadlineError)  # what trying again may mend
_NAMES = {setting.path: name for name, setting in SETTINGS.items()}


class Twin:
    """See ivi.cloud.part.Part."""

    name: str = "twin"
    topics: tuple[str, ...] = (TOPIC,)

    def __init__(self, process: Process, vehicle: Vehicle, trust: Trust, path: Path) -> None:
        """`path` is the store's file."""
        self._process = process
        self._vehicle = vehicle
        self._trust = trust
        self._path = path
        self._refusals = Refusals("twin")
        self._store: Store | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._apply = asyncio.Event()
        self._heard_of: dict[str, Any] = {}
        """Present values of all settings, as the databroker tells them."""
        self._changed = asyncio.Event()
        self._sent: dict[str, Any] | None = None
        """The document as of the newest record; None when the next one must be full."""
        vehicle.on_driving(self._apply.set)

    # -- Part ---------------------------------------------------------------------------------------------------------
    async def start(self, post: Post) -> None:
        """Open the store and follow the settings. Raises ConfigurationError."""
        self._post = post
        store = self._store = Store(self._path, int(post.clock.now() * 1000))
        if store.quarantined is not None:
            self._process.report(
                "twin.store",
                Problem(
                    "The store of the twin was damaged and a new one was made", str(store.quarantined), "see the disk"
                ),
            )
        if store.told == store.version:
            self._sent = nest(store.reported)
        self._vehicle.start()
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(work) for work in (self._follow(), self._report(), self._apply_all())]
        for task in self._tasks:
            task.add_done_callback(self._ended)
        self._apply.set()
        self._changed.set()

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            log.critical("a part of the twin failed", exc_info=error)
            self._process.report(
                "twin", Problem(f"The twin stands still: {error}", str(self._path), "the log of the process has more")
            )

    async def stop(self) -> None:
        """End; what was not applied yet is tried at the next start."""
        if self._store is None:
            return
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._vehicle.stop()
        store, self._store = self._store, None
        store.close()

    def online(self) -> None:
        """Nothing: the desired state is retained, and reports wait in the outbox."""

    def received(self, _topic: str, payload: bytes) -> None:
        """The desired state. Raises UnavailableError when the disk does not take it: then the broker keeps it."""
        if self._store is None or not payload:  # an empty message takes the retained one away
            return
        try:
            self._take(self._store, payload)
        except InvalidArgumentError as error:
            self._refuse("malformed", error.message)
        except PermissionDeniedError as error:
            self._refuse("forged", error.message)

    def serve(self, router: Router) -> None:
        """Nothing: what the twin sets is seen where it is set."""

    def counters(self) -> dict[str, Counter]:
        """Numbers for the status."""
        store = self._store
        return {
            "twin_desired": store.desired_version if store else 0,
            "twin_reported": store.version if store else 0,
            "twin_refused": self._refusals.total,
        }

    # -- desired ------------------------------------------------------------------------------------------------------
    def _take(self, store: Store, payload: bytes) -> None:
        desired = open_desired(payload, self._trust.keys(*ISSUERS))
        if desired.vehicle != self._post.vehicle_id:
            self._refuse("audience", "the desired state is for another car")
            return
        if desired.version <= store.desired_version:
            if desired.version < store.desired_version:
                self._refuse("replayed", f"version {desired.version} is older than {store.desired_version}")
            return
        store.replace_desired(
            desired.version, {name: _wish(name, value) for name, value in flatten(desired.document).items()}
        )
        log.info("desired state", extra={"version": desired.version, "settings": len(store.wishes)})
        self._apply.set()
        self._changed.set()

    def _refuse(self, reason: str, text: str) -> None:
        log.warning("desired state refused", extra={"reason": reason, "text": text})
        self._process.report(
            "twin.refused",
            Problem(f"A desired state was refused: {text}", f"topic {TOPIC}", "see docs/cloud-commands.md"),
        )
        self._refusals.refuse(self._post, reason, text)

    async def _apply_all(self) -> None:
        while True:
            await self._apply.wait()
            self._apply.clear()
            store = self._store
            if store is None:
                return
            again = False
            for name in [name for name, wish in store.wishes.items() if wish.state == PENDING]:
                try:
                    again = not await self._apply_one(store, name) or again
                except IviError as error:  # what became of it is not on the disk, so it is tried again
                    log.warning("what became of a setting is not kept", extra={"why": error.message})
                    again = True
            if again:
                asyncio.get_running_loop().call_later(RETRY, self._apply.set)

    async def _apply_one(self, store: Store, name: str) -> bool:
        """Whether it is settled, or waits for the driving state; False when it is to be tried again."""
        setting, wish = SETTINGS.get(name), store.wishes[name]
        if setting is None:  # taken by an earlier version of this program
            store.settle(name, "not_found: this car has no such setting any more")
            return True
        rule = Rule(name, frozenset(ISSUERS), motion=setting.motion)
        try:
            if objection(rule, {}, self._vehicle.conditions) is not None:
                return True  # the driving state wakes us
            if self._heard_of.get(name, store.reported.get(name)) != wish.value:
                await self._vehicle.actuate({setting.path: wish.value})
            state = APPLIED
        except _UNREACHED as error:
            log.info("a desired setting waits", extra={"setting": name, "why": error.message})
            return False
        except IviError as error:
            state = f"{error.code}: {error.message}"[:200]
        if store.wishes.get(name) == wish:  # no newer version came meanwhile
            store.settle(name, state)
            self._changed.set()
        return True

    # -- reported -----------------------------------------------------------------------------------------------------
    async def _follow(self) -> None:
        paths: list[str] = []
        while not paths:
            try:
                known = await self._vehicle.databroker.call(ListMetadata())
                paths = [entry.path for entry in known.entries if entry.path in _NAMES]
            except IviError as error:
                log.info("the twin waits for the databroker", extra={"why": error.message})
                await asyncio.sleep(RETRY)
                continue
            if not paths:
                return  # a car without any of these settings
        await self._vehicle.databroker.follow(Subscribe(paths, max_hz=2.0), self._heard)

    def _heard(self, event: object) -> None:
        if isinstance(event, ValuesUpdate):
            for path, point in event.entries.items():
                self._heard_of[_NAMES[path]] = point.value
            if event.entries:
                self._changed.set()

    async def _report(self) -> None:
        while True:
            await self._changed.wait()
            await asyncio.sleep(GATHER)
            self._changed.clear()
            if self._store is not None and not self._report_now(self._store):
                asyncio.get_running_loop().call_later(RETRY, self._changed.set)

    def _report_now(self, store: Store) -> bool:
        """Whether the fleet will know everything."""
        now_ms = int(self._post.clock.now() * 1000)
        news = {name: value for name, value in self._heard_of.items() if name in store.wishes}
        news |= {name: None for name in store.reported if name not in store.wishes}
        changed = {name: value for name, value in news.items() if store.reported.get(name) != value}
        try:
            if changed:
                store.report(changed, now_ms)
            if store.version == store.told and self._sent is not None:
                return True
            document = nest(store.reported)
            data = self._record(store, document)
            if self._post.put_now(Outgoing(DeliveryClass.CONTROL, encode_record(Record("twin", now_ms, data)))):
                store.note_told()
                self._sent = document
        except IviError as error:
            log.warning("the reported state waits", extra={"error": error.message})
            return False
        return True

    def _record(self, store: Store, document: dict[str, Any]) -> dict[str, Any]:
        full = self._sent is None
        before = flatten(self._sent or {})
        at = {name: when for name, when in store.at_ms.items() if full or store.reported.get(name) != before.get(name)}
        return {
            "version": store.version,
            "patch": make_patch(self._sent, document) if self._sent is not None else _full(store),
            "full": full,
            "at": at,
            "desired": store.desired_version,
            "settings": {name: wish.state for name, wish in store.wishes.items()},
        }


def _full(store: Store) -> dict[str, Any]:
    """A patch that leads here from any document: what is not known is taken away."""
    return nest({name: store.reported.get(name) for name in SETTINGS})


def _wish(name: str, value: object) -> Wish:
    """A desired setting; one that cannot be is settled at once, with its reason."""
    try:
        check(name, value)
    except InvalidArgumentError as error:
        return Wish(value, f"{error.code}: {error.message}"[:200])
    return Wish(value, PENDING)
