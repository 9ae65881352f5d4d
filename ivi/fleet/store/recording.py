# SPDX-License-Identifier: Apache-2.0
"""Rows of all vehicles, each once, and how far every stream is complete.

A row's key and its effect are committed in one transaction: a row that comes again changes nothing, so delivery that
is at least once becomes an effect that is exactly once. Several copies may work on one database: how far a stream is
complete is read from the tables, under the lock of the stream's row, and never from a copy's memory.
"""

import secrets
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ivi.cloud.wire import Frame, Kind
from ivi.fleet.store.completeness import complete
from ivi.fleet.store.database import Database, open_database
from ivi.fleet.store.effects import Arrival, Effects, has_effects
from ivi.fleet.store.schema import SCHEMA, TEMPORARY, VERSION
from ivi.model.errors import UnavailableError

HOUR_NS = 3600 * 10**9
MAX_KNOWN = 200_000  # stream ids kept in memory, about 60 MB
_ID_BITS = 62

type Item = tuple[str, str, Frame]
"""Vehicle (the broker vouches for it, the payload does not), channel, frame."""


@dataclass(frozen=True, slots=True)
class StreamKey:
    """A stream as the fleet knows it while it acknowledges."""

    vehicle: str
    name: str
    """The channel: a delivery class, or a class and a purpose, e.g. `telemetry.research`."""
    stream: bytes


def is_pseudonymous(channel: str) -> bool:
    """Whether rows of a channel are stored without the vehicle: those for a purpose other than operation."""
    return "." in channel


@dataclass(slots=True)
class _Batch:
    """The frames of one transaction, sorted out."""

    rows: dict[tuple[int, int], tuple[int, bytes]] = field(default_factory=dict)
    """(stream id, sequence) to time of arrival and body."""
    gaps: list[tuple[int, Frame]] = field(default_factory=list)
    settled: dict[int, int] = field(default_factory=dict)
    keys: dict[int, StreamKey] = field(default_factory=dict)
    seen: int = 0
    """Rows in it, those that came twice included."""


class Store:
    """One connection to the fleet's database, for whoever adds to it; for one thread at a time."""

    def __init__(self, address: Path | str) -> None:
        """Open or make the database: a file, or `postgresql://...`. Raises ConfigurationError."""
        self.database: Database = open_database(address)
        self.database.prepare(SCHEMA, TEMPORARY, VERSION)
        self.rows = 0
        """Rows stored, all in all; of a database with several copies, at the opening and by this one since."""
        self.streams = 0
        """How many streams are known, counted likewise."""
        self.duplicates = 0
        """Rows that came again, since this was opened."""
        self._effects = Effects(self.database)
        self._known: dict[tuple[str, str, bytes], int] = {}
        ((self.streams, rows),) = self.database.rows("select count(*), coalesce(sum(records), 0) from stream")
        self.rows = int(rows)

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    def add(self, frames: Iterable[Item]) -> dict[StreamKey, int]:
        """Commit frames; returns how far each stream they belong to is complete now.

        Raises UnavailableError when the database does not take them; nothing is stored then.
        """
        items = list(frames)
        if not items:
            return {}
        now = time.time_ns()
        try:
            found, new, again, streams = self.database.attempt(lambda: self._add(items, now))
        except UnavailableError:
            self._known.clear()  # ids of streams whose making was undone
            raise
        self.rows += new
        self.duplicates += again
        self.streams += streams
        return found

    def set_state(self, vehicle: str, state: str, epoch: int) -> None:
        """What a vehicle, or the broker for it, says of its presence; news of an older start is ignored.

        Raises UnavailableError when the database does not take it.
        """
        self.database.attempt(
            lambda: self.database.run(
                "insert into vehicle(vehicle, state, epoch, state_ns) values(?, ?, ?, ?) "
                "on conflict(vehicle) do update set state = excluded.state, epoch = excluded.epoch, "
                "state_ns = excluded.state_ns where excluded.epoch >= vehicle.epoch",
                (vehicle, state, epoch, time.time_ns()),
            )
        )

    # -- one transaction ----------------------------------------------------------------------------------------------
    def _add(self, items: Sequence[Item], now: int) -> tuple[dict[StreamKey, int], int, int, int]:
        made = self._resolve(items)
        batch = self._sort(items, now)
        # In the order of their ids, so that two copies never wait for each other.
        condition, ids = self.database.among("s.id", sorted(batch.keys))
        before = dict(
            self.database.rows(
                f"select s.id, s.upto from stream s where {condition} order by s.id{self.database.for_update}",  # noqa: S608
                (ids,),
            )
        )
        if len(before) != len(batch.keys):  # somebody deleted a stream
            self._known.clear()
            return self._add(items, now)
        fresh = self._insert(batch)
        for stream_id, frame in batch.gaps:
            self._gap(stream_id, frame)
        self.database.load("touched", ("id", "settled", "fresh", "least", "seen_ns"), self._touched(batch, fresh, now))
        found = complete(self.database, {key: max(upto, batch.settled.get(key, 0)) for key, upto in before.items()})
        self._effects.apply(self._arrivals(batch, fresh, now))
        uptos = {batch.keys[stream_id]: upto for stream_id, upto in found.items()}
        return uptos, len(fresh), batch.seen - len(fresh), made

    def _resolve(self, items: Sequence[Item]) -> int:
        """Make sure that the id of every stream is known; returns how many streams were made."""
        wanted = {_identity(*item) for item in items}.difference(self._known)
        if not wanted:
            return 0
        if len(self._known) + len(wanted) > MAX_KNOWN:
            self._known.clear()
            wanted = {_identity(*item) for item in items}
        made = 0
        vehicles = sorted({vehicle for vehicle, _, _ in wanted if vehicle})
        self.database.many(
            "insert into vehicle(vehicle) values(?) on conflict do nothing", [(vehicle,) for vehicle in vehicles]
        )
        for identity in sorted(wanted):
            made += self.database.run(
                "insert into stream(id, vehicle, channel, stream) values(?, ?, ?, ?) on conflict do nothing",
                (secrets.randbits(_ID_BITS), *identity),
            )
            ((self._known[identity],),) = self.database.rows(
                "select id from stream where vehicle = ? and channel = ? and stream = ?", identity
            )
        return made

    def _sort(self, items: Sequence[Item], now: int) -> _Batch:
        batch = _Batch()
        for vehicle, channel, frame in items:
            stream_id = self._known[_identity(vehicle, channel, frame)]
            batch.keys[stream_id] = StreamKey(vehicle, channel, frame.stream)
            if frame.kind is Kind.RECORD:
                batch.seen += 1
                batch.rows.setdefault((stream_id, frame.seq), (_coarse(channel, now), frame.body))
            elif frame.kind is Kind.GAP:
                batch.gaps.append((stream_id, frame))
            else:
                batch.settled[stream_id] = max(frame.seq, batch.settled.get(stream_id, 0))
        return batch

    def _insert(self, batch: _Batch) -> list[tuple[int, int]]:
        """Store the rows; returns the keys of those that were not there."""
        if not batch.rows:
            return []
        self.database.load(
            "incoming",
            ("stream_id", "seq", "received_ns", "body_bytes"),
            ((stream_id, seq, *row) for (stream_id, seq), row in sorted(batch.rows.items())),
        )
        found = self.database.rows(
            "insert into record(stream_id, seq, received_ns, body) "
            "select i.stream_id, i.seq, i.received_ns, i.body_bytes from incoming i join stream s on s.id = i.stream_id "
            "where i.seq > s.pruned on conflict do nothing returning stream_id, seq"
        )
        return [(stream_id, seq) for stream_id, seq in found]

    def _gap(self, stream_id: int, frame: Frame) -> None:
        """Note a gap. It replaces those that lie in it: the car lets a gap grow at its end."""
        first, dropped = frame.gap()
        span = (stream_id, first, frame.seq)
        if self.database.rows("select 1 from gap where stream_id = ? and first <= ? and last >= ?", span):
            return
        self.database.run("delete from gap where stream_id = ? and first >= ? and last <= ?", span)
        self.database.run("insert into gap values(?, ?, ?, ?)", (*span, min(dropped, (1 << 63) - 1)))

    @staticmethod
    def _touched(batch: _Batch, fresh: list[tuple[int, int]], now: int) -> Iterator[tuple[int, int, int, int, int]]:
        news: dict[int, list[int]] = defaultdict(list)
        for stream_id, seq in fresh:
            news[stream_id].append(seq)
        for stream_id, key in batch.keys.items():
            seqs = news.get(stream_id, ())
            settled = batch.settled.get(stream_id, 0)
            yield stream_id, settled, len(seqs), min(seqs, default=0), _coarse(key.name, now)

    @staticmethod
    def _arrivals(batch: _Batch, fresh: list[tuple[int, int]], now: int) -> list[Arrival]:
        found = []
        for stream_id, seq in sorted(fresh):
            key = batch.keys[stream_id]
            if has_effects(key.name):
                owner = "" if is_pseudonymous(key.name) else key.vehicle
                body = batch.rows[stream_id, seq][1]
                found.append(Arrival(owner, stream_id, seq, _coarse(key.name, now), body))
        return found


def _identity(vehicle: str, channel: str, frame: Frame) -> tuple[str, str, bytes]:
    """What a stream is known by in the tables. Of a purpose of its own its 64 random bits must do: no vehicle."""
    return "" if is_pseudonymous(channel) else vehicle, channel, frame.stream


def _coarse(channel: str, now: int) -> int:
    """A time of arrival; without a vehicle only its hour, or it could be found by what else came at that moment."""
    return now - now % HOUR_NS if is_pseudonymous(channel) else now
