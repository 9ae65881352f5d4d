# SPDX-License-Identifier: Apache-2.0
"""What the screen and the command line may ask of the app host, on the process's own socket."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from ivi.apphost import offers
from ivi.apphost.holds import Hold
from ivi.apphost.lifecycle import BY_DRIVER, Lifecycle
from ivi.apphost.package_service import PackageService
from ivi.daemon.link_server import LinkServer, Session, Stream
from ivi.model.apphost import (
    AppState,
    Done,
    FollowLog,
    GetPicture,
    Input,
    InstalledChanged,
    ListAudit,
    ListLog,
    Log,
    PictureData,
    ReloadApp,
    SetVisible,
    StartApp,
    StopApp,
    SubscribeApps,
    Tap,
    TapTaken,
)
from ivi.model.apphost import Audit as AuditAnswer
from ivi.model.errors import NotFoundError, UnavailableError
from ivi.model.rights import (
    AppInfo,
    AskConsent,
    ChangeGrant,
    DescribeManifest,
    GetAppInfo,
    GrantChanged,
    ManifestDescribed,
)

if TYPE_CHECKING:
    from ivi.apphost.host import AppHost


class AppService:
    """Answers for a host."""

    def __init__(self, host: "AppHost") -> None:
        self._host = host

    def serve(self, server: LinkServer) -> None:
        """Answer the screen and the command line on the process's own socket."""
        server.router.on_stream(SubscribeApps, self._subscribe_apps)
        server.router.on_call(Tap, self._tap)
        server.router.on_call(Input, self._input)
        server.router.on_call(GetPicture, self._get_picture)
        server.router.on_call(ListAudit, self._list_audit)
        server.router.on_call(GetAppInfo, self._to_desk)
        server.router.on_call(ChangeGrant, self._to_desk)
        server.router.on_call(AskConsent, self._to_desk)
        server.router.on_call(DescribeManifest, self._describe)
        self._host.prompts.serve(server.router)
        self._host.intents.serve(server.router)
        self._host.notices.serve(server.router)
        PackageService(self._host.shipped, self._host.installations.refresh).serve(server.router)
        server.router.on_call(StartApp, self._start_app)
        server.router.on_call(StopApp, self._stop_app)
        server.router.on_call(SetVisible, self._set_visible)
        server.router.on_call(ListLog, self._list_log)
        server.router.on_stream(FollowLog, self._follow_log)
        server.router.on_call(ReloadApp, self._reload_app)
        server.router.on_call(InstalledChanged, self._installed_changed)

    async def _subscribe_apps(self, _request: SubscribeApps, stream: Stream) -> None:
        stream.send(self._host.update())
        self._host.watchers.add(stream)
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            self._host.watchers.discard(stream)

    async def _tap(self, request: Tap, _session: Session) -> TapTaken:
        app = self._host.apps.get(request.app_id)
        if app is None:
            return TapTaken(delivered=False, reason=f"there is no app {request.app_id}")
        return app.tap(request.revision, request.target)

    async def _input(self, request: Input, _session: Session) -> TapTaken:
        app = self._host.apps.get(request.app_id)
        if app is None:
            return TapTaken(delivered=False, reason=f"there is no app {request.app_id}")
        return app.stage.answer(request.event)

    async def _get_picture(self, request: GetPicture, _session: Session) -> PictureData:
        app = self._host.apps.get(request.app_id)
        png = app.stage.pictures.get(request.id) if app is not None else None
        if png is None:
            raise NotFoundError(f"{request.app_id} has no picture {request.id[:8]}", hint="it has been replaced")
        return PictureData(png)

    async def _list_audit(self, request: ListAudit, _session: Session) -> AuditAnswer:
        return await self._host.audit(request.app_id, request.limit, request.since_ns)

    async def _to_desk(
        self, request: GetAppInfo | ChangeGrant | AskConsent, _session: Session
    ) -> AppInfo | GrantChanged:
        if self._host.desk is None:
            raise UnavailableError("the app host is starting or stopping", hint="try again in a second")
        return self._host.desk.answer(request)

    async def _describe(self, request: DescribeManifest, _session: Session) -> ManifestDescribed:
        return await asyncio.to_thread(offers.describe, request, self._host.catalogue)

    async def _start_app(self, request: StartApp, _session: Session) -> Done:
        """The driver's word lifts what the driver may lift."""
        life = self._life(request.app_id)
        if self._host.quarantine is not None:
            self._host.quarantine.release(request.app_id)
        life.start_again()
        return Done()

    async def _stop_app(self, request: StopApp, _session: Session) -> Done:
        self._life(request.app_id).holds.put(BY_DRIVER, Hold(AppState.STOPPED_BY_DRIVER, "you stopped it"))
        return Done()

    async def _set_visible(self, request: SetVisible, _session: Session) -> Done:
        self._host.visibility.show(request.app_ids)
        return Done()

    async def _list_log(self, request: ListLog, _session: Session) -> Log:
        app = self._host.apps.get(request.app_id)
        if app is None:
            raise self._no_such(request.app_id)
        return Log(app.log.since(request.after, request.limit), app.log.dropped)

    async def _follow_log(self, request: FollowLog, stream: Stream) -> None:
        app = self._host.apps.get(request.app_id)
        if app is None:
            raise self._no_such(request.app_id)
        book, after, dropped = app.log, request.after, -1
        changed = asyncio.Event()
        changed.set()
        book.watch(changed.set)
        try:
            while True:
                await changed.wait()
                changed.clear()
                lines = book.since(after, request.limit)
                if lines or book.dropped != dropped:
                    stream.send(Log(lines, book.dropped))
                    after, dropped = lines[-1].number if lines else after, book.dropped
        finally:
            book.unwatch(changed.set)

    async def _reload_app(self, request: ReloadApp, _session: Session) -> Done:
        await self._host.reload(Path(request.folder))
        return Done()

    async def _installed_changed(self, _request: InstalledChanged, _session: Session) -> Done:
        await self._host.installations.refresh()
        return Done()

    def _life(self, app_id: str) -> Lifecycle:
        """Raises NotFoundError for an app that is not there or could not be loaded."""
        life = self._host.lives.get(app_id)
        if life is None:
            raise self._no_such(app_id)
        return life

    def _no_such(self, app_id: str) -> NotFoundError:
        return NotFoundError(
            f"there is no app {app_id}", hint=f"there are {', '.join(sorted(self._host.apps)) or 'none'}"
        )
