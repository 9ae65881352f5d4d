# SPDX-License-Identifier: Apache-2.0
"""`ivi app check` on an app that does most things wrong: each is found, in its trial, at its line."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
CLUMSY = Path(__file__).parent / "apps" / "clumsy"
LIMIT = 280  # seconds for 24 trials on a loaded machine


def check(folder: Path, *words: str) -> tuple[int, str]:
    """Status and output of the command."""
    done = subprocess.run(
        [sys.executable, "-m", "ivi", "app", "check", str(folder), *words],
        cwd=ROOT, env=dict(os.environ, PYTHONPATH=str(ROOT)), stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=LIMIT, check=False,
    )  # fmt: skip
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


def line_of(text: str) -> int:
    lines = (CLUMSY / "app.py").read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


@pytest.mark.timeout(LIMIT + 20)
@pytest.mark.usefixtures("sandbox")
def test_every_mistake_of_a_clumsy_app_is_found() -> None:
    status, output = check(CLUMSY, "--json", "--learn")
    report: dict[str, Any] = json.loads(output)
    assert status == 1
    findings = {(one["file"], one["line"], one["what"].partition(":")[0]): one for one in report["findings"]}

    full = findings["app.py", line_of("self.storage["), "it crashed"]
    assert "disk is full" in full["what"]
    assert {"parked, storage full", "moving, storage full"} <= set(full["seen"])
    crashed = findings["app.py", line_of("float(values"), "it crashed"]
    assert any(seen.endswith("hostile input") for seen in crashed["seen"])
    refused = next(one for one in report["findings"] if one["what"].startswith("it was refused: Vehicle.Speed"))
    assert 'paths = ["Vehicle.Speed"]' in refused["fix"]
    said = {one["what"] for one in report["findings"]}
    assert "it asks for location and never used it" in said
    assert "it asks for Vehicle.TripDuration and never used it" in said
    assert "it asks for pane and never used it" in said
    assert "the app has no tests" in said

    assert report["grade"]["letter"] == "F"
    assert any("takes a glance of" in text for text in said)
    assert len(report["cells"]) == 24
    assert 'paths = ["Vehicle.Powertrain.TractionBattery.Range"]' in report["least"]
    assert "location" not in report["least"]


def test_files_alone_are_read_in_a_moment() -> None:
    status, output = check(CLUMSY, "--static")
    assert status == 0
    assert output.splitlines()[0] == "dev.test.clumsy"
    assert "the app has no tests" in output


def test_what_cannot_run_is_said_and_not_run(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text((CLUMSY / "manifest.toml").read_text().replace("max_hz", "max_herz"))
    status, output = check(tmp_path)
    assert status == 1
    assert output.splitlines()[0] == "This app cannot run"
    assert "error  manifest.toml:12: " in output
