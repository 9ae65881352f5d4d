# SPDX-License-Identifier: Apache-2.0
"""A whole ivi in real processes: simulated car, bus, broker, services, apps, voice, cloud, fleet and screen."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ivi.daemon.link_client import LinkClient
from ivi.model.errors import IviError
from ivi.model.hmi import HmiAnswer, ReadItem, Touch

READY_LIMIT = 60.0  # seconds; loaded machines start Python four times slower
SPEECH_LIMIT = 60.0  # seconds from then until somebody has spoken the demo's sentence
SPEECH_ENDS = ('spoken: "', 'typed: "', "the sentence failed", "no sentence in this demo")
"""How ivi.manager.demo tells that nothing more will be said; the sentence changes the set point."""
PROGRAMS = ("bwrap", "espeak-ng")
ROOT = Path(__file__).resolve().parents[2]


class Drive:
    """One running `ivi run --demo --headless` and the ways in which people look at it."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.folder = folder
        self.run_dir = folder / "run"
        self.environment = dict(
            os.environ,
            IVI_RUNTIME_DIR=str(self.run_dir),
            IVI_STATE_DIR=str(folder / "state"),
            IVI_REMOTE_INPUT="1",
        )
        self.output = folder / "output.txt"
        command = [sys.executable, "-m", "ivi", "run", "--demo", "--headless", *arguments]
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )

    def ivi(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run an `ivi` command against this drive."""
        return subprocess.run(
            [sys.executable, "-m", "ivi", *arguments],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def status(self) -> dict[str, dict[str, Any]]:
        """What `ivi status --json` says; empty while nobody answers."""
        done = self.ivi("status", "--json")
        return json.loads(done.stdout) if done.stdout else {}

    def ask(self, process: str, request: msgspec.Struct, answers: object) -> Any:  # noqa: ANN401  # the caller knows the protocol
        """One call over the link."""

        async def call() -> object:
            async with LinkClient(self.run_dir / f"{process}.sock", answers) as client:
                return await client.call(request, 10.0)

        return asyncio.run(call())

    def touch(self, item: str) -> None:
        """Touch an item of the screen."""
        self.ask("hmi", Touch(item), HmiAnswer)

    def read(self, item: str, property_name: str = "text") -> str:
        """What an item of the screen shows; empty when it is not on the screen."""
        try:
            text: str = self.ask("hmi", ReadItem(item, property_name), HmiAnswer).text
        except IviError:
            return ""
        return text

    def until(self, what: str, condition: Callable[[], bool], seconds: float = 30.0) -> None:
        """Poll until something holds; fails with what it was and the end of the output."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                pytest.fail(f"not within {seconds:g} s: {what}\n{self.output.read_text()[-3000:]}")
            time.sleep(0.05)

    def pid(self, name: str) -> int:
        """Process id of a process of the table."""
        return int(self.status()[name]["pid"])

    def stop(self, number: int = signal.SIGINT) -> int:
        """Ctrl-C; returns the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
            raise


def ready(drive: Drive) -> bool:
    """Whether every process of the table is ready and the partner apps run."""
    if drive.process.poll() is not None:
        pytest.fail(f"ivi run ended with {drive.process.returncode}\n{drive.output.read_text()[-3000:]}")
    if not (drive.run_dir / "manager.sock").exists():
        return False
    status = drive.status()
    return bool(status) and all(row["state"] == "ready" for row in status.values())


def spoken(drive: Drive) -> bool:
    """Whether the demo's own sentence is over, which would set the temperature in the middle of a test."""
    output = drive.output.read_text()
    return any(end in output for end in SPEECH_ENDS)


@pytest.fixture(scope="module")
def drive() -> Iterator[Drive]:
    """A drive that the tests of one module share."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    folder = Path(tempfile.mkdtemp(prefix="ivi-e2e-"))
    running = Drive(folder, "--grant-all", "--app", str(ROOT / "tests" / "end2end" / "apps" / "curious"))
    try:
        running.until("all processes ready", lambda: ready(running), READY_LIMIT)
        running.until("the demo's sentence is over", lambda: spoken(running), SPEECH_LIMIT)
        yield running
    finally:
        running.stop(signal.SIGTERM)
        shutil.rmtree(folder, ignore_errors=True)
