# SPDX-License-Identifier: Apache-2.0
"""Many cars against a real Mosquitto and real ingests: two copies of the ingest share the work and lose nothing."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ivi.fleet import report
from ivi.fleet.mosquitto import find_mosquitto

CARS = 30
pytestmark = pytest.mark.timeout(300)
WAIT = 60.0  # seconds that anything may take on a busy machine


class FleetEnd:
    """Broker and ingests of one test."""

    def __init__(self, folder: Path, root: Path, db: str) -> None:
        self.db = db
        self._folder, self._root = folder, root
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = int(probe.getsockname()[1])
        self._env = os.environ | {"IVI_RUNTIME_DIR": str(folder / "run"), "IVI_STATE_DIR": str(folder / "state")}
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        """Start `broker`, or an ingest of another name."""
        broker = ["ivi.fleet.mosquitto", "--port", str(self.port), "--folder", str(self._folder / "broker")]
        ingest = ["ivi.fleet", "--broker", f"127.0.0.1:{self.port}", "--db", self.db, "--name", name]
        words = broker if name == "broker" else ingest
        with (self._folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", *words], cwd=self._root, env=self._env, stdout=log, stderr=log
            )

    def kill(self, name: str) -> None:
        """SIGKILL, and wait for its end."""
        process = self.running.pop(name)
        process.kill()
        process.wait(10)

    def close(self) -> None:
        """End whatever runs."""
        for name in list(self.running):
            self.kill(name)

    def log(self, name: str) -> str:
        """What a process wrote."""
        return (self._folder / f"{name}.log").read_text(encoding="utf-8")

    def answers(self) -> bool:
        """Whether the broker takes connections."""
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def drive(self, *options: str) -> subprocess.Popen[str]:
        """`ivi sim fleet`."""
        command = [sys.executable, "-m", "ivi", "sim", "fleet", "--broker", f"127.0.0.1:{self.port}", *options]
        return subprocess.Popen(command, cwd=self._root, env=self._env, stdout=subprocess.PIPE, text=True)


def until(condition: Callable[[], object], what: str) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + WAIT
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"not within {WAIT:g} s: {what}")
        time.sleep(0.05)


@pytest.fixture
def fleet_end(tmp_path_factory: pytest.TempPathFactory, root: Path, fleet_database: str) -> Iterator[FleetEnd]:
    """A broker and two ingests on one database of each kind."""
    if find_mosquitto() is None:
        pytest.skip("mosquitto is not installed")
    folder = tmp_path_factory.mktemp("load")
    (folder / "broker").mkdir()
    made = FleetEnd(folder, root, fleet_database)
    try:
        made.start("broker")
        until(made.answers, "the broker answers")
        for name in ("left", "right"):
            made.start(name)
            until(lambda name=name: "subscribed" in made.log(name), "the ingest is subscribed")  # type: ignore[misc]  # the usual way to bind a loop's value
        yield made
    finally:
        made.close()


def test_many_cars_lose_nothing_when_an_ingest_is_killed(fleet_end: FleetEnd) -> None:
    """Thirty cars, two copies of the ingest, one of which dies and comes back: every row is there once."""
    with fleet_end.drive(
        *("--cars", str(CARS), "--rate", "20", "--seconds", "4", "--ramp", "0.5", "--drain", str(WAIT))
    ) as load:
        try:
            until(lambda: len(report.vehicles(fleet_end.db)) == CARS, "all cars are known")
            fleet_end.kill("left")
            fleet_end.start("left")
            output, _ = load.communicate(timeout=2 * WAIT)
        finally:
            load.kill()
    result = json.loads(output)
    assert load.returncode == 0, result
    assert (result["cars"], result["online"], result["lost"], result["refused"]) == (CARS, CARS, 0, 0)
    assert result["accepted"] == result["acknowledged"] > CARS * 20
    rows = report.rows(fleet_end.db)
    assert len(rows) == len({(row.vehicle, row.stream, row.seq) for row in rows}) == result["accepted"]
    assert sum(vehicle.records for vehicle in report.vehicles(fleet_end.db)) == result["accepted"]
    assert 0 < result["rss_mib"] < 200
    assert 0 < result["delay_p50_ms"] <= result["delay_p99_ms"]
    until(lambda: {one.state for one in report.vehicles(fleet_end.db)} == {"offline"}, "all cars have said goodbye")


def test_without_a_fleet_end_every_row_is_missing(root: Path) -> None:
    """The figure that says how much was lost can say it."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [
        *(sys.executable, "-m", "ivi", "sim", "fleet", "--broker", f"127.0.0.1:{port}", "--cars", "2"),
        *("--rate", "50", "--seconds", "1", "--ramp", "0", "--drain", "0"),
    ]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=WAIT, check=False)
    result = json.loads(done.stdout)
    assert done.returncode == 1
    assert result["lost"] == result["accepted"] > 10
    assert result["acknowledged"] == result["connections"] == 0
    assert any("no broker answers" in why for why in result["reasons"])


def test_a_wrong_number_of_cars_is_one_line(root: Path) -> None:
    """With the status of wrong use."""
    command = [sys.executable, "-m", "ivi", "sim", "fleet", "--cars", "0"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=WAIT, check=False)
    assert done.returncode == 2
    assert "--cars is 1 to" in done.stderr
