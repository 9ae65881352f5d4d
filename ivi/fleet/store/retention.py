# SPDX-License-Identifier: Apache-2.0
"""How long the fleet's database keeps what cars reported, and how much of one car.

Of each car the newest record of each kind stays, however old: it says what is now (which commands the car takes, what
it is entitled to). Telemetry is the sink's business (ivi.fleet.sink), because it has to copy it first.
"""

import time
from dataclasses import dataclass
from functools import partial

from ivi.fleet.store.database import Database

DAYS = 400.0  # a year, and what belongs to its end
EVIDENCE_DAYS = 3653.0  # ten years: consents, and receipts of what was paid for
RATING_DAYS = 365.0  # what drivers agree to (ivi.cloud.consent.purposes.RATINGS)
POSITION_DAYS = 1.0  # a position answers one question (ivi.cloud.commands.runner.LOCATE_RETENTION)
MAX_DAYS = 36_525  # a hundred years; 0 is for ever
MAX_ROWS = 100_000  # records of one stream, whatever their age: a car that reports without end
STREAMS = 20  # streams that one step looks at
ROWS = 5000  # rows that one transaction deletes
_DAY_NS = 86_400 * 10**9
_LAST_NS = (1 << 63) - 1  # what a column of nanoseconds holds
_RECORDS = "(channel like 'control%' or channel like 'events%')"


@dataclass(frozen=True, slots=True)
class Limits:
    """Days, and rows."""

    days: float = DAYS
    """For records of control and events, and states of commands; 0 for ever."""
    evidence_days: float = EVIDENCE_DAYS
    """For consents and receipts."""
    position_days: float = POSITION_DAYS
    """For positions that somebody asked for."""
    rating_days: float = RATING_DAYS
    """For ratings of apps."""
    rows: int = MAX_ROWS
    """Of one stream."""


class Retention:
    """Forgets in small steps, so that the ingest goes on between them. Several copies may do it at once.

    Every method raises UnavailableError when the database does not take it.
    """

    def __init__(self, database: Database, limits: Limits | None = None) -> None:
        self.forgotten = 0
        """Rows deleted, since this was made."""
        self._database, self._limits = database, limits or Limits()
        self._after = -1

    def step(self, now_ns: int | None = None) -> bool:
        """Look at some streams; False when all were looked at, and the rest was done, too."""
        now = time.time_ns() if now_ns is None else now_ns
        found = self._database.rows(
            "select id, vehicle, channel from stream "  # noqa: S608  # own words
            f"where id > ? and upto > pruned and {_RECORDS} order by id limit ?",
            (self._after, STREAMS),
        )
        for stream_id, vehicle, channel in found:
            before = self._before(now, self._days(channel))
            while self._database.attempt(partial(self._forget, stream_id, before, by_name=bool(vehicle))):
                pass
        if len(found) == STREAMS:
            self._after = found[-1][0]
            return True
        self._after = -1
        self._forget_by_age(now)
        return False

    def _days(self, channel: str) -> float:
        match channel:
            case "events.locate":
                return self._limits.position_days
            case "events.ratings":
                return self._limits.rating_days
        return self._limits.days

    def _forget(self, stream_id: int, before: int, *, by_name: bool) -> bool:
        """Forget the oldest rows of a stream; whether there may be more."""
        database = self._database
        stood = database.rows(
            f"select pruned, upto from stream s where id = ?{database.for_update}",  # noqa: S608  # own words
            (stream_id,),
        )
        if not stood:
            return False
        pruned, upto = stood[0]
        rows = database.rows(
            "select seq, received_ns from record where stream_id = ? and seq > ? and seq <= ? order by seq limit ?",
            (stream_id, pruned, upto, ROWS),
        )
        over = database.rows(
            "select seq from record where stream_id = ? and seq <= ? order by seq desc limit 1 offset ?",
            (stream_id, upto, self._limits.rows),
        )
        most = over[0][0] if over else 0
        gone = [seq for seq, received in rows if received < before or seq <= most]
        if not gone:
            return False
        last = max(gone)
        self.forgotten += database.run("delete from record where stream_id = ? and seq <= ?", (stream_id, last))
        database.run("delete from gap where stream_id = ? and last <= ?", (stream_id, last))
        newest = (
            "and kind <> 'consent' and exists(select 1 from event n where n.vehicle = event.vehicle "
            "and n.kind = event.kind and (n.at_ms, n.seq) > (event.at_ms, event.seq))"
        )
        self.forgotten += database.run(
            f"delete from event where stream_id = ? and seq <= ? {newest if by_name else ''}",  # noqa: S608  # own words
            (stream_id, last),
        )
        database.run("update stream set pruned = ? where id = ?", (last, stream_id))
        return len(gone) == len(rows) == ROWS

    def _forget_by_age(self, now: int) -> None:
        """What is not found by its stream."""
        before = self._before(now, self._limits.days) // 10**6
        evidence = self._before(now, self._limits.evidence_days) // 10**6
        rated = min(self._before(now, self._limits.rating_days), _LAST_NS)
        older = "exists(select 1 from usage_receipt n where n.vehicle = usage_receipt.vehicle "
        older += "and n.feature = usage_receipt.feature and n.counter > usage_receipt.counter)"
        for statement, moment in (
            ("delete from command_state where at_ms < ?", before),
            ("delete from event where kind = 'consent' and vehicle <> '' and at_ms < ?", evidence),
            ("delete from app_rating where received_ns < ?", rated),
            (f"delete from usage_receipt where at_ms < ? and {older}", evidence),  # noqa: S608  # own words
        ):
            self.forgotten += self._database.attempt(partial(self._database.run, statement, (moment,)))

    @staticmethod
    def _before(now: int, days: float) -> int:
        return now - round(days * _DAY_NS) if days else 0
