# SPDX-License-Identifier: Apache-2.0
"""A small car for the app host: a databroker and a services process that speak the public protocol, on real sockets."""

import asyncio
import contextlib
import shutil
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from ivi.apphost.app_link import Timing
from ivi.apphost.backoff import Pace
from ivi.apphost.host import AppHost
from ivi.apphost.provisions import Provisions
from ivi.apphost.sandbox.probe import probe
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Session, Stream
from ivi.daemon.paths import socket_path
from ivi.daemon.process import Process
from ivi.model.databroker import (
    Actuate,
    DatabrokerAnswer,
    DatabrokerRequest,
    Done,
    GetValues,
    ListMetadata,
    MetadataList,
    Subscribe,
    Values,
    ValuesUpdate,
)
from ivi.model.errors import NotFoundError
from ivi.model.services import DrivingState, ServicesAnswer, ServicesRequest, SubscribeUxRestrictions, UxRestrictions
from ivi.model.signal import Datapoint, Value
from ivi.vss.loader import load_catalogue

PARKED = UxRestrictions(DrivingState.PARKED, [], "parked")
MOVING = UxRestrictions(DrivingState.MOVING, [], "moving at 43 km/h", max_rows=4, max_chars=40)


class Car:
    """Serves databroker.sock and services.sock in the test's runtime folder."""

    def __init__(self) -> None:
        self.values: dict[str, Value] = {"Vehicle.Speed": 0.0, "Vehicle.Cabin.HVAC.AmbientAirTemperature": 21.0}
        self.actuated: list[tuple[str, Value]] = []
        self.subscriptions: list[Subscribe] = []
        self.ux = PARKED
        self.changed = asyncio.Condition()
        self.databroker = self.services = LinkServer(Path("/"), (DatabrokerRequest,), Process("none").status)

    async def start(self) -> None:
        await self.start_databroker()
        self.services = LinkServer(socket_path("services"), (ServicesRequest,), Process("services").status)
        self.services.router.on_stream(SubscribeUxRestrictions, self._follow_ux)
        await self.services.start()

    async def start_databroker(self) -> None:
        self.databroker = LinkServer(socket_path("databroker"), (DatabrokerRequest,), Process("databroker").status)
        self.databroker.router.on_call(GetValues, self._get)
        self.databroker.router.on_call(Actuate, self._actuate)
        self.databroker.router.on_call(ListMetadata, self._list)
        self.databroker.router.on_stream(Subscribe, self._subscribe)
        await self.databroker.start()

    async def set(self, path: str, value: Value) -> None:
        self.values[path] = value
        async with self.changed:
            self.changed.notify_all()

    async def drive(self, ux: UxRestrictions) -> None:
        self.ux = ux
        async with self.changed:
            self.changed.notify_all()

    async def _get(self, request: GetValues, _session: Session) -> Values:
        return Values(self._datapoints(request.paths))

    async def _list(self, _request: ListMetadata, _session: Session) -> MetadataList:
        catalogue = load_catalogue()
        return MetadataList([catalogue.get(path) for path in catalogue])

    async def _actuate(self, request: Actuate, _session: Session) -> Done:
        self.actuated.append((request.path, request.value))
        return Done()

    async def _subscribe(self, request: Subscribe, stream: Stream) -> None:
        self.subscriptions.append(request)
        stream.send(ValuesUpdate(self._datapoints(request.paths)))
        while True:
            try:
                async with asyncio.timeout(0.5), self.changed:
                    await self.changed.wait()
            except TimeoutError:
                stream.send(ValuesUpdate({}))  # as the databroker does: its silence means something
            else:
                stream.send(ValuesUpdate(self._datapoints(request.paths)))

    async def _follow_ux(self, _request: SubscribeUxRestrictions, stream: Stream) -> None:
        while True:
            stream.send(self.ux)
            async with self.changed:
                await self.changed.wait()

    def _datapoints(self, paths: list[str]) -> dict[str, Datapoint]:
        for path in paths:
            if path not in self.values:
                raise NotFoundError(f"{path} is not in the catalogue")
        return {path: Datapoint(self.values[path], time.time_ns(), time.monotonic_ns(), "test") for path in paths}


async def until(what: Callable[[], object], seconds: float = 40.0) -> None:
    """Wait until something is true; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while not what():
        if time.monotonic() > deadline:
            raise AssertionError("it did not happen in time")
        await asyncio.sleep(0.01)


class Bench:
    """A car, a host with these apps, and the host's own socket."""

    def __init__(
        self,
        folders: list[Path],
        timing: Timing | None = None,
        pace: Pace | None = None,
        *,
        grant_all: bool = True,
        provide: Callable[[Path], Provisions] = Provisions.open,
    ) -> None:
        self.car = Car()
        self.process = Process("apphost")
        self.databroker = LinkClient(socket_path("databroker"), DatabrokerAnswer)
        self.services = LinkClient(socket_path("services"), ServicesAnswer)
        self.host = AppHost(
            self.process, folders, self.databroker, self.services, timing=timing, pace=pace, grant_all=grant_all
        )
        self.host.provide = provide

    until = staticmethod(until)

    @contextlib.asynccontextmanager
    async def running(self) -> "AsyncIterator[Bench]":
        await self.car.start()
        try:
            await self.host.start()
            yield self
        finally:
            await self.host.stop()
            await self.databroker.close()
            await self.services.close()
            await self.car.databroker.stop()
            await self.car.services.stop()


@pytest.fixture
def new_bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> type[Bench]:
    """The Bench class, with sockets and state in the test's own folder."""
    monkeypatch.setenv("IVI_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("IVI_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("IVI_TEST_SECRET", "a secret of the host")
    return Bench


@pytest.fixture
def sandbox(new_bench: type[Bench]) -> list[str]:
    """Layers of the sandbox on this machine; the test is skipped where there is none."""
    if shutil.which("bwrap") is None:
        pytest.skip("bubblewrap is not installed")
    report = asyncio.run(probe())
    if not report.usable:
        pytest.skip(report.problem.what if report.problem else "no sandbox")
    return report.layers
