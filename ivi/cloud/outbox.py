# SPDX-License-Identifier: Apache-2.0
"""The durable outbox: rows that were accepted, until the fleet says that it has committed them.

A PUBACK says only that the broker took a message; a broker that is killed forgets what it took. So a row leaves this
file when the ingest database acknowledges it (`acknowledge`), and everything not acknowledged is sent again after each
connection (`rewind`). Sending twice is harmless: the fleet's primary key is (stream, sequence), and both are here.

When the outbox is full the oldest rows are given up. They become one gap record, which takes their place at the head
and tells the fleet what will not come; without it the cumulative acknowledgement would wait for them for ever.
"""

import contextlib
import os
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from ivi.cloud.age_clock import AgeClock, boot_id
from ivi.cloud.outbox_file import connect, lock, set_aside
from ivi.cloud.wire import STREAM_BYTES, Frame, Kind, gap_frame
from ivi.daemon.sqlite_file import is_damage
from ivi.model.errors import ConfigurationError, UnavailableError

MAX_ROWS = 500_000  # a row a second for nearly six days
MAX_BYTES = 64 << 20  # bytes of payload
WINDOW = 2000  # rows sent but not acknowledged; 2000 drained 1.8 times as fast as 400
REBOOT_SKIP = 1_000_000  # sequence numbers, far over what a write-ahead log holds between two syncs


class DamagedError(UnavailableError):
    """The database file is damaged; opening the outbox again sets it aside."""


class Outbox:
    """The rows of one class. Not for several threads; one process at a time, which a lock beside the file ensures."""

    def __init__(
        self,
        path: Path,
        *,
        sync: Literal["FULL", "NORMAL"] = "NORMAL",
        max_rows: int = MAX_ROWS,
        max_bytes: int = MAX_BYTES,
        window: int = WINDOW,
        max_age_s: float = 0.0,
        keep: Callable[[bytes, list[tuple[int, bytes]]], None] | None = None,
    ) -> None:
        """Open or make the file. NORMAL may lose the last rows at a power failure, never at a crash of the process.

        Rows older than `max_age_s` are given up by `expire`; 0 keeps them for ever. `keep` gets the stream and the
        (sequence, payload) of rows before they are forgotten because the fleet has them; it must not raise.

        Raises UnavailableError when another copy has it open, ConfigurationError when the file cannot be used.
        """
        self.path = path
        self.quarantined: Path | None = None
        """Where a damaged file was moved when this outbox was opened."""
        self._sync, self._keep = sync, keep
        self._max_rows, self._max_bytes, self._window, self._max_age = max_rows, max_bytes, window, max_age_s
        self._next = 0
        self._sent_rows: int | None = 0
        self._lock = lock(path)
        with contextlib.ExitStack() as undo:
            undo.callback(os.close, self._lock)
            self._db = self._open()
            undo.callback(self._db.close)
            self._load()
            undo.pop_all()

    # -- opening ------------------------------------------------------------------------------------------------------
    def _open(self) -> sqlite3.Connection:
        try:
            try:
                return connect(self.path, self._sync)
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
                self.quarantined = set_aside(self.path)
                return connect(self.path, self._sync)
        except (sqlite3.Error, OSError) as error:
            raise ConfigurationError(
                f"cannot use the outbox {self.path}: {error}", hint="check the folder's rights and free space"
            ) from error

    def _load(self) -> None:
        """Read the counters. A new file is a new stream: a wiped disk cannot collide with numbers the fleet knows."""
        with self._transaction():
            self._db.execute("insert or ignore into meta values('stream', ?)", (uuid.uuid4().bytes[:STREAM_BYTES],))
            for key in ("accepted", "acknowledged", "dropped", "epoch"):
                self._db.execute("insert or ignore into meta values(?, 0)", (key,))
            # The time as well, so that it grows although a damaged file was replaced.
            self._db.execute("update meta set value = max(value + 1, ?) where key = 'epoch'", (int(time.time()),))
            self._skip_after_reboot()
        meta = dict(self._read("select key, value from meta"))
        # Half of the limit, so that one jump of the clock while the car was off leaves the younger half.
        self._age = AgeClock(meta.get("age", ""), meta["boot"], self._max_age / 2)
        self.stream: bytes = meta["stream"]
        self.epoch: int = meta["epoch"]
        """How often this file was opened."""
        self.accepted: int = meta["accepted"]
        self.acknowledged: int = meta["acknowledged"]
        self.dropped: int = meta["dropped"]
        self._recount()
        self._ever_sent = self._last_seq()

    def _skip_after_reboot(self) -> None:
        """With NORMAL sync a power failure can take back rows that the fleet has; their numbers must not return.

        The numbers skipped are told to the fleet as a gap in which nothing was dropped.
        """
        boot = boot_id()
        seen = self._db.execute("select value from meta where key = 'boot'").fetchone()
        last = self._last_seq()
        if self._sync == "NORMAL" and last and seen is not None and seen[0] != boot:
            self._db.execute("insert into outbox values(?, ?, 0, x'', 0)", (last + REBOOT_SKIP, last + 1))
        self._db.execute("insert or replace into meta values('boot', ?)", (boot,))

    def close(self) -> None:
        """Close the file and let another copy have it."""
        self._db.close()
        os.close(self._lock)

    # -- numbers ------------------------------------------------------------------------------------------------------
    @property
    def waiting(self) -> int:
        """Accepted rows that are neither acknowledged nor given up."""
        return self._waiting

    @property
    def bytes_waiting(self) -> int:
        """Bytes of their payloads."""
        return self._bytes

    @property
    def unacknowledged(self) -> bool:
        """Whether something was sent since the last rewind and is not acknowledged."""
        return self._sent() > 0

    def has_room(self, rows: int, size: int) -> bool:
        """Whether so many rows and bytes more would fit without giving up any."""
        return self._waiting + rows <= self._max_rows and self._bytes + size <= self._max_bytes

    def _sent(self) -> int:
        if self._sent_rows is None:
            self._sent_rows = int(self._read("select count(*) from outbox where seq < ?", self._next)[0][0])
        return self._sent_rows

    def _last_seq(self) -> int:
        rows = self._read("select seq from sqlite_sequence where name = 'outbox'")
        return int(rows[0][0]) if rows else 0

    def _recount(self) -> None:
        self._waiting: int
        self._bytes: int
        self._waiting, self._bytes = self._read(
            "select count(*), coalesce(sum(length(payload)), 0) from outbox where first is null"
        )[0]

    # -- writing ------------------------------------------------------------------------------------------------------
    def append(self, payloads: Sequence[bytes]) -> list[int]:
        """Commit rows together and return their sequences; only then are they accepted.

        Raises UnavailableError when the disk does not take them (none is accepted then), DamagedError when the file is
        broken.
        """
        with self._transaction():
            insert, at = "insert into outbox(payload, at) values(?, ?)", int(self._age.now())
            seqs = [int(self._db.execute(insert, (payload, at)).lastrowid or 0) for payload in payloads]
            self._db.execute("insert or replace into meta values('age', ?)", (self._age.state(),))
            waiting, size = self._waiting + len(payloads), self._bytes + sum(map(len, payloads))
            dropped, freed = self._give_up(waiting - self._max_rows, size - self._max_bytes)
            self._add("accepted", len(payloads))
            self._add("dropped", dropped)
        self.accepted += len(payloads)
        self.dropped += dropped
        self._waiting, self._bytes = waiting - dropped, size - freed
        return seqs

    def expire(self) -> int:
        """Give up the rows that are too old; returns how many. Raises UnavailableError."""
        oldest = int(self._age.now() - self._max_age)
        first = self._read("select at from outbox where first is null order by seq limit 1")
        if not self._max_age or not first or first[0][0] >= oldest:
            return 0
        (count,) = self._read("select count(*) from outbox where first is null and at < ?", oldest)[0]
        return self._drop(count, 0)

    def purge(self) -> int:
        """Give up all rows, and overwrite what is left of them in the file; returns how many rows that were.

        Raises UnavailableError when the disk does not take it.
        """
        if not self._waiting:
            return 0
        self._read("pragma secure_delete = on")
        dropped = self._drop(self._waiting, self._bytes)
        self._read("pragma wal_checkpoint(truncate)")
        return dropped

    def renew(self) -> None:
        """Give up what waits and begin a stream that has nothing in common with the old one, numbers neither.

        Raises UnavailableError.
        """
        self.purge()
        stream = uuid.uuid4().bytes[:STREAM_BYTES]
        with self._transaction():
            self._db.execute("delete from outbox")
            self._db.execute("delete from sqlite_sequence where name = 'outbox'")
            self._db.execute("update meta set value = ? where key = 'stream'", (stream,))
        self.stream = stream
        self._next, self._sent_rows, self._ever_sent = 0, 0, 0

    def _drop(self, rows: int, size: int) -> int:
        with self._transaction():
            dropped, freed = self._give_up(rows, size)
            self._add("dropped", dropped)
            self._db.execute("insert or replace into meta values('age', ?)", (self._age.state(),))
        self.dropped += dropped
        self._waiting, self._bytes = self._waiting - dropped, self._bytes - freed
        return dropped

    def _give_up(self, rows: int, size: int) -> tuple[int, int]:
        """Turn the oldest rows into a gap until `rows` rows and `size` bytes are gone; returns both as they became."""
        if rows <= 0 and size <= 0:
            return 0, 0
        dropped = freed = in_gaps = first = last = 0
        for seq, gap_first, gap_dropped, length in self._db.execute(
            "select seq, first, dropped, length(payload) from outbox order by seq"
        ):
            if dropped >= rows and freed >= size:
                break
            first, last = first or gap_first or seq, seq
            if gap_first is None:
                dropped, freed = dropped + 1, freed + length
            else:
                in_gaps += gap_dropped
        self._db.execute("delete from outbox where seq <= ?", (last,))
        self._db.execute("insert into outbox values(?, ?, ?, x'', 0)", (last, first, dropped + in_gaps))
        self._sent_rows = None
        return dropped, freed

    # -- sending ------------------------------------------------------------------------------------------------------
    def rewind(self) -> None:
        """Begin again at the oldest row: after each connection, and when acknowledgements stay away."""
        self._next, self._sent_rows = 0, 0

    def due(self, limit: int, size: int = MAX_BYTES) -> list[Frame]:
        """The next frames to send: at most `limit`, those that begin within `size` bytes, and never more than the
        window beyond the acknowledgement.
        """
        room = min(limit, self._window - self._sent())
        if room <= 0:
            return []
        rows = []
        query = "select seq, first, dropped, payload from outbox where seq >= ? order by seq limit ?"
        try:
            for row in self._db.execute(query, (self._next, room)):
                rows.append(row)
                size -= len(row[3])
                if size <= 0:
                    break
        except sqlite3.Error as error:
            raise self._explain(error) from error
        if rows:
            self._next, self._sent_rows = rows[-1][0] + 1, self._sent() + len(rows)
            self._ever_sent = max(self._ever_sent, rows[-1][0])
        return [self._frame(*row) for row in rows]

    def back(self, seq: int) -> None:
        """What begins at this sequence was not sent after all: it is due again."""
        self._next, self._sent_rows = seq, None

    def bodies(self) -> Iterator[bytes]:
        """Payloads of the rows that wait, the oldest first, whether they were sent or not."""
        last = 0
        while rows := self._read(
            "select seq, payload from outbox where seq > ? and first is null order by seq limit 100", last
        ):
            yield from (payload for _, payload in rows)
            last = rows[-1][0]

    def oldest(self) -> Frame | None:
        """The frame that the fleet waits for, whether it was sent or not."""
        rows = self._read("select seq, first, dropped, payload from outbox order by seq limit 1")
        return self._frame(*rows[0]) if rows else None

    def _frame(self, seq: int, first: int | None, dropped: int, payload: bytes) -> Frame:
        if first is None:
            return Frame(Kind.RECORD, self.stream, seq, payload)
        return gap_frame(self.stream, first, seq, dropped)

    def settled(self) -> Frame | None:
        """What to say first after a rewind: that the fleet need not wait for older rows. None if there are none."""
        rows = self._read("select coalesce(first, seq) from outbox order by seq limit 1")
        return Frame(Kind.SETTLED, self.stream, rows[0][0] - 1) if rows and rows[0][0] > 1 else None

    def acknowledge(self, stream: bytes, upto: int) -> int:
        """The fleet has all rows up to and including `upto`: forget them. Returns how many rows that were.

        An acknowledgement of another stream, or of rows that were never sent, is not for us and changes nothing.
        """
        if stream != self.stream or not 0 < upto <= self._ever_sent:
            return 0
        if self._keep is not None:
            rows = self._read("select seq, payload from outbox where seq <= ? and first is null order by seq", upto)
            self._keep(self.stream, rows)
        with self._transaction():
            count, size = self._read(
                "select count(*), coalesce(sum(length(payload)), 0) from outbox where seq <= ? and first is null", upto
            )[0]
            gone = self._db.execute("delete from outbox where seq <= ?", (upto,)).rowcount
            self._add("acknowledged", count)
        self.acknowledged += count
        if upto >= self._next:
            self._next, self._sent_rows = upto + 1, 0
        else:
            self._sent_rows = None if self._sent_rows is None else self._sent_rows - gone
        self._waiting, self._bytes = self._waiting - count, self._bytes - size
        return int(count)

    def _add(self, key: str, count: int) -> None:
        if count:
            self._db.execute("update meta set value = value + ? where key = ?", (count, key))

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing. Raises UnavailableError or DamagedError."""
        try:
            self._db.execute("begin immediate")
            yield
            self._db.execute("commit")
        except sqlite3.Error as error:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("rollback")
            raise self._explain(error) from error

    def _read(self, query: str, *values: int) -> list[Any]:
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise self._explain(error) from error

    def _explain(self, error: sqlite3.Error) -> UnavailableError:
        if is_damage(error):
            return DamagedError(f"the outbox {self.path} is damaged: {error}", hint="it is set aside when opened again")
        return UnavailableError(f"cannot use the outbox {self.path}: {error}", hint="free some disk space")
