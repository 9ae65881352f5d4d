# SPDX-License-Identifier: Apache-2.0
"""Reads back what the fleet has stored; for the demo and the tests. It may run while the ingest writes."""

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ivi.model.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class StoredRow:
    """One row of the fleet's database."""

    vehicle: str
    name: str
    """The class, e.g. `telemetry`."""
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


def rows(db: Path) -> list[StoredRow]:
    """All rows, in the order of their streams. Raises NotFoundError when there is no database."""
    with _read(db) as connection:
        found = connection.execute(
            "select vehicle, class, stream, seq, body from record join stream on id = stream_id order by stream_id, seq"
        ).fetchall()
    return [StoredRow(*row) for row in found]


def gaps(db: Path) -> list[StoredGap]:
    """All gaps. Raises NotFoundError when there is no database."""
    with _read(db) as connection:
        found = connection.execute(
            "select vehicle, first, last, dropped from gap join stream on id = stream_id order by stream_id, first"
        ).fetchall()
    return [StoredGap(*row) for row in found]


def vehicles(db: Path) -> list[VehicleSummary]:
    """All vehicles. Raises NotFoundError when there is no database."""
    with _read(db) as connection:
        found = connection.execute("select vehicle, records, state, epoch from vehicle order by vehicle").fetchall()
    return [VehicleSummary(*row) for row in found]


@contextlib.contextmanager
def _read(db: Path) -> Iterator[sqlite3.Connection]:
    if not db.exists():
        raise NotFoundError(
            f"there is no fleet database at {db}", hint="start one with `python -m ivi.fleet --db FILE`"
        )
    with contextlib.closing(sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True, timeout=5.0)) as connection:
        yield connection
