# SPDX-License-Identifier: Apache-2.0
"""Keeps one app running: starts it, watches its deadlines, ends it without leftovers, starts it again with patience."""

import asyncio
import contextlib
import logging
import signal
import socket
import time
from dataclasses import dataclass
from pathlib import Path

from ivi.apphost.app_link import AppLink, Timing
from ivi.apphost.backoff import BackOff, Pace
from ivi.apphost.egress.outlet import Outlet
from ivi.apphost.facility import Car, Life
from ivi.apphost.hosted_app import HostedApp
from ivi.apphost.manifest import Manifest, Net
from ivi.apphost.output import Output
from ivi.apphost.rights import Rights
from ivi.apphost.sandbox.bubblewrap import Box, Child, spawn
from ivi.model.apphost import AppState
from ivi.model.errors import IviError

log = logging.getLogger(__name__)

EXIT_LOAD_ERROR = 78  # what ivi.sdk.boot answers when the entry cannot be loaded
SIGNAL_BASE = 128  # bubblewrap answers 128 + signal
LAST_WORDS = 0.5  # seconds for an app whose link has ended to say why


@dataclass(frozen=True)
class End:
    """How a life ended."""

    reason: str
    final: bool = False
    """Whether starting again cannot help."""


class Lifecycle:
    """One app's lives, one after the other."""

    def __init__(self, app: HostedApp, manifest: Manifest, data: Path, car: Car, *, timing: Timing, pace: Pace) -> None:
        self.app = app
        self.rights = Rights(manifest)
        self._car = car
        self._timing = timing
        self._backoff = BackOff(pace)
        self._stopping = asyncio.Event()
        self._wants_net = any(isinstance(permission, Net) for permission in manifest.permission)
        self._box = Box(
            memory_mb=manifest.resources.memory_mb,
            processes=manifest.resources.processes,
            tmp_mb=manifest.resources.tmp_mb,
            entry=manifest.app.entry,
            package=manifest.package,
            app_dir=app.folder.resolve(),
            data_dir=data,
            roots=car.provisions.gate.surroundings.roots if self._wants_net else None,
        )

    def stop(self) -> None:
        """Ask for an ordered end; `run` returns when it has happened."""
        self._stopping.set()

    async def run(self) -> None:
        """Run until `stop`, a load error or quarantine; the app's state says which."""
        while not self._stopping.is_set():
            self.app.set_state(AppState.STARTING)
            started = time.monotonic()
            end = await self._live()
            if self._stopping.is_set():
                break
            now = time.monotonic()
            log.warning(
                "the app ended", extra={"app": self.app.id, "reason": end.reason, "lived_s": round(now - started, 3)}
            )
            wait = None if end.final else self._backoff.crashed(now, now - started)
            if wait is None:
                self.app.set_state(AppState.STOPPED_BY_LOAD_ERROR if end.final else AppState.QUARANTINED, end.reason)
                return
            self.app.restarts += 1
            self.app.set_state(AppState.BACKING_OFF, end.reason)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._stopping.wait()
        self.app.set_state(AppState.STOPPED, "it was stopped")

    async def _live(self) -> End:
        """One life, with its way out open as long as it lasts."""
        life = Life(self.app, self.rights, self._car)
        async with Outlet(life, self._car.provisions.gate, wanted=self._wants_net) as outlet:
            return await self._live_with(life, outlet)

    async def _live_with(self, life: Life, outlet: Outlet) -> End:
        """One life from spawn to the last process gone."""
        link = AppLink(life, self._timing, on_hello=self._said_hello)
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        try:
            child = await spawn(self._box, theirs.fileno(), outlet.fd)
        except IviError as error:
            ours.close()
            return End(error.message)
        finally:
            theirs.close()
        output = Output(self.app.id)
        reading = asyncio.create_task(_read_output(output, child))
        try:
            await link.open(ours)
            overdue = await self._watch(child, link)
            return await self._conclude(child, link, output, reading, overdue)
        finally:
            link.close()
            await child.kill()
            child.close()
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    def _said_hello(self) -> None:
        self.app.set_state(AppState.RUNNING)

    async def _watch(self, child: Child, link: AppLink) -> str:
        """Wait until process or link end, a stop is asked for, or a deadline passes, which is then named."""
        waits = [
            asyncio.create_task(child.process.wait()),
            asyncio.create_task(link.ended.wait()),
            asyncio.create_task(self._stopping.wait()),
        ]
        try:
            while (patience := link.patience()) > 0:
                done, _ = await asyncio.wait(waits, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
                if done:
                    return ""
        finally:
            for wait in waits:
                wait.cancel()
        if not link.said_hello:
            return f"it did not answer its start within {self._timing.hello:g} s"
        return f"it hung: {self._timing.misses} heartbeats were missed"

    async def _conclude(
        self, child: Child, link: AppLink, output: Output, reading: asyncio.Task[None], overdue: str
    ) -> End:
        """Bring the life to its end and say what it was."""
        if overdue:
            await child.dump()
            return End(overdue)
        link.close()
        patience = self._timing.polite if self._stopping.is_set() else LAST_WORDS
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await child.process.wait()
                await asyncio.shield(reading)
        if link.end_reason:
            return End(f"its link was ended: {link.end_reason}")
        return _explain(child.process.returncode, output.newest[-1] if output.newest else "")


async def _read_output(output: Output, child: Child) -> None:
    if child.process.stdout is not None:
        await output.read(child.process.stdout)


def _explain(status: int | None, last_line: str) -> End:
    """An exit status in words."""
    if status is None:
        return End("it closed its link and went on")
    if status == EXIT_LOAD_ERROR:
        return End(last_line or "its entry could not be loaded", final=True)
    if status > SIGNAL_BASE or status < 0:
        number = status - SIGNAL_BASE if status > 0 else -status
        name = signal.Signals(number).name if number in {one.value for one in signal.Signals} else f"signal {number}"
        return End(f"it was killed by {name}")
    said = f": {last_line}" if last_line else ""
    return End(f"it ended with status {status}{said}")
