# SPDX-License-Identifier: Apache-2.0
"""Ten minutes of coverage-guided fuzzing: nothing that reads foreign bytes crashes, hangs or grows."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECONDS = int(os.environ.get("IVI_FUZZ_SECONDS", "86"))  # each of seven targets: ten minutes
ONE_INPUT = 10  # seconds after which an input counts as a hang
MEMORY_MB = 1024
VIN = b"\x08\x10\x14\x62\xf1\x90AAA\x08\x21BBBBBBB\x08\x22CCCCCCC"  # an answer of three frames
CODES = b"\x08\x10\x0b\x59\x02\xff\x0a\x7f\x00\x08\x21\x09\x1a\x2b\x00\x08\xaa\xaa"
PENDING = b"\x05\x03\x7f\x22\x78\xaa" * 3 + b"\x08\x04\x62\xf1\x90\x01\xaa\xaa\xaa"
SEEDS: dict[str, list[Path | bytes]] = {
    "dbc": [ROOT / "can_dbc" / "ivi_ev" / "ivi_ev.dbc"],
    "overlay": [ROOT / "can_dbc" / "ivi_ev" / "ivi_ev.vspec"],
    "frames": [],
    "link": [],
    "isotp": [b"\x00" + VIN, b"\x02" + CODES, b"\x00" + PENDING, b"\x07\x03\x30\x00\x00\x00\x03\x6e\x01\x01"],
    "ecu": [b"\x05\x01\x03\x22\xf1\x90\x05\x01\x30\x00\x00\x00", b"\x05\x00\x03\x19\x02\xff" * 4],
    "obd": [b"\x98\x3b\x80\x13", b"\x02\x01\x43\x01\x96"],
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
    for number, seed in enumerate(SEEDS[target]):
        content = seed if isinstance(seed, bytes) else seed.read_bytes()[:SMALL]
        (corpus / str(number)).write_bytes(content)
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
