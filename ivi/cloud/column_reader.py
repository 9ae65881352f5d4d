# SPDX-License-Identifier: Apache-2.0
"""Reads rows of columns (ivi.cloud.columns). They come from anybody: every size is checked before it is believed."""

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import zstandard

from ivi.cloud.cbor import decode
from ivi.cloud.columns import (
    ENCODING_COLUMNS,
    HEADER,
    MAX_CAMPAIGN,
    MAX_RAW,
    Aggregate,
    Batch,
    Column,
    Dictionary,
    Form,
)
from ivi.cloud.signal_table import Signal, SignalTable
from ivi.cloud.wire import MAX_PAYLOAD
from ivi.model.errors import InvalidArgumentError
from ivi.model.signal import DataType

MAX_SAMPLES = 100_000  # values in one row
MAX_COLUMNS = 4096
_MAX_VALUE = 1 << 64
_MAX_TIME = 1 << 48  # ms; with t0 below 1 << 62 the sum fits in 64 bits


@dataclass(frozen=True, slots=True)
class Readings:
    """One signal's part of a row, in VSS terms."""

    path: str
    aggregate: Aggregate
    times_ms: list[int]
    """Milliseconds since 1970."""
    values: list[object]
    """In the unit of VSS; None for "not available"."""


def decode_columns(body: bytes, dictionaries: Mapping[int, Dictionary] | None = None) -> Batch:
    """The row in a body, with raw numbers as they were written.

    Raises InvalidArgumentError for anything that is too large, malformed, or would expand beyond its bounds.
    """
    if body[:1] != bytes((ENCODING_COLUMNS,)) or len(body) <= HEADER.size:
        raise InvalidArgumentError(f"columns in an unknown encoding: {body[:1].hex() or 'empty'}")
    if len(body) > MAX_PAYLOAD:
        raise InvalidArgumentError(f"columns of {len(body)} bytes are over the limit of {MAX_PAYLOAD}")
    _, number, table = HEADER.unpack_from(body)
    match decode(_expand(body[HEADER.size :], number, dictionaries or {}), "the columns", most=MAX_RAW):
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
    if not 0 <= t0 < 1 << 62 or isinstance(t0, bool):
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
    return _bounded(list(accumulate([*first[:1], *[number + step for number in first[1:]]])), _MAX_TIME)


def _integers(value: object) -> list[int]:
    if not isinstance(value, list) or not set(map(type, value)) <= {int}:
        raise InvalidArgumentError("the columns have something else where whole numbers belong")
    return value


def _sized[T: Sequence[object]](values: T, count: int) -> T:
    if len(values) != count:
        raise InvalidArgumentError(f"the columns have {len(values)} values for {count} moments")
    return values


def _read_integers(value: object, count: int) -> list[int]:
    return _bounded(list(accumulate(_sized(_integers(value), count))), _MAX_VALUE)


def _bounded(numbers: list[int], limit: int) -> list[int]:
    """What differences add up to has to fit where it is stored."""
    if numbers and not (-limit < min(numbers) and max(numbers) < limit):
        raise InvalidArgumentError("the columns have numbers that add up to more than 64 bits")
    return numbers


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
