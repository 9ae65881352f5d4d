# SPDX-License-Identifier: Apache-2.0
"""One app link with the SDK's own connection on the other end, and a driver who answers sheets; no box, no car."""

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from ivi.apphost.app_link import AppLink, Timing
from ivi.apphost.audit import Audit
from ivi.apphost.driving import Driving
from ivi.apphost.facility import Car, Life
from ivi.apphost.hosted_app import HostedApp
from ivi.apphost.intents.registry import IntentRegistry
from ivi.apphost.manifest import load
from ivi.apphost.notices import Notices
from ivi.apphost.prompts import Prompts
from ivi.apphost.provisions import Provisions
from ivi.apphost.rights import Rights
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.process import Process
from ivi.model.app import Hello
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.services import ServicesAnswer, ServicesRequest, SubscribeUxRestrictions, UxRestrictions
from ivi.sdk.connection import Connection
from ivi.services.audio_focus.service import AudioFocusService

APP = """
[app]
id = "dev.ivi.test"
name = "Test"
version = "1.0.0"
sdk = ">=1"
entry = "tested.app:Test"
"""


class Bench:
    """One app with these permissions."""

    def __init__(self, folder: Path, permissions: str) -> None:
        self.folder = folder
        (folder / "manifest.toml").write_text(APP + permissions)
        manifest = load(folder)
        self.services_server = LinkServer(folder / "services.sock", (ServicesRequest,), Process("services").status)
        self.services_server.router.on_stream(SubscribeUxRestrictions, self._follow_ux)
        nobody = LinkClient(folder / "databroker.sock", DatabrokerAnswer)
        AudioFocusService(Process("services"), nobody).serve(self.services_server)
        self.ux: UxRestrictions | None = None
        self.ux_changed = asyncio.Event()
        self.services = LinkClient(folder / "services.sock", ServicesAnswer)
        self.driving = Driving(self.services, lambda: None)
        self.audit = Audit(folder / "audit.db")
        self.prompts = Prompts(lambda: self.driving.may_set_up)
        self.intents = IntentRegistry()
        self.notices = Notices(lambda: self.driving.limits)
        self.provisions = self.provide(folder / "apps")
        self.rights = Rights(manifest)
        self.app = HostedApp(folder, manifest, lambda: None)
        car = Car(
            LinkClient(folder / "databroker.sock", DatabrokerAnswer),
            self.driving, self.audit, self.prompts, self.intents, self.notices, self.provisions,
        )  # fmt: skip
        self.life = Life(self.app, self.rights, car)
        self.link = AppLink(self.life, Timing(hello=5.0, heartbeat=2.0), on_hello=lambda: None)

    def provide(self, folder: Path) -> Provisions:
        return Provisions.open(folder)

    async def drive(self, ux: UxRestrictions) -> None:
        """Have the car in a driving state, and wait until the host knows."""
        self.ux = ux
        self.ux_changed.set()
        async with asyncio.timeout(10):
            while self.driving.state is not ux.state:
                await asyncio.sleep(0.005)

    async def _follow_ux(self, _request: SubscribeUxRestrictions, stream: object) -> None:
        while True:
            self.ux_changed.clear()
            if self.ux is not None:
                stream.send(self.ux)  # type: ignore[attr-defined]  # a Stream
            await self.ux_changed.wait()

    def run(self, script: Callable[[Connection], None], ux: UxRestrictions | None = None) -> None:
        """Run a script as the app, on a thread as the app would be in a process."""

        async def drive() -> None:
            await self.services_server.start()
            following = asyncio.create_task(self.driving.follow(lambda _connected, _reason: None))
            ours, theirs = socket.socketpair()
            ours.setblocking(False)
            await self.link.open(ours)
            connection = Connection(theirs)
            try:
                if ux is not None:
                    await self.drive(ux)
                await asyncio.to_thread(_as_app, script, connection)
            finally:
                connection.close()
                async with asyncio.timeout(10):
                    await self.link.ended.wait()
                self.link.close()
                self.notices.close()
                following.cancel()
                await asyncio.gather(following, return_exceptions=True)
                await self.services.close()
                await self.services_server.stop()
                await self.provisions.close()
                await self.audit.close()

        asyncio.run(drive())


def _as_app(script: Callable[[Connection], None], connection: Connection) -> None:
    connection.call(Hello("1.0.0"))
    script(connection)


@pytest.fixture
def bench_of(tmp_path: Path) -> Callable[[str], Bench]:
    """Makes a bench from the permissions of a manifest."""
    return lambda permissions: Bench(tmp_path, permissions)
