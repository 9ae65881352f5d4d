# SPDX-License-Identifier: Apache-2.0
"""Runs the parts of the cloud process: routes what comes down to them, and keeps a failing one from the others.

This is the border between subsystems: whatever a part throws is logged and reported, and the rest goes on.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from ivi.cloud import wire
from ivi.cloud.part import Part, Post
from ivi.cloud.session import Delivery
from ivi.daemon.link_server import Router
from ivi.daemon.process import Counter, Process
from ivi.model.errors import ConfigurationError, IviError
from ivi.model.status import Problem

log = logging.getLogger(__name__)

STOP_WAIT = 2.0  # seconds that all parts together have to end


class Parts:
    """The parts, by the topics they want. The broker's flow control bounds how much they work on at once."""

    def __init__(self, process: Process, parts: Sequence[Part], vehicle_id: str) -> None:
        """Raises ConfigurationError when two parts want the same topic."""
        self._process = process
        self._parts = list(parts)
        self._running: list[Part] = []
        self._works: set[asyncio.Task[None]] = set()
        self._by_topic: dict[str, tuple[str, Part]] = {}
        for part in self._parts:
            for last in part.topics:
                topic = wire.down_topic(vehicle_id, last)
                if topic in self._by_topic:
                    raise ConfigurationError(f"{part.name} and {self._by_topic[topic][1].name} both want {topic}")
                self._by_topic[topic] = last, part

    @property
    def topics(self) -> list[str]:
        """What to subscribe to."""
        return list(self._by_topic)

    async def start(self, post: Post) -> None:
        """Start all; one that cannot start is reported and left out."""
        for part in self._parts:
            try:
                await part.start(post)
            except Exception as error:  # noqa: BLE001  # the border: a part must not take the others along
                self._failed(part, "cannot start", error)
            else:
                self._running.append(part)

    async def stop(self) -> None:
        """Let what is being worked on end, then stop all in the opposite order."""
        if self._works:
            await asyncio.wait(self._works, timeout=STOP_WAIT)
        for work in self._works:
            work.cancel()
        while self._running:
            part = self._running.pop()
            try:
                await part.stop()
            except Exception as error:  # noqa: BLE001  # the border
                self._failed(part, "did not stop in order", error)

    def serve(self, router: Router) -> None:
        """Let all register what they answer."""
        for part in self._parts:
            try:
                part.serve(router)
            except Exception as error:  # noqa: BLE001  # the border
                self._failed(part, "cannot serve", error)

    def online(self) -> None:
        """The session stands."""
        for part in self._running:
            try:
                part.online()
            except Exception as error:  # noqa: BLE001  # the border
                self._failed(part, "failed when the connection came", error)

    def received(self, delivery: Delivery, acknowledge: Callable[[], None]) -> bool:
        """Hand a message to its part, and acknowledge it when it is safe there; False when nobody wants it.

        A part that fails on a message has it acknowledged all the same, or it would fail on it for ever. Only when
        the part says that it cannot take anything now (an IviError) the broker keeps it for the next connection.
        """
        last, part = self._by_topic.get(delivery.topic, ("", None))
        if part is None or part not in self._running:
            return False
        try:
            work = part.received(last, delivery.payload)
        except Exception as error:  # noqa: BLE001  # the border
            self._failed(part, f"failed on a message of {last}", error)
            if not isinstance(error, IviError):
                acknowledge()
            return True
        if work is None:
            acknowledge()
            return True
        task = asyncio.ensure_future(self._finish(part, last, work, acknowledge))
        self._works.add(task)
        task.add_done_callback(self._works.discard)
        return True

    async def _finish(self, part: Part, last: str, work: Awaitable[None], acknowledge: Callable[[], None]) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001  # the border
            self._failed(part, f"failed on a message of {last}", error)
            if isinstance(error, IviError):
                return
        acknowledge()

    def counters(self) -> dict[str, Counter]:
        """Numbers of all."""
        numbers: dict[str, Counter] = {}
        for part in self._running:
            try:
                numbers.update(part.counters())
            except Exception as error:  # noqa: BLE001  # the border
                self._failed(part, "cannot say its numbers", error)
        return numbers

    def _failed(self, part: Part, what: str, error: Exception) -> None:
        known = isinstance(error, IviError)
        log.error("a part failed", extra={"part": part.name, "what": what}, exc_info=None if known else error)
        self._process.report(
            f"part {part.name}",
            Problem(
                f"{part.name} {what}: {error.message if isinstance(error, IviError) else type(error).__name__}",
                part.name,
                error.hint if isinstance(error, IviError) and error.hint else "the log of the process has the details",
            ),
        )
