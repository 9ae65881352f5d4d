# SPDX-License-Identifier: Apache-2.0
"""A running box, seen from outside: measured, stopped, and ended with all that it started."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ivi.apphost.sandbox.box import Box, Layer
from ivi.apphost.sandbox.boxed import BoxedChild
from ivi.apphost.sandbox.bubblewrap import BubblewrapLauncher
from ivi.model.errors import UnavailableError

if TYPE_CHECKING:
    from tests.integration.apphost.conftest import Bench

APP = """
import os, socket, time
class Main:
    def run(self, fd):
        link = socket.socket(fileno=fd)
        if os.fork() == 0:
            os.setsid()
            while True:
                pass
        room = bytearray(b"x" * (12 << 20))
        for number in range(40):
            open(f"/data/{number}", "w").close()
        link.sendall(b"x")
        while True:
            link.recv(1)
            link.sendall(b"y")
"""
DIES = """
import asyncio, socket, sys
from pathlib import Path
from ivi.apphost.sandbox.box import Box
from ivi.apphost.sandbox.bubblewrap import BubblewrapLauncher
async def main():
    ours, theirs = socket.socketpair()
    box = Box(memory_mb=64, processes=4, tmp_mb=4, entry="boxed.main:Main", package="boxed", app_dir=Path(sys.argv[1]))
    child = await BubblewrapLauncher().spawn(box, theirs.fileno())
    ours.setblocking(False)
    await asyncio.get_running_loop().sock_recv(ours, 1)
    print(*child.pids(), flush=True)
    await asyncio.sleep(600)
asyncio.run(main())
"""


@pytest.fixture
def app(tmp_path: Path) -> Path:
    folder = tmp_path / "boxed"
    folder.mkdir()
    (folder / "main.py").write_text(APP)
    return folder


def new_box(app: Path, entry: str = "boxed.main:Main") -> Box:
    return Box(memory_mb=64, processes=4, tmp_mb=4, entry=entry, package="boxed", app_dir=app)


@contextlib.asynccontextmanager
async def running(app: Path) -> AsyncIterator[tuple[BoxedChild, socket.socket]]:
    """The app in its box, once it has said that it is there."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    child = await BubblewrapLauncher().spawn(new_box(app), theirs.fileno())
    theirs.close()
    assert isinstance(child, BoxedChild)
    try:
        async with asyncio.timeout(30):
            assert await asyncio.get_running_loop().sock_recv(ours, 1) == b"x"
        yield child, ours
    finally:
        await child.kill()
        child.close()
        ours.close()


async def answers(link: socket.socket, seconds: float = 30.0) -> bool:
    """Whether the app still answers."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(seconds):
            await loop.sock_sendall(link, b"?")
            return await loop.sock_recv(link, 1) == b"y"
    except TimeoutError:
        return False


def gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def test_it_is_measured_from_outside(new_bench: "type[Bench]", sandbox: list[str], app: Path) -> None:
    async def drive() -> None:
        async with running(app) as (child, _):
            assert len(child.pids()) == 3  # bubblewrap's process 1, the app and its child
            assert child.pids()[0] == child.init_pid
            assert child.memory() > 12 << 20
            used = child.cpu_time()
            await new_bench.until(lambda: child.cpu_time() > used)  # the child spins
            if Layer.SCRATCH in child.layers and os.getuid() == 0:
                assert child.files() >= 40

    asyncio.run(drive())


def test_a_frozen_box_does_nothing_and_goes_on_when_it_is_thawed(
    new_bench: "type[Bench]", sandbox: list[str], app: Path
) -> None:
    async def drive() -> None:
        async with running(app) as (child, link):
            assert await answers(link)
            child.freeze()
            assert not await answers(link, 0.5)
            used = child.cpu_time()
            assert not await answers(link, 0.3)
            assert child.cpu_time() - used < 0.1
            child.thaw()
            assert await answers(link)
            await new_bench.until(lambda: child.cpu_time() > used)

    asyncio.run(drive())


def test_nothing_is_left_of_a_killed_box_frozen_or_not(new_bench: "type[Bench]", sandbox: list[str], app: Path) -> None:
    async def drive(freeze: bool) -> None:
        async with running(app) as (child, _):
            pids = child.pids()
            if freeze:
                child.freeze()
            await child.kill()
            await new_bench.until(lambda: all(map(gone, pids)))
            assert (child.pids(), child.cpu_time() >= 0) == ([], True)
            child.freeze()
            child.thaw()

    asyncio.run(drive(False))
    asyncio.run(drive(True))


def test_no_box_outlives_a_host_that_is_killed(new_bench: "type[Bench]", sandbox: list[str], app: Path) -> None:
    root = Path(__file__).parents[3]
    host = subprocess.Popen([sys.executable, "-c", DIES, str(app)], cwd=root, stdout=subprocess.PIPE, text=True)
    try:
        assert host.stdout is not None
        pids = [int(word) for word in host.stdout.readline().split()]
        assert len(pids) == 3
        host.send_signal(signal.SIGKILL)

        async def wait(what: Callable[[], object]) -> None:
            await new_bench.until(what, 20)

        asyncio.run(wait(lambda: all(map(gone, pids))))
    finally:
        host.kill()
        host.communicate(timeout=20)


def test_a_box_that_cannot_be_built_says_why_and_leaves_nothing(
    new_bench: "type[Bench]", sandbox: list[str], tmp_path: Path
) -> None:
    async def drive() -> None:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            await BubblewrapLauncher().spawn(new_box(tmp_path / "missing"), theirs.fileno())

    with pytest.raises(UnavailableError, match="could not be built"):
        asyncio.run(drive())
