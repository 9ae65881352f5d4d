# SPDX-License-Identifier: Apache-2.0
"""Rows of all vehicles, each once, and how far every stream is complete.

A row's key and its effect are committed in one transaction: a row that comes again changes nothing, so delivery that
is at least once becomes an effect that is exactly once. Several copies may work on one database: how far a stream is
complete is read from the tables, under the lock of the stream's row, and never from a copy's memory.
"""

import contextlib
import secrets
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ivi.cloud.consent.purposes import is_by_name
from ivi.cloud.wire import Frame, Kind
from ivi.fleet.store.completeness import complete
from ivi.fleet.store.database import Database, open_database
from ivi.fleet.store.effects import Arrival, Effects, has_effects
from ivi.fleet.store.forgetting import forget
from ivi.fleet.store.schema import SCHEMA, TEMPORARY, VERSION

HOUR_NS = 3600 * 10**9
MAX_KNOWN = 200_000  # stream ids kept in memory, about 60 MB
MAX_STATE = 32  # characters of what a vehicle says of its presence
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
    """Whether rows of a channel are stored without the vehicle: those for a purpose that needs no name."""
    return not is_by_name(channel)


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


@dataclass(slots=True)
class _Standing:
    """A stream's row, while this transaction holds its lock."""

    stream_id: int
    upto: int
    highest: int
    copied: int
    pruned: int
    fresh: int = 0

    def stored(self, seq: int) -> None:
        """A new row. As long as nothing is missing this is all that is needed; else the tables are asked."""
        self.fresh += 1
        if seq == self.upto + 1 and self.upto == self.highest:
            self.upto = seq
        self.copied = min(self.copied, seq - 1)
        self.highest = max(self.highest, seq)

    def know(self, last: int) -> None:
        """A gap, which the tables know better."""
        self.highest = max(self.highest, last)

    def settle(self, seq: int) -> None:
        """The car holds nothing up to `seq`."""
        self.upto, self.highest = max(self.upto, seq), max(self.highest, seq)


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

    def add(self, frames: Iterable[Item], *, effects: bool = True) -> dict[StreamKey, int]:
        """Commit frames; returns how far each stream they belong to is complete now.

        Without `effects` rows are stored as they came, and nothing else changes.

        Raises UnavailableError when the database does not take them now, InvalidArgumentError when it never will;
        nothing is stored then.
        """
        items = list(frames)
        if not items:
            return {}
        now = time.time_ns()
        with contextlib.ExitStack() as undo:
            undo.callback(self._known.clear)  # ids of streams whose making was undone
            found, new, again, streams = self.database.attempt(lambda: self._add(items, now, effects=effects))
            undo.pop_all()
        self.rows += new
        self.duplicates += again
        self.streams += streams
        return found

    @property
    def malformed(self) -> int:
        """Rows of control and events that nobody could read, since this was opened; they are stored all the same."""
        return self._effects.malformed

    def set_state(self, vehicle: str, state: str, epoch: int, connection: int = 0) -> None:
        """What a vehicle, or the broker for it, says of its presence.

        Several copies of the ingest may hear two words in either order, so news of an older start or of an older
        connection is ignored, and so is that somebody is there in a connection that has ended.

        Raises UnavailableError when the database does not take it.
        """
        self.set_states([(vehicle, state, epoch, connection)])

    def set_states(self, news: Iterable[tuple[str, str, int, int]]) -> None:
        """The same for several: vehicle, state, epoch, connection."""
        now = time.time_ns()
        # By vehicle, so that copies do not wait for each other; of one vehicle in the order of its news.
        rows = [
            (vehicle, state[:MAX_STATE].replace("\0", ""), epoch, connection, now)
            for vehicle, state, epoch, connection in sorted(news, key=lambda one: one[0])
            if 0 <= epoch < 1 << 63 and 0 <= connection < 1 << 63
        ]
        if not rows:
            return
        self.database.attempt(
            lambda: self.database.many(
                "insert into vehicle(vehicle, state, epoch, connection, state_ns) values(?, ?, ?, ?, ?) "
                "on conflict(vehicle) do update set state = excluded.state, epoch = excluded.epoch, "
                "connection = excluded.connection, state_ns = excluded.state_ns "
                "where (excluded.epoch, excluded.connection) > (vehicle.epoch, vehicle.connection) "
                "or (excluded.epoch, excluded.connection) = (vehicle.epoch, vehicle.connection) "
                "and (excluded.connection = 0 or excluded.state <> 'online' or vehicle.state = 'online')",
                rows,
            )
        )

    def forget(self, channel: str, stream: bytes) -> int:
        """Delete the rows of a stream without a vehicle, and store none of it again; returns how many there were.

        A record of kind `consent` that asks for it has the same effect. Raises UnavailableError.
        """
        return self.database.attempt(lambda: forget(self.database, channel, stream))

    # -- one transaction ----------------------------------------------------------------------------------------------
    def _add(self, items: Sequence[Item], now: int, *, effects: bool) -> tuple[dict[StreamKey, int], int, int, int]:
        made = self._resolve(items)
        batch = self._sort(items, now)
        # In the order of their ids, so that two copies never wait for each other.
        condition, ids = self.database.among("s.id", sorted(batch.keys))
        standing = {
            row[0]: _Standing(*row)
            for row in self.database.rows(
                f"select s.id, s.upto, s.highest, s.copied, s.pruned from stream s where {condition} "  # noqa: S608
                f"order by s.id{self.database.for_update}",
                (ids,),
            )
        }
        if len(standing) != len(batch.keys):  # somebody deleted a stream
            self._known.clear()
            return self._add(items, now, effects=effects)
        fresh = self._insert(batch, standing)
        for stream_id, frame in batch.gaps:
            self._gap(stream_id, frame)
        uptos = self._advance(batch, standing, fresh, now)
        if effects:
            self._effects.apply(self._arrivals(batch, fresh, now))
        found = {batch.keys[stream_id]: upto for stream_id, upto in uptos.items()}
        return found, len(fresh), batch.seen - len(fresh), made

    def _resolve(self, items: Sequence[Item]) -> int:
        """Make sure that the id of every stream is known; returns how many streams were made."""
        wanted = {_identity(*item) for item in items}
        if len(self._known) + len(wanted) > MAX_KNOWN:
            self._known.clear()
        wanted.difference_update(self._known)
        if not wanted:
            return 0
        columns = ("id", "vehicle_text", "channel_text", "stream_bytes")
        self.database.load("wanted", columns, ((secrets.randbits(_ID_BITS), *identity) for identity in wanted))
        self.database.run(
            "insert into vehicle(vehicle) select distinct vehicle_text from wanted where vehicle_text <> '' order by 1 "
            "on conflict do nothing"
        )
        made = self.database.run(
            "insert into stream(id, vehicle, channel, stream) select id, vehicle_text, channel_text, stream_bytes "
            "from wanted where true order by 2, 3, 4 on conflict do nothing"
        )
        found = self.database.rows(
            "select s.vehicle, s.channel, s.stream, s.id from wanted w "
            "join stream s on s.vehicle = w.vehicle_text and s.channel = w.channel_text and s.stream = w.stream_bytes"
        )
        self._known |= {(vehicle, channel, stream): stream_id for vehicle, channel, stream, stream_id in found}
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

    def _insert(self, batch: _Batch, standing: dict[int, _Standing]) -> list[tuple[int, int]]:
        """Store the rows; returns the keys of those that were not there, in their order."""
        rows = sorted(item for item in batch.rows.items() if item[0][1] > standing[item[0][0]].pruned)
        if not rows:
            return []
        columns = ("stream_id", "seq", "received_ns", "body_bytes")
        self.database.load("incoming", columns, ((*key, *row) for key, row in rows))
        found = self.database.rows(
            "insert into record(stream_id, seq, received_ns, body) "
            "select stream_id, seq, received_ns, body_bytes from incoming where true "
            "on conflict do nothing returning stream_id, seq"
        )
        return sorted((stream_id, seq) for stream_id, seq in found)

    def _gap(self, stream_id: int, frame: Frame) -> None:
        """Note a gap. It replaces those that lie in it: the car lets a gap grow at its end."""
        first, dropped = frame.gap()
        span = (stream_id, first, frame.seq)
        if self.database.rows("select 1 from gap where stream_id = ? and first <= ? and last >= ?", span):
            return
        self.database.run("delete from gap where stream_id = ? and first >= ? and last <= ?", span)
        self.database.run("insert into gap values(?, ?, ?, ?)", (*span, min(dropped, (1 << 63) - 1)))

    def _advance(
        self, batch: _Batch, standing: dict[int, _Standing], fresh: list[tuple[int, int]], now: int
    ) -> dict[int, int]:
        """Bring the streams up to date; returns how far each is complete now."""
        for stream_id, seq in fresh:
            standing[stream_id].stored(seq)
        for stream_id, frame in batch.gaps:
            standing[stream_id].know(frame.seq)
        for stream_id, seq in batch.settled.items():
            standing[stream_id].settle(seq)
        uptos = {stream_id: stand.upto for stream_id, stand in standing.items()}
        self.database.load(
            "touched",
            ("id", "upto", "highest", "copied", "fresh", "seen_ns", "broken"),
            (
                (
                    *(stream_id, stand.upto, stand.highest, stand.copied, stand.fresh),
                    *(_coarse(batch.keys[stream_id].name, now), stand.upto < stand.highest),
                )
                for stream_id, stand in standing.items()
            ),
        )
        self.database.run(
            "update stream set upto = t.upto, highest = t.highest, copied = t.copied, "
            "records = stream.records + t.fresh, seen_ns = t.seen_ns from touched t where stream.id = t.id"
        )
        if any(stand.upto < stand.highest for stand in standing.values()):
            complete(self.database, uptos)
        return uptos

    @staticmethod
    def _arrivals(batch: _Batch, fresh: list[tuple[int, int]], now: int) -> list[Arrival]:
        found = []
        for stream_id, seq in fresh:
            key = batch.keys[stream_id]
            if has_effects(key.name):
                owner = "" if is_pseudonymous(key.name) else key.vehicle
                body = batch.rows[stream_id, seq][1]
                found.append(Arrival(owner, stream_id, seq, _coarse(key.name, now), body, key.name))
        return found


def _identity(vehicle: str, channel: str, frame: Frame) -> tuple[str, str, bytes]:
    """What a stream is known by in the tables. Of a purpose of its own its 64 random bits must do: no vehicle."""
    return "" if is_pseudonymous(channel) else vehicle, channel, frame.stream


def _coarse(channel: str, now: int) -> int:
    """A time of arrival; without a vehicle only its hour, or it could be found by what else came at that moment."""
    return now - now % HOUR_NS if is_pseudonymous(channel) else now
