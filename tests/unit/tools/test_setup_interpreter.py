# SPDX-License-Identifier: Apache-2.0
"""tools/setup.sh finds an interpreter that works, wherever it lies, and says what to install when there is none."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
THIS_PYTHON = os.path.realpath(sys.executable)
TOOLS = ("awk", "bash", "cat", "cut", "dirname", "grep", "id", "ls", "sed", "sort", "tail", "timeout", "tr")

SHIM = "#!/bin/sh\necho 'pyenv: python3: command not found' >&2\nexit 127\n"
OLD = "#!/bin/sh\nexit 3\n"
LACKS_SSL = "#!/bin/sh\necho \"ModuleNotFoundError: No module named '_ssl'\" >&2\nexit 1\n"
WORKS = f'#!/bin/sh\nexec {THIS_PYTHON} "$@"\n'


class Machine:
    """A PATH, a home and a pyenv folder of our own, with interpreters that behave as told."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.home = folder / "a home"
        self.environment = {"PATH": str(self.bin), "HOME": str(self.home)}
        self.bin.mkdir()
        for name in TOOLS:
            (self.bin / name).symlink_to(next(p for p in (Path("/usr/bin") / name, Path("/bin") / name) if p.exists()))

    def add(self, path: Path, script: str) -> Path:
        """Put an interpreter at a path."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(script)
        path.chmod(0o755)
        return path

    def add_link(self, path: Path) -> Path:
        """Put the interpreter that runs this test at a path."""
        return self.add(path, WORKS)

    def which(self, **environment: str) -> subprocess.CompletedProcess[str]:
        """Ask the script which interpreter it would take."""
        return subprocess.run(
            ["/bin/bash", str(ROOT / "tools/setup.sh"), "--which-python"],
            env=self.environment | environment, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine without any Python."""
    return Machine(tmp_path)


def test_takes_the_one_on_path(machine: Machine) -> None:
    machine.add_link(machine.bin / "python3")
    assert machine.which().stdout.strip() == THIS_PYTHON


def test_skips_shims_and_looks_into_pyenv(machine: Machine) -> None:
    machine.add(machine.bin / "python3.13", SHIM)
    machine.add(machine.bin / "python3", OLD)
    machine.add(machine.home / ".pyenv/versions/3.13.9/bin/python3", LACKS_SSL)
    machine.add_link(machine.home / ".pyenv/versions/3.12.1/bin/python3")
    assert machine.which().stdout.strip() == THIS_PYTHON


@pytest.mark.parametrize("place", ["PYENV_ROOT", "shims"])
def test_finds_pyenv_without_a_home(machine: Machine, tmp_path: Path, place: str) -> None:
    pyenv = tmp_path / "opt pyenv"
    machine.add_link(pyenv / "versions/3.13.0/bin/python3")
    del machine.environment["HOME"]
    if place == "shims":
        machine.add(pyenv / "shims/python3", SHIM)
        result = machine.which(PATH=f"{pyenv}/shims:{machine.bin}")
    else:
        result = machine.which(PYENV_ROOT=str(pyenv))
    assert result.stdout.strip() == THIS_PYTHON


def test_newest_of_the_locked_versions_first(machine: Machine) -> None:
    for version in ("3.11.7", "3.12.9", "3.13.2", "3.13.10", "3.14.0"):
        machine.add(machine.home / f".pyenv/versions/{version}/bin/python3", f"#!/bin/sh\necho {version}\n")
    assert machine.which().stdout.strip() == "3.13.10"


def test_says_what_to_install(machine: Machine) -> None:
    machine.add(machine.bin / "python3", OLD)
    result = machine.which()
    assert result.returncode == 1
    assert result.stdout == ""
    assert "no Python 3.12 or newer" in result.stderr
    assert "apt-get install python3 python3-venv" in result.stderr
    assert "pyenv install 3.13" in result.stderr


def test_says_why_a_new_one_was_not_taken(machine: Machine) -> None:
    path = machine.add(machine.home / ".pyenv/versions/3.13.0/bin/python3", LACKS_SSL)
    result = machine.which()
    assert result.returncode == 1
    assert f"not taken: {path}: ModuleNotFoundError: No module named '_ssl'" in result.stderr


def test_the_named_one_or_none(machine: Machine) -> None:
    machine.add_link(machine.bin / "python3")
    named = machine.add(machine.home / "mine", LACKS_SSL)
    assert machine.which(IVI_PYTHON=str(machine.bin / "python3")).stdout.strip() == THIS_PYTHON
    result = machine.which(IVI_PYTHON=str(named))
    assert result.returncode == 1
    assert f"IVI_PYTHON={named}" in result.stderr
