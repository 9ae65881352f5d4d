# SPDX-License-Identifier: Apache-2.0
"""Installing a plan and taking it back, in steps of which each may be the last before a power cut.

1 `installing` is written      cut here or before 4: nothing has changed, it begins again
2 slots are written, tried
3 the new set is written
4 the link is switched         cut here or later: it goes on with 5
5 apps are handed to the app host, each at most once
6 `trial` is written in `installing`'s place
"""

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ivi.cloud.updates import runtime_packages
from ivi.cloud.updates.apps import AppDoor
from ivi.cloud.updates.artefact import Artefact, Kind
from ivi.cloud.updates.generations import Generations, SoftwareSet
from ivi.cloud.updates.journal import Journal
from ivi.cloud.updates.plan import AppChange, GivenUp, Installing, Plan, Trial
from ivi.cloud.updates.slot_boot import FAILED, TRIAL
from ivi.daemon.durable_file import write_whole, writing
from ivi.model.errors import DeadlineError, IviError, LinkError, NotFoundError, UnavailableError

log = logging.getLogger(__name__)

STARTS = 3  # of a new runtime before the launcher goes back
APPHOST_WAIT = 60.0  # seconds for an app host that is away
RETRY = 1.0  # seconds
REASON_MAX = 300  # characters

type Tell = Callable[[str, str, str], None]
"""Writes a line of the history and reports it: what, subject, why."""


class Installer:
    """Changes what is installed. One call at a time."""

    def __init__(
        self,
        generations: Generations,
        journal: Journal,
        apps: AppDoor,
        tell: Tell,
        *,
        apphost_wait: float = APPHOST_WAIT,
    ) -> None:
        """`tell` must not raise."""
        self._generations = generations
        self._journal = journal
        self._apps = apps
        self._tell = tell
        self._apphost_wait = apphost_wait

    @property
    def trial(self) -> Trial | None:
        """What is in use and watched."""
        return self._journal.read("trial", Trial)

    async def install(self, plan: Plan, file_of: Callable[[Artefact], Path], unfit: Callable[[], str]) -> None:
        """Install everything of a plan, or nothing. `file_of` gives the checked file of an artefact; `unfit` says why
        the car is not fit for the switch (it may have been driven off while slots were written), empty when it is.

        Raises the IviError that kept it from happening; what was installed before is in use then.
        """
        before = self._generations.current()
        number = self._generations.next_number()
        record = Installing(number, before.number, plan)
        self._journal.write("installing", record)
        self._tell("install_began", _subject(plan), "")
        try:
            await asyncio.to_thread(self._prepare, plan, file_of)
            self._generations.make(plan.applied(before, number))
            if why := unfit():
                raise UnavailableError(why, hint="it is installed another time")  # one place ends a try
            if plan.changes(Kind.RUNTIME):
                self._write_trial_file(number, before.number)
            self._generations.switch(number)
        except IviError as error:
            self._tell("install_failed", _subject(plan), error.message)
            self._journal.write("installing", None)
            self._remove(TRIAL)
            await asyncio.to_thread(self._generations.sweep, [before.number])
            raise
        await self._go_on(record, file_of)

    def _prepare(self, plan: Plan, file_of: Callable[[Artefact], Path]) -> None:
        for one in plan.artefacts:
            if one.kind is not Kind.APP:
                finish = runtime_packages.build if one.kind is Kind.RUNTIME else None
                self._generations.prepare(one, file_of(one), finish)

    def _write_trial_file(self, number: int, before: int) -> None:
        with writing(TRIAL):
            told = {"number": number, "before": before, "starts_left": STARTS}
            write_whole(self._generations.folder / TRIAL, json.dumps(told).encode())

    async def _go_on(self, record: Installing, file_of: Callable[[Artefact], Path]) -> None:
        """What follows the switch."""
        changed: list[AppChange] = []
        old = self._generations.read(record.before).by_key()
        try:
            for one in record.plan.changes(Kind.APP):
                await self._patiently(one, await asyncio.to_thread(file_of, one))
                changed.append(AppChange(one.name, one.version, old[one.key].version if one.key in old else ""))
        except IviError as error:
            self._tell("install_failed", _subject(record.plan), error.message)
            undone = Trial(record.number, record.before, record.plan, tuple(changed), ill=error.message[:REASON_MAX])
            self._to_trial(undone)
            await self.take_back(undone.ill)
            raise
        self._to_trial(Trial(record.number, record.before, record.plan, tuple(changed)))
        self._tell("installed", _subject(record.plan), "")

    def _to_trial(self, trial: Trial) -> None:
        with self._journal.together():
            self._journal.write("trial", trial)
            self._journal.write("installing", None)
            self._journal.write("agreed", None)

    async def _patiently(self, one: Artefact, file: Path) -> None:
        """Hand an app over; the app host may be starting."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self._apphost_wait
        while True:
            try:
                await self._apps.install(one.name, one.version, file)
            except (UnavailableError, LinkError, DeadlineError):
                if loop.time() >= until:
                    raise
                await asyncio.sleep(RETRY)
            else:
                return

    # -- after a start ------------------------------------------------------------------------------------------------
    async def recover(self, file_of: Callable[[Artefact], Path]) -> None:
        """Finish or forget what was cut off; take note of what the launcher took back."""
        current = self._generations.current().number
        record, trial = self._journal.read("installing", Installing), self.trial
        if record is not None and current == record.number:
            await self._go_on(record, file_of)
        elif record is not None:
            why = self._launchers_word()
            self._tell("install_interrupted", _subject(record.plan), why or "the power went; nothing has changed")
            if why:  # it was switched, and the launcher went back before anything could be written here
                self._journal.write("given_up", GivenUp(record.plan.order, why))
            self._journal.write("installing", None)
            self._remove(TRIAL)
        elif trial is not None and current != trial.number:
            await self._taken_back(trial, self._launchers_word() or trial.ill or "it was taken back")
        elif trial is not None and trial.ill:
            await self.take_back(trial.ill)
        trial = self.trial
        await asyncio.to_thread(self._generations.sweep, [trial.before] if trial else [self._generations.before() or 0])

    def _launchers_word(self) -> str:
        path = self._generations.folder / FAILED
        try:
            return str(json.loads(path.read_text(encoding="utf-8"))["why"])[:REASON_MAX]
        except FileNotFoundError:
            return ""
        except (OSError, ValueError, KeyError, TypeError):
            return "the launcher went back"

    # -- the trial and its end ----------------------------------------------------------------------------------------
    def keep(self, trial: Trial) -> None:
        """Write down how the trial goes."""
        self._journal.write("trial", trial)

    async def trust(self) -> None:
        """The trial is over and went well; the set before is kept to go back to."""
        trial = self.trial
        if trial is None:
            return
        self._journal.write("trial", None)
        self._remove(TRIAL)
        self._tell("trusted", _subject(trial.plan), "")
        await asyncio.to_thread(self._generations.sweep, [trial.before])

    async def take_back(self, why: str) -> SoftwareSet:
        """Back to the set before, apps too. Raises NotFoundError when there is none to go back to.

        The link is switched first: on a full disk that still works when nothing can be written down.
        """
        trial = self.trial
        if trial is None:
            trial = self._as_trial()
        if not trial.ill:
            trial = replace(trial, ill=why[:REASON_MAX])
        self._generations.switch(trial.before)
        await self._taken_back(trial, why)
        return self._generations.current()

    def _as_trial(self) -> Trial:
        """The set that is trusted already, to go back from."""
        now, before = self._generations.current(), self._generations.before()
        if before is None:
            raise NotFoundError("nothing was installed since the car was delivered", hint="there is nothing to undo")
        old = self._generations.read(before).by_key()
        apps = tuple(
            AppChange(one.name, one.version, old[one.key].version if one.key in old else "")
            for one in now.items
            if one.kind is Kind.APP and (one.key not in old or old[one.key].version != one.version)
        )
        return Trial(now.number, before, Plan(now.director, now.job, now.order, ()), apps)

    async def _taken_back(self, trial: Trial, why: str) -> None:
        """What follows the switch back."""
        self._remove(TRIAL)
        for app in trial.apps:
            try:
                state = await self._apps.roll_back(app.app_id, app.version, why)
            except NotFoundError:
                continue
            except IviError as error:
                self._tell("app_stays", f"{app.app_id} {app.version}", error.message)
                continue
            if state.version == app.version:
                self._tell("app_stays", f"{app.app_id} {app.version}", "the app host has no version before it")
        with self._journal.together():
            self._journal.write("trial", None)
            self._journal.write("agreed", None)
            self._journal.write("given_up", GivenUp(trial.plan.order, why[:REASON_MAX]))
        self._remove(FAILED)
        self._tell("rolled_back", _subject(trial.plan), why)
        await asyncio.to_thread(self._generations.sweep, [])

    def _remove(self, name: str) -> None:
        try:
            (self._generations.folder / name).unlink(missing_ok=True)
        except OSError as error:
            log.warning("a file of the launcher stays", extra={"file": name, "reason": str(error)})


def _subject(plan: Plan) -> str:
    """A plan in a few words."""
    words = ", ".join(f"{one.kind}/{one.name} {one.version}" for one in plan.artefacts)
    return words[:REASON_MAX] or f"job {plan.job}"
