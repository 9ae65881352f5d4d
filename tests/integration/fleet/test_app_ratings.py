# SPDX-License-Identifier: Apache-2.0
"""Ratings at the fleet, for SQLite and PostgreSQL: one for each car and app, the newest, and none taken back."""

import itertools
import time
from collections.abc import Iterator
from typing import Any

import pytest

from ivi.cloud.record import Record, encode_record
from ivi.cloud.store.catalogue import LEAST_CARS, Rating
from ivi.cloud.wire import Frame, Kind
from ivi.fleet import report
from ivi.fleet.store.app_ratings import CHANNEL, aggregate
from ivi.fleet.store.reading import Reader
from ivi.fleet.store.recording import HOUR_NS, Item, Store
from ivi.fleet.store.retention import RATING_DAYS, Retention

APP, OTHER = "com.partner.hello", "com.partner.other"
DAY_NS = 86_400 * 10**9


@pytest.fixture
def store(fleet_database: str) -> Iterator[Store]:
    """Who records."""
    made = Store(fleet_database)
    yield made
    made.close()


def stream(car: int) -> bytes:
    return f"car{car:05}".encode()


def row(car: int, seq: int, data: dict[str, Any], *, kind: str = "rating", channel: str = CHANNEL) -> Item:
    body = encode_record(Record(kind, 86_400_000, data))
    return f"car-{car}", channel, Frame(Kind.RECORD, stream(car), seq, body)


def rated(stars: object, app: str = APP) -> dict[str, Any]:
    return {"app": app, "version": "1.0.0", "stars": stars}


def kept(store: Store) -> list[tuple[str, int, int]]:
    return [tuple(found) for found in store.database.rows("select app, stars, seq from app_rating order by 1, 2, 3")]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_newest_rating_of_a_car_counts_in_whatever_order_they_come(store: Store, order: tuple[int, ...]) -> None:
    items = [row(1, 1, rated(1)), row(1, 2, rated(5)), row(1, 3, rated(3))]
    for place in order:
        store.add([items[place]])
    store.add(items)
    assert kept(store) == [(APP, 3, 3)]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_rating_that_was_taken_back_stays_away(store: Store, order: tuple[int, int]) -> None:
    items = [row(1, 1, rated(4)), row(1, 2, {"app": APP})]
    for place in order:
        store.add([items[place]])
    assert kept(store) == [(APP, 0, 2)]


def test_what_a_newer_one_replaced_is_erased_as_it_came_too(store: Store, fleet_database: str) -> None:
    store.add([row(1, 1, rated(1)), row(1, 2, rated(2, OTHER))])
    store.add([row(1, 3, {"app": APP})])
    bodies = {one.seq: one.body for one in report.rows(fleet_database)}
    assert bodies[1] == b""
    assert b"stars" in bodies[2]
    assert b"stars" not in bodies[3]
    assert [seq for (seq,) in store.database.rows("select seq from event order by seq")] == [2, 3]
    found = store.add([row(1, 1, rated(1))])  # it comes again: nothing of it is stored
    assert set(found.values()) == {3}
    assert report.rows(fleet_database)[0].body == b""


def test_no_vehicle_and_no_exact_moment_are_stored_with_it(store: Store) -> None:
    store.add([row(1, 1, rated(4))])
    assert store.database.rows("select vehicle from stream") == [("",)]
    assert store.database.rows("select vehicle from event") == [("",)]
    ((received,),) = store.database.rows("select received_ns from app_rating")
    assert received % HOUR_NS == 0


def test_a_consent_that_is_taken_back_deletes_every_rating(store: Store) -> None:
    store.add([row(1, 1, rated(4)), row(1, 2, rated(2, OTHER)), row(2, 1, rated(5))])
    store.add([row(1, 1, {"delete": [[CHANNEL, stream(1)]]}, kind="consent", channel="control")])
    assert kept(store) == [(APP, 5, 1)]
    store.add([row(1, 3, rated(1))])  # was on its way
    assert kept(store) == [(APP, 5, 1)]


@pytest.mark.parametrize(
    "data",
    [
        rated(0), rated(6), rated(-1), rated(10**30), rated(float("nan")), rated(4.5), rated("4"), rated(None),
        rated(True), rated(4, "a"), rated(4, "x" * 65), rated(4, "a\0b.c"), rated(4) | {"who": "me"},
        rated(4) | {"version": ""}, rated(4) | {"version": "1" * 41}, rated(4) | {"app": 7}, {"stars": 4}, {},
        {"app": APP, "stars": 4},
    ],
)  # fmt: skip
def test_what_is_no_rating_is_counted_and_changes_nothing(store: Store, data: dict[str, Any]) -> None:
    store.add([row(1, 1, rated(4))])
    before = store.malformed
    store.add([row(1, 2, data)])
    assert store.malformed == before + 1
    assert kept(store) == [(APP, 4, 1)]


@pytest.mark.parametrize("channel", ["events", "events.research", "control"])
def test_a_rating_for_another_purpose_does_not_count(store: Store, channel: str) -> None:
    store.add([row(1, 1, rated(4), channel=channel)])
    assert kept(store) == []


def test_nothing_is_said_of_fewer_cars_than_enough(store: Store) -> None:
    for car in range(LEAST_CARS - 1):
        store.add([row(car, 1, rated(4)), row(car, 2, rated(5))])
    store.add([row(car, 3, rated(1, OTHER)) for car in range(3)])
    assert aggregate(store.database) == {}
    store.add([row(99, 1, rated(1))])
    mean = round((5 * (LEAST_CARS - 1) + 1) / LEAST_CARS, 1)
    assert aggregate(store.database) == {APP: Rating(mean=mean, count=LEAST_CARS)}
    store.add([row(99, 2, {"app": APP})])
    assert aggregate(store.database) == {}


def test_a_rating_is_forgotten_after_the_days_that_were_agreed_to(store: Store, fleet_database: str) -> None:
    store.add([row(1, 1, rated(4))])
    for days, left in ((RATING_DAYS - 2, 1), (RATING_DAYS + 2, 0)):
        keeper = Retention(store.database)
        while keeper.step(time.time_ns() + round(days * DAY_NS)):
            pass
        assert len(kept(store)) == left
        assert len(report.rows(fleet_database)) == left


def test_a_database_of_before_learns_of_ratings(store: Store, fleet_database: str) -> None:
    store.database.run("drop table app_rating")
    reader = Reader(fleet_database)
    assert aggregate(reader.database) == {}
    reader.close()
