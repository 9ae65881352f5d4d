# SPDX-License-Identifier: Apache-2.0
"""Follows the car's motion and tells everybody what the driver may be shown."""

import asyncio
import time

from ivi.daemon.followers import Followers
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Stream
from ivi.daemon.process import Process
from ivi.model.databroker import Subscribe, ValuesUpdate
from ivi.model.errors import IviError
from ivi.model.services import DrivingState, SubscribeUxRestrictions, UxRestrictions
from ivi.model.status import GetStatus, Problem, ProcessStatus
from ivi.services.ux_restrictions.motion_watch import MotionWatch
from ivi.services.ux_restrictions.policy import PATHS, SETTLED, Motion, restrict

CHECK = 0.25  # seconds between looks at the clock
ASK_TIMEOUT = 0.5  # seconds for the databroker to say how many frames it has received
STATE_HZ = 10.0  # speed updates a second that are looked at


class UxRestrictionsService:
    """Serves SubscribeUxRestrictions."""

    def __init__(self, process: Process, databroker: LinkClient) -> None:
        self._process = process
        self._databroker = databroker
        self._watched = MotionWatch()
        self._current = restrict(Motion())
        self._followers = Followers(lambda: self._current)
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
        await self._followers.stay(stream)

    def _on_update(self, update: ValuesUpdate) -> None:
        self._watched.heard(update.entries, time.monotonic())
        self._decide()

    def _on_state(self, connected: bool, reason: str) -> None:
        if connected:
            self._process.resolve("databroker")
            return
        self._process.report(
            "databroker", Problem("The driving state is not known: vehicle data is away", reason, "it is tried again")
        )
        self._watched.forget()
        self._decide()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(CHECK)
            if self._watched.wants_count:
                await self._count_frames()
            self._decide()

    async def _count_frames(self) -> None:
        try:
            answer = await self._databroker.call(GetStatus(), ASK_TIMEOUT)
        except IviError:
            return  # no sign of life; what follows from that is told by the values' age
        if isinstance(answer, ProcessStatus):
            self._watched.frames(int(answer.counters.get("frames_received", 0)), time.monotonic())

    def _decide(self) -> None:
        motion = self._watched.motion(time.monotonic())
        decided = restrict(motion)
        if motion.standing is not None and motion.standing >= SETTLED:
            self._watched.settled()
        same_state = decided.state is self._current.state
        if same_state and (decided.state is DrivingState.MOVING or decided == self._current):
            self._current = decided  # a new speed alone is no news
            return
        self._current = decided
        self._send(decided)

    def _send(self, decided: UxRestrictions) -> None:
        self._followers.tell(decided)
