# SPDX-License-Identifier: Apache-2.0
"""The resolution centre: looks around every few seconds, tells what is off, and does what ends it."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from pathlib import Path

from ivi.daemon.followers import Followers
from ivi.daemon.link_server import LinkServer, Session, Stream
from ivi.daemon.process import Process
from ivi.model.apphost import ListLog, Log, StartApp
from ivi.model.errors import InvalidArgumentError, NotFoundError, UnavailableError
from ivi.model.manager import GetProcessLog, ProcessLog, RestartProcess
from ivi.model.resolution import (
    ApplyFix,
    Fault,
    FaultLine,
    FaultLog,
    Fix,
    FixApplied,
    FixKind,
    ReadFaultLog,
    SubscribeResolution,
)
from ivi.model.rights import AskConsent
from ivi.model.services import UxRestriction, UxRestrictions
from ivi.services.resolution.board import Board
from ivi.services.resolution.findings import TITLES
from ivi.services.resolution.rounds import Rounds

log = logging.getLogger(__name__)

PERIOD = 2.0  # seconds between two looks
RESTART_DEADLINE = 10.0  # seconds; the manager waits for an end in order
FIX_DEADLINE = 3.0  # seconds
LOG_DEADLINE = 2.0  # seconds
MAX_LINES = 100
_APP = "app:"


class ResolutionService:
    """Serves ivi.model.resolution."""

    def __init__(
        self, process: Process, state: Path, restrictions: Callable[[], UxRestrictions], *, period: float = PERIOD
    ) -> None:
        """`restrictions` says what the driving state forbids now."""
        self._process = process
        self._restrictions = restrictions
        self._period = period
        self._rounds = Rounds(process.name, state)
        self._board = Board()
        self._followers = Followers(lambda: self._board.view)
        self._look = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        process.add_counters(
            lambda: {"faults": len(self._board.view.faults), "faults_solved": len(self._board.view.solved)}
        )

    def serve(self, server: LinkServer) -> None:
        """Answer on this server."""
        server.router.on_stream(SubscribeResolution, self._subscribe)
        server.router.on_call(ApplyFix, self._apply)
        server.router.on_call(ReadFaultLog, self._read)

    async def start(self) -> None:
        """Begin to look around."""
        self._task = asyncio.get_running_loop().create_task(self._go_round())

    async def stop(self) -> None:
        """Stop looking."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._rounds.close()

    async def _go_round(self) -> None:
        while True:
            seen = await self._rounds.look(self._process.status())
            if self._board.take(seen.found, seen.gone, int(time.time() * 1000)):
                self._followers.tell(self._board.view)
            self._look.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._period):
                    await self._look.wait()

    async def _subscribe(self, _request: SubscribeResolution, stream: Stream) -> None:
        await self._followers.stay(stream)

    # -- what ends a fault --------------------------------------------------------------------------------------------
    async def _apply(self, request: ApplyFix, _session: Session) -> FixApplied:
        fault = self._fault(request.id)
        fix = fault.fix
        if fix is None:
            raise InvalidArgumentError("there is nothing to do about it from here", hint=fault.hint)
        if fix.parked and UxRestriction.NO_SETUP in self._restrictions().restrictions:
            raise UnavailableError("this is done while the car is parked", hint=self._restrictions().reason)
        log.info("a fix is applied", extra={"fault": fault.id, "fix": fix.kind.value, "target": fix.target})
        said = await self._do(fix)
        self._look.set()
        return FixApplied(said)

    async def _do(self, fix: Fix) -> str:
        match fix.kind:
            case FixKind.RESTART if fix.target == self._process.name:
                # Our own end would take the answer along: it is asked for, and we go when the manager says so.
                task = asyncio.get_running_loop().create_task(self._restart(fix.target))
                task.add_done_callback(_over)
                return "The driving state is started again."
            case FixKind.RESTART:
                await self._restart(fix.target)
                return f"{TITLES.get(fix.target, fix.target)} is started again."
            case FixKind.START_APP:
                await self._rounds.link("apphost").call(StartApp(fix.target), FIX_DEADLINE)
                return "The app is started again."
            case FixKind.ASK:
                await self._rounds.link("apphost").call(AskConsent(fix.target), FIX_DEADLINE)
                return "The question is on the screen."
            case FixKind.OPEN:
                raise InvalidArgumentError("this is a page of the screen", hint="open it there")

    async def _restart(self, process: str) -> None:
        await self._rounds.link("manager").call(RestartProcess(process), RESTART_DEADLINE)

    # -- the log to read first ----------------------------------------------------------------------------------------
    async def _read(self, request: ReadFaultLog, _session: Session) -> FaultLog:
        fault = self._fault(request.id)
        limit = max(1, min(request.limit, MAX_LINES))
        if not fault.log:
            raise NotFoundError("this has no log")
        if fault.log.startswith(_APP):
            app = fault.log.removeprefix(_APP)
            answer: Log = await self._rounds.link("apphost").call(ListLog(app, limit=limit), LOG_DEADLINE)
            lines = [FaultLine(line.time_ns // 1_000_000, "", line.text) for line in answer.lines]
            return FaultLog(app, lines)
        try:
            kept: ProcessLog = await self._rounds.link("manager").call(GetProcessLog(fault.log, limit), LOG_DEADLINE)
        except UnavailableError as error:
            raise UnavailableError(
                f"the log of {fault.log} is not in reach of the screen", hint=f"journalctl -u ivi-{fault.log}"
            ) from error
        return FaultLog(fault.log, [FaultLine(line.time_ms, line.level, line.text) for line in kept.lines])

    def _fault(self, number: str) -> Fault:
        fault = self._board.fault(number)
        if fault is None:
            raise NotFoundError("this is over")
        return fault


def _over(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.warning("the manager did not start this process again", extra={"reason": str(error)})
