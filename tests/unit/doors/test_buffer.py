# SPDX-License-Identifier: Apache-2.0
"""What waits for a slow subscriber: bounded, the oldest goes, the last word of each signal stays."""

import asyncio

import pytest

from ivi.doors.buffer import UpdateBuffer
from ivi.model.errors import LinkError
from ivi.model.signal import Datapoint


def message(**values: int) -> dict[str, Datapoint]:
    return {path: Datapoint(value, 0, 0) for path, value in values.items()}


def taken(buffer: UpdateBuffer, count: int) -> list[dict[str, object]]:
    async def work() -> list[dict[str, object]]:
        got = [await asyncio.wait_for(buffer.get(), 5) for _ in range(count)]
        return [{path: datapoint.value for path, datapoint in entries.items()} for entries in got]

    return asyncio.run(work())


def test_keeps_the_order() -> None:
    buffer = UpdateBuffer(3)
    for number in range(3):
        buffer.put(message(a=number))
    assert taken(buffer, 3) == [{"a": 0}, {"a": 1}, {"a": 2}]
    assert buffer.dropped == 0


@pytest.mark.parametrize("size", [0, 1])
def test_without_room_only_the_newest_of_each_signal_stays(size: int) -> None:
    buffer = UpdateBuffer(size)
    for number in range(5):
        buffer.put(message(a=number) if number else message(a=number, b=7))
    assert taken(buffer, 1) == [{"a": 4, "b": 7}]
    assert buffer.dropped == 4


def test_an_error_comes_after_what_waited() -> None:
    buffer = UpdateBuffer(3)
    buffer.put(message(a=1))
    buffer.fail(LinkError("gone"))
    assert taken(buffer, 1) == [{"a": 1}]
    with pytest.raises(LinkError):
        taken(buffer, 1)
