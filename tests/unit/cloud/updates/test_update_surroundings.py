# SPDX-License-Identifier: Apache-2.0
"""Driving state, batteries and health as the other processes tell them, over real sockets; what is unknown is no."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from update_lab import a_file
from update_scene import until

from ivi.cloud.updates import energy
from ivi.cloud.updates.part import make
from ivi.cloud.updates.surroundings import Car
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Router, Session, Stream
from ivi.daemon.paths import socket_path
from ivi.daemon.process import Process
from ivi.model.databroker import DatabrokerAnswer, DatabrokerRequest, GetValues, Values
from ivi.model.errors import NotFoundError
from ivi.model.manager import (
    ListProcesses,
    ManagerAnswer,
    ManagerRequest,
    ProcessState,
    ProcessTable,
    ProcessView,
)
from ivi.model.services import DrivingState, ServicesAnswer, ServicesRequest, SubscribeUxRestrictions, UxRestrictions
from ivi.model.signal import Datapoint
from ivi.model.updates import UpdateState


class Others:
    """Databroker, services and manager, as far as updates ask them."""

    def __init__(self) -> None:
        """All is well."""
        self.state = UxRestrictions(DrivingState.PARKED, [], "")
        self.moved = asyncio.Event()
        self.values: dict[str, float] = {energy.VOLTAGE: 12.7}
        self.source = "can"
        self.processes = [view("databroker", ProcessState.READY)]

    async def restrictions(self, _request: SubscribeUxRestrictions, stream: Stream) -> None:
        """The driving state, and each change."""
        while stream.open:
            stream.send(self.state)
            self.moved.clear()
            await self.moved.wait()

    async def get(self, request: GetValues, _session: Session) -> Values:
        """What the car sends."""
        if missing := [path for path in request.paths if path not in self.values]:
            raise NotFoundError(f"no signal {missing[0]}")
        return Values({path: Datapoint(self.values[path], 1, 1, self.source) for path in request.paths})

    async def table(self, _request: ListProcesses, _session: Session) -> ProcessTable:
        """The processes."""
        return ProcessTable(self.processes)


def view(name: str, state: ProcessState, restarts: int = 0) -> ProcessView:
    """A row of the manager's table."""
    return ProcessView(name, state, 1, restarts, 1.0, 1.0, "it crashes" if state is ProcessState.FAILED else "")


@asynccontextmanager
async def serving(name: str, requests: object) -> AsyncIterator[Router]:
    """A process's socket."""
    server = LinkServer(socket_path(name), (requests,), Process(name).status)
    await server.start()
    try:
        yield server.router
    finally:
        await server.stop()


@asynccontextmanager
async def car() -> AsyncIterator[Car]:
    """Surroundings with links of their own."""
    async with AsyncExitStack() as stack:
        links = [
            await stack.enter_async_context(LinkClient(socket_path(name), answers))
            for name, answers in (
                ("databroker", DatabrokerAnswer),
                ("services", ServicesAnswer),
                ("manager", ManagerAnswer),
            )
        ]
        made = Car(*links)
        await made.start()
        try:
            yield made
        finally:
            await made.stop()


@pytest.mark.usefixtures("run_dir")
def test_what_the_others_tell() -> None:
    async def play() -> None:
        others = Others()
        async with (
            serving("databroker", DatabrokerRequest) as databroker,
            serving("manager", ManagerRequest) as manager,
            car() as made,
        ):
            databroker.on_call(GetValues, others.get)
            manager.on_call(ListProcesses, others.table)
            assert "not known" in made.parked()
            async with serving("services", ServicesRequest) as services:
                services.on_stream(SubscribeUxRestrictions, others.restrictions)
                await until(lambda: made.parked() == "")
                others.state = UxRestrictions(DrivingState.MOVING, [], "moving at 43 km/h")
                others.moved.set()
                await until(lambda: "moving at 43 km/h" in made.parked())
                others.state = UxRestrictions(DrivingState.PARKED, [], "")
                others.moved.set()
                await until(lambda: made.parked() == "")
            await until(lambda: "not known" in made.parked())  # services have gone
            assert (await made.forecast([a_file()])).refusal == ""
            others.source = "persisted"
            assert "not known" in (await made.forecast([a_file()])).refusal  # of an earlier run
            others.source = "can"
            others.values = {energy.VOLTAGE: 11.0}
            assert "11.0 V" in (await made.forecast([a_file()])).refusal
            others.values = {}
            assert "not known" in (await made.forecast([a_file()])).refusal
            health = await made.health()
            assert (health.known, health.ill, health.restarts, health.pids) == (True, "", 0, {"databroker": 1})
            others.processes.append(view("voice", ProcessState.STARTING, restarts=2))
            health = await made.health()
            assert (health.known, health.ill, health.restarts) == (False, "", 2)
            others.processes.append(view("hmi", ProcessState.FAILED, restarts=5))
            health = await made.health()
            assert (health.ill, health.restarts) == ("hmi is failed: it crashes", 7)

    asyncio.run(play())


@pytest.mark.usefixtures("run_dir")
def test_nobody_there() -> None:
    async def play() -> None:
        async with car() as made:
            assert made.parked()
            assert (await made.forecast([a_file()])).refusal
            assert not (await made.health()).known

    asyncio.run(play())


@pytest.mark.usefixtures("run_dir")
def test_the_part_without_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ivi.cloud.updates.settings.SYSTEM_FILE", tmp_path / "none.toml")
    monkeypatch.delenv("IVI_UPDATES_FILE", raising=False)
    process = Process("cloud")
    made = make(process, LinkClient(socket_path("databroker"), DatabrokerAnswer), tmp_path)
    assert (made.name, made.topics, made.state) == ("updates", ("job",), UpdateState.OFF)
    monkeypatch.setenv("IVI_UPDATES_FILE", str(tmp_path / "missing.toml"))
    made = make(process, LinkClient(socket_path("databroker"), DatabrokerAnswer), tmp_path)
    assert made.state is UpdateState.OFF
    assert "missing.toml" in process.status().problems[0].what
    asyncio.run(process.stop())
