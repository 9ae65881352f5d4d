# SPDX-License-Identifier: Apache-2.0
"""The systemd files say what systemd understands. They are read, not started: no systemd runs here."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SYSTEMD = Path(__file__).parents[3] / "systemd"
UNITS = sorted(path.name for path in SYSTEMD.glob("ivi*.*") if path.is_file())
SERVICES = [name for name in UNITS if name.endswith(".service")]

# Most exposed that systemd-analyze security (0 sealed, 10 open) may find a unit, in tenths; it may only fall.
EXPOSURE = {"ivi-apphost.service": 28, "ivi-cloud.service": 16}
EXPOSURE_OTHERS = 15

needs_systemd_analyze = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed (Debian package systemd)"
)


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """A copy of the systemd folder whose services start a program that exists on this machine."""
    folder = tmp_path / "units"
    shutil.copytree(SYSTEMD, folder)
    for service in folder.glob("*.service"):
        text = service.read_text()
        assert "ExecStart=/opt/ivi/.venv/bin/python " in text
        service.write_text(text.replace("/opt/ivi/.venv/bin/python", str(Path(sys.executable).resolve())))
    return folder


def analyze(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run systemd-analyze with the folder before the machine's own units."""
    environment = os.environ | {"SYSTEMD_UNIT_PATH": f"{folder}:", "LC_ALL": "C.UTF-8", "SYSTEMD_PAGER": ""}
    return subprocess.run(
        ["systemd-analyze", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def verify(folder: Path) -> subprocess.CompletedProcess[str]:
    """Let systemd read all units with their drop-ins; what it says of other people's units does not count."""
    return analyze(folder, "verify", "--man=no", "--recursive-errors=no", *(f"./{name}" for name in UNITS))


@needs_systemd_analyze
def test_units_are_understood(units: Path) -> None:
    result = verify(units)
    assert result.returncode == 0, result.stderr
    assert "ivi" not in result.stderr


@needs_systemd_analyze
@pytest.mark.parametrize(
    ("name", "old", "new", "complaint"),
    [
        ("ivi-hmi.service", "WatchdogSec=10", "WatchdogSeconds=10", "'WatchdogSeconds'"),
        ("ivi-hmi.service", "Type=notify", "Type=notified", "notified"),
        ("ivi-.service.d/10-common.conf", "ProtectSystem=strict", "ProtectSystem=very", "very"),
        ("ivi-apphost.service.d/20-sandboxes.conf", "ProtectProc=", "ProtectProcs=", "'ProtectProcs'"),
    ],
)
def test_a_mistake_is_noticed(units: Path, name: str, old: str, new: str, complaint: str) -> None:
    """The check above can fail, in a drop-in too."""
    path = units / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    assert complaint in verify(units).stderr


@needs_systemd_analyze
@pytest.mark.parametrize("name", SERVICES)
def test_services_stay_sealed(units: Path, name: str) -> None:
    threshold = EXPOSURE.get(name, EXPOSURE_OTHERS)
    result = analyze(units, "security", "--offline=true", "--no-pager", f"--threshold={threshold}", f"./{name}")
    assert result.returncode == 0, result.stdout[-400:] + result.stderr


def test_target_wants_every_service() -> None:
    text = (SYSTEMD / "ivi.target").read_text()
    wanted = next(line for line in text.splitlines() if line.startswith("Wants=")).removeprefix("Wants=").split()
    assert sorted(wanted) == SERVICES


@pytest.mark.skipif(shutil.which("systemd-sysusers") is None, reason="systemd-sysusers is not installed")
@pytest.mark.parametrize(("kind", "understood"), [("u", True), ("user", False)])
def test_account_is_understood(tmp_path: Path, kind: str, understood: bool) -> None:
    text = (SYSTEMD / "sysusers.d" / "ivi.conf").read_text()
    assert "\nu ivi " in text
    path = tmp_path / "ivi.conf"
    path.write_text(text.replace("\nu ivi ", f"\n{kind} ivi "))
    command = ["systemd-sysusers", "--dry-run", str(path)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (result.returncode == 0) is understood, result.stderr
