# SPDX-License-Identifier: Apache-2.0
"""The blocking side of the store, on a thread of its own: the newest catalogue, and one app's package.

It is the update client with its own folder: the same root, the same refusals, the same resumable fetching. A car asks
for the whole catalogue or for nothing, so that its server never learns what somebody looks at.
"""

import logging
from collections.abc import Callable
from pathlib import Path

from ivi.cloud.store import catalogue
from ivi.cloud.store.catalogue import MAX_CATALOGUE, PATH, Catalogue, Entry
from ivi.cloud.updates.artefact import Artefact, artefact
from ivi.cloud.updates.budget import uncounted
from ivi.cloud.updates.refusal import UpdateRefusedError, Why
from ivi.cloud.updates.settings import Settings
from ivi.cloud.updates.stage import Spend, Stage
from ivi.cloud.updates.transfer import Transfer
from ivi.cloud.updates.trusted import ImageRepository
from ivi.cloud.updates.worker import STALL, Worker
from ivi.daemon.durable_file import write_whole, writing
from ivi.model.errors import InvalidArgumentError, NotFoundError

log = logging.getLogger(__name__)

LOOK_TIMEOUT = 120.0  # seconds for metadata and catalogue
KEPT = "catalogue.json"


class Shop:
    """One for the car."""

    def __init__(
        self,
        settings: Settings,
        folder: Path,
        *,
        count: Callable[[float], Spend] = lambda _now: uncounted,
        look_timeout: float = LOOK_TIMEOUT,
        stall: float = STALL,
    ) -> None:
        """Nothing is asked before `look`. `count` takes the trusted time and counts what comes from then on."""
        self._count = count
        self._folder = folder
        self._transfer = Transfer()
        self._image = ImageRepository(settings.image_url, folder / "metadata", settings.image_root, self._transfer)
        self.stage = Stage(folder / "staging", self._transfer)
        self._worker = Worker("store", self._transfer, stall=stall)
        self._look_timeout = look_timeout

    async def look(self, now: float) -> tuple[Catalogue, float]:
        """The newest catalogue, and when the repository was last published (0: it does not say).

        Raises UpdateRefusedError, UnavailableError, DeadlineError, NotFoundError, ResourceExhaustedError.
        """
        return await self._worker.run(lambda: self._look(now), self._look_timeout)

    async def fetch(self, entry: Entry, now: float) -> Path:
        """The whole package, verified; what has come of it stays for the next time. Raises as `look`."""
        return await self._worker.run(lambda: self._fetch(entry, now), None)

    def close(self) -> None:
        """End the thread and the connection."""
        self._worker.close()

    def _look(self, now: float) -> tuple[Catalogue, float]:
        made = self._image.refresh(now)
        found = self._image.find(PATH)
        if found is None:
            raise NotFoundError("the repository has no store of apps", hint="`ivi app publish` makes one")
        if found.length > MAX_CATALOGUE:
            raise UpdateRefusedError(Why.ENDLESS, f"the catalogue has {found.length} bytes")
        try:
            one = artefact(found.path, found.length, found.hashes, found.custom)
            self.stage.fetch(one, self._image.target_url(one), self._count(now), self._worker.stopping)
            data = self.stage.check(one).read_bytes()
            read = catalogue.read(data)
        except InvalidArgumentError as error:
            raise UpdateRefusedError(Why.MALFORMED, error.message) from error
        with writing("the catalogue"):
            write_whole(self._folder / KEPT, data)
        return read, made

    def kept(self) -> Catalogue | None:
        """The last one that was here; None for none, or one that cannot be read any more."""
        try:
            return catalogue.read((self._folder / KEPT).read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, InvalidArgumentError) as error:
            log.warning("the last catalogue cannot be read", extra={"reason": str(error)})
            return None

    def _fetch(self, entry: Entry, now: float) -> Path:
        self._image.refresh(now)
        one = entry.artefact
        found = self._image.find(one.path)
        if found is None:
            raise UpdateRefusedError(Why.NOT_THERE, f"nobody who may has signed {one.path!r}")
        said = artefact(found.path, found.length, found.hashes, found.custom)
        if (said.length, said.sha256, said.name, said.version) != (one.length, one.sha256, one.name, one.version):
            raise UpdateRefusedError(Why.MISMATCH, f"catalogue and publisher differ about {one.path!r}")
        self.stage.check_room([one])
        self.stage.fetch(one, self._image.target_url(one), self._count(now), self._worker.stopping)
        return self.stage.check(one)

    def forget(self, keep: Artefact | None) -> None:
        """Delete what was fetched, but for one."""
        self.stage.sweep([keep] if keep is not None else [])
