# SPDX-License-Identifier: Apache-2.0
"""All apps together: finds them, runs them, and serves the screen and the command line."""

import asyncio
import logging
import os
import time
from collections.abc import Callable, Coroutine
from pathlib import Path

from ivi.apphost import catalogue
from ivi.apphost.agreement import Agreement
from ivi.apphost.app_link import Timing
from ivi.apphost.audit import Audit
from ivi.apphost.backoff import Pace
from ivi.apphost.catalogue import SignalCatalogue
from ivi.apphost.consent import DEVELOPER, SHIPPED
from ivi.apphost.consent_desk import ConsentDesk
from ivi.apphost.driving import Driving
from ivi.apphost.facility import Car
from ivi.apphost.grants import GrantStore
from ivi.apphost.hosted_app import HostedApp
from ivi.apphost.installations import Hooks, Installations
from ivi.apphost.intents import sentences
from ivi.apphost.intents.registry import IntentRegistry
from ivi.apphost.lifecycle import Custody, Lifecycle
from ivi.apphost.manifest import Manifest, load, read
from ivi.apphost.manifest_source import Source
from ivi.apphost.notices import Notices
from ivi.apphost.package.installed import Installed
from ivi.apphost.package.registry import CONSENT
from ivi.apphost.prompts import Prompts
from ivi.apphost.provisions import Provisions
from ivi.apphost.quarantine import InQuarantine, Quarantine
from ivi.apphost.sandbox.probe import SandboxReport, probe
from ivi.apphost.service import AppService
from ivi.apphost.visibility import Visibility
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Stream
from ivi.daemon.paths import make_private, resource, state_dir
from ivi.daemon.process import Counter, Process
from ivi.model.apphost import (
    AppState,
    AppsUpdate,
)
from ivi.model.apphost import Audit as AuditAnswer
from ivi.model.errors import ConfigurationError, IviError, NotFoundError, UnavailableError
from ivi.model.status import Problem
from ivi.model.templates.rates import NoticeRate

log = logging.getLogger(__name__)

AUDIT_TICK = 1.0  # seconds
CATALOGUE_TIMEOUT = 2.0  # seconds for the databroker to list the car's signals
CATALOGUE_FIRST, CATALOGUE_LAST = 0.2, 5.0  # seconds between attempts


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
        grant_all: bool = False,
    ) -> None:
        """`grant_all`: the developer agrees to everything that apps ask for; it is not kept."""
        self.apps: dict[str, HostedApp] = {}
        self._process = process
        self._folders = plugins
        self._named = {os.path.realpath(folder): folder for folder in plugins}
        self._timing = timing or Timing()
        self._pace = pace or Pace()
        self._databroker = databroker
        self._driving = Driving(services, self._driving_changed)
        self.prompts = Prompts(lambda: self._driving.may_set_up)
        self.visibility = Visibility()
        self.intents = IntentRegistry(self.visibility.wake)
        self.notices = Notices(lambda: self._driving.limits)
        self.provide: Callable[[Path], Provisions] = Provisions.open
        """Makes what is kept for apps below a folder; set before the start, e.g. to one with a network of its own."""
        self._provisions: Provisions | None = None
        self.desk: ConsentDesk | None = None
        self._grant_all = grant_all
        self._catalogue: SignalCatalogue | None = None
        self._audit: Audit | None = None
        self.lives: dict[str, Lifecycle] = {}
        self._agreements: dict[str, Agreement] = {}
        self._notice_rates: dict[str, NoticeRate] = {}
        """By app id, over updates, roll-backs and removals: none of them gives an app a fresh hour."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._running: dict[str, asyncio.Task[None]] = {}
        self.watchers: set[Stream] = set()
        self._publishing = False
        self._reloading = asyncio.Lock()
        self.quarantine: Quarantine | None = None
        self._ready: tuple[Car, SandboxReport] | None = None
        self.installations = Installations(Hooks(self._begin_installed, self._end_app, self._registry_state))
        process.add_counters(self.counters)

    async def start(self) -> None:
        """Read the manifests, find out what the sandbox can do here, and start every app that may run.

        Raises ConfigurationError when the audit cannot be written: without it nothing is run.
        """
        self._audit = Audit(make_private(state_dir()) / "ledger.db")
        self.quarantine = Quarantine(state_dir() / "quarantine.json")
        self._begin(self._driving.follow(self._services_state))
        self._begin(self._keep_audit(self._audit))
        self.desk = ConsentDesk(GrantStore(state_dir() / CONSENT), self.prompts, self._audit, self._driving)
        await self._learn_catalogue(once=True)
        loaded = [entry for folder in self._folders if (entry := self._load(folder)) is not None]
        report = await probe()
        if report.problem is not None:
            self._process.report("sandbox", report.problem)
        for weaker in report.weaker:
            log.warning(weaker.what, extra={"hint": weaker.hint})
        self._provisions = self.provide(state_dir() / "apps")
        self._say_where_apps_may_go(self._provisions)
        car = Car(
            self._databroker,
            self._driving,
            self._audit,
            self.prompts,
            self.intents,
            self.notices,
            self._provisions,
            self.visibility,
        )
        self._ready = (car, report)
        for app, manifest, source in loaded:
            self._begin_app(app, manifest, source)
        if self._catalogue is None:
            self._begin(self._learn_catalogue())
        await self.installations.refresh()

    def _begin_app(
        self, app: HostedApp, manifest: Manifest, source: Source, installed: Installed | None = None
    ) -> None:
        """Start an app that may run, or say in its state why not."""
        if self._ready is None or self.quarantine is None or self.desk is None:
            return
        car, report = self._ready
        if report.problem is not None or not report.usable:
            app.set_state(AppState.STOPPED_NO_SANDBOX, report.problem.what if report.problem else "")
            return
        app.layers = report.layers
        try:
            data = make_private(state_dir() / "apps" / app.id / "data")
        except IviError as error:
            app.set_state(AppState.STOPPED_BY_LOAD_ERROR, error.message)
            return
        custody: Custody = InQuarantine(app.id, manifest.app.version, self.quarantine)
        if installed is not None:
            app.publisher = installed.publisher
            custody = self.installations.custody(installed, custody)
        life = Lifecycle(app, manifest, data, car, timing=self._timing, pace=self._pace, custody=custody)
        if (app.id, manifest.app.version) in self.quarantine:
            life.on_probation()
        self.lives[app.id] = life
        self.intents.add(app, life.rights, app.phrases)
        consent = self.desk.admit(app, manifest, agreed_by=self._agreed_by(app))
        agreement = self._agreements[app.id] = Agreement(app, manifest, source, consent, life)
        if self._catalogue is not None:
            agreement.check(self._catalogue)
        self._running[app.id] = asyncio.create_task(life.run())
        self.desk.begin(app.id)

    def _begin_installed(self, installed: Installed) -> bool:
        self.apps.pop(f"{installed.id}!", None)
        self._process.resolve(f"app.{installed.id}")
        entry = self._load(installed.folder, installed.id)
        if entry is not None:
            self._begin_app(*entry, installed)
        return entry is not None

    async def reload(self, folder: Path) -> None:
        """Run what is in one of the host's folders now; the app's log goes on.

        Raises NotFoundError for another folder, ConfigurationError for one that cannot be read: what runs goes on then.
        """
        async with self._reloading:
            found = self._named.get(os.fspath(folder))
            if found is None:
                raise NotFoundError(f"{folder} is no folder that this app host runs", hint="see `ivi app dev`")
            sentences.load(found, load(found))
            self.apps.pop(f"{found.name}!", None)
            self._process.resolve(f"app.{found.name}")
            old = next((app for app in self.apps.values() if app.folder == found), None)
            if old is not None:
                await self._end_app(old.id)
                self._notice_rates.pop(old.id, None)  # only a developer reloads, and tries it again and again
            entry = self._load(found)
            if entry is not None:
                if self.quarantine is not None:
                    self.quarantine.release(entry[0].id)
                if old is not None:
                    entry[0].log = old.log
                self._begin_app(*entry)

    async def _end_app(self, app_id: str) -> None:
        """End an app and forget it."""
        life, running = self.lives.pop(app_id, None), self._running.pop(app_id, None)
        self._agreements.pop(app_id, None)
        if life is not None and running is not None:
            life.stop()
            await asyncio.wait([running])
        self.intents.remove(app_id)
        self.notices.withdraw(app_id)
        if self._provisions is not None:
            await self._provisions.shelves.release(app_id)
        if self.desk is not None:
            self.desk.dismiss(app_id)
        self.apps.pop(app_id, None)
        self._changed()

    @property
    def catalogue(self) -> SignalCatalogue | None:
        """The car's signals; None while they are not known."""
        return self._catalogue

    async def stop(self) -> None:
        """End all apps, politely first, then surely, and close the audit."""
        await self.installations.stop()
        for life in self.lives.values():
            life.stop()
        if self._running:
            await asyncio.wait(self._running.values())
        self.notices.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._provisions is not None:
            await self._provisions.close()
            self._provisions = None
        if self.desk is not None:
            self.desk.close()
            self.desk = None
        if self._audit is not None:
            await self._audit.close()
            self._audit = None

    def serve(self, server: LinkServer) -> None:
        """Answer the screen and the command line on the process's own socket."""
        AppService(self).serve(server)

    async def audit(self, app_id: str, limit: int, since_ns: int = 0) -> AuditAnswer:
        """The newest audit records of an app. Raises UnavailableError before the start and after the stop."""
        if self._audit is None:
            raise UnavailableError("the audit is closed", hint="the app host is starting or stopping")
        return await self._audit.newest(app_id, limit, since_ns)

    def shipped(self) -> set[str]:
        """Ids of the apps that came with the program."""
        folders = set(default_folders())
        return {app.id for app in self.apps.values() if app.folder in folders}

    def counters(self) -> dict[str, Counter]:
        """Numbers for the status."""
        apps = list(self.apps.values())
        states: dict[str, Counter] = {f"app.{app.id}": app.state.value for app in apps}
        return {
            "apps_running": sum(app.state is AppState.RUNNING for app in apps),
            "app_restarts": sum(app.restarts for app in apps),
            "denied": sum(app.denied for app in apps),
            "templates_shown": sum(app.shown for app in apps),
            "taps_stale": sum(app.stage.stale for app in apps),
            "templates_refused": sum(app.stage.refused.total() for app in apps),
            "prompts_asked": self.prompts.asked,
            "prompts_ran_out": self.prompts.ran_out,
            "prompts_refused": self.prompts.refused_to_ask,
            **states,
        }

    # -- parts --------------------------------------------------------------------------------------------------------
    def _load(self, folder: Path, name: str = "") -> tuple[HostedApp, Manifest, Source] | None:
        """Read one app; one that cannot be read is kept with the reason as its state, under `name` or its folder's."""
        name = name or folder.name
        try:
            manifest, source = read(folder)
            phrases = sentences.load(folder, manifest)
        except ConfigurationError as error:
            self._refuse(folder, name, error)
            return None
        if manifest.app.id in self.apps:
            text = f"{folder / 'manifest.toml'}: another app is {manifest.app.id} already"
            self._refuse(folder, name, ConfigurationError(text, hint="remove one of the two"))
            return None
        app = self.apps[manifest.app.id] = HostedApp(folder, manifest, self._changed)
        app.phrases = phrases
        app.notice_rate = self._notice_rates.setdefault(app.id, app.notice_rate)
        return app, manifest, source

    def _agreed_by(self, app: HostedApp) -> str:
        """Who agrees for the driver: what ships with the car counts as agreed to by its maker, shown and revocable."""
        if app.publisher == "local" and app.folder in default_folders():
            return SHIPPED
        return DEVELOPER if self._grant_all else ""

    async def _learn_catalogue(self, *, once: bool = False) -> None:
        """Ask the databroker for the car's signals until it answers, then check every app against them."""
        wait = CATALOGUE_FIRST
        while True:
            try:
                async with asyncio.timeout(CATALOGUE_TIMEOUT):
                    self._catalogue = await catalogue.fetch(self._databroker)
                break
            except (IviError, TimeoutError) as error:
                log.info("the car's signals are not known yet", extra={"reason": str(error)})
            if once:
                return
            await asyncio.sleep(wait)
            wait = min(CATALOGUE_LAST, wait * 2)
        for agreement in self._agreements.values():
            agreement.check(self._catalogue)

    def _refuse(self, folder: Path, name: str, error: ConfigurationError) -> None:
        # No id of an app ends in "!", so a broken folder never hides a good app.
        broken = self.apps[f"{name}!"] = HostedApp(folder, None, self._changed)
        broken.set_state(AppState.STOPPED_BY_LOAD_ERROR, str(error))
        what = f"The app {name} cannot be loaded"
        self._process.report(f"app.{name}", Problem(what, error.message, error.hint))

    def _say_where_apps_may_go(self, provisions: Provisions) -> None:
        if allowed := provisions.gate.surroundings.reachable.allowed:
            what = f"Apps may reach networks that are not public: {', '.join(map(str, allowed))}"
            self._process.report("egress", Problem(what, "IVI_EGRESS_ALLOW", "for development only; unset it in a car"))

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

    def _registry_state(self, why: str) -> None:
        if why:
            self._process.report(
                "installed apps", Problem("Installed apps cannot be started", why, "see `ivi app list`")
            )
        else:
            self._process.resolve("installed apps")

    def _driving_changed(self) -> None:
        for app in self.apps.values():
            app.stage.tell(self._driving.limits)
        self.prompts.driving_changed()
        self.notices.turn()
        for life in self.lives.values():
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
        update = self.update()
        for stream in self.watchers:
            stream.send(update)

    def update(self) -> AppsUpdate:
        """All apps as the screen needs them."""
        return AppsUpdate([app.view(self._driving.limits) for app in self.apps.values()])
