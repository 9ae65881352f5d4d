# SPDX-License-Identifier: Apache-2.0
"""Fixtures of the checks that run in the guest: virtual CAN interfaces and other people's CAN tools."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.target.machine import ROOT, command, ip

STOP_DEADLINE = 20.0  # s


@pytest.fixture(autouse=True, scope="session")
def guest() -> Path:
    """The folder for results; these checks change the machine that they run on."""
    if "IVI_TARGET_OUT" not in os.environ:
        pytest.skip("runs only in the guest of make test-target")
    return Path(os.environ["IVI_TARGET_OUT"])


@pytest.fixture(scope="module")
def vcan() -> Iterator[Callable[..., str]]:
    """Make a virtual interface that is up: name and mtu (72 for CAN FD); all are gone in the end."""
    made: list[str] = []

    def run(name: str, mtu: int = 72) -> str:
        ip("link", "add", "dev", name, "mtu", str(mtu), "type", "vcan")
        made.append(name)
        ip("link", "set", name, "up")
        return name

    yield run
    for name in made:
        command("ip", "link", "del", name, check=False)  # a test may have taken it away


@pytest.fixture(scope="module")
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start a program; every one is stopped in the end."""
    started: list[subprocess.Popen[str]] = []

    def run(*command: str, environment: dict[str, str] | None = None) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | (environment or {}), stdout=subprocess.PIPE, text=True
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
