# SPDX-License-Identifier: Apache-2.0
"""A small SQLite file that is on the disk when a transaction returns; a damaged one is set aside and made anew."""

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ivi.daemon.sqlite_file import is_damage, reserve_log
from ivi.model.errors import ConfigurationError, UnavailableError

_BUSY = 2.0  # seconds to wait for another process, which there should not be


class Database:
    """One connection in WAL mode with synchronous=FULL. Not for several threads."""

    def __init__(self, path: Path, schema: str, version: int) -> None:
        """Open or make the file. Raises ConfigurationError when it cannot be used."""
        self.path = path
        self.quarantined: Path | None = None
        """Where a damaged file was moved when this one was opened."""
        try:
            try:
                self._db = _connect(path, schema, version)
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
                self.quarantined = _set_aside(path)
                self._db = _connect(path, schema, version)
        except (sqlite3.Error, OSError) as error:
            raise ConfigurationError(
                f"cannot use {path}: {error}", hint="check the folder's rights and free space"
            ) from error

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def read(self, query: str, *values: object) -> list[Any]:
        """Rows of a query. Raises UnavailableError."""
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise self._explain(error) from error

    def write(self, statement: str, *values: object) -> None:
        """Within a transaction: one statement."""
        self._db.execute(statement, values)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, and on the disk at the end. Raises UnavailableError when the disk does not take it."""
        with contextlib.ExitStack() as undo:
            undo.callback(self._undo)
            try:
                self._db.execute("begin immediate")
                yield
                self._db.execute("commit")
            except sqlite3.Error as error:
                raise self._explain(error) from error
            undo.pop_all()

    def _undo(self) -> None:
        with contextlib.suppress(sqlite3.Error):  # the first error is the one to tell
            self._db.execute("rollback")

    def _explain(self, error: sqlite3.Error) -> UnavailableError:
        hint = "it is set aside at the next start" if is_damage(error) else "free some disk space"
        return UnavailableError(f"cannot use {self.path}: {error}", hint=hint)


def _connect(path: Path, schema: str, version: int) -> sqlite3.Connection:
    with contextlib.ExitStack() as undo:
        db = sqlite3.connect(path, isolation_level=None, timeout=_BUSY)
        undo.callback(db.close)
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = full")
        _check(db, version)
        db.executescript(schema)
        db.execute(f"pragma user_version = {version}")
        reserve_log(db)
        path.chmod(0o600)
        undo.pop_all()
    return db


def _check(db: sqlite3.Connection, version: int) -> None:
    """Raises sqlite3.DatabaseError for a damaged file, sqlite3.NotSupportedError for one of another version."""
    if (found := db.execute("pragma quick_check(1)").fetchone()[0]) != "ok":
        damage = sqlite3.DatabaseError(found)
        damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise damage
    if (made := db.execute("pragma user_version").fetchone()[0]) not in (0, version):
        raise sqlite3.NotSupportedError(f"made by another version of ivi (schema {made})")


def _set_aside(path: Path) -> Path:
    """Keep a damaged file and its log for whoever wants to look at them."""
    mark = f"corrupt-{time.time_ns()}"
    for part in ("", "-wal", "-shm"):
        side = path.with_name(path.name + part)
        if side.exists():
            side.rename(path.with_name(f"{path.name}.{mark}{part}"))
    return path.with_name(f"{path.name}.{mark}")
