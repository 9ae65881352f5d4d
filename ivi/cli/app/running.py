# SPDX-License-Identifier: Apache-2.0
"""What an `ivi app` verb says to the app host, if ivi runs, and asks it."""

import asyncio

from ivi.apphost import host
from ivi.apphost.manifest import load
from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.model.apphost import ApphostAnswer, AppView, InstalledChanged, SubscribeApps
from ivi.model.errors import ConfigurationError, DeadlineError, IviError, LinkError, UnavailableError

CHANGE_TIMEOUT = 20.0  # seconds; an app that is replaced gets some to end politely
ASK_TIMEOUT = 3.0  # seconds


def tell_changed() -> bool:
    """Have the running app host take a change over, and wait until it has. False when ivi does not run."""
    return asyncio.run(_tell_changed())


def views() -> dict[str, AppView] | None:
    """The apps as the app host sees them, by id; None when ivi does not run."""
    return asyncio.run(_views())


def shipped() -> dict[str, str]:
    """Ids and versions of the apps that came with the program."""
    found: dict[str, str] = {}
    for folder in host.default_folders():
        try:
            manifest = load(folder)
        except ConfigurationError:
            continue  # the host shows it with its reason
        found[manifest.app.id] = manifest.app.version
    return found


async def _tell_changed() -> bool:
    async with LinkClient(socket_path("apphost"), ApphostAnswer) as client:
        try:
            await client.call(InstalledChanged(), timeout=CHANGE_TIMEOUT)
        except (UnavailableError, LinkError):
            return False
        except DeadlineError as error:
            raise DeadlineError(
                "it is done, but the app host is still busy with it", hint="see `ivi app list`"
            ) from error
    return True


async def _views() -> dict[str, AppView] | None:
    async with LinkClient(socket_path("apphost"), ApphostAnswer) as client:
        try:
            async with asyncio.timeout(ASK_TIMEOUT):
                async for update in client.stream(SubscribeApps()):
                    return {view.id: view for view in update.apps}
        except (IviError, TimeoutError):
            return None
    return None
