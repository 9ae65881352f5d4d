# SPDX-License-Identifier: Apache-2.0
"""A table of samples in ClickHouse, over its HTTP interface (clickhouse.com/docs/interfaces/http).

The key of a sample is where it came from: stream, sequence of the row, place in the row. One that is inserted again
replaces itself (ReplacingMergeTree; queries say FINAL), so that copying at least once has its effect exactly once.
"""

import base64
import http.client
import json
import math
import re
import urllib.parse
from collections.abc import Iterable
from typing import NamedTuple

from ivi.model.errors import ConfigurationError, UnavailableError
from ivi.model.signal import Value

TABLE = "telemetry_sample"
TIMEOUT_S = 60.0  # seconds that one statement may take
MAX_ERROR = 300  # characters of the server's explanation that are shown
_EXACT = 1 << 53  # whole numbers beyond this are not all floats
_CHANNEL = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_NULL = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "\\0"})
_COLUMNS = ("path", "vehicle", "t", "number", "text", "channel", "stream", "seq", "n")

# Times of one signal are near each other and rise, values change little: delta of deltas, and Gorilla's XOR of floats.
_CREATE = f"""
create table if not exists {TABLE} (
  path LowCardinality(String),
  vehicle String codec(ZSTD(1)),
  t DateTime64(9, 'UTC') codec(DoubleDelta, ZSTD(1)),
  number Nullable(Float64) codec(Gorilla, ZSTD(1)),
  text String codec(ZSTD(1)),
  channel LowCardinality(String),
  stream UInt64 codec(ZSTD(1)),
  seq UInt64 codec(DoubleDelta, ZSTD(1)),
  n UInt32 codec(DoubleDelta, ZSTD(1))
) engine = ReplacingMergeTree partition by toYYYYMM(t) order by (path, vehicle, stream, t, seq, n)
"""


class StoredSample(NamedTuple):
    """One row of the table."""

    path: str
    vehicle: str
    """Empty for a channel with a purpose of its own."""
    t_ns: int
    value: Value
    channel: str
    stream: bytes
    seq: int
    n: int
    """Place in its row of the outbox."""


class ClickHouse:
    """A server; every statement is a request of its own."""

    def __init__(self, url: str) -> None:
        """`http(s)://[user:password@]host[:port]/[?database=name]`. Raises ConfigurationError."""
        parts = urllib.parse.urlsplit(url)
        try:
            port = parts.port
        except ValueError:
            port = 0
        if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
            raise ConfigurationError(
                f"not the address of a ClickHouse server: {parts.hostname or url!r}",
                hint="write it as http://user:password@host:8123/?database=name",
            )
        self.where = f"{parts.scheme}://{parts.hostname}:{port or ''}".rstrip(":")
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname, port or (8443 if self._secure else 8123)
        self._target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._headers = {"Content-Type": "text/plain; charset=utf-8"}
        if parts.username:
            word = f"{urllib.parse.unquote(parts.username)}:{urllib.parse.unquote(parts.password or '')}"
            self._headers["Authorization"] = "Basic " + base64.b64encode(word.encode()).decode()

    def run(self, statement: str | bytes) -> str:
        """Do a statement; returns what it prints. Raises UnavailableError with the server's reason."""
        kind = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
        connection = kind(self._host, self._port, timeout=TIMEOUT_S)
        try:
            body = statement if isinstance(statement, bytes) else statement.encode()
            connection.request("POST", self._target, body, self._headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as error:
            raise UnavailableError(
                f"no answer from ClickHouse at {self.where}: {str(error) or type(error).__name__}",
                hint="start the server",
            ) from error
        finally:
            connection.close()
        if answer.status != http.HTTPStatus.OK:
            raise UnavailableError(
                f"ClickHouse at {self.where} refused a statement: {text.strip()[:MAX_ERROR]}",
                hint="check its rights and its disk",
            )
        return text

    def prepare(self, keep_days: int | None = None) -> None:
        """Make the table, and let it forget samples after some days. Raises UnavailableError."""
        self.run(_CREATE)
        if keep_days is not None:
            self.run(f"alter table {TABLE} modify ttl toDateTime(t) + interval {keep_days:d} day")

    def delete(self, channel: str, stream: bytes) -> None:
        """Delete a stream's samples. Raises UnavailableError."""
        if not _CHANNEL.fullmatch(channel):
            raise UnavailableError(f"no channel has the name {channel!r}", hint="nothing of it can be here")
        self.run(_delete(channel, stream))

    def insert(self, samples: Iterable[StoredSample]) -> None:
        """Insert samples, all or none of them. Raises UnavailableError."""
        lines = [f"insert into {TABLE}({', '.join(_COLUMNS)}) format TabSeparated", *map(_line, samples), ""]
        self.run("\n".join(lines).encode("utf-8", "replace"))


def _delete(channel: str, stream: bytes) -> str:
    number = int.from_bytes(stream, "big")
    where = f"channel = '{channel}' and stream = {number}"  # a channel is a word without quotes
    return f"alter table {TABLE} delete where {where} settings mutations_sync = 1"


def _line(sample: StoredSample) -> str:
    """A line of the format TabSeparated, in which a tab, a line's end and a backslash are escaped."""
    seconds, nanoseconds = divmod(sample.t_ns, 10**9)
    number, text = _columns(sample.value)
    return (
        f"{_escaped(sample.path)}\t{_escaped(sample.vehicle)}\t{seconds}.{nanoseconds:09d}\t"
        f"{_NULL if number is None else repr(number)}\t{_escaped(text) if text else ''}\t{_escaped(sample.channel)}\t"
        f"{int.from_bytes(sample.stream, 'big')}\t{sample.seq}\t{sample.n}"
    )


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _columns(value: Value) -> tuple[float | None, str]:
    """A value as a number where it is one, and as text where the number does not say all of it."""
    match value:
        case bool():
            return float(value), "true" if value else "false"
        case int():
            return float(value), "" if -_EXACT <= value <= _EXACT else str(value)
        case float() if math.isfinite(value):
            return value, ""
        case str():
            return None, value
    return None, json.dumps(value, ensure_ascii=False)
