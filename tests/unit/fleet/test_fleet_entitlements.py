# SPDX-License-Identifier: Apache-2.0
"""Orders of features at the fleet's end: bundles are taken apart, doubles merged, and what no car takes is refused."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ivi.cloud.entitlements.snapshot import Feature, open_snapshot, sign_snapshot
from ivi.fleet.entitlements import (
    compose,
    expand,
    for_next_owner,
    parse_bundles,
    parse_feature,
    parse_order,
    spent_of,
)
from ivi.model.entitlements import FeatureKind
from ivi.model.errors import InvalidArgumentError

NOW = 1_900_000_000
WINTER = {
    "winter": [
        {"id": "seat.heating", "kind": "perpetual", "transferable": True},
        {"id": "charging.plan", "kind": "metered", "quota": 100, "unit": "kWh"},
    ],
    "travel": [
        {"id": "nav.premium", "kind": "term", "until": NOW + 100},
        {"id": "charging.plan", "kind": "metered", "quota": 50, "unit": "kWh"},
        {"id": "seat.heating", "kind": "trial", "quota": 14},
    ],
}


def test_an_order_with_bundles_becomes_one_snapshot() -> None:
    """Each feature once: bought beats tried, quotas add up; the car reads what the fleet has signed."""
    order = parse_order(
        {"days": 30, "grace_days": 7, "bundles": {"travel": WINTER["travel"]}, "features": [
            "winter", "travel", {"id": "nav.premium", "kind": "term", "until": NOW + 500}, "winter"
        ]},
        parse_bundles({"winter": WINTER["winter"]}),
    )  # fmt: skip
    receipts: list[tuple[str, dict[str, Any]]] = [
        ("charging.plan", {"amount": 30}), ("charging.plan", {"amount": 5}), ("park.assist", {"amount": 0})
    ]  # fmt: skip
    snapshot = compose("car", 4, order, issuer="fleet", now=NOW + 0.7, spent=spent_of(receipts))
    key = Ed25519PrivateKey.generate()
    assert open_snapshot(sign_snapshot(snapshot, b"k", key), {b"k": key.public_key()}).snapshot == snapshot
    assert (snapshot.expiry, snapshot.grace) == (NOW + 30 * 86_400, 7 * 86_400)
    assert snapshot.features == (
        Feature("charging.plan", FeatureKind.METERED, quota=150, unit="kWh", spent=35),
        Feature("nav.premium", FeatureKind.TERM, until=NOW + 500),
        Feature("seat.heating", FeatureKind.PERPETUAL, transferable=True),
    )
    assert [one.id for one in for_next_owner(snapshot.features)] == ["seat.heating"]


def test_of_two_alike_the_better_counts() -> None:
    """In whichever order they come."""
    short, long = Feature("a", FeatureKind.TERM, until=5), Feature("a", FeatureKind.TERM, until=9)
    endless = Feature("a", FeatureKind.TERM)
    assert expand([short, long], [], {}) == expand([long, short], [], {}) == (long,)
    assert expand([long, endless], [], {}) == (endless,)
    week, month = Feature("a", FeatureKind.TRIAL, quota=7), Feature("a", FeatureKind.TRIAL, quota=30)
    assert expand([month, week], [], {}) == (month,)


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ({"id": "horn", "kind": "term"}, "safety"),
        ({"id": "brake.boost", "kind": "perpetual"}, "safety"),
        ({"id": "nav", "kind": "rented"}, "kind"),
        ({"id": "nav"}, "`id` and `kind`"),
        ({"id": "nav", "kind": "term", "price": 9}, "perhaps"),
        ({"id": 7, "kind": "term"}, "texts"),
        ({"id": "nav", "kind": "term", "until": "2030"}, "whole numbers"),
        ({"id": "nav", "kind": "term", "transferable": 1}, "true or false"),
        ({"id": "Nav!", "kind": "term"}, "no id"),
        ({"id": "nav", "kind": "metered", "quota": 5}, "unit"),
        ([], "`id` and `kind`"),
    ],
)
def test_bad_features_are_refused(entry: object, text: str) -> None:
    """With the reason."""
    with pytest.raises(InvalidArgumentError, match=text):
        parse_feature(entry)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ([], "an order has"),
        ({"price": 1}, "an order has"),
        ({"days": 0}, "days"),
        ({"days": True}, "days"),
        ({"grace_days": 91}, "grace_days"),
        ({"deny_epoch": -1}, "deny_epoch"),
        ({"bundles": ["winter"]}, "bundles"),
        ({"features": ["winter"] * 33}, "up to 32"),
        ({"features": ["summer"]}, "no bundle"),
        ({"features": {}}, "features"),
        ({"features": [7]}, "`id` and `kind`"),
        ({"features": [{"id": f"f{number}", "kind": "term"} for number in range(129)]}, "up to 128"),
    ],
)
def test_bad_orders_are_refused(content: object, text: str) -> None:
    """With the reason."""
    with pytest.raises(InvalidArgumentError, match=text):
        parse_order(content, parse_bundles(WINTER))


def test_bad_bundles_are_refused() -> None:
    """Those with safety in them too."""
    bad: list[object] = [[], {"a": {}}, {"a": [{"id": "airbag", "kind": "term"}]}]
    for content in bad:
        with pytest.raises(InvalidArgumentError):
            parse_bundles(content)
