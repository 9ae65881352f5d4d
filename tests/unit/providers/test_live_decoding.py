# SPDX-License-Identifier: Apache-2.0
"""Only what somebody wants is decoded, and nobody can tell: snapshots, streams and questions give current values."""

import asyncio
import random
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import pytest

from ivi.databroker import demand
from ivi.databroker.broker import Broker
from ivi.databroker.demand import OnDemand
from ivi.databroker.subscription import Batch, Subscription
from ivi.model.signal import Value
from ivi.providers.can import live_decoding
from ivi.providers.can.frame import Frame
from ivi.providers.can.live_decoding import LiveDecoding
from ivi.providers.can.provider import Car, load_car
from ivi.vss.catalogue import Catalogue

DBC = """VERSION ""
BU_: ECU

BO_ 256 Motion: 8 ECU
 SG_ Speed : 0|16@1+ (0.01,0) [0|655.35] "km/h" ECU
 SG_ Gear : 16|4@1+ (1,0) [0|15] "" ECU
 SG_ Braking : 20|1@1+ (1,0) [0|1] "" ECU

BO_ 257 Cells: 3 ECU
 SG_ Which M : 0|8@1+ (1,0) [0|255] "" ECU
 SG_ First m0 : 8|8@1+ (1,0) [0|255] "V" ECU
 SG_ Second m1 : 8|8@1+ (1,0) [0|255] "V" ECU

BO_ 258 Safe: 3 ECU
 SG_ Sum : 0|8@1+ (1,0) [0|255] "" ECU
 SG_ Count : 8|4@1+ (1,0) [0|15] "" ECU
 SG_ Door : 16|8@1+ (1,0) [0|255] "" ECU
VAL_ 256 Gear 0 "PARK" 1 "DRIVE" ;
"""
OVERLAY = """
Vehicle.Speed: {type: sensor, datatype: float, dbc2vss: {signal: Speed, interval_ms: 0, on_change: true}}
Vehicle.Fast: {type: sensor, datatype: uint8,
  dbc2vss: {signal: Speed, interval_ms: 0, on_change: true, transform: {math: "floor(x / 100)"}}}
Vehicle.Gear: {type: sensor, datatype: uint8, dbc2vss: {signal: Gear, interval_ms: 0, on_change: true}}
Vehicle.Braking: {type: sensor, datatype: boolean, dbc2vss: {signal: Braking, interval_ms: 0}}
Vehicle.First: {type: sensor, datatype: uint8, dbc2vss: {signal: First, interval_ms: 0, on_change: true}}
Vehicle.Second: {type: sensor, datatype: uint8, dbc2vss: {signal: Second, interval_ms: 0, on_change: true}}
Vehicle.Door:
  type: sensor
  datatype: uint8
  dbc2vss:
    {signal: Door, interval_ms: 0, on_change: true, counter: Count, checksum: {signal: Sum, algorithm: xor8}}
"""
PATHS = ["Vehicle.Speed", "Vehicle.Fast", "Vehicle.Gear", "Vehicle.Braking", "Vehicle.First", "Vehicle.Second"]
PATHS += ["Vehicle.Door"]
SPEED, GEAR, FIRST, DOOR = "Vehicle.Speed", "Vehicle.Gear", "Vehicle.First", "Vehicle.Door"
ROUND = live_decoding.PERIOD + live_decoding.SETTLE


class Feeder(OnDemand):
    """A provider that is handed its frames by the test."""

    def __init__(self, broker: Broker, car: Car) -> None:
        self.broker = broker
        self.car = car
        self.time_ns = 0
        self.counter = 0
        self.live = LiveDecoding(car.translator, self.publish)
        broker.register(self, car.translator.paths)

    @property
    def name(self) -> str:
        return "feeder"

    @property
    def available(self) -> list[str]:
        return self.car.translator.available

    def interest(self, began: Collection[str], ended: Collection[str]) -> None:
        self.live.interest(began, ended)

    def catch_up(self, paths: Collection[str]) -> None:
        self.live.catch_up(paths)

    async def actuate(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        return values

    def publish(self, values: Mapping[str, Value], time_ns: int) -> None:
        self.broker.publish(self, values, time_ns)

    def feed(self, key: int, data: bytes) -> None:
        self.time_ns += 1_000_000
        if values := self.car.translator.feed([Frame(self.time_ns, key, data)]):
            self.publish(values, self.time_ns)

    def motion(self, speed: float = 0, gear: int = 0, *, braking: bool = False) -> None:
        self.feed(256, (round(speed * 100) | gear << 16 | braking << 20).to_bytes(8, "little"))

    def cell(self, which: int, voltage: int) -> None:
        self.feed(257, bytes([which, voltage, 0]))

    def door(self, position: int, wrong: int = 0) -> None:
        self.counter = (self.counter + 1) % 16
        self.feed(258, bytes([self.counter ^ position ^ wrong, self.counter, position]))


class Screen:
    """A follower that keeps what it was told."""

    def __init__(self, broker: Broker, *paths: str) -> None:
        self.seen: dict[str, Value | None] = {}
        self.events: list[dict[str, Value | None]] = []
        self.subscription: Subscription = broker.subscribe(paths, 0, self.take)

    def take(self, batch: Batch) -> bool:
        self.events.append({path: point.value for path, point in batch.items()})
        self.seen |= self.events[-1]
        return True


@pytest.fixture(autouse=True)
def short_linger(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demand, "LINGER", 0.05)


@pytest.fixture
def run(tmp_path: Path) -> Callable[[Callable[[Feeder], object]], None]:
    (tmp_path / "car.dbc").write_text(DBC)
    (tmp_path / "car.vspec").write_text(OVERLAY)

    def go(test: Callable[[Feeder], object]) -> None:
        async def inside() -> None:
            catalogue = Catalogue()
            car = load_car(tmp_path / "car.dbc", tmp_path / "car.vspec", catalogue, decode_all=False)
            feeder = Feeder(Broker(catalogue), car)
            try:
                found = test(feeder)
                if asyncio.iscoroutine(found):
                    await found
            finally:
                feeder.live.stop()

        asyncio.run(inside())

    return go


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0.005)


def value(feeder: Feeder, path: str) -> Value | None:
    point = feeder.broker.get([path]).get(path)
    return None if point is None else point.value


type Run = Callable[[Callable[[Feeder], object]], None]


def test_what_nobody_wants_is_not_published_but_can_be_asked_for(run: Run) -> None:
    def test(feeder: Feeder) -> None:
        feeder.motion(50, 1)
        feeder.motion(60, 1)
        assert feeder.broker.updates == 0
        assert value(feeder, SPEED) == 60.0
        assert feeder.broker.get([SPEED])[SPEED].time_ns == feeder.time_ns
        assert feeder.broker.updates == 1
        assert feeder.broker.current == 4  # all of the message that came
        feeder.motion(60, 0)
        feeder.motion(50, 0)
        assert feeder.broker.get([SPEED, GEAR])[GEAR].value == 0
        assert value(feeder, SPEED) == 50.0

    run(test)


def test_a_value_that_came_back_unseen_is_told_right(run: Run) -> None:
    """50 was published while the path was live, 70 by a question, then it is 50 again."""

    async def test(feeder: Feeder) -> None:
        screen = Screen(feeder.broker, SPEED)
        feeder.motion(50)
        await until(lambda: feeder.car.translator.is_live(SPEED))
        assert screen.seen[SPEED] == 50.0
        feeder.broker.unsubscribe(screen.subscription)
        await until(lambda: not feeder.car.translator.is_live(SPEED))
        feeder.motion(70)
        assert value(feeder, SPEED) == 70.0
        feeder.motion(50)
        again = Screen(feeder.broker, SPEED)
        assert again.events == [{SPEED: 50.0}]
        await until(lambda: feeder.car.translator.is_live(SPEED))
        assert again.events == [{SPEED: 50.0}]  # the same frame is not told twice
        feeder.motion(50)
        feeder.motion(51)
        assert again.events == [{SPEED: 50.0}, {SPEED: 51.0}]

    run(test)


def test_a_change_before_the_function_is_made_is_told_when_it_is(run: Run) -> None:
    async def test(feeder: Feeder) -> None:
        feeder.motion(50, 1)
        screen = Screen(feeder.broker, SPEED, "Vehicle.Braking")
        assert screen.events == [{SPEED: 50.0, "Vehicle.Braking": False}]
        feeder.motion(80, 1, braking=True)  # the last frame for a long time
        assert len(screen.events) == 1
        await until(lambda: screen.seen == {SPEED: 80.0, "Vehicle.Braking": True})
        assert len(screen.events) == 2

    run(test)


def test_coming_and_going_makes_no_functions(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demand, "LINGER", 30.0)

    async def test(feeder: Feeder) -> None:
        feeder.motion(50)
        screen = Screen(feeder.broker, SPEED)
        await until(lambda: feeder.live.rounds == 1)
        for speed in range(60, 160):
            feeder.broker.unsubscribe(screen.subscription)
            feeder.motion(speed)
            screen = Screen(feeder.broker, SPEED)
            assert screen.events == [{SPEED: float(speed)}]
        await asyncio.sleep(2 * ROUND)
        assert feeder.live.rounds == 1
        assert feeder.live.paths == 1

    run(test)


def test_functions_are_made_in_rounds(run: Run) -> None:
    async def test(feeder: Feeder) -> None:
        loop = asyncio.get_running_loop()
        started = loop.time()
        while loop.time() - started < 6 * live_decoding.PERIOD:
            screen = Screen(feeder.broker, *PATHS)
            await asyncio.sleep(0.002)
            feeder.broker.unsubscribe(screen.subscription)
            await asyncio.sleep(0.055)  # longer than it lingers
        assert 1 <= feeder.live.rounds <= 1 + (loop.time() - started) / live_decoding.PERIOD

    run(test)


def test_multiplexed_messages_are_known_whole(run: Run) -> None:
    def test(feeder: Feeder) -> None:
        feeder.cell(0, 7)
        feeder.cell(1, 9)
        assert (value(feeder, FIRST), value(feeder, "Vehicle.Second")) == (7, 9)
        feeder.cell(1, 10)
        assert (value(feeder, FIRST), value(feeder, "Vehicle.Second")) == (7, 10)

    run(test)


def test_counter_and_checksum_are_checked_whoever_listens(run: Run) -> None:
    async def test(feeder: Feeder) -> None:
        faults = feeder.car.translator.faults[258]
        feeder.door(3)
        feeder.door(4, wrong=1)
        assert (faults.checksum, faults.counter) == (1, 0)
        assert value(feeder, DOOR) == 3  # a frame that is not to be trusted is nobody's last value
        feeder.door(5)
        assert (faults.checksum, faults.counter) == (1, 1)  # one frame is missing
        Screen(feeder.broker, DOOR)
        await until(lambda: feeder.car.translator.is_live(DOOR))
        feeder.door(6)
        feeder.counter -= 1
        feeder.door(7)
        assert (faults.checksum, faults.repeated, faults.skipped) == (1, 1, 1)  # and a new function changes nothing
        assert value(feeder, DOOR) == 6

    run(test)


def test_a_message_that_has_timed_out_has_no_value(run: Run) -> None:
    def test(feeder: Feeder) -> None:
        feeder.motion(50)
        feeder.cell(0, 7)
        for key in (256, 257):
            feeder.publish(dict.fromkeys(feeder.car.translator.forget(key)), feeder.time_ns)  # type: ignore[arg-type]
        assert (value(feeder, SPEED), value(feeder, FIRST)) == (None, None)
        assert feeder.broker.current == 0
        feeder.motion(50)
        assert value(feeder, SPEED) == 50.0

    run(test)


def test_one_path_of_a_message_times_out_and_the_others_keep_their_last_value(run: Run) -> None:
    def test(feeder: Feeder) -> None:
        feeder.motion(50, 1)
        assert value(feeder, GEAR) == 1
        feeder.motion(50, 2)
        feeder.live.settle([GEAR])
        feeder.car.translator.forget(256)
        assert value(feeder, GEAR) == 2

    run(test)


def test_a_provider_that_comes_late_hears_what_is_wanted(run: Run, tmp_path: Path) -> None:
    async def test(feeder: Feeder) -> None:
        broker = Broker(feeder.broker.catalogue)
        screen = Screen(broker, GEAR)
        late = Feeder(broker, load_car(tmp_path / "car.dbc", tmp_path / "car.vspec", broker.catalogue))
        await until(lambda: late.car.translator.is_live(GEAR))
        assert not late.car.translator.is_live(SPEED)
        late.motion(1, 1)
        assert screen.seen == {GEAR: 1}
        late.live.stop()

    run(test)


@pytest.mark.parametrize("seed", range(6))
def test_nobody_can_tell(run: Run, tmp_path: Path, seed: int) -> None:
    """Random frames, followers and questions: every answer is that of a translator that always decodes everything."""
    chance = random.Random(seed)

    async def test(feeder: Feeder) -> None:
        reference = load_car(tmp_path / "car.dbc", tmp_path / "car.vspec", Catalogue()).translator
        truth: dict[str, Value] = {}
        screens: list[tuple[Screen, list[str]]] = []
        translator = feeder.car.translator

        def frame() -> None:
            kind = chance.randrange(3)
            if kind == 0:
                feeder.motion(chance.choice([1, 50, 150]), chance.randrange(3), braking=chance.random() < 0.5)
            elif kind == 1:
                feeder.cell(chance.randrange(2), chance.randrange(3))
            else:
                feeder.door(chance.randrange(3), wrong=chance.random() < 0.2)

        plain = translator.feed

        def both(frames: list[Frame]) -> dict[str, Value]:
            truth.update(reference.feed(frames))
            return plain(frames)

        translator.feed = both  # type: ignore[method-assign,assignment]  # the same frames to both
        for _step in range(300):
            action = chance.random()
            if action < 0.6:
                frame()
            elif action < 0.7:
                paths = chance.sample(PATHS, chance.randrange(1, len(PATHS)))
                screen = Screen(feeder.broker, *paths)
                assert screen.seen == {path: truth[path] for path in paths if path in truth}
                screens.append((screen, paths))
            elif action < 0.8 and screens:
                screen, paths = screens.pop(chance.randrange(len(screens)))
                feeder.broker.unsubscribe(screen.subscription)
            elif action < 0.9:
                path = chance.choice(PATHS)
                assert value(feeder, path) == truth.get(path)
            else:
                await asyncio.sleep(chance.choice([0, 0.02, 0.06, 0.12]))
        await until(lambda: all(translator.is_live(path) for _screen, paths in screens for path in paths))
        for screen, paths in screens:
            assert screen.seen == {path: truth[path] for path in paths if path in truth}
        assert translator.faults[258] == reference.faults[258]

    run(test)
