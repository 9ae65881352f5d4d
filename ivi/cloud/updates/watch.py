# SPDX-License-Identifier: Apache-2.0
"""The health window: what is new is in use and watched; it is trusted in the end, or taken back."""

from dataclasses import replace
from pathlib import Path

import ivi
from ivi.cloud.updates.apps import AppDoor
from ivi.cloud.updates.artefact import Kind
from ivi.cloud.updates.generations import Generations
from ivi.cloud.updates.installer import Installer
from ivi.cloud.updates.plan import Trial
from ivi.cloud.updates.surroundings import Health, Surroundings
from ivi.model.errors import IviError

STRIKES = 3  # looks in a row at which something is wrong before it goes back
RESTARTS = 3  # of any processes during the trial
READERS = {Kind.DBC: "databroker", Kind.MODEL: "voice"}
"""Who reads a kind when it starts. Maps and apps are in use at once; the runtime by whom runs from it."""


class Watch:
    """Looks at the trial, once each `tick` seconds."""

    def __init__(
        self, installer: Installer, generations: Generations, surroundings: Surroundings, apps: AppDoor
    ) -> None:
        """See `look`."""
        self._installer, self._generations = installer, generations
        self._surroundings, self._apps = surroundings, apps

    async def look(self, trial: Trial, tick: float, window: float) -> bool:
        """One look; whether the trial is over, well or not. Only time in which all is known to be well counts."""
        health = await self._surroundings.health()
        if trial.restarts < 0 and health.known:
            trial = replace(trial, readers=self._readers(trial, health))
        restarts = health.restarts if trial.restarts < 0 and health.known else trial.restarts
        ill = health.ill or await self._app_trouble(trial)
        if not ill and restarts >= 0 and health.restarts - restarts > RESTARTS:
            ill = f"processes were started again {health.restarts - restarts} times"
        if ill:
            now = replace(trial, strikes=trial.strikes + 1, restarts=restarts)
            if now.strikes >= STRIKES:
                await self._installer.take_back(ill)
                return True
        else:
            readers = {name: pid for name, pid in trial.readers.items() if health.pids.get(name, pid) == pid}
            now = replace(trial, strikes=0, restarts=restarts, readers=readers if health.known else trial.readers)
            if health.known and self.in_use(now):
                now = replace(now, well_s=trial.well_s + tick)
        if now.well_s >= window:
            await self._installer.trust()
            return True
        if now != trial:
            self._installer.keep(now)
        return False

    async def _app_trouble(self, trial: Trial) -> str:
        for app in trial.apps:
            try:
                state = await self._apps.state(app.app_id)
            except IviError:
                continue  # an app host that is away is the manager's to tell
            if state.version != app.version and state.failed_version == app.version:
                return f"{app.app_id} {app.version} did not do well: {state.failure}"
        return ""

    def _readers(self, trial: Trial, health: Health) -> dict[str, int]:
        """Who has to start again before what is new is in use."""
        names = {READERS[kind] for kind in READERS if trial.plan.changes(kind)}
        return {name: health.pids[name] for name in names if name in health.pids}

    def in_use(self, trial: Trial) -> bool:
        """Whether what is new runs: its readers have started since, and of a runtime this process runs from it."""
        if trial.readers:
            return False
        runtimes = trial.plan.changes(Kind.RUNTIME)
        if not runtimes:
            return True
        slot = self._generations.place(Kind.RUNTIME, runtimes[0].name).resolve()
        return Path(ivi.__file__).resolve().is_relative_to(slot)

    def words(self, trial: Trial) -> str:
        """How it stands."""
        if not self.in_use(trial):
            return "what is new is used from the next start on"
        return f"it has done well for {trial.well_s:.0f} s"
