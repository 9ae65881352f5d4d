# SPDX-License-Identifier: Apache-2.0
"""The desk's questions about apps: one at a time for each, and none about an app that is gone."""

import asyncio
from pathlib import Path

from ivi.apphost.audit import Audit
from ivi.apphost.consent_desk import ConsentDesk
from ivi.apphost.driving import Driving
from ivi.apphost.grants import GrantStore
from ivi.apphost.hosted_app import HostedApp
from ivi.apphost.manifest import load
from ivi.apphost.prompts import Prompts
from ivi.daemon.link_client import LinkClient
from ivi.model.services import ServicesAnswer

APP = "com.partner.weather"
MANIFEST = f"""
[app]
id = "{APP}"
name = "Weather"
version = "1.0.0"
sdk = ">=1"
entry = "weather.app:Weather"
[[permission]]
use = "vehicle.read"
paths = ["Vehicle.Speed"]
reason = "shows it"
"""


def test_an_app_that_comes_back_at_once_is_asked_about_once_and_forgotten_when_it_goes(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text(MANIFEST)
    manifest = load(tmp_path)

    async def turns() -> None:
        for _ in range(10):
            await asyncio.sleep(0)

    async def drive() -> None:
        driving = Driving(LinkClient(tmp_path / "services.sock", ServicesAnswer), lambda: None)
        prompts, audit = Prompts(lambda: True), Audit(tmp_path / "ledger.db")
        desk = ConsentDesk(GrantStore(tmp_path / "consent.db"), prompts, audit, driving)
        app = HostedApp(tmp_path, manifest, lambda: None)
        for _ in range(2):  # the second time as an update does it: gone and back in one turn of the loop
            desk.dismiss(APP)
            desk.admit(app, manifest)
            desk.begin(APP)
        await turns()
        assert prompts.has_open(APP)
        desk.dismiss(APP)
        desk.admit(app, manifest)
        desk.begin(APP)
        await turns()
        desk.ask(APP)
        await turns()
        assert (prompts.has_open(APP), prompts.refused_to_ask) == (True, 0)
        desk.dismiss(APP)
        await turns()
        assert not prompts.has_open(APP)
        desk.close()
        await audit.close()

    asyncio.run(drive())
