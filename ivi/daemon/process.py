# SPDX-License-Identifier: Apache-2.0
"""The life of one process: logging, signals, readiness, watchdog, status, and a stop in stages with deadlines."""

import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable

import ivi
from ivi.daemon import logs
from ivi.daemon.clock import process_start_monotonic
from ivi.daemon.notify import notify, watchdog_interval
from ivi.model.errors import IviError
from ivi.model.status import Problem, ProcessStatus

log = logging.getLogger(__name__)

STAGE_TIMEOUT = 3.0  # seconds that one stage of the stop may take
SWITCH_INTERVAL = 0.001  # seconds; keeps a busy helper thread from holding the loop for the default 5 ms

type Counter = bool | int | float | str


class Process:
    """What a running process knows of itself. Its parts add counters, problems and stages of the stop."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.stopping = asyncio.Event()
        self._started = process_start_monotonic()
        self._counters: list[Callable[[], dict[str, Counter]]] = []
        self._problems: dict[str, Problem] = {}
        self._stages: list[tuple[str, Callable[[], Awaitable[None]]]] = []

    def add_counters(self, read: Callable[[], dict[str, Counter]]) -> None:
        """Numbers of one part, read whenever somebody asks for the status."""
        self._counters.append(read)

    def report(self, key: str, problem: Problem) -> None:
        """Say that something is off; the same key again replaces what was said. Logged once for each new text."""
        if self._problems.get(key) != problem:
            log.warning(problem.what, extra={"where": problem.where, "hint": problem.hint})
        self._problems[key] = problem

    def resolve(self, key: str) -> None:
        """Say that it works again."""
        if (problem := self._problems.pop(key, None)) is not None:
            log.info("works again", extra={"was": problem.what})

    def on_stop(self, stage: str, stop: Callable[[], Awaitable[None]]) -> None:
        """Add a stage of the stop. The last one added runs first."""
        self._stages.append((stage, stop))

    def status(self) -> ProcessStatus:
        """The answer of GetStatus."""
        counters: dict[str, Counter] = {}
        for read in self._counters:
            counters.update(read())
        uptime = time.monotonic() - self._started
        return ProcessStatus(self.name, os.getpid(), ivi.__version__, uptime, counters, list(self._problems.values()))

    async def stop(self) -> None:
        """Run the stages, each with its own deadline, so that one that hangs does not keep the others from theirs."""
        notify("STOPPING=1")
        while self._stages:
            stage, stop = self._stages.pop()
            try:
                async with asyncio.timeout(STAGE_TIMEOUT):
                    await stop()
            except TimeoutError:
                log.error("a stage of the stop took too long", extra={"stage": stage, "seconds": STAGE_TIMEOUT})  # noqa: TRY400  # the trace would only show the wait
            except (IviError, OSError) as error:
                log.error("a stage of the stop failed", extra={"stage": stage, "error": str(error)})  # noqa: TRY400  # a known error needs no trace


def run(name: str, start: Callable[[Process], Awaitable[None]]) -> int:
    """Run a process until SIGTERM or SIGINT; `start` brings its parts up and adds their stages of the stop.

    Returns 0 after an ordered stop, the error's `exit_code` when the start failed (with one line on stderr).
    """
    logs.set_up(name)
    sys.setswitchinterval(SWITCH_INTERVAL)
    return asyncio.run(_main(name, start))


async def _main(name: str, start: Callable[[Process], Awaitable[None]]) -> int:
    process = Process(name)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, process.stopping.set)
    try:
        await start(process)
    except IviError as error:
        log.error("the start failed", extra={"error": error.message, "hint": error.hint})  # noqa: TRY400  # a known error needs no trace
        sys.stderr.write(f"ivi {name}: {error}\n")
        await process.stop()
        return error.exit_code
    notify(f"READY=1\nMAINPID={os.getpid()}")
    log.info("ready", extra={"ms": round((time.monotonic() - process_start_monotonic()) * 1000)})
    keeper = loop.create_task(_keep_alive())
    await process.stopping.wait()
    keeper.cancel()
    await process.stop()
    return 0


async def _keep_alive() -> None:
    interval = watchdog_interval()
    while interval is not None:
        notify("WATCHDOG=1")
        await asyncio.sleep(interval)
