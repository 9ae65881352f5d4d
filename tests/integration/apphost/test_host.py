# SPDX-License-Identifier: Apache-2.0
"""The app host with real apps in real sandboxes: the media app's day, crashes, hangs, machines without a sandbox."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ivi.apphost.app_link import Timing
from ivi.apphost.backoff import Pace
from ivi.apphost.facility import Car
from ivi.apphost.host import default_folders
from ivi.apphost.hosted_app import HostedApp
from ivi.apphost.lifecycle import Custody, Lifecycle
from ivi.apphost.manifest import Manifest
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import socket_path
from ivi.model.apphost import ApphostAnswer, ApphostRequest, AppState, AppsUpdate, ListAudit, SubscribeApps, Tap
from ivi.model.services import DrivingState, UxRestrictions

if TYPE_CHECKING:
    from tests.integration.apphost.conftest import Bench

MEDIA = [folder for folder in default_folders() if folder.name == "media"]
PARKED = UxRestrictions(DrivingState.PARKED, [], "parked")
MOVING = UxRestrictions(DrivingState.MOVING, [], "moving at 43 km/h", max_rows=4, max_chars=80)

MANIFEST = """
[app]
id = "dev.ivi.test"
name = "Test"
version = "0.1.0"
sdk = ">=1"
entry = "testapp.main:Main"
[[permission]]
use = "ui"
templates = ["list"]
surfaces = ["card"]
"""
HANGS_ON_TAP = """
from ivi.sdk import App, ListTemplate, Row
class Main(App):
    def on_start(self):
        print("hello \\x1b[31mred")
        self.show(ListTemplate("Test", [Row("hang", "Hang")]))
    def on_tap(self, target):
        while True:
            pass
"""


def make_app(folder: Path, code: str, manifest: str = MANIFEST) -> Path:
    folder.mkdir()
    (folder / "manifest.toml").write_text(manifest)
    (folder / "main.py").write_text(code)
    return folder


def processes_of(pid: int) -> list[int]:
    """Living processes below a process, with their whole tree."""
    try:
        children = [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return [one for child in children for one in (child, *processes_of(child))]


def boxes() -> list[int]:
    """The processes of this process's boxes: a database server of other tests may run beside them."""
    return [one for child in children_named("bwrap") for one in (child, *processes_of(child))]


def children_named(name: str) -> list[int]:
    pids = processes_of(os.getpid())
    own = f"PPid:\t{os.getpid()}\n"
    status = {pid: Path(f"/proc/{pid}/status") for pid in pids}
    texts = {pid: path.read_text() for pid, path in status.items() if path.exists()}
    return [pid for pid, text in texts.items() if own in text and f"Name:\t{name}\n" in text]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_media_follows_the_car_and_the_driver(new_bench: "type[Bench]", sandbox: list[str]) -> None:
    async def drive() -> None:
        bench = new_bench(MEDIA)
        server = LinkServer(socket_path("apphost"), (ApphostRequest,), bench.process.status)
        bench.host.serve(server)
        screen = LinkClient(socket_path("apphost"), ApphostAnswer)
        async with bench.running():
            await server.start()
            seen: list[Any] = []

            def take(update: AppsUpdate) -> None:
                seen.append(update.apps[0])

            following = asyncio.create_task(screen.follow(SubscribeApps(), take))
            await bench.until(lambda: seen and seen[-1].template is not None and "Cabin 21" in seen[-1].template.note)
            assert seen[-1].state is AppState.RUNNING
            assert seen[-1].layers == sandbox
            assert len(seen[-1].template.queue) == 8
            assert "Silent demo" in seen[-1].template.note

            answer = await screen.call(Tap("dev.ivi.media", seen[-1].revision, "copper"))
            assert answer.delivered
            await bench.until(lambda: any(row.badge == "playing" for row in seen[-1].template.queue))
            assert next(row for row in seen[-1].template.queue if row.badge).id == "copper"
            stale = await screen.call(Tap("dev.ivi.media", 1, "tide"))
            assert not stale.delivered
            unknown = await screen.call(Tap("dev.ivi.media", seen[-1].revision, "no such row"))
            assert not unknown.delivered

            await bench.car.set("Vehicle.Speed", 43.2)
            await bench.car.drive(MOVING)
            await bench.until(lambda: "Short list while driving" in seen[-1].template.note, 15)
            assert len(seen[-1].template.queue) == 4
            assert max(len(row.title) for row in seen[-1].template.queue) <= 80

            audit = await screen.call(ListAudit("dev.ivi.media"))
            assert audit.verified
            assert {(record.target, record.decision) for record in audit.records} == {
                ("Vehicle.Speed", "allowed"), ("Vehicle.Cabin.HVAC.AmbientAirTemperature", "allowed"),
            }  # fmt: skip
            assert bench.car.subscriptions[0].max_hz == 1
            status = bench.process.status()
            assert status.counters["apps_running"] == 1
            assert status.counters["app.dev.ivi.media"] == "running"
            following.cancel()
            await screen.close()
            await server.stop()

    asyncio.run(drive())


def test_signals_go_on_after_the_databroker_came_back(new_bench: "type[Bench]", sandbox: list[str]) -> None:
    async def drive() -> None:
        bench = new_bench(MEDIA)
        async with bench.running():
            app = bench.host.apps["dev.ivi.media"]

            def note() -> str:
                template: Any = app.view(bench.host._driving.limits).template
                return str(template.note) if template else ""

            def rows() -> int:
                template: Any = app.view(bench.host._driving.limits).template
                return len(template.queue) if template else 0

            await bench.until(lambda: "Cabin 21" in note())
            await bench.car.databroker.stop()
            bench.car.values["Vehicle.Cabin.HVAC.AmbientAirTemperature"] = 25.0
            await bench.car.start_databroker()
            await bench.until(lambda: "Cabin 25" in note())
            assert app.restarts == 0

            # Without the services process nothing says that the car is parked.
            await bench.car.services.stop()
            await bench.until(lambda: rows() == 6)
            assert any("driving state" in problem.what for problem in bench.process.status().problems)
            assert app.state is AppState.RUNNING

    asyncio.run(drive())


def test_a_killed_app_is_back_without_a_pause_and_leaves_nothing(new_bench: "type[Bench]", sandbox: list[str]) -> None:
    async def drive() -> None:
        bench = new_bench(MEDIA, pace=Pace(first=600.0))  # of the second crash; after the first it does not wait
        async with bench.running():
            app = bench.host.apps["dev.ivi.media"]
            await bench.until(lambda: app.shown)
            before = boxes()
            assert len(before) == 3  # bubblewrap, the box's process 1, the app
            os.kill(before[-1], signal.SIGKILL)
            await bench.until(lambda: app.restarts == 1 and app.state is AppState.RUNNING)
            # How long that takes, bench_apps.py measures.
            ended, *after = [line.text for line in app.log.since(0, 100) if line.said_by == "host"][-4:]
            assert ended.endswith("it was killed by SIGKILL")
            assert after == ["backing off: it was killed by SIGKILL", "starting", "running"]
            assert not any(alive(pid) for pid in before)
            now = boxes()
        await bench.until(lambda: not any(alive(pid) for pid in now))
        assert app.state is AppState.STOPPED

    asyncio.run(drive())


def test_an_app_that_hangs_is_ended_with_its_traceback(
    new_bench: "type[Bench]", sandbox: list[str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")

    async def drive() -> None:
        bench = new_bench([make_app(tmp_path / "app", HANGS_ON_TAP)], Timing(heartbeat=1.0, misses=3))
        async with bench.running():
            app = bench.host.apps["dev.ivi.test"]
            await bench.until(lambda: app.shown)
            await asyncio.sleep(5)  # longer than the patience: heartbeats are coming
            assert app.restarts == 0
            app.tap(1, "hang")
            await bench.until(lambda: app.restarts == 1 and app.state is AppState.RUNNING)
            assert any("it hung in on_tap" in line.text for line in app.log.since(0, 100))

    asyncio.run(drive())
    said = [record.getMessage() for record in caplog.records if record.name == "ivi.apphost.output"]
    assert any("main.py" in line and "in on_tap" in line for line in said)
    assert "hello [31mred" in said


@pytest.mark.parametrize(
    ("code", "state", "reason"),
    [
        ("import time\ntime.sleep(60)", AppState.QUARANTINED, "did not answer its start"),
        ("class Main:\n    def run(self, fd):\n        raise ValueError('no money')", AppState.QUARANTINED, "no money"),
        ("class Main:\n    def run(self, fd):\n        pass", AppState.QUARANTINED, "ended with status 0"),
        ("class Other: pass", AppState.STOPPED_BY_LOAD_ERROR, "cannot load testapp.main:Main"),
        ("import no_such_module", AppState.STOPPED_BY_LOAD_ERROR, "no_such_module"),
    ],
)
def test_an_app_that_cannot_run_ends_in_a_named_state(
    new_bench: "type[Bench]", sandbox: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    code: str, state: AppState, reason: str,
) -> None:  # fmt: skip
    # Only for this app; its neighbour has an ordinary app's time and chances.
    hello = 3.0 if "time.sleep" in code else Timing().hello

    def lifecycle(
        app: HostedApp, manifest: Manifest, data: Path, car: Car, *, timing: Timing, pace: Pace, custody: Custody
    ) -> Lifecycle:
        if app.id == "dev.ivi.test":
            timing, pace = Timing(hello=hello), Pace(first=0.05, crashes=1)
        return Lifecycle(app, manifest, data, car, timing=timing, pace=pace, custody=custody)

    monkeypatch.setattr("ivi.apphost.host.Lifecycle", lifecycle)

    async def drive() -> None:
        folder = make_app(tmp_path / "app", code)
        bench = new_bench([folder, *MEDIA])
        async with bench.running():
            app = bench.host.apps["dev.ivi.test"]
            await bench.until(lambda: app.state is state)
            assert reason in app.reason
            # The neighbour does not notice.
            await bench.until(lambda: bench.host.apps["dev.ivi.media"].state is AppState.RUNNING)

    asyncio.run(drive())


def test_a_broken_manifest_is_a_state_and_a_problem(
    new_bench: "type[Bench]", sandbox: list[str], tmp_path: Path
) -> None:
    async def drive() -> None:
        folder = make_app(tmp_path / "app", "", MANIFEST + "\nsurprise = 1\n")
        bench = new_bench([folder, *MEDIA, *MEDIA])
        async with bench.running():
            states = {app.name: app for app in bench.host.apps.values()}
            assert states["app"].state is AppState.STOPPED_BY_LOAD_ERROR
            assert "surprise" in states["app"].reason
            assert "another app is dev.ivi.media already" in states["media"].reason
            assert len(bench.process.status().problems) >= 2
            await bench.until(lambda: bench.host.apps["dev.ivi.media"].state is AppState.RUNNING)

    asyncio.run(drive())


def test_without_bubblewrap_nothing_runs_and_the_screen_says_why(
    new_bench: "type[Bench]", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    async def drive() -> None:
        bench = new_bench(MEDIA)
        async with bench.running():
            app = bench.host.apps["dev.ivi.media"]
            assert app.state is AppState.STOPPED_NO_SANDBOX
            assert "bubblewrap" in app.reason
            problem = next(one for one in bench.process.status().problems if one.where == "sandbox")
            assert problem.hint == "sudo apt install bubblewrap"
            assert boxes() == []

    asyncio.run(drive())


HOST_SCRIPT = """
import asyncio, sys
from ivi.apphost.host import AppHost, default_folders
from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.daemon.process import Process
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.services import ServicesAnswer

async def main():
    folders = [folder for folder in default_folders() if folder.name == "media"]
    host = AppHost(Process("apphost"), folders, LinkClient(socket_path("databroker"), DatabrokerAnswer),
                   LinkClient(socket_path("services"), ServicesAnswer))
    await host.start()
    while not host.apps["dev.ivi.media"].shown:
        await asyncio.sleep(0.01)
    print("shown", flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


def test_no_app_outlives_a_killed_host(new_bench: "type[Bench]", sandbox: list[str]) -> None:
    with subprocess.Popen([sys.executable, "-c", HOST_SCRIPT], stdout=subprocess.PIPE, text=True) as host:
        try:
            assert host.stdout is not None
            assert host.stdout.readline().strip() == "shown"
            apps = processes_of(host.pid)
            assert len(apps) == 3
        finally:
            host.kill()
    deadline = time.monotonic() + 5
    while any(alive(pid) for pid in apps):
        assert time.monotonic() < deadline, "an app outlived its host"
        time.sleep(0.01)
