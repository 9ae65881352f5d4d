# SPDX-License-Identifier: Apache-2.0
"""All that was recorded and sent, by purpose, and all consents, as files: the driver's to take along.

It is the access by design of the EU Data Act (Regulation (EU) 2023/2854, article 3): in the car, free, readable for
people and machines. NDJSON files, one object a line, and manifest.json, which says what each file is. It reads the
state folder only, through connections of its own, so it may run in a thread beside the process at work.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from ivi.cloud.consent.entry import Entry, What, terms_map
from ivi.cloud.consent.purposes import PURPOSES, purpose_of
from ivi.cloud.consent.reading import iso, plain, read_row, table_in
from ivi.cloud.delivery import DeliveryClass
from ivi.cloud.signal_table import SignalTable
from ivi.model.errors import InvalidArgumentError, UnavailableError

FORMAT = "ivi-export-1"
MANIFEST = "manifest.json"
_HINT = "name a new folder on a disk with room"


class Row(NamedTuple):
    """One row of the outbox, or of the copies of what was sent."""

    state: str
    """`sent` (the fleet has it) or `waiting`."""
    channel: str
    stream: bytes
    seq: int
    at_ms: int
    """When the fleet said that it has it; 0 while it waits."""
    body: bytes


@dataclass(slots=True)
class Written:
    """What was written."""

    files: list[str] = field(default_factory=list)
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """What is exported."""

    state: Path
    """Folder of the outboxes."""
    copies: Path
    """File of the copies of what was sent."""
    vehicle: str
    key: bytes
    """Public key of the ledger."""
    entries: Sequence[Entry]
    """Of the ledger."""


def export(source: Source, folder: Path, made_ms: int) -> Written:
    """Write everything into a new or empty folder. Raises InvalidArgumentError, UnavailableError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise InvalidArgumentError(f"{folder} is not empty", hint=_HINT)
    except OSError as error:
        raise InvalidArgumentError(f"cannot use {folder}: {error.strerror}", hint=_HINT) from error
    try:
        return _write(source, folder, made_ms)
    except (OSError, sqlite3.Error) as error:
        raise UnavailableError(f"the export into {folder} is not complete: {error}", hint=_HINT) from error


def _write(source: Source, folder: Path, made_ms: int) -> Written:
    channels = sorted({*_waiting_channels(source.state), *_sent_channels(source.copies)})
    tables = {table.hash: table for table in _tables(source)}
    lines = (_consent_line(entry) for entry in source.entries)
    files = [_file(folder, "consents.ndjson", lines) | {"what": "what was agreed to and taken back, signed"}]
    written = Written()
    for purpose in sorted({purpose_of(channel) for channel in channels}):
        mine = [channel for channel in channels if purpose_of(channel) == purpose]
        lines = (_row_line(row, tables) for channel in mine for row in _rows(source, channel))
        made = _file(folder, f"data-{purpose}.ndjson", lines)
        words = PURPOSES[purpose].words if purpose in PURPOSES else ""
        files.append(made | {"what": "rows of one purpose", "purpose": purpose, "for": words})
        written.rows += int(str(made["rows"]))
    manifest = {
        "format": FORMAT,
        "vehicle": source.vehicle,
        "made": iso(made_ms),
        "consent_key": source.key.hex(),
        "encoding": "UTF-8, one JSON object a line; times in UTC; bytes in hexadecimal digits; values in units of VSS",
        "files": files,
    }
    _private(folder / MANIFEST, json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
    written.files = [str(one["name"]) for one in files] + [MANIFEST]
    return written


def _private(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")


def _file(folder: Path, name: str, lines: Iterator[dict[str, object]]) -> dict[str, object]:
    """Write a file; returns its entry in the manifest."""
    path = folder / name
    path.touch(mode=0o600)
    digest, rows = hashlib.sha256(), 0
    with path.open("wb") as file:
        for line in lines:
            text = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            digest.update(text)
            file.write(text)
            rows += 1
    return {"name": name, "rows": rows, "sha256": digest.hexdigest()}


def _consent_line(entry: Entry) -> dict[str, object]:
    line: dict[str, object] = {
        "number": entry.number,
        "time": iso(entry.at_ms),
        "what": str(entry.what),
        "by": entry.by,
    }
    if entry.purpose:
        line["purpose"] = entry.purpose
    if entry.what is What.AGREED and entry.terms is not None:
        line |= terms_map(entry.terms)
    return line | {"before": entry.before.hex(), "signed": entry.signed.hex()}


def _row_line(row: Row, tables: dict[bytes, SignalTable]) -> dict[str, object]:
    line: dict[str, object] = {
        "state": row.state,
        "channel": row.channel,
        "stream": row.stream.hex(),
        "seq": row.seq,
        "acknowledged": iso(row.at_ms) if row.at_ms else None,
    }
    return line | {str(key): plain(value) for key, value in read_row(row.body, tables).items()}


# -- what is there ----------------------------------------------------------------------------------------------------
def _waiting_channels(state: Path) -> list[str]:
    return [path.name.removeprefix("outbox-").removesuffix(".db") for path in state.glob("outbox-*.db")]


def _sent_channels(copies: Path) -> list[str]:
    return [str(row[0]) for row in _ask(copies, "select distinct channel from sent")]


def _rows(source: Source, channel: str) -> Iterator[Row]:
    """Rows of a channel, those that were sent first.

    What waits is read before the copies: a row that is acknowledged meanwhile is in both, and counts as sent.
    """
    outbox = source.state / f"outbox-{channel}.db"
    waiting: list[Row] = []
    if outbox.exists():
        ((stream,),) = _ask(outbox, "select value from meta where key = 'stream'")
        found = _ask(outbox, "select seq, payload from outbox where first is null order by seq")
        waiting = [Row("waiting", channel, bytes(stream), seq, 0, body) for seq, body in found]
    seen: set[tuple[bytes, int]] = set()
    for stream, seq, at_ms, body in _ask(
        source.copies, "select stream, seq, at_ms, body from sent where channel = ? order by id", channel
    ):
        seen.add((stream, seq))
        yield Row("sent", channel, stream, seq, at_ms, body)
    yield from (row for row in waiting if (row.stream, row.seq) not in seen)


def _tables(source: Source) -> Iterator[SignalTable]:
    """Tables of signals that were sent: without them columns cannot be read."""
    for row in _rows(source, DeliveryClass.EVENTS):
        if (table := table_in(row.body)) is not None:
            yield table


def _ask(path: Path, query: str, *values: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5.0)) as db:
        return db.execute(query, values).fetchall()
