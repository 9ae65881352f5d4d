# SPDX-License-Identifier: Apache-2.0
"""What the store asks of the app host, and the part with its links for the cloud process to run."""

from pathlib import Path
from typing import Protocol

from ivi.cloud.updates.apps import ASK_TIMEOUT, AppHostDoor
from ivi.daemon.link_client import LinkClient
from ivi.model.packages import ListPackages, PackageList
from ivi.model.rights import DescribeManifest, ManifestDescribed


class AppHost(Protocol):
    """The app host."""

    async def installed(self) -> dict[str, str]:
        """App id -> version of what is installed."""

    async def describe(self, manifest: str, signature: str) -> ManifestDescribed:
        """What an app would ask for, and who is behind it."""

    async def install(self, app_id: str, version: str, file: Path, manifest_sha256: str = "") -> None:
        """Install a package whose bytes were verified. Raises what the app host says."""


class StoreDoor(AppHostDoor):
    """The app host's process."""

    def __init__(self, apphost: LinkClient, folder: Path) -> None:
        """`folder` is where a package gets the name that the app host expects."""
        super().__init__(apphost, folder)
        self._link = apphost

    async def installed(self) -> dict[str, str]:
        """App id -> version of what is installed."""
        answer: PackageList = await self._link.call(ListPackages(), ASK_TIMEOUT)
        return answer.installed

    async def describe(self, manifest: str, signature: str) -> ManifestDescribed:
        """What an app would ask for, and who is behind it."""
        answer: ManifestDescribed = await self._link.call(DescribeManifest(manifest, signature), ASK_TIMEOUT)
        return answer
