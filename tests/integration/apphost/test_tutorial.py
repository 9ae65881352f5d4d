# SPDX-License-Identifier: Apache-2.0
"""docs/tutorial.md as a newcomer does it: every command, in order, and what it prints beside what the page shows."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "tutorial.md"
ANY = "…"
STEP_LIMIT = 280  # seconds; the check runs 24 trials
QUARTER_OF_AN_HOUR = 900  # seconds that the page promises, reading included


def steps() -> list[tuple[str, list[str]]]:
    """Commands of the page with the lines that it shows for each."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"^```console\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def matches(printed: list[str], shown: list[str]) -> bool:
    """Whether the lines are those of the page; a line of only … stands for any number of lines."""
    if not shown:
        return not printed
    if shown[0] == ANY:
        return any(matches(printed[skip:], shown[1:]) for skip in range(len(printed) + 1))
    pattern = ".*".join(re.escape(part) for part in shown[0].split(ANY))
    return bool(printed) and re.fullmatch(pattern, printed[0]) is not None and matches(printed[1:], shown[1:])


@pytest.fixture
def home() -> Iterator[Path]:
    """An empty home, with a short path for the sockets, and `ivi` on its PATH."""
    folder = Path(tempfile.mkdtemp(prefix="ivi-"))
    program = folder / "bin" / "ivi"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ivi "$@"\n')
    program.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_the_comparison_can_fail() -> None:
    assert matches(["a", "b", "c"], ["a", ANY, "c"])
    assert matches(["it took 3 s"], [f"it took {ANY} s"])
    assert not matches(["a", "b"], ["a"])
    assert not matches(["a"], ["a", "b"])
    assert not matches(["it took 3 s"], ["it took 4 s"])


@pytest.mark.timeout(QUARTER_OF_AN_HOUR)
@pytest.mark.usefixtures("sandbox")
def test_a_newcomer_gets_from_nothing_to_an_installed_signed_app(home: Path) -> None:
    environment = {
        "HOME": str(home),
        "IVI_RUNTIME_DIR": str(home / "run"),
        "IVI_STATE_DIR": str(home / "state"),
        "LANG": "C.UTF-8",
        "PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "XDG_CACHE_HOME": str(home / "cache"),
    }
    found = steps()
    assert len(found) > 12
    for command, shown in found:
        done = subprocess.run(
            ["bash", "-c", command], cwd=home, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, timeout=STEP_LIMIT, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"$ {command}\n{done.stdout}\n{done.stderr}"
        assert matches(done.stdout.splitlines(), shown), f"$ {command}\n{done.stdout}\n{done.stderr}"
    assert (home / "state" / "apps" / "installed" / "com.example.climate@0.1.0").is_dir()
