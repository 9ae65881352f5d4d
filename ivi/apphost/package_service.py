# SPDX-License-Identifier: Apache-2.0
"""Packages on behalf of the update service: the same install, with the same rules, as `ivi app install`."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from pathlib import Path

from ivi.apphost.package import install, trust
from ivi.apphost.package.registry import Shelf, VersionState
from ivi.daemon.link_server import Router, Session
from ivi.model.errors import InvalidArgumentError, PermissionDeniedError
from ivi.model.packages import (
    GetPackage,
    InstallPackage,
    ListPackages,
    PackageList,
    PackageState,
    RemovePackage,
    RollBackPackage,
)


class PackageService:
    """Answers the requests of ivi.model.packages."""

    def __init__(self, shipped: Callable[[], Collection[str]], changed: Callable[[], Awaitable[None]]) -> None:
        """`shipped` tells the ids of apps that came with the program; `changed` has what runs be what is installed."""
        self._shipped = shipped
        self._changed = changed
        self._shelf = Shelf()

    def serve(self, router: Router) -> None:
        """Answer on this router."""
        router.on_call(GetPackage, self._get)
        router.on_call(ListPackages, self._list)
        router.on_call(InstallPackage, self._install)
        router.on_call(RemovePackage, self._remove)
        router.on_call(RollBackPackage, self._roll_back)

    async def _get(self, request: GetPackage, _session: Session) -> PackageState:
        return await asyncio.to_thread(self._state, request.app_id)

    async def _list(self, _request: ListPackages, _session: Session) -> PackageList:
        registry = await asyncio.to_thread(self._shelf.read)
        return PackageList({app_id: record.current.version for app_id, record in registry.apps.items()})

    async def _install(self, request: InstallPackage, _session: Session) -> PackageState:
        path = Path(request.path)
        if not path.is_absolute():
            raise InvalidArgumentError(f"{request.path!r} is no absolute path")
        expected = install.Expected(request.app_id, request.version, request.manifest_sha256)
        done = await asyncio.to_thread(install.install, path, trust.load(), self._shelf, self._shipped(), expected)
        await self._changed()
        return await asyncio.to_thread(self._state, done.manifest.app.id)

    async def _remove(self, request: RemovePackage, _session: Session) -> PackageState:
        if request.app_id in self._shipped():
            raise PermissionDeniedError(f"{request.app_id} came with the car and stays", hint="it can be stopped")
        await asyncio.to_thread(install.remove, request.app_id, self._shelf, keep_data=request.keep_data)
        await self._changed()
        return await asyncio.to_thread(self._state, request.app_id)

    async def _roll_back(self, request: RollBackPackage, _session: Session) -> PackageState:
        await asyncio.to_thread(install.roll_back, request.app_id, request.reason, self._shelf, request.version)
        await self._changed()
        return await asyncio.to_thread(self._state, request.app_id)

    def _state(self, app_id: str) -> PackageState:
        record = self._shelf.read().apps.get(app_id)
        if record is None:
            return PackageState(app_id, "")
        failure = record.failure
        return PackageState(
            app_id,
            record.current.version,
            record.current.state is VersionState.PROMOTED,
            failure.version if failure else "",
            failure.reason if failure else "",
        )
