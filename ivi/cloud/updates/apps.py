# SPDX-License-Identifier: Apache-2.0
"""Apps are handed to the app host over the link: it alone installs them, watches them, and takes them back."""

import os
import shutil
from pathlib import Path
from typing import Protocol

from ivi.daemon.durable_file import writing
from ivi.daemon.link_client import LinkClient
from ivi.model.errors import InvalidArgumentError
from ivi.model.packages import GetPackage, InstallPackage, PackageState, RollBackPackage

INSTALL_TIMEOUT = 120.0  # seconds; unpacking, compiling, ending the version that runs
ASK_TIMEOUT = 5.0  # seconds
PACKAGE = "app.ivp"  # what the app host calls a package


class AppDoor(Protocol):
    """The app host."""

    async def state(self, app_id: str) -> PackageState:
        """What is installed of an app."""

    async def install(self, app_id: str, version: str, file: Path, manifest_sha256: str = "") -> None:
        """Install a package; when the version is there already, nothing happens. Raises what the app host says."""

    async def roll_back(self, app_id: str, version: str, reason: str) -> PackageState:
        """Back to the version before, if `version` is in service."""


class AppHostDoor:
    """The app host's process."""

    def __init__(self, apphost: LinkClient, folder: Path) -> None:
        """`folder` is where a package gets the name that the app host expects."""
        self._apphost = apphost
        self._folder = folder

    async def state(self, app_id: str) -> PackageState:
        """What is installed of an app."""
        answer: PackageState = await self._apphost.call(GetPackage(app_id), ASK_TIMEOUT)
        return answer

    async def install(self, app_id: str, version: str, file: Path, manifest_sha256: str = "") -> None:
        """Install a package whose bytes were verified; `manifest_sha256` is of the manifest that the driver saw."""
        now = await self.state(app_id)
        if now.version == version:
            return
        path = self._folder / PACKAGE
        with writing(str(path)):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            try:
                os.link(file, path)
            except OSError:  # a file system without hard links
                shutil.copyfile(file, path)
        try:
            after: PackageState = await self._apphost.call(
                InstallPackage(str(path), app_id, version, manifest_sha256), INSTALL_TIMEOUT
            )
        finally:
            path.unlink(missing_ok=True)
        if (after.app_id, after.version) != (app_id, version):
            raise InvalidArgumentError(
                f"the package said to be {app_id} {version} is {after.app_id} {after.version}",
                hint="the publisher has to correct the target's name or version",
            )

    async def roll_back(self, app_id: str, version: str, reason: str) -> PackageState:
        """Back to the version before."""
        answer: PackageState = await self._apphost.call(RollBackPackage(app_id, version, reason), INSTALL_TIMEOUT)
        return answer
