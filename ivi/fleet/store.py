# SPDX-License-Identifier: Apache-2.0
"""The fleet's database: rows of all vehicles, each once, and how far every stream is complete.

A row's key and its effect are committed in one transaction: a row that comes again changes nothing, so delivery that
is at least once becomes an effect that is exactly once.
"""

import contextlib
import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ivi.cloud.wire import Frame, Kind
from ivi.model.errors import ConfigurationError, UnavailableError

_SCHEMA_VERSION = 1
_SCHEMA = """
create table if not exists stream(
    id integer primary key, vehicle text not null, class text not null, stream blob not null,
    upto integer not null default 0,          -- complete up to here: every row is stored or known not to come
    unique(vehicle, class, stream));
create table if not exists record(
    stream_id integer not null, seq integer not null, received_ns integer not null, body blob not null,
    primary key(stream_id, seq)) without rowid;
create table if not exists gap(
    stream_id integer not null, first integer not null, last integer not null, dropped integer not null,
    primary key(stream_id, first, last)) without rowid;
create table if not exists vehicle(
    vehicle text primary key, records integer not null default 0,  -- the effect: grows once for each row
    state text not null default '', epoch integer not null default 0, seen_ns integer not null) without rowid;
"""
_RUN = 1000  # rows looked at in one step when a stream is followed


@dataclass(frozen=True, slots=True)
class StreamKey:
    """A stream as the fleet knows it. The vehicle is part of it: the broker vouches for it, the payload does not."""

    vehicle: str
    name: str
    """The class."""
    stream: bytes


class Store:
    """Not for several threads."""

    def __init__(self, path: Path) -> None:
        """Open or make the database. Raises ConfigurationError."""
        self.path = path
        self.rows = 0
        """Rows stored, all in all."""
        self.duplicates = 0
        """Rows that came again, since this was opened."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, isolation_level=None, timeout=5.0)
        except (OSError, sqlite3.Error) as error:
            raise ConfigurationError(
                f"cannot open the fleet's database {path}: {error}", hint="choose another with --db"
            ) from error
        try:
            self._prepare()
        except sqlite3.Error as error:
            self._db.close()
            raise ConfigurationError(
                f"cannot use the fleet's database {path}: {error}", hint="choose another with --db"
            ) from error

    def _prepare(self) -> None:
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = full")
        (version,) = self._db.execute("pragma user_version").fetchone()
        if version not in (0, _SCHEMA_VERSION):
            raise sqlite3.NotSupportedError(f"made by another version of ivi (schema {version})")
        self._db.executescript(_SCHEMA)
        self._db.execute(f"pragma user_version = {_SCHEMA_VERSION}")
        (self.rows,) = self._db.execute("select coalesce(sum(records), 0) from vehicle").fetchone()

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    @property
    def streams(self) -> int:
        """How many streams are known."""
        (count,) = self._db.execute("select count(*) from stream").fetchone()
        return int(count)

    def add(self, frames: Iterable[tuple[str, str, Frame]]) -> dict[StreamKey, int]:
        """Commit (vehicle, class, frame) triples; returns how far each stream they belong to is complete now.

        Raises UnavailableError when the disk does not take them; nothing is stored then.
        """
        now = time.time_ns()
        touched: dict[StreamKey, int] = {}
        known: dict[StreamKey, tuple[int, int]] = {}
        new = again = 0
        with self._transaction():
            for vehicle, name, frame in frames:
                key = StreamKey(vehicle, name, frame.stream)
                if key not in known:
                    known[key] = self._stream(key)
                stream_id, upto = known[key]
                if frame.kind is Kind.RECORD:
                    if self._record(stream_id, vehicle, frame, now):
                        new += 1
                    else:
                        again += 1
                elif frame.kind is Kind.GAP:
                    self._gap(stream_id, frame)
                else:
                    known[key] = stream_id, max(upto, frame.seq)
            for key, (stream_id, upto) in known.items():
                touched[key] = complete = self._complete(stream_id, upto)
                self._db.execute("update stream set upto = ? where id = ?", (complete, stream_id))
        self.rows += new
        self.duplicates += again
        return touched

    def set_state(self, vehicle: str, state: str, epoch: int) -> None:
        """What a vehicle, or the broker for it, says of its presence; news of an older start is ignored.

        Raises UnavailableError when the disk does not take it.
        """
        with self._transaction():
            self._db.execute(
                "insert into vehicle(vehicle, state, epoch, seen_ns) values(?, ?, ?, ?) on conflict(vehicle) do update "
                "set state = excluded.state, epoch = excluded.epoch, seen_ns = excluded.seen_ns "
                "where excluded.epoch >= vehicle.epoch",
                (vehicle, state, epoch, time.time_ns()),
            )

    def _stream(self, key: StreamKey) -> tuple[int, int]:
        self._db.execute(
            "insert or ignore into stream(vehicle, class, stream) values(?, ?, ?)", (key.vehicle, key.name, key.stream)
        )
        found = self._db.execute(
            "select id, upto from stream where vehicle = ? and class = ? and stream = ?",
            (key.vehicle, key.name, key.stream),
        ).fetchone()
        return int(found[0]), int(found[1])

    def _record(self, stream_id: int, vehicle: str, frame: Frame, now: int) -> bool:
        """Store a row and its effect; False when it was there."""
        stored = self._db.execute(
            "insert or ignore into record values(?, ?, ?, ?)", (stream_id, frame.seq, now, frame.body)
        ).rowcount
        if not stored:
            return False
        self._db.execute(
            "insert into vehicle(vehicle, records, seen_ns) values(?, 1, ?) on conflict(vehicle) do update "
            "set records = records + 1, seen_ns = excluded.seen_ns",
            (vehicle, now),
        )
        return True

    def _gap(self, stream_id: int, frame: Frame) -> None:
        """Note a gap. It replaces those that lie in it: the car lets a gap grow at its end."""
        first, dropped = frame.gap()
        span = (stream_id, first, frame.seq)
        if self._db.execute("select 1 from gap where stream_id = ? and first <= ? and last >= ?", span).fetchone():
            return
        self._db.execute("delete from gap where stream_id = ? and first >= ? and last <= ?", span)
        self._db.execute("insert into gap values(?, ?, ?, ?)", (*span, dropped))

    def _complete(self, stream_id: int, upto: int) -> int:
        """The end of the unbroken run of rows and gaps after `upto`."""
        while True:
            start = upto
            for (seq,) in self._db.execute(
                "select seq from record where stream_id = ? and seq > ? order by seq limit ?", (stream_id, upto, _RUN)
            ):
                if seq != upto + 1:
                    break
                upto = seq
            (last,) = self._db.execute(
                "select max(last) from gap where stream_id = ? and first <= ? and last > ?", (stream_id, upto + 1, upto)
            ).fetchone()
            upto = max(upto, last or 0)
            if upto == start:
                return upto

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._db.execute("begin immediate")
            yield
            self._db.execute("commit")
        except sqlite3.Error as error:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("rollback")
            raise UnavailableError(
                f"cannot write the fleet's database {self.path}: {error}", hint="free some disk space"
            ) from error
