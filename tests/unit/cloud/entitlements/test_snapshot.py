# SPDX-License-Identifier: Apache-2.0
"""Snapshots as both ends write and read them: small, of one form, and refused at every altered bit."""

from dataclasses import replace
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from ivi.cloud.cose import sign
from ivi.cloud.entitlements.never_gated import never_gated
from ivi.cloud.entitlements.snapshot import (
    CONTEXT,
    MAX_BYTES,
    MAX_FEATURES,
    Feature,
    Snapshot,
    check_feature,
    open_snapshot,
    sign_snapshot,
)
from ivi.model.entitlements import FeatureKind
from ivi.model.errors import InvalidArgumentError, IviError, PermissionDeniedError
from tests.unit.cloud.entitlements.entitled_car import DAY, FEATURES, KEY, KID, NOW, SNAPSHOT, signed

KEYS = {KID: KEY.public_key()}


def claims(**changes: Any) -> dict[int, Any]:  # noqa: ANN401  # whatever a stranger signs
    """The content of a snapshot, some of it changed, by names of this test."""
    made: dict[int, Any] = {
        1: "fleet", 2: "car-1", 4: NOW + DAY, 5: NOW, 6: NOW,
        -65537: 0, -65538: 1, -65540: [["nav.premium", 0]], -65541: 0,
    }  # fmt: skip
    numbers = {"exp": 4, "nbf": 5, "grace": -65537, "seq": -65538, "features": -65540, "vehicle": 2, "epoch": -65541}
    return made | {numbers[name]: value for name, value in changes.items()}


def packed(content: object) -> bytes:
    """It, under the right signature."""
    return sign(content, KID, KEY, CONTEXT)


def test_what_is_signed_is_what_is_read() -> None:
    """With all kinds of features."""
    opened = open_snapshot(signed(), KEYS)
    assert opened.snapshot == SNAPSHOT
    assert opened.refused == {}
    assert opened.kid == KID


def test_three_features_take_at_most_250_bytes() -> None:
    """With a vehicle id as long as a VIN."""
    message = signed(vehicle="WVWZZZ1KZAW000123", features=FEATURES[1:])
    assert len(message) <= 250


def test_any_altered_bit_is_refused() -> None:
    """Every bit of the message, and every shorter form of it."""
    message = signed()
    for place in range(len(message) * 8):
        bad = bytearray(message)
        bad[place // 8] ^= 1 << place % 8
        with pytest.raises((InvalidArgumentError, PermissionDeniedError)):
            open_snapshot(bytes(bad), KEYS)
    for length in range(len(message)):
        with pytest.raises((InvalidArgumentError, PermissionDeniedError)):
            open_snapshot(message[:length], KEYS)


def test_forged_ones_are_refused() -> None:
    """Another key, an unknown key id, no key at all, and what was signed for another purpose."""
    with pytest.raises(PermissionDeniedError, match="does not match"):
        open_snapshot(sign_snapshot(SNAPSHOT, KID, Ed25519PrivateKey.generate()), KEYS)
    with pytest.raises(PermissionDeniedError, match="not known"):
        open_snapshot(sign_snapshot(SNAPSHOT, b"99", KEY), KEYS)
    with pytest.raises(PermissionDeniedError, match="not known"):
        open_snapshot(signed(), {})
    with pytest.raises(PermissionDeniedError, match="does not match"):
        open_snapshot(sign(claims(), KID, KEY, b"ivi-command-1"), KEYS)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"vehicle": ""}, "vehicle"),
        ({"vehicle": "x" * 65}, "vehicle"),
        ({"seq": 0}, "sequence"),
        ({"seq": 1 << 60}, "sequence"),
        ({"seq": True}, "sequence"),
        ({"seq": 1.5}, "sequence"),
        ({"exp": NOW}, "ends before"),
        ({"exp": NOW + 11 * 366 * DAY}, "ten years"),
        ({"grace": 91 * DAY}, "grace"),
        ({"grace": -1}, "grace"),
        ({"epoch": None}, "deny epoch"),
        ({"features": {}}, "features"),
        ({"features": [["nav.premium", 0]] * 2}, "twice"),
        ({"features": [[f"f{number}", 0] for number in range(MAX_FEATURES + 1)]}, "features"),
        ({"features": [["nav.premium"]]}, "two to seven"),
        ({"features": [["nav.premium", 0, False, 0, 0, "", 0, 0]]}, "two to seven"),
        ({"features": ["nav.premium"]}, "two to seven"),
        ({"features": [["nav.premium", 4]]}, "kind"),
        ({"features": [["nav.premium", -1]]}, "kind"),
        ({"features": [["Nav Premium", 0]]}, "no id"),
        ({"features": [["n" * 49, 0]]}, "no id"),
        ({"features": [["nav.premium", 0, 1]]}, "wrong type"),
        ({"features": [["nav.premium", 0, False, 5]]}, "has an end"),
        ({"features": [["nav.premium", 2]]}, "quota"),
        ({"features": [["nav.premium", 2, False, 0, 400]]}, "quota"),
        ({"features": [["nav.premium", 3, False, 0, 9]]}, "no unit"),
        ({"features": [["nav.premium", 3, False, 0, 9, "k\n"]]}, "unit"),
        ({"features": [["nav.premium", 1, False, -5]]}, "end of a feature"),
        ({"features": [["nav.premium", 1, False, "soon"]]}, "end of a feature"),
    ],
)
def test_signed_nonsense_is_refused_with_its_reason(change: dict[str, Any], text: str) -> None:
    """A right signature excuses nothing."""
    with pytest.raises(InvalidArgumentError, match=text):
        open_snapshot(packed(claims(**change)), KEYS)


def test_other_claims_are_refused() -> None:
    """One too many, one too few, none."""
    expiry = 4
    few = {key: value for key, value in claims().items() if key != expiry}
    strange: list[object] = [claims() | {99: 1}, few, [], None, 7]
    for content in strange:
        with pytest.raises(InvalidArgumentError, match="claims"):
            open_snapshot(packed(content), KEYS)


def test_the_oversized_and_the_deep_are_refused_unread() -> None:
    """Before any signature is looked at."""
    with pytest.raises(InvalidArgumentError, match="limit"):
        open_snapshot(signed() + b"\0" * MAX_BYTES, KEYS)
    with pytest.raises(InvalidArgumentError):
        open_snapshot(b"\x81" * 4000 + b"\x00", KEYS)
    deep: Any = 0
    for _ in range(30):
        deep = [deep]
    with pytest.raises(InvalidArgumentError):
        open_snapshot(packed(claims(features=deep)), KEYS)
    many = tuple(Feature(f"{'n' * 44}{number:03}", FeatureKind.METERED, True, 1 << 50, 1 << 50, "u" * 12, 1 << 50)
                 for number in range(MAX_FEATURES))  # fmt: skip
    with pytest.raises(InvalidArgumentError, match="limit"):
        signed(features=many)


def test_what_no_car_takes_is_not_signed() -> None:
    """The same rules hold where it is issued."""
    for change in ({"sequence": 0}, {"expiry": NOW - 100}, {"features": (FEATURES[0], FEATURES[0])}):
        with pytest.raises(InvalidArgumentError):
            signed(**change)


GATED = ("nav.premium", "media.hifi", "seat.heating", "charging.plan", "park.assist", "camera.dashcam", "key.digital")
NEVER = (
    "airbag", "airbag.front", "brake.boost", "abs", "ecall", "ecall.plus", "sos.call", "horn", "hazard.flash",
    "wiper.rain", "headlight.matrix", "seat.belt.reminder", "windshield.defrost", "mirror.fold", "door.unlock",
    "child.childlock", "tpms", "steering.assist", "beam.adaptive", "battery.thermal", "collision.warning",
    "speed.warning", "Vehicle.ADAS.ABS.IsEnabled", "Vehicle.Body.Lights.Hazard.IsSignaling", "powertrain.torque",
)  # fmt: skip


@pytest.mark.parametrize("feature", NEVER)
def test_safety_is_never_gated(feature: str) -> None:
    """Neither signed nor taken."""
    assert never_gated(feature)
    with pytest.raises(InvalidArgumentError):
        check_feature(Feature(feature, FeatureKind.PERPETUAL))


@pytest.mark.parametrize("feature", GATED)
def test_comfort_may_be_gated(feature: str) -> None:
    """It is sold."""
    assert never_gated(feature) is None
    check_feature(Feature(feature, FeatureKind.PERPETUAL))


def test_a_car_leaves_out_what_can_never_be_gated() -> None:
    """And keeps the rest, with the reason for each that it left out."""
    content = claims(features=[["nav.premium", 0], ["brake.boost", 1], ["horn", 0]])
    opened = open_snapshot(packed(content), KEYS)
    assert [one.id for one in opened.snapshot.features] == ["nav.premium"]
    assert set(opened.refused) == {"brake.boost", "horn"}
    assert "safety" in opened.refused["brake.boost"]


IDS = st.from_regex(r"[a-z0-9]{1,8}(\.[a-z0-9]{1,8}){0,3}", fullmatch=True).filter(lambda id_: never_gated(id_) is None)
TIMES = st.integers(1, 1 << 40)
BOUGHT = st.builds(Feature, IDS, st.just(FeatureKind.PERPETUAL), st.booleans())
RENTED = st.builds(Feature, IDS, st.just(FeatureKind.TERM), st.booleans(), TIMES)
TRIED = st.builds(Feature, IDS, st.just(FeatureKind.TRIAL), st.booleans(), TIMES, st.integers(1, 366))
COUNTED = st.builds(
    Feature, IDS, st.just(FeatureKind.METERED), st.booleans(), TIMES, TIMES, st.sampled_from(["kWh", "km", "€"]), TIMES
)
LISTS = st.lists(st.one_of(BOUGHT, RENTED, TRIED, COUNTED), max_size=6, unique_by=lambda one: one.id)


@settings(max_examples=60, deadline=None)
@given(LISTS, TIMES, st.integers(0, 90 * DAY), st.integers(0, 1 << 31))
def test_every_snapshot_survives_the_way(features: list[Feature], sequence: int, grace: int, epoch: int) -> None:
    """Whatever is sold."""
    made = Snapshot("fleet", "car", sequence, NOW, NOW, NOW + DAY, grace, tuple(features), epoch)
    assert open_snapshot(sign_snapshot(made, KID, KEY), KEYS).snapshot == made


PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.binary(max_size=5))
NESTED = st.recursive(
    PLAIN, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.integers(-9, 9), inner, max_size=4))
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=300), NESTED))
def test_nonsense_is_refused_and_nothing_else_happens(content: object) -> None:
    """As bytes, and signed."""
    raw = content if isinstance(content, bytes) else cbor2.dumps(content)
    for message in (raw, packed(content)):
        with pytest.raises(IviError):
            open_snapshot(message, KEYS)


def test_a_rank_is_the_deny_epoch_and_then_the_sequence() -> None:
    """A withdrawal of many outranks any sequence."""
    assert replace(SNAPSHOT, deny_epoch=1, sequence=1).rank > replace(SNAPSHOT, sequence=99).rank
