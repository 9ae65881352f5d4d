# SPDX-License-Identifier: Apache-2.0
"""What a campaign collects, moment by moment: the test has the clocks."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ivi.cloud.campaigns import samples as samples_module
from ivi.cloud.campaigns.campaign import parse_campaign
from ivi.cloud.campaigns.collector import Collector, beyond
from ivi.cloud.campaigns.keeping import DAY, Keeping
from ivi.cloud.campaigns.plan import check, subscriptions
from ivi.cloud.campaigns.samples import Held, Ring, Sample
from ivi.cloud.channels import OpenGate
from ivi.cloud.column_reader import decode_columns, readings
from ivi.cloud.columns import Aggregate
from ivi.cloud.consent.coarsening import Precision
from ivi.cloud.delivery import DataUse, DeliveryClass
from ivi.cloud.signal_table import SignalTable
from ivi.model.databroker import Deadband
from ivi.model.errors import IviError, ResourceExhaustedError
from ivi.model.signal import Datapoint, DataType, EntryType, Metadata
from ivi.vss.catalogue import Catalogue

SPEED, GEAR, MOVING = "Vehicle.Speed", "Vehicle.Gear", "Vehicle.IsMoving"
LATITUDE = "Vehicle.CurrentLocation.Latitude"
CATALOGUE = Catalogue(
    [
        Metadata(SPEED, DataType.FLOAT, EntryType.SENSOR, "km/h", scale=0.01),
        Metadata(GEAR, DataType.STRING, EntryType.SENSOR),
        Metadata(MOVING, DataType.BOOLEAN, EntryType.SENSOR),
        Metadata(LATITUDE, DataType.DOUBLE, EntryType.SENSOR),
    ]
)
TABLE = SignalTable.of(CATALOGUE.get(path) for path in CATALOGUE)
USE = {"purpose": "diagnostics", "category": "driving", "recipient": "fleet", "retention_days": 30}
WALL = 1_790_000_000_000  # ms


class Drive:
    """One collector, and a clock that only the test moves."""

    def __init__(self, *signals: str, **words: Any) -> None:  # noqa: ANN401  # the words of a campaign
        asked = {"id": "drive", "signals": list(signals), "use": USE, "priority": 5} | words
        self.collector = Collector(parse_campaign(asked), signals, TABLE, 0.0)
        self.collector.paused = False
        self.now = 0.0
        self.rows: list[bytes] = []

    def feed(self, **values: Any) -> None:  # noqa: ANN401  # any value of VSS
        """News of the databroker: Speed=3 is Vehicle.Speed."""
        stamp = (WALL + round(self.now * 1000)) * 1_000_000
        self.collector.take({f"Vehicle.{name}": Datapoint(value, stamp, 0) for name, value in values.items()}, self.now)

    def wait(self, seconds: float) -> None:
        """Let time pass, as the event loop does: whatever is due is done when it is due."""
        end = self.now + seconds
        while (due := self.collector.due) <= end:
            self.now = max(due, self.now)
            self._beat()
        self.now = end
        self._beat()

    def _beat(self) -> None:
        self.rows += [body for body, _ in self.collector.beat(self.now, WALL + round(self.now * 1000))]

    def got(self) -> dict[tuple[str, Aggregate], list[tuple[int, object]]]:
        """All that was sent: ms since the beginning and value, by path and aggregate."""
        found: dict[tuple[str, Aggregate], list[tuple[int, object]]] = {}
        for body in self.rows:
            for one in readings(decode_columns(body), TABLE):
                moments = [time - WALL for time in one.times_ms]
                found.setdefault((one.path, one.aggregate), []).extend(zip(moments, one.values, strict=True))
        return found

    def of(self, path: str, aggregate: Aggregate = Aggregate.NONE) -> list[tuple[int, object]]:
        """What was sent of one signal."""
        return self.got().get((path, aggregate), [])


def test_by_period_the_newest_values_are_taken() -> None:
    """Also one that did not change; one that is not available is left out."""
    drive = Drive(SPEED, GEAR, period_ms=250)
    drive.feed(Speed=1.0, Gear="D")
    drive.wait(0.3)
    drive.feed(Speed=2.0)
    drive.wait(0.25)
    drive.feed(Gear=None)
    drive.wait(0.6)
    assert drive.of(SPEED) == [(250, 1.0), (500, 2.0), (750, 2.0), (1000, 2.0)]
    assert drive.of(GEAR) == [(250, "D"), (500, "D")]


@pytest.mark.parametrize(("priority", "rows"), [(4, 1), (5, 10)])
def test_urgent_rows_are_made_each_second(priority: int, rows: int) -> None:
    """The others every ten."""
    drive = Drive(SPEED, period_ms=100, priority=priority)
    drive.feed(Speed=1.0)
    drive.wait(10)
    assert len(drive.rows) == rows
    assert len(drive.of(SPEED)) == 100


def test_on_change_takes_what_moved_and_when() -> None:
    """With a dead band from the last value that was taken; texts whenever they change; nothing that stays."""
    drive = Drive(SPEED, GEAR, on_change={"absolute": 0.5})
    for at, speed in enumerate((10.0, 10.4, 10.6, 10.9, 11.2, 11.2)):
        drive.now = at / 10
        drive.feed(Speed=speed, Gear="D" if at < 3 else "R")
    drive.feed(Speed=None)
    drive.wait(1)
    assert drive.of(SPEED) == [(0, 10.0), (200, 10.6), (400, 11.2), (500, None)]
    assert drive.of(GEAR) == [(0, "D"), (300, "R")]


def test_a_condition_says_when_it_collects() -> None:
    """Only while it holds."""
    drive = Drive(SPEED, period_ms=125, when=f"{MOVING} and {SPEED} > 5")
    drive.feed(Speed=10.0)
    drive.wait(0.375)
    drive.feed(IsMoving=True)
    drive.wait(0.25)
    drive.feed(Speed=4.0)
    drive.wait(0.6)
    assert drive.of(SPEED) == [(500, 10.0), (625, 10.0)]


def test_a_trigger_brings_what_was_before_and_what_came_after() -> None:
    """One row for each time the condition becomes true, as an event."""
    drive = Drive(SPEED, period_ms=125, when=f"{SPEED} > 50", trigger={"before_ms": 375, "after_ms": 250})
    assert drive.collector.campaign.delivery is DeliveryClass.EVENTS
    drive.feed(Speed=10.0)
    drive.wait(2)
    assert not drive.rows
    drive.feed(Speed=60.0)
    drive.wait(0.5)
    assert len(drive.rows) == 1
    assert drive.of(SPEED) == [(1625, 10.0), (1750, 10.0), (1875, 10.0), (2000, 10.0), (2125, 60.0), (2250, 60.0)]
    drive.feed(Speed=61.0)
    drive.wait(1)
    assert drive.collector.triggered == 1, "it stayed true"
    drive.feed(Speed=10.0)
    drive.feed(Speed=70.0)
    drive.wait(0.125)
    drive.feed(Speed=10.0)
    drive.feed(Speed=71.0)
    drive.wait(1)
    assert drive.collector.triggered == 3
    assert len(drive.rows) == 2, "a trigger meanwhile makes the row longer"
    assert drive.collector.dropped == 0


def test_what_is_too_old_when_a_trigger_fires_is_not_sent() -> None:
    """Also when nothing moved since then, so that nothing newer pushed it out."""
    drive = Drive(SPEED, on_change={}, when=f"{MOVING}", trigger={"before_ms": 1000, "after_ms": 0})
    drive.feed(Speed=1.0)
    drive.wait(4.5)
    drive.feed(Speed=2.0)
    drive.wait(0.75)
    drive.feed(IsMoving=True)
    drive.wait(1)
    assert drive.of(SPEED) == [(4500, 2.0)]


def test_a_window_adds_up() -> None:
    """Least, greatest, mean, last and a histogram, stamped with the window's end."""
    words = {"window_ms": 1000, "what": ["min", "max", "mean", "last", "histogram"], "bounds": [10, 20]}
    drive = Drive(SPEED, GEAR, on_change={}, windows=words, priority=0)
    for at, speed in enumerate((9.0, 10.0, 19.0, 30.0)):
        drive.now = at / 10
        drive.feed(Speed=speed, Gear="PRND"[at])
    drive.wait(10)
    assert drive.of(SPEED, Aggregate.MIN) == [(1000, 9.0)]
    assert drive.of(SPEED, Aggregate.MAX) == [(1000, 30.0)]
    assert drive.of(SPEED, Aggregate.MEAN) == [(1000, 17.0)]
    assert drive.of(SPEED, Aggregate.LAST) == [(1000, 30.0)]
    assert drive.of(SPEED, Aggregate.HISTOGRAM) == [(1000, [1, 2, 1])]
    assert drive.of(GEAR, Aggregate.LAST) == [(1000, "D")]
    assert (GEAR, Aggregate.MIN) not in drive.got()


def test_a_paused_collector_follows_and_takes_nothing() -> None:
    """When it goes on, it knows the newest values."""
    drive = Drive(SPEED, period_ms=125)
    drive.collector.paused = True
    drive.feed(Speed=3.0)
    drive.wait(1)
    drive.collector.paused = False
    drive.wait(1)
    assert [value for _, value in drive.of(SPEED)] == [3.0] * 8
    assert drive.of(SPEED)[0] == (1125, 3.0)


def test_without_a_databroker_old_values_are_not_taken() -> None:
    """What was taken before is still sent."""
    drive = Drive(SPEED, period_ms=100)
    drive.feed(Speed=3.0)
    drive.wait(0.2)
    drive.collector.lose()
    drive.wait(1)
    assert len(drive.of(SPEED)) == 2


def test_what_a_campaign_has_is_sent_at_its_end() -> None:
    """Also a window that is not over."""
    drive = Drive(SPEED, period_ms=100, windows={"window_ms": 60_000, "what": ["mean"]})
    drive.feed(Speed=3.0)
    drive.wait(0.5)
    drive.rows += [body for body, _ in drive.collector.finish(WALL + 500)]
    assert drive.of(SPEED, Aggregate.MEAN) == [(500, 3.0)]


@pytest.mark.parametrize(
    ("band", "last", "value", "far"),
    [
        (Deadband(), 1, 1, False),
        (Deadband(), 1, 1.5, True),
        (Deadband(1.0), 1, 2, False),
        (Deadband(1.0), 1, 2.1, True),
        (Deadband(1.0, 10.0), 100, 105, False),
        (Deadband(1.0, 10.0), -100, -111, True),
        (Deadband(1.0), "P", "R", True),
        (Deadband(9.0), False, True, True),
        (Deadband(9.0), 1, None, True),
        (Deadband(9.0), None, None, False),
    ],
)
def test_dead_bands(band: Deadband, last: object, value: object, far: bool) -> None:
    """As the databroker applies them."""
    assert beyond(band, last, value) is far


# -- bounds -----------------------------------------------------------------------------------------------------------
def test_the_ring_keeps_what_is_young_and_fits() -> None:
    """What was young and did not fit is counted."""
    ring = Ring(span_ms=100, limit=100_000)
    for at in range(0, 1000, 10):
        ring.add(Sample(SPEED, at, 1.0))
    assert [sample.t_ms for sample in ring.take()] == list(range(890, 1000, 10))
    assert ring.dropped == 0
    for at in range(10):
        ring.add(Sample(GEAR, at, ["x" * 5000]))
    assert len(ring.take()) == 4
    assert ring.dropped == 6


def test_what_is_held_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """And counted beyond."""
    monkeypatch.setattr(samples_module, "MAX_HELD", 5)
    held = Held()
    held.add(Sample(SPEED, at, 1.0) for at in range(8))
    assert (len(held), held.dropped) == (5, 3)


def test_a_long_row_becomes_several() -> None:
    """None is larger than a broker takes; a single value that is, is dropped and counted."""
    held = Held()
    texts = [f"{at:05}" + "äöü"[at % 3] * 500 for at in range(400)]
    scrambled = [" ".join(f"{hash((at, word)):x}" for word in range(40)) for at in range(400)]
    held.add(Sample(GEAR, at, text) for at, text in enumerate(scrambled))
    held.add(Sample(GEAR, 400 + at, text) for at, text in enumerate(texts))
    rows = held.rows("c", TABLE)
    assert len(rows) > 1
    assert all(len(body) <= samples_module.MAX_BODY for body, _ in rows)
    assert sum(count for _, count in rows) == 800
    back = [value for body, _ in rows for one in readings(decode_columns(body), TABLE) for value in one.values]
    assert back == scrambled + texts
    held.add([Sample(GEAR, 0, "x" * (2 << 20)), Sample(SPEED, 0, 1.0)])
    assert [count for _, count in held.rows("c", TABLE)] == [1]
    assert held.dropped == 1


# -- plan -------------------------------------------------------------------------------------------------------------
class ClosedGate(OpenGate):
    """Nobody agreed to anything."""

    def channel(self, use: DataUse, delivery: DeliveryClass) -> str | None:
        """None: it may not leave."""
        del use, delivery
        return None


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"signals": ["Vehicle.Sped"]}, "unknown VSS path"),
        ({"signals": ["Vehicle.Chassis.**"]}, "no signal"),
        ({"signals": [LATITUDE]}, "location"),
        ({"when": f"{LATITUDE} > 3"}, "location"),
        ({"use": USE | {"purpose": "operation"}}, "operation"),
        ({"use": USE | {"category": "technical"}}, "category driving"),
        ({"when": "Vehicle.Absent > 3"}, "unknown VSS path"),
        ({"windows": {"window_ms": 1000, "what": ["histogram"], "bounds": [1]}, "signals": [GEAR]}, "no number"),
    ],
)
def test_what_this_car_does_not_do_is_refused_with_a_reason(words: dict[str, Any], why: str) -> None:
    """Signals that it has not, location under another name, and histograms of texts."""
    asked = {"id": "a", "signals": [SPEED], "use": USE, "period_ms": 100} | words
    with pytest.raises(IviError, match=why):
        check(parse_campaign(asked), CATALOGUE, OpenGate())


def test_location_is_collected_when_it_is_called_so_and_agreed_to() -> None:
    """The gate decides on what it is called."""
    asked = {"id": "a", "signals": ["Vehicle.**"], "use": USE | {"category": "location"}, "period_ms": 100}
    assert len(check(parse_campaign(asked), CATALOGUE, OpenGate()).paths) == 4
    with pytest.raises(IviError, match="no consent to location data for diagnostics at fleet"):
        check(parse_campaign(asked), CATALOGUE, ClosedGate())


def _collectors() -> Iterator[Collector]:
    asked: list[dict[str, Any]] = [
        {"signals": [SPEED], "period_ms": 100},
        {"signals": [GEAR], "period_ms": 100, "when": f"{MOVING}"},
        {"signals": [SPEED], "on_change": {"absolute": 1.0}},
        {"signals": [SPEED, GEAR], "on_change": {"absolute": 1.0}},
        {"signals": [SPEED], "on_change": {"max_hz": 2.0}},
        {"signals": [GEAR], "period_ms": 50, "when": f"{SPEED} > 3", "trigger": {"before_ms": 10, "after_ms": 10}},
    ]
    for number, words in enumerate(asked):
        campaign = parse_campaign({"id": f"c{number}", "use": USE} | words)
        yield Collector(campaign, campaign.signals, TABLE, 0.0)


def test_there_is_one_subscription_for_each_rate() -> None:
    """With all paths of its campaigns and their conditions; the dead band only where it disturbs nobody."""
    made = subscriptions(list(_collectors()))
    assert sorted(made) == [0.0, 2.0, 10.0]
    assert made[10.0].paths == sorted([SPEED, GEAR, MOVING])
    assert (made[10.0].queue, made[10.0].deadbands) == (0, {})
    assert made[0.0].paths == sorted([SPEED, GEAR])
    assert made[0.0].queue > 0
    assert made[0.0].deadbands == {}, "the trigger's condition wants every speed"
    without = subscriptions(list(_collectors())[:5])
    assert without[0.0].deadbands == {SPEED: Deadband(1.0), GEAR: Deadband(1.0)}


# -- keeping ----------------------------------------------------------------------------------------------------------
def test_a_budget_outlives_a_crash(tmp_path: Path) -> None:
    """After it a campaign may send less than its budget, never more; after an ordered end exactly the rest."""
    path = tmp_path / "campaigns.cbor"
    keeping = Keeping(path)
    assert [keeping.charge("a", 300, 1000, DAY * 5.0) for _ in range(4)] == [True, True, True, False]
    crashed = Keeping(path)
    assert 900 <= crashed.used("a") <= 1000
    assert not crashed.charge("a", 101, 1000, DAY * 5.5)
    keeping.save(exact=True)
    again = Keeping(path)
    assert again.used("a") == 900
    assert again.charge("a", 100, 1000, DAY * 5.9)
    assert not again.charge("a", 1, 1000, DAY * 5.99)
    assert again.charge("a", 1000, 1000, DAY * 6.0), "a new day"
    assert again.charge("b", 1 << 40, 0, DAY * 6.0), "no limit"
    assert not again.charge("a", 1, 1000, DAY * 5.0), "a clock that goes back brings no new day"


def test_the_file_is_written_seldom(tmp_path: Path) -> None:
    """A row a second must not wear the flash: blocks of a sixteenth are reserved."""
    path = tmp_path / "campaigns.cbor"
    keeping = Keeping(path)
    written = 0
    before = b""
    for _ in range(10_000):
        assert keeping.charge("a", 100, 1_000_000, DAY * 5.0)
        if (now := path.read_bytes()) != before:
            before, written = now, written + 1
    assert 10 <= written <= 20


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    """Not guessed at, not lost, and no reason to stop."""
    path = tmp_path / "campaigns.cbor"
    for content in (b"nonsense", b"\xa0", Keeping(path).message):
        path.write_bytes(content)
        keeping = Keeping(path)
        assert keeping.damaged is not None
        assert keeping.damaged.read_bytes() == content
        assert (keeping.version, keeping.message) == (0, b"")
        keeping.save()
        assert Keeping(path).damaged is None


def test_a_disk_that_takes_nothing_is_said(tmp_path: Path) -> None:
    """And nothing is charged that could be forgotten."""
    keeping = Keeping(tmp_path / "absent" / "campaigns.cbor")
    with pytest.raises(ResourceExhaustedError, match="cannot write"):
        keeping.charge("a", 1, 1000, DAY * 5.0)
    assert keeping.used("a") == 0


def test_a_rough_moment_is_told_once_across_rows() -> None:
    """Rows are made every ten seconds; whoever may know minutes gets one value a minute, of each aggregate."""
    held, precision = Held(), Precision(0, 60)
    start = WALL - WALL % 60_000
    told: list[tuple[int, object]] = []

    def row(t_ms: int, value: float, aggregate: Aggregate = Aggregate.NONE) -> None:
        held.add([Sample(SPEED, t_ms - 500, 0.0, aggregate), Sample(SPEED, t_ms, value, aggregate)])
        for body, _ in held.rows("a", TABLE, precision):
            for one in readings(decode_columns(body), TABLE):
                told.extend(zip([moment - start for moment in one.times_ms], one.values, strict=True))

    for number in range(13):
        row(start + 1000 + number * 10_000, float(number))
    assert told == [(0, 0.0), (60_000, 6.0), (120_000, 12.0)]
    row(start + 70_000, 90.0)  # one that comes late is of a minute that was told
    row(start + 122_000, 91.0, Aggregate.MAX)
    assert told[3:] == [(120_000, 91.0)]
    row(start - 86_400_000 + 1000, 92.0)  # the clock was set back: it goes on from there
    row(start - 86_400_000 + 10_000, 93.0)
    assert told[4:] == [(-86_400_000, 92.0)]
