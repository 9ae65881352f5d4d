# SPDX-License-Identifier: Apache-2.0
"""Fixtures for all tests: folders of a run, and the shared data that a checkout may lack."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real logs, DBCs and the VSS catalogue."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not on this machine")
    return folder


@pytest.fixture
def run_dir(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A runtime folder with a short path (a Unix socket's path has at most 107 bytes) and a state folder beside it."""
    folder = Path(tempfile.mkdtemp(prefix="ivi-"))
    monkeypatch.setenv("IVI_RUNTIME_DIR", str(folder / "run"))
    monkeypatch.setenv("IVI_STATE_DIR", str(folder / "state"))
    (folder / "run").mkdir(mode=0o700)
    (folder / "state").mkdir(mode=0o700)
    yield folder / "run"
    shutil.rmtree(folder, ignore_errors=True)
