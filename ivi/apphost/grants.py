# SPDX-License-Identifier: Apache-2.0
"""Decisions about permissions, kept durably: SQLite with synchronous=FULL, by publisher, app and permission.

The publisher is part of the key: who gets hold of an app's name gets none of what was agreed to with its maker.
"""

import sqlite3
import time
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

import msgspec

from ivi.apphost.atoms import covers, digest, names
from ivi.apphost.manifest import Permission
from ivi.daemon import sqlite_file
from ivi.model.errors import UnavailableError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS decision (
    publisher TEXT NOT NULL, app_id TEXT NOT NULL, permission_hash TEXT NOT NULL, permission TEXT NOT NULL,
    verdict TEXT NOT NULL, by TEXT NOT NULL, time_ns INTEGER NOT NULL, PRIMARY KEY (publisher, app_id, permission_hash)
) STRICT;
CREATE TABLE IF NOT EXISTS postponed (
    publisher TEXT NOT NULL, app_id TEXT NOT NULL, asked TEXT NOT NULL, PRIMARY KEY (publisher, app_id)
) STRICT;
"""


class Verdict(StrEnum):
    """What was decided."""

    GRANTED = "granted"
    REFUSED = "refused"
    REVOKED = "revoked"


class Decided(msgspec.Struct, frozen=True):
    """One decision about one atom."""

    atom: Permission
    verdict: Verdict
    by: str
    time_ns: int


class GrantStore:
    """The file. Decisions are rare and small, so they are written where they are made."""

    def __init__(self, path: Path) -> None:
        """Open or create it. Raises ConfigurationError when it cannot be used."""
        with sqlite_file.usable("the driver's decisions", path):
            self._db = sqlite_file.connect(path, _SCHEMA)

    def decisions(self, publisher: str, app_id: str) -> "Decisions":
        """Everything that was decided about an app of this publisher."""
        rows = self._db.execute(
            "SELECT permission_hash, permission, verdict, by, time_ns FROM decision WHERE publisher = ? AND app_id = ?",
            (publisher, app_id),
        ).fetchall()
        found: dict[str, Decided] = {}
        for permission_hash, text, verdict, by, time_ns in rows:
            atom: Permission = msgspec.json.decode(text, type=Permission)
            found[permission_hash] = Decided(atom, Verdict(verdict), by, time_ns)
        return Decisions(found)

    def decide(self, publisher: str, app_id: str, atoms: Iterable[Permission], verdict: Verdict, by: str) -> None:
        """Write decisions durably, all or none."""
        now = time.time_ns()
        rows = [
            (publisher, app_id, digest(atom), msgspec.json.encode(atom).decode(), verdict.value, by, now)
            for atom in atoms
        ]
        self._db.execute("BEGIN IMMEDIATE")
        try:
            self._db.executemany("INSERT OR REPLACE INTO decision VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            self._db.execute("COMMIT")
        except sqlite3.Error:
            self._db.execute("ROLLBACK")
            raise

    def withdraw(self, publisher: str, app_id: str, atoms: Iterable[Permission]) -> None:
        """Forget decisions about these atoms."""
        rows = [(publisher, app_id, digest(atom)) for atom in atoms]
        sql = "DELETE FROM decision WHERE publisher = ? AND app_id = ? AND permission_hash = ?"
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany(sql, rows)
        self._db.execute("COMMIT")

    def forget(self, app_id: str) -> None:
        """The app was removed: who installs it again, from whichever publisher, is asked again."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            self._db.execute("DELETE FROM decision WHERE app_id = ?", (app_id,))
            self._db.execute("DELETE FROM postponed WHERE app_id = ?", (app_id,))
            self._db.execute("COMMIT")
        except sqlite3.Error:
            self._db.execute("ROLLBACK")
            raise

    def postpone(self, publisher: str, app_id: str, asked: str) -> None:
        """The driver said "later" to this very question."""
        self._db.execute("INSERT OR REPLACE INTO postponed VALUES (?, ?, ?)", (publisher, app_id, asked))

    def is_postponed(self, publisher: str, app_id: str, asked: str) -> bool:
        """Whether he did."""
        terms = (publisher, app_id, asked)
        sql = "SELECT 1 FROM postponed WHERE publisher = ? AND app_id = ? AND asked = ?"
        return self._db.execute(sql, terms).fetchone() is not None

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def forget(path: Path, app_id: str) -> None:
    """Forget what was decided about an app, in a file that the host may have open as well.

    Raises ConfigurationError when the file cannot be used, UnavailableError when it cannot be written now.
    """
    if not path.exists():
        return
    store = GrantStore(path)
    try:
        store.forget(app_id)
    except sqlite3.Error as error:
        text = f"what was decided about {app_id} cannot be forgotten: {error}"
        raise UnavailableError(text, hint="check the disk") from error
    finally:
        store.close()


class Decisions:
    """Decisions about one app's atoms."""

    def __init__(self, by_hash: dict[str, Decided]) -> None:
        self._by_hash = by_hash

    def about(self, atom: Permission) -> Decided | None:
        """The decision about an atom: about it itself, or an agreement to the same or more for the same reason."""
        if (exact := self._by_hash.get(digest(atom))) is not None:
            return exact
        agreed = (one for one in self._by_hash.values() if one.verdict is Verdict.GRANTED)
        return next((one for one in agreed if covers(one.atom, atom)), None)

    def declined(self, atom: Permission) -> Decided | None:
        """A refusal or a revocation of the same thing, on whatever terms it was asked for then."""
        for one in self._by_hash.values():
            if one.verdict is not Verdict.GRANTED and type(one.atom) is type(atom) and names(one.atom) == names(atom):
                return one
        return None
