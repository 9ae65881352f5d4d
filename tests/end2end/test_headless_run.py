# SPDX-License-Identifier: Apache-2.0
"""`ivi run --demo --headless --for 30` keeps the first drive's budgets, and says so in its summary."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEAST_FRAMES = 20_000
FIRST_FRAME_MS = 1500
PEAK_MB = 600


@pytest.mark.timeout(200)
def test_thirty_seconds_keep_the_budgets(run_dir: Path, tmp_path: Path) -> None:
    missing = [name for name in ("bwrap", "espeak-ng") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    summary, picture = tmp_path / "summary.json", tmp_path / "screen.png"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "ivi", "run", "--demo", "--headless", "--for", "30"),
            *("--summary", str(summary), "--screenshot", str(picture)),
        ],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads(summary.read_text())
    assert result["frames_received"] >= LEAST_FRAMES
    assert (result["frames_dropped"], result["frames_unknown"]) == (0, 0)
    assert result["hmi"]["first_frame_ms"] <= FIRST_FRAME_MS
    assert result["hmi"]["frames"] > 30
    assert result["apps"] == {"dev.ivi.media": "running"}
    assert result["mqtt"]["lost"] == 0
    assert result["mqtt"]["acknowledged"] > 10
    assert result["voice"]["ok"] is True
    assert result["voice"]["sentence"] == "set the temperature to twenty one degrees"
    assert result["peak_rss_mb"] < PEAK_MB
    assert {row["restarts"] for row in result["processes"].values()} == {0}
    assert picture.read_bytes().startswith(b"\x89PNG")
