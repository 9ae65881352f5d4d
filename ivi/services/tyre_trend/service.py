# SPDX-License-Identifier: Apache-2.0
"""Samples the four tyres and tells who asks where their pressures go."""

import asyncio
import time

from ivi.daemon.followers import Followers
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Stream
from ivi.model.databroker import Subscribe, ValuesUpdate
from ivi.model.signal import Value
from ivi.model.tyres import WHEELS, SubscribeTyres, TyreTrends
from ivi.services.tyre_trend.trend import SAMPLE, TyreHistory

_AXLE = "Vehicle.Chassis.Axle"
PRESSURES = {name: f"{_AXLE}.{wheel}.Tire.Pressure" for name, wheel in WHEELS.items()}
TEMPERATURES = {name: f"{_AXLE}.{wheel}.Tire.Temperature" for name, wheel in WHEELS.items()}


class TyreTrendService:
    """Serves SubscribeTyres."""

    def __init__(self, databroker: LinkClient) -> None:
        self._databroker = databroker
        self._values: dict[str, Value | None] = {}
        self._histories = {name: TyreHistory() for name in WHEELS}
        self._followers = Followers(lambda: self._told)
        self._told = self._trends()
        self._tasks: list[asyncio.Task[None]] = []

    def serve(self, server: LinkServer) -> None:
        """Answer on this server."""
        server.router.on_stream(SubscribeTyres, self._subscribe)

    async def start(self) -> None:
        """Begin to follow the tyres."""
        loop = asyncio.get_running_loop()
        paths = [*PRESSURES.values(), *TEMPERATURES.values()]
        follow = self._databroker.follow(Subscribe(paths, 1.0), self._on_update, self._on_state)
        self._tasks = [loop.create_task(follow), loop.create_task(self._watch())]

    async def stop(self) -> None:
        """Stop following."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _subscribe(self, _request: SubscribeTyres, stream: Stream) -> None:
        await self._followers.stay(stream)

    def _on_update(self, update: ValuesUpdate) -> None:
        for path, datapoint in update.entries.items():
            self._values[path] = datapoint.value

    def _on_state(self, connected: bool, _reason: str) -> None:
        if not connected:
            self._values.clear()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(SAMPLE)
            self.sample(time.monotonic())

    def sample(self, now: float) -> None:
        """Take what is known now (monotonic seconds), and tell what is new."""
        for name, history in self._histories.items():
            history.take(now, self._number(PRESSURES[name]), self._number(TEMPERATURES[name]))
        trends = self._trends()
        if trends != self._told:
            self._told = trends
            self._followers.tell(trends)

    def _trends(self) -> TyreTrends:
        return TyreTrends({name: history.trend() for name, history in self._histories.items()})

    def _number(self, path: str) -> float | None:
        value = self._values.get(path)
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
