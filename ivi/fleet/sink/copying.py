# SPDX-License-Identifier: Apache-2.0
"""Copies telemetry from the fleet's database to the sink, and lets the database forget what was copied long ago.

The order is what makes it safe: insert into the sink, then note how far it has come. What a crash leaves between the
two is inserted again, and replaces itself.
"""

import logging
import time
from pathlib import Path

from ivi.cloud.wire import MAX_SEQ
from ivi.fleet.sink.clickhouse import ClickHouse, StoredSample
from ivi.fleet.store.database import Database, Row, open_database
from ivi.fleet.store.forgetting import TO_DELETE
from ivi.fleet.store.schema import SCHEMA, TEMPORARY, VERSION
from ivi.fleet.store.signal_tables import SignalTables
from ivi.fleet.store.telemetry import samples
from ivi.model.errors import InvalidArgumentError, IviError, NotFoundError

log = logging.getLogger(__name__)

STREAMS = 500  # looked at in one step
ROWS = 2000  # of one stream in one step
PATIENCE_NS = 24 * 3600 * 10**9  # how long a row may wait for the table of its signals
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
        self._gathered: list[StoredSample] = []
        self._done: list[tuple[int, int, int]] = []
        """For `copied`: new value, stream, and the value that it must still have."""
        self._sink = sink
        self._keep_s = keep_s
        self._database: Database = open_database(address)
        self._database.prepare(SCHEMA, TEMPORARY, VERSION)
        self._tables = SignalTables(self._database)

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def copy(self) -> int:
        """Copy all that is complete now; returns how many rows that was. Raises UnavailableError."""
        before, after = self.rows, -1
        self._gathered, self._done = [], []  # of a copy that ended with an error
        self._delete()
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
        for stream_id, *names, copied, upto in streams:
            position: int | None = copied
            while position is not None and position < upto:
                position = self._copy_rows(stream_id, tuple(names), position, upto)
                if len(self._gathered) >= SAMPLES:
                    self._insert()
        self._insert()

    def _copy_rows(self, stream_id: int, names: tuple[str, str, bytes], position: int, upto: int) -> int | None:
        """Read some rows of a stream; returns where to go on, None when a row has to wait for its table."""
        rows = self._database.rows(
            "select seq, body, received_ns from record where stream_id = ? and seq > ? and seq <= ? "
            "order by seq limit ?",
            (stream_id, position, upto, ROWS),
        )
        # Behind the last row there are only gaps.
        reached, going = rows[-1][0] if len(rows) == ROWS else upto, True
        for seq, body, received_ns in rows:
            try:
                self._gathered += self._read(names, seq, body)
            except NotFoundError as error:
                if time.time_ns() - received_ns < PATIENCE_NS:
                    reached, going = seq - 1, False
                    break
                self._pass_over(seq, error)
            self.rows += 1
        if reached > position:
            self._done.append((reached, stream_id, position))
        return reached if going else None

    def _insert(self) -> None:
        gathered, self._gathered = self._gathered, []
        done, self._done = self._done, []
        if gathered:
            self._sink.insert(gathered)
            self.samples += len(gathered)
        if done:
            # Not where a late row has set the stream back meanwhile: it is copied once more.
            self._database.attempt(
                lambda: self._database.many("update stream set copied = ? where id = ? and copied = ?", done)
            )

    def _read(self, names: tuple[str, str, bytes], seq: int, body: bytes) -> list[StoredSample]:
        vehicle, channel, stream = names
        try:
            found = samples(body, self._tables)
        except InvalidArgumentError as error:
            self._pass_over(seq, error)
            return []
        usable = [
            StoredSample(one.path, vehicle, one.t_ns, one.value, channel, stream, seq, n)
            for n, one in enumerate(found)
            if one.t_ns in _TIMES
        ]
        self.unreadable += len(found) - len(usable)
        return usable

    def _pass_over(self, seq: int, error: IviError) -> None:
        self.unreadable += 1
        log.warning("row that nobody can read", extra={"seq": seq, "error": error.message})

    def _delete(self) -> None:
        """Delete samples of streams whose driver has taken the consent back."""
        for stream_id, channel, stream in self._database.rows(
            f"select id, channel, stream from stream where copied = ? and {_MINE}",  # noqa: S608  # our own words
            (TO_DELETE,),
        ):
            self._sink.delete(channel, stream)
            self._database.attempt(
                lambda stream_id=stream_id: self._database.run(  # type: ignore[misc]  # binds the loop's value
                    "update stream set copied = ? where id = ?", (MAX_SEQ, stream_id)
                )
            )

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
