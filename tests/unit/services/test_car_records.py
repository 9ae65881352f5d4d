# SPDX-License-Identifier: Apache-2.0
"""The services that record energy and tyres, on real links in front of a databroker that says what a car would."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Self

import pytest

from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Stream
from ivi.daemon.paths import socket_path
from ivi.daemon.process import Process
from ivi.model.databroker import DatabrokerAnswer, DatabrokerRequest, Subscribe, ValuesUpdate
from ivi.model.energy_record import EnergyRecord, SubscribeEnergy
from ivi.model.services import ServicesAnswer, ServicesRequest
from ivi.model.signal import Datapoint
from ivi.model.tyres import SubscribeTyres, Trend, TyreTrends
from ivi.services.energy_record import service as energy
from ivi.services.energy_record.service import EnergyRecordService
from ivi.services.energy_record.store import EnergyStore
from ivi.services.tyre_trend.service import PRESSURES, TEMPERATURES, TyreTrendService

DEADLINE = 20.0  # seconds; the machine may be busy
DRIVING = {
    energy.SPEED: 72.0,
    energy.POWER: 14_400.0,
    energy.MOTOR: 12,
    energy.GEAR: 127,
    energy.CHARGING: False,
    energy.CABLE: False,
    energy.CHARGE: 64.0,
    energy.USABLE: 50.0,
}


class Broker:
    """A databroker's link with values."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values
        self._streams: set[Stream] = set()
        self.server = LinkServer(socket_path("databroker"), (DatabrokerRequest,), Process("databroker").status)
        self.server.router.on_stream(Subscribe, self._subscribe)

    def set(self, values: dict[str, Any]) -> None:
        self._values.update(values)
        for stream in self._streams:
            stream.send(self._update())

    def _update(self) -> ValuesUpdate:
        now = time.monotonic_ns()
        points = {path: Datapoint(value, time.time_ns(), now, "can:can0") for path, value in self._values.items()}
        return ValuesUpdate(points)

    async def _subscribe(self, _request: Subscribe, stream: Stream) -> None:
        stream.send(self._update())
        self._streams.add(stream)
        await asyncio.Event().wait()


class Trial[S: (EnergyRecordService, TyreTrendService), E: (EnergyRecord, TyreTrends)]:
    """One service between the broker and a client. The test gives the samples' times."""

    def __init__(
        self, broker: Broker, make: Callable[[LinkClient], S], request: SubscribeEnergy | SubscribeTyres
    ) -> None:
        self.broker = broker
        self.link = LinkClient(socket_path("databroker"), DatabrokerAnswer)
        self.client = LinkClient(socket_path("services"), ServicesAnswer)
        self.server = LinkServer(socket_path("services"), (ServicesRequest,), Process("services").status)
        self.service: S = make(self.link)
        self.told: list[E] = []
        self._request = request

    async def __aenter__(self) -> Self:
        await self.broker.server.start()
        self.service.serve(self.server)
        await self.server.start()
        await self.service.start()
        self._follow = asyncio.create_task(self.client.follow(self._request, self.told.append))
        await self.until(lambda: bool(self.told))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._follow.cancel()
        await self.service.stop()
        await self.client.close()
        await self.link.close()
        await self.server.stop()
        await self.broker.server.stop()

    async def until(self, reached: Callable[[], bool]) -> None:
        async with asyncio.timeout(DEADLINE):
            while not reached():
                await asyncio.sleep(0.01)


def record(file: Path, act: Callable[[Trial[EnergyRecordService, EnergyRecord]], Awaitable[None]]) -> None:
    """Run a trial of the energy record."""

    async def run() -> None:
        def make(link: LinkClient) -> EnergyRecordService:
            return EnergyRecordService(Process("services"), link, EnergyStore(file))

        trial: Trial[EnergyRecordService, EnergyRecord] = Trial(Broker(dict(DRIVING)), make, SubscribeEnergy())
        async with trial as one:
            await act(one)

    asyncio.run(run())


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """The service samples by itself almost never: the test does."""
    monkeypatch.setattr(energy, "SAMPLE", 3600.0)


@pytest.mark.usefixtures("run_dir", "slow")
def test_a_drive_is_recorded_told_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "energy.db"

    async def act(one: Trial[EnergyRecordService, EnergyRecord]) -> None:
        assert one.told[-1].stretches == []
        start = time.monotonic() + 1000
        for n in range(32):
            one.broker.set({energy.SPEED: 72.0})
            await asyncio.sleep(0.005)
            one.service.sample(start + n, 1_000 + n)
        await one.until(lambda: len(one.told[-1].stretches) >= 2)
        assert one.told[-1].stretches[-1] == pytest.approx(20.0)
        assert one.told[-1].band is None
        assert one.told[-1].missing < 10

    async def again(one: Trial[EnergyRecordService, EnergyRecord]) -> None:
        assert len(one.told[0].stretches) >= 2

    record(file, act)
    record(file, again)


@pytest.mark.usefixtures("run_dir", "slow")
def test_a_charge_is_no_consumption_and_becomes_a_curve(tmp_path: Path) -> None:
    async def act(one: Trial[EnergyRecordService, EnergyRecord]) -> None:
        charging = {energy.SPEED: 0.0, energy.POWER: -90_000.0, energy.CHARGING: True, energy.CABLE: True}
        one.broker.set({**charging, energy.GEAR: 126})
        start = time.monotonic() + 1000
        for n in range(8):
            await asyncio.sleep(0.02)
            one.service.sample(start + n, 6_000 + n)
        await one.until(lambda: bool(one.told[-1].curve))
        assert (one.told[-1].curve[0].charge, one.told[-1].curve[0].power) == (64, 90.0)
        assert one.told[-1].charging
        assert one.told[-1].stretches == []

    record(tmp_path / "energy.db", act)


@pytest.mark.usefixtures("run_dir")
def test_a_leak_is_told() -> None:
    async def run() -> None:
        values = dict.fromkeys(PRESSURES.values(), 250) | dict.fromkeys(TEMPERATURES.values(), 20.0)
        trial: Trial[TyreTrendService, TyreTrends] = Trial(Broker(values), TyreTrendService, SubscribeTyres())
        async with trial as one:
            assert set(one.told[-1].trends.values()) == {Trend.UNKNOWN}
            await asyncio.sleep(0.2)
            for n in range(60):
                one.broker.set({PRESSURES["rear_left"]: 250 - n // 2})
                await asyncio.sleep(0.005)
                one.service.sample(time.monotonic() + 60.0 * n)
            await one.until(lambda: one.told[-1].trends["rear_left"] is Trend.FALLING)
            assert one.told[-1].trends["front_left"] is Trend.STEADY

    asyncio.run(run())
