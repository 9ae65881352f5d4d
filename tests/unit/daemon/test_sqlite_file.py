# SPDX-License-Identifier: Apache-2.0
"""A file of durable state: how it is opened, who may read it, and what is said of one that cannot be used."""

import os
import resource
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import pytest

from ivi.daemon import sqlite_file
from ivi.model.errors import ConfigurationError

SCHEMA = "CREATE TABLE IF NOT EXISTS thing (name TEXT PRIMARY KEY) STRICT;"


@pytest.fixture(autouse=True)
def open_to_all() -> Iterator[None]:
    """The loosest umask, so that the rights which a file has are those that it was given."""
    before = os.umask(0)
    yield
    os.umask(before)


def rights(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_new_file_keeps_what_is_written(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "things.db"
    db = sqlite_file.connect(path, SCHEMA)
    db.execute("INSERT INTO thing VALUES ('a')")
    db.execute("BEGIN")
    db.execute("INSERT INTO thing VALUES ('b')")
    db.close()  # without COMMIT
    again = sqlite_file.connect(path, SCHEMA)
    assert again.execute("SELECT name FROM thing").fetchall() == [("a",)]
    again.close()


@pytest.mark.parametrize(("synchronous", "level"), [("FULL", 2), ("NORMAL", 1)])
def test_it_is_written_ahead_and_flushed_as_asked(
    tmp_path: Path, synchronous: Literal["FULL", "NORMAL"], level: int
) -> None:
    db = sqlite_file.connect(tmp_path / "things.db", SCHEMA, synchronous=synchronous)
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert db.execute("PRAGMA synchronous").fetchone() == (level,)
    db.close()


def test_it_is_for_this_user_alone_and_so_is_its_log(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "things.db"
    db = sqlite_file.connect(path, SCHEMA)
    db.execute("INSERT INTO thing VALUES ('a')")
    assert rights(path.parent) == 0o700
    assert {file.name: rights(file) for file in path.parent.iterdir()} == {
        "things.db": 0o600, "things.db-wal": 0o600, "things.db-shm": 0o600,
    }  # fmt: skip
    db.close()


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "things.db"
    sqlite3.connect(path).close()
    path.chmod(0o644)
    sqlite_file.connect(path, SCHEMA).close()
    assert rights(path) == 0o600


@pytest.mark.parametrize("any_thread", [True, False])
def test_only_who_asks_may_hand_it_to_another_thread(tmp_path: Path, any_thread: bool) -> None:
    db = sqlite_file.connect(tmp_path / "things.db", SCHEMA, any_thread=any_thread)
    with ThreadPoolExecutor(1) as pool:
        error = pool.submit(db.execute, "SELECT 1").exception(10)
    assert isinstance(error, sqlite3.ProgrammingError) is not any_thread
    db.close()


def test_a_damaged_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "things.db"
    path.write_bytes(b"this is no database, " * 500)
    with pytest.raises(sqlite3.DatabaseError):
        sqlite_file.connect(path, SCHEMA)
    with pytest.raises(ConfigurationError) as caught, sqlite_file.usable("the list of things", path):
        sqlite_file.connect(path, SCHEMA)
    assert caught.value.message == f"the list of things {path} cannot be used: file is not a database"
    assert "IVI_STATE_DIR" in caught.value.hint
    assert path.read_bytes().startswith(b"this is no database")


def test_a_folder_that_is_a_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("")
    path = tmp_path / "folder" / "things.db"
    with (
        pytest.raises(ConfigurationError, match="the list of things") as caught,
        sqlite_file.usable("the list of things", path),
    ):
        sqlite_file.connect(path, SCHEMA)
    assert str(path) in caught.value.message
    assert "check the disk" in caught.value.hint


def test_a_reserved_log_does_not_grow_when_something_is_committed(tmp_path: Path) -> None:
    path = tmp_path / "things.db"
    db = sqlite_file.connect(path, SCHEMA)
    sqlite_file.reserve_log(db)
    wal = path.with_name("things.db-wal")
    size, main = wal.stat().st_size, path.stat().st_size
    assert size > sqlite_file.LOG_PAGES * 4096
    for number in range(2 * sqlite_file.LOG_PAGES):
        db.execute("INSERT INTO thing VALUES (?)", (str(number),))
        assert wal.stat().st_size == size
    assert main < path.stat().st_size < size  # it was carried over meanwhile
    assert db.execute("PRAGMA synchronous").fetchone() == (2,)
    db.close()


def test_without_room_for_a_log_everything_works(tmp_path: Path) -> None:
    db = sqlite_file.connect(tmp_path / "things.db", SCHEMA)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        sqlite_file.reserve_log(db)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    db.execute("INSERT INTO thing VALUES ('a')")
    assert db.execute("PRAGMA synchronous").fetchone() == (2,)
    assert db.execute("SELECT name FROM thing").fetchall() == [("a",)]
    db.close()
