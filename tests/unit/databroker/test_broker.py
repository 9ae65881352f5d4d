# SPDX-License-Identifier: Apache-2.0
"""Values, subscriptions and actuation of the broker, without the link."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

import pytest

from ivi.databroker.broker import Broker
from ivi.model.errors import (
    DeadlineError,
    InvalidArgumentError,
    NotFoundError,
    PermissionDeniedError,
    UnavailableError,
)
from ivi.model.signal import Datapoint, DataType, EntryType, Metadata, Value
from ivi.vss.catalogue import Catalogue

SPEED = "Vehicle.Speed"
TEMPERATURE = "Vehicle.Cabin.Temperature"


class Car:
    """A provider that reports what it was asked for, in half degrees, or stays mute."""

    def __init__(self, name: str = "car", *, mute: bool = False) -> None:
        self.name = name
        self.asked: list[Mapping[str, Value]] = []
        self._mute = mute
        self.broker: Broker | None = None

    async def actuate(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        self.asked.append(values)
        reported = {path: round(value * 2) / 2 for path, value in values.items() if isinstance(value, float)}
        if not self._mute and self.broker is not None:
            asyncio.get_running_loop().call_later(0.01, self.broker.publish, self, reported)
        return reported


def made(*, mute: bool = False) -> tuple[Broker, Car]:
    broker = Broker(
        Catalogue(
            [
                Metadata(SPEED, DataType.FLOAT, EntryType.SENSOR, "km/h"),
                Metadata(TEMPERATURE, DataType.FLOAT, EntryType.ACTUATOR, "Celsius", 16, 28),
            ]
        )
    )
    car = Car(mute=mute)
    car.broker = broker
    broker.register(car, [SPEED, TEMPERATURE])
    return broker, car


def into[T](found: list[T], pick: Callable[[dict[str, Datapoint]], T]) -> Callable[[dict[str, Datapoint]], bool]:
    """A reader that always takes what it is given."""

    def deliver(entries: dict[str, Datapoint]) -> bool:
        found.append(pick(entries))
        return True

    return deliver


def run[T](work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


def test_a_path_has_one_provider() -> None:
    broker, car = made()
    with pytest.raises(PermissionDeniedError, match="provided by car already"):
        broker.register(Car("other"), [SPEED])
    with pytest.raises(PermissionDeniedError):
        broker.publish(Car("other"), {SPEED: 1.0})
    with pytest.raises(NotFoundError):
        broker.register(car, ["Vehicle.None"])


def test_a_lost_provider_leaves_no_frozen_number() -> None:
    broker, car = made()
    broker.publish(car, {SPEED: 50.0})
    broker.unregister(car)
    assert broker.get([SPEED])[SPEED].value is None
    assert broker.current == 0


def test_a_subscription_is_a_snapshot_then_changes() -> None:
    async def main() -> None:
        broker, car = made()
        broker.publish(car, {SPEED: 1.0})
        got: list[dict[str, Datapoint]] = []
        broker.subscribe(["Vehicle.**"], 0, into(got, lambda entries: entries))
        broker.publish(car, {SPEED: 2.0})
        broker.publish(car, {SPEED: 2.0})
        broker.publish(car, {TEMPERATURE: 20.0})
        assert [{path: point.value for path, point in entries.items()} for entries in got] == [
            {SPEED: 1.0},
            {SPEED: 2.0},
            {TEMPERATURE: 20.0},
        ]

    run(main())


def test_a_rate_limit_keeps_the_newest_value() -> None:
    async def main() -> None:
        broker, car = made()
        got: list[Value | None] = []
        broker.subscribe([SPEED], 20, into(got, lambda entries: entries[SPEED].value))
        for number in range(50):
            broker.publish(car, {SPEED: float(number)})
        assert got == [0.0]
        async with asyncio.timeout(10):
            while got[-1] != 49.0:
                await asyncio.sleep(0.01)
        assert len(got) == 2

    run(main())


def test_a_blocked_reader_gets_the_newest_and_the_loss_is_counted() -> None:
    async def main() -> None:
        broker, car = made()
        got: list[Value | None] = []
        open_now = False

        def deliver(entries: dict[str, Datapoint]) -> bool:
            if open_now:
                got.append(entries[SPEED].value)
            return open_now

        subscription = broker.subscribe([SPEED], 0, deliver)
        for number in range(5):
            broker.publish(car, {SPEED: float(number)})
        assert got == []
        assert subscription.lost == 4
        open_now = True
        subscription.unblock()
        assert got == [4.0]

    run(main())


def test_an_ended_subscription_hears_nothing() -> None:
    async def main() -> None:
        broker, car = made()
        got: list[dict[str, Datapoint]] = []
        subscription = broker.subscribe([SPEED], 0, into(got, lambda entries: entries))
        broker.unsubscribe(subscription)
        broker.publish(car, {SPEED: 3.0})
        assert got == []

    run(main())


def test_an_actuation_is_done_when_the_car_reports_its_own_step() -> None:
    async def main() -> None:
        broker, car = made()
        await broker.actuate({TEMPERATURE: 21.3})
        assert car.asked == [{TEMPERATURE: 21.3}]
        assert broker.get([TEMPERATURE])[TEMPERATURE].value == 21.5

    run(main())


def test_a_mute_car_is_a_deadline_error_that_says_what_it_reports() -> None:
    async def main() -> None:
        broker, car = made(mute=True)
        broker.publish(car, {TEMPERATURE: 18.0})
        with pytest.raises(DeadlineError) as caught:
            await broker.actuate({TEMPERATURE: 21.0}, timeout=0.05)
        assert "it reports 18.0" in str(caught.value)

    run(main())


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({SPEED: 10.0}, InvalidArgumentError),
        ({TEMPERATURE: 99.0}, InvalidArgumentError),
        ({"Vehicle.None": 1}, NotFoundError),
        ({TEMPERATURE: 21.0, SPEED: 1.0}, InvalidArgumentError),
    ],
)
def test_all_is_checked_before_anything_is_sent(values: dict[str, object], kind: type[Exception]) -> None:
    async def main() -> None:
        broker, car = made()
        with pytest.raises(kind):
            await broker.actuate(values)
        assert car.asked == []

    run(main())


def test_an_actuator_without_provider_is_unavailable() -> None:
    async def main() -> None:
        broker, car = made()
        broker.unregister(car)
        with pytest.raises(UnavailableError, match="nobody provides"):
            await broker.actuate({TEMPERATURE: 21.0})

    run(main())
