# SPDX-License-Identifier: Apache-2.0
"""Columns: what is written comes back, whatever the values; what is no row of ours is refused, whatever the bytes."""

import contextlib
import math
from pathlib import Path
from typing import Any

import cbor2
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from ivi.cloud import column_reader, columns
from ivi.cloud.column_reader import decode_columns, readings
from ivi.cloud.columns import (
    Aggregate,
    Batch,
    Column,
    Dictionary,
    Form,
    encode_columns,
    make_column,
    plain_body,
)
from ivi.cloud.signal_table import Signal, SignalTable
from ivi.model.errors import InvalidArgumentError
from ivi.model.signal import DataType, EntryType, Metadata
from ivi.providers.can.provider import load_car
from ivi.vss.loader import load_catalogue

SPEED = Signal("Vehicle.Speed", DataType.FLOAT, 0.01, 0.0)
ROOM = Signal("Vehicle.Cabin.Temperature", DataType.FLOAT, 0.1, -60.0)
COUNT = Signal("Vehicle.Count", DataType.UINT64, 1.0, 0.0)
NAME = Signal("Vehicle.Name", DataType.STRING, 0.0, 0.0)
TABLE = SignalTable([SPEED, ROOM, COUNT, NAME])


def through(*made: tuple[Signal, list[int], list[Any]]) -> tuple[Batch, dict[str, tuple[list[int], list[Any]]]]:
    """Written and read again: the row, and times and values by path."""
    rows = [make_column(TABLE.ids[signal.path], signal, times, values) for signal, times, values in made]
    read = decode_columns(encode_columns(Batch("drive", 1_790_000_000_000, TABLE.hash, rows)))
    return read, {one.path: (one.times_ms, one.values) for one in readings(read, TABLE)}


def test_whole_numbers_of_the_bus_come_back_bit_by_bit() -> None:
    """Scale and offset are the table's; a float is again the float that the decoder had made."""
    speeds = [raw * 0.01 for raw in range(0, 30_001, 7)]
    rooms = [raw * 0.1 + -60.0 for raw in range(4096)]
    times = list(range(0, 20 * len(speeds), 20))
    read, found = through((SPEED, times, speeds), (ROOM, list(range(4096)), rooms))
    assert [column.form for column in read.columns] == [Form.INTEGER, Form.INTEGER]
    assert found["Vehicle.Speed"] == ([1_790_000_000_000 + time for time in times], speeds)
    assert found["Vehicle.Cabin.Temperature"][1] == rooms


def test_a_value_beside_the_grid_makes_the_column_floats() -> None:
    """Nothing is rounded away."""
    values = [1.0, 1.005, math.pi]
    read, found = through((SPEED, [0, 1, 2], values))
    assert read.columns[0].form is Form.FLOAT
    assert found["Vehicle.Speed"][1] == values


def test_the_float_error_of_a_formula_is_no_reason_for_floats() -> None:
    """What an overlay's formula makes of raw 1 to 2,000 is the same whole numbers again."""
    watts = Signal("Vehicle.Speed", DataType.FLOAT, 10.0, 0.0)
    column = make_column(0, watts, list(range(1, 2001)), [raw * 0.01 * 1000 for raw in range(1, 2001)])
    assert (column.form, column.values) == (Form.INTEGER, list(range(1, 2001)))


@pytest.mark.parametrize(
    ("values", "form"),
    [
        ([True, True, False], Form.BOOLEAN),
        (["P", "D", "D", "P"], Form.TEXT),
        ([1.5, None, 2.0], Form.PLAIN),
        ([[1, 2], [], [3.5]], Form.PLAIN),
        ([{"a": 1}], Form.PLAIN),
        ([0, (1 << 64) - 1], Form.PLAIN),
        ([7, 6, 8], Form.INTEGER),
    ],
)
def test_each_kind_of_value_has_its_form(values: list[Any], form: Form) -> None:
    """And comes back as it went, with its type."""
    read, found = through((COUNT, list(range(len(values))), values))
    assert read.columns[0].form is form
    assert found["Vehicle.Count"][1] == values
    assert [type(value) for value in found["Vehicle.Count"][1]] == [type(value) for value in values]


def test_signals_of_one_moment_share_their_times() -> None:
    """Twenty signals sampled together do not pay for twenty lists of times."""
    times = [137, 1003, 2210, 2950]
    one = plain_body(Batch("c", 0, TABLE.hash, [Column(0, times, [1, 2, 3, 4])]))
    many = plain_body(Batch("c", 0, TABLE.hash, [Column(number, list(times), [1, 2, 3, 4]) for number in range(20)]))
    assert len(many) - len(one) == 19 * 6  # an id, the head of a list, four differences


def test_a_dictionary_is_named_and_needed() -> None:
    """A row says which it was written with; without it the row is refused, not guessed."""
    bodies: list[bytes | bytearray | memoryview[int]] = [
        plain_body(Batch("drive", 1_790_000_000_000 + seed, TABLE.hash, _noise(seed)))
        for seed in range(0, 60_000, 1000)
    ]
    dictionary = Dictionary(3, zstandard.train_dictionary(2048, bodies).as_bytes())
    row = Batch("drive", 1_790_000_000_500, TABLE.hash, _noise(61))
    packed = encode_columns(row, dictionary)
    assert len(packed) < len(encode_columns(row))
    assert decode_columns(packed, {3: dictionary}) == row
    with pytest.raises(InvalidArgumentError, match="dictionary 3"):
        decode_columns(packed)
    with pytest.raises(InvalidArgumentError):
        Dictionary(256, b"")


def _noise(seed: int) -> list[Column]:
    times = list(range(0, 1000, 100))
    return [
        Column(number, times, [(seed * 31 + at * at * (number + 1)) % 7 for at in range(10)]) for number in range(4)
    ]


def packed(value: object, number: int = 0) -> bytes:
    """A row with this content."""
    content = value if isinstance(value, bytes) else cbor2.dumps(value)
    return b"\x02" + bytes((number,)) + TABLE.hash + zstandard.ZstdCompressor().compress(content)


def row(series: object, times: object, values: object) -> bytes:
    """A row with these three parts."""
    return packed(["c", 0, series, times, values])


BAD = {
    "empty": b"",
    "another encoding": b"\x01\x92\x00\x80",
    "header only": b"\x02\x00" + bytes(8),
    "no zstd": b"\x02\x00" + bytes(8) + b"nonsense",
    "cut off": encode_columns(Batch("c", 0, TABLE.hash, _noise(1)))[:-3],
    "bytes behind it": encode_columns(Batch("c", 0, TABLE.hash, _noise(1))) + b"x",
    "a bomb": packed(bytes(columns.MAX_RAW + 1)),
    "a bomb that hides its size": b"\x02\x00"
    + bytes(8)
    + zstandard.ZstdCompressor(write_content_size=False).compress(bytes(50 << 20)),
    "too large": bytes((2,)) + bytes(200 << 10),
    "no list": packed({"a": 1}),
    "a part too few": packed(["c", 0, [], []]),
    "a time before 1970": packed(["c", -1, [], [], []]),
    "a time of true": packed(["c", True, [], [], []]),
    "a campaign without end": packed(["c" * 65, 0, [], [], []]),
    "series without times": row([[0]], [], [[1]]),
    "an empty group": row([[]], [[0, 1]], []),
    "no times": row([[0]], [[]], [[]]),
    "times that are texts": row([[0]], [[0, "x"]], [[1]]),
    "times beyond any calendar": row([[0]], [[0, 1 << 60]], [[1]]),
    "fewer values than times": row([[0]], [[1, 0, 0]], [[1]]),
    "more values than times": row([[0]], [[1, 0]], [[1, 2]]),
    "values nobody claims": row([[0]], [[1, 0]], [[1], [2]]),
    "no values": row([[0]], [[1, 0]], []),
    "a negative id": row([[-1]], [[1, 0]], [[1]]),
    "an id of true": row([[True]], [[1, 0]], [[1]]),
    "a form of the future": row([[[0, 9, 0]]], [[1, 0]], [[1]]),
    "an aggregate of the future": row([[[0, 0, 9]]], [[1, 0]], [[1]]),
    "floats of odd length": row([[[0, 1, 0]]], [[1, 0]], [b"1234567"]),
    "floats that are a list": row([[[0, 1, 0]]], [[1, 0]], [[1.5]]),
    "runs without end": row([[[0, 2, 0]]], [[1, 0]], [[True, 1 << 62]]),
    "runs of nothing": row([[[0, 2, 0]]], [[1, 0, 0]], [[True, 0, 2]]),
    "runs that begin with a number": row([[[0, 2, 0]]], [[1, 0]], [[1, 1]]),
    "a text that is not there": row([[[0, 3, 0]]], [[1, 0]], [[["a"], [1]]]),
    "a text before the first": row([[[0, 3, 0]]], [[1, 0]], [[["a"], [-1]]]),
    "texts that are numbers": row([[[0, 3, 0]]], [[1, 0]], [[[1], [0]]]),
    "plain values that are none": row([[[0, 4, 0]]], [[1, 0]], [7]),
    "sums beyond 64 bits": row([[0]], [[1, 0, 0]], [[(1 << 64) - 1, 1]]),
    "many columns of many values": row([list(range(3000))], [[0] * 1001], [[0] * 1000] * 3000),
    "nested without end": packed(b"\x81" * 5000 + b"\x00"),
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD)
def test_what_is_no_row_is_refused(body: bytes) -> None:
    """With our error, and without doing what it asks for."""
    with pytest.raises(InvalidArgumentError):
        decode_columns(body)


def test_a_row_of_another_table_is_not_read_with_this_one() -> None:
    """Ids mean nothing without their table."""
    batch = Batch("c", 0, bytes(8), [Column(0, [0], [1])])
    with pytest.raises(InvalidArgumentError, match="table"):
        readings(batch, TABLE)
    with pytest.raises(InvalidArgumentError, match="no signal 99"):
        readings(Batch("c", 0, TABLE.hash, [Column(99, [0], [1])]), TABLE)


numbers = st.integers(-(1 << 63), (1 << 64) - 1)
value_lists = st.one_of(
    st.lists(st.integers(-(1 << 62), 1 << 62), min_size=1, max_size=30),
    st.lists(st.floats(allow_nan=False), min_size=1, max_size=30),
    st.lists(st.booleans(), min_size=1, max_size=30),
    st.lists(st.text(max_size=8), min_size=1, max_size=30),
    st.lists(
        st.one_of(st.none(), numbers, st.text(max_size=5), st.lists(numbers, max_size=3), st.booleans()),
        min_size=1,
        max_size=30,
    ),
)


@settings(deadline=None, max_examples=150)
@given(value_lists, st.sampled_from([ROOM, COUNT, NAME]), st.randoms(use_true_random=False))
def test_any_values_come_back(values: list[Any], signal: Signal, chance: Any) -> None:  # noqa: ANN401  # hypothesis' random
    """Floats on the grid come back within a millionth of a step, all else as it was."""
    times = [chance.randrange(-1000, 100_000) for _ in values]
    _, found = through((signal, times, values))
    back = found[signal.path]
    assert back[0] == [1_790_000_000_000 + time for time in times]
    for value, again in zip(values, back[1], strict=True):
        if isinstance(value, float | int) and signal is ROOM and not isinstance(value, bool):
            assert math.isclose(value, again, rel_tol=0, abs_tol=1e-7) or value == again
        else:
            assert value == again
            assert type(value) is type(again)


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_are_refused_or_read(noise: bytes, inside: bool) -> None:
    """Nothing else is ever raised, neither for noise nor for noise inside a proper frame."""
    with contextlib.suppress(InvalidArgumentError):
        decode_columns(packed(noise) if inside else b"\x02\x00" + noise)


junk = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, st.floats(), st.text(max_size=4), st.binary(max_size=9)),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=20,
)


@settings(deadline=None, max_examples=300)
@given(st.lists(junk, max_size=3), st.lists(junk, max_size=3), st.lists(junk, max_size=4))
def test_any_structure_is_refused_or_read(series: list[Any], times: list[Any], values: list[Any]) -> None:
    """CBOR that is nearly ours."""
    try:
        batch = decode_columns(row(series, times, values))
    except InvalidArgumentError:
        return
    assert sum(len(column.values) for column in batch.columns) <= column_reader.MAX_SAMPLES


def test_what_the_writer_cannot_send_it_says() -> None:
    """A row that no reader would take is not made."""
    huge = Column(0, [0], ["x" * (columns.MAX_RAW + 1)], Form.PLAIN)
    with pytest.raises(InvalidArgumentError, match="over the limit"):
        encode_columns(Batch("c", 0, TABLE.hash, [huge]))


def test_aggregates_are_told_apart() -> None:
    """Two columns of one signal."""
    made = [Column(0, [0], [3], aggregate=Aggregate.MIN), Column(0, [0], [9], aggregate=Aggregate.MAX)]
    read = decode_columns(encode_columns(Batch("c", 5, TABLE.hash, made)))
    assert [(one.aggregate, one.times_ms) for one in readings(read, TABLE)] == [
        (Aggregate.MIN, [5]),
        (Aggregate.MAX, [5]),
    ]


# -- the table --------------------------------------------------------------------------------------------------------
def test_the_table_comes_back_and_names_itself() -> None:
    """In a record; another scale is another table."""
    again = SignalTable.from_record(TABLE.to_record())
    assert (again.signals, again.hash) == (TABLE.signals, TABLE.hash)
    other = SignalTable([Signal("Vehicle.Speed", DataType.FLOAT, 0.02, 0.0), ROOM, COUNT, NAME])
    assert other.hash != TABLE.hash
    assert SignalTable(reversed(TABLE.signals)).hash == TABLE.hash


def _table(rows: object, digest: object = b"") -> dict[str, object]:
    return {"hash": digest, "table": zstandard.ZstdCompressor().compress(cbor2.dumps(rows))}


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"hash": TABLE.hash, "table": b"nonsense"},
        {"hash": bytes(8), "table": TABLE.to_record()["table"]},
        {"hash": TABLE.hash, "table": zstandard.ZstdCompressor().compress(bytes(5 << 20))},
        _table({}),
        _table([["a", "float", 1.0]]),
        _table([["", "float", 1.0, 0.0]]),
        _table([["a", "quaternion", 1.0, 0.0]]),
        _table([["a", "float", math.nan, 0.0]]),
        _table([["a", "float", 1.0, 0.0], ["a", "float", 2.0, 0.0]]),
    ],
)
def test_what_is_no_table_is_refused(data: dict[str, object]) -> None:
    """Damaged, another's hash, a bomb, or rows of another form."""
    with pytest.raises(InvalidArgumentError):
        SignalTable.from_record(data)


def test_scales_come_from_the_cars_own_dbc() -> None:
    """Straight through, by a formula that is a line, and not where a formula rounds or the value is no float."""
    root = Path(__file__).resolve().parents[3] / "can_dbc" / "ivi_ev"
    catalogue = load_catalogue()
    load_car(root / "ivi_ev.dbc", root / "ivi_ev.vspec", catalogue)
    table = SignalTable.of(catalogue.get(path) for path in catalogue)
    scales = {signal.path: (signal.scale, signal.offset) for signal in table.signals}
    assert scales["Vehicle.Speed"] == (0.01, 0.0)
    assert scales["Vehicle.Exterior.AirTemperature"] == (0.1, -60.0)
    assert scales["Vehicle.Powertrain.TractionBattery.CurrentPower"] == (10.0, 0.0)
    assert scales["Vehicle.Powertrain.Range"] == (1.0, 0.0)
    assert scales["Vehicle.LowVoltageSystemState"] == (0.0, 0.0)
    assert scales["Vehicle.IsMoving"] == (0.0, 0.0)
    assert len(encode_columns(Batch("c", 0, table.hash, []))) < 40


def test_a_leaf_without_a_known_scale_has_none() -> None:
    """Whole numbers are their own raw numbers."""
    entries = [
        Metadata("Vehicle.B", DataType.INT8, EntryType.SENSOR),
        Metadata("Vehicle.A", DataType.DOUBLE, EntryType.SENSOR),
    ]
    table = SignalTable.of(entries)
    assert [(signal.path, signal.scale) for signal in table.signals] == [("Vehicle.A", 0.0), ("Vehicle.B", 1.0)]
