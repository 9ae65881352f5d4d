# SPDX-License-Identifier: Apache-2.0
"""What a row of the classes control and events means for the fleet: its tables, written in the row's transaction.

Each effect can be applied in any order, because copies of the ingest commit in any order: of two reports about the same
thing the later one by the car's trusted clock stays, and of two at the same moment the one with the higher sequence.
"""

import logging
import re
from dataclasses import dataclass
from typing import Any

from ivi.cloud.cbor import encode
from ivi.cloud.delivery import DeliveryClass
from ivi.cloud.record import Record, decode_record
from ivi.cloud.wire import STREAM_BYTES
from ivi.fleet.store.app_ratings import CHANNEL, rate, subject_of
from ivi.fleet.store.app_ratings import KIND as RATING
from ivi.fleet.store.database import Database
from ivi.fleet.store.forgetting import forget
from ivi.fleet.store.reported_twin import TwinKeys
from ivi.fleet.store.signal_tables import KIND, keep
from ivi.model.errors import InternalError, InvalidArgumentError

log = logging.getLogger(__name__)

MALFORMED = "malformed"
"""Kind of the event that stands for a row that is no record; its bytes stay in `record`."""
MAX_TEXT = 500  # characters of a state or a reason that are kept in its column; `event` has all of it
MAX_ID = 64  # bytes of a command's id
MAX_DELETED = 64  # streams that one record may ask to delete
_PURPOSE = re.compile(r"(?=.{1,64}$)[a-z]+\.[A-Za-z0-9_.-]+")
"""A channel with a purpose of its own."""
_INT64 = range(-(1 << 63), 1 << 63)
_CLASSES = (DeliveryClass.CONTROL, DeliveryClass.EVENTS)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A row that came for the first time."""

    vehicle: str
    """Empty where the fleet may not know it."""
    stream_id: int
    seq: int
    received_ns: int
    body: bytes
    channel: str


def has_effects(channel: str) -> bool:
    """Whether the rows of a channel are records."""
    return channel.partition(".")[0] in _CLASSES


class Effects:
    """Applies records."""

    def __init__(self, database: Database) -> None:
        self.malformed = 0
        """Rows that nobody could read, since this was opened."""
        self._database = database

    def apply(self, arrivals: list[Arrival]) -> None:
        """Note every record, and what it changes. In the transaction of the rows."""
        if not arrivals:
            return
        records = [(arrival, self._read(arrival)) for arrival in arrivals]
        self._database.many(
            "insert into event(stream_id, seq, vehicle, kind, at_ms, received_ns, subject, data) "
            "values(?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    *(one.stream_id, one.seq, one.vehicle, record.kind, record.at_ms, one.received_ns),
                    *(_subject(record), encode(record.data)),
                )
                for one, record in records
            ],
        )
        # Sorted, so that copies meet in the same order and do not wait for each other.
        for one, record in sorted(records, key=lambda pair: (pair[0].vehicle, pair[1].at_ms, pair[0].seq)):
            if record.kind == KIND:
                self._keep_table(one, record)
            elif one.vehicle:
                self._change(one, record)
            elif one.channel == CHANNEL and record.kind == RATING:
                self._rate(one, record)

    def _read(self, arrival: Arrival) -> Record:
        try:
            record = _record(arrival.body)
        except InvalidArgumentError as error:
            self.malformed += 1
            log.warning("row that is no record", extra={"error": error.message, "seq": arrival.seq})
            data = {"why": error.message, "start": arrival.body[:16]}
            return Record(MALFORMED, arrival.received_ns // 10**6, data)
        return Record(_text(record.kind), record.at_ms, record.data)

    def _change(self, one: Arrival, record: Record) -> None:
        match record.kind, record.data:
            case "command", {"id": bytes(command), "state": str(state)} if 0 < len(command) <= MAX_ID:
                self._command(one, record, command, state)
            case "twin", {"version": int(version), "patch": dict()} if version in _INT64:
                self._twin(one, record, version)
            case "usage", {"feature": str(feature), "counter": int(counter)} if counter in _INT64:
                self._database.run(
                    "insert into usage_receipt(vehicle, feature, counter, at_ms, data) values(?, ?, ?, ?, ?) "
                    "on conflict do nothing",
                    (one.vehicle, _text(feature), counter, record.at_ms, encode(record.data)),
                )
            case "consent", {"delete": list(streams)}:
                self._forget(streams)
            case (
                _
            ):  # other records of consent, update, refused and what is not known here: `event` is all there is to do
                return

    def _rate(self, one: Arrival, record: Record) -> None:
        try:
            rate(self._database, one.stream_id, one.seq, one.received_ns, record.data)
        except InvalidArgumentError as error:
            self.malformed += 1
            log.warning("rating refused", extra={"error": error.message, "seq": one.seq})

    def _keep_table(self, one: Arrival, record: Record) -> None:
        try:
            keep(self._database, record.data)
        except InvalidArgumentError as error:  # the event stays; rows that need the table stay unread
            self.malformed += 1
            log.warning("table of signals not kept", extra={"error": error.message, "seq": one.seq})

    def _forget(self, streams: list[Any]) -> None:
        """Delete what was sent for a purpose whose consent was taken back; only streams without a vehicle."""
        for one in streams[:MAX_DELETED]:
            match one:
                case [str(channel), bytes(stream)] if _PURPOSE.fullmatch(channel) and len(stream) == STREAM_BYTES:
                    forget(self._database, channel, stream)

    def _command(self, one: Arrival, record: Record, command: bytes, state: str) -> None:
        reason, result = record.data.get("reason"), record.data.get("result")
        self._database.run(
            "insert into command_state(vehicle, command, state, reason, result, at_ms, seq) "
            "values(?, ?, ?, ?, ?, ?, ?) "
            "on conflict(vehicle, command) do update set state = excluded.state, reason = excluded.reason, "
            "result = excluded.result, at_ms = excluded.at_ms, seq = excluded.seq "
            "where (excluded.at_ms, excluded.seq) > (command_state.at_ms, command_state.seq)",
            (
                *(one.vehicle, command, _text(state), _text(reason) if isinstance(reason, str) else ""),
                *(encode(result), record.at_ms, one.seq),
            ),
        )

    def _twin(self, one: Arrival, record: Record, version: int) -> None:
        database = self._database
        # First a row that can be locked: two copies with patches of one car must see each other's.
        database.run(
            "insert into reported_twin(vehicle, keys) values(?, ?) on conflict do nothing",
            (one.vehicle, TwinKeys().encode()),
        )
        ((stored,),) = database.rows(
            f"select keys from reported_twin s where vehicle = ?{database.for_update}",  # noqa: S608  # our own words
            (one.vehicle,),
        )
        try:
            keys = TwinKeys.decode(stored)
        except InternalError as error:  # the next whole document fills it again
            log.error("a stored twin is begun anew", extra={"vehicle": one.vehicle, "error": error.message})  # noqa: TRY400  # known and handled
            keys = TwinKeys()
        try:
            keys.merge(record.data, version, record.at_ms)
        except InvalidArgumentError as error:
            self.malformed += 1
            log.warning("twin refused", extra={"vehicle": one.vehicle, "error": error.message})
            return
        database.run("update reported_twin set keys = ? where vehicle = ?", (keys.encode(), one.vehicle))


def _subject(record: Record) -> bytes | None:
    """The command that a record is about, or the app."""
    if record.kind == RATING:
        return subject_of(record.data)
    match record.data.get("id"):
        case bytes(command) if 0 < len(command) <= MAX_ID:
            return command
    return None


def _record(body: bytes) -> Record:
    record = decode_record(body)
    if record.at_ms not in _INT64:
        raise InvalidArgumentError(f"time {record.at_ms} of a record is out of range")
    return record


def _text(text: str) -> str:
    """As a column takes it: PostgreSQL's text has no NUL."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")[:MAX_TEXT]
