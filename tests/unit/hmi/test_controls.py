# SPDX-License-Identifier: Apache-2.0
"""The controls by QtQuickTest, in a process of its own, because it ends the process that runs it."""

import os
import subprocess
import sys
from pathlib import Path

import ivi

ROOT = Path(ivi.__file__).parent.parent
RUN = """
import sys
import ivi.hmi.models
from PySide6.QtQuickTest import QUICK_TEST_MAIN
sys.exit(QUICK_TEST_MAIN("controls", sys.argv))
"""


def test_the_controls_pass_their_own_tests() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
    command = [sys.executable, "-c", RUN, "-input", "tests/qml", "-import", "qml"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 failed" in done.stdout
    assert "QWARN" not in done.stdout
    assert int(done.stdout.rpartition("Totals: ")[2].partition(" passed")[0]) >= 21
