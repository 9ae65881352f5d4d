# SPDX-License-Identifier: Apache-2.0
"""Calls over a real D-Bus: read, answered and ended; a private bus of this test's own, never the system's."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FAKE = Path(__file__).parent / "fake_ofono.py"
DEADLINE = 30  # seconds
READ = "import json; from ivi.dbus.ofono import read_calls; print(json.dumps(read_calls()))"
STEER = "from ivi.dbus import ofono; path = ofono.read_calls()[0].path; ofono.answer(path); ofono.hang_up(path)"


@pytest.fixture
def python() -> str:
    """A Python that can speak D-Bus; skips when there is none."""
    for one in (sys.executable, os.environ.get("IVI_DBUS_PYTHON"), shutil.which("python3", path="/usr/bin")):
        if one and subprocess.run([one, "-c", "import pydbus"], capture_output=True, check=False).returncode == 0:
            return one
    pytest.skip("no Python here has pydbus (python3-pydbus, or ivi[dbus])")


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a private bus."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is not installed")
    address = f"unix:path={tmp_path / 'bus'}"
    command = ["dbus-daemon", "--session", "--nofork", f"--address={address}", "--print-address=1"]
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert daemon.stdout is not None
        assert daemon.stdout.readline().startswith(b"unix:"), "the bus did not start"
        yield {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": address, "PYTHONPATH": str(ROOT)}
    finally:
        daemon.terminate()
        daemon.communicate(timeout=DEADLINE)


def run(python: str, bus: dict[str, str], code: str) -> "subprocess.CompletedProcess[str]":
    command = [python, "-c", code]
    return subprocess.run(command, env=bus, cwd=ROOT, capture_output=True, text=True, timeout=DEADLINE, check=False)


def test_a_call_is_read_taken_and_ended(bus: dict[str, str], python: str) -> None:
    service = subprocess.Popen([python, str(FAKE)], env=bus, stdout=subprocess.PIPE)
    try:
        assert service.stdout is not None
        assert service.stdout.readline() == b"ready\n"
        answer = run(python, bus, READ)
        assert answer.returncode == 0, answer.stderr
        assert json.loads(answer.stdout) == [["/hfp/phone/voicecall01", "Anna", "+497115550", "incoming"]]
        steered = run(python, bus, STEER)
        assert steered.returncode == 0, steered.stderr
        assert [service.stdout.readline(), service.stdout.readline()] == [b"answered\n", b"ended\n"]
    finally:
        service.terminate()
        service.communicate(timeout=DEADLINE)


def test_without_ofono_it_says_so(bus: dict[str, str], python: str) -> None:
    answer = run(python, bus, READ)
    assert "UnavailableError" in answer.stderr
    assert "oFono" in answer.stderr
