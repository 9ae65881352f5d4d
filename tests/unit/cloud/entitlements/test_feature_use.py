# SPDX-License-Identifier: Apache-2.0
"""What is used of features, what is left of them, and how they are left; also by the command line."""

import asyncio
import contextlib
import io
import json
import sqlite3
from dataclasses import replace

import pytest

from ivi.cli import features as cli
from ivi.cloud.entitlements import store
from ivi.model.entitlements import (
    CheckFeature,
    FeatureState,
    LeaveFeature,
    UseFeature,
)
from ivi.model.errors import (
    InvalidArgumentError,
    NotFoundError,
    PermissionDeniedError,
    ResourceExhaustedError,
)
from tests.unit.cloud.entitlements.entitled_car import (
    DAY,
    FEATURES,
    NOW,
    Car,
    client,
    play,
    signed,
)


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


# -- the command line --------------------------------------------------------------------------------
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
