# SPDX-License-Identifier: Apache-2.0
"""Packages named like modules that the boot stage needs itself: in a real box, none of their code runs unconfined."""

import asyncio
import re
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ivi.apphost.sandbox.box import Box, Layer
from ivi.apphost.sandbox.bubblewrap import BubblewrapLauncher
from ivi.model.apphost import AppState
from ivi.sdk.boot import EXIT_LOAD_ERROR, OPEN_FILES

if TYPE_CHECKING:
    from tests.integration.apphost.conftest import Bench

# It needs no module but os, since it may run in the place of any other.
TELLS = """
import os
def may_list_the_root():
    try:
        return bool(os.listdir("/"))
    except OSError:
        return False
print(f"{__name__} ran, {os.sysconf('SC_OPEN_MAX')} files, root {may_list_the_root()}", flush=True)
"""
APP = """
import subprocess, sys
import {package}.part
class Main:
    def run(self, fd):
        subprocess.run([sys.executable, "-S", "-P", "-c", "import {package}.part, ivi.sdk"], check=True)
"""
MANIFEST = """
[app]
id = "dev.ivi.test"
name = "Test"
version = "0.1.0"
sdk = ">=1"
entry = "{package}.app:Main"
"""
BOOTS_OWN = ("ctypes", "resource", "socket", "faulthandler", "importlib", "struct", "enum", "msgspec", "ivi")


def make_app(folder: Path, package: str) -> Path:
    folder.mkdir()
    (folder / "manifest.toml").write_text(MANIFEST.format(package=package))
    (folder / "__init__.py").write_text(TELLS)
    (folder / "part.py").write_text(TELLS)
    (folder / "app.py").write_text(APP.format(package=package))
    return folder


async def boxed(folder: Path, package: str) -> tuple[int, str]:
    """Status and words of a box with that package, whatever a manifest may say; it has the widest boot stage."""
    link, theirs = socket.socketpair()
    outlet, inside = socket.socketpair()
    with link, theirs, outlet, inside:
        box = Box(
            memory_mb=64, processes=4, tmp_mb=4, entry=f"{package}.app:Main", package=package, app_dir=folder, net=True,
            extra_fds={"egress": inside.fileno()},
        )  # fmt: skip
        child = await BubblewrapLauncher().spawn(box, theirs.fileno())
        try:
            assert child.process.stdout is not None
            async with asyncio.timeout(60):
                said = await child.process.stdout.read()
                return await child.process.wait(), said.decode()
        finally:
            await child.kill()
            child.close()


@pytest.mark.parametrize("package", BOOTS_OWN)
def test_a_package_of_a_taken_name_never_runs(
    new_bench: "type[Bench]", sandbox: list[str], tmp_path: Path, package: str
) -> None:
    status, said = asyncio.run(boxed(make_app(tmp_path / "app", package), package))
    assert " ran, " not in said
    assert said.startswith(f"cannot load {package}.app:Main: ModuleNotFoundError"), said
    assert status == EXIT_LOAD_ERROR


def test_a_package_of_its_own_name_runs_when_all_layers_hold(
    new_bench: "type[Bench]", sandbox: list[str], tmp_path: Path
) -> None:
    status, said = asyncio.run(boxed(make_app(tmp_path / "app", "weather"), "weather"))
    root = Layer.LANDLOCK not in sandbox
    # The app, and the process that it starts, which imports both modules anew.
    assert re.findall(r"(\S+) ran, (\d+) files, root (\w+)", said) == [
        (name, str(OPEN_FILES), str(root)) for name in ("weather", "weather.part") * 2
    ], said
    assert status == 0, said


@pytest.mark.parametrize("package", ["ctypes", "resource", "socket"])
def test_the_host_starts_no_app_of_a_taken_name(
    new_bench: "type[Bench]", sandbox: list[str], tmp_path: Path, package: str
) -> None:
    async def drive() -> None:
        bench = new_bench([make_app(tmp_path / "app", package)])
        async with bench.running():
            app = bench.host.apps["app!"]
            assert app.state is AppState.STOPPED_BY_LOAD_ERROR
            assert f"has a module '{package}' itself" in app.reason
            assert app.log.printed() == []

    asyncio.run(drive())
