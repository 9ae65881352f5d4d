# SPDX-License-Identifier: Apache-2.0
"""Features in a car whose driving state is real: what is taken, what is refused, when a lock falls, what is counted."""

import asyncio
import contextlib
import sqlite3
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ivi.cloud.cose import sign
from ivi.cloud.entitlements.snapshot import CONTEXT, Feature, open_snapshot, sign_snapshot
from ivi.cloud.trust import Trust
from ivi.cloud.trusted_clock import TrustedClock
from ivi.model.entitlements import (
    FeatureKind,
    FeatureState,
    ListFeatures,
    UseFeature,
)
from ivi.model.errors import (
    InvalidArgumentError,
    IviError,
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
    client,
    play,
    signed,
    watch,
)


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
    """What it does not name is gone when the car is parked; those of an older epoch are refused."""

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


# -- streams, faults ---------------------------------------------------------------------------------------------------
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
