# SPDX-License-Identifier: Apache-2.0
"""What the car keeps of its features: the newest snapshot, what was used, and the receipts that the fleet must get.

A use and its receipt are one transaction, on the disk when it returns. A receipt stays until the outbox has it; it is
told again after a crash in between, with the same counter, so that the fleet counts it once.
"""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ivi.cloud.commands.database import Database
from ivi.cloud.entitlements.terms import Use
from ivi.model.errors import ResourceExhaustedError

MAX_WAITING = 10_000  # receipts that the outbox has not taken
REMEMBERED = 1000  # told receipts that are kept, so that a use asked for twice is counted once
PRUNE_EVERY = 200  # receipts
_VERSION = 1
_SCHEMA = """
create table if not exists snapshot(
    only integer primary key check(only = 1), deny_epoch integer not null, sequence integer not null,
    message blob not null);
create table if not exists feature(
    id text primary key, counter integer not null, used integer not null, started integer not null,
    leaving integer not null, open integer not null) without rowid;
create table if not exists outgoing(
    id integer primary key autoincrement, feature text not null, counter integer not null, key text not null,
    record blob not null, told integer not null default 0);
create index if not exists outgoing_key on outgoing(feature, key);
create table if not exists start(only integer primary key check(only = 1), boot text not null);
"""


class Kept(NamedTuple):
    """The snapshot as it came."""

    rank: tuple[int, int]
    message: bytes


class Waiting(NamedTuple):
    """A record that the outbox has to get."""

    id: int
    record: bytes


class Store:
    """One file. Not for several threads. Whatever writes raises UnavailableError when the disk does not take it."""

    def __init__(self, path: Path) -> None:
        """Open or make the file. Raises ConfigurationError."""
        self._db = Database(path, _SCHEMA, _VERSION)
        self.quarantined = self._db.quarantined
        self._uses = {
            row[0]: Use(row[0], row[1], row[2], row[3], row[4], bool(row[5]))
            for row in self._db.read("select id, counter, used, started, leaving, open from feature")
        }
        self._told: list[int] = []
        self._waiting = int(self._db.read("select count(*) from outgoing where told = 0")[0][0])
        self._since_prune = 0

    def close(self) -> None:
        """Note what was told, and close the file."""
        try:
            if self._told:
                with self._db.transaction():
                    self._note_told()
        finally:
            self._db.close()

    @property
    def waiting(self) -> int:
        """Records that the outbox does not have yet."""
        return self._waiting

    # -- the snapshot -------------------------------------------------------------------------------------------------
    def kept(self) -> Kept | None:
        """The newest snapshot."""
        rows = self._db.read("select deny_epoch, sequence, message from snapshot")
        return Kept((rows[0][0], rows[0][1]), rows[0][2]) if rows else None

    def keep(self, rank: tuple[int, int], message: bytes) -> None:
        """Replace the snapshot."""
        with self._db.transaction():
            self._db.write("insert or replace into snapshot values(1, ?, ?, ?)", *rank, message)

    def is_new_start(self, boot: str) -> bool:
        """Whether the machine was started since this was asked last."""
        if self._db.read("select 1 from start where boot = ?", boot):
            return False
        with self._db.transaction():
            self._db.write("insert or replace into start values(1, ?)", boot)
        return True

    # -- what was used ------------------------------------------------------------------------------------------------
    def use(self, feature: str) -> Use:
        """What is remembered of a feature."""
        return self._uses.get(feature) or Use(feature)

    def open_features(self) -> list[str]:
        """Features that were there for the driver and were not locked since."""
        return [use.feature for use in self._uses.values() if use.open]

    def put(self, *uses: Use) -> None:
        """Remember these, all or none."""
        with self._db.transaction():
            for use in uses:
                self._write(use)
        for use in uses:
            self._uses[use.feature] = use

    def repeated(self, feature: str, key: str) -> int:
        """The counter of the receipt that was made with this key; 0 if there is none."""
        rows = self._db.read("select counter from outgoing where feature = ? and key = ? and counter > 0", feature, key)
        return int(rows[0][0]) if rows else 0

    def record(self, use: Use, record: bytes, key: str = "") -> Waiting:
        """Remember a use together with the record of it. Raises ResourceExhaustedError when too many wait."""
        if self._waiting >= MAX_WAITING:
            raise ResourceExhaustedError(
                f"{MAX_WAITING} receipts wait for the outbox", hint="free some disk space, then they go out"
            )
        counter = use.counter if use.counter != self.use(use.feature).counter else 0
        with self._db.transaction():
            self._note_told()
            self._write(use)
            self._db.write(
                "insert into outgoing(feature, counter, key, record) values(?, ?, ?, ?)",
                *(use.feature, counter, key, record),
            )
            self._prune()
        self._told.clear()
        self._uses[use.feature] = use
        self._waiting += 1
        ((id_,),) = self._db.read("select max(id) from outgoing")
        return Waiting(id_, record)

    # -- telling ------------------------------------------------------------------------------------------------------
    def untold(self, limit: int = 500) -> list[Waiting]:
        """Records that the outbox does not have, the oldest first."""
        done = set(self._told)
        rows = self._db.read("select id, record from outgoing where told = 0 order by id limit ?", limit + len(done))
        return [Waiting(*row) for row in rows if row[0] not in done][:limit]

    def told(self, waiting: Waiting) -> None:
        """The outbox has it. This is noted with the next write: told twice is harmless, a write for each is not."""
        self._told.append(waiting.id)
        self._waiting -= 1

    # -- inside -------------------------------------------------------------------------------------------------------
    def _write(self, use: Use) -> None:
        self._db.write(
            "insert or replace into feature values(?, ?, ?, ?, ?, ?)",
            *(use.feature, use.counter, use.used, use.started, use.leaving, use.open),
        )

    def _note_told(self) -> None:
        for id_ in self._told:
            self._db.write("update outgoing set told = 1 where id = ?", id_)

    def _prune(self) -> None:
        self._since_prune += 1
        if self._since_prune >= PRUNE_EVERY:
            self._since_prune = 0
            self._db.write(
                "delete from outgoing where told = 1 and id <= (select max(id) from outgoing) - ?", REMEMBERED
            )


def opened(use: Use, is_open: bool) -> Use:
    """The same, there for the driver or not."""
    return replace(use, open=is_open)
