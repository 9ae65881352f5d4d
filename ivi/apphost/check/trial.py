# SPDX-License-Identifier: Apache-2.0
"""One trial: an app host of its own runs the app in the real sandbox, in one driving state and with one trouble."""

import asyncio
import contextlib
import os
import shutil
import signal
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import msgspec

from ivi.apphost.backoff import Pace
from ivi.apphost.check.car import ScriptedCar
from ivi.apphost.check.distraction import Page
from ivi.apphost.check.driver import Driver, be_hostile
from ivi.apphost.check.findings import Finding, Severity
from ivi.apphost.check.troubles import SLOW_CAR, Trouble, applies, provide
from ivi.apphost.dev.advice import refusal
from ivi.apphost.dev.traces import Trace
from ivi.apphost.host import AppHost
from ivi.apphost.hosted_app import HostedApp
from ivi.apphost.manifest import Manifest, Storage, Ui, read
from ivi.apphost.sandbox import process_tree
from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path, state_dir
from ivi.daemon.process import Process
from ivi.model.apphost import AppState
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.errors import UnavailableError
from ivi.model.rights import AppInfo, ChangeGrant, GetAppInfo
from ivi.model.services import DrivingState, ServicesAnswer
from ivi.vss.catalogue import Catalogue

START_LIMIT = 15.0  # seconds for the app's first call on a loaded machine
PAGE_LIMIT = 6.0  # seconds for its first page
BACK_LIMIT = 15.0  # seconds to serve again after it was killed
POLITE = 1.0  # seconds that an app has to end by itself when it is told to
TROUBLED = 1.5  # seconds that a trouble goes on
LIVES = {AppState.RUNNING, AppState.FROZEN}
OVER = {AppState.QUARANTINED, AppState.STOPPED_BY_LOAD_ERROR, AppState.STOPPED_NO_SANDBOX}


class Cell(msgspec.Struct):
    """What a trial has shown."""

    driving: DrivingState
    trouble: Trouble
    skipped: str = ""
    """Why it was not run."""
    findings: list[Finding] = []
    tasks: list[list[Page]] = []
    used: list[tuple[str, str]] = []
    """(kind of permission, target) of what the app did and was allowed."""

    @property
    def name(self) -> str:
        """Like `moving, offline`."""
        return f"{self.driving.value}, {self.trouble.value}"


async def run(folder: Path, catalogue: Catalogue, driving: DrivingState, trouble: Trouble) -> Cell:
    """Run a trial in this process's runtime and state folders, which are the check's own.

    Raises UnavailableError when apps cannot be run here at all.
    """
    manifest, _ = read(folder)
    cell = Cell(driving, trouble, applies(trouble, manifest))
    if cell.skipped:
        return cell
    if trouble is Trouble.UPDATE:
        folder = _copy_of(folder)
    _forget()
    trial = Trial(folder, manifest, cell)
    async with trial.running(catalogue):
        if await trial.begin():
            await trial.trouble()
        trial.judge()
        cell.used = await trial.used()
    return cell


class Trial:
    """The car, the host, and what is done with the app."""

    def __init__(self, folder: Path, manifest: Manifest, cell: Cell) -> None:
        self._folder, self._manifest, self._cell = folder, manifest, cell
        self._id = manifest.app.id
        self._kills = 0
        self._killed_in_write = False
        before = self._kill_once if cell.trouble is Trouble.KILLED else None
        self._provide = provide(cell.trouble, before)
        self._expects_denials = cell.trouble is Trouble.DENIED
        self._loop: asyncio.AbstractEventLoop | None = None

    @contextlib.asynccontextmanager
    async def running(self, catalogue: Catalogue) -> AsyncIterator[None]:
        """The car and the host, and their end."""
        self._loop = asyncio.get_running_loop()
        self._car = ScriptedCar(catalogue)
        databroker = LinkClient(socket_path("databroker"), DatabrokerAnswer)
        services = LinkClient(socket_path("services"), ServicesAnswer)
        pace = Pace(first=0.1)
        self._host = AppHost(Process("apphost"), [self._folder], databroker, services, pace=pace, grant_all=True)
        self._host.provide = self._provide
        self._driver = Driver(self._host, self._id)
        await self._car.start()
        try:
            await self._car.drive(self._cell.driving)
            if self._cell.trouble is Trouble.SLOW:
                self._car.delay = SLOW_CAR
            await self._host.start()
            yield
        finally:
            await self._host.stop()
            await databroker.close()
            await services.close()
            await self._car.stop()

    @property
    def _app(self) -> HostedApp:
        return self._host.apps[self._id]

    async def begin(self) -> bool:
        """Wait for the app to run and to show something, and use it as a driver would. False when it does not run.

        Raises UnavailableError when apps cannot be run here at all.
        """
        app = self._app
        if not await _until(lambda: app.state in LIVES | OVER | {AppState.STOPPED_WHILE_DRIVING}, START_LIMIT):
            self._find(f"it does not run after {START_LIMIT:g} s: {app.reason or app.state.value}", "see its log")
        if app.state is AppState.STOPPED_NO_SANDBOX:
            raise UnavailableError(f"apps cannot run here: {app.reason}", hint="see `ivi doctor`")
        if app.state not in LIVES:
            return False
        shows = any(isinstance(one, Ui) for one in self._manifest.permission)
        if shows and not await _until(lambda: app.stage.page is not None, PAGE_LIMIT):
            fix = "show a page in on_start, with loading = True until there is more to say"
            self._find(f"it shows nothing in the first {PAGE_LIMIT:g} s", fix)
        self._cell.tasks = await self._driver.explore()
        return True

    async def trouble(self) -> None:
        """Let it happen."""
        match self._cell.trouble:
            case Trouble.OFFLINE | Trouble.SLOW | Trouble.FULL:
                await asyncio.sleep(TROUBLED)
            case Trouble.DENIED:
                await self._deny()
            case Trouble.KILLED:
                await self._survive_kill()
            case Trouble.UPDATE:
                await self._update()
            case Trouble.HOSTILE:
                await be_hostile(self._app, self._car)
            case Trouble.NONE:
                pass

    async def _deny(self) -> None:
        """Take permissions back one by one, the optional ones first, and start it again without those."""
        if self._host.desk is None:
            return
        info = self._host.desk.answer(GetAppInfo(self._id))
        if not isinstance(info, AppInfo):
            return
        for one in sorted(info.permissions, key=lambda one: one.required):
            if one.required and not self._app_lives():
                break
            self._host.desk.answer(ChangeGrant(self._id, one.key, granted=False))
            await asyncio.sleep(0.3)
            if not one.required and not self._app_lives():
                await _until(self._app_lives, BACK_LIMIT)

    async def _survive_kill(self) -> None:
        if not any(isinstance(one, Storage) for one in self._manifest.permission) or not self._killed_in_write:
            self._kill_now()
        if not await _until(lambda: self._app_lives() and self._kills <= self._app.restarts, BACK_LIMIT):
            self._find("it does not come back after it was killed", "read what was kept with care in on_start")
            return
        await _until(lambda: self._app.stage.page is not None, PAGE_LIMIT)

    async def _update(self) -> None:
        path = self._folder / "manifest.toml"
        major = self._manifest.app.version.partition(".")[0]
        new = path.read_text(encoding="utf-8").replace(f'"{self._manifest.app.version}"', f'"{int(major) + 1}.0.0"', 1)
        path.write_text(new, encoding="utf-8")
        began = time.monotonic()
        await self._host.reload(Path(os.fspath(self._folder)))
        if time.monotonic() - began > POLITE:
            self._find(
                f"it does not end within {POLITE:g} s when it is replaced, and was killed",
                "let each handler return soon; never wait in a loop of your own",
                Severity.WARNING,
            )
        if not await _until(self._app_lives, START_LIMIT):
            self._find("the new version does not run with what the one before has kept", "read old data with care")

    # -- judging ------------------------------------------------------------------------------------------------------
    def judge(self) -> None:
        """Crashes, refusals and lost lines, from the app's log."""
        trace, app = Trace(), read(self._folder)
        crashes = 0
        for line in self._app.log.since(0, 500):
            if line.said_by == "app":
                trace.take(line.text)
            elif line.text.startswith("it ended after") and "asked to end" not in line.text:
                if "SIGKILL" in line.text and crashes < self._kills:
                    crashes += 1
                    continue
                reason = line.text.partition(": ")[2]
                self._find(
                    f"it crashed: {trace.error or reason}" if trace.place else f"it ended: {reason}",
                    "handle the error where it can happen; docs/tutorial.md says what may fail",
                    place=(trace.place.file, trace.place.line) if trace.place else ("", 0),
                )
                trace = Trace()
            elif not self._expects_denials and (found := refusal(line.text, *app)) is not None:
                fix = f"write into {found.where}: {' '.join(found.lines)}" if found.lines else "see what it says"
                self._find(f"it was refused: {found.what}", fix)
        if self._app.log.dropped:
            self._find(
                f"{self._app.log.dropped} lines were printed too fast to be kept", "print less", Severity.WARNING
            )

    async def used(self) -> list[tuple[str, str]]:
        """What it did and was allowed to, from the ledger, and the kinds of pages that it showed."""
        self._driver.page()
        records = (await self._host.audit(self._id, 1000)).records
        found = {(one.action, one.target) for one in records if one.decision == "allowed"}
        found |= {("ui", kind) for kind in self._driver.kinds}
        return sorted(found)

    def _find(
        self, what: str, fix: str, severity: Severity = Severity.ERROR, *, place: tuple[str, int] = ("", 0)
    ) -> None:
        self._cell.findings.append(Finding(severity, what, fix, *place, (self._cell.name,)))

    def _app_lives(self) -> bool:
        return self._app.state in LIVES

    # -- killing ------------------------------------------------------------------------------------------------------
    def _kill_once(self) -> None:
        """The app's first write is on its way to the disk: now. Called on the storage's own thread."""
        if not self._killed_in_write and self._loop is not None:
            self._killed_in_write = True
            self._kill_now()

    def _kill_now(self) -> None:
        """SIGKILL to the app itself, the innermost of its sandbox's processes."""
        found = process_tree.descendants(os.getpid())[1:]
        if found:
            self._kills += 1
            with contextlib.suppress(ProcessLookupError):
                os.kill(found[-1], signal.SIGKILL)


async def _until(what: Callable[[], object], seconds: float) -> bool:
    """Wait until something is true; False when it does not become so in time."""
    deadline = time.monotonic() + seconds
    while not what():
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(0.02)
    return True


def _copy_of(folder: Path) -> Path:
    """A copy whose manifest may be changed."""
    copy = state_dir() / "copy" / folder.name
    shutil.rmtree(copy.parent, ignore_errors=True)
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    return copy


def _forget() -> None:
    """Each trial begins in a new car; only the SDK's compiled copy stays."""
    state = state_dir()
    for path in [*state.glob("*.db*"), *state.glob("*.json"), *(state / "apps").glob("*")]:
        if path.is_dir() and not path.name.startswith("sdk-"):
            shutil.rmtree(path, ignore_errors=True)
        elif path.is_file():
            path.unlink()
