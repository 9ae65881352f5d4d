# SPDX-License-Identifier: Apache-2.0
"""The file of an outbox: its tables, its lock, and what happens to it when it is damaged."""

import contextlib
import fcntl
import os
import sqlite3
import time
from pathlib import Path

from ivi.daemon.sqlite_file import reserve_log
from ivi.model.errors import ConfigurationError, UnavailableError

WAL_KEPT = 4 << 20  # bytes of write-ahead log that stay on disk after a checkpoint
_SCHEMA_VERSION = 2
_SCHEMA = """
create table if not exists outbox(
    seq integer primary key autoincrement,  -- autoincrement: a number is never used again
    first integer,                          -- null for a record; of a gap: the first sequence it covers
    dropped integer not null default 0,     -- of a gap: accepted rows that were given up in it
    payload blob not null,
    at integer not null default 0);         -- when it was stored: seconds of the age clock
create table if not exists meta(key text primary key, value) without rowid;
"""


def connect(path: Path, sync: str) -> sqlite3.Connection:
    """Open or make the file. Raises sqlite3.DatabaseError when it is damaged, sqlite3.Error when it cannot be used."""
    with contextlib.ExitStack() as undo:
        db = sqlite3.connect(path, isolation_level=None, timeout=2.0)
        undo.callback(db.close)
        db.execute("pragma journal_mode = wal")
        db.execute(f"pragma synchronous = {sync}")
        db.execute(f"pragma journal_size_limit = {WAL_KEPT}")
        if _check(db) == 1:  # both or none, however the process ends
            db.executescript(
                "begin; alter table outbox add column at integer not null default 0; pragma user_version = 2; commit"
            )
        db.executescript(_SCHEMA)
        db.execute(f"pragma user_version = {_SCHEMA_VERSION}")
        if sync == "FULL":
            reserve_log(db)
        undo.pop_all()
    return db


def _check(db: sqlite3.Connection) -> int:
    """The version of the file, 0 for a new one.

    Raises sqlite3.DatabaseError for a damaged file, sqlite3.NotSupportedError for one of another version.
    """
    (found,) = db.execute("pragma quick_check(1)").fetchone()
    if found != "ok":
        damage = sqlite3.DatabaseError(found)
        damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise damage
    (version,) = db.execute("pragma user_version").fetchone()
    if not 0 <= version <= _SCHEMA_VERSION:
        raise sqlite3.NotSupportedError(f"made by another version of ivi (schema {version})")
    return int(version)


def set_aside(path: Path) -> Path:
    """Keep a damaged file for whoever wants to rescue rows from it; its log would only damage the new one."""
    aside = path.with_name(f"{path.name}.corrupt-{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}")
    number = 1
    while aside.exists():
        number += 1
        aside = aside.with_suffix(f"{aside.suffix.partition('_')[0]}_{number}")
    path.rename(aside)
    for part in ("-wal", "-shm"):
        side = path.with_name(path.name + part)
        if side.exists():
            side.rename(aside.with_name(aside.name + part))
    return aside


def lock(path: Path) -> int:
    """Hold the file for this process; the kernel lets go when the process ends in whatever way."""
    lock = path.with_name(path.name + ".lock")
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise ConfigurationError(
            f"cannot use the outbox {path}: {error.strerror}", hint="check the folder's rights and free space"
        ) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise UnavailableError(
            f"another copy uses the outbox {path}", hint="stop it first, or set IVI_STATE_DIR to another folder"
        ) from error
    return descriptor


def adopt(old: Path, new: Path) -> None:
    """Take over the file of a version that had only one. The log goes first: a database without it lacks rows."""
    if not old.exists() or new.exists():
        return
    wal = old.with_name(old.name + "-wal")
    if wal.exists():
        wal.rename(new.with_name(new.name + "-wal"))
    old.rename(new)
