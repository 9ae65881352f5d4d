# SPDX-License-Identifier: Apache-2.0
"""Ten minutes of coverage-guided fuzzing: nothing that reads foreign bytes crashes, hangs or grows."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECONDS = int(os.environ.get("IVI_FUZZ_SECONDS", "150"))  # each of four targets: ten minutes
ONE_INPUT = 10  # seconds after which an input counts as a hang
MEMORY_MB = 1024
SEEDS = {
    "dbc": [ROOT / "can_dbc" / "ivi_ev" / "ivi_ev.dbc"],
    "overlay": [ROOT / "can_dbc" / "ivi_ev" / "ivi_ev.vspec"],
    "frames": [],
    "link": [],
}
SMALL = 6000  # bytes of a seed file; longer ones keep the fuzzer from trying much


@pytest.mark.long
@pytest.mark.timeout(SECONDS * 3 + 120)
@pytest.mark.parametrize("target", SEEDS)
def test_no_input_breaks_a_reader(target: str, tmp_path: Path) -> None:
    if importlib.util.find_spec("atheris") is None:
        pytest.skip("atheris is not installed (it has wheels for x86-64 only)")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for file in SEEDS[target]:
        (corpus / file.name).write_bytes(file.read_bytes()[:SMALL])
    options = [
        f"-max_total_time={SECONDS}",
        f"-timeout={ONE_INPUT}",
        f"-rss_limit_mb={MEMORY_MB}",
        "-print_final_stats=1",
    ]
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "long" / "fuzz_target.py"), target, str(corpus), *options],
        cwd=tmp_path,
        env=dict(os.environ, PYTHONPATH=str(ROOT)),
        capture_output=True,
        text=True,
        timeout=SECONDS * 3 + 60,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-6000:]
    assert "number_of_executed_units" in done.stderr
