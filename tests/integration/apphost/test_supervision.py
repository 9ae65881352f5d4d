# SPDX-License-Identifier: Apache-2.0
"""Supervision with real sandboxes: hogs, hangs, frozen apps, the driver's stop and start, and the parked car."""

import asyncio
import os
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ivi.apphost.app_link import Timing
from ivi.apphost.backoff import Pace
from ivi.apphost.sandbox import process_tree
from ivi.apphost.sandbox.boxed import BoxedChild
from ivi.apphost.usage import BURST
from ivi.apphost.watch import Watch
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import socket_path
from ivi.model.apphost import ApphostAnswer, ApphostRequest, AppState, ListLog, SetVisible, StartApp, StopApp
from ivi.model.errors import NotFoundError
from ivi.model.services import DrivingState, UxRestrictions

if TYPE_CHECKING:
    from tests.integration.apphost.conftest import Bench

MOVING = UxRestrictions(DrivingState.MOVING, [], "moving at 43 km/h", max_rows=4, max_chars=80)
PARKED = UxRestrictions(DrivingState.PARKED, [], "parked")
MANIFEST = """
[app]
id = "dev.ivi.test"
name = "Test"
version = "0.1.0"
sdk = ">=1"
entry = "testapp.main:Main"
{app}
[[permission]]
use = "ui"
templates = ["list"]
surfaces = ["card"]
[resources]
{resources}
"""
QUIET = """
from ivi.sdk import App, ListTemplate, Row
class Main(App):
    def on_start(self):
        self.ticks = 0
        self.every(0.05, self.tick)
        self.show(ListTemplate("Test", [Row("a", "A")]))
    def tick(self):
        self.ticks += 1
        if self.ticks % 20 == 0:
            print("tick", self.ticks)
"""
SPINS_IN_TURNS = """
import time
from ivi.sdk import App
class Main(App):
    def on_start(self):
        self.every(0.01, self.spin)
    def spin(self):
        end = time.monotonic() + 0.2
        while time.monotonic() < end:
            pass
"""
HANGS = """
from ivi.sdk import App
class Main(App):
    def on_start(self):
        self.every(0.1, self.stick)
    def stick(self):
        while True:
            pass
"""
ENDS = "class Main:\n    def run(self, fd):\n        pass"
FILLS_MEMORY = """
import subprocess, sys
from ivi.sdk import App
class Main(App):
    def on_start(self):
        self.children = [
            subprocess.Popen([sys.executable, "-S", "-c", "x = bytes([1]) * (20 << 20); import time; time.sleep(60)"])
            for _ in range(4)
        ]
"""
IMPATIENT = Pace(first=0.05, crashes=1)
WAKES = 30


def make_app(folder: Path, code: str, app: str = "", resources: str = "") -> Path:
    folder.mkdir()
    (folder / "manifest.toml").write_text(MANIFEST.format(app=app, resources=resources))
    (folder / "main.py").write_text(code)
    return folder


def tree() -> list[int]:
    """The one app's processes: bubblewrap, the box's process 1, the app and its own; nothing else below this one."""
    own = process_tree.descendants(os.getpid())[1:]
    return [one for pid in own if is_box(pid) for one in process_tree.descendants(pid)]


def is_box(pid: int) -> bool:
    """Whether a process is bubblewrap's outer one, a direct child."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
    return "Name:\tbwrap\n" in status and f"PPid:\t{os.getpid()}\n" in status


def test_a_hog_keeps_to_its_share_and_stays_alive(
    new_bench: "type[Bench]", sandbox: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns: list[float] = []

    def counted(self: Watch) -> str | None:
        turns.append(time.monotonic())
        return turn(self)

    turn = Watch._turn
    monkeypatch.setattr(Watch, "_turn", counted)

    async def drive() -> None:
        bench = new_bench([make_app(tmp_path / "app", SPINS_IN_TURNS, resources="cpu_percent = 10")])
        async with bench.running():
            app = bench.host.apps["dev.ivi.test"]
            await bench.until(lambda: app.state is AppState.RUNNING)
            pids = tree()
            await bench.until(lambda: process_tree.cpu_time(pids[0]) > BURST, 60)
            used, began = process_tree.cpu_time(pids[0]), asyncio.get_running_loop().time()
            turns.clear()
            for _ in range(WAKES):
                await asyncio.sleep(6 / WAKES)
                bench.host.visibility.wake("dev.ivi.test")
            # A turn for each wake, two for each pause, ten looks a second: no more, asleep or woken.
            assert len(turns) < 2 * WAKES + 100, f"the host looked {len(turns)} times"
            share = (process_tree.cpu_time(pids[0]) - used) / (asyncio.get_running_loop().time() - began)
            assert share < 0.3, f"it used {share:.0%} of a core"
            assert tree() == pids
            assert app.restarts == 0
            assert os.sched_getscheduler(pids[-1]) == os.SCHED_IDLE

    asyncio.run(drive())


def test_the_place_of_a_hang_is_in_the_reason(new_bench: "type[Bench]", sandbox: list[str], tmp_path: Path) -> None:
    async def drive() -> None:
        timing = Timing(heartbeat=1.0, misses=3)
        bench = new_bench([make_app(tmp_path / "app", HANGS)], timing, IMPATIENT)
        async with bench.running():
            app = bench.host.apps["dev.ivi.test"]
            await bench.until(lambda: app.state is AppState.QUARANTINED, 60)
            place = r"it hung in stick, testapp/main\.py line [78] \(3 heartbeats were missed\)"
            assert re.fullmatch(place, app.reason), app.reason

    asyncio.run(drive())


def test_memory_counts_for_all_of_an_apps_processes(
    new_bench: "type[Bench]", sandbox: list[str], tmp_path: Path
) -> None:
    async def drive() -> None:
        folder = make_app(tmp_path / "app", FILLS_MEMORY, resources="memory_mb = 32\nprocesses = 8")
        bench = new_bench([folder], pace=IMPATIENT)
        async with bench.running():
            app = bench.host.apps["dev.ivi.test"]
            await bench.until(lambda: app.state is AppState.QUARANTINED, 30)
            assert "of memory; 32 are its own" in app.reason
            assert tree() == []

    asyncio.run(drive())


def test_an_app_off_the_screen_is_frozen_until_it_is_looked_at(
    new_bench: "type[Bench]", sandbox: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ivi.apphost.visibility.GRACE", 0.5)

    async def drive() -> None:
        bench = new_bench([make_app(tmp_path / "app", QUIET)], Timing(heartbeat=1.0, misses=3))
        async with bench.running(), screen_of(bench) as screen:
            app = bench.host.apps["dev.ivi.test"]
            await bench.until(lambda: app.shown)
            await screen.call(SetVisible(["dev.ivi.other"]))
            await bench.until(lambda: app.state is AppState.FROZEN)
            pids = tree()
            used = process_tree.cpu_time(pids[0])
            for _ in range(5):  # longer than three missed heartbeats
                await asyncio.sleep(1.0)
                await screen.call(SetVisible(["dev.ivi.other"]))  # a screen repeats itself
            assert process_tree.cpu_time(pids[0]) - used <= 0.02
            assert app.state is AppState.FROZEN
            await screen.call(SetVisible(["dev.ivi.test"]))
            await bench.until(lambda: app.state is AppState.RUNNING)
            ticks = len(app.log.printed())
            await bench.until(lambda: len(app.log.printed()) > ticks)
            assert tree() == pids
            assert app.restarts == 0

    asyncio.run(drive())


def test_the_driver_stops_an_app_and_starts_it_again(
    new_bench: "type[Bench]", sandbox: list[str], tmp_path: Path
) -> None:
    async def drive() -> None:
        bench = new_bench([make_app(tmp_path / "app", QUIET)])
        async with bench.running(), screen_of(bench) as screen:
            app = bench.host.apps["dev.ivi.test"]
            await bench.until(lambda: app.shown)
            await screen.call(StopApp("dev.ivi.test"))
            await bench.until(lambda: app.state is AppState.STOPPED_BY_DRIVER)
            assert tree() == []
            assert app.restarts == 0
            await screen.call(StartApp("dev.ivi.test"))
            await bench.until(lambda: app.state is AppState.RUNNING)
            said = [line.text for line in (await screen.call(ListLog("dev.ivi.test"))).lines if line.said_by == "host"]
            assert said == ["starting", "running", "stopped by driver: you stopped it", "starting", "running"]
            with pytest.raises(NotFoundError, match="there is no app"):
                await screen.call(StartApp("dev.nobody"))

    asyncio.run(drive())


@pytest.mark.parametrize("by", ["driver", "host"])
def test_a_stop_while_a_crashed_life_is_cleared_away_is_heeded_at_once(
    new_bench: "type[Bench]", sandbox: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    async def drive() -> None:
        bench = new_bench([make_app(tmp_path / "app", ENDS)], pace=Pace(first=600.0, longest=600.0))
        async with bench.running(), screen_of(bench) as screen:
            app = bench.host.apps["dev.ivi.test"]
            kill = BoxedChild.kill

            async def stopped_meanwhile(child: BoxedChild) -> None:
                await kill(child)
                if app.restarts == 1:  # this is its second crash: the next start is ten minutes away
                    if by == "driver":
                        await screen.call(StopApp("dev.ivi.test"))
                    else:
                        bench.host.lives["dev.ivi.test"].stop()

            monkeypatch.setattr(BoxedChild, "kill", stopped_meanwhile)
            wanted = AppState.STOPPED_BY_DRIVER if by == "driver" else AppState.STOPPED
            await bench.until(lambda: app.state is wanted)
            assert app.restarts == 2
            assert tree() == []

    asyncio.run(drive())


def test_quarantine_ends_by_the_driver_and_is_remembered(
    new_bench: "type[Bench]", sandbox: list[str], tmp_path: Path
) -> None:
    async def drive() -> None:
        folder = make_app(tmp_path / "app", "class Main:\n    def run(self, fd):\n        raise ValueError('no money')")
        bench = new_bench([folder], pace=Pace(first=0.05, crashes=2))
        async with bench.running(), screen_of(bench) as screen:
            app = bench.host.apps["dev.ivi.test"]
            await bench.until(lambda: app.state is AppState.QUARANTINED, 30)
            assert app.restarts == 2
            await screen.call(StartApp("dev.ivi.test"))
            await bench.until(lambda: app.restarts == 4, 30)
            await bench.until(lambda: app.state is AppState.QUARANTINED, 30)
        again = new_bench([folder], pace=Pace(first=0.05, crashes=2))
        async with again.running():
            app = again.host.apps["dev.ivi.test"]
            await again.until(lambda: app.state is AppState.QUARANTINED, 30)
            assert app.restarts == 0  # one more try, and no second

    asyncio.run(drive())


def test_an_app_for_the_parked_car_ends_when_it_drives_off(
    new_bench: "type[Bench]", sandbox: list[str], tmp_path: Path
) -> None:
    async def drive() -> None:
        bench = new_bench([make_app(tmp_path / "app", QUIET, app='when = "parked"')])
        async with bench.running():
            app = bench.host.apps["dev.ivi.test"]
            await bench.until(lambda: app.state is AppState.RUNNING)
            await bench.car.drive(MOVING)
            await bench.until(lambda: app.state is AppState.STOPPED_WHILE_DRIVING)
            assert app.reason == "it runs only while the car is parked"
            assert tree() == []
            await bench.car.drive(PARKED)
            await bench.until(lambda: app.state is AppState.RUNNING)
            assert app.restarts == 0

    asyncio.run(drive())


class screen_of:  # noqa: N801  # reads as a word
    """The host's socket, and a client of it as the screen is one."""

    def __init__(self, bench: "Bench") -> None:
        self._server = LinkServer(socket_path("apphost"), (ApphostRequest,), bench.process.status)
        bench.host.serve(self._server)
        self._client = LinkClient(socket_path("apphost"), ApphostAnswer)

    async def __aenter__(self) -> LinkClient:
        await self._server.start()
        return self._client

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()
        await self._server.stop()
