# SPDX-License-Identifier: Apache-2.0
"""Whenever the power goes and wherever the disk is full during an update, one of the two sets is installed, whole."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = Path(__file__).with_name("interrupted_update.py")
TIMEOUT = 110  # seconds


@pytest.mark.parametrize(
    ("mode", "old", "new"), [("install", 30, 4), ("takeback", 8, 1), ("fetch", 5, 1), ("filesize", 3, 1)]
)
def test_one_of_the_two_sets_is_whole(tmp_path: Path, mode: str, old: int, new: int) -> None:
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests' / 'performance'}"}
    result = subprocess.run(
        [sys.executable, str(PROGRAM), str(tmp_path), mode],
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        env=environment,
        cwd=ROOT,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    counts = json.loads(result.stdout)
    assert counts["old"] >= old, counts
    assert counts["new"] >= new, counts
