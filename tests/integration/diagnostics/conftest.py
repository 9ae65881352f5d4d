# SPDX-License-Identifier: Apache-2.0
"""A real bus server and real ECUs as processes, and a tester in the test's own."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
STOP_DEADLINE = 10  # s

type Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def runtime(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own runtime folder with a short name: socket paths hold 107 bytes."""
    folder = tmp_path_factory.mktemp("rt")
    monkeypatch.setenv("IVI_RUNTIME_DIR", str(folder))
    return folder


@pytest.fixture
def start(runtime: Path) -> Iterator[Start]:
    """Start ``python -m ARGS`` and wait for its line with "ready"; every process is stopped in the end."""
    started: list[subprocess.Popen[str]] = []

    def run(*args: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", *args],
            env={**os.environ, "PYTHONPATH": str(ROOT), "IVI_RUNTIME_DIR": str(runtime)},
            cwd=runtime,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        assert " ready on " in process.stdout.readline()
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
def ivi(runtime: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run ``ivi ARGS`` to its end."""

    def run(*args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "ivi", *args],
            env={**os.environ, "PYTHONPATH": str(ROOT), "IVI_RUNTIME_DIR": str(runtime)},
            cwd=runtime,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run
