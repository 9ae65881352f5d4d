# SPDX-License-Identifier: Apache-2.0
"""What the dialogue needs running beside it: the streams of services and apps, the names that change, the reminders."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from ivi.daemon.link_client import LinkClient
from ivi.daemon.process import Process
from ivi.model.errors import IviError
from ivi.voice.dialogue.actions import media
from ivi.voice.dialogue.car import Car
from ivi.voice.dialogue.contacts import read_contacts
from ivi.voice.dialogue.notebook import Notebook
from ivi.voice.dialogue.owners import Apps, Services
from ivi.voice.dialogue.world import World

log = logging.getLogger(__name__)

LOOK = 1.0  # seconds between two looks at the clock and at the names
STALE = 24 * 3600  # seconds after which a reminder that was due while the car was off is not said any more
MAX_TITLES = 200  # that are kept in the grammar; the ones that were seen first go
NOTEBOOK, CONTACTS = "notebook.db", "contacts.vcf"

type Names = dict[str, tuple[str, ...]]


class Attended(Protocol):
    """The dialogue."""

    def use_names(self, names: Mapping[str, Sequence[str]]) -> None:
        """Names that may be said now."""

    def reminder(self, text: str) -> str:
        """The words of a reminder that is due."""


def local_now() -> datetime:
    """The time on the car's clock."""
    return datetime.now(UTC).astimezone()


class Attendance:
    """One for the voice process. It owns the World."""

    def __init__(
        self,
        process: Process,
        databroker: LinkClient,
        services: LinkClient | None,
        apphost: LinkClient | None,
        *,
        folder: Path,
        clock: Callable[[], datetime] = local_now,
    ) -> None:
        """`folder` keeps the notebook, and contacts.vcf where somebody put one. Raises ConfigurationError."""
        contacts, said = read_contacts(folder / CONTACTS)
        if said is not None:
            process.report("contacts", said)
        notebook = Notebook(folder / NOTEBOOK)
        self.world = World(Car(databroker), Services(services), Apps(apphost), notebook, clock, contacts)
        self._tasks: list[asyncio.Task[None]] = []
        self._names: Names = {}
        self._titles: dict[str, None] = {}
        self._on_names: Callable[[Names], Awaitable[None]] | None = None

    def start(
        self,
        dialogue: Attended,
        announce: Callable[[str], Awaitable[None]],
        on_names: Callable[[Names], Awaitable[None]] | None = None,
    ) -> None:
        """Begin; `announce` says what is due, `on_names` is awaited after names have changed."""
        loop = asyncio.get_running_loop()
        self._on_names = on_names
        jobs: list[Coroutine[None, None, None]] = [
            self.world.services.follow(),
            self.world.apps.follow(),
            self._look(dialogue, announce),
        ]
        self._tasks = [loop.create_task(job) for job in jobs]

    async def stop(self) -> None:
        """End, and close the notebook."""
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self.world.notebook.close()

    def names(self) -> Names:
        """Names that may be said now, by list."""
        apps = tuple(sorted(view.name for view in self.world.apps.views))
        places = tuple(place.name for place in self.world.notebook.places())
        contacts = dict.fromkeys([*self.world.contacts, *(name.split()[0] for name in self.world.contacts)])
        return {"app": apps, "title": self._seen_titles(), "place": places, "contact": tuple(contacts)}

    def _seen_titles(self) -> tuple[str, ...]:
        """Titles that the player's list has shown: while driving it is short and moves with each track."""
        self._titles |= dict.fromkeys(media.titles(self.world))
        for title in list(self._titles)[:-MAX_TITLES]:
            del self._titles[title]
        return tuple(sorted(self._titles))

    async def _look(self, dialogue: Attended, announce: Callable[[str], Awaitable[None]]) -> None:
        while True:
            names = self.names()
            if names != self._names:
                self._names = names
                dialogue.use_names(names)
                if self._on_names is not None:
                    await self._on_names(names)
            try:
                await self._remind(dialogue, announce)
            except IviError as error:
                log.warning("a reminder could not be said", extra={"error": str(error)})
            await asyncio.sleep(LOOK)

    async def _remind(self, dialogue: Attended, announce: Callable[[str], Awaitable[None]]) -> None:
        now = self.world.clock().timestamp()
        due = [one for one in self.world.notebook.reminders() if one.due <= now]
        if not due:
            return
        self.world.notebook.forget_reminders([one.id for one in due])
        for one in due:
            if now - one.due <= STALE:
                await announce(dialogue.reminder(one.text))
