# SPDX-License-Identifier: Apache-2.0
"""Keeps one app running: starts it, watches its deadlines, ends it without leftovers, starts it again with patience."""

import asyncio
import contextlib
import logging
import signal
import socket
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from ivi.apphost import hang
from ivi.apphost.app_link import AppLink, Timing
from ivi.apphost.backoff import BackOff, Pace
from ivi.apphost.egress.outlet import Outlet
from ivi.apphost.facility import Car, Life
from ivi.apphost.holds import Hold, Holds
from ivi.apphost.hosted_app import HostedApp
from ivi.apphost.manifest import Background, Manifest, Net
from ivi.apphost.output import Output
from ivi.apphost.priority import yield_to_the_car
from ivi.apphost.rights import Rights
from ivi.apphost.sandbox.box import Box
from ivi.apphost.sandbox.launcher import Child, choose
from ivi.apphost.usage import Usage
from ivi.apphost.watch import Watch
from ivi.model.apphost import AppState
from ivi.model.errors import IviError

log = logging.getLogger(__name__)

EXIT_LOAD_ERROR = 78  # what ivi.sdk.boot answers when the entry cannot be loaded
SIGNAL_BASE = 128  # bubblewrap answers 128 + signal
SEND_BUFFER = 32 << 10  # bytes; the kernel doubles it for its own bookkeeping
LAST_WORDS = 0.5  # seconds for an app whose link has ended to say why

# Names of the holds that are put here.
BY_DRIVER, QUARANTINE, LOAD_ERROR, PATIENCE, DRIVING = "driver", "quarantine", "load error", "patience", "driving"


@dataclass(frozen=True)
class End:
    """How a life ended."""

    reason: str
    final: bool = False
    """Whether starting again cannot help."""
    asked: bool = False
    """Whether the host ended it for a reason that is not the app's."""


@dataclass(frozen=True)
class _Run:
    """The parts of one life."""

    child: Child
    link: AppLink
    output: Output
    reading: asyncio.Task[None]
    watch: Watch


class Custody(Protocol):
    """Who installed the app and wants to know how it does."""

    async def admit(self) -> None:
        """Before each start. Raises an IviError when this app may not start."""

    def healthy(self) -> None:
        """It has run well for a while."""

    def failed(self, reason: str) -> None:
        """It crashed too often and is in quarantine."""


class Lifecycle:
    """One app's lives, one after the other, whenever nothing holds it."""

    def __init__(
        self, app: HostedApp, manifest: Manifest, data: Path, car: Car, *, timing: Timing, pace: Pace, custody: Custody
    ) -> None:
        self.app = app
        self.rights = Rights(manifest)
        self.holds = Holds()
        self._manifest, self._car, self._custody = manifest, car, custody
        self._timing, self._pace = timing, pace
        self._backoff = BackOff(pace)
        self._stopping = asyncio.Event()
        self._wants_net = any(isinstance(permission, Net) for permission in manifest.permission)
        self._box = Box(
            memory_mb=manifest.resources.memory_mb,
            processes=manifest.resources.processes,
            tmp_mb=manifest.resources.tmp_mb,
            cpu_percent=manifest.resources.cpu_percent,
            entry=manifest.app.entry,
            package=manifest.package,
            app_dir=app.folder.resolve(),
            data_dir=data,
            net=self._wants_net,
            roots=car.provisions.gate.surroundings.roots if self._wants_net else None,
        )

    def stop(self) -> None:
        """Ask for an ordered end; `run` returns when it has happened."""
        self._stopping.set()
        self.holds.changed.set()

    def on_probation(self) -> None:
        """The app was in quarantine: its next crash puts it back there."""
        self._backoff.on_probation()

    def start_again(self) -> None:
        """The driver wants it: what the driver can lift is lifted, and crashes before do not count any more."""
        self._backoff = BackOff(self._pace)
        for name in (BY_DRIVER, QUARANTINE, LOAD_ERROR, PATIENCE):
            self.holds.release(name)

    def driving_changed(self) -> None:
        """Apps that are only for the parked car come and go with the driving state."""
        if self._manifest.app.when != "parked":
            return
        if self._car.driving.parked:
            self.holds.release(DRIVING)
        else:
            self.holds.put(DRIVING, Hold(AppState.STOPPED_WHILE_DRIVING, "it runs only while the car is parked"))

    async def run(self) -> None:
        """Run until `stop`; the app's state says how it is."""
        self.driving_changed()
        while not self._stopping.is_set():
            self.holds.changed.clear()
            if (hold := self.holds.present) is not None:
                self.app.set_state(hold.state, hold.reason)
                await self.holds.changed.wait()
                continue
            self.app.set_state(AppState.STARTING)
            started = time.monotonic()
            end = await self._live()
            if not end.asked:
                await self._judge(end, time.monotonic() - started)
        self.app.set_state(AppState.STOPPED, "it was stopped")

    async def _judge(self, end: End, lived: float) -> None:
        """A life ended by itself: decide whether and when there is another."""
        self.app.log.add("host", f"it ended after {lived:.1f} s: {end.reason}")
        log.warning("the app ended", extra={"app": self.app.id, "reason": end.reason, "lived_s": round(lived, 3)})
        if end.final:
            self.holds.put(LOAD_ERROR, Hold(AppState.STOPPED_BY_LOAD_ERROR, end.reason))
            self._custody.failed(end.reason)
            return
        wait = self._backoff.crashed(time.monotonic(), lived)
        if wait is None:
            self.holds.put(QUARANTINE, Hold(AppState.QUARANTINED, end.reason))
            self._custody.failed(end.reason)
            return
        self.app.restarts += 1
        if self.holds.changed.is_set():
            return  # it was stopped or held while this life was cleared away; `run` looks at that now
        self.holds.put(PATIENCE, Hold(AppState.BACKING_OFF, end.reason))
        self.app.set_state(AppState.BACKING_OFF, end.reason)
        self.holds.changed.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await self.holds.changed.wait()
        self.holds.release(PATIENCE)

    async def _live(self) -> End:
        """One life, with its way out open as long as it lasts."""
        life = Life(self.app, self.rights, self._car)
        async with Outlet(life, self._car.provisions.gate, wanted=self._wants_net) as outlet:
            return await self._live_with(life, outlet)

    async def _live_with(self, life: Life, outlet: Outlet) -> End:
        """One life from spawn to the last process gone."""
        try:
            await self._custody.admit()
        except IviError as error:
            return End(str(error), final=True)
        box = replace(self._box, extra_fds=outlet.descriptors)
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        # What an app can have under way at once is what the host reads in one turn, while other apps wait.
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        try:
            child = await choose().spawn(box, theirs.fileno())
        except IviError as error:
            ours.close()
            return End(error.message)
        finally:
            theirs.close()

        def said_hello() -> None:
            # Until here somebody may be waiting for it; from here on it yields.
            yield_to_the_car([child.process.pid, *child.pids()])
            self.app.set_state(AppState.RUNNING)

        link = AppLink(life, self._timing, on_hello=said_hello)
        output = Output(self.app.id, self.app.log)
        reading = asyncio.create_task(_read_output(output, child))
        praise = asyncio.get_running_loop().call_later(self._pace.stable, self._custody.healthy)
        usage = Usage(child, self._box)
        watch = Watch(child, link, usage, self._timing, hidden=self._hidden, on_frozen=self.app.freeze)
        self._car.visibility.watchers.add(watch.wake)
        try:
            await link.open(ours)
            overdue = await watch.until_over(self.holds.changed)
            return await self._conclude(_Run(child, link, output, reading, watch), overdue)
        finally:
            praise.cancel()
            self._car.visibility.watchers.discard(watch.wake)
            link.close()
            await child.kill()
            child.close()
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    def _hidden(self) -> bool:
        """Whether the app may be frozen: off the screen, and without the right to go on there."""
        return not self.rights.of(Background) and self._car.visibility.hidden(self.app.id)

    async def _conclude(self, run: _Run, overdue: str | None) -> End:
        """Bring the life to its end and say what it was."""
        if overdue is not None:
            if not run.watch.hung:
                return End(overdue)
            await run.child.dump()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LAST_WORDS):
                    await asyncio.shield(run.reading)
            place = hang.place(self.app.log.printed())
            return End(f"it hung {place} ({overdue})" if place else f"it hung ({overdue})")
        asked = self.holds.changed.is_set()
        if asked and run.link.announce_end(self._timing.polite):
            await _last_words(run, self._timing.polite)
        run.link.close()
        await _last_words(run, self._timing.polite if asked else LAST_WORDS)
        if asked:
            return End("it was asked to end", asked=True)
        if run.link.end_reason:
            return End(f"its link was ended: {run.link.end_reason}")
        return _explain(run.child.process.returncode, run.output.last)


async def _last_words(run: _Run, seconds: float) -> None:
    """Wait until the app has ended and all that it wrote is read, up to so many seconds."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await run.child.process.wait()
            await asyncio.shield(run.reading)


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
