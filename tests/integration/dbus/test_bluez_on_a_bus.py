# SPDX-License-Identifier: Apache-2.0
"""The adapter over a real D-Bus: a private bus of this test's own, never the system's.

pydbus needs PyGObject, which many environments have only in the distribution's own Python: that one may run the
adapter, too (IVI_DBUS_PYTHON names another).
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FAKE = Path(__file__).parent / "fake_bluez.py"
DEADLINE = 30  # seconds
READ = (
    "import json; from ivi.dbus.bluez import read_bluetooth; b = read_bluetooth();"
    "print(json.dumps([b.adapter, b.powered, b.devices]))"
)


def python_with_pydbus() -> str:
    """A Python that can speak D-Bus; skips when there is none."""
    for python in (sys.executable, os.environ.get("IVI_DBUS_PYTHON"), shutil.which("python3", path="/usr/bin")):
        if python and subprocess.run([python, "-c", "import pydbus"], capture_output=True, check=False).returncode == 0:
            return python
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


def read(python: str, bus: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    command = [python, "-c", READ]
    return subprocess.run(command, env=bus, cwd=ROOT, capture_output=True, text=True, timeout=DEADLINE, check=False)


def test_adapter_phones_and_battery_are_read(bus: dict[str, str]) -> None:
    python = python_with_pydbus()
    service = subprocess.Popen([python, str(FAKE)], env=bus, stdout=subprocess.PIPE)
    try:
        assert service.stdout is not None
        assert service.stdout.readline() == b"ready\n"
        answer = read(python, bus)
        assert answer.returncode == 0, answer.stderr
        devices = [
            ["Mira's phone", True, True, 64],
            ["Old phone", True, False, None],
            ["Headset", False, False, None],
        ]
        assert json.loads(answer.stdout) == ["Our car", True, devices]
    finally:
        service.terminate()
        service.communicate(timeout=DEADLINE)


def test_without_bluez_on_the_bus_it_says_so(bus: dict[str, str]) -> None:
    answer = read(python_with_pydbus(), bus)
    assert "UnavailableError: Bluetooth does not answer" in answer.stderr


def test_without_a_bus_it_says_so(bus: dict[str, str]) -> None:
    answer = read(python_with_pydbus(), {**bus, "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nonexistent/bus"})
    assert "UnavailableError: Bluetooth does not answer" in answer.stderr
