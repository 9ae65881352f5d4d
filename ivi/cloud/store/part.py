# SPDX-License-Identifier: Apache-2.0
"""The store of apps, a part of the cloud process. It asks for a catalogue only while somebody looks at the store."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ivi.cloud.part import Post
from ivi.cloud.store.doors import AppHost
from ivi.cloud.updates import settings
from ivi.cloud.updates.budget import Traffic
from ivi.cloud.updates.refusal import UpdateRefusedError
from ivi.cloud.updates.surroundings import Surroundings
from ivi.daemon.link_server import Router, Session, Stream
from ivi.daemon.paths import make_private
from ivi.daemon.process import Counter
from ivi.model.errors import (
    ConfigurationError,
    DeadlineError,
    InvalidArgumentError,
    IviError,
    NotFoundError,
    PermissionDeniedError,
    ResourceExhaustedError,
    UnavailableError,
)
from ivi.model.store import (
    CancelOffer,
    DescribeOffer,
    GetOffer,
    JobStep,
    LookIntoStore,
    Offer,
    Store,
    StoreEntry,
    StoreJob,
    StoreProgress,
    StoreState,
    SubscribeStore,
    Trouble,
)

if TYPE_CHECKING:
    from ivi.cloud.store.catalogue import Catalogue, Entry
    from ivi.cloud.store.shop import Shop

log = logging.getLogger(__name__)

LOOK_GAP = 900.0  # seconds for which a catalogue counts as new when the store is opened again
TELL_GAP = 0.25  # seconds between events of a stream
POLL = 2.0  # seconds between questions what is installed, while somebody looks
_TROUBLES: tuple[tuple[type[IviError], Trouble], ...] = (
    (UpdateRefusedError, Trouble.ALTERED),
    (PermissionDeniedError, Trouble.UNTRUSTED),
    (ResourceExhaustedError, Trouble.FULL),
    (UnavailableError, Trouble.NETWORK),
    (DeadlineError, Trouble.NETWORK),
    (InvalidArgumentError, Trouble.UNFIT),
    (NotFoundError, Trouble.GONE),
)


class StorePart:
    """See ivi.cloud.part.Part."""

    name = "store"
    topics: tuple[str, ...] = ()

    def __init__(
        self,
        state: Path,
        surroundings: Surroundings,
        apphost: AppHost,
        load: Callable[[], settings.Settings | None] = settings.load,
        traffic: Traffic | None = None,
    ) -> None:
        """`load` says where apps come from; it is asked when somebody opens the store. `traffic` counts what comes."""
        self._traffic, self._limit = traffic, 0
        self._folder = state / "store"
        self._surroundings, self._apphost, self._load = surroundings, apphost, load
        self._shop: Shop | None = None
        self._catalogue: Catalogue | None = None
        self._installed: dict[str, str] = {}
        self._state, self._trouble, self._reason = StoreState.EMPTY, Trouble.NONE, ""
        self._looked = 0.0
        self._looked_at = -LOOK_GAP
        self._job: StoreJob | None = None
        self._work: asyncio.Task[None] | None = None
        self._looking: asyncio.Task[None] | None = None
        self._followers: set[asyncio.Event] = set()
        self._counts = {"store_looks": 0, "store_refused": 0, "store_installed": 0}
        self._post: Post | None = None
        self._following = False

    # -- Part ---------------------------------------------------------------------------------------------------------
    async def start(self, post: Post) -> None:
        """Nothing is loaded or asked before somebody opens the store."""
        self._post = post

    async def stop(self) -> None:
        """End in order; what was fetched stays."""
        self._post = None
        tasks = [task for task in (self._work, self._looking) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._shop is not None:
            self._shop.close()
        if self._following:
            await self._surroundings.stop()

    def online(self) -> None:
        """There is a network again: somebody who waits for it need not ask."""
        if self._followers and self._trouble is Trouble.NETWORK:
            self._look_soon()

    def received(self, topic: str, payload: bytes) -> Awaitable[None] | None:
        """Nothing comes down for it."""
        return None

    def serve(self, router: Router) -> None:
        """Answer the screen and the command line."""
        router.on_stream(SubscribeStore, self._subscribe)
        router.on_call(LookIntoStore, self._look_now)
        router.on_call(DescribeOffer, self._describe)
        router.on_call(GetOffer, self._get)
        router.on_call(CancelOffer, self._cancel)

    def counters(self) -> dict[str, Counter]:
        """Numbers for the status."""
        return dict(self._counts)

    # -- what the screen asks -----------------------------------------------------------------------------------------
    async def _subscribe(self, _request: SubscribeStore, stream: Stream) -> None:
        await self._open()
        if time.monotonic() - self._looked_at >= LOOK_GAP:
            self._look_soon()
        changed = asyncio.Event()
        self._followers.add(changed)
        said: Store | None = None
        told: StoreProgress | None = None
        try:
            while stream.open:
                changed.clear()
                await self._learn_installed()
                if (view := self._view()) != said:
                    stream.send(said := view)
                if (progress := StoreProgress(self._job)) != told:
                    stream.send(told := progress)
                await asyncio.sleep(TELL_GAP)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(POLL):
                        await changed.wait()
        finally:
            self._followers.discard(changed)

    async def _look_now(self, _request: LookIntoStore, _session: Session) -> Store:
        await self._open()
        self._look_soon()
        if self._looking is not None:
            await asyncio.wait([self._looking])
        await self._learn_installed()
        return self._view()

    async def _describe(self, request: DescribeOffer, _session: Session) -> Offer:
        entry = self._entry(request.app_id)
        await self._learn_installed()
        said = await self._apphost.describe(entry.manifest, entry.signature)
        problem = said.problem
        if said.app_id != entry.id:
            problem = f"the store lists {said.app_id} as {entry.id}"
        return Offer(
            self._line(entry), entry.changes, said.permissions, said.trust, said.known, said.publisher, problem
        )

    async def _get(self, request: GetOffer, _session: Session) -> StoreProgress:
        if self._work is not None and not self._work.done():
            raise UnavailableError("another app is being installed", hint="wait until it has ended")
        entry = self._entry(request.app_id)
        if entry.version != request.version:
            raise NotFoundError(f"the store has {entry.version} of {entry.name} now", hint="look at it again")
        if why := self._surroundings.parked():
            raise UnavailableError(f"not now: {why}", hint="park first")
        self._set(StoreJob(entry.id, entry.version, JobStep.FETCHING, 0, entry.size))
        self._work = asyncio.get_running_loop().create_task(self._install(entry))
        return StoreProgress(self._job)

    async def _cancel(self, _request: CancelOffer, _session: Session) -> StoreProgress:
        if self._job is not None and self._job.step is JobStep.INSTALLING:
            raise UnavailableError("it is being installed", hint="remove it when it is done")
        if self._work is not None and not self._work.done():
            self._work.cancel()
            await asyncio.wait([self._work])
        return StoreProgress(self._job)

    # -- the catalogue ------------------------------------------------------------------------------------------------
    async def _open(self) -> None:
        """Find out where apps come from, and what was known of them; TUF costs a third of a second to load."""
        if self._shop is not None or self._post is None:
            return
        try:
            told = self._load()
        except ConfigurationError as error:
            self._state, self._trouble, self._reason = StoreState.OFF, Trouble.BROKEN, error.message
            return
        if told is None:
            self._state = StoreState.OFF
            return
        self._state, self._trouble, self._reason = StoreState.EMPTY, Trouble.NONE, ""
        self._limit = told.bytes_per_day
        self._shop = await asyncio.to_thread(_open_shop, told, make_private(self._folder), self._traffic)
        await self._surroundings.start()
        self._following = True
        self._catalogue = self._shop.kept()
        if self._catalogue is not None:
            self._state = StoreState.READY

    def _look_soon(self) -> None:
        if self._shop is not None and (self._looking is None or self._looking.done()):
            self._state = StoreState.LOOKING
            self._looking = asyncio.get_running_loop().create_task(self._look(self._shop))
            self._tell()

    async def _look(self, shop: "Shop") -> None:
        self._counts["store_looks"] += 1
        try:
            if self._post is not None:
                self._catalogue, made = await shop.look(self._post.clock.now())
                if made:
                    self._post.clock.learn(made)
                self._looked, self._looked_at = self._post.clock.now(), time.monotonic()
            self._state, self._trouble, self._reason = StoreState.READY, Trouble.NONE, ""
        except IviError as error:
            self._state, self._trouble, self._reason = StoreState.FAILED, _trouble(error), str(error)
            self._counts["store_refused"] += isinstance(error, UpdateRefusedError)
            log.warning("the store cannot be read", extra={"reason": str(error)})
        finally:
            self._tell()

    async def _learn_installed(self) -> None:
        try:
            self._installed = await self._apphost.installed()
        except IviError as error:
            log.info("what is installed is not known", extra={"reason": str(error)})

    # -- installing ---------------------------------------------------------------------------------------------------
    async def _install(self, entry: "Entry") -> None:
        """Fetch, look once more whether the car is parked, hand over."""
        shop = self._shop
        if shop is None or self._post is None or self._job is None:
            return
        watch = asyncio.get_running_loop().create_task(self._count(shop, entry))
        try:
            file = await shop.fetch(entry, self._post.clock.now())
            watch.cancel()
            if why := self._surroundings.parked():
                self._fail(Trouble.DRIVING, why)
                return
            self._set(StoreJob(entry.id, entry.version, JobStep.INSTALLING, entry.size, entry.size))
            # Not to be cut: the app host goes on however this process ends.
            await self._apphost.install(entry.id, entry.version, file, entry.manifest_sha256)
            await asyncio.to_thread(shop.forget, None)
            self._counts["store_installed"] += 1
            await self._learn_installed()
            self._set(StoreJob(entry.id, entry.version, JobStep.DONE, entry.size, entry.size))
        except asyncio.CancelledError:
            self._set(StoreJob(entry.id, entry.version, JobStep.CANCELLED, shop.stage.has(entry.artefact), entry.size))
            raise
        except IviError as error:
            self._counts["store_refused"] += isinstance(error, PermissionDeniedError)
            log.warning("an app was not installed", extra={"app": entry.id, "reason": str(error)})
            handed = self._job.step is JobStep.INSTALLING
            self._fail(_of_the_app_host(error) if handed else _trouble(error), str(error))
        finally:
            watch.cancel()

    def _fail(self, trouble: Trouble, reason: str) -> None:
        if (job := self._job) is not None:
            self._set(StoreJob(job.app_id, job.version, JobStep.FAILED, job.here, job.size, trouble, reason))

    async def _count(self, shop: "Shop", entry: "Entry") -> None:
        """Tell how much has come."""
        while True:
            await asyncio.sleep(TELL_GAP)
            here = min(shop.stage.has(entry.artefact), entry.size)
            self._set(StoreJob(entry.id, entry.version, JobStep.FETCHING, here, entry.size))

    def _set(self, job: StoreJob) -> None:
        if job != self._job:
            self._job = job
            self._tell()

    # -- telling ------------------------------------------------------------------------------------------------------
    def _tell(self) -> None:
        for follower in self._followers:
            follower.set()

    def _entry(self, app_id: str) -> "Entry":
        listed = self._catalogue.apps if self._catalogue is not None else []
        found = next((entry for entry in listed if entry.id == app_id), None)
        if found is None:
            raise NotFoundError(f"the store lists no {app_id[:64]}", hint="look at the list again")
        return found

    def _line(self, entry: "Entry") -> StoreEntry:
        rated = entry.rated
        return StoreEntry(
            entry.id, entry.name, entry.version, entry.author, entry.category, entry.icon, entry.summary, entry.size,
            self._installed.get(entry.id, ""), *((rated.mean, rated.count) if rated is not None else ()),
        )  # fmt: skip

    def _view(self) -> Store:
        listed = self._catalogue
        return Store(
            self._state,
            self._trouble,
            self._reason,
            [self._line(entry) for entry in listed.apps] if listed is not None else [],
            float(listed.made) if listed is not None else 0.0,
            self._looked,
            self._traffic.today(self._post.clock.now()) if self._traffic is not None and self._post is not None else 0,
            self._limit,
        )


def _open_shop(told: settings.Settings, folder: Path, traffic: Traffic | None) -> "Shop":
    from ivi.cloud.store.shop import Shop  # noqa: PLC0415  # TUF and its cryptography, see `_open`

    return Shop(told, folder) if traffic is None else Shop(told, folder, count=traffic.wished)


def _trouble(error: IviError) -> Trouble:
    return next((trouble for kind, trouble in _TROUBLES if isinstance(error, kind)), Trouble.BROKEN)


def _of_the_app_host(error: IviError) -> Trouble:
    """What the app host refuses was fetched whole: then the package is at fault, and silence is the car's own."""
    if isinstance(error, PermissionDeniedError | InvalidArgumentError):
        return Trouble.UNTRUSTED
    return Trouble.FULL if isinstance(error, ResourceExhaustedError) else Trouble.BROKEN
