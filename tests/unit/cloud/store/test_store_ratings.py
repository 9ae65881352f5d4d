# SPDX-License-Identifier: Apache-2.0
"""Ratings in the catalogue: what is published of them, and what a car does with a catalogue that lies."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from store_lab import APP, Shopkeeper

from ivi.cli.app import ratings
from ivi.cloud.store import catalogue
from ivi.cloud.store.catalogue import LEAST_CARS, PATH, Rating
from ivi.fleet.appstore.publishing import LEAST_CHANGE
from ivi.model.errors import InvalidArgumentError, NotFoundError


def said(mean: float, count: int) -> dict[str, Rating]:
    return {APP: Rating(mean=mean, count=count)}


def shown(keeper: Shopkeeper) -> Rating | None:
    (entry,) = keeper.store.entries()
    return entry.rated


def catalogue_bytes(keeper: Shopkeeper) -> bytes:
    target = keeper.store.repository.targets()[PATH]
    return (keeper.store.repository.folder / "targets" / target.get_prefixed_paths()[0]).read_bytes()


def test_a_rating_of_enough_cars_is_published_and_stays_over_versions(keeper: Shopkeeper) -> None:
    keeper.publish("1.0.0")
    assert [entry.id for entry in keeper.store.rate(said(4.3, 128))] == [APP]
    assert shown(keeper) == Rating(mean=4.3, count=128)
    keeper.publish("1.1.0")
    assert shown(keeper) == Rating(mean=4.3, count=128)
    keeper.store.rate({})
    assert shown(keeper) is None


def test_of_too_few_cars_nothing_is_published(keeper: Shopkeeper) -> None:
    keeper.publish()
    assert keeper.store.rate(said(5.0, LEAST_CARS - 1)) == []
    assert shown(keeper) is None
    keeper.store.rate(said(5.0, LEAST_CARS))
    assert shown(keeper) == Rating(mean=5.0, count=LEAST_CARS)
    keeper.store.rate(said(5.0, LEAST_CARS - 1))
    assert shown(keeper) is None


def test_one_car_more_cannot_be_read_out_of_two_catalogues(keeper: Shopkeeper) -> None:
    keeper.publish()
    keeper.store.rate(said(4.0, 40))
    for cars in (41, 40 + LEAST_CHANGE - 1, 40 - LEAST_CHANGE + 1):
        assert keeper.store.rate(said(3.9, cars)) == []
    assert shown(keeper) == Rating(mean=4.0, count=40)
    keeper.store.rate(said(3.9, 40 + LEAST_CHANGE))
    assert shown(keeper) == Rating(mean=3.9, count=40 + LEAST_CHANGE)


def test_without_a_change_nothing_is_signed_anew(keeper: Shopkeeper) -> None:
    keeper.publish()
    keeper.store.rate(said(4.0, 40))
    before = catalogue_bytes(keeper)
    assert keeper.store.rate(said(4.0, 40) | {"com.partner.gone": Rating(mean=1.0, count=99)}) == []
    assert catalogue_bytes(keeper) == before


def test_a_rating_that_no_car_would_show_is_not_published(keeper: Shopkeeper) -> None:
    keeper.publish()
    with pytest.raises(InvalidArgumentError):
        keeper.store.rate(said(9.0, 40))
    assert shown(keeper) is None


@pytest.mark.parametrize(
    ("mean", "count"),
    [
        ("9", "40"), ("0.9", "40"), ("-1", "40"), ("1e400", "40"), ("4.25", "40"), ("NaN", "40"), ('"4.0"', "40"),
        ("4.0", "-1"), ("4.0", "0"), ("4.0", "1" + 30 * "0"), ("4.0", "1e30"), ("4.0", "20.5"), ("4.0", '"40"'),
        ("4.0", "null"), ("[]", "40"),
    ],
)  # fmt: skip
def test_a_catalogue_with_an_impossible_rating_is_refused(keeper: Shopkeeper, mean: str, count: str) -> None:
    keeper.publish()
    keeper.store.rate(said(4.0, 40))
    text = catalogue_bytes(keeper).decode()
    forged = text.replace('{"mean":4.0,"count":40}', f'{{"mean":{mean},"count":{count}}}')
    assert forged != text
    with pytest.raises(InvalidArgumentError, match="the catalogue"):
        catalogue.read(forged.encode())


def edited(keeper: Shopkeeper, edit: Callable[[dict[str, Any]], object]) -> bytes:
    document = json.loads(catalogue_bytes(keeper))
    edit(document["apps"][0])
    return json.dumps(document).encode()


def test_a_rating_of_too_few_cars_is_not_shown_whoever_signed_it(keeper: Shopkeeper) -> None:
    keeper.publish()
    (entry,) = catalogue.read(
        edited(keeper, lambda app: app.update(rating={"mean": 5.0, "count": LEAST_CARS - 1}))
    ).apps
    assert entry.rating == Rating(mean=5.0, count=LEAST_CARS - 1)
    assert entry.rated is None


def test_a_catalogue_of_a_store_without_ratings_is_read(keeper: Shopkeeper) -> None:
    keeper.publish()
    (entry,) = catalogue.read(edited(keeper, lambda app: app.pop("rating"))).apps
    assert entry.rated is None


def test_the_command_needs_a_database(keeper: Shopkeeper, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="there is no database"):
        ratings.main(["--repository", str(keeper.folder), "--db", str(tmp_path / "none.db")])
