# SPDX-License-Identifier: Apache-2.0
"""Whenever the power goes and wherever the disk is full during an update, one of the two versions runs."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = Path(__file__).with_name("interrupted_install.py")
TIMEOUT = 110  # seconds
MOUNTER = ("unshare", "--user", "--map-root-user", "--mount")


def tried(folder: Path, mode: str, *wrapper: str) -> dict[str, int]:
    """Run one mode; its own words when something was not as it has to be."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [*wrapper, sys.executable, str(PROGRAM), str(folder), mode]
    result = subprocess.run(
        command, capture_output=True, text=True, timeout=TIMEOUT, env=environment, cwd=ROOT, check=False
    )
    assert result.returncode == 0, result.stderr
    counts: dict[str, int] = json.loads(result.stdout)
    return counts


def test_killed_at_each_step(tmp_path: Path) -> None:
    counts = tried(tmp_path, "kill")
    assert counts["tries"] > 40
    assert counts["old"] > 30  # before the switch
    assert counts["new"] > 1  # after it, while the old leftovers are swept


def test_killed_at_any_moment(tmp_path: Path) -> None:
    assert tried(tmp_path, "random")["old"] > 5


def test_a_full_disk_at_each_page(tmp_path: Path) -> None:
    if shutil.which("unshare") is None:
        pytest.skip("unshare is not installed")
    probe = subprocess.run(
        [*MOUNTER, "mount", "-t", "tmpfs", "none", str(tmp_path)], capture_output=True, timeout=20, check=False
    )
    if probe.returncode:
        pytest.skip("an ordinary user cannot mount here")
    counts = tried(tmp_path, "disk", *MOUNTER)
    assert counts["old"] > 5
    assert counts["new"] == 1


def test_a_full_disk_at_each_length_of_file(tmp_path: Path) -> None:
    counts = tried(tmp_path, "filesize")
    assert counts["old"] > 5
    assert counts["new"] == 1
