# SPDX-License-Identifier: Apache-2.0
"""Does the driver's screen notice hostile apps? CAN frame to swapped frame, alone and beside ten apps that misbehave.

The simulated car drives; databroker, services, app host and screen run as `ivi run` starts them, the screen without a
display. Quiet and noisy phases alternate. The noisy ten: two spin, two flood the link, two leak memory, two crash at
once, two flood their log.
"""

import asyncio
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from app_host import ROOT, Host, make_app, running, until

from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.model.apphost import StartApp, StopApp
from ivi.model.errors import IviError
from ivi.model.status import GetStatus, ProcessStatus

PHASE = 22.0  # seconds: longer than the screen remembers
ROUNDS = 2
SPINS = """
from ivi.sdk import App
class Main(App):
    def on_start(self):
        while True:
            pass
"""
FLOODS = """
from ivi.model.app import GetSignals
from ivi.sdk import App
class Main(App):
    def on_start(self):
        while True:
            self._connection.post(GetSignals(["Vehicle.Speed"] * 50))
"""
LEAKS = """
from ivi.sdk import App
class Main(App):
    kept = []
    def on_start(self):
        self.every(0.01, lambda: self.kept.append(b"x" * (1 << 20)))
"""
CRASHES = """
import os
class Main:
    def run(self, fd):
        os.abort()
"""
PRINTS = """
from ivi.sdk import App
class Main(App):
    def on_start(self):
        while True:
            print("y" * 4000)
"""
KINDS = {"spins": SPINS, "floods": FLOODS, "leaks": LEAKS, "crashes": CRASHES, "prints": PRINTS}


@contextlib.contextmanager
def process(*words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Python child that is ended in the end."""
    child = subprocess.Popen(
        [sys.executable, "-m", *words], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def status(name: str) -> ProcessStatus:
    """How a process is."""

    async def call() -> ProcessStatus:
        async with LinkClient(socket_path(name), ProcessStatus) as client:
            answer: ProcessStatus = await client.call(GetStatus(), 20.0)
            return answer

    return asyncio.run(call())


def measure() -> float:
    """The screen's p99 over one phase, milliseconds."""
    time.sleep(PHASE)
    return float(status("hmi").counters["can_to_pixel_p99_ms"])


def phases(host: Host, noisy: list[str]) -> tuple[list[float], list[float]]:
    """Quiet and noisy p99s, in turns."""
    quiet_ms: list[float] = []
    noisy_ms: list[float] = []
    for _ in range(ROUNDS):
        quiet_ms.append(measure())
        for app in noisy:
            host.ask(StartApp(app))
        noisy_ms.append(measure())
        for app in noisy:
            host.ask(StopApp(app))
    return quiet_ms, noisy_ms


def main() -> None:
    """Measure and print the figures."""
    with tempfile.TemporaryDirectory(prefix="ivi-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        apps = [
            make_app(folder / "apps", f"{kind}{number}", code) for kind, code in KINDS.items() for number in range(2)
        ]
        host = stack.enter_context(running(folder, apps))
        noisy = [f"dev.bench.{app.name}" for app in apps]
        for app in noisy:
            until(lambda app=app: host.ask(StopApp(app)))  # type: ignore[misc]  # a default that binds the loop's app
        stack.enter_context(process("simulator.bus", "can0"))
        for words in (
            ("ivi.manager.entry.databroker", "--can", "ivi:can0"),
            ("ivi.manager.entry.services",),
            ("ivi.manager.entry.hmi", "--headless"),
            ("simulator.vehicle", "--can", "ivi:can0"),
        ):
            stack.enter_context(process(*words))
        until(lambda: drawn() > 0)
        quiet_ms, noisy_ms = phases(host, noisy)
    quiet, worst = statistics.median(quiet_ms), statistics.median(noisy_ms)
    method = (
        f"p99 of CAN frame to swapped frame, our car driving, screen offscreen at 1280x720: quiet {quiet:.1f} ms, "
        f"beside ten apps that spin, flood, leak, crash and print {worst:.1f} ms; "
        f"median of {ROUNDS} phases of {PHASE:g} s each"
    )
    print(json.dumps({"apps_noisy_vs_quiet_p99": {"value": round(worst / quiet, 2), "unit": "x", "method": method}}))


def drawn() -> float:
    """The screen's median, 0 before it drew anything of the car."""
    try:
        return float(status("hmi").counters.get("can_to_pixel_p50_ms", 0.0))
    except IviError:
        return 0.0


if __name__ == "__main__":
    main()
