# SPDX-License-Identifier: Apache-2.0
"""What the car did about updates and where it stands: one SQLite file, committed to the disk before anything follows.

The history can only grow: the database refuses to change or delete a row, and each row's hash covers the one before.
A cut-off end cannot be seen from the file alone; every entry also goes to the fleet with its hash.
"""

import contextlib
import hashlib
import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from ivi.cloud.cbor import encode
from ivi.model.errors import ConfigurationError, ResourceExhaustedError, UnavailableError

log = logging.getLogger(__name__)

SECONDS_PER_DAY = 86400
KEEP_DAYS = 400  # of the record of transferred bytes
BUSY_WAIT = 5.0  # seconds
_SCHEMA = """
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS traffic (day INTEGER PRIMARY KEY, bytes INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS history (
    seq INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, what TEXT NOT NULL, subject TEXT NOT NULL, why TEXT NOT NULL,
    software TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE TRIGGER IF NOT EXISTS history_stays BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'history stays'); END;
CREATE TRIGGER IF NOT EXISTS history_grows BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'history stays'); END;
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history."""

    seq: int
    at_ms: int
    what: str
    subject: str
    why: str
    software: str
    """Identifier of the software that was installed then."""
    hash: str


class Journal:
    """State and history. Every method commits before it returns; raises ResourceExhaustedError, UnavailableError."""

    def __init__(self, path: Path) -> None:
        """Open or make it. A damaged file is set aside (`quarantined`). Raises ConfigurationError."""
        self.path = path
        self.quarantined: Path | None = None
        self._lock = threading.RLock()  # the worker thread counts bytes while the loop asks
        self._depth = 0
        try:
            self._database = self._open()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise ConfigurationError(f"cannot use {path}: {error}", hint="check the state folder") from error
            self.quarantined = path.with_name(f"{path.name}.damaged-{time.time_ns()}")
            log.error("the journal of updates is damaged", extra={"kept_as": str(self.quarantined)})  # noqa: TRY400  # a known error
            path.replace(self.quarantined)
            for ending in ("-wal", "-shm"):
                path.with_name(path.name + ending).unlink(missing_ok=True)
            self._database = self._open()

    def _open(self) -> sqlite3.Connection:
        with contextlib.ExitStack() as undo:
            database = sqlite3.connect(self.path, isolation_level=None, timeout=BUSY_WAIT, check_same_thread=False)
            undo.callback(database.close)
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("PRAGMA synchronous=FULL")
            database.executescript(_SCHEMA)
            _check(database)
            undo.pop_all()
        return database

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    # -- state --------------------------------------------------------------------------------------------------------
    def read[T](self, name: str, kind: type[T]) -> T | None:
        """A value of the state; None when it is not there, or not of this kind any more."""
        with self._lock, _ours(self.path):
            row = self._database.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        try:
            return msgspec.msgpack.decode(row[0], type=kind) if row else None
        except msgspec.DecodeError:
            log.warning("a value of the journal is of an older form", extra={"value": name})
            return None

    def write(self, name: str, value: object) -> None:
        """Keep a value; None deletes it."""
        with self.together():
            self._write(name, value)

    def _write(self, name: str, value: object) -> None:
        if value is None:
            self._database.execute("DELETE FROM state WHERE name = ?", (name,))
        else:
            self._database.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, msgspec.msgpack.encode(value)))

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """All writes inside are one transaction: done whole or not at all."""
        with self._lock, _ours(self.path):
            if self._depth:
                yield
                return
            self._database.execute("BEGIN IMMEDIATE")
            self._depth = 1
            try:
                with contextlib.ExitStack() as undo:
                    undo.callback(self._roll_back)
                    yield
                    self._database.execute("COMMIT")
                    undo.pop_all()
            finally:
                self._depth = 0

    def _roll_back(self) -> None:
        with contextlib.suppress(sqlite3.OperationalError):  # a full disk ends a transaction by itself
            self._database.execute("ROLLBACK")

    # -- traffic ------------------------------------------------------------------------------------------------------
    def add_traffic(self, count: int, now: float) -> None:
        """Count bytes that were fetched."""
        day = int(now) // SECONDS_PER_DAY
        with self.together():
            self._database.execute(
                "INSERT INTO traffic VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET bytes = bytes + excluded.bytes",
                (day, count),
            )
            self._database.execute("DELETE FROM traffic WHERE day < ?", (day - KEEP_DAYS,))

    def traffic(self, now: float) -> int:
        """Bytes that were fetched on this day (UTC)."""
        with self._lock, _ours(self.path):
            row = self._database.execute(
                "SELECT bytes FROM traffic WHERE day = ?", (int(now) // SECONDS_PER_DAY,)
            ).fetchone()
        return int(row[0]) if row else 0

    # -- history ------------------------------------------------------------------------------------------------------
    def tell(self, what: str, subject: str, why: str, software: str, now: float) -> Entry:
        """Add a line to the history."""
        with self.together():
            last = self._database.execute("SELECT seq, hash FROM history ORDER BY seq DESC LIMIT 1").fetchone()
            seq, before = (last[0] + 1, last[1]) if last else (1, "")
            plain = (seq, int(now * 1000), what, subject, why, software)
            entry = Entry(*plain, _hash(before, plain))
            self._database.execute("INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?)", (*plain, entry.hash))
        return entry

    def history(self, limit: int) -> list[Entry]:
        """The newest lines, oldest first."""
        with self._lock, _ours(self.path):
            rows = self._database.execute("SELECT * FROM history ORDER BY seq DESC LIMIT ?", (limit,)).fetchall()
        return [Entry(*row) for row in reversed(rows)]

    def problem(self) -> str:
        """What is wrong with the history; empty when every line follows from the one before."""
        before, expected = "", 1
        with self._lock, _ours(self.path):
            for row in self._database.execute("SELECT * FROM history ORDER BY seq"):
                entry = Entry(*row)
                if entry.seq != expected:
                    return f"line {expected} is missing"
                if entry.hash != _hash(before, row[:-1]):
                    return f"line {entry.seq} was changed"
                before, expected = entry.hash, expected + 1
        return ""


def _check(database: sqlite3.Connection) -> None:
    (found,) = database.execute("PRAGMA quick_check").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(found)


def _hash(before: str, plain: tuple[Any, ...]) -> str:
    return hashlib.sha256(encode([before, *plain])).hexdigest()


@contextlib.contextmanager
def _ours(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise ResourceExhaustedError(f"the disk is full: {path} takes no more", hint="free some space") from error
        raise UnavailableError(f"{path} cannot be used: {error}", hint="check the disk") from error
    except sqlite3.DatabaseError as error:
        raise UnavailableError(f"{path} cannot be used: {error}", hint="start ivi again; check the disk") from error
