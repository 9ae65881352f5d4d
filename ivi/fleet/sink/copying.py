# SPDX-License-Identifier: Apache-2.0
"""Copies telemetry from the fleet's database to the sink, and lets the database forget what was copied long ago.

The order is what makes it safe: insert into the sink, then note how far it has come. What a crash leaves between the
two is inserted again, and replaces itself.
"""

import logging
import time
from pathlib import Path

from ivi.fleet.sink.clickhouse import ClickHouse, StoredSample
from ivi.fleet.store.database import Database, Row, open_database
from ivi.fleet.store.schema import SCHEMA, TEMPORARY, VERSION
from ivi.fleet.store.telemetry import samples
from ivi.model.errors import InvalidArgumentError

log = logging.getLogger(__name__)

STREAMS = 500  # looked at in one step
ROWS = 2000  # of one stream in one step
SAMPLES = 50_000  # of one insert; ClickHouse wants few and large ones
_TIMES = range(8_000_000_000 * 10**9)  # nanoseconds that the sink's type can hold, and a car's clock can mean
_MINE = "(channel = 'telemetry' or channel like 'telemetry.%')"


class Copier:
    """One copy of the work; one is enough, and a second does no harm."""

    def __init__(self, address: Path | str, sink: ClickHouse, keep_s: float | None = None) -> None:
        """`keep_s`: seconds after which the database forgets rows that the sink has; None for never.

        Raises ConfigurationError.
        """
        self.samples = 0
        """Samples inserted since the start, those of a repetition included."""
        self.rows = 0
        """Rows copied, likewise."""
        self.unreadable = 0
        """Rows and samples that nobody can read; they are passed over."""
        self.pruned = 0
        """Rows that the database has forgotten."""
        self._sink = sink
        self._keep_s = keep_s
        self._database: Database = open_database(address)
        self._database.prepare(SCHEMA, TEMPORARY, VERSION)

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def copy(self) -> int:
        """Copy all that is complete now; returns how many rows that was. Raises UnavailableError."""
        before, after = self.rows, -1
        while True:
            found = self._database.rows(
                "select id, vehicle, channel, stream, copied, upto from stream "  # noqa: S608  # our own words
                f"where id > ? and upto > copied and {_MINE} order by id limit ?",
                (after, STREAMS),
            )
            self._copy_streams(found)
            if len(found) < STREAMS:
                break
            after = found[-1][0]
        if self._keep_s is not None:
            self._prune(time.time_ns() - round(self._keep_s * 10**9))
        return self.rows - before

    def _copy_streams(self, streams: list[Row]) -> None:
        gathered: list[StoredSample] = []
        done: list[tuple[int, int, int]] = []
        for stream_id, vehicle, channel, stream, copied, upto in streams:
            position = copied
            while position < upto:
                rows = self._database.rows(
                    "select seq, body from record where stream_id = ? and seq > ? and seq <= ? order by seq limit ?",
                    (stream_id, position, upto, ROWS),
                )
                for seq, body in rows:
                    gathered += self._read(vehicle, channel, stream, seq, body)
                self.rows += len(rows)
                reached = rows[-1][0] if len(rows) == ROWS else upto  # behind the last row there are only gaps
                done.append((reached, stream_id, position))
                position = reached
                if len(gathered) >= SAMPLES:
                    self._insert(gathered, done)
                    gathered, done = [], []
        self._insert(gathered, done)

    def _insert(self, gathered: list[StoredSample], done: list[tuple[int, int, int]]) -> None:
        if gathered:
            self._sink.insert(gathered)
            self.samples += len(gathered)
        if done:
            # Not where a late row has set the stream back meanwhile: it is copied once more.
            self._database.attempt(
                lambda: self._database.many("update stream set copied = ? where id = ? and copied = ?", done)
            )

    def _read(self, vehicle: str, channel: str, stream: bytes, seq: int, body: bytes) -> list[StoredSample]:
        try:
            found = samples(body)
        except InvalidArgumentError as error:
            self.unreadable += 1
            log.warning("row that nobody can read", extra={"seq": seq, "error": error.message})
            return []
        usable = [
            StoredSample(one.path, vehicle, one.t_ns, one.value, channel, stream, seq, n)
            for n, one in enumerate(found)
            if one.t_ns in _TIMES
        ]
        self.unreadable += len(found) - len(usable)
        return usable

    def _prune(self, before_ns: int) -> None:
        """Forget rows that came before a moment, are copied, and can never be news again."""
        after = -1
        while True:
            found = self._database.rows(
                f"select id from stream where id > ? and copied > pruned and {_MINE} order by id limit ?",  # noqa: S608
                (after, STREAMS),
            )
            for (stream_id,) in found:
                self.pruned += self._database.attempt(lambda stream_id=stream_id: self._forget(stream_id, before_ns))  # type: ignore[misc]  # the usual way to bind a loop's value
            if len(found) < STREAMS:
                return
            after = found[-1][0]

    def _forget(self, stream_id: int, before_ns: int) -> int:
        database = self._database
        stood = database.rows(f"select copied from stream s where id = ?{database.for_update}", (stream_id,))  # noqa: S608
        if not stood:
            return 0
        ((last,),) = database.rows(
            "select max(seq) from record where stream_id = ? and seq <= ? and received_ns < ?",
            (stream_id, stood[0][0], before_ns),
        )
        if last is None:
            return 0
        gone = database.run("delete from record where stream_id = ? and seq <= ?", (stream_id, last))
        database.run("delete from gap where stream_id = ? and last <= ?", (stream_id, last))
        database.run("update stream set pruned = ? where id = ?", (last, stream_id))
        return gone
