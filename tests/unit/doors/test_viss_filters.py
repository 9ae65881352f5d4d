# SPDX-License-Identifier: Apache-2.0
"""VISS filters and values without a socket: which words are taken, when a trigger fires, how values are written."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ivi.doors.leaves import Leaf
from ivi.doors.viss import filters, messages
from ivi.doors.viss.messages import UnreadableError, VissError
from ivi.model.signal import Datapoint, DataType, EntryType, Metadata, Value


def leaf(kind: DataType, **more: Any) -> Leaf:  # noqa: ANN401  # fields of Metadata
    return Leaf(Metadata("Vehicle.X", kind, EntryType.ACTUATOR, **more), 1)


def change(operator: str, diff: str) -> dict[str, object]:
    return {"variant": "change", "parameter": {"logic-op": operator, "diff": diff}}


@pytest.mark.parametrize(
    ("words", "last", "value", "fires"),
    [
        (change("gt", "10"), 5, 15, False),
        (change("gt", "10"), 5, 15.1, True),
        (change("gt", "10"), 50, 15, False),
        (change("lt", "-3"), 5, 1, True),
        (change("gte", "0.5"), 20.0, 20.5, True),
        (change("gt", "0"), False, True, True),
        (change("gt", "0"), True, False, False),
        (change("lt", "0"), True, False, True),
        (change("ne", "0"), True, False, True),
        (change("ne", "0"), "a", "b", True),
        (change("ne", "0"), "a", "a", False),
        (change("ne", "0"), 1, None, True),
        (change("gt", "0"), None, 5, False),
        ({"variant": "range", "parameter": {"logic-op": "gt", "boundary": "5"}}, None, 6, True),
        ({"variant": "range", "parameter": {"logic-op": "eq", "boundary": "5"}}, None, 6, False),
        ({"variant": "range", "parameter": {"logic-op": "gt", "boundary": "5"}}, None, None, False),
    ],
)
def test_triggers(words: object, last: Value | None, value: Value | None, fires: bool) -> None:
    trigger = filters.parse(words).trigger
    assert trigger is not None
    assert trigger.fires(last, value) is fires


def test_two_boundaries() -> None:
    low, high = {"logic-op": "lt", "boundary": "5"}, {"logic-op": "gt", "boundary": "10"}
    outside = filters.parse({"variant": "range", "parameter": [low | {"combination-op": "OR"}, high]}).trigger
    both = filters.parse({"variant": "range", "parameter": [high, {"logic-op": "lte", "boundary": "20"}]}).trigger
    assert outside is not None
    assert both is not None
    assert [outside.fires(None, value) for value in (4, 7, 11)] == [True, False, True]
    assert [both.fires(None, value) for value in (10, 11, 20, 21)] == [False, True, True, False]


def test_paths_and_one_more() -> None:
    both = [{"variant": "paths", "parameter": ["A", "B.*"]}, {"variant": "timebased", "parameter": {"period": "500"}}]
    wanted = filters.parse(both)
    assert wanted.paths == ("A", "B.*")
    assert wanted.timebased is not None
    assert wanted.timebased.period == 0.5


json_like = st.recursive(
    st.none() | st.booleans() | st.text(max_size=8) | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["variant", "parameter", "logic-op", "boundary", "period", "diff", "combination-op"]), inner
        )
    ),
    max_leaves=8,
)


@given(json_like)
@example({"variant": [], "parameter": None})
def test_any_filter_is_taken_or_refused(words: object) -> None:
    refused = ""
    try:
        filters.parse(words)
    except VissError as error:
        refused = error.number
    assert refused in ("", "400")


@given(st.binary(max_size=80))
def test_any_text_is_a_request_or_refused(data: bytes) -> None:
    refused = ""
    try:
        messages.read(data)
    except UnreadableError as error:
        refused = error.reason
    assert refused in ("", "bad_request")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (DataType.FLOAT, "-1.5e2", -150.0),
        (DataType.UINT8, "200", 200),
        (DataType.BOOLEAN, "true", True),
        (DataType.STRING, "true", "true"),
        (DataType.INT16_ARRAY, ["1", "-2"], [1, -2]),
        (DataType.STRING_ARRAY, [], []),
    ],
)
def test_values_are_strings(kind: DataType, text: object, value: Value) -> None:
    parsed = messages.parse(leaf(kind), text)
    assert parsed == value
    assert type(parsed) is type(value)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (DataType.FLOAT, "inf"),
        (DataType.FLOAT, "0x10"),
        (DataType.FLOAT, "1e999"),
        (DataType.FLOAT, " 1"),
        (DataType.UINT8, "256"),
        (DataType.UINT8, "1.0"),
        (DataType.UINT8, "01"),
        (DataType.UINT8, ["1"]),
        (DataType.BOOLEAN, "True"),
        (DataType.BOOLEAN, "1"),
        (DataType.INT16_ARRAY, "1"),
        (DataType.INT16_ARRAY, ["x"]),
        (DataType.STRING, {"a": "b"}),
    ],
)
def test_values_that_do_not_fit(kind: DataType, text: object) -> None:
    with pytest.raises(VissError) as error:
        messages.parse(leaf(kind), text)
    assert (error.value.number, error.value.reason) == ("400", "invalid_data")


def test_data_is_an_object_for_one_and_a_list_for_several() -> None:
    point = Datapoint([True, False], 1_500_000_000_250_000_000, 0)
    one = messages.data_of([(leaf(DataType.BOOLEAN_ARRAY), point)])
    expected = {"path": "Vehicle.X", "dp": {"value": ["true", "false"], "ts": "2017-07-14T02:40:00.250000Z"}}
    assert one == expected
    several = messages.data_of([(leaf(DataType.BOOLEAN_ARRAY), point), (leaf(DataType.FLOAT), None)])
    assert isinstance(several, list)
    assert several[1]["dp"]["value"] == "viss-inline:Data-not-available"
