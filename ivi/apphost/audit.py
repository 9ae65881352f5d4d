# SPDX-License-Identifier: Apache-2.0
"""The audit: which app was allowed or denied what, append-only, each record hashed over the one before it.

SQLite in WAL mode with synchronous=FULL, so that what was recorded survives a power cut. Writing happens on a thread of
its own. Identical decisions become one record that counts them (denied ones within a second, allowed ones within a
minute); the first of a kind is written at once. Somebody who can write the file can cut its tail off without a trace:
seeing that takes an anchor outside.
"""

import asyncio
import hashlib
import logging
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import msgspec

from ivi.model.apphost import AuditRecord
from ivi.model.errors import ConfigurationError

log = logging.getLogger(__name__)

COUNTED_FOR = {"allowed": 60.0, "denied": 1.0}  # seconds in which identical decisions are counted, not listed
RECORDS_PER_S, RECORDS_BURST = 20.0, 60.0  # for one app; a flood of different denials is summed up
MAX_KINDS = 512  # different decisions that are being counted at a time
MAX_LISTED = 1000  # records in one answer
TEXT_MAX = 300  # characters of a target or reason

_SCHEMA = """
CREATE TABLE IF NOT EXISTS audit (
    seq INTEGER PRIMARY KEY, time_ns INTEGER NOT NULL, app_id TEXT NOT NULL, action TEXT NOT NULL, target TEXT NOT NULL,
    decision TEXT NOT NULL, reason TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS audit_app ON audit (app_id, seq);
CREATE TRIGGER IF NOT EXISTS audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER IF NOT EXISTS audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;
"""

type Kind = tuple[str, str, str, str]


class AuditLog:
    """The file itself. Blocking; `Audit` calls it on its thread."""

    def __init__(self, path: Path) -> None:
        """Open or create the file. Raises ConfigurationError when it cannot be used."""
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.executescript(_SCHEMA)
            path.chmod(0o600)
        except (OSError, sqlite3.Error) as error:
            raise ConfigurationError(
                f"the audit {path} cannot be used: {error}", hint="check the disk and IVI_STATE_DIR"
            ) from error
        last = self._db.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
        self._seq: int = last[0] if last else 0
        self._hash: str = last[1] if last else ""

    def append(self, app_id: str, action: str, target: str, decision: str, reason: str) -> AuditRecord:
        """Write one record durably."""
        record = AuditRecord(self._seq + 1, time.time_ns(), app_id, action, target, decision, reason, "")
        record = msgspec.structs.replace(record, hash=chained(self._hash, record))
        self._db.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)", msgspec.structs.astuple(record))
        self._seq, self._hash = record.seq, record.hash
        return record

    def newest(self, app_id: str, limit: int) -> list[AuditRecord]:
        """The newest records of an app (of all when empty), oldest first."""
        rows = self._db.execute(
            "SELECT * FROM audit WHERE :app = '' OR app_id = :app ORDER BY seq DESC LIMIT :limit",
            {"app": app_id, "limit": min(limit, MAX_LISTED)},
        ).fetchall()
        return [AuditRecord(*row) for row in reversed(rows)]

    def verify(self) -> bool:
        """Whether every record still hashes to what it did, with none missing in between."""
        before = ""
        for expected, record in enumerate(self._all(), start=1):
            if record.seq != expected or record.hash != chained(before, record):
                return False
            before = record.hash
        return True

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _all(self) -> Iterator[AuditRecord]:
        for row in self._db.execute("SELECT * FROM audit ORDER BY seq"):
            yield AuditRecord(*row)


def chained(before: str, record: AuditRecord) -> str:
    """SHA-256 over the hash before and the record's fields."""
    fields = [before, *msgspec.structs.astuple(record)[:-1]]
    return hashlib.sha256(msgspec.msgpack.encode(fields)).hexdigest()


class Audit:
    """Takes decisions from the loop: counts repeats, sums up floods, and writes on a thread."""

    def __init__(self, path: Path) -> None:
        """Raises ConfigurationError when the file cannot be used."""
        self.log = AuditLog(path)
        self.written = 0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="audit")
        self._counting: dict[Kind, tuple[float, int, str]] = {}
        self._tokens: dict[str, tuple[float, float]] = {}
        self._untold: dict[str, int] = {}

    def record(self, app_id: str, action: str, target: str, *, allowed: bool, reason: str) -> None:
        """Note a decision. Returns at once; the writing is under way when it does."""
        kind = (app_id, action, target[:TEXT_MAX], "allowed" if allowed else "denied")
        now = time.monotonic()
        if (counted := self._counting.get(kind)) is not None:
            self._counting[kind] = (counted[0], counted[1] + 1, counted[2])
        elif len(self._counting) >= MAX_KINDS or not self._may_write(app_id, now):
            self._untold[app_id] = self._untold.get(app_id, 0) + 1
        else:
            self._counting[kind] = (now, 0, reason)
            self._write(kind, reason)

    def tick(self, now: float) -> None:
        """Write the counts whose time is over, and how much was not listed. Called about once a second."""
        for kind in [kind for kind, (since, _, _) in self._counting.items() if now - since >= COUNTED_FOR[kind[3]]]:
            _, times, reason = self._counting.pop(kind)
            if times:
                self._write(kind, f"{reason} ({times} more within {COUNTED_FOR[kind[3]]:g} s)")
        untold, self._untold = self._untold, {}
        for app_id, times in untold.items():
            self._write((app_id, "summary", "", "denied"), f"{times} further decisions came too fast to be listed")

    async def newest(self, app_id: str, limit: int) -> tuple[list[AuditRecord], bool]:
        """Newest records of an app, and whether the whole chain is intact."""
        self.tick(float("inf"))
        loop = asyncio.get_running_loop()
        records = await loop.run_in_executor(self._thread, self.log.newest, app_id, limit)
        return records, await loop.run_in_executor(self._thread, self.log.verify)

    async def close(self) -> None:
        """Write what is left and close the file."""
        self.tick(float("inf"))
        await asyncio.get_running_loop().run_in_executor(self._thread, self.log.close)
        self._thread.shutdown(wait=False)

    def _may_write(self, app_id: str, now: float) -> bool:
        tokens, refilled = self._tokens.get(app_id, (RECORDS_BURST, now))
        tokens = min(RECORDS_BURST, tokens + (now - refilled) * RECORDS_PER_S)
        self._tokens[app_id] = (tokens - 1 if tokens >= 1 else tokens, now)
        return tokens >= 1

    def _write(self, kind: Kind, reason: str) -> None:
        self.written += 1
        future = self._thread.submit(self.log.append, *kind, reason[:TEXT_MAX])
        future.add_done_callback(_log_failure)


def _log_failure(future: Future[AuditRecord]) -> None:
    """A record that could not be written is an error in the log, never a silence."""
    error = future.exception()
    if error is not None:
        log.error("the audit could not be written", extra={"error": str(error)})
