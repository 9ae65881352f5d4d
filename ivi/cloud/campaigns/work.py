# SPDX-License-Identifier: Apache-2.0
"""The collectors at work: follows the databroker once for each rate, and wakes each collector when something is due."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping

from ivi.cloud.campaigns.collector import Collector
from ivi.cloud.campaigns.plan import rate_of, subscriptions
from ivi.daemon.link_client import LinkClient
from ivi.model.databroker import Subscribe, ValuesUpdate
from ivi.model.signal import Datapoint

LONGEST_WAIT = 1.0  # seconds; what depends on the trusted clock is looked at this often
SHORTEST_WAIT = 0.001  # seconds

type Send = Callable[[Collector, bytes, int], None]


class Work:
    """Runs collectors until they are taken away. All in the event loop."""

    def __init__(
        self,
        databroker: LinkClient,
        send: Send,
        look: Callable[[], None],
        on_connected: Callable[[bool, str], None],
    ) -> None:
        """`send` takes rows. `look` is called each second to pause or resume collectors; it may call `set`."""
        self.collectors: dict[str, Collector] = {}
        self._databroker = databroker
        self._send = send
        self._look = look
        self._on_connected = on_connected
        self._following: dict[float, tuple[Subscribe, asyncio.Task[None]]] = {}
        self._woken = asyncio.Event()

    def set(self, collectors: Mapping[str, Collector]) -> None:
        """Work with these from now on; those that are gone send what they have."""
        gone = [old for name, old in self.collectors.items() if collectors.get(name) is not old]
        self.collectors = dict(collectors)
        for collector in gone:
            self.flush(collector)
        wanted = subscriptions(self.collectors.values())
        for rate, (subscribe, task) in list(self._following.items()):
            if wanted.get(rate) != subscribe:
                task.cancel()
                del self._following[rate]
        loop = asyncio.get_running_loop()
        for rate, subscribe in wanted.items():
            if rate not in self._following:
                self._following[rate] = subscribe, loop.create_task(self._follow(rate, subscribe))
        self._woken.set()

    def flush(self, collector: Collector) -> None:
        """Send what a collector has."""
        for body, samples in collector.finish(_wall_ms()):
            self._send(collector, body, samples)

    async def run(self) -> None:
        """Wake collectors when something is due, until cancelled."""
        loop = asyncio.get_running_loop()
        look = loop.time()
        while True:
            self._woken.clear()
            if loop.time() >= look:
                look = loop.time() + LONGEST_WAIT
                self._look()
            now, wall = loop.time(), _wall_ms()
            for collector in list(self.collectors.values()):
                for body, samples in collector.beat(now, wall):
                    self._send(collector, body, samples)
            due = min((collector.due for collector in self.collectors.values()), default=look)
            wait = max(min(due, look) - loop.time(), SHORTEST_WAIT)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._woken.wait()

    async def stop(self) -> None:
        """Follow nothing any more, and send what there is."""
        tasks = [task for _, task in self._following.values()]
        self._following.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        collectors, self.collectors = self.collectors, {}
        for collector in collectors.values():
            self.flush(collector)

    async def _follow(self, rate: float, subscribe: Subscribe) -> None:
        """One subscription, across restarts of the databroker."""

        def update(event: object) -> None:
            if isinstance(event, ValuesUpdate):
                self._take(rate, event.entries)

        def connected(is_connected: bool, reason: str) -> None:
            if not is_connected:
                for collector in self._of(rate):
                    collector.lose()
            self._on_connected(is_connected, reason)

        await self._databroker.follow(subscribe, update, connected)

    def _take(self, rate: float, entries: Mapping[str, Datapoint]) -> None:
        now = asyncio.get_running_loop().time()
        for collector in self._of(rate):
            before = collector.due
            collector.take(entries, now)
            if collector.due < before:  # a trigger fired: its end comes earlier than what was waited for
                self._woken.set()

    def _of(self, rate: float) -> list[Collector]:
        return [collector for collector in self.collectors.values() if rate_of(collector.campaign) == rate]


def _wall_ms() -> int:
    return time.time_ns() // 1_000_000
