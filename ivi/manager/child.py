# SPDX-License-Identifier: Apache-2.0
"""One supervised process: started, watched, started again when it dies, stopped in time."""

import asyncio
import contextlib
import logging
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from ivi.manager.options import RunOptions
from ivi.manager.table import ProcessSpec
from ivi.model.manager import ProcessState

log = logging.getLogger(__name__)

RESTART_FIRST, RESTART_LAST = 0.1, 5.0  # seconds before a process that died is started again
STABLE = 30.0  # seconds of life after which the next death counts as the first
STOP_DEADLINE = 6.0  # seconds between SIGTERM and SIGKILL
POLL = 0.05  # seconds between looks at a port
CANNOT_WORK = 2  # exit status of a process whose set-up is wrong: starting it again would not help
MAX_LOG = 5 << 20  # bytes of a log before it is turned over


class Child:
    """A row of the table brought to life."""

    def __init__(
        self, spec: ProcessSpec, options: RunOptions, folders: tuple[Path, Path], on_change: Callable[["Child"], None]
    ) -> None:
        self.spec = spec
        self.state = ProcessState.WAITING
        self.reason = ""
        self.pid = 0
        self.restarts = 0
        self.peak_mb = self.rss_mb = 0.0
        self.ready = asyncio.Event()
        self.settled = asyncio.Event()
        """Set when it is ready, has failed, or is too late to wait for."""
        self._options = options
        self.log_file = folders[1] / f"{spec.name}.log"
        self._notify_path = folders[0] / f"notify-{spec.name}"
        self._on_change = on_change
        self._process: asyncio.subprocess.Process | None = None
        self._stopping = False
        self._asked = False
        """Whether somebody wants it to end and start again: then its end is no failure."""
        self._alive = 0.0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start it and keep it running."""
        self._task = asyncio.get_running_loop().create_task(self._supervise())

    async def stop(self) -> None:
        """SIGTERM, then SIGKILL after the deadline."""
        self._stopping = True
        if self._process is not None:
            await self._end(self._process)
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._change(ProcessState.STOPPED, "")

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        if process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            async with asyncio.timeout(STOP_DEADLINE):
                await process.wait()
        except TimeoutError:
            log.warning("killed: it did not stop in time", extra={"child": self.spec.name})
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def restart(self) -> None:
        """End it in order and start it again; one that has given up is started anew."""
        if self._stopping:
            return
        if self._task is None or self._task.done():
            self.settled.clear()
            self.start()
            return
        if self._process is not None and self._process.returncode is None:
            self._asked = True
            await self._end(self._process)

    # -- the life -----------------------------------------------------------------------------------------------------
    async def _supervise(self) -> None:
        wait = RESTART_FIRST
        with self._notify_socket() as notify:
            while True:
                started = time.monotonic()
                code = await self._live(notify)
                self.pid = 0
                self.ready.clear()
                if self._stopping:
                    return
                if self._asked:
                    self._asked = False
                    self.restarts += 1
                    self._change(ProcessState.RESTARTING, "it is started again, as asked")
                    continue
                if code == 0 and self.spec.ends_run:
                    self._change(ProcessState.STOPPED, "its window was closed")
                    return
                reason = _last_words(self.log_file) or f"it ended with status {code}"
                if code == CANNOT_WORK:
                    self._change(ProcessState.FAILED, reason)
                    self.settled.set()
                    return
                wait = RESTART_FIRST if time.monotonic() - started > STABLE else min(RESTART_LAST, wait * 2)
                self.restarts += 1
                self._change(ProcessState.RESTARTING, _ended(code, reason))
                await asyncio.sleep(wait)

    async def _live(self, notify: socket.socket) -> int:
        """One life from start to end; returns the exit status (negative: the signal)."""
        with _open_log(self.log_file) as output:
            self._process = process = await asyncio.create_subprocess_exec(
                *_command(self.spec, self._options),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=self._environment(),
                start_new_session=True,  # Ctrl-C in the terminal reaches us alone: we stop the others in order
            )
        self.pid = process.pid
        self._change(ProcessState.STARTING, "")
        watcher = asyncio.get_running_loop().create_task(self._watch(notify, process))
        try:
            return await process.wait()
        finally:
            watcher.cancel()
            await asyncio.gather(watcher, return_exceptions=True)

    async def _watch(self, notify: socket.socket, process: asyncio.subprocess.Process) -> None:
        try:
            async with asyncio.timeout(self.spec.ready_s):
                await (self._notified(notify) if self.spec.notifies else self._listens())
        except TimeoutError:
            self._change(ProcessState.STARTING, f"not ready after {self.spec.ready_s:g} s")
            self.settled.set()
            await (self._notified(notify) if self.spec.notifies else self._listens())
        if self._stopping:  # some become ready by giving up what they waited for
            return
        self._change(ProcessState.READY, "")
        self.ready.set()
        self.settled.set()
        if self.spec.watchdog_s and self.spec.notifies:
            await self._guard(notify, process)

    async def _notified(self, notify: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while b"READY=1" not in await loop.sock_recv(notify, 4096):
            pass

    async def _listens(self) -> None:
        port = self.spec.ready_port(self._options)
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(POLL)
                continue
            writer.close()
            return

    async def _guard(self, notify: socket.socket, process: asyncio.subprocess.Process) -> None:
        """Kill a process that shows no sign of life: SIGABRT first, for a trace in its log."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                async with asyncio.timeout(self.spec.watchdog_s):
                    await loop.sock_recv(notify, 4096)
            except TimeoutError:
                log.warning("no sign of life", extra={"child": self.spec.name, "seconds": self.spec.watchdog_s})
                for number in (signal.SIGABRT, signal.SIGKILL):
                    with contextlib.suppress(ProcessLookupError):
                        process.send_signal(number)
                    await asyncio.sleep(1.0)

    # -- details ------------------------------------------------------------------------------------------------------
    def _notify_socket(self) -> socket.socket:
        self._notify_path.unlink(missing_ok=True)
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
        sock.bind(os.fspath(self._notify_path))
        sock.setblocking(False)
        return sock

    def _environment(self) -> dict[str, str]:
        environment = dict(os.environ, PYTHONUNBUFFERED="1")
        for name in ("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"):
            environment.pop(name, None)
        if self.spec.notifies:
            environment["NOTIFY_SOCKET"] = os.fspath(self._notify_path)
            if self.spec.watchdog_s:
                environment["WATCHDOG_USEC"] = str(int(self.spec.watchdog_s * 1e6))
        return environment

    def _change(self, state: ProcessState, reason: str) -> None:
        if (state, reason) != (self.state, self.reason):
            self.state, self.reason = state, reason
            self._on_change(self)


def _command(spec: ProcessSpec, options: RunOptions) -> list[str]:
    """The command line; with util-linux's setpriv a process also ends when we are killed."""
    setpriv = shutil.which("setpriv")
    guard = [setpriv, "--pdeathsig", "TERM"] if setpriv else []
    return [*guard, sys.executable, "-m", spec.module, *spec.arguments(options)]


def _open_log(path: Path) -> BinaryIO:
    if path.exists() and path.stat().st_size > MAX_LOG:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")


def _ended(code: int, reason: str) -> str:
    if code < 0:
        return f"it was ended by {signal.Signals(-code).name}"
    return reason


def _last_words(path: Path) -> str:
    """The last plain line that a process wrote (its one clear line); JSON log lines and traces are left to the file."""
    try:
        lines = path.read_bytes()[-4096:].decode("utf-8", "replace").splitlines()
    except OSError:
        return ""
    plain = [line.strip() for line in lines if line.strip() and not line.startswith(("{", " ", "Traceback"))]
    return plain[-1][:300] if plain else ""
