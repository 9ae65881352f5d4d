# SPDX-License-Identifier: Apache-2.0
"""Real bus servers, a small car of the test's own, and the real databroker process."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ivi.daemon.link_client import LinkClient
from ivi.model.errors import IviError
from ivi.model.health import BusHealth, HealthReport, ListHealth
from ivi.model.status import GetStatus, ProcessStatus

ROOT = Path(__file__).resolve().parents[3]
STOP_DEADLINE = 10.0  # s
DEADLINE = 30.0  # s, generous: both cores may be busy

DBC = """VERSION ""
BU_: ECU IVI
BO_ 256 Motion: 8 ECU
 SG_ Speed : 0|16@1+ (0.01,0) [0|655.35] "km/h" ECU
 SG_ Beat : 16|32@1+ (1,0) [0|4294967295] "" ECU
BO_ 257 Body: 4 ECU
 SG_ Door : 0|1@1+ (1,0) [0|1] "" ECU
BO_ 512 Command: 8 IVI
 SG_ TempReq : 0|8@1+ (0.5,0) [0|127.5] "degC" ECU
BA_DEF_ BO_ "GenMsgCycleTime" INT 0 10000;
BA_DEF_DEF_ "GenMsgCycleTime" 0;
BA_ "GenMsgCycleTime" BO_ 257 100;
"""
OVERLAY = """
Vehicle.{name}.Speed:
  {{type: sensor, datatype: float, dbc2vss: {{signal: Speed, interval_ms: 0, on_change: true, timeout_ms: 400}}}}
Vehicle.{name}.Beat: {{type: sensor, datatype: uint32, dbc2vss: {{signal: Beat, interval_ms: 0, on_change: true}}}}
Vehicle.{name}.Door: {{type: sensor, datatype: boolean, dbc2vss: {{signal: Door, interval_ms: 0, on_change: true}}}}
Vehicle.{name}.Temperature: {{type: actuator, datatype: float, vss2dbc: {{signal: TempReq}}}}
"""

type Start = Callable[..., subprocess.Popen[str]]
type CarFiles = Callable[[str], tuple[Path, Path]]


@pytest.fixture
def start(run_dir: Path) -> Iterator[Start]:
    """Start ``python ARGS``; every process is stopped in the end."""
    started: list[subprocess.Popen[str]] = []

    def run(*args: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, *args], cwd=ROOT, env=dict(os.environ), stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    assert run_dir.is_dir()
    try:
        yield run
    finally:
        for process in started:
            process.terminate()
        for process in started:
            try:
                process.communicate(timeout=STOP_DEADLINE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()


@pytest.fixture
def serve(start: Start) -> Start:
    """Start a bus server and wait until it listens."""

    def run(channel: str = "can0", *options: str) -> subprocess.Popen[str]:
        process = start("-m", "simulator.bus", channel, *options)
        assert process.stdout is not None
        assert " ready on " in process.stdout.readline()
        return process

    return run


@pytest.fixture
def send(start: Start) -> Start:
    """Start a sender: channel, frames per second, seconds, ids."""

    def run(channel: str, rate: int, seconds: float, *keys: int) -> subprocess.Popen[str]:
        script = Path(__file__).with_name("sender.py")
        return start(str(script), channel, str(rate), str(seconds), *map(hex, keys))

    return run


@pytest.fixture
def car_files(tmp_path: Path) -> CarFiles:
    """DBC and overlay whose paths begin with Vehicle.<name>."""

    def write(name: str) -> tuple[Path, Path]:
        dbc, overlay = tmp_path / f"{name}.dbc", tmp_path / f"{name}.vspec"
        dbc.write_text(DBC)
        overlay.write_text(OVERLAY.format(name=name))
        return dbc, overlay

    return write


@pytest.fixture
def broker(start: Start, car_files: CarFiles) -> Callable[..., "Databroker"]:
    """Start a databroker on buses, each given as NAME=INTERFACE:CHANNEL[,...]; wait until it answers."""

    def run(*buses: str) -> Databroker:
        words = []
        for bus in buses:
            dbc, overlay = car_files(bus.partition("=")[0].capitalize())
            words += ["--bus", f"{bus},dbc={dbc},overlay={overlay}"]
        found = Databroker(start("-m", "ivi.manager.entry.databroker", *words))
        found.status()
        return found

    return run


@pytest.fixture
def own_broker(start: Start) -> Callable[[], "Databroker"]:
    """Start a databroker for our own car on can0; wait until it answers."""

    def run() -> Databroker:
        found = Databroker(start("-m", "ivi.manager.entry.databroker"))
        found.status()
        return found

    return run


class Databroker:
    """A running databroker, asked over its socket."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def status(self) -> ProcessStatus:
        """Its status, as soon as it answers."""
        return asyncio.run(self._ask(GetStatus(), ProcessStatus))

    def health(self, pattern: str = "") -> HealthReport:
        """Its health report."""
        return asyncio.run(self._ask(ListHealth(pattern), HealthReport))

    def bus(self, name: str) -> BusHealth:
        """Health of one bus."""
        return next(bus for bus in self.health().buses if bus.name == name)

    def until(self, holds: Callable[["Databroker"], bool], seconds: float = DEADLINE) -> None:
        """Poll until it holds; fails with the status otherwise."""
        give_up = time.monotonic() + seconds
        while not holds(self):
            assert time.monotonic() < give_up, f"{self.health()} {self.status()}"
            time.sleep(0.05)

    async def _ask[A](self, request: object, answer: type[A]) -> A:
        from ivi.daemon.paths import socket_path  # noqa: PLC0415  # the fixture has set the folder by now

        give_up = time.monotonic() + DEADLINE
        while True:
            try:
                async with LinkClient(socket_path("databroker"), answer) as client:
                    found: A = await client.call(request, 5.0)  # type: ignore[arg-type]  # a request
                    return found
            except IviError:
                assert time.monotonic() < give_up
                assert self.process.poll() is None
                await asyncio.sleep(0.05)
