# SPDX-License-Identifier: Apache-2.0
"""A real broker on its socket for commands that talk to one; it lives in a thread of its own, as commands block."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from ivi.daemon.link_server import LinkServer
from ivi.daemon.process import Process
from ivi.databroker.broker import Broker
from ivi.databroker.server import BrokerServer
from ivi.model.databroker import DatabrokerRequest
from ivi.model.signal import DataType, EntryType, Metadata, Value
from ivi.vss.catalogue import Catalogue

ENTRIES = (
    Metadata("Vehicle.Speed", DataType.FLOAT, EntryType.SENSOR, "km/h"),
    Metadata("Vehicle.Odometer", DataType.UINT32, EntryType.SENSOR, "m"),
    Metadata("Vehicle.Cabin.Temperature", DataType.FLOAT, EntryType.ACTUATOR, "Celsius", 16, 28),
    Metadata("Vehicle.Cabin.Fan", DataType.UINT8, EntryType.ACTUATOR, "percent", 0, 100),
    Metadata("Vehicle.Name", DataType.STRING, EntryType.ATTRIBUTE),
)


class Car:
    """A running broker whose car obeys at once, and what a test may do with it from outside its thread."""

    name = "car"

    def __init__(self, path: Path) -> None:
        self.broker = Broker(Catalogue(ENTRIES))
        self.asked: list[Mapping[str, Value]] = []
        self._path = path
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),))

    async def actuate(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        self.asked.append(values)
        self._loop.call_soon(self.broker.publish, self, values)
        return values

    async def _serve(self) -> None:
        server = LinkServer(self._path, (DatabrokerRequest,), Process("databroker").status)
        BrokerServer(self.broker, server)
        self.broker.register(self, list(self.broker.catalogue))
        await server.start()
        self._ready.set()
        await self._stop.wait()
        await server.stop()

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(10)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)
        self._loop.close()

    def do(self, work: Callable[[], None]) -> None:
        """Run something on the broker's loop and wait for it."""

        async def run() -> None:
            work()

        asyncio.run_coroutine_threadsafe(run(), self._loop).result(10)

    def publish(self, values: Mapping[str, Value | None]) -> None:
        self.do(lambda: self.broker.publish(self, values))


@pytest.fixture
def car(run_dir: Path) -> Iterator[Car]:
    """A broker on this test's runtime folder."""
    running = Car(run_dir / "databroker.sock")
    running.start()
    yield running
    running.stop()
