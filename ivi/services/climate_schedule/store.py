# SPDX-License-Identifier: Apache-2.0
"""Keeps the departures over a restart."""

import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec

from ivi.daemon import sqlite_file
from ivi.model.climate_schedule import Departure
from ivi.model.errors import UnavailableError

log = logging.getLogger(__name__)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS departures (id TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS running (at INTEGER PRIMARY KEY, before BLOB NOT NULL) STRICT;
"""


class Running(msgspec.Struct):
    """A preparation that goes on."""

    at: int
    """The departure, seconds since 1970."""
    before: dict[str, bool | float | int]
    """What to set when nobody came."""


class DepartureStore:
    """The file. A damaged one is begun anew. Raises ConfigurationError when it cannot be used."""

    def __init__(self, path: Path) -> None:
        with sqlite_file.usable("the file of departures", path):
            try:
                self._db = sqlite_file.connect(path, _SCHEMA)
            except sqlite3.DatabaseError as error:
                if not sqlite_file.is_damage(error):
                    raise
                log.warning("the file of departures is damaged and begins anew", extra={"file": path.name})
                path.unlink()
                self._db = sqlite_file.connect(path, _SCHEMA)

    def load(self) -> dict[str, Departure]:
        """All departures by id; one that cannot be read is left out, and the log says so."""
        found = {}
        for name, body in self._db.execute("SELECT id, body FROM departures"):
            try:
                found[str(name)] = msgspec.json.decode(body, type=Departure)
            except msgspec.MsgspecError as error:
                log.warning("a stored departure cannot be read", extra={"id": name, "reason": str(error)})
        return found

    def put(self, departure: Departure) -> None:
        """Store it in place of the one with its id. Raises UnavailableError."""
        with _writing():
            body = msgspec.json.encode(departure)
            self._db.execute("INSERT OR REPLACE INTO departures VALUES (?, ?)", (departure.id, body))

    def remove(self, name: str) -> None:
        """Forget one. Raises UnavailableError."""
        with _writing():
            self._db.execute("DELETE FROM departures WHERE id = ?", (name,))

    def running(self) -> Running | None:
        """The preparation that went on when the process ended."""
        row = self._db.execute("SELECT at, before FROM running").fetchone()
        if row is None:
            return None
        try:
            return Running(row[0], msgspec.json.decode(row[1], type=dict[str, bool | float | int]))
        except msgspec.MsgspecError as error:
            log.warning("a stored preparation cannot be read", extra={"reason": str(error)})
            return None

    def set_running(self, running: Running | None) -> None:
        """Remember it, or that there is none. Raises UnavailableError."""
        with _writing():
            self._db.execute("DELETE FROM running")
            if running is not None:
                self._db.execute("INSERT INTO running VALUES (?, ?)", (running.at, msgspec.json.encode(running.before)))

    def close(self) -> None:
        """Close the file."""
        self._db.close()


@contextlib.contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise UnavailableError(f"departures cannot be stored: {error}", hint="check the disk") from error
