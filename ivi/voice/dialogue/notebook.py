# SPDX-License-Identifier: Apache-2.0
"""What the voice remembers over a restart: reminders, places with a name, and what the driver allowed."""

import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ivi.daemon import sqlite_file
from ivi.model.errors import ResourceExhaustedError, UnavailableError

log = logging.getLogger(__name__)

MAX_REMINDERS = 20
MAX_PLACES = 50
MAX_TEXT = 80  # characters of a reminder or a name

_SCHEMA = """
CREATE TABLE IF NOT EXISTS reminders (id INTEGER PRIMARY KEY, due INTEGER NOT NULL, said TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS places (name TEXT PRIMARY KEY, latitude REAL NOT NULL, longitude REAL NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS allowed (name TEXT PRIMARY KEY) STRICT;
"""


@dataclass(frozen=True)
class Reminder:
    """Something to be said at a time."""

    id: int
    due: int
    """Seconds since 1970."""
    text: str


@dataclass(frozen=True)
class Place:
    """A place with a name; degrees."""

    name: str
    latitude: float
    longitude: float


class Notebook:
    """The file. A damaged one is begun anew."""

    def __init__(self, path: Path) -> None:
        """Raises ConfigurationError when the file cannot be used."""
        with sqlite_file.usable("the voice's notebook", path):
            try:
                self._db = sqlite_file.connect(path, _SCHEMA)
            except sqlite3.DatabaseError as error:
                if not sqlite_file.is_damage(error):
                    raise
                log.warning("the voice's notebook is damaged and begins anew", extra={"file": path.name})
                path.unlink()
                self._db = sqlite_file.connect(path, _SCHEMA)

    # -- reminders ----------------------------------------------------------------------------------------------------
    def reminders(self) -> list[Reminder]:
        """All of them, the next one first."""
        rows = self._db.execute("SELECT id, due, said FROM reminders ORDER BY due, id")
        return [Reminder(int(number), int(due), str(text)) for number, due, text in rows]

    def remind(self, due: int, text: str) -> Reminder:
        """Keep one. Raises ResourceExhaustedError for too many, UnavailableError for a disk that takes nothing."""
        if len(self.reminders()) >= MAX_REMINDERS:
            raise ResourceExhaustedError(f"there are {MAX_REMINDERS} reminders already", hint="delete some first")
        with self._writing() as db:
            cursor = db.execute("INSERT INTO reminders (due, said) VALUES (?, ?)", (due, text[:MAX_TEXT]))
        return Reminder(int(cursor.lastrowid or 0), due, text[:MAX_TEXT])

    def forget_reminders(self, numbers: list[int]) -> None:
        """Remove some. Raises UnavailableError."""
        with self._writing() as db:
            db.executemany("DELETE FROM reminders WHERE id = ?", [(number,) for number in numbers])

    # -- places -------------------------------------------------------------------------------------------------------
    def places(self) -> list[Place]:
        """All of them by name."""
        rows = self._db.execute("SELECT name, latitude, longitude FROM places ORDER BY name")
        return [Place(str(name), float(latitude), float(longitude)) for name, latitude, longitude in rows]

    def place(self, name: str) -> Place | None:
        """One by its name."""
        return next((place for place in self.places() if place.name == name), None)

    def keep_place(self, place: Place) -> None:
        """In place of the one with its name. Raises ResourceExhaustedError or UnavailableError."""
        if self.place(place.name) is None and len(self.places()) >= MAX_PLACES:
            raise ResourceExhaustedError(f"there are {MAX_PLACES} places already", hint="delete some first")
        with self._writing() as db:
            values = (place.name[:MAX_TEXT], place.latitude, place.longitude)
            db.execute("INSERT OR REPLACE INTO places VALUES (?, ?, ?)", values)

    def forget_place(self, name: str) -> None:
        """Remove one. Raises UnavailableError."""
        with self._writing() as db:
            db.execute("DELETE FROM places WHERE name = ?", (name,))

    # -- what the driver allowed --------------------------------------------------------------------------------------
    def is_allowed(self, name: str) -> bool:
        """Whether the driver has allowed something; nothing is from the start."""
        return self._db.execute("SELECT 1 FROM allowed WHERE name = ?", (name,)).fetchone() is not None

    def allow(self, name: str, *, allowed: bool) -> None:
        """Remember the driver's word. Raises UnavailableError."""
        with self._writing() as db:
            if allowed:
                db.execute("INSERT OR IGNORE INTO allowed VALUES (?)", (name,))
            else:
                db.execute("DELETE FROM allowed WHERE name = ?", (name,))

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._db
        except sqlite3.Error as error:
            raise UnavailableError(f"the notebook cannot be written: {error}", hint="check the disk") from error
