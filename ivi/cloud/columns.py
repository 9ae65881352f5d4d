# SPDX-License-Identifier: Apache-2.0
"""Rows of telemetry as columns: one list of times and one of values for each signal, integer deltas, CBOR, zstd.

    byte 0       2, the encoding
    byte 1       number of the zstd dictionary, 0 for none
    bytes 2-9    hash of the table of signals (ivi.cloud.signal_table), which has types and scales
    then         one zstd frame (level 3) with the CBOR of [campaign, t0, series, times, columns]

`t0` is milliseconds since 1970. `series` is a list of groups; the columns of a group were taken at the same moments. A
column there is a signal's id (form INTEGER, no aggregate) or [id, form, aggregate]. `times` has for each group [step,
first, d, d, ...]: the first moment in ms since t0, then each distance to the one before, less `step`. `columns` has the
values, group by group, in the shape of their form. Whole numbers of the bus go as what they were there: nothing is lost.
"""

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate, pairwise

import zstandard

from ivi.cloud.cbor import decode, encode
from ivi.cloud.signal_table import HASH_BYTES, Signal, SignalTable
from ivi.cloud.wire import MAX_PAYLOAD
from ivi.model.errors import InvalidArgumentError
from ivi.model.signal import DataType

ENCODING_COLUMNS = 2
"""First byte of such a body; 1 is msgpack telemetry, 3 a record."""
LEVEL = 3  # of zstd
MAX_RAW = 1 << 20  # bytes of CBOR in one row
MAX_SAMPLES = 100_000  # values in one row
MAX_COLUMNS = 4096
MAX_CAMPAIGN = 64  # characters of its name
MAX_STEPS = 1 << 53  # raw numbers beyond this have neighbours that a float cannot tell apart
_MAX_DELTA = 1 << 63
_SAME = 1e-6  # of a step: how far a value may be from its whole number, which is the error of a formula in floats
_HEADER = struct.Struct(f">BB{HASH_BYTES}s")
_COMPRESSOR = zstandard.ZstdCompressor(level=LEVEL)


class Form(IntEnum):
    """How the values of a column are written."""

    INTEGER = 0
    """First number, then differences; a value is the sum × scale + offset of the table."""
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


@dataclass(frozen=True, slots=True)
class Readings:
    """One signal's part of a row, in VSS terms."""

    path: str
    aggregate: Aggregate
    times_ms: list[int]
    """Milliseconds since 1970."""
    values: list[object]
    """In the unit of VSS; None for "not available"."""


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
    return _HEADER.pack(ENCODING_COLUMNS, number, batch.table) + compressor.compress(raw)


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
    scale, offset = signal.scale, signal.offset
    if scale == 1.0 and offset == 0.0 and set(map(type, values)) == {int}:
        raw: list[int] = list(values)  # type: ignore[arg-type]  # all of them are int
        return raw if max(raw) - min(raw) < _MAX_DELTA and max(map(abs, raw)) < _MAX_DELTA else None
    try:
        raw = [round((value - offset) / scale) for value in values]  # type: ignore[operator]  # the caller looked
    except (ValueError, OverflowError):  # not a number, or infinite
        return None
    back = [number * scale + offset for number in raw]
    if back == values:
        return raw
    room = abs(scale) * _SAME
    near = all(abs(made - value) <= room for made, value in zip(back, values, strict=True))  # type: ignore[operator]  # as above
    return raw if near and max(map(abs, raw)) < MAX_STEPS else None


def _spread(times: tuple[int, ...]) -> list[int]:
    if len(times) < 2:  # noqa: PLR2004  # no distance
        return [0, *times]
    step = (times[-1] - times[0]) // (len(times) - 1)
    return [step, times[0], *[after - before - step for before, after in pairwise(times)]]


def _deltas(values: Sequence[object]) -> list[int]:
    numbers: Sequence[int] = values  # type: ignore[assignment]  # form INTEGER
    return [*numbers[:1], *[after - before for before, after in pairwise(numbers)]]


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


# -- reading ----------------------------------------------------------------------------------------------------------
def decode_columns(body: bytes, dictionaries: Mapping[int, Dictionary] | None = None) -> Batch:
    """The row in a body, with raw numbers as they were written.

    Raises InvalidArgumentError for anything that is too large, malformed, or would expand beyond its bounds.
    """
    if body[:1] != bytes((ENCODING_COLUMNS,)) or len(body) <= _HEADER.size:
        raise InvalidArgumentError(f"columns in an unknown encoding: {body[:1].hex() or 'empty'}")
    if len(body) > MAX_PAYLOAD:
        raise InvalidArgumentError(f"columns of {len(body)} bytes are over the limit of {MAX_PAYLOAD}")
    _, number, table = _HEADER.unpack_from(body)
    match decode(_expand(body[_HEADER.size :], number, dictionaries or {}), "the columns", most=MAX_RAW):
        case [str(campaign), int(t0), list(series), list(times), list(columns)] if len(campaign) <= MAX_CAMPAIGN:
            return Batch(campaign, _checked_t0(t0), table, _read(series, times, columns))
    raise InvalidArgumentError("the columns have not campaign, time, series, times and values")


def readings(batch: Batch, table: SignalTable) -> list[Readings]:
    """What a row says, in VSS terms. Raises InvalidArgumentError when it was not written with this table."""
    if batch.table != table.hash:
        raise InvalidArgumentError(f"the columns are of table {batch.table.hex()}, not {table.hash.hex()}")
    found = []
    for column in batch.columns:
        if column.signal >= len(table.signals):
            raise InvalidArgumentError(f"the table has no signal {column.signal}")
        signal = table.signals[column.signal]
        times = [batch.t0_ms + time for time in column.times]
        found.append(Readings(signal.path, column.aggregate, times, _physical(column, signal)))
    return found


def _physical(column: Column, signal: Signal) -> list[object]:
    if column.form is not Form.INTEGER:
        return list(column.values)
    if signal.scale == 1.0 and signal.offset == 0.0 and signal.kind not in (DataType.FLOAT, DataType.DOUBLE):
        return list(column.values)
    scale, offset = signal.scale, signal.offset
    return [number * scale + offset for number in column.values]  # type: ignore[operator]  # form INTEGER


def _expand(packed: bytes, number: int, dictionaries: Mapping[int, Dictionary]) -> bytes:
    if number and number not in dictionaries:
        raise InvalidArgumentError(f"the columns need dictionary {number}, which is not here")
    # a fresh one each time: it is no thread's own
    expander = dictionaries[number].decompressor if number else zstandard.ZstdDecompressor(max_window_size=MAX_RAW)
    try:
        size = zstandard.frame_content_size(packed)
        if not 0 <= size <= MAX_RAW:
            raise InvalidArgumentError(f"the columns do not say that they expand to at most {MAX_RAW} bytes")
        return expander.decompress(packed, max_output_size=MAX_RAW, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise InvalidArgumentError(f"the columns cannot be expanded: {error}") from error


def _checked_t0(t0: int) -> int:
    if not 0 <= t0 < _MAX_DELTA or isinstance(t0, bool):
        raise InvalidArgumentError("the columns begin at a time that is none")
    return t0


def _read(series: list[object], times: list[object], columns: list[object]) -> list[Column]:
    if len(series) != len(times) or len(columns) > MAX_COLUMNS:
        raise InvalidArgumentError("the columns have more series than times, or too many of them")
    rest, found, samples = iter(columns), [], 0
    for members, spread in zip(series, times, strict=True):
        moments = _moments(spread)
        if not isinstance(members, list) or not members:
            raise InvalidArgumentError("the columns have a group without signals")
        for member in members:
            number, form, aggregate = _member(member)
            samples += len(moments)
            if samples > MAX_SAMPLES:
                raise InvalidArgumentError(f"the columns have more than {MAX_SAMPLES} values")
            values = _READERS[form](next(rest, None), len(moments))
            found.append(Column(number, moments, values, form, aggregate))
    if len(found) != len(columns):
        raise InvalidArgumentError("the columns have values that no signal claims")
    return found


def _member(member: object) -> tuple[int, Form, Aggregate]:
    match member:
        case bool():
            pass
        case int(number) if number >= 0:
            return number, Form.INTEGER, Aggregate.NONE
        case [int(number), int(form), int(aggregate)] if number >= 0:
            try:
                return number, Form(form), Aggregate(aggregate)
            except ValueError as error:
                raise InvalidArgumentError(f"the columns have an unknown form: {error}") from error
    raise InvalidArgumentError("the columns have a signal that is neither a number nor number, form and aggregate")


def _moments(spread: object) -> list[int]:
    numbers = _integers(spread)
    if not numbers:
        raise InvalidArgumentError("the columns have a group without times")
    step, *first = numbers
    return list(accumulate([*first[:1], *[number + step for number in first[1:]]]))


def _integers(value: object) -> list[int]:
    if not isinstance(value, list) or not set(map(type, value)) <= {int}:
        raise InvalidArgumentError("the columns have something else where whole numbers belong")
    return value


def _sized[T: Sequence[object]](values: T, count: int) -> T:
    if len(values) != count:
        raise InvalidArgumentError(f"the columns have {len(values)} values for {count} moments")
    return values


def _read_integers(value: object, count: int) -> list[int]:
    return list(accumulate(_sized(_integers(value), count)))


def _read_floats(value: object, count: int) -> list[float]:
    if not isinstance(value, bytes) or len(value) != 8 * count:
        raise InvalidArgumentError(f"the columns have no {count} floats where they belong")
    return list(struct.unpack(f"<{count}d", value))


def _read_runs(value: object, count: int) -> list[bool]:
    if not isinstance(value, list) or (value and not isinstance(value[0], bool)):
        raise InvalidArgumentError("the columns have no runs of true and false where they belong")
    runs = _integers(value[1:])
    # before anything is expanded: a few bytes could ask for any number of values
    if any(run < 1 for run in runs) or sum(runs) != count:
        raise InvalidArgumentError(f"the columns have runs that are not {count} values")
    state, found = bool(value and value[0]), []
    for run in runs:
        found += [state] * run
        state = not state
    return found


def _read_texts(value: object, count: int) -> list[str]:
    match value:
        case [list(texts), list(places)] if all(isinstance(text, str) for text in texts):
            numbers = _read_integers(places, count)
            if numbers and not (min(numbers) >= 0 and max(numbers) < len(texts)):
                raise InvalidArgumentError("the columns name a text that is not there")
            return [texts[number] for number in numbers]
    raise InvalidArgumentError("the columns have no texts where they belong")


def _read_plain(value: object, count: int) -> list[object]:
    if not isinstance(value, list):
        raise InvalidArgumentError("the columns have no list of values where it belongs")
    return _sized(value, count)


_READERS: dict[Form, Callable[[object, int], Sequence[object]]] = {
    Form.INTEGER: _read_integers,
    Form.FLOAT: _read_floats,
    Form.BOOLEAN: _read_runs,
    Form.TEXT: _read_texts,
    Form.PLAIN: _read_plain,
}
