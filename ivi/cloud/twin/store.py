# SPDX-License-Identifier: Apache-2.0
"""What the twin remembers over a restart: the desired state that it took, what became of it, and what it reported."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ivi.cloud.cbor import decode, encode
from ivi.cloud.commands.database import Database

PENDING, APPLIED = "pending", "applied"
"""States of a desired setting; any other text is the reason why it was refused."""

_VERSION = 1
_SCHEMA = """
create table if not exists meta(key text primary key, value integer not null) without rowid;
create table if not exists desired(name text primary key, value blob not null, state text not null) without rowid;
create table if not exists reported(name text primary key, value blob not null, at_ms integer not null) without rowid;
"""


class Wish(NamedTuple):
    """One desired setting."""

    value: Any
    state: str


class Store:
    """Every method that writes raises UnavailableError when the disk does not take it."""

    def __init__(self, path: Path, first: int) -> None:
        """Open or make the file. Raises ConfigurationError.

        `first` is the version of a new one: milliseconds since 1970, higher than any that a lost file can have had.
        """
        self._db = Database(path, _SCHEMA, _VERSION)
        with self._db.transaction():
            for key, value in (("desired", 0), ("reported", first), ("told", 0)):
                self._db.write("insert or ignore into meta values(?, ?)", key, value)
        meta = dict(self._db.read("select key, value from meta"))
        self.desired_version: int = meta["desired"]
        self.version: int = meta["reported"]
        """Of the reported state; it rises with each change."""
        self.told: int = meta["told"]
        """The version that the uplink has for the fleet."""
        self.wishes = {
            name: Wish(_value(value), state) for name, value, state in self._db.read("select * from desired")
        }
        self.reported = {name: _value(value) for name, value, _ in self._db.read("select * from reported")}
        self.at_ms: dict[str, int] = {name: at for name, _, at in self._db.read("select * from reported")}

    @property
    def quarantined(self) -> Path | None:
        """Where a damaged file was moved at the start."""
        return self._db.quarantined

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def replace_desired(self, version: int, wishes: Mapping[str, Wish]) -> None:
        """Take a new desired state."""
        with self._db.transaction():
            self._db.write("delete from desired")
            for name, wish in wishes.items():
                self._db.write("insert into desired values(?, ?, ?)", name, encode(wish.value), wish.state)
            self._db.write("update meta set value = ? where key = 'desired'", version)
            self._bump()
        self.desired_version, self.wishes = version, dict(wishes)
        self.version += 1

    def settle(self, name: str, state: str) -> None:
        """What became of a desired setting."""
        with self._db.transaction():
            self._db.write("update desired set state = ? where name = ?", state, name)
            self._bump()
        self.wishes[name] = self.wishes[name]._replace(state=state)
        self.version += 1

    def report(self, values: Mapping[str, Any], at_ms: int) -> None:
        """New values of settings; None for one that is not known any more."""
        with self._db.transaction():
            for name, value in values.items():
                if value is None:
                    self._db.write("delete from reported where name = ?", name)
                else:
                    self._db.write("insert or replace into reported values(?, ?, ?)", name, encode(value), at_ms)
            self._bump()
        for name, value in values.items():
            if value is None:
                self.reported.pop(name, None)
                self.at_ms.pop(name, None)
            else:
                self.reported[name], self.at_ms[name] = value, at_ms
        self.version += 1

    def note_told(self) -> None:
        """The uplink has the present version."""
        with self._db.transaction():
            self._db.write("update meta set value = ? where key = 'told'", self.version)
        self.told = self.version

    def _bump(self) -> None:
        self._db.write("update meta set value = value + 1 where key = 'reported'")


def _value(data: bytes) -> object:
    return decode(data, "a kept setting")
