# SPDX-License-Identifier: Apache-2.0
"""Installed apps in the host: which run, what is checked before a start, what becomes of a version that fails."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from ivi.apphost.lifecycle import Custody
from ivi.apphost.package import installed
from ivi.apphost.package.installed import Installed
from ivi.apphost.package.registry import Shelf
from ivi.model.errors import IviError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Hooks:
    """What the host does for the installed apps."""

    begin: Callable[[Installed], bool]
    """Load and start one; False when it cannot be loaded, which the host then shows."""
    end: Callable[[str], Awaitable[None]]
    """End one by its id and forget it."""
    report: Callable[[str], None]
    """The list of installed apps cannot be read, and why; empty: it can."""


class Installations:
    """Follows the registry: at the start, when an install says that it changed it, and when a version is given up."""

    def __init__(self, hooks: Hooks) -> None:
        self._hooks = hooks
        self._shelf = Shelf()
        self._running: dict[str, Installed] = {}
        self._lock = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopped = False

    async def refresh(self) -> None:
        """Make what runs be what the registry says; a running app that may not run any more is ended."""
        async with self._lock:
            if self._stopped:
                return
            try:
                wanted = {one.id: one for one in await asyncio.to_thread(installed.in_service, self._shelf)}
            except IviError as error:
                self._hooks.report(str(error))  # what runs goes on
                return
            self._hooks.report("")
            for app_id, one in list(self._running.items()):
                if wanted.get(app_id) != one or not await asyncio.to_thread(_may_run, one):
                    del self._running[app_id]
                    await self._hooks.end(app_id)
            for app_id, one in wanted.items():
                if app_id not in self._running and self._hooks.begin(one):
                    self._running[app_id] = one
            await asyncio.to_thread(installed.tidy, self._shelf)

    def custody(self, one: Installed, inner: Custody) -> Custody:
        """What the app's supervision tells; `inner` is told as well."""
        return InstalledCustody(one, inner, self._later)

    async def stop(self) -> None:
        """Start and end nothing any more, and let what is being written down end."""
        self._stopped = True
        async with self._lock:
            pending = set(self._tasks)
        if pending:
            await asyncio.wait(pending)

    def _later(self, what: Callable[[], bool]) -> None:
        """Write something down on a thread, since it waits for the disk; where it says so, look at the registry."""

        async def work() -> None:
            try:
                changed = await asyncio.to_thread(what)
            except IviError as error:
                log.warning("what became of a version is not written down", extra={"reason": str(error)})
                return
            if changed:
                await self.refresh()

        if self._stopped:
            return
        task = asyncio.get_running_loop().create_task(work())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class InstalledCustody:
    """Custody of one installed version."""

    def __init__(self, one: Installed, inner: Custody, later: Callable[[Callable[[], bool]], None]) -> None:
        self._one, self._inner, self._later = one, inner, later

    async def admit(self) -> None:
        """Check signature, files, floor and revocations. Raises an IviError that says what keeps it from starting."""
        await self._inner.admit()
        await asyncio.to_thread(self._one.verify)

    def healthy(self) -> None:
        """It ran well through its health window: it is trusted."""
        self._inner.healthy()
        self._later(self._promote)

    def failed(self, reason: str) -> None:
        """Back to the previous version; without one it stays stopped, as any app that crashed too often."""
        self._inner.failed(reason)
        self._later(lambda: self._one.failed(reason) is not None)

    def _promote(self) -> bool:
        self._one.healthy()
        return False


def _may_run(one: Installed) -> bool:
    try:
        one.verify()
    except IviError as error:
        log.warning("an installed app may not run", extra={"app": one.id, "reason": str(error)})
        return False
    return True
