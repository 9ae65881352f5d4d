# SPDX-License-Identifier: Apache-2.0
"""The audit: what each app was allowed or denied, what it read, and what it sent to whom.

Records come from the loop and are written on a thread of their own. The first of a kind is written at once; what
repeats is summed (denied ones for a second, everything else for a minute) and then written as one record with its
count. An app that floods pays for it itself: past its own rate a new kind that was allowed waits for the sum of its
minute, denials are summed up as a number, and past its own number of kinds what was allowed is summed by its action.
"""

import asyncio
import logging
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import msgspec

from ivi.apphost import told
from ivi.apphost.ledger import OTHERS, Entry, Ledger, Sum
from ivi.model.apphost import Audit as AuditAnswer
from ivi.model.apphost import AuditRecord

log = logging.getLogger(__name__)

COUNTED_FOR = {"allowed": 60.0, "denied": 1.0}  # seconds in which records of a kind are summed
RECORDS_PER_S, RECORDS_BURST = 20.0, 60.0  # records of one app written at once: reads and the like, EACH, denials
MAX_KINDS = 512  # different kinds of one app's allowed records that are being summed at a time
TEXT_MAX = 300  # characters of a target or reason
EACH = {"vehicle.actuate", "confirm", "payment"}  # what is listed one by one as long as it does not flood
TOO_FAST = "further decisions came too fast to be listed"

type Kind = tuple[str, str, str, str]


@dataclass(slots=True)
class _Counting:
    """What has come of one kind since its first record."""

    since: float
    since_ns: int
    reason: str
    count: int = 0
    bytes: int = 0


class Audit:
    """Takes what happens from the loop and writes it to the ledger."""

    def __init__(self, path: Path) -> None:
        """Raises ConfigurationError when the file cannot be used."""
        self.log = Ledger(path)
        self.written = 0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="audit")
        self._counting: dict[Kind, _Counting] = {}
        self._kinds: Counter[str] = Counter()
        """By app: how many kinds of its allowed records are being summed. Denied ones stay few by their rate."""
        self._tokens: dict[tuple[str, str], tuple[float, float]] = {}
        self._untold: Counter[str] = Counter()
        """By app: denials that were not listed."""

    def record(self, app_id: str, action: str, target: str, *, allowed: bool, reason: str) -> None:
        """Note a decision. Returns at once; the writing is under way when it does."""
        self._note((app_id, action, target[:TEXT_MAX], "allowed" if allowed else "denied"), reason, 1, 0)

    def note(self, app_id: str, action: str, target: str, *, allowed: bool, reason: str) -> None:
        """Note something that stands for itself and is never summed: what the driver decided."""
        decision = "allowed" if allowed else "denied"
        self._write(Entry(app_id, action, target[:TEXT_MAX], decision, reason[:TEXT_MAX]))

    def read(self, app_id: str, path: str, values: int = 1) -> None:
        """Note that values of a signal went to an app; summed by the minute."""
        self._note((app_id, "vehicle.read", path, "allowed"), "", values, 0)

    def sent(self, app_id: str, host: str, size: int) -> None:
        """Note that an app sent `size` bytes to a host (`name:port`); summed by the minute."""
        self._note((app_id, "net.send", host[:TEXT_MAX], "allowed"), "", 1, size)

    def tick(self, now: float) -> None:
        """Write the sums whose time is over, and how much was not listed. Called about once a second."""
        over = [kind for kind, one in self._counting.items() if now - one.since >= COUNTED_FOR[kind[3]]]
        entries = []
        for kind in over:
            one = self._counting.pop(kind)
            self._kinds[kind[0]] -= kind[3] == "allowed"
            if one.count:
                entries.append(Entry(*kind, one.reason, one.count, one.bytes, one.since_ns))
        untold, self._untold = self._untold, Counter()
        entries.extend(Entry(app_id, "summary", "", "denied", TOO_FAST, times) for app_id, times in untold.items())
        if entries:
            self._write(*entries)

    async def newest(self, app_id: str, limit: int, since_ns: int = 0) -> AuditAnswer:
        """Newest records of an app, what is sealed of it, and whether the whole ledger is intact."""
        self.tick(float("inf"))
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._answer, app_id, limit, since_ns)

    async def close(self) -> None:
        """Write what is left and close the file."""
        self.tick(float("inf"))
        await asyncio.get_running_loop().run_in_executor(self._thread, self.log.close)
        self._thread.shutdown(wait=False)

    def _note(self, kind: Kind, reason: str, count: int, size: int) -> None:
        now = time.monotonic()
        each = _one_by_one(kind)
        if each and kind not in self._counting and self._may_write(kind, now):
            self._write(Entry(*kind, reason[:TEXT_MAX], count, size))
            return
        app_id, action, _, decision = kind
        if decision == "allowed" and kind not in self._counting and self._kinds[app_id] >= MAX_KINDS:
            kind = (app_id, action, OTHERS, decision)
        if (counting := self._counting.get(kind)) is not None:
            if not counting.count:
                counting.since_ns = time.time_ns()
            counting.count += count
            counting.bytes += size
            counting.reason = reason[:TEXT_MAX]
        elif not each and self._may_write(kind, now):
            self._count(kind, _Counting(now, time.time_ns(), reason[:TEXT_MAX]))
            self._write(Entry(*kind, reason[:TEXT_MAX], count, size))
        elif decision == "denied":
            self._untold[app_id] += 1
        else:
            self._count(kind, _Counting(now, time.time_ns(), reason[:TEXT_MAX], count, size))

    def _count(self, kind: Kind, counting: _Counting) -> None:
        self._counting[kind] = counting
        self._kinds[kind[0]] += kind[3] == "allowed"

    def _answer(self, app_id: str, limit: int, since_ns: int) -> AuditAnswer:
        records, more = self.log.newest(app_id, limit, since_ns)
        problem = self.log.problem()
        sums = [_as_record(one) for one in self.log.sums(app_id, since_ns)]
        return AuditAnswer(_in_words(records), not problem, problem, _in_words(sums), more)

    def _may_write(self, kind: Kind, now: float) -> bool:
        """Whether a record may be written at once; what an app reads leaves its actuations and denials their room."""
        purse = (kind[0], "each" if _one_by_one(kind) else kind[3])
        tokens, refilled = self._tokens.get(purse, (RECORDS_BURST, now))
        tokens = min(RECORDS_BURST, tokens + (now - refilled) * RECORDS_PER_S)
        self._tokens[purse] = (tokens - 1 if tokens >= 1 else tokens, now)
        return tokens >= 1

    def _write(self, *entries: Entry) -> None:
        self.written += len(entries)
        future = self._thread.submit(self.log.append, *entries)
        future.add_done_callback(_log_failure)


def _one_by_one(kind: Kind) -> bool:
    return kind[1] in EACH and kind[3] == "allowed"


def _as_record(one: Sum) -> AuditRecord:
    kind = (one.app_id, one.action, one.target, one.decision)
    return AuditRecord(0, one.until_ns, *kind, "", "", one.count, one.bytes, one.since_ns)


def _in_words(records: list[AuditRecord]) -> list[AuditRecord]:
    return [msgspec.structs.replace(record, words=told.record(record)) for record in records]


def _log_failure(future: Future[list[AuditRecord]]) -> None:
    """A record that could not be written is an error in the log, never a silence."""
    error = future.exception()
    if error is not None:
        log.error("the audit could not be written", extra={"error": str(error)})
