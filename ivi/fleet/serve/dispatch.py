# SPDX-License-Identifier: Apache-2.0
"""Sends what was issued, again and again until a car has answered, it has expired, or the broker has it for good."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Sequence
from functools import partial

from ivi.cloud.session import Delivery, MqttSession
from ivi.cloud.tls import TlsFiles
from ivi.cloud.wire import Broker, down_topic
from ivi.daemon.process import Counter, Process
from ivi.fleet.serve.fleet_data import FleetData
from ivi.fleet.serve.issued import CHUNK, Due, Issued
from ivi.fleet.store.reading import Reader
from ivi.fleet.store.retention import DAYS
from ivi.model.errors import IviError
from ivi.model.status import Problem

log = logging.getLogger(__name__)

LOOK = 1.0  # seconds between two looks at what is due when nothing is new
OVERLAP = 60_000  # milliseconds in which a car's return is looked at again; clocks of copies may differ
REFUSALS = 50  # newest refusals of a car that are searched for one of our commands
PRUNE_EVERY = 3600.0  # seconds between looks for what is long over
CLOSE_S = 2.0  # seconds for the last word to the broker
_COMMANDS = "cmd"


class Dispatch:
    """The session that publishes; a listener of its own (ivi.cloud.session.Listener)."""

    def __init__(
        self,
        process: Process,
        data: FleetData,
        brokers: Sequence[Broker],
        name: str,
        tls: TlsFiles | None,
        *,
        keep_days: float = DAYS,
    ) -> None:
        """Nothing runs before `start`. `name` tells several copies apart.

        What is over is forgotten after `keep_days`, 0 for never.
        """
        self.published_all = 0
        """Messages that the broker took."""
        self._process, self._data = process, data
        self._session = MqttSession(brokers, f"ivi-{name}", self, tls=tls)
        self._news = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._notes: set[asyncio.Task[None]] = set()
        self._reason = "not connected yet"
        self._connections = 0
        self._keep_days, self._prune_at = keep_days, 0.0
        self._since_ns = 0
        """Cars that came back before this have their documents."""

    @property
    def is_online(self) -> bool:
        """Whether the broker answers."""
        return self._session.is_online

    @property
    def reason(self) -> str:
        """Why it does not."""
        return "" if self.is_online else self._reason

    async def start(self) -> None:
        """Begin; an absent broker is no failure."""
        loop = asyncio.get_running_loop()
        self._process.add_counters(self._counters)
        self._tasks = [loop.create_task(self._session.run()), loop.create_task(self._send_all())]
        for task in self._tasks:
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A part that fails ends the process: a new one starts clean, and what was issued is in the database."""
        if not task.cancelled() and (error := task.exception()) is not None:
            log.critical("a part of the dispatch failed", exc_info=error)
            self._process.stopping.set()

    async def stop(self) -> None:
        """End; what was not taken by the broker is sent at the next start."""
        if not self._tasks:
            return
        session, sending = self._tasks
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        if self._notes:
            await asyncio.wait(self._notes, timeout=CLOSE_S)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_S):
                await self._session.close()
        session.cancel()
        await asyncio.gather(session, return_exceptions=True)
        self._tasks = []

    def wake(self) -> None:
        """Something new is to be sent."""
        self._news.set()

    # -- session.Listener ---------------------------------------------------------------------------------------------
    def online(self) -> None:
        """Connected; what the broker lost may be anything, so all cars are looked at."""
        self._process.resolve("mqtt")
        self._connections += 1
        self._since_ns = 0
        self.wake()

    def offline(self, reason: str) -> None:
        """Not connected; everything waits in the database."""
        self._reason = reason
        if self._tasks and not self._process.stopping.is_set():
            self._process.report(
                "mqtt",
                Problem(
                    f"Nothing can be sent to cars: {reason}",
                    str(self._session.broker),
                    "start the broker; this goes on by itself",
                ),
            )

    def received(self, delivery: Delivery) -> None:
        """Nothing is subscribed to: what cars say comes by the ingest and its database."""
        log.warning("unexpected message", extra={"topic": delivery.topic[:100]})

    def published(self, reached: bool) -> None:  # a car may be away; the broker keeps it, or it is sent again
        """The broker took a message."""
        self.published_all += 1

    # -- work ---------------------------------------------------------------------------------------------------------
    async def _send_all(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK):
                    await self._news.wait()
            self._news.clear()
            try:
                await self._send()
                await self._prune()
            except IviError as error:
                self._process.report(
                    "dispatch", Problem(f"Nothing is sent: {error.message}", str(self._data.address), error.hint)
                )
            else:
                self._process.resolve("dispatch")

    async def _send(self) -> None:
        now_ms = time.time_ns() // 10**6

        def look(reader: Reader, issued: Issued) -> list[Due]:
            issued.settle(now_ms)
            if not self._session.is_online:
                return []
            return [due for due in issued.due(now_ms, self._since_ns) if not _refused(reader, issued, due)]

        connection = self._connections if self._session.is_online else -1
        found = await self._data.ask(look)
        for due in found:
            topic = down_topic(due.vehicle, due.kind)
            taken = partial(self._taken, due)
            if not self._session.publish(topic, due.message, retain=due.kind != _COMMANDS, taken=taken):
                return  # no room or no connection: it stays due
            await self._data.ask(lambda _, issued, due=due: issued.postpone(due, now_ms))  # type: ignore[misc]  # bound now
        if len(found) >= CHUNK:
            self.wake()  # there is more
        if not found and connection == self._connections and self._session.is_online:
            self._since_ns = (now_ms - OVERLAP) * 10**6

    async def _prune(self) -> None:
        if not self._keep_days or time.monotonic() < self._prune_at:
            return
        before_ms = int((time.time() - self._keep_days * 86_400) * 1000)
        gone = await self._data.ask(lambda _, issued: issued.prune(before_ms))
        self._prune_at = time.monotonic() + (0 if gone else PRUNE_EVERY)

    def _taken(self, due: Due, reached: bool) -> None:
        note = asyncio.get_running_loop().create_task(self._note(due, reached))
        self._notes.add(note)  # bounded by the session's window
        note.add_done_callback(self._notes.discard)

    async def _note(self, due: Due, reached: bool) -> None:
        try:
            await self._data.ask(lambda _, issued: issued.sent(due, time.time_ns() // 10**6, reached=reached))
        except IviError as error:
            log.warning("sent, and not noted", extra={"error": error.message})  # it is sent twice: harmless

    def _counters(self) -> dict[str, Counter]:
        return {"serve_published": self.published_all, "serve_online": self.is_online}


def _refused(reader: Reader, issued: Issued, due: Due) -> bool:
    """Whether the car said of a command that was sent before that it is none for it; then it is not sent again."""
    if not due.sends or not isinstance(due.key, bytes):
        return False
    for event in reader.events(due.vehicle, "refused", REFUSALS):
        if event.data.get("id") == due.key:
            why = f"{event.data.get('reason', '')}: {event.data.get('why', '')}"
            issued.refuse(due.vehicle, due.key, why[:300])
            return True
    return False
