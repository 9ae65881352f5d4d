# SPDX-License-Identifier: Apache-2.0
"""What happens now, as server-sent events: one look at the database for all pages that follow the same car."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ivi.fleet.serve import views
from ivi.fleet.serve.fleet_data import FleetData
from ivi.fleet.serve.issued import Issued
from ivi.fleet.store.reading import Reader
from ivi.model.errors import IviError, ResourceExhaustedError

log = logging.getLogger(__name__)

LOOK = 0.25  # seconds between two looks at a car that somebody follows
SIGNALS_EVERY = 4  # looks between two of its signals
MAX_FOLLOWERS = 100  # pages
MAX_WAITING = 100  # events of one page; a page that is slower loses the oldest, and each one is whole in itself

type Event = tuple[str, str]
"""Name and JSON."""


class Live:
    """All cars that somebody follows."""

    def __init__(self, data: FleetData) -> None:
        self.dropped = 0
        """Events that slow pages lost."""
        self._data = data
        self._cars: dict[str, set[asyncio.Queue[Event | None]]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._told: dict[str, dict[str, str]] = {}

    @property
    def followers(self) -> int:
        """Pages that follow."""
        return sum(map(len, self._cars.values()))

    @asynccontextmanager
    async def follow(self, vehicle: str) -> AsyncIterator[asyncio.Queue[Event | None]]:
        """A queue of events about a car, what is now first; None is the end. Raises ResourceExhaustedError."""
        if self.followers >= MAX_FOLLOWERS:
            raise ResourceExhaustedError("too many pages follow", hint="close some")
        queue: asyncio.Queue[Event | None] = asyncio.Queue(MAX_WAITING)
        self._cars.setdefault(vehicle, set()).add(queue)
        for event in self._told.get(vehicle, {}).items():
            queue.put_nowait(event)
        if vehicle not in self._tasks:
            task = self._tasks[vehicle] = asyncio.get_running_loop().create_task(self._watch(vehicle))
            task.add_done_callback(lambda ended: self._ended(vehicle, ended))
        try:
            yield queue
        finally:
            followers = self._cars[vehicle]
            followers.discard(queue)
            if not followers:
                del self._cars[vehicle]
                self._told.pop(vehicle, None)
                if (watch := self._tasks.pop(vehicle, None)) is not None:
                    watch.cancel()

    async def stop(self) -> None:
        """End every stream."""
        tasks, self._tasks = list(self._tasks.values()), {}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for followers in self._cars.values():
            for queue in followers:
                _put(queue, None)

    async def _watch(self, vehicle: str) -> None:
        turn = 0
        told = self._told.setdefault(vehicle, {})
        while True:
            with_signals = turn % SIGNALS_EVERY == 0
            try:
                news = await self._data.ask(
                    lambda reader, issued, full=with_signals: _look(reader, issued, vehicle, full)  # type: ignore[misc]  # bound now
                )
            except IviError as error:
                news = {"problem": views.dumps({"message": error.message, "hint": error.hint})}
            else:
                told.pop("problem", None)
            for name, text in news.items():
                if told.get(name) != text:
                    told[name] = text
                    self._tell(vehicle, (name, text))
            turn += 1
            await asyncio.sleep(LOOK)

    def _ended(self, vehicle: str, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            log.critical("the watch of a car failed", extra={"vehicle": vehicle}, exc_info=error)
            self._tasks.pop(vehicle, None)
            for queue in self._cars.get(vehicle, ()):
                _put(queue, None)  # its pages connect again

    def _tell(self, vehicle: str, event: Event) -> None:
        for queue in self._cars.get(vehicle, ()):
            self.dropped += _put(queue, event)


def _look(reader: Reader, issued: Issued, vehicle: str, with_signals: bool) -> dict[str, str]:
    entry = reader.vehicle(vehicle)
    news = {
        "vehicle": views.dumps(views.vehicle(entry) if entry else None),
        "commands": views.dumps(views.commands(reader, issued, vehicle)),
    }
    if with_signals:
        news["signals"] = views.dumps(views.signals(reader, vehicle))
        news["twin"] = views.dumps(views.twin(reader, issued, vehicle))
    return news


def _put(queue: asyncio.Queue[Event | None], event: Event | None) -> int:
    """How many events were lost for it."""
    lost = 0
    if queue.full():
        queue.get_nowait()
        lost = 1
    queue.put_nowait(event)
    return lost
