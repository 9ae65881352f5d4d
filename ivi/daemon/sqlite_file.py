# SPDX-License-Identifier: Apache-2.0
"""Opening a file of durable state: SQLite in WAL mode, for this user alone (docs/ARCHITECTURE.md, section 6)."""

import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from ivi.model.errors import ConfigurationError

log = logging.getLogger(__name__)

LOG_PAGES = 256  # pages that the write-ahead log holds before it is carried over: 1 MiB
BUSY_TIMEOUT = 5.0  # seconds to wait for somebody else who writes into the file
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def connect(
    path: Path,
    schema: str,
    *,
    synchronous: Literal["FULL", "NORMAL"] = "FULL",
    timeout: float = BUSY_TIMEOUT,
    any_thread: bool = False,
) -> sqlite3.Connection:
    """Open or create the file and its folder. Every statement is a transaction of its own until BEGIN.

    `schema` is a script that may run at each opening. FULL keeps what was written through a power cut, NORMAL may lose
    the last of it; neither loses anything when only the process dies (sqlite.org/pragma.html). With `any_thread` the
    caller sees to it that one thread at a time uses the connection.

    Raises OSError, or sqlite3.Error (sqlite3.DatabaseError for a file that is no database or damaged).
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)  # before SQLite does: it gives the log beside the file the same rights
    with contextlib.ExitStack() as undo:
        db = sqlite3.connect(path, check_same_thread=not any_thread, isolation_level=None, timeout=timeout)
        undo.callback(db.close)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute(f"PRAGMA synchronous={synchronous}")
        db.executescript(schema)
        path.chmod(0o600)  # one that an older version or a restore left open to others
        undo.pop_all()
    return db


def reserve_log(db: sqlite3.Connection) -> None:
    """Make the write-ahead log as long as it will become, so that no commit makes its file grow.

    For files whose commits somebody waits for: a disk's sync that need not record a new length takes two thirds of the
    time. The log is used again from its beginning as long as the file is open. A disk without room for it is left
    alone: everything works without.

    Raises sqlite3.Error.
    """
    (synchronous,) = db.execute("pragma synchronous").fetchone()
    (version,) = db.execute("pragma user_version").fetchone()
    db.execute("pragma wal_autocheckpoint = 0")
    db.execute("pragma synchronous = off")
    try:
        for _ in range(LOG_PAGES):
            db.execute(f"pragma user_version = {version}")  # one page each time, as it was: nothing can be lost
    except sqlite3.OperationalError as error:
        log.info("no room is reserved in the log", extra={"error": str(error)})
    finally:
        db.execute(f"pragma synchronous = {synchronous}")
        db.execute(f"pragma wal_autocheckpoint = {LOG_PAGES}")
    db.execute("pragma wal_checkpoint(restart)").fetchall()


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file itself is broken, and not the disk full or somebody else at work.

    The low byte is the primary result code (sqlite.org/rescode.html).
    """
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE


@contextlib.contextmanager
def usable(what: str, path: Path) -> Iterator[None]:
    """Opens `what`, a name for people, within. Raises ConfigurationError in place of OSError and sqlite3.Error."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise ConfigurationError(
            f"{what} {path} cannot be used: {error}", hint="check the disk and IVI_STATE_DIR"
        ) from error
