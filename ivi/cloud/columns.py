# SPDX-License-Identifier: Apache-2.0
"""Rows of telemetry as columns: one list of times and one of values for each signal, integer deltas, CBOR, zstd.

    byte 0       2, the encoding
    byte 1       number of the zstd dictionary, 0 for none
    bytes 2-9    hash of the table of signals (ivi.cloud.signal_table), which has types and scales
    then         one zstd frame (level 3) with the CBOR of [campaign, t0, series, times, columns]

`t0` is milliseconds since 1970. `series` is a list of groups; the columns of a group were taken at the same moments. A
column there is a signal's id (form INTEGER, no aggregate) or [id, form, aggregate]. `times` has for each group [step,
first, d, d, ...]: the first moment in ms since t0, then each distance to the one before, less `step`. `columns` has the
values, group by group, in the shape of their form. Whole numbers of the bus go as they were there: nothing is lost.
"""

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from operator import sub

import zstandard

from ivi.cloud.cbor import encode
from ivi.cloud.signal_table import HASH_BYTES, Signal
from ivi.model.errors import InvalidArgumentError
from ivi.model.signal import DataType

ENCODING_COLUMNS = 2
"""First byte of such a body; 1 is msgpack telemetry, 3 a record."""
LEVEL = 3  # of zstd
MAX_RAW = 1 << 20  # bytes of CBOR in one row
MAX_CAMPAIGN = 64  # characters of its name
MAX_STEPS = 1 << 53  # raw numbers beyond this have neighbours that a float cannot tell apart
_MAX_DELTA = 1 << 63
_SAME = 1e-6  # of a step: how far a value may be from its whole number, which is the error of a formula in floats
HEADER = struct.Struct(f">BB{HASH_BYTES}s")
_COMPRESSOR = zstandard.ZstdCompressor(level=LEVEL)


class Form(IntEnum):
    """How the values of a column are written."""

    INTEGER = 0
    """First number, then differences; a value is the sum * scale + offset of the table."""
    FLOAT = 1
    """Bytes: 64-bit floats, little endian."""
    BOOLEAN = 2
    """First value, then lengths of runs: [true, 5, 2] is five times true, twice false."""
    TEXT = 3
    """[distinct texts, [place of the first, then differences of places]]."""
    PLAIN = 4
    """CBOR values one by one: lists, maps, null for "not available", and all that has no better form."""


class Aggregate(IntEnum):
    """What a value says of its window; NONE: it is a sample."""

    NONE = 0
    MIN = 1
    MAX = 2
    MEAN = 3
    LAST = 4
    HISTOGRAM = 5
    """Counts below the first bound, between each two, and from the last bound on."""


@dataclass(frozen=True, slots=True)
class Column:
    """Values of one signal as they are written; INTEGER: raw numbers."""

    signal: int
    times: Sequence[int]
    """Milliseconds since the batch's t0."""
    values: Sequence[object]
    form: Form = Form.INTEGER
    aggregate: Aggregate = Aggregate.NONE


@dataclass(frozen=True, slots=True)
class Batch:
    """One row."""

    campaign: str
    t0_ms: int
    """Milliseconds since 1970 by the car's clock."""
    table: bytes
    """Hash of the table of signals."""
    columns: Sequence[Column]


class Dictionary:
    """A zstd dictionary trained on earlier rows; worth it for rows of one second."""

    def __init__(self, number: int, data: bytes) -> None:
        """`number` (1 to 255) names it in a row's second byte. Raises InvalidArgumentError."""
        if not 1 <= number <= 255:  # noqa: PLR2004  # one byte
            raise InvalidArgumentError(f"a dictionary has a number from 1 to 255, not {number}")
        self.number = number
        made = zstandard.ZstdCompressionDict(data)
        made.precompute_compress(level=LEVEL)
        self.compressor = zstandard.ZstdCompressor(level=LEVEL, dict_data=made)
        self.decompressor = zstandard.ZstdDecompressor(dict_data=made, max_window_size=MAX_RAW)


# -- writing ----------------------------------------------------------------------------------------------------------
def plain_body(batch: Batch) -> bytes:
    """The CBOR of a row before zstd; also what dictionaries are trained on."""
    groups: dict[tuple[int, ...], list[Column]] = {}
    for column in batch.columns:
        groups.setdefault(tuple(column.times), []).append(column)
    series = [
        [
            column.signal
            if not column.form and not column.aggregate
            else [column.signal, int(column.form), int(column.aggregate)]
            for column in members
        ]
        for members in groups.values()
    ]
    values = [
        _deltas(column.values) if not column.form else _WRITERS[column.form](column.values)
        for members in groups.values()
        for column in members
    ]
    return encode([batch.campaign, batch.t0_ms, series, [_spread(times) for times in groups], values])


def encode_columns(batch: Batch, dictionary: Dictionary | None = None) -> bytes:
    """The body of a row. Raises InvalidArgumentError when it would be larger than a reader takes."""
    raw = plain_body(batch)
    if len(raw) > MAX_RAW:
        raise InvalidArgumentError(f"a row of {len(raw)} bytes before compression is over the limit of {MAX_RAW}")
    compressor, number = (dictionary.compressor, dictionary.number) if dictionary else (_COMPRESSOR, 0)
    return HEADER.pack(ENCODING_COLUMNS, number, batch.table) + compressor.compress(raw)


def make_column(
    number: int,
    signal: Signal,
    times: Sequence[int],
    values: Sequence[object],
    aggregate: Aggregate = Aggregate.NONE,
) -> Column:
    """The column of VSS values in the best form that loses nothing."""
    kinds = set(map(type, values))
    if kinds <= {int, float} and kinds and signal.scale and (raw := _whole(signal, values)) is not None:
        return Column(number, times, raw, Form.INTEGER, aggregate)
    form = Form.PLAIN
    if len(kinds) == 1:
        form = {float: Form.FLOAT, bool: Form.BOOLEAN, str: Form.TEXT}.get(kinds.pop(), Form.PLAIN)
    return Column(number, times, values, form, aggregate)


def _whole(signal: Signal, values: Sequence[object]) -> list[int] | None:
    """Raw numbers; None when some value is none, or the numbers are too far apart."""
    if signal.kind not in (DataType.FLOAT, DataType.DOUBLE):
        if set(map(type, values)) != {int}:  # a mean: its type is to come back too
            return None
        raw: list[int] = list(values)  # type: ignore[arg-type]  # all of them are int
        return raw if max(map(abs, raw)) < _MAX_DELTA >> 1 else None
    scale, offset = signal.scale, signal.offset
    try:
        raw = [round((value - offset) / scale) for value in values]  # type: ignore[operator]  # the caller looked
    except (ValueError, OverflowError):  # not a number, or infinite
        return None
    if max(map(abs, raw)) >= MAX_STEPS:
        return None
    back = [number * scale + offset for number in raw]
    room = abs(scale) * _SAME
    if back == values or all(abs(made - value) <= room for made, value in zip(back, values, strict=True)):  # type: ignore[operator]  # as above
        return raw
    return None


def _spread(times: tuple[int, ...]) -> list[int]:
    if len(times) < 2:  # noqa: PLR2004  # no distance
        return [0, *times]
    step = (times[-1] - times[0]) // (len(times) - 1)
    return [step, times[0], *[distance - step for distance in map(sub, times[1:], times)]]


def _deltas(values: Sequence[object]) -> list[int]:
    numbers: Sequence[int] = values  # type: ignore[assignment]  # form INTEGER
    return [*numbers[:1], *map(sub, numbers[1:], numbers)]


def _floats(values: Sequence[object]) -> bytes:
    return struct.pack(f"<{len(values)}d", *values)


def _runs(values: Sequence[object]) -> list[object]:
    runs: list[int] = []
    last: object = None
    for value in values:
        if runs and value is last:
            runs[-1] += 1
        else:
            runs.append(1)
            last = value
    return [bool(values[0]), *runs] if values else []


def _texts(values: Sequence[object]) -> list[object]:
    places: dict[object, int] = {}
    numbers = [places.setdefault(value, len(places)) for value in values]
    return [list(places), _deltas(numbers)]


_WRITERS: dict[Form, Callable[[Sequence[object]], object]] = {
    Form.FLOAT: _floats,
    Form.BOOLEAN: _runs,
    Form.TEXT: _texts,
    Form.PLAIN: list,
}
