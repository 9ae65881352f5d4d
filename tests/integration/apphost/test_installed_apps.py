# SPDX-License-Identifier: Apache-2.0
"""Installed apps in a running host, in real sandboxes: updates, a version that crashes, a store that takes back."""

import asyncio
import hashlib
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from ivi.apphost.backoff import Pace
from ivi.apphost.hosted_app import HostedApp
from ivi.apphost.package import builder, install, revocation, trust
from ivi.apphost.package.keys import PrivateKey
from ivi.apphost.package.registry import Shelf, VersionState
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import socket_path
from ivi.model.apphost import ApphostAnswer, ApphostRequest, AppState, InstalledChanged
from ivi.model.rights import ChangeGrant
from ivi.model.templates import ListTemplate

if TYPE_CHECKING:
    from tests.integration.apphost.conftest import Bench

APP = "com.partner.weather"
MANIFEST = """[app]
id = "com.partner.weather"
name = "Weather"
version = "{}"
sdk = ">=1"
entry = "weather.app:Weather"
[[permission]]
use = "ui"
templates = ["list"]
surfaces = ["card"]
"""
READS = """[[permission]]
use = "vehicle.read"
paths = ["Vehicle.Speed"]
reason = "shows it"
"""
GOOD = """
import tides
from ivi.sdk import App, ListTemplate, Row
class Weather(App):
    def on_start(self):
        self.show(ListTemplate("Weather", [Row("a", tides.HIGH)]))
"""
NOTIFY = '[[permission]]\nuse = "notify"\nper_hour = 1\nreason = "warns you"\n'
TELLS = """
from ivi.sdk import App, IviError
class Weather(App):
    def on_start(self):
        try:
            self.notify("Storm")
            print("notified")
        except IviError as error:
            print(error.code)
"""
BAD = "from ivi.sdk import App\nclass Weather(App):\n    def on_start(self):\n        raise SystemExit(9)\n"
PACE = Pace(first=0.05, longest=0.2, crashes=2, stable=1.0)


class Shop:
    """Packs versions of one app, signed by a developer of this device, and installs them."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("IVI_TRUST_FILE", str(folder / "trust.toml"))
        self.folder, self.key, self.store = folder, PrivateKey.generate(), PrivateKey.generate()
        (folder / "trust.toml").write_text(
            f'developer_mode = true\n[[store]]\nname = "Store"\nkey = "{self.store.public.hex}"\n'
        )
        trust.add_developer("Me", self.key.public)
        self.shelf = Shelf()

    def install(self, version: str, code: str, permission: str = "") -> None:
        source = self.folder / f"weather-{version}"
        source.mkdir()
        (source / "manifest.toml").write_text(MANIFEST.format(version) + permission)
        (source / "__init__.py").write_text("")
        (source / "app.py").write_text(code)
        (source / "wheels").mkdir()
        with zipfile.ZipFile(source / "wheels" / "tides-1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr("tides.py", f"HIGH = 'high tide {version}'\n")
        digest = hashlib.sha256((source / "wheels" / "tides-1.0-py3-none-any.whl").read_bytes()).hexdigest()
        (source / "requirements.txt").write_text(f"tides==1.0 --hash=sha256:{digest}\n")
        package = self.folder / f"{version}.ivp"
        builder.write(builder.build(source), package, self.key)
        install.install(package, trust.load(), self.shelf)

    def version(self) -> str:
        return self.shelf.read().apps[APP].current.version


@pytest.fixture
def shop(tmp_path: Path, new_bench: "type[Bench]", sandbox: list[str], monkeypatch: pytest.MonkeyPatch) -> Shop:
    return Shop(tmp_path, monkeypatch)


def row(bench: "Bench") -> str:
    """What the app shows; empty when it shows nothing."""
    app = bench.host.apps.get(APP)
    view = app.view(bench.host._driving.limits) if app else None
    return view.template.rows[0].title if view and isinstance(view.template, ListTemplate) else ""


def app_of(bench: "Bench") -> HostedApp:
    return bench.host.apps[APP]


async def told(bench: "Bench", request: msgspec.Struct | None = None) -> None:
    """What `ivi app` says over the host's socket, by itself after a change."""
    server = LinkServer(socket_path("apphost"), (ApphostRequest,), bench.process.status)
    bench.host.serve(server)
    await server.start()
    client = LinkClient(socket_path("apphost"), ApphostAnswer)
    try:
        await client.call(request or InstalledChanged(), timeout=20)
    finally:
        await client.close()
        await server.stop()


def test_an_app_comes_is_updated_and_goes_while_the_host_runs(new_bench: "type[Bench]", shop: Shop) -> None:
    async def drive() -> None:
        async with new_bench([], pace=PACE).running() as bench:
            assert APP not in bench.host.apps
            await asyncio.to_thread(shop.install, "1.0.0", GOOD)
            await told(bench)
            await bench.until(lambda: row(bench) == "high tide 1.0.0", 20)
            # It ran well through its (short) health window.
            await bench.until(lambda: shop.shelf.read().apps[APP].current.state is VersionState.PROMOTED, 20)
            await asyncio.to_thread(shop.install, "1.1.0", GOOD)
            await told(bench)
            await bench.until(lambda: row(bench) == "high tide 1.1.0", 20)
            assert shop.shelf.data(APP).is_dir()
            await asyncio.to_thread(install.remove, APP, shop.shelf)
            await told(bench)
            assert APP not in bench.host.apps
            assert not shop.shelf.data(APP).exists()
            assert {path.name for path in shop.shelf.folder.iterdir()} == {".lock", "registry.json"}

    asyncio.run(drive())


def test_who_installs_an_app_again_is_asked_again(new_bench: "type[Bench]", shop: Shop) -> None:
    async def drive() -> None:
        async with new_bench([], pace=PACE, grant_all=False).running() as bench:
            await asyncio.to_thread(shop.install, "1.0.0", GOOD, READS)
            await told(bench)
            await bench.until(lambda: app_of(bench).state is AppState.STOPPED_NEEDS_CONSENT)
            await bench.until(lambda: bench.host._driving.may_set_up)
            await told(bench, ChangeGrant(APP, "Vehicle.Speed", granted=True))
            await bench.until(lambda: row(bench) == "high tide 1.0.0")
            await asyncio.to_thread(install.remove, APP, shop.shelf)
            await told(bench)
            assert APP not in bench.host.apps
            await asyncio.to_thread(shop.install, "1.1.0", GOOD, READS)
            await told(bench)
            await bench.until(lambda: app_of(bench).state is AppState.STOPPED_NEEDS_CONSENT)

    asyncio.run(drive())


def test_an_update_that_crashes_goes_back_by_itself(new_bench: "type[Bench]", shop: Shop) -> None:
    async def drive() -> None:
        shop.install("1.0.0", GOOD)
        async with new_bench([], pace=PACE).running() as bench:
            await bench.until(lambda: row(bench) == "high tide 1.0.0", 20)
            await bench.until(lambda: shop.shelf.read().apps[APP].current.state is VersionState.PROMOTED, 20)
            await asyncio.to_thread(shop.install, "1.1.0", BAD)
            await told(bench)
            await bench.until(lambda: shop.version() == "1.0.0", 40)
            await bench.until(lambda: row(bench) == "high tide 1.0.0", 20)
            failure = shop.shelf.read().apps[APP].failure
            assert failure is not None
            assert failure.version == "1.1.0"
            assert "status 9" in failure.reason

    asyncio.run(drive())


def test_a_version_that_crashes_gives_no_fresh_hour_of_notifications(new_bench: "type[Bench]", shop: Shop) -> None:
    def said(bench: "Bench") -> list[str]:
        return bench.host.apps[APP].log.printed() if APP in bench.host.apps else []

    async def drive() -> None:
        shop.install("1.0.0", TELLS, NOTIFY)
        async with new_bench([], pace=PACE).running() as bench:
            await bench.until(lambda: said(bench) == ["notified"])
            await bench.until(lambda: shop.shelf.read().apps[APP].current.state is VersionState.PROMOTED)
            await asyncio.to_thread(shop.install, "1.1.0", BAD, NOTIFY)
            await told(bench)
            await bench.until(lambda: shop.version() == "1.0.0")
            await bench.until(lambda: said(bench) == ["resource_exhausted"])

    asyncio.run(drive())


def test_a_revoked_app_ends_and_says_why(new_bench: "type[Bench]", shop: Shop) -> None:
    async def drive() -> None:
        shop.install("1.0.0", GOOD)
        async with new_bench([], pace=PACE).running() as bench:
            await bench.until(lambda: row(bench) == "high tide 1.0.0", 20)
            listed = revocation.make(
                shop.store, sequence=1, issued=datetime.now(UTC), apps={APP: "it tracked drivers"}, keys={}, versions={}
            )
            install.take_revocations(listed, trust.load(), shop.shelf)
            await told(bench)
            await bench.until(lambda: app_of(bench).state is AppState.STOPPED_BY_LOAD_ERROR)
            assert "taken back by the store: it tracked drivers" in app_of(bench).reason

    asyncio.run(drive())


def test_a_tampered_app_does_not_start(new_bench: "type[Bench]", shop: Shop) -> None:
    async def drive() -> None:
        shop.install("1.0.0", GOOD)
        compiled = next(shop.shelf.home(APP, "1.0.0").glob("files/__pycache__/app.*"))
        compiled.chmod(0o644)
        compiled.write_bytes(compiled.read_bytes()[:-1] + b"x")
        async with new_bench([], pace=PACE).running() as bench:
            await bench.until(lambda: app_of(bench).state is AppState.STOPPED_BY_LOAD_ERROR)
            assert "a compiled file was altered" in app_of(bench).reason

    asyncio.run(drive())
