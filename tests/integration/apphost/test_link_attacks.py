# SPDX-License-Identifier: Apache-2.0
"""All attacks on the link at once, beside an innocent app; one by one with latencies they are a benchmark."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_the_host_and_an_innocent_app_outlive_all_attacks_at_once(sandbox: list[str]) -> None:
    # The latency is left to the benchmark: here the machine may be doing anything.
    result = subprocess.run(
        [sys.executable, "tests/performance/bench_apps_link.py", "--together", "--worst-ms", "20000"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=110, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert "all at once" in result.stderr
    assert json.loads(result.stdout)["apps_link_attacks_uncontained"]["value"] == 0, result.stderr
