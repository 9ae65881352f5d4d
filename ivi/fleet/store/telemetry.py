# SPDX-License-Identifier: Apache-2.0
"""Rows of the telemetry class as samples. What a body's first byte means is registered in `decoders`."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from ivi.cloud.column_reader import Readings, decode_columns, readings
from ivi.cloud.columns import ENCODING_COLUMNS, Aggregate
from ivi.cloud.telemetry import ENCODING_MSGPACK, decode_batch
from ivi.fleet.store.signal_tables import SignalTables
from ivi.model.errors import InvalidArgumentError
from ivi.model.signal import Value

_MS = 10**6  # nanoseconds


class Sample(NamedTuple):
    """One value of one signal."""

    path: str
    """VSS path; for an aggregate of a window with `#min`, `#max`, `#mean`, `#last` or `#histogram` behind it."""
    t_ns: int
    """Wall clock of the car, nanoseconds since 1970."""
    value: Value


type Decoder = Callable[[bytes, SignalTables], Iterable[Sample]]
"""From a body, its first byte included, to samples in the order of the body.

Raises InvalidArgumentError when it is malformed, NotFoundError when the table that it needs has not come yet.
"""


def _batch(body: bytes, _tables: SignalTables) -> Iterator[Sample]:
    batch = decode_batch(body)
    return (Sample(path, batch.t_ns, value) for path, value in batch.values.items())


def _columns(body: bytes, tables: SignalTables) -> Iterator[Sample]:
    batch = decode_columns(body)
    for one in readings(batch, tables.find(batch.table)):
        path = _named(one)
        for t_ms, value in zip(one.times_ms, one.values, strict=True):
            if isinstance(value, bool | int | float | str | list | dict):  # None: not available at that moment
                yield Sample(path, t_ms * _MS, value)


def _named(one: Readings) -> str:
    return one.path if one.aggregate is Aggregate.NONE else f"{one.path}#{one.aggregate.name.lower()}"


decoders: dict[int, Decoder] = {ENCODING_MSGPACK: _batch, ENCODING_COLUMNS: _columns}
"""First byte of a body to who reads it. Another encoding adds itself here before the first row is read."""


def samples(body: bytes, tables: SignalTables) -> list[Sample]:
    """What a row says. Raises InvalidArgumentError for an encoding that is not known, and what its decoder raises."""
    decoder = decoders.get(body[0]) if body else None
    if decoder is None:
        raise InvalidArgumentError(f"telemetry in an unknown encoding: {body[:1].hex() or 'empty'}")
    return list(decoder(body, tables))
