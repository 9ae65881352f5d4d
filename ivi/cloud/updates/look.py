# SPDX-License-Identifier: Apache-2.0
"""The blocking side of updates, on one thread of its own: looking at the repositories, and fetching."""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ivi.cloud.updates.artefact import Artefact
from ivi.cloud.updates.director_file import DirectorFile
from ivi.cloud.updates.plan import Plan
from ivi.cloud.updates.settings import Settings
from ivi.cloud.updates.stage import Spend, Stage
from ivi.cloud.updates.transfer import Transfer
from ivi.cloud.updates.trusted import ImageRepository, Wanted, verified
from ivi.model.errors import DeadlineError

log = logging.getLogger(__name__)

LOOK_TIMEOUT = 120.0  # seconds for all metadata; what drips in slower is given up
STALL = 60.0  # seconds in which nothing at all comes, after which it is given up
GIVE_UP_WAIT = 15.0  # seconds until the thread has noticed


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
        self._pool = ThreadPoolExecutor(1, "updates")
        self._stop = threading.Event()
        self._look_timeout, self._stall = look_timeout, stall

    async def look(self, now: float) -> Wanted:
        """What both repositories say at this time. Raises UpdateRefusedError, UnavailableError, DeadlineError."""
        return await self._run(lambda: self.read(now), self._look_timeout)

    def read(self, now: float) -> Wanted:
        """The same, on this thread."""
        made = self._image.refresh(now)
        targets = self._director.read(now)
        artefacts = tuple(verified(target, self._image) for target in targets)
        return Wanted(self._director.version, self._director.job, artefacts, max(made, self._director.made))

    async def fetch(self, plan: Plan, spend: Spend) -> None:
        """Fetch what is missing of a plan. Raises as Stage.fetch."""
        await self._run(lambda: self._fetch(plan, spend), None)

    async def _stalled(self) -> None:
        """Returns when nothing has come for a while: a head that drips in is no body whose rate could be too low."""
        steps = -1
        while steps != self._transfer.steps:
            steps = self._transfer.steps
            await asyncio.sleep(self._stall)

    def _fetch(self, plan: Plan, spend: Spend) -> None:
        self.stage.check_room(plan.artefacts)
        for one in plan.artefacts:
            self.stage.fetch(one, self._image.target_url(one), spend, self._stop)

    def checked(self, one: Artefact) -> Path:
        """The whole file, hashed again."""
        return self.stage.check(one)

    async def _run[T](self, work: Callable[[], T], limit: float | None) -> T:
        self._transfer.resume()
        self._stop.clear()
        future = asyncio.wrap_future(self._pool.submit(work))
        stalled = asyncio.get_running_loop().create_task(self._stalled())
        try:
            waits: list[asyncio.Future[Any]] = [future, stalled]
            await asyncio.wait(waits, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            await self._give_up(future)
            raise
        finally:
            stalled.cancel()
        if not future.done():
            await self._give_up(future)
            raise DeadlineError("the server of the updates did not answer in time", hint="it is tried again later")
        return future.result()

    async def _give_up[T](self, future: "asyncio.Future[T]") -> None:
        """Have the thread end what it does; what it says then does not matter any more."""
        self._stop.set()
        self._transfer.give_up()
        done, _ = await asyncio.wait([future], timeout=GIVE_UP_WAIT)
        if not done:
            log.warning("the thread of the updates still waits for its server")
        elif not future.cancelled() and (error := future.exception()) is not None:
            log.info("given up", extra={"reason": str(error)})

    def close(self) -> None:
        """End the thread and the connection."""
        self._stop.set()
        self._transfer.give_up()
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._transfer.close()
