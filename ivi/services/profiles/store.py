# SPDX-License-Identifier: Apache-2.0
"""The drivers in a SQLite file: names, preferences, and who drove last. The guest is not in it."""

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from ivi.daemon.sqlite_file import connect, is_damage
from ivi.model.errors import UnavailableError
from ivi.model.profiles import GUEST, Preferences, ProfileView

_SCHEMA = """
CREATE TABLE IF NOT EXISTS profiles(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, made_ms INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS preferences(profile INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY(profile, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS car(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_CURRENT, _STEERING = "current", "steering_right"


class ProfileStore:
    """One open file. Calls wait for the disk and belong to one thread at a time. Each raises UnavailableError."""

    def __init__(self, path: Path) -> None:
        """Open or create it. Raises OSError, sqlite3.Error."""
        self._db = connect(path, _SCHEMA, any_thread=True)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def profiles(self) -> list[ProfileView]:
        """All drivers, in the order in which they came."""
        with _asked():
            rows = self._db.execute("SELECT id, name FROM profiles ORDER BY id").fetchall()
        return [ProfileView(number, name) for number, name in rows]

    def preferences(self, profile: int) -> Preferences:
        """What a driver has chosen; what this version does not know, or takes no more, is as it comes."""
        with _asked():
            rows = self._db.execute("SELECT name, value FROM preferences WHERE profile = ?", (profile,)).fetchall()
        chosen = Preferences()
        for name, value in rows:
            with contextlib.suppress(msgspec.ValidationError):
                chosen = changed(chosen, name, value)
        return chosen

    def current(self) -> int:
        """Who drove last; the guest when that one is gone."""
        with _asked():
            row = self._db.execute(
                "SELECT profiles.id FROM car JOIN profiles ON profiles.id = CAST(car.value AS INTEGER)"
                " WHERE car.name = ?",
                (_CURRENT,),
            ).fetchone()
        return row[0] if row else GUEST

    def steering_right(self) -> bool:
        """On which side the wheel is."""
        with _asked():
            row = self._db.execute("SELECT value FROM car WHERE name = ?", (_STEERING,)).fetchone()
        return row is not None and row[0] == "true"

    def add(self, name: str, preferences: Preferences) -> int:
        """A new driver who drives now; returns the id, which is never given again."""
        with _asked(), self._transaction():
            cursor = self._db.execute(
                "INSERT INTO profiles(name, made_ms) VALUES(?, ?)", (name, int(time.time() * 1000))
            )
            number = int(cursor.lastrowid or GUEST)
            self._db.executemany(
                "INSERT INTO preferences VALUES(?, ?, ?)", [(number, *pair) for pair in texts(preferences).items()]
            )
            self._put(_CURRENT, str(number))
        return number

    def rename(self, profile: int, name: str) -> None:
        """Another name for a driver."""
        with _asked():
            self._db.execute("UPDATE profiles SET name = ? WHERE id = ?", (name, profile))

    def remove(self, profile: int) -> None:
        """Forget a driver."""
        with _asked(), self._transaction():
            self._db.execute("DELETE FROM preferences WHERE profile = ?", (profile,))
            self._db.execute("DELETE FROM profiles WHERE id = ?", (profile,))

    def select(self, profile: int) -> None:
        """This one drives now."""
        with _asked():
            self._put(_CURRENT, str(profile))

    def keep(self, profile: int, name: str, value: str) -> None:
        """One preference of a driver."""
        with _asked():
            self._db.execute("INSERT OR REPLACE INTO preferences VALUES(?, ?, ?)", (profile, name, value))

    def steer(self, *, right: bool) -> None:
        """On which side the wheel is."""
        with _asked():
            self._put(_STEERING, "true" if right else "false")

    def _put(self, name: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO car VALUES(?, ?)", (name, value))

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except sqlite3.Error:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")


def changed(preferences: Preferences, name: str, value: str) -> Preferences:
    """The preferences with one changed. Raises msgspec.ValidationError for a name or a value that there is not."""
    fields = texts(preferences)
    if name not in fields:
        raise msgspec.ValidationError(f"there is no preference {name[:40]!r}")
    return msgspec.convert({**fields, name: value}, Preferences, strict=False)


def texts(preferences: Preferences) -> dict[str, str]:
    """Each preference as text."""
    fields = msgspec.structs.asdict(preferences)
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in fields.items()}


def open_store(path: Path) -> tuple[ProfileStore | None, str]:
    """The store, and what is to be said: a damaged file is set aside for a new one; None when the disk has no place."""
    try:
        return ProfileStore(path), ""
    except sqlite3.Error as error:
        if not is_damage(error):
            return None, f"The drivers' profiles cannot be read: {error}"
    except OSError as error:
        return None, f"The drivers' profiles cannot be read: {error.strerror}"
    aside = path.with_name(f"{path.name}.damaged-{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}")
    try:
        path.replace(aside)
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        return ProfileStore(path), f"The drivers' profiles were damaged; they are set aside as {aside.name}"
    except (OSError, sqlite3.Error) as error:
        return None, f"The drivers' profiles are damaged, and new ones cannot be made: {error}"


@contextlib.contextmanager
def _asked() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise UnavailableError(
            f"the drivers' profiles cannot be kept: {error}", hint="check the disk's free space"
        ) from error
