# SPDX-License-Identifier: Apache-2.0
"""What the operator's end asks of the fleet's database. It may read while ingests write."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ivi.cloud.cbor import decode
from ivi.fleet.store.database import Database, Row, open_database
from ivi.fleet.store.reported_twin import TwinKeys
from ivi.fleet.store.schema import SCHEMA, TEMPORARY, VERSION
from ivi.fleet.store.signal_tables import SignalTables
from ivi.fleet.store.telemetry import Sample, samples
from ivi.model.errors import InvalidArgumentError, NotFoundError

MAX_ROWS = 1000  # of one answer
_LAST = (1 << 63) - 1  # the highest sequence there can be, and one more
_CHUNK = 100  # telemetry rows read at once


@dataclass(frozen=True, slots=True)
class VehicleEntry:
    """What is known of a vehicle."""

    vehicle: str
    state: str
    """`online`, `offline`, or empty when it never said."""
    epoch: int
    seen_ns: int
    """When something last came from it or about it, by the fleet's clock; 0 for never."""
    records: int
    """Rows that came, each once."""


@dataclass(frozen=True, slots=True)
class CommandReport:
    """A state that a car reported of a command."""

    command: bytes
    state: str
    reason: str
    result: Any
    at_ms: int
    """By the car's trusted clock."""


@dataclass(frozen=True, slots=True)
class ReportedTwin:
    """What a car says of itself."""

    version: int
    at_ms: int
    document: dict[str, Any]
    times: dict[str, int]
    """Key with dots between levels to when it was set, milliseconds since 1970."""
    about: dict[str, Any]
    """What else the newest report said: `desired`, the version that was taken, and `settings`, what became of each."""


@dataclass(frozen=True, slots=True)
class UsageReceipt:
    """One receipt of a metered feature."""

    feature: str
    counter: int
    at_ms: int
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """A record of the classes control and events, as it came."""

    kind: str
    at_ms: int
    """By the car's trusted clock."""
    received_ns: int
    data: dict[str, Any]


class Reader:
    """Questions to one database, for one thread at a time. Every method raises UnavailableError when it is away."""

    def __init__(self, address: Path | str) -> None:
        """Open the database, or make it when it is not there yet. Raises ConfigurationError."""
        self.database: Database = open_database(address)
        self.database.prepare(SCHEMA, TEMPORARY, VERSION)
        self._tables = SignalTables(self.database)

    def close(self) -> None:
        """End the connection."""
        self.database.close()

    def vehicles(self, after: str = "", limit: int = 100) -> list[VehicleEntry]:
        """Vehicles in the order of their ids, from the one behind `after`."""
        found = self.database.rows(
            "select v.vehicle, v.state, v.epoch, v.state_ns, coalesce(max(s.seen_ns), 0), coalesce(sum(s.records), 0) "
            "from (select * from vehicle where vehicle > ? order by vehicle limit ?) v "
            "left join stream s on s.vehicle = v.vehicle "
            "group by v.vehicle, v.state, v.epoch, v.state_ns order by v.vehicle",
            (after, min(limit, MAX_ROWS)),
        )
        return [_vehicle(row) for row in found]

    def vehicle(self, vehicle: str) -> VehicleEntry | None:
        """One vehicle; None when nothing ever came from it."""
        found = self.database.rows(
            "select v.vehicle, v.state, v.epoch, v.state_ns, coalesce(max(s.seen_ns), 0), coalesce(sum(s.records), 0) "
            "from vehicle v left join stream s on s.vehicle = v.vehicle where v.vehicle = ? "
            "group by v.vehicle, v.state, v.epoch, v.state_ns",
            (vehicle,),
        )
        return _vehicle(found[0]) if found else None

    def command(self, vehicle: str, command: bytes) -> CommandReport | None:
        """The newest state of a command; None while the car has said nothing."""
        found = self.database.rows(
            "select command, state, reason, result, at_ms from command_state where vehicle = ? and command = ?",
            (vehicle, command),
        )
        return _command(found[0]) if found else None

    def commands(self, vehicle: str, limit: int = 100) -> list[CommandReport]:
        """The newest state of each command, those that changed last first."""
        found = self.database.rows(
            "select command, state, reason, result, at_ms from command_state where vehicle = ? "
            "order by at_ms desc, seq desc limit ?",
            (vehicle, min(limit, MAX_ROWS)),
        )
        return [_command(row) for row in found]

    def command_states(self, vehicle: str, command: bytes) -> list[CommandReport]:
        """All states of a command that the car reported, in their order."""
        return [
            CommandReport(
                command,
                str(event.data.get("state", "")),
                str(event.data.get("reason") or ""),
                event.data.get("result"),
                event.at_ms,
            )
            for event in self.answers(command, "command", vehicle)
        ]

    def answers(self, command: bytes, kind: str, vehicle: str = "") -> list[Event]:
        """Records about a command, in their order.

        What came for a purpose of its own (a position, if the driver has agreed) has no vehicle; whoever issued the
        command knows it.
        """
        found = self.database.rows(
            "select kind, at_ms, received_ns, data from event where subject = ? and kind = ? and vehicle = ? "
            "order by at_ms, seq limit ?",
            (command, kind, vehicle, MAX_ROWS),
        )
        return [Event(kind, at_ms, received_ns, _data(data)) for kind, at_ms, received_ns, data in found]

    def twin(self, vehicle: str) -> ReportedTwin | None:
        """What a car reported of itself; None while it has said nothing."""
        found = self.database.rows("select keys from reported_twin where vehicle = ?", (vehicle,))
        if not found:
            return None
        keys = TwinKeys.decode(found[0][0])
        at_ms, version = keys.newest
        return ReportedTwin(version, at_ms, keys.document(), keys.times(), keys.about)

    def usage(self, vehicle: str, limit: int = MAX_ROWS) -> list[UsageReceipt]:
        """Usage receipts of a car by feature and counter."""
        found = self.database.rows(
            "select feature, counter, at_ms, data from usage_receipt where vehicle = ? "
            "order by feature, counter limit ?",
            (vehicle, min(limit, MAX_ROWS)),
        )
        return [UsageReceipt(feature, counter, at_ms, _data(data)) for feature, counter, at_ms, data in found]

    def newest_usage(self, vehicle: str) -> list[UsageReceipt]:
        """The newest usage receipt of each feature of a car; its total says what was used in all."""
        found = self.database.rows(
            "select u.feature, u.counter, u.at_ms, u.data from usage_receipt u join "
            "(select feature, max(counter) as counter from usage_receipt where vehicle = ? group by feature) newest "
            "on u.feature = newest.feature and u.counter = newest.counter where u.vehicle = ? order by u.feature",
            (vehicle, vehicle),
        )
        return [UsageReceipt(feature, counter, at_ms, _data(data)) for feature, counter, at_ms, data in found]

    def events(self, vehicle: str, kind: str | None = None, limit: int = 100) -> list[Event]:
        """What a car reported, the newest first: all of it, or one kind (`update`, `consent`, `refused`, ...)."""
        condition, values = ("and kind = ?", [vehicle, kind]) if kind is not None else ("", [vehicle])
        found = self.database.rows(
            f"select kind, at_ms, received_ns, data from event where vehicle = ? {condition} "  # noqa: S608  # own words
            "order by at_ms desc, seq desc limit ?",
            (*values, min(limit, MAX_ROWS)),
        )
        return [Event(kind, at_ms, received_ns, _data(data)) for kind, at_ms, received_ns, data in found]

    def telemetry(self, vehicle: str, path: str, since_ns: int, limit: int = MAX_ROWS) -> list[Sample]:
        """The newest samples of one signal since then, in their order; none of what is stored without a name."""
        found: list[Sample] = []
        for body in self._newest_bodies(vehicle):
            wanted = [one for one in self._readable(body) if one.path == path and one.t_ns >= since_ns]
            found.extend(wanted)
            if len(found) >= limit:
                break
        return sorted(found, key=lambda one: one.t_ns)[-limit:]

    def signals(self, vehicle: str) -> dict[str, Sample]:
        """The newest sample of each signal in the last rows of a car."""
        newest: dict[str, Sample] = {}
        for body in itertools.islice(self._newest_bodies(vehicle), _CHUNK):
            for one in self._readable(body):
                if one.path not in newest or one.t_ns > newest[one.path].t_ns:
                    newest[one.path] = one
        return dict(sorted(newest.items()))

    def _readable(self, body: bytes) -> list[Sample]:
        """Samples of a row; none of one that nobody can read (yet), which the sink counts."""
        try:
            return samples(body, self._tables)
        except (InvalidArgumentError, NotFoundError):
            return []

    def _newest_bodies(self, vehicle: str) -> Iterator[bytes]:
        """Bodies of a car's telemetry from the newest on, at most MAX_ROWS."""
        streams = self.database.rows(
            "select id from stream where vehicle = ? and (channel = 'telemetry' or channel like 'telemetry.%') "
            "order by seen_ns desc",
            (vehicle,),
        )
        left = MAX_ROWS
        for (stream_id,) in streams:
            before = _LAST
            while left > 0:
                found = self.database.rows(
                    "select seq, body from record where stream_id = ? and seq < ? order by seq desc limit ?",
                    (stream_id, before, min(left, _CHUNK)),
                )
                yield from (body for _, body in found)
                left -= len(found)
                if len(found) < _CHUNK:
                    break
                before = found[-1][0]


def _vehicle(row: Row) -> VehicleEntry:
    vehicle, state, epoch, state_ns, seen_ns, records = row
    return VehicleEntry(vehicle, state, epoch, max(state_ns, seen_ns), int(records))


def _command(row: Row) -> CommandReport:
    command, state, reason, result, at_ms = row
    return CommandReport(command, state, reason, decode(result, "the stored result"), at_ms)


def _data(data: bytes) -> dict[str, Any]:
    found = decode(data, "the stored record")
    return found if isinstance(found, dict) else {}
