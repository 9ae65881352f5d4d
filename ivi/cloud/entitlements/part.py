# SPDX-License-Identifier: Apache-2.0
"""Entitlements as a part of the cloud process: takes snapshots, answers about features, and sends receipts.

It works without a connection: what the last snapshot says holds until its terms run out by the trusted clock.
"""

import asyncio
import logging
from pathlib import Path

from ivi.cloud.age_clock import boot_id
from ivi.cloud.commands.refusals import Refusals
from ivi.cloud.commands.vehicle import Vehicle
from ivi.cloud.delivery import DeliveryClass, Outgoing
from ivi.cloud.entitlements.desk import Desk
from ivi.cloud.entitlements.features import Features
from ivi.cloud.entitlements.snapshot import Opened, open_snapshot
from ivi.cloud.entitlements.store import Store, Waiting
from ivi.cloud.part import Post
from ivi.cloud.record import Record, encode_record
from ivi.cloud.trust import Role, Trust
from ivi.daemon.link_server import Router
from ivi.daemon.process import Counter, Process
from ivi.model.entitlements import FeatureState, FeatureView
from ivi.model.errors import InvalidArgumentError, IviError, PermissionDeniedError, UnavailableError
from ivi.model.services import DrivingState
from ivi.model.status import Problem

log = logging.getLogger(__name__)

TOPIC = "ent"
LOOK = 30.0  # seconds between looks at what has run out


class Entitlements:
    """See ivi.cloud.part.Part."""

    name: str = "entitlements"
    topics: tuple[str, ...] = (TOPIC,)

    def __init__(self, process: Process, vehicle: Vehicle, trust: Trust, path: Path, boot: str = "") -> None:
        """`path` is the store's file; `boot` tells this start of the machine from others."""
        self._process, self._vehicle, self._trust, self._path = process, vehicle, trust, path
        self._boot = boot or boot_id()
        self._refusals = Refusals("entitlement")
        self._look_now = asyncio.Event()
        self._store: Store | None = None
        self._features: Features | None = None
        self._looking: asyncio.Task[None] | None = None
        self._views: list[FeatureView] = []
        self._rank = (0, 0)
        self._said = False
        self._desk = Desk(self._need, self._told_of)
        vehicle.on_driving(self._look_now.set)

    # -- Part ---------------------------------------------------------------------------------------------------------
    async def start(self, post: Post) -> None:
        """Open the store, check the snapshot in it again, and send what was not sent. Raises ConfigurationError."""
        self._post = post
        store = self._store = Store(self._path)
        if store.quarantined is not None:
            what = "The store of features was damaged; a new one was made, and is filled when the fleet is reached"
            hint = "check the disk; delete the file when nobody needs it"
            self._process.report("entitlements.store", Problem(what, str(store.quarantined), hint))
        self._features = Features(store, post.clock.now, lambda: self._vehicle.driving is DrivingState.PARKED)
        self._restore(store)
        self._look(self._features, new_start=store.is_new_start(self._boot))
        self._send_waiting()
        self._vehicle.start()
        self._looking = asyncio.get_running_loop().create_task(self._watch(self._features))

    async def stop(self) -> None:
        """End in order."""
        if self._store is None:
            return
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
            await self._vehicle.stop()
        store, self._store, self._features = self._store, None, None
        store.close()

    def online(self) -> None:
        """What could not be sent is sent, and the fleet hears once which snapshot the car has."""
        if self._store is None:
            return
        self._send_waiting()
        if not self._said:
            self._say_rank()

    def received(self, _topic: str, payload: bytes) -> None:
        """A snapshot. It is kept when this returns, or refused.

        Raises UnavailableError when the disk does not take it: then the broker keeps it.
        """
        if self._store is None or self._features is None:
            return
        try:
            opened = open_snapshot(payload, self._trust.keys(Role.ENTITLEMENTS))
        except InvalidArgumentError as error:
            self._refuse("malformed", error.message)
        except PermissionDeniedError as error:
            self._refuse("forged", error.message)
        else:
            self._judge(self._store, self._features, opened, payload)

    def serve(self, router: Router) -> None:
        """Calls and the stream of ivi.model.entitlements."""
        self._desk.serve(router)

    def counters(self) -> dict[str, Counter]:
        """Numbers for the status."""
        states = [view.state for view in self._views]
        return {
            "features": len(states),
            "features_active": states.count(FeatureState.ACTIVE),
            "features_grace": states.count(FeatureState.GRACE),
            "features_locked": states.count(FeatureState.LOCKED),
            "features_sequence": self._rank[1],
            "features_refused": self._refusals.total,
            "features_receipts_waiting": self._store.waiting if self._store is not None else 0,
        }

    @property
    def refused(self) -> dict[str, int]:
        """Refused messages by reason."""
        return dict(self._refusals.counts)

    # -- snapshots ----------------------------------------------------------------------------------------------------
    def _judge(self, store: Store, features: Features, opened: Opened, message: bytes) -> None:
        snapshot = opened.snapshot
        self._post.clock.learn(snapshot.issued)
        now = self._post.clock.now()
        if snapshot.vehicle != self._post.vehicle_id:
            return self._refuse("audience", "the snapshot is for another car")
        kept = store.kept()
        if kept is not None and features.snapshot is not None and message == kept.message:
            return None  # it is retained, and so comes again with each connection
        if kept is not None and (snapshot.rank, features.snapshot is None) <= (kept.rank, False):
            return self._refuse("replayed", f"snapshot {snapshot.sequence} is not newer than {kept.rank[1]}")
        if now < snapshot.not_before:
            return self._refuse("early", f"snapshot {snapshot.sequence} is not valid yet")
        if now >= snapshot.expiry + snapshot.grace:
            return self._refuse("expired", f"snapshot {snapshot.sequence} and its grace are over")
        self._keep(store, snapshot.rank, message)
        self._rank, features.snapshot = snapshot.rank, snapshot
        features.forget_what_ended()
        for reason in opened.refused.values():
            self._refuse("never_gated", reason)
        log.info("features", extra={"sequence": snapshot.sequence, "features": len(snapshot.features)})
        self._look(features)
        self._say_rank()
        return None

    def _keep(self, store: Store, rank: tuple[int, int], message: bytes) -> None:
        try:
            store.keep(rank, message)
        except UnavailableError as error:
            what = f"A snapshot of features was not taken: {error.message}"
            self._process.report("entitlements.disk", Problem(what, str(self._path), error.hint))
            raise
        self._process.resolve("entitlements.disk")
        self._process.resolve("entitlements.snapshot")

    def _restore(self, store: Store) -> None:
        """The kept snapshot counts only while its signature does: a file can be altered, and a key withdrawn."""
        if (kept := store.kept()) is None or self._features is None:
            return None
        self._rank = kept.rank
        try:
            snapshot = open_snapshot(kept.message, self._trust.keys(Role.ENTITLEMENTS)).snapshot
        except (InvalidArgumentError, PermissionDeniedError) as error:
            return self._distrust(error.message)
        if snapshot.vehicle != self._post.vehicle_id or snapshot.rank != kept.rank:
            return self._distrust("it is for another car, or was exchanged")
        self._features.snapshot = snapshot
        self._post.clock.learn(snapshot.issued)
        return None

    def _distrust(self, why: str) -> None:
        what = f"The kept snapshot of features does not count: {why}"
        hint = "connect to the fleet, which sends it again"
        self._process.report("entitlements.snapshot", Problem(what, str(self._path), hint))
        self._refuse("kept", why)

    def _refuse(self, reason: str, text: str) -> None:
        log.warning("entitlement refused", extra={"reason": reason, "text": text})
        self._refusals.refuse(self._post, reason, text)
        what = f"{self._refusals.total} snapshots or features were refused; the last: {text}"
        hint = "see docs/cloud-entitlements.md; if you did not cause it, somebody tries"
        self._process.report("entitlements.refused", Problem(what, f"topic {TOPIC}", hint))

    # -- time ---------------------------------------------------------------------------------------------------------
    async def _watch(self, features: Features) -> None:
        """Look again from time to time, and when the car is parked."""
        while True:
            try:
                async with asyncio.timeout(LOOK):
                    await self._look_now.wait()
            except TimeoutError:
                pass
            self._look_now.clear()
            self._look(features)

    def _look(self, features: Features, new_start: bool = False) -> None:
        try:
            views = features.views(new_start)
        except UnavailableError as error:  # the next look tries again
            self._process.report("entitlements.disk", Problem(error.message, str(self._path), error.hint))
            return
        self._process.resolve("entitlements.disk")
        if views == self._views:
            return
        for view in views:
            log.info("feature", extra={"feature": view.id, "state": view.state.value, "why": view.why})
        self._views = views
        self._report_grace(views)
        self._desk.changed()

    def _report_grace(self, views: list[FeatureView]) -> None:
        ending = [f"{view.id}: {view.why}" for view in views if view.state is FeatureState.GRACE]
        if ending:
            problem = Problem(f"{len(ending)} features end soon. {ending[0]}", "ivi features", "connect to the fleet")
            self._process.report("entitlements.grace", problem)
        else:
            self._process.resolve("entitlements.grace")

    # -- telling the fleet --------------------------------------------------------------------------------------------
    def _need(self) -> Features:
        if self._features is None:
            raise UnavailableError("features are not known yet, or not any more", hint="ask again in a moment")
        return self._features

    def _told_of(self, waiting: Waiting | None) -> None:
        """Something was used or left: tell the fleet, and those who watch."""
        if waiting is not None and self._store is not None:
            self._send(self._store, waiting)
        self._look_now.set()

    def _send_waiting(self) -> None:
        while self._store is not None and (found := self._store.untold()):
            for waiting in found:
                if not self._send(self._store, waiting):
                    return

    def _send(self, store: Store, waiting: Waiting) -> bool:
        try:
            taken = self._post.put_now(Outgoing(DeliveryClass.CONTROL, waiting.record))
        except IviError as error:
            log.warning("the outbox does not take a receipt now", extra={"error": error.message})
            return False
        if taken:
            store.told(waiting)
        return taken

    def _say_rank(self) -> None:
        """Which snapshot the car has: a fleet that sees an older one than before knows that a disk was put back."""
        data = {
            "deny_epoch": self._rank[0],
            "sequence": self._rank[1],
            "rolled_back": self._post.clock.rolled_back,
            "states": {view.id: view.state.value for view in self._views},
        }
        record = encode_record(Record("entitlement", int(self._post.clock.now() * 1000), data))
        try:
            self._said = self._post.put(Outgoing(DeliveryClass.CONTROL, record))
        except IviError as error:  # a full outbox is reported by itself; it is said at the next connection
            log.warning("the outbox does not take it now", extra={"kind": "entitlement", "error": error.message})
            self._said = False
