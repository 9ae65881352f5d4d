# SPDX-License-Identifier: Apache-2.0
"""The update service, a part of the cloud process: looks, fetches, waits until it may, installs, watches, reports."""

import asyncio
import contextlib
import logging
import random
import time
from collections.abc import Awaitable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ivi.cloud.cbor import decode
from ivi.cloud.part import Post
from ivi.cloud.updates.apps import AppDoor
from ivi.cloud.updates.artefact import Artefact
from ivi.cloud.updates.budget import meter, uncounted
from ivi.cloud.updates.desk import Desk
from ivi.cloud.updates.generations import Generations
from ivi.cloud.updates.hawkbit import HawkBitDoor
from ivi.cloud.updates.installer import Installer
from ivi.cloud.updates.journal import Journal
from ivi.cloud.updates.orders import Orders
from ivi.cloud.updates.plan import Installing, Plan, make_plan
from ivi.cloud.updates.refusal import UpdateRefusedError
from ivi.cloud.updates.reports import Reports
from ivi.cloud.updates.settings import Settings
from ivi.cloud.updates.stage import Spend
from ivi.cloud.updates.surroundings import Surroundings
from ivi.cloud.updates.watch import Watch
from ivi.daemon.link_server import Router
from ivi.daemon.paths import make_private
from ivi.daemon.process import Counter, Process
from ivi.model.errors import (
    DeadlineError,
    InvalidArgumentError,
    IviError,
    ResourceExhaustedError,
    UnavailableError,
)
from ivi.model.updates import UpdateState

if TYPE_CHECKING:
    from ivi.cloud.updates.look import Repositories

log = logging.getLogger(__name__)

TICK = 2.0  # seconds between looks at the car while an agreed install waits
HEALTH_TICK = 5.0  # seconds between looks at the health
RETRY_FIRST, RETRY_LAST = 30.0, 3600.0  # seconds between attempts after a failure
HINT_GAP = 30.0  # seconds between looks that the fleet's hints may cause
MAX_HINT = 4096  # bytes of a message that says that something is there


class UpdateService:
    """See ivi.cloud.part.Part."""

    name = "updates"
    topics: tuple[str, ...] = ("job",)

    def __init__(
        self,
        process: Process,
        settings: Settings | None,
        state: Path,
        surroundings: Surroundings,
        apps: AppDoor,
        *,
        tick: float = TICK,
        health_tick: float = HEALTH_TICK,
    ) -> None:
        """Without settings it answers that it is off. Nothing runs before `start`."""
        self.apps = apps
        self.state = UpdateState.OFF if settings is None else UpdateState.IDLE
        self.reason = "this car was not told where its updates come from" if settings is None else ""
        self.waits_for: list[str] = []
        self.checked = 0.0
        """When the repositories were last read well."""
        self.plan: Plan | None = None
        self._process, self._settings = process, settings
        self._folder = state / "updates"
        self._surroundings = surroundings
        self._tick, self._health_tick = tick, health_tick
        self._look_at = 0.0
        self._hint_at = -HINT_GAP
        self._failures = 0
        self._counts = {"updates_looks": 0, "updates_refused": 0, "updates_hints_refused": 0}
        self._wake = asyncio.Event()
        self._busy = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        self._door: HawkBitDoor | None = None
        self._door_task: asyncio.Task[None] | None = None
        self._post: Post | None = None
        self._desk = Desk(self)

    # -- Part ---------------------------------------------------------------------------------------------------------
    async def start(self, post: Post) -> None:
        """Open the journal, finish what was cut off, and begin to look."""
        make_private(self._folder)
        self.journal = Journal(self._folder / "journal.db")
        self.orders = Orders(self.journal)
        self.generations = Generations(self._folder)
        self._reports = Reports(self._process, post, self.journal, self.generations, self._folder)
        if self.journal.quarantined is not None:
            what = f"The journal of updates was damaged and a new one was made ({self.journal.quarantined.name})"
            self._reports.problem("updates_journal", what, "check the disk")
        self._installer = Installer(self.generations, self.journal, self.apps, self._reports.history)
        self._watch = Watch(self._installer, self.generations, self._surroundings, self.apps)
        self._post = post
        if self._settings is not None:
            await self._surroundings.start()
            self._repositories = self._open(self._settings, post.vehicle_id)
            self._task = asyncio.get_running_loop().create_task(self._run())
            self._task.add_done_callback(self._ended)
            if self._settings.hawkbit is not None:
                self._door = HawkBitDoor(self._settings.hawkbit, post.vehicle_id, self, self.now)
                self._door_task = asyncio.get_running_loop().create_task(self._door.run())
                self._door_task.add_done_callback(self._ended)

    def _open(self, settings: Settings, vehicle: str) -> "Repositories":
        """TUF and its cryptography cost a third of a second to load; a car without updates does not pay for them."""
        from ivi.cloud.updates.look import Repositories  # noqa: PLC0415  # see above

        return Repositories(settings, self._folder, vehicle)

    async def stop(self) -> None:
        """End in order; what was fetched stays."""
        if self._post is None:
            return
        if self._door is not None:
            self._door.close()
        tasks = [task for task in (self._task, self._door_task) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._settings is not None:
            self._repositories.close()
        self._post = None
        await self._surroundings.stop()
        self.journal.close()

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A defect of ours must not take the uplink along: it is told, and updates stand still until the next start."""
        if not task.cancelled() and (error := task.exception()) is not None:
            log.critical("the update service failed", exc_info=error)
            self._reports.problem("updates", f"Updates have stopped: {error!r}", "start ivi again; the log has more")

    def online(self) -> None:
        """There is a network again: what failed for the lack of one is tried at once."""
        if self._failures:
            self._failures = 0
            self.look_soon()

    def received(self, topic: str, payload: bytes) -> Awaitable[None] | None:
        """The fleet says that something is there. It is a hint and nothing more: only signed files count."""
        try:
            hint = decode(payload, "the hint", most=MAX_HINT) if payload else {}
        except InvalidArgumentError as error:
            hint = error.message
        if not isinstance(hint, dict):
            self._counts["updates_hints_refused"] += 1
            self._reports.refused("malformed", f"{topic}: {hint if isinstance(hint, str) else 'no map'}")
            return None
        now = time.monotonic()
        if now - self._hint_at >= HINT_GAP:
            self._hint_at = now
            self.look_soon()
        return None

    def serve(self, router: Router) -> None:
        """Answer the screen and the command line."""
        self._desk.serve(router)

    def counters(self) -> dict[str, Counter]:
        """Numbers for the status."""
        return {**self._counts, "updates_state": self.state.value}

    # -- what the desk and the door for hawkBit use -------------------------------------------------------------------
    def require_started(self) -> None:
        """Raise UnavailableError unless it runs."""
        if self._post is None:
            raise UnavailableError("the update service is starting or stopping", hint="ask again in a moment")

    def now(self) -> float:
        """Trusted time."""
        return self._post.clock.now() if self._post is not None else 0.0

    @property
    def bytes_per_day(self) -> int:
        """0 for no limit."""
        return self._settings.bytes_per_day if self._settings is not None else 0

    def wished(self, now: float) -> Spend:
        """See ivi.cloud.updates.budget.Traffic."""
        return meter(self.journal, 0, now) if self._post is not None else uncounted

    def today(self, now: float) -> int:
        """Bytes of this day (UTC); 0 while nobody counts them."""
        return self.journal.traffic(now) if self._post is not None else 0

    def fetched(self, one: Artefact) -> int:
        """Bytes of an artefact that are here."""
        return self._repositories.stage.has(one) if self._settings is not None else 0

    def installed_hashes(self) -> set[str]:
        """SHA-256 of everything that is installed."""
        return {one.sha256 for one in self.generations.current().items}

    def look_soon(self) -> None:
        """Look at the next opportunity."""
        self._look_at = 0.0
        self._wake.set()

    async def look_now(self) -> bool:
        """Look and wait for it; False when there is no looking now. Raises what the look raises."""
        busy = self._busy.locked() and self.state in {UpdateState.FETCHING, UpdateState.INSTALLING}
        if self._settings is None or busy:
            return False
        async with self._busy:
            if self._installer.trial is not None:
                return False
            try:
                await self._look()
            except IviError as error:
                self._failed(error)
                raise
        self._wake.set()
        return True

    async def agree(self, todo: Plan, *, agree: bool) -> None:
        """The driver's word."""
        self.orders.agree(todo, agree=agree)
        self._reports.state("agreed" if agree else "declined", words(todo.artefacts))
        self.waits_for = await self._missing(todo)
        if self.state is UpdateState.WAITING:
            self._set(self.state, "; ".join(self.waits_for))
        self._wake.set()
        self._desk.changed()

    async def roll_back(self) -> None:
        """The driver wants the set before. Raises UnavailableError, NotFoundError."""
        if self._settings is None:
            raise UnavailableError(self.reason, hint="docs/cloud-updates.md says how to set it up")
        if self._busy.locked() and self.state in {UpdateState.FETCHING, UpdateState.INSTALLING}:
            raise UnavailableError("an update is being fetched or installed", hint="try again when it has ended")
        if parked := self._surroundings.parked():
            raise UnavailableError(f"not now: {parked}", hint="park first")
        async with self._busy:
            try:
                await self._installer.take_back("you wanted the version before")
            finally:
                self._after_change()
        self.look_soon()

    # -- the loop -----------------------------------------------------------------------------------------------------
    async def _run(self) -> None:
        while not await self._recovered():  # noqa: ASYNC110  # the app host or the disk tells nobody when it is back
            await asyncio.sleep(RETRY_FIRST)
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._pause()):
                    await self._wake.wait()
            self._wake.clear()
            async with self._busy:
                await self._step()

    async def _recovered(self) -> bool:
        async with self._busy:
            try:
                await self._installer.recover(self._repositories.checked)
            except IviError as error:
                what = f"An install that was cut off is not finished: {error.message}"
                self._reports.problem("updates", what, error.hint)
                return False
            self._reports.well("updates")
            self._after_change()
        return True

    def _pause(self) -> float:
        if self.state is UpdateState.TRIAL:
            return self._health_tick
        wait = max(0.0, self._look_at - time.monotonic())
        return min(wait, self._tick) if self.state is UpdateState.WAITING and self.orders.is_agreed(self.plan) else wait

    async def _step(self) -> None:
        """What is due. What fails is told and tried again later."""
        try:
            if (trial := self._installer.trial) is not None:
                over = await self._watch.look(trial, self._health_tick, self._window())
                self._after_change()
                if over:
                    self.look_soon()
                return
            if time.monotonic() >= self._look_at:
                try:
                    await self._look()
                except (UnavailableError, DeadlineError) as error:
                    self._failed(error)  # what is here already can be installed without a network
            await self._advance()
        except IviError as error:
            self._failed(error)

    def _window(self) -> float:
        return self._settings.health_s if self._settings is not None else 0.0

    def _failed(self, error: IviError) -> None:
        self._failures += 1
        wait = min(RETRY_LAST, RETRY_FIRST * 2 ** min(self._failures - 1, 10))
        self._look_at = time.monotonic() + wait * random.uniform(0.8, 1.2)  # noqa: S311  # spreads cars
        self._reports.problem("updates", f"No update now: {error.message}", error.hint)
        if isinstance(error, UpdateRefusedError):
            self._counts["updates_refused"] += 1
            self._reports.refused(error.why.value, error.message)
            self._set(UpdateState.FAILED, error.message)
        elif self.plan is not None and self.orders.given_up(self.plan):
            self._set(UpdateState.FAILED, error.message)
        else:
            self._set(self.state if self.state is not UpdateState.INSTALLING else UpdateState.IDLE, error.message)

    async def _look(self) -> None:
        """Ask the repositories."""
        if self._settings is None or self._post is None:
            return
        self._counts["updates_looks"] += 1
        wanted = await self._repositories.look(self._post.clock.now())
        if wanted.made:
            self._post.clock.learn(wanted.made)
        fresh = make_plan(wanted.version, wanted.job, wanted.artefacts, self.generations.current())
        if fresh != self.plan:
            self.journal.write("plan", fresh)
            is_new = self.plan is None or fresh.order != self.plan.order
            self.plan, self._reports.job = fresh, fresh.job
            self._repositories.stage.sweep(fresh.artefacts)
            if fresh.artefacts and is_new and not self.orders.given_up(fresh):
                self._reports.state("available", words(fresh.artefacts))
        self.checked = self._post.clock.now()
        self._failures = 0
        self._look_at = time.monotonic() + self._settings.check_s * random.uniform(0.9, 1.1)  # noqa: S311  # spreads cars
        self._reports.well("updates")

    async def _advance(self) -> None:
        """Fetch what is missing, and install when everything allows it."""
        todo = self.plan
        if todo is None or not todo.artefacts:
            self._set(UpdateState.IDLE, "")
            return
        if why := self.orders.given_up(todo):
            self._set(UpdateState.FAILED, why)
            return
        if not all(self._repositories.stage.is_whole(one) for one in todo.artefacts):
            self._set(UpdateState.FETCHING, "")
            await self._repositories.fetch(todo, meter(self.journal, self.bytes_per_day, self.now()))
            self._reports.state("fetched", words(todo.artefacts))
        self.waits_for = await self._missing(todo)
        if self.waits_for:
            self._set(UpdateState.WAITING, "; ".join(self.waits_for))
            return
        await self._install(todo)

    async def _missing(self, todo: Plan) -> list[str]:
        """Why it may not be installed now."""
        reasons = [] if self.orders.is_agreed(self.plan) else ["you have not agreed to it yet"]
        if self.orders.is_held():
            reasons.append("the fleet has asked to wait")
        if parked := self._surroundings.parked():
            reasons.append(parked)
        if refusal := (await self._surroundings.forecast(todo.artefacts)).refusal:
            reasons.append(refusal)
        return reasons

    async def _install(self, todo: Plan) -> None:
        self._set(UpdateState.INSTALLING, "")
        try:
            await self._installer.install(todo, self._repositories.checked, self._surroundings.parked)
        except (ResourceExhaustedError, UnavailableError):
            raise  # later it may work
        except IviError as error:
            self.orders.give_up(todo, error.message)
            raise
        finally:
            self._after_change()

    def _after_change(self) -> None:
        """The installed set may be another one: what is missing now, and how it stands."""
        self.plan = self.journal.read("plan", Plan)
        if self.plan is not None:
            have = self.generations.current().by_key()
            left = (one for one in self.plan.artefacts if one.key not in have or have[one.key].sha256 != one.sha256)
            self.plan = replace(self.plan, artefacts=tuple(left))
            self._reports.job = self.plan.job
        if self.journal.read("installing", Installing) is None:
            self._repositories.stage.sweep(self.plan.artefacts if self.plan is not None else ())
        trial = self._installer.trial
        if trial is not None:
            self._set(UpdateState.TRIAL, self._watch.words(trial))
        elif self.state in {UpdateState.TRIAL, UpdateState.INSTALLING}:
            self._set(UpdateState.IDLE, "")

    def _set(self, state: UpdateState, reason: str) -> None:
        if (state, reason) != (self.state, self.reason):
            self.state, self.reason = state, reason
            self._desk.changed()


def words(artefacts: Iterable[Artefact]) -> str:
    """Artefacts in a few words."""
    return ", ".join(f"{one.kind}/{one.name} {one.version}" for one in artefacts)
