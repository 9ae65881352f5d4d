# SPDX-License-Identifier: Apache-2.0
"""`ivi run` and `ivi replay`: start the table, keep it alive, show how it does, and stop it in order."""

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable, Coroutine

from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Session
from ivi.daemon.paths import make_private, runtime_dir, socket_path, state_dir
from ivi.daemon.process import Process
from ivi.manager import demo, inquiry, summary
from ivi.manager.child import Child
from ivi.manager.live import LiveStatus
from ivi.manager.lock import RunLock
from ivi.manager.options import RunOptions
from ivi.manager.supervisor import Supervisor
from ivi.manager.table import fleet_folder, has_display
from ivi.model.cloud import CloudAnswer, Flush, Uplink
from ivi.model.errors import ConfigurationError, IviError
from ivi.model.manager import (
    GetProcessLog,
    ListProcesses,
    ManagerRequest,
    ProcessLog,
    ProcessState,
    ProcessTable,
    RestartProcess,
)

LIVE = 1.0  # seconds between two looks at the numbers
FLUSH_LIMIT = 5.0  # seconds for what waits in the outbox to reach the fleet before a run's end
SCREEN_MARGIN = 0.5  # seconds before the end at which the picture is taken


type Companion = Callable[[Supervisor], Coroutine[None, None, None]]
"""Something that goes on beside the processes, as long as they run."""


def run(options: RunOptions, *, live: LiveStatus | None = None, companion: Companion | None = None) -> int:
    """Run until the time is over, Ctrl-C or SIGTERM; returns the exit status.

    With a `companion` the run is its: nothing is summed up at the end, and an IviError of it ends the run.

    Raises IviError when the run cannot begin: another copy runs, no display.
    """
    if not options.headless and not has_display():
        raise ConfigurationError(
            "there is no display to open the screen on", hint="add --headless, or set DISPLAY or QT_QPA_PLATFORM"
        )
    runtime = make_private(runtime_dir())
    for folder in (state_dir(), state_dir() / "logs", fleet_folder()):
        make_private(folder)
    with RunLock(runtime):
        return asyncio.run(_Run(options, live, companion).run())


class _Run:
    """One run from start to stop."""

    def __init__(self, options: RunOptions, live: LiveStatus | None, companion: Companion | None) -> None:
        self._options = options
        self._live = live or LiveStatus()
        self._companion = companion
        self._started = time.monotonic()
        self._supervisor = Supervisor(options, runtime_dir(), state_dir() / "logs", self._changed)
        self._ended = asyncio.Event()
        self._status = 0

    async def run(self) -> int:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._ended.set)
        server = LinkServer(socket_path("manager"), (ManagerRequest,), Process("manager").status)
        server.router.on_call(ListProcesses, self._list)
        server.router.on_call(RestartProcess, self._restart)
        server.router.on_call(GetProcessLog, self._log)
        await server.start()
        helpers = [loop.create_task(self._supervisor.start()), loop.create_task(self._show())]
        if self._options.demo and "voice" in self._supervisor.children:
            helpers.append(loop.create_task(demo.speak(self._supervisor.children["voice"], self._live)))
        companion = None
        if self._companion is not None:
            companion = loop.create_task(self._companion(self._supervisor))
            companion.add_done_callback(lambda _: self._ended.set())
            helpers.append(companion)
        try:
            await self._until_the_end()
            if companion is None:
                await self._finish()
        finally:
            for task in helpers:
                task.cancel()
            await asyncio.gather(*helpers, return_exceptions=True)
            await self._supervisor.stop()
            await server.stop()
        if companion is not None and not companion.cancelled() and (error := companion.exception()) is not None:
            raise error
        return self._status

    def _changed(self, child: Child) -> None:
        self._live.change(child)
        if child.state is ProcessState.STOPPED and child.spec.ends_run:
            self._ended.set()

    async def _until_the_end(self) -> None:
        waits: list[Awaitable[object]] = [self._ended.wait()]
        if self._options.seconds is not None:
            waits.append(asyncio.sleep(max(0.0, self._options.seconds - SCREEN_MARGIN)))
        if self._options.replay is not None and self._options.seconds is None:
            waits.append(self._replay_finished())
        tasks = [asyncio.ensure_future(wait) for wait in waits]
        _, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()

    async def _replay_finished(self) -> None:
        while True:
            await asyncio.sleep(LIVE / 4)
            if self._supervisor.children["databroker"].spec.name in {
                child.spec.name for child in self._supervisor.failed
            }:
                return
            answers = await inquiry.statuses(["databroker"])
            if "databroker" in answers and answers["databroker"].counters.get("replay_finished"):
                return

    async def _finish(self) -> None:
        """Picture, outbox, summary; each is tried even when another failed."""
        if self._options.screenshot is not None:
            await self._attempt("the picture", self._picture())
        if "cloud" in self._supervisor.children and self._options.demo:
            await self._attempt("the last rows", self._flush())
        names = [name for name, child in self._supervisor.children.items() if child.spec.on_board or name == "fleet"]
        statuses = await inquiry.statuses(names)
        apps = await inquiry.apps() if "apphost" in self._supervisor.children else []
        result = summary.build(
            statuses, apps, self._supervisor.view(), self._supervisor.peak_total_mb, time.monotonic() - self._started
        )
        if self._options.summary is not None:
            await self._attempt("the summary", self._write(result))
        for name in sorted({child.spec.name for child in self._supervisor.failed} & {"hmi", "databroker"}):
            self._live.say(f"{name} could not do its job: see above")
            self._status = ConfigurationError.exit_code
        for line in _headline(result):
            self._live.say(line)

    async def _attempt(self, what: str, work: Awaitable[str]) -> None:
        try:
            if said := await work:
                self._live.say(said)
        except IviError as error:
            self._live.say(f"{what} failed: {error}")
            self._status = self._status or error.exit_code

    async def _picture(self) -> str:
        if self._options.screenshot is None:
            return ""
        return f"picture: {await demo.screenshot(self._options.screenshot.absolute())}"

    async def _flush(self) -> str:
        async with LinkClient(socket_path("cloud"), CloudAnswer) as client:
            uplink: Uplink = await client.call(Flush(), FLUSH_LIMIT)
        if uplink.waiting:
            reason = uplink.reason or "the fleet has not confirmed them yet"
            return f"{uplink.waiting} rows wait in the outbox: {reason}"
        return ""

    async def _write(self, result: dict[str, object]) -> str:
        if self._options.summary is None:
            return ""
        summary.write(self._options.summary, result)
        return f"summary: {self._options.summary}"

    async def _show(self) -> None:
        names = [name for name, child in self._supervisor.children.items() if child.spec.on_board]
        while True:
            await asyncio.sleep(LIVE)
            statuses = await inquiry.statuses(names)
            self._live.problems(statuses)
            self._live.numbers(statuses, self._supervisor.total_mb)

    async def _list(self, _request: ListProcesses, _session: Session) -> ProcessTable:
        return self._supervisor.view()

    async def _restart(self, request: RestartProcess, _session: Session) -> ProcessTable:
        await self._supervisor.restart(request.name)
        return self._supervisor.view()

    async def _log(self, request: GetProcessLog, _session: Session) -> ProcessLog:
        lines = await asyncio.to_thread(self._supervisor.log, request.name, request.limit)
        return ProcessLog(request.name, lines)


def _headline(result: dict[str, object]) -> list[str]:
    """The few numbers that everybody wants to see at the end."""
    dropped, unknown = result["frames_dropped"], result["frames_unknown"]
    frames = f"{result['frames_received']} frames received, {dropped} dropped, {unknown} unknown"
    signals = f"{result['signals_current']} signals current after {result['signal_updates']} updates"
    return [frames, signals, f"peak memory of all processes {result['peak_rss_mb']} MB"]
