# SPDX-License-Identifier: Apache-2.0
"""Rows as people and programs can read them: times in ISO 8601, bytes in hexadecimal digits, one JSON object a row."""

import base64
import datetime
from collections.abc import Mapping

from ivi.cloud.column_reader import decode_columns, readings
from ivi.cloud.columns import ENCODING_COLUMNS
from ivi.cloud.record import ENCODING_RECORD, Record, decode_record
from ivi.cloud.signal_table import SignalTable
from ivi.cloud.telemetry import ENCODING_MSGPACK, decode_batch
from ivi.model.errors import InvalidArgumentError

_MS_PER_S = 1000


def iso(t_ms: float) -> str:
    """A moment, milliseconds since 1970, in UTC."""
    try:
        return datetime.datetime.fromtimestamp(t_ms / _MS_PER_S, datetime.UTC).isoformat(timespec="milliseconds")
    except (ValueError, OverflowError, OSError):  # nobody's time
        return str(t_ms)


def plain(value: object) -> object:
    """A value as JSON has it."""
    match value:
        case bytes():
            return value.hex()
        case Mapping():
            return {str(plain(key)): plain(part) for key, part in value.items()}
        case list() | tuple():
            return [plain(part) for part in value]
    return value


def read_row(body: bytes, tables: Mapping[bytes, SignalTable]) -> dict[str, object]:
    """What a row says. One that cannot be read is given as it is, with the reason."""
    try:
        match body[:1]:
            case first if first == bytes((ENCODING_MSGPACK,)):
                batch = decode_batch(body)
                return {"time": iso(batch.t_ns / 1e6), "values": plain(batch.values)}
            case first if first == bytes((ENCODING_COLUMNS,)):
                return _columns(body, tables)
            case first if first == bytes((ENCODING_RECORD,)):
                record = decode_record(body)
                return {"time": iso(record.at_ms), "kind": record.kind, "data": plain(record.data)}
    except InvalidArgumentError as error:
        return {"unreadable": error.message, "base64": base64.b64encode(body).decode()}
    return {"unreadable": "an unknown encoding", "base64": base64.b64encode(body).decode()}


def _columns(body: bytes, tables: Mapping[bytes, SignalTable]) -> dict[str, object]:
    batch = decode_columns(body)
    table = tables.get(batch.table)
    if table is None:
        raise InvalidArgumentError(f"its table of signals, {batch.table.hex()}, is not among the copies")
    return {
        "time": iso(batch.t0_ms),
        "campaign": batch.campaign,
        "series": [
            {
                "path": one.path,
                "aggregate": one.aggregate.name.lower(),
                "times": [iso(t_ms) for t_ms in one.times_ms],
                "values": plain(one.values),
            }
            for one in readings(batch, table)
        ],
    }


def table_in(body: bytes) -> SignalTable | None:
    """The table of signals that a row carries, if it is such a row."""
    if body[:1] != bytes((ENCODING_RECORD,)):
        return None
    try:
        record: Record = decode_record(body)
        return SignalTable.from_record(record.data) if record.kind == "signals" else None
    except InvalidArgumentError:
        return None
