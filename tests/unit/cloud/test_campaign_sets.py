# SPDX-License-Identifier: Apache-2.0
"""Sets of campaigns: their words, their signature, whom they are for, and what is refused by name."""

import contextlib
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from ivi.cloud import cose
from ivi.cloud.campaigns.campaign import Campaign, OnChange, Trigger, Windows, campaign_map, parse_campaign
from ivi.cloud.campaigns.condition import compile_condition
from ivi.cloud.campaigns.signed import CONTEXT, EVERY_CAR, sign_campaigns, verify_campaigns
from ivi.cloud.columns import Aggregate
from ivi.cloud.delivery import DataUse
from ivi.cloud.trust import Issuer, Role, Trust
from ivi.model.databroker import Deadband
from ivi.model.errors import InvalidArgumentError, PermissionDeniedError

KEY, OTHER = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
TRUST = Trust(
    [
        Issuer(b"c", Role.CAMPAIGNS, KEY.public_key(), "Fleet data office"),
        Issuer(b"f", Role.FLEET, OTHER.public_key(), "Fleet"),
    ]
)
USE = DataUse("diagnostics", "technical", "fleet", 30)
PLAIN: dict[str, Any] = {"id": "a", "signals": ["Vehicle.Speed"], "use": USE._asdict(), "period_ms": 100}
NOW = 1_790_000_000_000


def signed(entries: Any = (PLAIN,), *, kid: bytes = b"c", key: Ed25519PrivateKey = KEY, **other: Any) -> bytes:  # noqa: ANN401  # whatever an issuer may send
    """A set, also one that sign_campaigns would not make."""
    content = {"vehicle": "car-1", "version": 3, "expires_ms": NOW + 1000, "campaigns": entries} | other
    return cose.sign(content, kid, key, CONTEXT)


def nested(depth: int) -> list[Any]:
    """A list in a list in a list."""
    return [nested(depth - 1)] if depth else []


@pytest.mark.parametrize(
    "campaign",
    [
        Campaign("a", ("Vehicle.Speed", "Vehicle.Chassis.**"), USE, period_ms=100, priority=9, budget=1 << 20),
        Campaign("b", ("Vehicle.Speed",), USE, on_change=OnChange(Deadband(0.5, 2.0), 10.0), from_ms=5, until_ms=6),
        Campaign(
            "c",
            ("Vehicle.Speed",),
            USE,
            on_change=OnChange(),
            when=compile_condition("Vehicle.Speed > 3"),
            trigger=Trigger(5000, 2000),
        ),
        Campaign(
            "d",
            ("Vehicle.Speed",),
            USE,
            period_ms=1000,
            windows=Windows(60_000, (Aggregate.MEAN, Aggregate.HISTOGRAM), (0.0, 50.0, 100.0)),
        ),
    ],
)
def test_a_campaign_comes_to_the_car_as_the_fleet_made_it(campaign: Campaign) -> None:
    """Signed, verified, and with every word."""
    message = sign_campaigns([campaign], vehicle="car-1", version=1, expires_ms=NOW + 1, kid=b"c", key=KEY)
    made = verify_campaigns(message, TRUST, "car-1", NOW)
    assert campaign_map(made.campaigns[0]) == campaign_map(campaign)
    assert (made.version, made.issuer, made.refused) == (1, "Fleet data office", ())


def test_a_set_for_every_car_is_for_this_one() -> None:
    """And an empty set is one too: it ends what was."""
    message = sign_campaigns([], vehicle=EVERY_CAR, version=9, expires_ms=NOW + 1, kid=b"c", key=KEY)
    assert verify_campaigns(message, TRUST, "car-7", NOW).campaigns == ()


def test_a_bad_campaign_does_not_take_the_others_along() -> None:
    """It is named with its reason; so is one whose id is there twice."""
    made = verify_campaigns(signed([PLAIN, PLAIN | {"id": "b", "period_ms": 1}, PLAIN, 7]), TRUST, "car-1", NOW)
    assert [campaign.id for campaign in made.campaigns] == ["a"]
    assert [one.id for one in made.refused] == ["b", "a", "campaign number 4"]
    assert "period_ms" in made.refused[0].why


@pytest.mark.parametrize(
    ("message", "why"),
    [
        (b"", "CBOR"),
        (b"nonsense", "CBOR"),
        (signed()[:-1], "CBOR"),
        (signed()[:-1] + bytes((signed()[-1] ^ 1,)), "signature"),
        (signed(key=OTHER), "signature"),
        (signed(kid=b"f", key=OTHER), "not known"),
        (signed(kid=b"x"), "not known"),
        (cose.sign({}, b"c", KEY, b"ivi-command-1"), "signature"),
        (signed(vehicle="car-2"), "car-2"),
        (signed(expires_ms=NOW), "expired"),
        (signed(version=0), "version"),
        (signed(version=True), "version"),
        (signed(version=1 << 60), "version"),
        (signed(note="x"), "version"),
        (signed([PLAIN] * 65), "64"),
        (signed("campaigns"), "version"),
        (cose.sign([1], b"c", KEY, CONTEXT), "version"),
        (cose.sign(nested(40), b"c", KEY, CONTEXT), "CBOR"),
        (bytes(200 << 10), "limit"),
    ],
)
def test_what_is_no_set_for_this_car_is_refused(message: bytes, why: str) -> None:
    """Forged, altered, for another purpose or car, by another role, expired, malformed, oversized."""
    with pytest.raises((InvalidArgumentError, PermissionDeniedError), match=why):
        verify_campaigns(message, TRUST, "car-1", NOW)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"id": ""}, "id"),
        ({"id": "a/b"}, "id"),
        ({"id": 7}, "id"),
        ({"signals": []}, "signals"),
        ({"signals": ["Vehicle.Speed"] * 257}, "signals"),
        ({"signals": ["Vehicle..Speed"]}, "signals"),
        ({"signals": [7]}, "signals"),
        ({"signals": "Vehicle.Speed"}, "signals"),
        ({"use": {}}, "purpose"),
        ({"use": USE._asdict() | {"purpose": "a.b"}}, "purpose"),
        ({"use": USE._asdict() | {"retention_days": -1}}, "retention_days"),
        ({"use": USE._asdict() | {"why": "x"}}, "why"),
        ({"period_ms": 9}, "period_ms"),
        ({"period_ms": True}, "period_ms"),
        ({"period_ms": 1.5}, "period_ms"),
        ({"on_change": {}}, "period_ms"),
        ({"period_ms": None}, "period_ms"),
        ({"on_change": {"absolute": -1}}, "absolute"),
        ({"on_change": {"absolute": float("nan")}}, "absolute"),
        ({"on_change": {"max_hz": "fast"}}, "max_hz"),
        ({"when": "import os"}, "condition"),
        ({"when": 1}, "when"),
        ({"trigger": {"before_ms": 1, "after_ms": 1}}, "trigger"),
        ({"trigger": {"before_ms": 600_001}, "when": "true"}, "before_ms"),
        ({"trigger": {}, "when": "true", "windows": {"window_ms": 1000, "what": ["min"]}}, "windows"),
        ({"windows": {"window_ms": 1000, "what": []}}, "what"),
        ({"windows": {"window_ms": 1000, "what": ["median"]}}, "what"),
        ({"windows": {"window_ms": 1000, "what": ["histogram"]}}, "bounds"),
        ({"windows": {"window_ms": 1000, "what": ["histogram"], "bounds": [2, 1]}}, "bounds"),
        ({"windows": {"window_ms": 1000, "what": ["histogram"], "bounds": [float("inf")]}}, "bounds"),
        ({"windows": {"window_ms": 1000, "what": ["min"], "bounds": [1]}}, "bounds"),
        ({"windows": {"what": ["min"]}}, "window_ms"),
        ({"from_ms": 10, "until_ms": 10}, "until_ms"),
        ({"priority": 10}, "priority"),
        ({"budget": 0}, "budget"),
        ({"budget": -5}, "budget"),
        ({"urgency": 1}, "urgency"),
    ],
)
def test_words_that_cannot_be_used(change: dict[str, Any], why: str) -> None:
    """Each names the word."""
    with pytest.raises(InvalidArgumentError, match=why):
        parse_campaign(PLAIN | change)


def test_the_fleet_end_does_not_sign_what_no_car_would_take() -> None:
    """So that a slip is seen where it can be mended."""
    twice = [parse_campaign(PLAIN)] * 2
    with pytest.raises(InvalidArgumentError, match="campaign a"):
        sign_campaigns(twice, vehicle="car-1", version=1, expires_ms=NOW, kid=b"c", key=KEY)
    with pytest.raises(InvalidArgumentError):
        sign_campaigns([], vehicle="car-1", version=0, expires_ms=NOW, kid=b"c", key=KEY)


junk = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.binary(max_size=5)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None, max_examples=300)
@given(
    st.dictionaries(
        st.sampled_from(
            ["id", "signals", "use", "period_ms", "on_change", "when", "trigger", "windows", "priority", "budget", "x"]
        ),
        junk,
    )
)
def test_any_map_is_refused_or_parsed(change: dict[str, Any]) -> None:
    """Nothing else is raised."""
    with contextlib.suppress(InvalidArgumentError):
        parse_campaign(PLAIN | change)


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=300), st.integers(0, 1 << 16), st.integers(0, 255))
def test_any_bytes_are_refused(noise: bytes, place: int, byte: int) -> None:
    """Noise, and a proper message with one byte changed: nothing but our errors, and never a set."""
    good = bytearray(signed())
    changed = good[place % len(good)] != byte
    good[place % len(good)] = byte
    for message in (noise, *((bytes(good),) if changed else ())):
        with pytest.raises((InvalidArgumentError, PermissionDeniedError)):
            verify_campaigns(message, TRUST, "car-1", NOW)
