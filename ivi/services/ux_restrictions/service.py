# SPDX-License-Identifier: Apache-2.0
"""Follows the car's motion and tells everybody what the driver may be shown."""

import asyncio
import time

from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Stream
from ivi.daemon.process import Process
from ivi.model.databroker import Subscribe, ValuesUpdate
from ivi.model.services import DrivingState, SubscribeUxRestrictions, UxRestrictions
from ivi.model.status import Problem
from ivi.services.ux_restrictions.policy import GEAR, PARKING_BRAKE, PATHS, SPEED, Motion, restrict

STALE = 1.0  # seconds without a word from the databroker (it speaks every 0.5 s) after which nothing is known
CHECK = 0.25  # seconds between looks at the clock
STATE_HZ = 10.0  # speed updates a second that are looked at


class UxRestrictionsService:
    """Serves SubscribeUxRestrictions."""

    def __init__(self, process: Process, databroker: LinkClient) -> None:
        self._process = process
        self._databroker = databroker
        self._values: dict[str, object] = {}
        self._heard = 0.0
        self._current = restrict(Motion())
        self._streams: set[Stream] = set()
        self._tasks: list[asyncio.Task[None]] = []
        process.add_counters(lambda: {"driving_state": self._current.state.value})

    def serve(self, server: LinkServer) -> None:
        """Answer on this server."""
        server.router.on_stream(SubscribeUxRestrictions, self._subscribe)

    @property
    def current(self) -> UxRestrictions:
        """What is allowed now, for the other services of this process."""
        return self._current

    async def start(self) -> None:
        """Begin to follow the car."""
        loop = asyncio.get_running_loop()
        follow = self._databroker.follow(Subscribe(list(PATHS), STATE_HZ), self._on_update, self._on_state)
        self._tasks = [loop.create_task(follow), loop.create_task(self._watch())]

    async def stop(self) -> None:
        """Stop following."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _subscribe(self, _request: SubscribeUxRestrictions, stream: Stream) -> None:
        self._streams.add(stream)
        stream.send(self._current)
        try:
            await asyncio.Event().wait()
        finally:
            self._streams.discard(stream)

    def _on_update(self, update: ValuesUpdate) -> None:
        self._heard = time.monotonic()
        for path, datapoint in update.entries.items():
            self._values[path] = datapoint.value
        self._decide()

    def _on_state(self, connected: bool, reason: str) -> None:
        if connected:
            self._process.resolve("databroker")
            return
        self._process.report(
            "databroker", Problem("The driving state is not known: vehicle data is away", reason, "it is tried again")
        )
        self._values.clear()
        self._decide()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(CHECK)
            if self._values and time.monotonic() - self._heard > STALE:
                self._values.clear()
                self._decide()

    def _decide(self) -> None:
        decided = restrict(_motion(self._values))
        same_state = decided.state is self._current.state
        if same_state and (decided.state is DrivingState.MOVING or decided == self._current):
            self._current = decided  # a new speed alone is no news
            return
        self._current = decided
        self._send(decided)

    def _send(self, decided: UxRestrictions) -> None:
        for stream in self._streams:
            stream.send(decided)


def _motion(values: dict[str, object]) -> Motion:
    speed, gear, brake = values.get(SPEED), values.get(GEAR), values.get(PARKING_BRAKE)
    return Motion(
        speed=float(speed) if isinstance(speed, int | float) else None,
        gear=gear if isinstance(gear, int) else None,
        parking_brake=brake if isinstance(brake, bool) else None,
    )
