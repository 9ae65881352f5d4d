# SPDX-License-Identifier: Apache-2.0
"""Half an hour of driving: memory stays flat, nothing is dropped, nothing is lost, nothing restarts."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECONDS = int(os.environ.get("IVI_SOAK_SECONDS", "1800"))
WARM_UP = min(300, SECONDS // 3)  # seconds until caches are full and every page was drawn once
SAMPLE = 10.0  # seconds
GROWTH = 1.02
CORE = ("databroker", "services", "apphost", "cloud", "voice", "hmi")


@pytest.mark.long
@pytest.mark.timeout(SECONDS + 300)
def test_half_an_hour_of_driving_leaves_memory_flat(run_dir: Path, tmp_path: Path) -> None:
    summary = tmp_path / "summary.json"
    ivi = [sys.executable, "-m", "ivi"]
    run = subprocess.Popen(
        [*ivi, "run", "--demo", "--headless", "--for", str(SECONDS), "--summary", str(summary)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    started = time.monotonic()
    samples: dict[str, list[float]] = {name: [] for name in CORE}
    try:
        while time.monotonic() - started < SECONDS - SAMPLE and run.poll() is None:
            time.sleep(SAMPLE)
            if time.monotonic() - started > WARM_UP:
                done = subprocess.run([*ivi, "status", "--json"], cwd=ROOT, capture_output=True, text=True, check=False)
                for name in CORE:
                    samples[name].append(json.loads(done.stdout)[name]["rss_mb"])
        assert run.wait(120) == 0
    finally:
        if run.poll() is None:
            run.terminate()
            run.wait(60)
    result = json.loads(summary.read_text())
    assert (result["frames_dropped"], result["frames_unknown"], result["mqtt"]["lost"]) == (0, 0, 0)
    assert {row["restarts"] for row in result["processes"].values()} == {0}
    tenth = max(1, len(samples["hmi"]) // 10)
    grown = {
        name: round(sum(values[-tenth:]) / sum(values[:tenth]), 4)
        for name, values in samples.items()
        if len(values) >= 2
    }
    assert set(grown) == set(CORE)
    assert all(ratio <= GROWTH for ratio in grown.values()), grown
