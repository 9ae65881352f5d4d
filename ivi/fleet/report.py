# SPDX-License-Identifier: Apache-2.0
"""Reads back what the fleet has stored; for the demo and the tests. It may run while the ingest writes."""

import contextlib
from dataclasses import dataclass
from pathlib import Path

from ivi.fleet.store.database import Row, is_postgres
from ivi.fleet.store.reading import Reader
from ivi.model.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class StoredRow:
    """One row of the fleet's database."""

    vehicle: str
    """Empty for a channel with a purpose of its own."""
    name: str
    """The channel, e.g. `telemetry`."""
    stream: bytes
    seq: int
    body: bytes


@dataclass(frozen=True, slots=True)
class StoredGap:
    """Rows `first` to `last` will not come; `dropped` of them had been accepted by the car."""

    vehicle: str
    first: int
    last: int
    dropped: int


@dataclass(frozen=True, slots=True)
class VehicleSummary:
    """What is known of a vehicle."""

    vehicle: str
    records: int
    """How often a row had its effect."""
    state: str
    epoch: int


def rows(db: Path | str) -> list[StoredRow]:
    """All rows, in the order of their streams. Raises NotFoundError when there is no database."""
    return [
        StoredRow(*row)
        for row in _ask(
            db,
            "select vehicle, channel, stream, seq, body from record join stream on id = stream_id "
            "order by vehicle, channel, stream, seq",
        )
    ]


def gaps(db: Path | str) -> list[StoredGap]:
    """All gaps. Raises NotFoundError when there is no database."""
    return [
        StoredGap(*row)
        for row in _ask(
            db,
            "select vehicle, first, last, dropped from gap join stream on id = stream_id "
            "order by vehicle, channel, stream, first",
        )
    ]


def vehicles(db: Path | str) -> list[VehicleSummary]:
    """All vehicles. Raises NotFoundError when there is no database."""
    return [
        VehicleSummary(vehicle, int(records), state, epoch)
        for vehicle, records, state, epoch in _ask(
            db,
            "select v.vehicle, coalesce(sum(s.records), 0), v.state, v.epoch from vehicle v "
            "left join stream s on s.vehicle = v.vehicle group by v.vehicle, v.state, v.epoch order by v.vehicle",
        )
    ]


def _ask(db: Path | str, sql: str) -> list[Row]:
    if not is_postgres(db) and not Path(db).exists():
        raise NotFoundError(
            f"there is no fleet database at {db}", hint="start one with `python -m ivi.fleet --db FILE`"
        )
    with contextlib.closing(Reader(db)) as reader:
        return reader.database.rows(sql)
