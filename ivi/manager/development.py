# SPDX-License-Identifier: Apache-2.0
"""`ivi app dev`: one app in the real sandbox beside a simulated car, started again at each save.

The processes are those of `ivi run`, from the same table, without what an app does not meet (uplink, voice). What goes
on beside them is here: saves are watched, and what the app host says of the app is told to its author.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from ivi.apphost.dev import advice, saves, wording
from ivi.apphost.dev.traces import Trace
from ivi.apphost.manifest import Manifest, read
from ivi.apphost.manifest_source import Source
from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.manager import runner
from ivi.manager.child import Child
from ivi.manager.live import LiveStatus
from ivi.manager.options import RunOptions
from ivi.manager.supervisor import Supervisor
from ivi.manager.table import has_display
from ivi.model.apphost import (
    ApphostAnswer,
    AppState,
    AppsUpdate,
    AppView,
    FollowLog,
    Log,
    LogLine,
    ReloadApp,
    StopApp,
    SubscribeApps,
)
from ivi.model.errors import ConfigurationError, IviError, UnavailableError
from ivi.model.manager import ProcessState
from ivi.model.status import ProcessStatus

PROCESSES = frozenset({"canbus", "databroker", "services", "vehicle", "apphost"})
READY_LIMIT = 30.0  # seconds for the app host to come up
RELOAD_LIMIT = 20.0  # seconds; an app that does not end politely is ended
LINES = 200

type Say = Callable[[str, str], None]
"""Prints a word of what it is about, and a line."""


def run(folder: Path, say: Say, *, text: bool, seconds: float | None) -> int:
    """Run the app until Ctrl-C, SIGTERM or for so many seconds. `text`: print pages even where there is a display.

    Raises IviError when it cannot begin.
    """
    screen = has_display() and not text
    options = RunOptions(
        demo=True,
        headless=not screen,
        seconds=seconds,
        apps=(folder,),
        only_apps=True,
        grant_all=True,
        only=PROCESSES | ({"hmi"} if screen else set()),
    )
    session = Session(folder, say, pages=not screen)
    return runner.run(options, live=QuietStatus(say), companion=session.run)


class QuietStatus(LiveStatus):
    """Says of the processes only what keeps an app from running."""

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._say = say

    def change(self, child: Child) -> None:
        """Starting and stopping is no news."""
        if child.state in {ProcessState.FAILED, ProcessState.RESTARTING}:
            self._say("ivi", f"{child.spec.name}: {child.reason}")

    def say(self, text: str) -> None:
        """One line."""
        self._say("ivi", text)

    def problems(self, statuses: Mapping[str, ProcessStatus]) -> None:
        """Of the app host alone: what the others lack while they start is over in a moment."""
        super().problems({name: status for name, status in statuses.items() if name == "apphost"})

    def numbers(self, statuses: Mapping[str, ProcessStatus], megabytes: float) -> None:
        """None: the app's lines matter."""


class Session:
    """What is told to the author while the app runs."""

    def __init__(self, folder: Path, say: Say, *, pages: bool) -> None:
        self._folder, self._say, self._pages = folder, say, pages
        self._app: tuple[Manifest, Source] | None = None
        self._client = LinkClient(socket_path("apphost"), ApphostAnswer)
        self._told_ns = time.time_ns()
        self._page: list[str] = []
        self._notices: set[int] = set()
        self._state: tuple[AppState, str] | None = None
        self._saved_at = 0.0
        """When the save was noticed that the app has not run since; 0 for none."""
        self._trace = Trace()
        self._stopping: asyncio.Task[None] | None = None
        self._following: asyncio.Task[None] | None = None

    async def run(self, supervisor: Supervisor) -> None:
        """Until cancelled. Raises UnavailableError when the app host does not come up."""
        watch = saves.Saves(self._folder)
        try:
            await self._wait_for_host(supervisor)
            self._look_at(["manifest.toml"])
            async with asyncio.TaskGroup() as group:
                group.create_task(self._client.follow(SubscribeApps(), self._took_apps))
                async for changed in watch.follow():
                    await self._saved(changed)
        finally:
            watch.close()
            if self._following is not None:
                self._following.cancel()
            await self._client.close()

    async def _wait_for_host(self, supervisor: Supervisor) -> None:
        host = supervisor.children["apphost"]
        try:
            async with asyncio.timeout(READY_LIMIT):
                await host.ready.wait()
        except TimeoutError as error:
            text = f"the app host is not ready after {READY_LIMIT:g} s{': ' + host.reason if host.reason else ''}"
            raise UnavailableError(text, hint="see `ivi doctor`") from error

    # -- saves --------------------------------------------------------------------------------------------------------
    async def _saved(self, changed: list[str]) -> None:
        began = time.monotonic()
        if not self._look_at(changed):
            return
        self._say("saved", ", ".join(changed))
        self._saved_at, self._state = began, None
        try:
            await self._client.call(ReloadApp(str(self._folder)), RELOAD_LIMIT)
        except IviError as error:
            self._saved_at = 0.0
            self._say("saved", f"but it cannot be started: {error}")

    def _look_at(self, changed: list[str]) -> bool:
        """Whether what is in the folder could run; says the line when not, and what runs goes on."""
        try:
            saves.check(self._folder)
            self._app = read(self._folder)
        except ConfigurationError as error:
            self._say("saved", f"{', '.join(changed)}, but it cannot run so")
            self._say("", str(error).replace(f"{self._folder}/", ""))
            self._say("", "the version before goes on; it starts again when you save")
            return False
        if self._following is None or self._following.get_name() != self._app[0].app.id:
            self._follow_log(self._app[0].app.id)
        return True

    def _follow_log(self, app_id: str) -> None:
        if self._following is not None:
            self._following.cancel()
        follow = self._client.follow(FollowLog(app_id, 0, LINES), self._took_log)
        self._following = asyncio.get_running_loop().create_task(follow, name=app_id)

    # -- what the app host says ---------------------------------------------------------------------------------------
    def _took_log(self, log: Log) -> None:
        for line in log.lines:
            if line.time_ns > self._told_ns:  # numbers begin anew when the app host does
                self._told_ns = line.time_ns
                self._tell(line)

    def _tell(self, line: LogLine) -> None:
        if line.said_by == "app":
            for text in self._trace.take(line.text):
                self._say("app", text)
            return
        refused = advice.refusal(line.text, *self._app) if self._app is not None else None
        if refused is None:
            return  # the app's state, which comes with the apps
        self._say("denied", refused.what)
        if refused.lines:
            self._say("", f"to allow it, write into {refused.where}:")
            for text in refused.lines:
                self._say("", f"    {text}")

    def _took_apps(self, update: AppsUpdate) -> None:
        if self._app is None:
            return
        view = next((one for one in update.apps if one.id == self._app[0].app.id), None)
        if view is None:
            return
        self._tell_state(view)
        if self._pages:
            self._tell_page(view)

    def _tell_state(self, view: AppView) -> None:
        state = view.state, view.reason
        if state == self._state:
            return
        before, self._state = self._state, state
        if view.state is AppState.RUNNING:
            if self._saved_at:
                self._say("runs", f"again after {time.monotonic() - self._saved_at:.2f} s")
                self._saved_at = 0.0
            elif before is None or before[0] is not AppState.FROZEN:
                self._say("runs", f"in its sandbox of {len(view.layers)} layers; `ivi app info {view.id}` names them")
        elif view.state is AppState.BACKING_OFF:
            # In the car it would be tried again; here the author reads what happened and saves something better.
            self._say("ended", self._trace.ended(view.reason))
            self._say("", "it starts again when you save")
            self._stopping = asyncio.get_running_loop().create_task(self._stop(view.id))
        elif view.state not in {AppState.STOPPED, AppState.STOPPED_BY_DRIVER, AppState.STARTING} and view.reason:
            self._say("ended", f"{view.state.value.replace('_', ' ')}: {view.reason}")

    async def _stop(self, app_id: str) -> None:
        with contextlib.suppress(IviError):  # it may have been saved meanwhile
            await self._client.call(StopApp(app_id))

    def _tell_page(self, view: AppView) -> None:
        """The whole page when it is another one, else the lines that changed."""
        lines = wording.page(view)
        if lines and lines != self._page:
            same = self._page[:1] == lines[:1]
            self._say("page", lines[0])
            for text in lines[1:]:
                if not same or text not in self._page:
                    self._say("", text)
        if lines:
            self._page = lines
        for notice in view.notices:
            if notice.revision not in self._notices:
                self._say("notice", wording.notice(notice.template))
        self._notices = {notice.revision for notice in view.notices}
