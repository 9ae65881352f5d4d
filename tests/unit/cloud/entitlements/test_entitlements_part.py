# SPDX-License-Identifier: Apache-2.0
"""Features in a car whose driving state is real: what is taken, what is refused, when a lock falls, what is counted."""

import asyncio
import contextlib
import io
import json
import sqlite3
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ivi.cli import features as cli
from ivi.cloud.cose import sign
from ivi.cloud.entitlements import store
from ivi.cloud.entitlements.snapshot import CONTEXT, Feature, open_snapshot, sign_snapshot
from ivi.cloud.trust import Trust
from ivi.cloud.trusted_clock import TrustedClock
from ivi.daemon.link_client import LinkClient
from ivi.model.entitlements import (
    Answer,
    CheckFeature,
    FeatureKind,
    FeatureList,
    FeatureState,
    LeaveFeature,
    ListFeatures,
    SubscribeFeatures,
    UseFeature,
)
from ivi.model.errors import (
    InvalidArgumentError,
    IviError,
    NotFoundError,
    PermissionDeniedError,
    ResourceExhaustedError,
    UnavailableError,
)
from ivi.model.services import DrivingState
from tests.unit.cloud.entitlements.entitled_car import (
    DAY,
    FEATURES,
    KEY,
    KID,
    NOW,
    OTHER_KEY,
    SNAPSHOT,
    Car,
    signed,
)

type Story = Callable[[Car], Awaitable[None]]


@pytest.fixture
def car(tmp_path: Path, run_dir: Path) -> Car:
    return Car(tmp_path, run_dir)


def play(car: Car, *stories: Story) -> None:
    """Run each story between a start and a stop of the part."""

    async def tell(story: Story) -> None:
        async with car.running():
            await story(car)

    for story in stories:
        asyncio.run(tell(story))


def client(car: Car) -> LinkClient:
    """Somebody on board who asks."""
    return LinkClient(car.run_dir / "cloud.sock", Answer)


async def watch(asks: LinkClient) -> AsyncGenerator[FeatureList]:
    """The stream."""
    async for event in asks.stream(SubscribeFeatures()):
        yield event


# -- snapshots --------------------------------------------------------------------------------------------------------
def test_a_snapshot_counts_and_survives_a_restart_offline(car: Car) -> None:
    """No connection is needed for what the last one said. The fleet hears once which one the car has."""

    async def take(car: Car) -> None:
        assert car.view("nav.premium").state is FeatureState.NOT_OFFERED
        car.send(signed())
        assert car.view("nav.premium").allowed
        car.send(signed())
        assert car.reasons == []
        assert car.part.counters()["features_sequence"] == 7

    async def later(car: Car) -> None:
        async with client(car) as asks:
            found = await asks.call(ListFeatures())
        assert {view.id: view.state for view in found.features} == {one.id: FeatureState.ACTIVE for one in FEATURES}
        car.post.records.clear()
        car.part.online()
        car.part.online()
        (said,) = car.post.kind("entitlement")
        assert (said["sequence"], said["rolled_back"], said["states"]["media.hifi"]) == (7, False, "active")

    play(car, take, later)


def test_bad_snapshots_are_refused_recorded_and_told(car: Car) -> None:
    """Each with its reason; the good one stays."""

    async def story(car: Car) -> None:
        car.send(signed())
        bad = {
            "forged": [
                sign_snapshot(replace(SNAPSHOT, sequence=99), KID, Ed25519PrivateKey.generate()),
                sign_snapshot(replace(SNAPSHOT, sequence=99), b"02", OTHER_KEY),
                bytes((*signed(sequence=99)[:-1], signed(sequence=99)[-1] ^ 1)),
            ],
            "malformed": [b"", b"\xff" * 40, b"\x81" * 5000, signed() * 100, sign([1], KID, KEY, CONTEXT)],
            "audience": [signed(sequence=99, vehicle="car-2")],
            "replayed": [signed(sequence=6), signed(expiry=NOW + 80 * DAY), signed(sequence=1)],
            "early": [signed(sequence=99, not_before=NOW + DAY)],
            "expired": [signed(sequence=99, issued=NOW - 99 * DAY, not_before=NOW - 99 * DAY, expiry=NOW - 15 * DAY)],
        }
        for message in (message for messages in bad.values() for message in messages):
            car.send(message)
        assert car.part.refused == {reason: len(messages) for reason, messages in bad.items()}
        assert car.reasons == [reason for reason, messages in bad.items() for _ in messages]
        assert "were refused" in car.problems()
        assert car.view("nav.premium").until_ms == (NOW + 30 * DAY) * 1000
        assert car.part.counters()["features_sequence"] == 7

    play(car, story)


def test_a_flood_of_bad_snapshots_costs_few_records(car: Car) -> None:
    """Counted all."""

    async def story(car: Car) -> None:
        for _ in range(300):
            car.send(b"nonsense")
        assert car.part.refused == {"malformed": 300}
        assert len(car.reasons) <= 25

    play(car, story)


def test_a_newer_snapshot_withdraws_and_a_deny_epoch_outranks(car: Car) -> None:
    """What it does not name is gone when the car is parked; those of an older epoch are refused whatever their number."""

    async def story(car: Car) -> None:
        car.send(signed())
        car.send(signed(sequence=8, features=FEATURES[:1]))
        assert car.view("nav.premium").state is FeatureState.NOT_OFFERED
        assert car.view("media.hifi").allowed
        car.send(signed(sequence=2, deny_epoch=3))
        assert car.view("nav.premium").allowed
        car.send(signed(sequence=1000, deny_epoch=2, features=()))
        assert car.reasons == ["replayed"]
        assert car.view("nav.premium").allowed

    play(car, story)


def test_what_names_safety_is_left_out_with_a_reason(car: Car) -> None:
    """And is always there, before and after."""

    async def story(car: Car) -> None:
        content = {
            1: "f", 2: "car-1", 4: NOW + DAY, 5: NOW, 6: NOW, -65537: 0, -65538: 9,
            -65540: [["brake.boost", 1, False, NOW - DAY], ["nav.premium", 0]], -65541: 0,
        }  # fmt: skip
        assert car.view("brake.boost").allowed
        car.send(sign(content, KID, KEY, CONTEXT))
        assert car.reasons == ["never_gated"]
        view = car.view("brake.boost")
        assert (view.state, view.allowed) == (FeatureState.NEVER_GATED, True)
        assert car.view("nav.premium").allowed
        async with client(car) as asks:
            assert (await asks.call(UseFeature("brake.boost"))).counter == 0

    play(car, story)


# -- time -------------------------------------------------------------------------------------------------------------
def test_active_then_grace_then_locked_when_parked(car: Car) -> None:
    """Offline all the while: the term ends, its grace ends, and what was bought stays."""

    async def story(car: Car) -> None:
        car.send(signed())
        car.driving = DrivingState.MOVING
        await car.is_heard()
        car.clock.time = NOW + 31 * DAY
        assert car.view("nav.premium").state is FeatureState.GRACE
        assert car.view("nav.premium").allowed
        car.part._look_now.set()
        await car.until(lambda: "end soon" in car.problems())
        car.clock.time = NOW + 30 * DAY + 14 * DAY
        view = car.view("nav.premium")
        assert view.allowed
        assert "until the car is parked" in view.why
        car.driving = DrivingState.IDLING
        await car.is_heard()
        assert car.view("nav.premium").allowed
        car.driving = DrivingState.PARKED
        await car.is_heard()
        await car.until(lambda: car.part.counters()["features_locked"] == 1)
        assert car.view("nav.premium").state is FeatureState.LOCKED
        car.clock.time = NOW + 1000 * DAY
        states = {view.id: view.state for view in car.part._features.views()} if car.part._features else {}
        assert states == {
            "charging.plan": FeatureState.LOCKED,
            "media.hifi": FeatureState.ACTIVE,
            "nav.premium": FeatureState.LOCKED,
            "park.assist": FeatureState.LOCKED,
        }

    play(car, story)


def test_a_lock_falls_at_the_next_start_of_the_machine_not_of_the_process(car: Car) -> None:
    """A process that comes back on the motorway takes nothing away."""

    async def drive(car: Car) -> None:
        car.send(signed())
        car.driving = DrivingState.MOVING
        await car.is_heard()

    async def crashed(car: Car) -> None:
        car.clock.time = NOW + 60 * DAY
        assert car.view("nav.premium").allowed

    async def ignition(car: Car) -> None:
        assert car.view("nav.premium").state is FeatureState.LOCKED

    play(car, drive, crashed)
    car.boot = "second"
    play(car, ignition)


def test_without_a_driving_state_nothing_is_locked(car: Car) -> None:
    """Unknown is as strict as driving: nothing is taken away."""

    async def story(car: Car) -> None:
        car.send(signed())
        car.driving = DrivingState.UNKNOWN
        await car.is_heard()
        car.clock.time = NOW + 60 * DAY
        assert car.view("nav.premium").allowed

    play(car, story)


def test_a_feature_that_comes_too_late_was_never_open(car: Car) -> None:
    """It needs no parked car to be locked."""

    async def story(car: Car) -> None:
        car.driving = DrivingState.MOVING
        await car.is_heard()
        car.send(signed(features=(replace(FEATURES[1], until=NOW - 20 * DAY),)))
        assert car.view("nav.premium").state is FeatureState.LOCKED

    play(car, story)


def test_a_clock_turned_back_revives_nothing(car: Car) -> None:
    """The naive check of the same snapshot accepts it."""
    wall = [float(NOW)]
    car.post.clock = TrustedClock(car.folder, wall=lambda: wall[0], since_boot=lambda: 5.0, boot="a")

    async def story(car: Car) -> None:
        car.send(signed())
        wall[0] = NOW + 60 * DAY
        assert car.view("nav.premium").state is FeatureState.LOCKED
        wall[0] = NOW
        snapshot = open_snapshot(signed(), {KID: KEY.public_key()}).snapshot
        naive = snapshot.feature("nav.premium")
        assert naive is not None
        assert wall[0] < naive.until
        assert car.view("nav.premium").state is FeatureState.LOCKED
        assert car.post.clock.rolled_back

    async def again(car: Car) -> None:
        car.post.clock = TrustedClock(car.folder, wall=lambda: wall[0], since_boot=lambda: 5.0, boot="b")
        assert car.view("nav.premium").state is FeatureState.LOCKED

    play(car, story, again)


def test_the_time_of_issue_moves_the_clock(car: Car) -> None:
    """Also of a snapshot for another car: somebody trusted has signed it."""

    async def story(car: Car) -> None:
        car.send(signed(issued=NOW + DAY, not_before=NOW, vehicle="car-2"))
        assert car.clock.time == NOW + DAY
        assert car.reasons == ["audience"]

    play(car, story)


# -- use --------------------------------------------------------------------------------------------------------------
def test_a_trial_begins_with_the_first_use_once(car: Car) -> None:
    """Looking at it begins nothing; a newer snapshot or a restart does not begin it anew."""

    async def begin(car: Car) -> None:
        car.send(signed())
        car.clock.time = NOW + 10 * DAY
        assert "begins with the first use" in car.view("park.assist").why
        async with client(car) as asks:
            assert (await asks.call(CheckFeature("park.assist"))).until_ms == 0
            used = await asks.call(UseFeature("park.assist"))
            assert used.feature.until_ms == (NOW + 24 * DAY) * 1000
            assert (await asks.call(UseFeature("park.assist"))).counter == 0
        (receipt,) = car.post.kind("usage")
        assert (receipt["feature"], receipt["amount"], receipt["started"]) == ("park.assist", 0, NOW + 10 * DAY)
        assert receipt["counter"] == used.counter

    async def end(car: Car) -> None:
        car.send(signed(sequence=8, expiry=NOW + 300 * DAY))
        car.clock.time = NOW + 24 * DAY
        assert car.view("park.assist").state is FeatureState.LOCKED
        async with client(car) as asks:
            with pytest.raises(PermissionDeniedError, match="trial ended"):
                await asks.call(UseFeature("park.assist"))

    play(car, begin, end)


def test_uses_are_counted_up_to_the_quota(car: Car) -> None:
    """With counters that go up one by one; the same key is not counted again; a top-up raises the quota."""

    async def story(car: Car) -> None:
        car.send(signed())
        async with client(car) as asks:
            first = await asks.call(UseFeature("charging.plan", 150, "session-1"))
            again = await asks.call(UseFeature("charging.plan", 150, "session-1"))
            assert (first.feature.left, again.feature.left, again.repeated) == (50, 50, True)
            assert again.counter == first.counter
            with pytest.raises(ResourceExhaustedError, match="50 of 200 kWh are left"):
                await asks.call(UseFeature("charging.plan", 51))
            second = await asks.call(UseFeature("charging.plan", 50))
            assert second.counter == first.counter + 1
            assert not second.feature.allowed
            with pytest.raises(ResourceExhaustedError):
                await asks.call(UseFeature("charging.plan"))
            car.send(signed(sequence=8, features=(replace(FEATURES[3], quota=300, spent=200),)))
            assert (await asks.call(UseFeature("charging.plan", 1))).feature.left == 99
        totals = [(data["amount"], data["total"]) for data in car.post.kind("usage")]
        assert totals == [(150, 150), (50, 200), (1, 201)]

    play(car, story)


def test_a_car_that_lost_its_store_goes_on_above_what_it_used(car: Car) -> None:
    """By what the fleet has receipts for; no counter comes twice."""

    async def before(car: Car) -> None:
        car.send(signed())
        async with client(car) as asks:
            await asks.call(UseFeature("charging.plan", 150))

    async def after(car: Car) -> None:
        car.clock.time += 60
        assert "damaged" in car.problems()
        car.send(signed(sequence=8, features=(replace(FEATURES[3], spent=150),)))
        async with client(car) as asks:
            with pytest.raises(ResourceExhaustedError):
                await asks.call(UseFeature("charging.plan", 51))
            await asks.call(UseFeature("charging.plan", 50))
        first, second = [data["counter"] for data in car.post.kind("usage")]
        assert second > first + 1

    play(car, before)
    for path in car.folder.glob("entitlements.db*"):
        path.write_bytes(b"rubbish" * 1000)
    play(car, after)


def test_bad_uses_are_refused(car: Car) -> None:
    """Over the link, with their reasons."""

    async def story(car: Car) -> None:
        car.send(signed())
        async with client(car) as asks:
            for request, error in (
                (UseFeature("charging.plan", 0), InvalidArgumentError),
                (UseFeature("charging.plan", -5), InvalidArgumentError),
                (UseFeature("charging.plan", 1 << 40), InvalidArgumentError),
                (UseFeature("charging.plan", 1, "k" * 65), InvalidArgumentError),
                (UseFeature("unknown.thing"), NotFoundError),
                (UseFeature(""), InvalidArgumentError),
                (CheckFeature("x" * 500), InvalidArgumentError),
                (LeaveFeature("unknown.thing"), NotFoundError),
                (LeaveFeature("media.hifi"), InvalidArgumentError),
                (LeaveFeature("park.assist"), InvalidArgumentError),
            ):
                with pytest.raises(error):
                    await asks.call(request)
        assert car.post.kind("usage") == []

    play(car, story)


def test_a_receipt_waits_until_the_outbox_takes_it(car: Car) -> None:
    """Over restarts, in order, each once, and not more than a bound."""

    async def full(car: Car) -> None:
        car.send(signed())
        car.post.full = True
        async with client(car) as asks:
            for _ in range(5):
                await asks.call(UseFeature("charging.plan"))
        assert car.part.counters()["features_receipts_waiting"] == 5

    async def room(car: Car) -> None:
        assert car.part.counters()["features_receipts_waiting"] == 5
        car.post.full = False
        car.part.online()
        assert car.part.counters()["features_receipts_waiting"] == 0
        assert [data["total"] for data in car.post.kind("usage")] == [1, 2, 3, 4, 5]

    async def quiet(car: Car) -> None:
        assert len(car.post.kind("usage")) == 5

    play(car, full, room, quiet)


def test_too_many_waiting_receipts_end_the_use(car: Car, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is counted that could not be told."""
    monkeypatch.setattr(store, "MAX_WAITING", 3)

    async def story(car: Car) -> None:
        car.send(signed())
        car.post.full = True
        async with client(car) as asks:
            for _ in range(3):
                await asks.call(UseFeature("charging.plan"))
            with pytest.raises(ResourceExhaustedError, match="receipts wait"):
                await asks.call(UseFeature("charging.plan"))
        assert car.view("charging.plan").left == 197

    play(car, story)


def test_told_receipts_are_pruned(car: Car, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file does not grow for ever."""
    monkeypatch.setattr(store, "PRUNE_EVERY", 10)
    monkeypatch.setattr(store, "REMEMBERED", 20)

    async def story(car: Car) -> None:
        car.send(signed())
        async with client(car) as asks:
            for _ in range(100):
                await asks.call(UseFeature("charging.plan"))
        with contextlib.closing(sqlite3.connect(car.folder / "entitlements.db")) as db:
            assert db.execute("select count(*) from outgoing").fetchone()[0] <= 31
        assert len(car.post.kind("usage")) == 100

    play(car, story)


# -- leaving ----------------------------------------------------------------------------------------------------------
def test_leaving_is_one_sentence(car: Car, capsys: pytest.CaptureFixture[str]) -> None:
    """It goes on to the end of the term and no further, the fleet hears it once, and it can be taken back."""

    async def leave(car: Car) -> None:
        car.send(signed())
        assert await asyncio.to_thread(cli.main, ["leave", "nav.premium"]) == 0
        assert capsys.readouterr().out == "nav.premium: you have ended it; it goes on until 2030-04-16\n"
        assert await asyncio.to_thread(cli.main, ["leave", "nav.premium"]) == 0
        (said,) = car.post.kind("leave")
        assert said == {"feature": "nav.premium", "leaves": True, "until": NOW + 30 * DAY, "sequence": 7}
        assert await asyncio.to_thread(cli.main, ["stay", "nav.premium"]) == 0
        assert not car.view("nav.premium").leaving
        assert await asyncio.to_thread(cli.main, ["leave", "nav.premium"]) == 0
        assert [data["leaves"] for data in car.post.kind("leave")] == [True, False, True]

    async def renewed_by_mistake(car: Car) -> None:
        car.send(signed(sequence=8, features=(replace(FEATURES[1], until=NOW + 60 * DAY),)))
        assert car.view("nav.premium").leaving
        car.clock.time = NOW + 30 * DAY
        assert car.view("nav.premium").state is FeatureState.LOCKED
        async with client(car) as asks:
            with pytest.raises(InvalidArgumentError, match="has ended"):
                await asks.call(LeaveFeature("nav.premium", leave=False))

    async def ordered_anew(car: Car) -> None:
        car.send(signed(sequence=9, issued=NOW + 31 * DAY, features=(replace(FEATURES[1], until=NOW + 60 * DAY),)))
        assert car.view("nav.premium").allowed
        assert not car.view("nav.premium").leaving

    play(car, leave, renewed_by_mistake, ordered_anew)


# -- the command line, streams, faults --------------------------------------------------------------------------------
def test_the_command_line_shows_a_table_and_json(car: Car, capsys: pytest.CaptureFixture[str]) -> None:
    """And says so when there is nothing."""

    async def story(car: Car) -> None:
        assert await asyncio.to_thread(cli.main, []) == 0
        assert "the fleet has sent none yet" in capsys.readouterr().out
        car.send(signed())
        assert await asyncio.to_thread(cli.main, ["use", "charging.plan", "20"]) == 0
        assert "180 of 200 kWh are left" in capsys.readouterr().out
        assert await asyncio.to_thread(cli.main, []) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].split() == ["feature", "state", "until", "left", "why"]
        assert lines[1].startswith("charging.plan  active  2030-06-15  180 of 200 kWh")
        assert lines[2].startswith("media.hifi     active  -")
        assert lines[-1] == "snapshot 7, the next one is due by 2030-06-15"
        assert await asyncio.to_thread(cli.main, ["--json"]) == 0
        found = json.load(io.StringIO(capsys.readouterr().out))
        assert found["sequence"] == 7
        assert [one["id"] for one in found["features"]] == [one.id for one in sorted(FEATURES, key=lambda one: one.id)]

    play(car, story)


def test_a_stream_tells_every_change(car: Car) -> None:
    """What is there, then what changes."""

    async def story(car: Car) -> None:
        async with client(car) as asks, asyncio.timeout(20), contextlib.aclosing(watch(asks)) as events:
            assert (await anext(events)).features == []
            car.send(signed())
            assert len((await anext(events)).features) == 4
            await asks.call(UseFeature("charging.plan", 5))
            assert (await anext(events)).features[0].left == 195

    play(car, story)


def test_a_file_that_was_altered_is_not_believed(car: Car) -> None:
    """Its snapshot is checked like one that comes; the same one from the fleet mends it."""

    async def take(car: Car) -> None:
        car.send(signed())

    async def altered(car: Car) -> None:
        assert car.view("nav.premium").state is FeatureState.NOT_OFFERED
        assert "does not count" in car.problems()
        car.send(signed(sequence=6))
        assert car.view("nav.premium").state is FeatureState.NOT_OFFERED
        car.send(signed())
        assert car.view("nav.premium").allowed
        assert "does not count" not in car.problems()

    play(car, take)
    with contextlib.closing(sqlite3.connect(car.folder / "entitlements.db")) as db:
        message = db.execute("select message from snapshot").fetchone()[0]
        db.execute("update snapshot set message = ?", (message[:-1] + bytes((message[-1] ^ 1,)),))
        db.commit()
    play(car, altered)
    car.trust = Trust()

    async def nobody_is_trusted(car: Car) -> None:
        assert car.view("nav.premium").state is FeatureState.NOT_OFFERED

    play(car, nobody_is_trusted)


def test_a_disk_that_takes_nothing_leaves_the_snapshot_with_the_broker(
    car: Car, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not acknowledged, so it comes again; a use is refused, not forgotten."""

    async def story(car: Car) -> None:
        car.send(signed())
        await asyncio.sleep(0)
        blocker = sqlite3.connect(car.folder / "entitlements.db", isolation_level=None)
        with contextlib.closing(blocker):
            blocker.execute("begin immediate")
            with pytest.raises(UnavailableError):
                car.send(signed(sequence=8, features=()))
            assert "was not taken" in car.problems()
            async with client(car) as asks:
                with pytest.raises(UnavailableError):
                    await asks.call(UseFeature("charging.plan"))
            blocker.execute("rollback")
        assert car.view("charging.plan").left == 200
        car.send(signed(sequence=8, features=FEATURES[:1]))
        async with client(car) as asks:
            assert [view.id for view in (await asks.call(ListFeatures())).features] == ["media.hifi"]

    monkeypatch.setattr("ivi.cloud.commands.database._BUSY", 0.05)
    play(car, story)


def test_before_the_start_and_after_the_stop_it_says_so(car: Car) -> None:
    """Messages are left alone then."""

    async def story(car: Car) -> None:
        pass

    play(car, story)
    car.send(signed())
    with pytest.raises(IviError):
        car.part._need()


def test_features_have_no_twin_in_two_kinds() -> None:
    """An id is sold once in a snapshot."""
    twice = (Feature("nav.premium", FeatureKind.TERM), Feature("nav.premium", FeatureKind.PERPETUAL))
    with pytest.raises(InvalidArgumentError, match="twice"):
        signed(features=twice)
