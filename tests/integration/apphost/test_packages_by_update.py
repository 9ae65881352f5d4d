# SPDX-License-Identifier: Apache-2.0
"""The app host installs what the update service hands over: its own rules, over a real socket."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from ivi.apphost.package import builder, trust
from ivi.apphost.package.keys import PrivateKey
from ivi.apphost.package_service import PackageService
from ivi.cloud.updates.apps import AppHostDoor
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import socket_path
from ivi.daemon.process import Process
from ivi.model.apphost import ApphostAnswer, ApphostRequest
from ivi.model.errors import InvalidArgumentError, PermissionDeniedError, UnavailableError

APP = "com.partner.weather"
MANIFEST = '[app]\nid = "{}"\nname = "Weather"\nversion = "{}"\nsdk = ">=1"\nentry = "weather.app:Weather"\n'


def package(folder: Path, version: str, key: PrivateKey) -> Path:
    """A package under a name that says nothing, as the update service stages it."""
    source = folder / version
    source.mkdir()
    (source / "manifest.toml").write_text(MANIFEST.format(APP, version))
    (source / "app.py").write_text("class Weather: ...\n")
    path = folder / f"{version}.staged"
    builder.write(builder.build(source), path, key)
    return path


def play(folder: Path, shipped: set[str], piece: Callable[[AppHostDoor], Awaitable[None]]) -> list[str]:
    """A door to an app host's package service; how often it had to look at what is installed."""
    changed: list[str] = []

    async def look() -> None:
        changed.append("changed")

    async def run() -> None:
        process = Process("apphost")
        server = LinkServer(socket_path("apphost"), (ApphostRequest,), process.status)
        PackageService(lambda: shipped, look).serve(server.router)
        await server.start()
        try:
            async with LinkClient(socket_path("apphost"), ApphostAnswer) as client:
                await piece(AppHostDoor(client, folder / "handover"))
        finally:
            await server.stop()

    asyncio.run(run())
    return changed


@pytest.mark.usefixtures("run_dir")
def test_install_update_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IVI_TRUST_FILE", str(tmp_path / "none.toml"))
    key = PrivateKey.generate()
    trust.add_developer("Me", key.public)
    old, new = package(tmp_path, "1.0.0", key), package(tmp_path, "1.1.0", key)
    foreign = package(tmp_path, "1.2.0", PrivateKey.generate())

    async def piece(door: AppHostDoor) -> None:
        assert (await door.state(APP)).version == ""
        await door.install(APP, "1.0.0", old)
        await door.install(APP, "1.0.0", old)  # a second time, as after a power cut: nothing happens
        await door.install(APP, "1.1.0", new)
        with pytest.raises(PermissionDeniedError):
            await door.install(APP, "1.2.0", foreign)
        with pytest.raises(InvalidArgumentError, match="is not an update"):
            await door.install(APP, "1.0.0", old)
        state = await door.roll_back(APP, "1.1.0", "it crashed")
        assert (state.version, state.failed_version, state.failure) == ("1.0.0", "1.1.0", "it crashed")
        assert (await door.roll_back(APP, "1.1.0", "again")).version == "1.0.0"

    assert len(play(tmp_path, set(), piece)) == 4
    assert list((tmp_path / "handover").iterdir()) == []


@pytest.mark.usefixtures("run_dir")
def test_what_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IVI_TRUST_FILE", str(tmp_path / "none.toml"))
    key = PrivateKey.generate()
    trust.add_developer("Me", key.public)
    path = package(tmp_path, "1.0.0", key)

    async def shipped(door: AppHostDoor) -> None:
        with pytest.raises(PermissionDeniedError, match="came with the program"):
            await door.install(APP, "1.0.0", path)

    async def other(door: AppHostDoor) -> None:
        with pytest.raises(InvalidArgumentError, match="said to be"):
            await door.install(APP, "2.0.0", path)

    play(tmp_path, {APP}, shipped)
    play(tmp_path, set(), other)

    async def away() -> None:
        async with LinkClient(socket_path("apphost"), ApphostAnswer) as client:
            with pytest.raises(UnavailableError):
                await AppHostDoor(client, tmp_path / "handover").install(APP, "1.0.0", path)

    asyncio.run(away())
