# SPDX-License-Identifier: Apache-2.0
"""The blocking side of updates, on one thread of its own: looking at the repositories, and fetching."""

from pathlib import Path

from ivi.cloud.updates.artefact import Artefact
from ivi.cloud.updates.director_file import DirectorFile
from ivi.cloud.updates.plan import Plan
from ivi.cloud.updates.settings import Settings
from ivi.cloud.updates.stage import Spend, Stage
from ivi.cloud.updates.transfer import Transfer
from ivi.cloud.updates.trusted import ImageRepository, Wanted, verified
from ivi.cloud.updates.worker import STALL, Worker

LOOK_TIMEOUT = 120.0  # seconds for all metadata; what drips in slower is given up


class Repositories:
    """Director, image repository and the fetched files."""

    def __init__(
        self,
        settings: Settings,
        folder: Path,
        vehicle: str,
        *,
        look_timeout: float = LOOK_TIMEOUT,
        stall: float = STALL,
    ) -> None:
        """Nothing is asked before `look`."""
        self._transfer = Transfer()
        metadata = folder / "metadata"
        self._image = ImageRepository(settings.image_url, metadata / "image", settings.image_root, self._transfer)
        self._director = DirectorFile(
            settings.director_url, metadata / "director", settings.director_root, self._transfer, vehicle
        )
        self.stage = Stage(folder / "staging", self._transfer)
        self._worker = Worker("updates", self._transfer, stall=stall)
        self._look_timeout = look_timeout

    async def look(self, now: float) -> Wanted:
        """What both repositories say at this time. Raises UpdateRefusedError, UnavailableError, DeadlineError."""
        return await self._worker.run(lambda: self.read(now), self._look_timeout)

    def read(self, now: float) -> Wanted:
        """The same, on this thread."""
        made = self._image.refresh(now)
        targets = self._director.read(now)
        artefacts = tuple(verified(target, self._image) for target in targets)
        return Wanted(self._director.version, self._director.job, artefacts, max(made, self._director.made))

    async def fetch(self, plan: Plan, spend: Spend) -> None:
        """Fetch what is missing of a plan. Raises as Stage.fetch."""
        await self._worker.run(lambda: self._fetch(plan, spend), None)

    def _fetch(self, plan: Plan, spend: Spend) -> None:
        self.stage.check_room(plan.artefacts)
        for one in plan.artefacts:
            self.stage.fetch(one, self._image.target_url(one), spend, self._worker.stopping)

    def checked(self, one: Artefact) -> Path:
        """The whole file, hashed again."""
        return self.stage.check(one)

    def close(self) -> None:
        """End the thread and the connection."""
        self._worker.close()
