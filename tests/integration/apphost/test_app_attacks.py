# SPDX-License-Identifier: Apache-2.0
"""The attack suite here: with all layers only what docs/security.md names succeeds, without any nearly all."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ivi.apphost.sandbox.box import Layer

ROOT = Path(__file__).parents[3]
PROGRAM = "tests/performance/app_attacks.py"
STOPPED_BY_NOTHING = {"fine_timers", "build_prefix"}
LEAST_TRIED = 200
LEAST_UNCONFINED = 100  # of those that succeed without a sandbox; less means that the attacks do not work


def attacks(column: str) -> dict[str, tuple[bool, str]]:
    """What the attacks of one column came to."""
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin:/usr/sbin:/sbin"}
    done = subprocess.run(
        [sys.executable, PROGRAM, "--user", column],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=280, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {key: (succeeded, text) for key, (succeeded, text) in json.loads(done.stdout).items()}


def test_only_what_is_named_gets_out_of_the_full_sandbox(sandbox: list[str]) -> None:
    missing = {Layer.SECCOMP, Layer.RLIMITS, Layer.SCRATCH, Layer.MDWE} - set(sandbox)
    if missing:
        pytest.skip(f"this machine lacks {', '.join(missing)}")
    found = attacks("all")
    assert len(found) > LEAST_TRIED
    assert {key: text for key, (succeeded, text) in found.items() if succeeded and key not in STOPPED_BY_NOTHING} == {}


def test_the_same_attacks_succeed_without_a_sandbox() -> None:
    found = attacks("none")
    assert sum(succeeded for succeeded, _ in found.values()) > LEAST_UNCONFINED
    for key in (
        "secret_by_path",
        "host_file",
        "program_in_tmp",
        "writable_and_executable",
        "tcp_to_host",
        "files_in_tmp",
    ):
        assert found[key][0], f"{key}: {found[key][1]}"
