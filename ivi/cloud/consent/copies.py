# SPDX-License-Identifier: Apache-2.0
"""Copies of what the fleet has, so that the driver can see it and take it along. Bounded; the oldest make room."""

import contextlib
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path

from ivi.cloud.consent.purposes import purpose_of
from ivi.daemon import sqlite_file

log = logging.getLogger(__name__)

MAX_BYTES = 64 << 20  # bytes of rows
KEEP_DAYS = 90  # days
_SCHEMA = """
create table if not exists sent(
    id integer primary key, channel text not null, stream blob not null, seq integer not null,
    at_ms integer not null,  -- when the fleet said that it has the row
    body blob not null, unique(channel, stream, seq));
"""
_TRIM_ROWS = 500  # rows that make room at once
_MS_PER_DAY = 86_400_000


class SentCopies:
    """The copies of one car. Not for several threads."""

    def __init__(self, path: Path, now: Callable[[], float], max_bytes: int = MAX_BYTES) -> None:
        """Open or make the file. `now`: seconds since 1970. Raises OSError or sqlite3.Error."""
        self._now = now
        self.lost = 0
        """Rows of which no copy could be made."""
        self._max_bytes = max_bytes
        with contextlib.ExitStack() as undo:
            self._db = sqlite_file.connect(path, _SCHEMA, synchronous="NORMAL")
            undo.callback(self._db.close)
            (self._bytes,) = self._db.execute("select coalesce(sum(length(body)), 0) from sent").fetchone()
            undo.pop_all()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def keep(self, channel: str, stream: bytes, rows: list[tuple[int, bytes]]) -> None:
        """Copy (sequence, body) pairs. A disk that takes none is logged and counted: the rows are safe at the fleet."""
        now = int(self._now() * 1000)
        try:
            self._db.execute("begin immediate")
            self._db.executemany(
                "insert or ignore into sent(channel, stream, seq, at_ms, body) values(?, ?, ?, ?, ?)",
                [(channel, stream, seq, now, body) for seq, body in rows],
            )
            size = self._bytes + sum(len(body) for _, body in rows)
            size -= self._trim(size, now)
            self._db.execute("commit")
        except sqlite3.Error as error:
            self._db.rollback()
            self.lost += len(rows)
            log.warning("no copy of what was sent", extra={"rows": len(rows), "error": str(error)})
        else:
            self._bytes = size

    def _trim(self, size: int, now: int) -> int:
        """Delete what is too old or too much; returns its bytes."""
        freed = 0
        while True:
            oldest = self._db.execute(
                "select id, at_ms, length(body) from sent order by id limit ?", (_TRIM_ROWS,)
            ).fetchall()
            gone = 0
            for number, at_ms, length in oldest:
                if size - freed <= self._max_bytes and at_ms >= now - KEEP_DAYS * _MS_PER_DAY:
                    break
                gone, freed = number, freed + length
            if gone:
                self._db.execute("delete from sent where id <= ?", (gone,))
            if not oldest or gone != oldest[-1][0]:
                return freed

    def count(self) -> dict[str, int]:
        """Copies for each purpose. Raises sqlite3.Error."""
        found: dict[str, int] = {}
        for channel, count in self._db.execute("select channel, count(*) from sent group by channel"):
            purpose = purpose_of(channel)
            found[purpose] = found.get(purpose, 0) + count
        return found
