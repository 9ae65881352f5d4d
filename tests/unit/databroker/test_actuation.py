# SPDX-License-Identifier: Apache-2.0
"""Target values beside current ones, and two requests for one actuator."""

import asyncio
from collections.abc import Mapping

import pytest

from ivi.databroker.broker import Broker
from ivi.databroker.subscription import Batch
from ivi.model.errors import DeadlineError, InvalidArgumentError, UnavailableError
from ivi.model.signal import DataType, EntryType, Metadata, Value
from ivi.vss.catalogue import Catalogue

LEFT, RIGHT, ELSEWHERE = "Vehicle.Left", "Vehicle.Right", "Vehicle.Elsewhere"


class Car:
    """Takes what it is asked for; it obeys when `obey` is called. `gate` holds requests back while it is closed."""

    def __init__(self, broker: Broker, name: str, paths: list[str]) -> None:
        self.name = name
        self.asked: list[dict[str, Value]] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self._broker = broker
        broker.register(self, paths)

    async def actuate(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        await self.gate.wait()
        self.asked.append(dict(values))
        return values

    def obey(self) -> None:
        for values in self.asked:
            self._broker.publish(self, values)


def made() -> tuple[Broker, Car, Car]:
    entries = [Metadata(path, DataType.FLOAT, EntryType.ACTUATOR, "", 0, 100) for path in (LEFT, RIGHT, ELSEWHERE)]
    broker = Broker(Catalogue(entries))
    return broker, Car(broker, "car", [LEFT, RIGHT]), Car(broker, "other", [ELSEWHERE])


async def asked(car: Car, count: int) -> None:
    async with asyncio.timeout(10):
        while len(car.asked) < count:
            await asyncio.sleep(0.001)


def test_the_target_is_kept_beside_the_current_value() -> None:
    async def main() -> None:
        broker, car, _ = made()
        broker.publish(car, {LEFT: 1.0})
        request = asyncio.ensure_future(broker.actuate({LEFT: 5.0}, 10, source="link:7"))
        await asked(car, 1)
        assert broker.get([LEFT])[LEFT].value == 1.0
        target = broker.targets(["**"])
        assert {path: (point.value, point.source) for path, point in target.items()} == {LEFT: (5.0, "link:7")}
        car.obey()
        await request
        assert broker.get([LEFT])[LEFT].value == broker.targets([LEFT])[LEFT].value == 5.0

    asyncio.run(main())


def test_a_target_stays_when_the_car_does_not_obey_and_goes_with_the_provider() -> None:
    async def main() -> None:
        broker, car, _ = made()
        with pytest.raises(DeadlineError, match=r"set to 5\.0"):
            await broker.actuate({LEFT: 5.0}, 0.02)
        assert broker.targets([LEFT])[LEFT].value == 5.0
        broker.unregister(car)
        assert broker.targets([LEFT])[LEFT].value is None

    asyncio.run(main())


def test_targets_can_be_followed() -> None:
    async def main() -> None:
        broker, car, _ = made()
        got: list[Value | None] = []

        def deliver(batch: Batch) -> bool:
            got.extend(point.value for point in batch.values())
            return True

        await broker.actuate({LEFT: 1.0}, confirm=False)
        subscription = broker.subscribe_targets([LEFT], 0, deliver)
        await broker.actuate({LEFT: 2.0}, confirm=False)
        assert got == [1.0, 2.0]
        broker.unsubscribe(subscription)
        await broker.actuate({LEFT: 3.0}, confirm=False)
        assert got == [1.0, 2.0]
        assert len(car.asked) == 3

    asyncio.run(main())


def test_the_later_of_two_requests_wins_and_the_earlier_is_told() -> None:
    async def main() -> None:
        broker, car, _ = made()
        first = asyncio.ensure_future(broker.actuate({LEFT: 5.0, RIGHT: 5.0}, 10))
        await asked(car, 1)
        second = asyncio.ensure_future(broker.actuate({LEFT: 6.0}, 10))
        with pytest.raises(UnavailableError, match=r"Vehicle.Left was set to 6.0 by a newer request .* confirmed 5.0"):
            await first
        await asked(car, 2)
        car.obey()
        await second
        assert broker.targets([LEFT])[LEFT].value == 6.0

    asyncio.run(main())


def test_requests_reach_the_car_in_the_order_they_were_made() -> None:
    async def main() -> None:
        broker, car, _ = made()
        car.gate.clear()
        requests = [asyncio.ensure_future(broker.actuate({LEFT: float(number)}, 10)) for number in range(3)]
        await asyncio.sleep(0)
        car.gate.set()
        await asked(car, 2)
        car.obey()
        results = await asyncio.gather(*requests, return_exceptions=True)
        # the first was on its way already, the second was overtaken before it was sent
        assert car.asked == [{LEFT: 0.0}, {LEFT: 2.0}]
        assert [type(result) for result in results] == [UnavailableError, UnavailableError, float]
        assert broker.targets([LEFT])[LEFT].value == 2.0

    asyncio.run(main())


def test_two_requests_for_the_same_value_are_both_done() -> None:
    async def main() -> None:
        broker, car, _ = made()
        requests = [asyncio.ensure_future(broker.actuate({LEFT: 5.0}, 10)) for _ in range(2)]
        await asked(car, 2)
        car.obey()
        assert len(await asyncio.gather(*requests)) == 2
        third = asyncio.ensure_future(broker.actuate({LEFT: 7.0}, 10))
        await asked(car, 3)
        car.obey()
        await third

    asyncio.run(main())


def test_a_batch_over_two_providers_is_checked_before_anything_is_sent() -> None:
    async def main() -> None:
        broker, car, other = made()
        with pytest.raises(InvalidArgumentError, match="out of range"):
            await broker.actuate({LEFT: 5.0, ELSEWHERE: 500.0})
        assert (car.asked, other.asked) == ([], [])
        request = asyncio.ensure_future(broker.actuate({LEFT: 5.0, ELSEWHERE: 6.0}, 10))
        await asked(other, 1)
        car.obey()
        other.obey()
        await request

    asyncio.run(main())


class Choosy(Car):
    """Says before whether it would take a request; `breaks` when it is then handed it."""

    refuses = False
    breaks = False

    def accept(self, values: Mapping[str, Value]) -> None:
        if self.refuses:
            raise UnavailableError(f"{next(iter(values))}: the bus is away", hint="see `ivi status`")

    async def actuate(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        if self.breaks:
            raise UnavailableError("the CAN bus b took no frame: gone")
        return await super().actuate(values)


def two_choosy() -> tuple[Broker, Choosy, Choosy]:
    entries = [Metadata(path, DataType.FLOAT, EntryType.ACTUATOR, "", 0, 100) for path in (LEFT, RIGHT, ELSEWHERE)]
    broker = Broker(Catalogue(entries))
    return broker, Choosy(broker, "car", [LEFT, RIGHT]), Choosy(broker, "other", [ELSEWHERE])


def test_nothing_of_a_batch_is_sent_when_one_provider_would_refuse_its_part() -> None:
    async def main() -> None:
        broker, car, other = two_choosy()
        earlier = asyncio.ensure_future(broker.actuate({LEFT: 1.0}, 10))
        await asked(car, 1)
        other.refuses = True
        with pytest.raises(UnavailableError, match="the bus is away"):
            await broker.actuate({LEFT: 5.0, ELSEWHERE: 6.0}, 10)
        assert (car.asked, other.asked) == ([{LEFT: 1.0}], [])
        assert broker.targets([LEFT])[LEFT].value == 1.0
        car.obey()
        await earlier  # what was never sent has not taken its place

    asyncio.run(main())


def test_a_batch_that_breaks_half_way_says_what_was_sent() -> None:
    async def main() -> None:
        broker, _car, other = two_choosy()
        other.breaks = True
        with pytest.raises(UnavailableError) as caught:
            await broker.actuate({LEFT: 5.0, RIGHT: 7.0, ELSEWHERE: 6.0}, 10)
        assert caught.value.message == (
            "the CAN bus b took no frame: gone; "
            "sent, and not taken back: Vehicle.Left, Vehicle.Right; not sent: Vehicle.Elsewhere"
        )
        assert set(broker.targets(["**"])) == {LEFT, RIGHT}

    asyncio.run(main())


def test_a_batch_that_is_confirmed_in_part_says_which() -> None:
    async def main() -> None:
        broker, car, other = made()
        request = asyncio.ensure_future(broker.actuate({LEFT: 5.0, ELSEWHERE: 6.0}, 0.5))
        await asked(other, 1)
        car.obey()
        broker.publish(other, {ELSEWHERE: 2.0})
        with pytest.raises(DeadlineError) as caught:
            await request
        assert "Vehicle.Elsewhere was set to 6.0 but the car did not confirm" in caught.value.message
        assert caught.value.message.endswith("confirmed: Vehicle.Left")
        assert caught.value.hint == "it reports 2.0"

    asyncio.run(main())


def test_a_provider_that_never_takes_it_is_a_deadline_error() -> None:
    async def main() -> None:
        broker, car, _ = made()
        car.gate.clear()
        with pytest.raises(DeadlineError, match="could not be handed to its provider"):
            await broker.actuate({LEFT: 5.0}, 0.02)
        assert broker.targets([LEFT]) == {}

    asyncio.run(main())


def test_unconfirmed_means_taken_not_done() -> None:
    async def main() -> None:
        broker, car, _ = made()
        await broker.actuate({LEFT: 5.0}, confirm=False)
        assert car.asked == [{LEFT: 5.0}]
        assert broker.get([LEFT]) == {}

    asyncio.run(main())
