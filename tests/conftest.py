# SPDX-License-Identifier: Apache-2.0
"""Fixtures for all tests: folders of a run, and the shared data that a checkout may lack."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests" / "performance"))  # what tests and benchmarks share

from postgres_server import PostgresServer, running, why_not  # noqa: E402  # it lies there

SHARED = ROOT.parent / "shared"


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes by their length: a name is the same in every process, also when they are random, as signatures are."""
    return f"{len(val)}-bytes" if isinstance(val, bytes) else None


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


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A running server."""
    if why := why_not():
        pytest.skip(why)
    with running() as server:
        yield server


@pytest.fixture
def postgres(postgres_server: PostgresServer) -> str:
    """The address of an empty PostgreSQL database; skips when PostgreSQL is not installed."""
    return postgres_server.database()


@pytest.fixture(params=["sqlite", "postgresql"])
def fleet_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database for the fleet, of each kind in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "fleet.db")
    address: str = request.getfixturevalue("postgres")
    return address
