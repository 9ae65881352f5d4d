# SPDX-License-Identifier: Apache-2.0
"""The ledger's file: who was allowed, did and sent what; append-only, each record hashed over the one before it.

SQLite in WAL mode with synchronous=FULL, so that what was recorded survives a power cut. It stays within a bound: the
oldest records are sealed into a segment, which keeps their sums, the hash of their last record and a hash over itself
and the segment before. Nothing goes without leaving its sum.

The newest hash and number are written to an anchor beside it, signed with a key of this device. So a tail that was cut
off, a history that was rewritten, or a file put back from yesterday without its anchor is seen. Who can read the key
can forge both: on a car it belongs into the secure element.
"""

import contextlib
import hashlib
import logging
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from ivi.apphost.anchor import Anchor
from ivi.daemon import sqlite_file
from ivi.model.apphost import AuditRecord

log = logging.getLogger(__name__)

MAX_LISTED = 1000  # records in one answer
SEGMENT = 10_000  # records that are sealed at a time
LIVE = 20_000  # records that stay readable one by one
MAX_SEGMENTS = 24  # segments before the two oldest become one
MAX_SUMS = 400  # sums that one segment keeps for one app; smaller ones are put together as "others"
OTHERS = "(others)"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS ledger (
    seq INTEGER PRIMARY KEY, time_ns INTEGER NOT NULL, app_id TEXT NOT NULL, action TEXT NOT NULL, target TEXT NOT NULL,
    decision TEXT NOT NULL, reason TEXT NOT NULL, hash TEXT NOT NULL, count INTEGER NOT NULL, bytes INTEGER NOT NULL,
    since_ns INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS ledger_app ON ledger (app_id, seq);
CREATE TABLE IF NOT EXISTS segment (
    id INTEGER PRIMARY KEY, last_seq INTEGER NOT NULL, last_hash TEXT NOT NULL, sums TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS ledger_no_update BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER IF NOT EXISTS ledger_no_delete BEFORE DELETE ON ledger
    WHEN OLD.seq > (SELECT coalesce(max(last_seq), 0) FROM segment) BEGIN SELECT RAISE(ABORT, 'append-only'); END;
"""


class Entry(msgspec.Struct, frozen=True):
    """What is to be recorded."""

    app_id: str
    action: str
    target: str
    decision: str
    reason: str
    count: int = 1
    bytes: int = 0
    since_ns: int = 0


class Sum(msgspec.Struct, frozen=True, array_like=True):
    """What sealed records of one kind come to."""

    app_id: str
    action: str
    target: str
    decision: str
    count: int
    bytes: int
    since_ns: int
    until_ns: int


class _Segment(msgspec.Struct, frozen=True):
    id: int
    last_seq: int
    last_hash: str
    sums: str
    hash: str


class Ledger:
    """Blocking; `Audit` calls it on its own thread."""

    def __init__(self, path: Path, *, segment: int = SEGMENT, live: int = LIVE) -> None:
        """Open or create the file. Raises ConfigurationError when it cannot be used."""
        self._segment, self._live = segment, live
        with sqlite_file.usable("the ledger", path), contextlib.ExitStack() as undo:
            self._db = sqlite_file.connect(path, _SCHEMA, any_thread=True)
            undo.callback(self._db.close)
            empty = self._db.execute(
                "SELECT count(*) FROM (SELECT 1 FROM ledger UNION SELECT 1 FROM segment)"
            ).fetchone()
            self._anchor = Anchor(path, empty=not empty[0])
            undo.pop_all()
        last = self._db.execute("SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1").fetchone()
        sealed = self._db.execute("SELECT last_seq, last_hash FROM segment ORDER BY id DESC LIMIT 1").fetchone()
        newest: tuple[int, str] = last or sealed or (0, "")
        self._seq, self._hash = newest
        self._first = self._db.execute("SELECT min(seq) FROM ledger").fetchone()[0] or self._seq + 1
        self._note_a_broken_end()

    def append(self, *entries: Entry) -> list[AuditRecord]:
        """Write records durably, then the anchor."""
        written: list[AuditRecord] = []
        with self._transaction():
            written.extend(self._insert(entry) for entry in entries)
        self._anchor.write(self._seq, self._hash)
        if self._seq - self._first + 1 >= self._live + self._segment:
            self._seal()
        return written

    def newest(self, app_id: str, limit: int, since_ns: int = 0) -> tuple[list[AuditRecord], int]:
        """The newest records of an app (of all when empty), oldest first, and how many older ones there are."""
        where = "(:app = '' OR app_id = :app) AND time_ns >= :since"
        terms: dict[str, str | int] = {"app": app_id, "since": since_ns, "limit": min(limit, MAX_LISTED)}
        rows = self._db.execute(
            f"SELECT * FROM ledger WHERE {where} ORDER BY seq DESC LIMIT :limit",  # noqa: S608  # our own text
            terms,
        ).fetchall()
        total = self._db.execute(f"SELECT count(*) FROM ledger WHERE {where}", terms).fetchone()[0]  # noqa: S608  # our own text
        return [AuditRecord(*row) for row in reversed(rows)], total - len(rows)

    def sums(self, app_id: str, since_ns: int = 0) -> list[Sum]:
        """What sealed segments say of an app, the largest first; at most MAX_LISTED."""
        found: dict[tuple[str, str, str, str], Sum] = {}
        for segment in self._segments():
            wanted = [one for one in _sums(segment) if app_id in ("", one.app_id) and one.until_ns >= since_ns]
            _merge(found, wanted)
        return sorted(found.values(), key=lambda one: -one.count)[:MAX_LISTED]

    def problem(self) -> str:
        """What is wrong with the ledger; empty when all of it is intact."""
        before, seq = "", 0
        segments = self._segments()
        for segment in segments:
            if segment.hash != _sealed_hash(before, segment) or segment.last_seq <= seq:
                return f"the sealed part up to record {segment.last_seq} was changed"
            if any(one.action == "ledger" and one.decision == "denied" for one in _sums(segment)):
                return f"records before number {segment.last_seq} are missing, as was noticed then"
            before, seq = segment.hash, segment.last_seq
        chain, broken_at = (segments[-1].last_hash if segments else ""), 0
        anchored = self._anchor.read()
        seen = anchored is not None and (anchored.seq, anchored.hash) == (seq, chain)
        for record in self._all():
            if record.seq != seq + 1 or record.hash != chained(chain, record):
                return f"the record after number {seq} is missing or was changed"
            seq, chain = record.seq, record.hash
            seen = seen or (anchored is not None and (anchored.seq, anchored.hash) == (seq, chain))
            broken_at = broken_at or (record.seq if record.action == "ledger" and record.decision == "denied" else 0)
        if broken_at:
            return f"records before number {broken_at} are missing, as was noticed then"
        if anchored is None:
            return self._anchor.problem
        return "" if seen else f"its end is missing: the anchor knows {anchored.seq} records, the file has {seq}"

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    # -- writing ------------------------------------------------------------------------------------------------------
    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        before = self._seq, self._hash
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except sqlite3.Error:
            self._seq, self._hash = before
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def _insert(self, entry: Entry) -> AuditRecord:
        now = time.time_ns()
        record = AuditRecord(
            self._seq + 1, now, entry.app_id, entry.action, entry.target, entry.decision, entry.reason, "", entry.count,
            entry.bytes, entry.since_ns or now,
        )  # fmt: skip
        record = msgspec.structs.replace(record, hash=chained(self._hash, record))
        self._db.execute(
            "INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", msgspec.structs.astuple(record)[:-1]
        )
        self._seq, self._hash = record.seq, record.hash
        return record

    def _note_a_broken_end(self) -> None:
        """What was cut off while nobody watched is written down, before new records would cover the gap."""
        anchored = self._anchor.read()
        if anchored is None or anchored.seq > self._seq or not self._holds(anchored.seq, anchored.hash):
            text = (
                self._anchor.problem
                or f"the anchor knew {anchored.seq if anchored else 0} records, {self._seq} are here"
            )
            log.error("the ledger's end is missing", extra={"reason": text})
            self.append(Entry("", "ledger", "end", "denied", text))

    def _holds(self, seq: int, digest: str) -> bool:
        if seq == 0:
            return digest == ""
        row = self._db.execute(
            "SELECT hash FROM ledger WHERE seq = ? UNION SELECT last_hash FROM segment WHERE last_seq = ?", (seq, seq)
        ).fetchone()
        return row is not None and row[0] == digest

    # -- sealing ------------------------------------------------------------------------------------------------------
    def _seal(self) -> None:
        """Turn the oldest records into a segment of sums."""
        rows = self._db.execute("SELECT * FROM ledger ORDER BY seq LIMIT ?", (self._segment,)).fetchall()
        records = [AuditRecord(*row) for row in rows]
        found: dict[tuple[str, str, str, str], Sum] = {}
        _merge(found, (_sum_of(record) for record in records))
        segments = [*self._segments(), _Segment(0, records[-1].seq, records[-1].hash, _packed(found), "")]
        while len(segments) > MAX_SEGMENTS:
            both: dict[tuple[str, str, str, str], Sum] = {}
            _merge(both, [*_sums(segments[0]), *_sums(segments[1])])
            segments[:2] = [msgspec.structs.replace(segments[1], sums=_packed(both))]
        before = ""
        with self._transaction():
            self._db.execute("DELETE FROM segment")
            for number, segment in enumerate(segments, start=1):
                numbered = msgspec.structs.replace(segment, id=number)
                before = _sealed_hash(before, numbered)
                self._db.execute(
                    "INSERT INTO segment VALUES (?, ?, ?, ?, ?)",
                    (number, numbered.last_seq, numbered.last_hash, numbered.sums, before),
                )
            self._db.execute("DELETE FROM ledger WHERE seq <= ?", (records[-1].seq,))
        self._first = records[-1].seq + 1

    def _segments(self) -> list[_Segment]:
        return [_Segment(*row) for row in self._db.execute("SELECT * FROM segment ORDER BY id")]

    def _all(self) -> Iterator[AuditRecord]:
        for row in self._db.execute("SELECT * FROM ledger ORDER BY seq"):
            yield AuditRecord(*row)


def chained(before: str, record: AuditRecord) -> str:
    """SHA-256 over the hash before and the record's fields, words aside."""
    fields = [before, *(getattr(record, name) for name in record.__struct_fields__ if name not in {"hash", "words"})]
    return hashlib.sha256(msgspec.msgpack.encode(fields)).hexdigest()


def _sealed_hash(before: str, segment: _Segment) -> str:
    fields = [before, segment.last_seq, segment.last_hash, segment.sums]
    return hashlib.sha256(msgspec.msgpack.encode(fields)).hexdigest()


def _sum_of(record: AuditRecord) -> Sum:
    since = record.since_ns or record.time_ns
    return Sum(
        record.app_id, record.action, record.target, record.decision, record.count, record.bytes, since, record.time_ns
    )


def _merge(found: dict[tuple[str, str, str, str], Sum], more: "Iterator[Sum] | list[Sum]") -> None:
    """Add sums of the same kind; an app that made up thousands of targets gets one sum for the rest of them."""
    kept: dict[str, int] = {}
    for app_id, *_ in found:
        kept[app_id] = kept.get(app_id, 0) + 1
    for one in more:
        key = (one.app_id, one.action, one.target, one.decision)
        if key not in found and kept.get(one.app_id, 0) >= MAX_SUMS:
            key = (one.app_id, one.action, OTHERS, one.decision)
        if (old := found.get(key)) is None:
            kept[one.app_id] = kept.get(one.app_id, 0) + 1
            found[key] = msgspec.structs.replace(one, target=key[2])
        else:
            found[key] = msgspec.structs.replace(
                old, count=old.count + one.count, bytes=old.bytes + one.bytes,
                since_ns=min(old.since_ns, one.since_ns), until_ns=max(old.until_ns, one.until_ns),
            )  # fmt: skip


def _packed(found: dict[tuple[str, str, str, str], Sum]) -> str:
    return msgspec.json.encode(list(found.values())).decode()


def _sums(segment: _Segment) -> list[Sum]:
    return msgspec.json.decode(segment.sums, type=list[Sum])
