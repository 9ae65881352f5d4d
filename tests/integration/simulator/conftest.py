# SPDX-License-Identifier: Apache-2.0
"""Real bus servers and cars as processes, in a runtime folder of the test's own."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from simulator.bus import IviBus

ROOT = Path(__file__).resolve().parents[3]
STOP_DEADLINE = 10  # s

type Start = Callable[..., subprocess.Popen[str]]
type Join = Callable[..., IviBus]


@pytest.fixture
def runtime(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own runtime folder with a short name: socket paths hold 107 bytes."""
    folder = tmp_path_factory.mktemp("rt")
    monkeypatch.setenv("IVI_RUNTIME_DIR", str(folder))
    return folder


@pytest.fixture
def start(runtime: Path) -> Iterator[Start]:
    """Start ``python ARGS``; every process is stopped in the end."""
    started: list[subprocess.Popen[str]] = []

    def run(*args: str, **environment: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, *args],
            env={**os.environ, "PYTHONPATH": str(ROOT), "IVI_RUNTIME_DIR": str(runtime), **environment},
            cwd=runtime,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

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

    def run(channel: str = "can0", *options: str, **environment: str) -> subprocess.Popen[str]:
        process = start("-m", "simulator.bus", channel, *options, **environment)
        assert process.stdout is not None
        assert " ready on " in process.stdout.readline()
        return process

    return run


@pytest.fixture
def join(runtime: Path) -> Iterator[Join]:
    """Join a bus; every client leaves in the end."""
    with ExitStack() as stack:

        def connect(channel: str = "can0", **options: object) -> IviBus:
            bus = IviBus(channel, **options)  # type: ignore[arg-type]  # options of the test
            stack.callback(bus.shutdown)
            return bus

        yield connect
