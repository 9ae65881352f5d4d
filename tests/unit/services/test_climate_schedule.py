# SPDX-License-Identifier: Apache-2.0
"""Departures: when to begin, what hinders, and the whole service before a real broker's link and a fake clock."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Self

import pytest

from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Session, Stream
from ivi.daemon.paths import socket_path
from ivi.model.climate_schedule import (
    MAX_DEPARTURES,
    Departure,
    Departures,
    RemoveDeparture,
    ScheduleState,
    SetDeparture,
    SubscribeDepartures,
)
from ivi.model.databroker import (
    BatchActuate,
    DatabrokerAnswer,
    DatabrokerRequest,
    Done,
    Subscribe,
    ValuesUpdate,
)
from ivi.model.errors import InvalidArgumentError, PermissionDeniedError, ResourceExhaustedError, UnavailableError
from ivi.model.services import ServicesAnswer, ServicesRequest
from ivi.model.signal import Datapoint
from ivi.model.status import ProcessStatus
from ivi.services.climate_schedule import service as part
from ivi.services.climate_schedule.plan import LONGEST, SHORTEST, CarState, following, hindrance, judge, lead
from ivi.services.climate_schedule.service import ClimateScheduleService
from ivi.services.climate_schedule.store import DepartureStore

ZONE = timezone(timedelta(hours=1))
MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=ZONE)
EIGHT = Departure("work", 8 * 60, days=0b0011111, temperature=21.0)
READY = CarState(parked=True, plugged=False, charge=60.0, cabin=6.0)
PARKED = {part.GEAR: 126, part.SPEED: 0.0, part.CHARGE: 60.0, part.CABLE: False, part.CABIN: 6.0}
OFF = dict.fromkeys(part.FANS, 0) | dict.fromkeys(part.SET_POINTS, 19.0) | {part.COOLING: False}
LAST = f"d{MAX_DEPARTURES - 1}"
DEADLINE = 20.0  # seconds; the machine may be busy


def at(hour: int, minute: int, day: int = 0) -> datetime:
    return MONDAY.replace(hour=hour, minute=minute) + timedelta(days=day)


def test_the_next_departure_is_on_one_of_its_days() -> None:
    assert following(EIGHT, MONDAY) == at(8, 0)
    assert following(EIGHT, at(8, 0)) == at(8, 0, day=1)
    assert following(EIGHT, at(9, 0, day=4)) == at(8, 0, day=7)  # from Friday to Monday
    assert following(Departure("x", 480, days=0b0000001), at(9, 0)) == at(8, 0, day=7)
    assert following(Departure("x", 480, enabled=False), MONDAY) is None


def test_a_colder_cabin_takes_longer() -> None:
    assert lead(21.0, 21.0) == SHORTEST
    assert lead(6.0, 21.0) == timedelta(minutes=20)
    assert lead(38.0, 21.0) == timedelta(minutes=22)
    assert lead(-20.0, 21.0) == lead(None, 21.0) == LONGEST


@pytest.mark.parametrize(
    ("car", "said"),
    [
        (READY, ""),
        (CarState(None, False, 60.0, 6.0), "It is not known whether the car is parked."),
        (CarState(False, False, 60.0, 6.0), "The car is not parked."),
        (CarState(True, False, None, 6.0), "The state of charge is not known."),
        (CarState(True, False, 19.0, 6.0), "The battery is below 20 %."),
        (CarState(True, True, 19.0, 6.0), ""),
        (CarState(True, True, 9.0, 6.0), "The battery is below 10 %."),
    ],
)
def test_what_hinders(car: CarState, said: str) -> None:
    assert hindrance(car) == said


def test_the_verdict_follows_the_clock() -> None:
    assert judge([], MONDAY, READY).state is ScheduleState.NOTHING
    assert judge([EIGHT], at(7, 39), READY).state is ScheduleState.WAITING
    assert judge([EIGHT], at(7, 40), READY).state is ScheduleState.RUNNING
    assert judge([EIGHT], at(7, 40), CarState(parked=False)).state is ScheduleState.HINDERED
    assert judge([EIGHT], at(8, 9), READY).at == at(8, 0)
    assert judge([EIGHT], at(8, 11), READY).at == at(8, 0, day=1)


class Car:
    """A databroker's link: it has values, takes wishes and reports them back."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {**PARKED, **OFF}
        self.asked: list[dict[str, Any]] = []
        self.refuses = False
        self._streams: set[Stream] = set()
        self.server = LinkServer(socket_path("databroker"), (DatabrokerRequest,), self.status)
        self.server.router.on_stream(Subscribe, self._subscribe)
        self.server.router.on_call(BatchActuate, self._actuate)

    def status(self) -> ProcessStatus:
        return ProcessStatus("databroker", 1, "0", 1.0, {}, [])

    def set(self, values: dict[str, Any]) -> None:
        self.values.update(values)
        for stream in self._streams:
            stream.send(self._update(values))

    @staticmethod
    def _update(values: dict[str, Any]) -> ValuesUpdate:
        now = time.monotonic_ns()
        return ValuesUpdate({path: Datapoint(value, time.time_ns(), now, "can:can0") for path, value in values.items()})

    async def _subscribe(self, _request: Subscribe, stream: Stream) -> None:
        stream.send(self._update(self.values))
        self._streams.add(stream)
        await asyncio.Event().wait()

    async def _actuate(self, request: BatchActuate, _session: Session) -> Done:
        self.asked.append(request.values)
        if self.refuses:
            raise UnavailableError("the climate control is away")
        self.set(request.values)
        return Done(1.0)


class Trial:
    """The service in front of the car, with a clock that stands still until it is set."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.now = MONDAY
        self.car = Car()
        self.link = LinkClient(socket_path("databroker"), DatabrokerAnswer)
        self.client = LinkClient(socket_path("services"), ServicesAnswer)
        self.server = LinkServer(socket_path("services"), (ServicesRequest,), self.car.status)
        self.service = ClimateScheduleService(self.link, DepartureStore(path), lambda: self.now)
        self.told: list[Departures] = []

    async def __aenter__(self) -> Self:
        await self.car.server.start()
        self.service.serve(self.server)
        await self.server.start()
        await self.service.start()
        self._follow = asyncio.create_task(self.client.follow(SubscribeDepartures(), self.told.append))
        await self.until(lambda: self.service._car().charge is not None)
        await self.until(lambda: bool(self.told))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._follow.cancel()
        await self.service.stop()
        await self.client.close()
        await self.link.close()
        await self.server.stop()
        await self.car.server.stop()

    async def until(self, reached: Callable[[], bool]) -> None:
        async with asyncio.timeout(DEADLINE):
            while not reached():
                await asyncio.sleep(0.01)

    async def go_to(self, now: datetime) -> None:
        self.now = now
        await self.service.look()


@pytest.fixture
def departures_file(run_dir: Path) -> Path:
    return run_dir.parent / "state" / "services" / "departures.db"


def trial(path: Path, act: Callable[[Trial], Any]) -> None:
    async def run() -> None:
        async with Trial(path) as made:
            await act(made)

    asyncio.run(run())


def test_the_cabin_is_prepared_and_given_back_when_nobody_comes(departures_file: Path) -> None:
    async def act(one: Trial) -> None:
        await one.client.call(SetDeparture(EIGHT))
        await one.until(lambda: one.told[-1].state is ScheduleState.WAITING)
        assert one.told[-1].next == round(at(8, 0).timestamp())
        await one.go_to(at(7, 39))
        assert one.car.asked == []
        await one.go_to(at(7, 40))
        wanted = dict.fromkeys(part.SET_POINTS, 21.0) | dict.fromkeys(part.FANS, part.FAN) | {part.COOLING: True}
        assert one.car.asked == [wanted]
        await one.until(lambda: one.told[-1].state is ScheduleState.RUNNING)
        one.car.set({part.CABIN: 20.5})  # warm early: it goes on all the same
        await one.go_to(at(7, 41))
        await one.go_to(at(8, 9))
        assert len(one.car.asked) == 1
        await one.go_to(at(8, 10))
        assert one.car.asked[1] == OFF
        await one.until(lambda: one.told[-1].next == round(at(8, 0, day=1).timestamp()))

    trial(departures_file, act)


def test_the_driver_who_leaves_keeps_the_climate(departures_file: Path) -> None:
    async def act(one: Trial) -> None:
        await one.client.call(SetDeparture(EIGHT))
        await one.go_to(at(7, 45))
        one.car.set({part.GEAR: 127, part.SPEED: 12.0})
        await one.until(lambda: one.service._car().parked is False)
        await one.go_to(at(7, 58))
        await one.go_to(at(7, 59))
        await one.until(lambda: one.told[-1].next == round(at(8, 0, day=1).timestamp()))
        assert one.told[-1].state is ScheduleState.WAITING
        await one.go_to(at(8, 20))
        assert len(one.car.asked) == 1

    trial(departures_file, act)


def test_an_empty_battery_ends_it(departures_file: Path) -> None:
    async def act(one: Trial) -> None:
        await one.client.call(SetDeparture(EIGHT))
        await one.go_to(at(7, 45))
        one.car.set({part.CHARGE: 15.0})
        await one.until(lambda: one.service._car().charge == 15.0)
        await one.go_to(at(7, 50))
        assert one.car.asked[1] == OFF
        await one.until(lambda: one.told[-1].reason == "The battery is below 20 %.")
        assert one.told[-1].state is ScheduleState.HINDERED

    trial(departures_file, act)


def test_a_refusal_is_said_and_tried_again_later(departures_file: Path) -> None:
    async def act(one: Trial) -> None:
        await one.client.call(SetDeparture(EIGHT))
        one.car.refuses = True
        await one.go_to(at(7, 45))
        await one.go_to(at(7, 45))
        assert len(one.car.asked) == 1
        await one.until(lambda: one.told[-1].state is ScheduleState.HINDERED)
        one.car.refuses = False
        await one.go_to(at(7, 46))
        await one.until(lambda: one.told[-1].state is ScheduleState.RUNNING)

    trial(departures_file, act)


def test_a_preparation_outlives_the_process(departures_file: Path) -> None:
    async def begin(one: Trial) -> None:
        await one.client.call(SetDeparture(EIGHT))
        await one.go_to(at(7, 45))

    async def end(one: Trial) -> None:
        one.car.values.update(dict.fromkeys(part.FANS, part.FAN))
        await one.go_to(at(8, 10))
        assert one.car.asked == [OFF]

    trial(departures_file, begin)
    trial(departures_file, end)


def test_departures_are_set_while_parked_only(departures_file: Path) -> None:
    async def act(one: Trial) -> None:
        one.car.set({part.SPEED: 30.0})
        await one.until(lambda: one.service._car().parked is False)
        with pytest.raises(PermissionDeniedError, match="while the car is parked"):
            await one.client.call(SetDeparture(EIGHT))
        with pytest.raises(PermissionDeniedError, match="while the car is parked"):
            await one.client.call(RemoveDeparture("work"))

    trial(departures_file, act)


def test_departures_are_kept_changed_removed_and_bounded(departures_file: Path) -> None:
    async def act(one: Trial) -> None:
        for n in range(MAX_DEPARTURES):
            await one.client.call(SetDeparture(Departure(f"d{n}", 600 - n)))
        with pytest.raises(ResourceExhaustedError):
            await one.client.call(SetDeparture(Departure("more", 480)))
        await one.client.call(SetDeparture(Departure("d0", 100)))
        await one.client.call(RemoveDeparture("d1"))
        await one.until(lambda: [d.id for d in one.told[-1].departures][:2] == ["d0", LAST])
        assert len(one.told[-1].departures) == MAX_DEPARTURES - 1

    async def again(one: Trial) -> None:
        assert [d.id for d in one.told[-1].departures][:2] == ["d0", LAST]

    trial(departures_file, act)
    trial(departures_file, again)


@pytest.mark.parametrize(
    "bad",
    [
        Departure("x", 1440),
        Departure("x", -1),
        Departure("x", 480, days=0),
        Departure("", 480),
        Departure("x", 480, temperature=40.0),
    ],
)
def test_impossible_departures_are_refused(departures_file: Path, bad: Departure) -> None:
    async def act(one: Trial) -> None:
        with pytest.raises(InvalidArgumentError):
            await one.client.call(SetDeparture(bad))

    trial(departures_file, act)


def test_a_damaged_file_begins_anew(departures_file: Path) -> None:
    departures_file.parent.mkdir()
    departures_file.write_bytes(b"this is no database" * 100)

    async def act(one: Trial) -> None:
        await one.client.call(SetDeparture(EIGHT))

    async def again(one: Trial) -> None:
        assert [d.id for d in one.told[-1].departures] == ["work"]

    trial(departures_file, act)
    trial(departures_file, again)
