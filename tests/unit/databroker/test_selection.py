# SPDX-License-Identifier: Apache-2.0
"""Which values a follower is told: deadbands, repeated values, and what a slow one loses."""

import asyncio
from collections.abc import Mapping

import pytest

from ivi.databroker.broker import Broker, Selection
from ivi.databroker.subscription import Batch, Subscription
from ivi.model.databroker import Deadband
from ivi.model.errors import InvalidArgumentError, NotFoundError
from ivi.model.signal import DataType, EntryType, Metadata, Value
from ivi.vss.catalogue import Catalogue

SPEED, POWER, FLAG, GEAR = "Vehicle.Speed", "Vehicle.Power", "Vehicle.Flag", "Vehicle.Gear"


class Source:
    name = "source"

    async def actuate(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        return values


class Reader:
    """Collects values, and can be slow."""

    def __init__(self) -> None:
        self.got: list[dict[str, Value | None]] = []
        self.slow = False

    def deliver(self, batch: Batch) -> bool:
        if not self.slow:
            self.got.append({path: point.value for path, point in batch.items()})
        return not self.slow


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def broker(source: Source) -> Broker:
    types = {SPEED: DataType.FLOAT, POWER: DataType.FLOAT, FLAG: DataType.BOOLEAN, GEAR: DataType.INT8}
    broker = Broker(Catalogue(Metadata(path, kind, EntryType.SENSOR) for path, kind in types.items()))
    broker.register(source, types)
    return broker


def told(broker: Broker, source: Source, selection: Selection, values: list[Value | None]) -> list[Value | None]:
    """What a follower of the speed hears of these values."""
    reader = Reader()
    broker.subscribe([SPEED], 0, reader.deliver, selection)
    for value in values:
        broker.publish(source, {SPEED: value})
    return [entries[SPEED] for entries in reader.got]


def test_small_moves_are_left_out_until_they_add_up(broker: Broker, source: Source) -> None:
    selection = Selection(deadband=Deadband(absolute=1.0))
    assert told(broker, source, selection, [10.0, 10.5, 11.0, 11.5, 11.0, 9.0]) == [10.0, 11.5, 9.0]


def test_a_percentage_is_of_the_last_value(broker: Broker, source: Source) -> None:
    selection = Selection(deadband=Deadband(percent=10))
    assert told(broker, source, selection, [100.0, 109.0, 111.0, 121.0, 0.0, 0.01]) == [100.0, 111.0, 0.0, 0.01]


def test_both_deadbands_must_be_passed(broker: Broker, source: Source) -> None:
    selection = Selection(deadband=Deadband(absolute=5, percent=10))
    assert told(broker, source, selection, [10.0, 12.0, 16.0, 100.0, 106.0, 111.0]) == [10.0, 16.0, 100.0, 111.0]


def test_not_available_passes_every_deadband(broker: Broker, source: Source) -> None:
    selection = Selection(deadband=Deadband(absolute=50))
    assert told(broker, source, selection, [10.0, None, 11.0]) == [10.0, None, 11.0]


def test_the_deadband_starts_at_the_snapshot(broker: Broker, source: Source) -> None:
    broker.publish(source, {SPEED: 20.0})
    assert told(broker, source, Selection(deadband=Deadband(2)), [21.0, 23.0]) == [20.0, 23.0]


def test_a_path_can_have_its_own_deadband(broker: Broker, source: Source) -> None:
    reader = Reader()
    selection = Selection(deadband=Deadband(10), deadbands={"Vehicle.P*": Deadband(0)} | {POWER: Deadband(1)})
    with pytest.raises(InvalidArgumentError):
        broker.subscribe(["**"], 0, reader.deliver, selection)  # `P*` is no pattern: a star is a whole segment
    broker.subscribe(["**"], 0, reader.deliver, Selection(deadband=Deadband(10), deadbands={POWER: Deadband(1)}))
    broker.publish(source, {SPEED: 0.0, POWER: 0.0, FLAG: False, GEAR: 1})
    broker.publish(source, {SPEED: 5.0, POWER: 5.0, FLAG: True, GEAR: 2})
    assert reader.got[1:] == [{POWER: 5.0, FLAG: True}]


def test_followers_with_deadbands_do_not_share_what_they_were_told(broker: Broker, source: Source) -> None:
    early, late = Reader(), Reader()
    selection = Selection(deadband=Deadband(2))
    broker.subscribe([SPEED], 0, early.deliver, selection)
    broker.publish(source, {SPEED: 10.0})
    broker.publish(source, {SPEED: 11.5})
    broker.subscribe([SPEED], 0, late.deliver, selection)
    broker.publish(source, {SPEED: 13.0})
    assert early.got == [{SPEED: 10.0}, {SPEED: 13.0}]
    assert late.got == [{SPEED: 11.5}]


def test_repeated_values_are_told_only_when_asked_for(broker: Broker, source: Source) -> None:
    assert told(broker, source, Selection(), [1.0, 1.0, 2.0]) == [1.0, 2.0]
    assert told(broker, source, Selection(on_change=False), [3.0, 3.0]) == [2.0, 3.0, 3.0]


def test_followers_of_the_same_paths_are_handed_the_same_batch(broker: Broker, source: Source) -> None:
    batches: list[Batch] = []

    def deliver(batch: Batch) -> bool:
        batches.append(batch)
        return True

    for _ in range(2):
        broker.subscribe(["Vehicle.*"], 0, deliver)
    broker.publish(source, {SPEED: 1.0})
    assert batches[0] is batches[1]


def test_a_slow_reader_never_changes_what_others_are_handed(broker: Broker, source: Source) -> None:
    slow, quick = Reader(), []

    def deliver(batch: Batch) -> bool:
        quick.append(batch)
        return True

    slow.slow = True
    broker.subscribe(["Vehicle.*"], 0, slow.deliver)
    broker.subscribe(["Vehicle.*"], 0, deliver)
    broker.publish(source, {SPEED: 1.0})
    broker.publish(source, {POWER: 2.0})
    assert [list(batch) for batch in quick] == [[SPEED], [POWER]]


def test_a_queue_keeps_the_order_and_drops_the_oldest(broker: Broker, source: Source) -> None:
    reader = Reader()
    subscription = broker.subscribe([SPEED], 0, reader.deliver, Selection(queue=3))
    broker.publish(source, {SPEED: 0.0})
    reader.slow = True
    for number in range(1, 7):
        broker.publish(source, {SPEED: float(number)})
    assert subscription.lost == 3
    reader.slow = False
    subscription.unblock()
    broker.publish(source, {SPEED: 7.0})
    assert [entries[SPEED] for entries in reader.got] == [0.0, 4.0, 5.0, 6.0, 7.0]


def test_a_reader_that_stalls_again_while_it_catches_up_loses_nothing_more(broker: Broker, source: Source) -> None:
    got: list[Value | None] = []
    room = 1

    def deliver(batch: Batch) -> bool:
        nonlocal room
        if room == 0:
            return False
        room -= 1
        got.append(batch[SPEED].value)
        return True

    subscription = broker.subscribe([SPEED], 0, deliver, Selection(queue=10))
    for number in range(4):
        broker.publish(source, {SPEED: float(number)})
    for _ in range(4):
        room = 1
        subscription.unblock()
    assert got == [0.0, 1.0, 2.0, 3.0]
    assert subscription.lost == 0


def test_with_a_rate_the_queue_holds_due_updates(broker: Broker, source: Source) -> None:
    async def main() -> None:
        reader = Reader()
        subscription = broker.subscribe([SPEED], 100, reader.deliver, Selection(queue=2))
        reader.slow = True
        number = 0
        async with asyncio.timeout(10):
            while subscription.lost < 2:
                number += 1
                broker.publish(source, {SPEED: float(number)})
                await asyncio.sleep(0.004)
        reader.slow = False
        subscription.unblock()
        assert len(reader.got) == 2
        broker.unsubscribe(subscription)

    asyncio.run(main())


def test_merging_counts_what_newer_values_overwrote(broker: Broker, source: Source) -> None:
    reader = Reader()
    reader.slow = True
    subscription = broker.subscribe(["Vehicle.*"], 0, reader.deliver)
    broker.publish(source, {SPEED: 1.0, POWER: 1.0})
    broker.publish(source, {SPEED: 2.0})
    assert subscription.lost == 1
    reader.slow = False
    subscription.unblock()
    assert reader.got == [{SPEED: 2.0, POWER: 1.0}]


@pytest.mark.parametrize(
    ("max_hz", "selection"),
    [
        (-1, Selection()),
        (1001, Selection()),
        (float("nan"), Selection()),
        (0, Selection(queue=-1)),
        (0, Selection(queue=1001)),
        (0, Selection(deadband=Deadband(-1))),
        (0, Selection(deadband=Deadband(percent=float("nan")))),
        (0, Selection(deadbands={SPEED: Deadband(float("inf"))})),
    ],
)
def test_nonsense_is_refused(broker: Broker, max_hz: float, selection: Selection) -> None:
    with pytest.raises(InvalidArgumentError):
        broker.subscribe([SPEED], max_hz, Reader().deliver, selection)


def test_a_deadband_for_an_unknown_path_is_refused(broker: Broker) -> None:
    with pytest.raises(NotFoundError):
        broker.subscribe([SPEED], 0, Reader().deliver, Selection(deadbands={"Vehicle.Nothing": Deadband(1)}))


def test_nothing_is_left_when_the_last_follower_goes(broker: Broker, source: Source) -> None:
    reader = Reader()
    subscriptions: list[Subscription] = [
        broker.subscribe(["**"], 0, reader.deliver),
        broker.subscribe(["**"], 0, reader.deliver),
        broker.subscribe([SPEED], 0, reader.deliver, Selection(deadband=Deadband(1))),
    ]
    for subscription in subscriptions:
        broker.unsubscribe(subscription)
    broker.publish(source, {SPEED: 1.0})
    assert reader.got == []
    broker.unsubscribe(subscriptions[0])  # twice is harmless


def test_a_follower_may_leave_while_it_is_told(broker: Broker, source: Source) -> None:
    second = Reader()
    held: list[Subscription] = []

    def once(_batch: Batch) -> bool:
        broker.unsubscribe(held[0])
        return True

    held.append(broker.subscribe([SPEED], 0, once))
    broker.subscribe([SPEED], 0, second.deliver)
    broker.publish(source, {SPEED: 1.0})
    assert second.got == [{SPEED: 1.0}]
