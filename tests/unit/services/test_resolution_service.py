# SPDX-License-Identifier: Apache-2.0
"""The resolution centre against real servers of the other processes: found, fixed, read, and solved."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Session, Stream
from ivi.daemon.process import Process
from ivi.model.apphost import ApphostRequest, AppState, AppsUpdate, AppView, Done, StartApp, SubscribeApps
from ivi.model.errors import IviError, NotFoundError, UnavailableError
from ivi.model.manager import (
    GetProcessLog,
    ListProcesses,
    ManagerRequest,
    ProcessLog,
    ProcessLogLine,
    ProcessState,
    ProcessTable,
    ProcessView,
    RestartProcess,
)
from ivi.model.resolution import ApplyFix, ReadFaultLog, Resolution, SubscribeResolution
from ivi.model.services import DrivingState, ServicesAnswer, ServicesRequest, UxRestriction, UxRestrictions
from ivi.model.status import Problem, ProcessStatus
from ivi.services.resolution.service import ResolutionService

DEADLINE = 20.0  # seconds
PARKED = UxRestrictions(DrivingState.PARKED, [], "parked")
MOVING = UxRestrictions(DrivingState.MOVING, [UxRestriction.NO_SETUP], "driving at 43 km/h", 6, 120)


class Board:
    """The other processes of the car."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.driving = PARKED
        self.state = {"voice": ProcessState.READY, "apphost": ProcessState.READY}
        self.problems = [Problem("No sound input", "default", "plug in a microphone")]
        self.app = AppState.QUARANTINED
        self.restarted: list[str] = []

    def table(self) -> ProcessTable:
        return ProcessTable([ProcessView(name, state, 1, 0, 1.0, 1.0, "") for name, state in self.state.items()])

    async def restart(self, request: RestartProcess, _session: Session) -> ProcessTable:
        self.restarted.append(request.name)
        self.problems = []
        return self.table()

    async def log(self, request: GetProcessLog, _session: Session) -> ProcessLog:
        return ProcessLog(request.name, [ProcessLogLine(5, "warning", "No sound input (where default)")])

    async def start_app(self, _request: StartApp, _session: Session) -> Done:
        self.app = AppState.RUNNING
        return Done()

    async def apps(self, _request: SubscribeApps, stream: Stream) -> None:
        stream.send(AppsUpdate([AppView("radio", "Radio", self.app, "it ended", 0, None, [])]))
        await asyncio.Event().wait()

    async def processes(self, _request: ListProcesses, _session: Session) -> ProcessTable:
        return self.table()

    def servers(self) -> list[LinkServer]:
        def status(name: str) -> ProcessStatus:
            return ProcessStatus(name, os.getpid(), "0", 1.0, {}, self.problems if name == "voice" else [])

        manager = LinkServer(self.folder / "manager.sock", (ManagerRequest,), lambda: status("manager"))
        manager.router.on_call(ListProcesses, self.processes)
        manager.router.on_call(RestartProcess, self.restart)
        manager.router.on_call(GetProcessLog, self.log)
        apphost = LinkServer(self.folder / "apphost.sock", (ApphostRequest,), lambda: status("apphost"))
        apphost.router.on_stream(SubscribeApps, self.apps)
        apphost.router.on_call(StartApp, self.start_app)
        voice = LinkServer(self.folder / "voice.sock", (), lambda: status("voice"))
        return [manager, apphost, voice]


def with_service(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    test: Callable[[LinkClient, Board, dict[str, LinkServer]], Awaitable[None]],
) -> None:
    """Run a test against the service and the other processes on real sockets."""
    monkeypatch.setenv("IVI_RUNTIME_DIR", str(folder))

    async def run() -> None:
        board = Board(folder)
        process = Process("services")
        server = LinkServer(folder / "services.sock", (ServicesRequest,), process.status)
        service = ResolutionService(process, folder, lambda: board.driving, period=0.05)
        service.serve(server)
        others = board.servers()
        for one in (*others, server):
            await one.start()
        await service.start()
        client = LinkClient(folder / "services.sock", ServicesAnswer)
        try:
            await test(client, board, dict(zip(("manager", "apphost", "voice"), others, strict=True)))
        finally:
            await client.close()
            await service.stop()
            for one in (*others, server):
                await one.stop()

    asyncio.run(run())


async def until(client: LinkClient, holds: Callable[[Resolution], bool]) -> Resolution:
    """The first word of the stream of which this holds."""
    async with asyncio.timeout(DEADLINE):
        async for said in client.stream(SubscribeResolution()):
            if isinstance(said, Resolution) and holds(said):
                return said
    raise AssertionError("the stream ended")


def sentences(said: Resolution) -> list[str]:
    return [one.sentence for one in said.faults]


def test_found_fixed_and_solved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def test(client: LinkClient, board: Board, _servers: dict[str, LinkServer]) -> None:
        said = await until(client, lambda one: len(one.faults) == 2)
        assert set(sentences(said)) == {"No sound input.", "Radio has stopped too often and stays off."}
        sound, radio = sorted(said.faults, key=lambda one: one.sentence)
        log = await client.call(ReadFaultLog(sound.id))
        assert (log.of, log.lines[0].text) == ("voice", "No sound input (where default)")
        assert (await client.call(ApplyFix(sound.id))).said == "Voice is started again."
        assert board.restarted == ["voice"]
        await client.call(ApplyFix(radio.id))
        over = await until(client, lambda one: not one.faults)
        assert {one.sentence for one in over.solved} == {sound.sentence, radio.sentence}
        with pytest.raises(NotFoundError):
            await client.call(ApplyFix(sound.id))

    with_service(tmp_path, monkeypatch, test)


def test_a_process_that_goes_away_is_one_fault_and_its_own_are_void(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test(client: LinkClient, board: Board, servers: dict[str, LinkServer]) -> None:
        await until(client, lambda one: "No sound input." in sentences(one))
        await servers["voice"].stop()
        said = await until(client, lambda one: "Voice does not answer." in sentences(one))
        assert "No sound input." not in sentences(said)
        assert all(one.sentence != "No sound input." for one in said.solved)
        # The manager knows more than that it is silent.
        board.state["voice"] = ProcessState.FAILED
        said = await until(client, lambda one: "Voice cannot run." in sentences(one))
        assert [one.id for one in said.faults].count("process:voice") == 1

    with_service(tmp_path, monkeypatch, test)


def test_what_the_drive_needs_is_not_ended_while_driving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def test(client: LinkClient, board: Board, _servers: dict[str, LinkServer]) -> None:
        board.state["databroker"] = ProcessState.FAILED
        said = await until(client, lambda one: "Vehicle data cannot run." in sentences(one))
        board.driving = MOVING
        with pytest.raises(UnavailableError, match="while the car is parked"):
            await client.call(ApplyFix(said.faults[0].id))
        assert board.restarted == []
        board.driving = PARKED
        await client.call(ApplyFix(said.faults[0].id))
        assert board.restarted == ["databroker"]

    with_service(tmp_path, monkeypatch, test)


def test_without_a_manager_it_says_where_the_log_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def test(client: LinkClient, _board: Board, servers: dict[str, LinkServer]) -> None:
        await servers["manager"].stop()
        said = await until(
            client, lambda one: any(f.sentence == "No sound input." and f.fix is None for f in one.faults)
        )
        fault = next(one for one in said.faults if one.sentence == "No sound input.")
        with pytest.raises(UnavailableError) as caught:
            await client.call(ReadFaultLog(fault.id))
        assert caught.value.hint == "journalctl -u ivi-voice"
        with pytest.raises(IviError):
            await client.call(ApplyFix(fault.id))

    with_service(tmp_path, monkeypatch, test)


def test_a_process_that_hangs_keeps_nobody_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def test(client: LinkClient, board: Board, _servers: dict[str, LinkServer]) -> None:
        hung = await asyncio.start_unix_server(_never, tmp_path / "cloud.sock")
        board.state["cloud"] = ProcessState.READY
        try:
            began = time.monotonic()
            await until(client, lambda one: "The cloud link does not answer." in sentences(one))
            assert time.monotonic() - began < DEADLINE
        finally:
            hung.close()

    with_service(tmp_path, monkeypatch, test)


async def _never(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Takes everything and says nothing, until the other end goes."""
    try:
        while await _reader.read(4096):
            pass
    finally:
        writer.close()
