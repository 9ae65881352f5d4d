# SPDX-License-Identifier: Apache-2.0
"""All apps together: finds them, runs them, and serves the screen and the command line."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from pathlib import Path

from ivi.apphost.app_link import Timing
from ivi.apphost.audit import Audit
from ivi.apphost.backoff import Pace
from ivi.apphost.driving import Driving
from ivi.apphost.facility import Car
from ivi.apphost.holds import Hold
from ivi.apphost.hosted_app import HostedApp
from ivi.apphost.lifecycle import BY_DRIVER, Lifecycle
from ivi.apphost.manifest import Manifest, load
from ivi.apphost.quarantine import Quarantine
from ivi.apphost.sandbox.probe import probe
from ivi.apphost.visibility import Visibility
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Session, Stream
from ivi.daemon.paths import make_private, resource, state_dir
from ivi.daemon.process import Counter, Process
from ivi.model.apphost import (
    AppState,
    AppsUpdate,
    Done,
    ListAudit,
    ListLog,
    Log,
    SetVisible,
    StartApp,
    StopApp,
    SubscribeApps,
    Tap,
    TapTaken,
)
from ivi.model.apphost import Audit as AuditAnswer
from ivi.model.errors import ConfigurationError, IviError, NotFoundError, UnavailableError
from ivi.model.status import Problem

log = logging.getLogger(__name__)

AUDIT_TICK = 1.0  # seconds


def default_folders() -> list[Path]:
    """Folders of the apps that ship with the program; none when there are none."""
    try:
        plugins = resource("plugins")
    except ConfigurationError:
        return []
    return sorted(path.parent for path in plugins.glob("*/manifest.toml"))


class AppHost:
    """Runs the apps in `plugins` (folders with a manifest.toml)."""

    def __init__(
        self,
        process: Process,
        plugins: list[Path],
        databroker: LinkClient,
        services: LinkClient,
        *,
        timing: Timing | None = None,
        pace: Pace | None = None,
    ) -> None:
        self.apps: dict[str, HostedApp] = {}
        self._process = process
        self._folders = plugins
        self._timing = timing or Timing()
        self._pace = pace or Pace()
        self._databroker = databroker
        self._driving = Driving(services, self._driving_changed)
        self._audit: Audit | None = None
        self._lives: dict[str, Lifecycle] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._running: list[asyncio.Task[None]] = []
        self._watchers: set[Stream] = set()
        self._publishing = False
        self._visibility = Visibility()
        self._quarantine: Quarantine | None = None
        process.add_counters(self.counters)

    async def start(self) -> None:
        """Read the manifests, find out what the sandbox can do here, and start every app that may run.

        Raises ConfigurationError when the audit cannot be written: without it nothing is run.
        """
        self._audit = Audit(make_private(state_dir()) / "audit.db")
        self._quarantine = Quarantine(state_dir() / "quarantine.json")
        self._begin(self._driving.follow(self._services_state))
        self._begin(self._keep_audit(self._audit))
        loaded = [entry for folder in self._folders if (entry := self._load(folder)) is not None]
        report = await probe()
        if report.problem is not None:
            self._process.report("sandbox", report.problem)
        for weaker in report.weaker:
            log.warning(weaker.what, extra={"hint": weaker.hint})
        car = Car(self._databroker, self._driving, self._audit, self._visibility)
        for app, manifest in loaded:
            if report.problem is not None or not report.usable:
                app.set_state(AppState.STOPPED_NO_SANDBOX, report.problem.what if report.problem else "")
                continue
            app.layers = report.layers
            try:
                data = make_private(state_dir() / "apps" / app.id / "data")
            except IviError as error:
                app.set_state(AppState.STOPPED_BY_LOAD_ERROR, error.message)
                continue
            custody = InQuarantine(app.id, manifest.app.version, self._quarantine)
            life = Lifecycle(app, manifest, data, car, timing=self._timing, pace=self._pace, custody=custody)
            if (app.id, manifest.app.version) in self._quarantine:
                life.on_probation()
            self._lives[app.id] = life
            self._running.append(asyncio.create_task(life.run()))

    async def stop(self) -> None:
        """End all apps, politely first, then surely, and close the audit."""
        for life in self._lives.values():
            life.stop()
        if self._running:
            await asyncio.wait(self._running)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._audit is not None:
            await self._audit.close()
            self._audit = None

    def serve(self, server: LinkServer) -> None:
        """Answer the screen and the command line on the process's own socket."""
        server.router.on_stream(SubscribeApps, self._subscribe_apps)
        server.router.on_call(Tap, self._tap)
        server.router.on_call(ListAudit, self._list_audit)
        server.router.on_call(StartApp, self._start_app)
        server.router.on_call(StopApp, self._stop_app)
        server.router.on_call(SetVisible, self._set_visible)
        server.router.on_call(ListLog, self._list_log)

    async def audit(self, app_id: str, limit: int) -> AuditAnswer:
        """The newest audit records of an app. Raises UnavailableError before the start and after the stop."""
        if self._audit is None:
            raise UnavailableError("the audit is closed", hint="the app host is starting or stopping")
        records, verified = await self._audit.newest(app_id, limit)
        return AuditAnswer(records, verified)

    def counters(self) -> dict[str, Counter]:
        """Numbers for the status."""
        apps = list(self.apps.values())
        states: dict[str, Counter] = {f"app.{app.id}": app.state.value for app in apps}
        return {
            "apps_running": sum(app.state is AppState.RUNNING for app in apps),
            "app_restarts": sum(app.restarts for app in apps),
            "denied": sum(app.denied for app in apps),
            "templates_shown": sum(app.shown for app in apps),
            "taps_stale": sum(app.stale_taps for app in apps),
            **states,
        }

    # -- parts --------------------------------------------------------------------------------------------------------
    def _load(self, folder: Path) -> tuple[HostedApp, Manifest] | None:
        """Read one app; one that cannot be read is kept with the reason as its state."""
        try:
            manifest = load(folder)
        except ConfigurationError as error:
            self._refuse(folder, error)
            return None
        if manifest.app.id in self.apps:
            text = f"{folder / 'manifest.toml'}: another app is {manifest.app.id} already"
            self._refuse(folder, ConfigurationError(text, hint="remove one of the two folders"))
            return None
        app = self.apps[manifest.app.id] = HostedApp(folder, manifest, self._changed)
        return app, manifest

    def _refuse(self, folder: Path, error: ConfigurationError) -> None:
        # No id of an app ends in "!", so a broken folder never hides a good app.
        broken = self.apps[f"{folder.name}!"] = HostedApp(folder, None, self._changed)
        broken.set_state(AppState.STOPPED_BY_LOAD_ERROR, str(error))
        what = f"The app {folder.name} cannot be loaded"
        self._process.report(f"app.{folder.name}", Problem(what, error.message, error.hint))

    def _begin(self, coroutine: Coroutine[None, None, None]) -> None:
        self._tasks.add(asyncio.get_running_loop().create_task(coroutine))

    async def _keep_audit(self, audit: Audit) -> None:
        while True:
            await asyncio.sleep(AUDIT_TICK)
            audit.tick(time.monotonic())

    def _services_state(self, connected: bool, reason: str) -> None:
        if connected:
            self._process.resolve("services")
        else:
            what = "The driving state is not known: apps are shown as while driving"
            self._process.report("services", Problem(what, reason, "see `ivi status`"))

    def _driving_changed(self) -> None:
        for app in self.apps.values():
            app.tell(self._driving.limits)
        for life in self._lives.values():
            life.driving_changed()
        self._changed()

    # -- for the screen -----------------------------------------------------------------------------------------------
    def _changed(self) -> None:
        """Publish once for all changes of this turn of the loop."""
        if not self._publishing:
            self._publishing = True
            asyncio.get_running_loop().call_soon(self._publish)

    def _publish(self) -> None:
        self._publishing = False
        update = self._update()
        for stream in self._watchers:
            stream.send(update)

    def _update(self) -> AppsUpdate:
        return AppsUpdate([app.view(self._driving.limits) for app in self.apps.values()])

    async def _subscribe_apps(self, _request: SubscribeApps, stream: Stream) -> None:
        stream.send(self._update())
        self._watchers.add(stream)
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            self._watchers.discard(stream)

    async def _tap(self, request: Tap, _session: Session) -> TapTaken:
        app = self.apps.get(request.app_id)
        if app is None:
            return TapTaken(delivered=False, reason=f"there is no app {request.app_id}")
        return app.tap(request.revision, request.target)

    async def _list_audit(self, request: ListAudit, _session: Session) -> AuditAnswer:
        return await self.audit(request.app_id, request.limit)

    async def _start_app(self, request: StartApp, _session: Session) -> Done:
        """The driver's word lifts what the driver may lift."""
        life = self._life(request.app_id)
        if self._quarantine is not None:
            self._quarantine.release(request.app_id)
        life.start_again()
        return Done()

    async def _stop_app(self, request: StopApp, _session: Session) -> Done:
        self._life(request.app_id).holds.put(BY_DRIVER, Hold(AppState.STOPPED_BY_DRIVER, "you stopped it"))
        return Done()

    async def _set_visible(self, request: SetVisible, _session: Session) -> Done:
        self._visibility.show(request.app_ids)
        return Done()

    async def _list_log(self, request: ListLog, _session: Session) -> Log:
        app = self.apps.get(request.app_id)
        if app is None:
            raise self._no_such(request.app_id)
        return Log(app.log.since(request.after, request.limit), app.log.dropped)

    def _life(self, app_id: str) -> Lifecycle:
        """Raises NotFoundError for an app that is not there or could not be loaded."""
        life = self._lives.get(app_id)
        if life is None:
            raise self._no_such(app_id)
        return life

    def _no_such(self, app_id: str) -> NotFoundError:
        return NotFoundError(f"there is no app {app_id}", hint=f"there are {', '.join(sorted(self.apps)) or 'none'}")


class InQuarantine:
    """Remembers over restarts that a version crashed too often."""

    def __init__(self, app_id: str, version: str, quarantine: Quarantine) -> None:
        self._app_id, self._version, self._quarantine = app_id, version, quarantine

    def healthy(self) -> None:
        """It has proved itself."""
        self._note(self._quarantine.release, self._app_id)

    def failed(self, reason: str) -> None:
        """It gets one more try after the next start."""
        log.warning("the app is in quarantine", extra={"app": self._app_id, "reason": reason})
        self._note(self._quarantine.put, self._app_id, self._version)

    def _note[**P](self, write: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        """A full disk must not end the app's supervision; without the note the app only gets more tries."""
        try:
            write(*args, **kwargs)
        except ConfigurationError:
            log.exception("the quarantine is not kept over the next start")
