# SPDX-License-Identifier: Apache-2.0
"""The fleet's side of features: what was ordered becomes one snapshot, with bundles taken apart and uses added up.

An order is JSON: {"days": 365, "grace_days": 30, "bundles": {"winter": [{"id": "seat.heating", "kind": "perpetual"}]},
"features": ["winter", {"id": "nav.premium", "kind": "term", "until": 1795000000, "transferable": true}],
"deny_epoch": 0}. A bundle is a list of features under a name; cars never see bundles.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ivi.cloud.entitlements.snapshot import MAX_FEATURES, MAX_GRACE, Feature, Snapshot, check_feature
from ivi.model.entitlements import FeatureKind
from ivi.model.errors import InvalidArgumentError

DAYS, GRACE_DAYS = 365, 30
SKEW_S = 3600  # a car's clock may be behind ours
MAX_DAYS = 3650
MAX_BUNDLES = 32
MAX_DENY_EPOCH = 1 << 31
_DAY = 86_400  # seconds
_FIELDS = {"id", "kind", "quota", "unit", "until", "transferable", "spent"}
_ORDER = {"days", "grace_days", "bundles", "features", "deny_epoch"}
_BETTER = (FeatureKind.TRIAL, FeatureKind.METERED, FeatureKind.TERM, FeatureKind.PERPETUAL)

type Bundles = Mapping[str, Sequence[Feature]]


@dataclass(frozen=True, slots=True)
class Order:
    """What one car shall have."""

    features: tuple[Feature, ...]
    """With the bundles taken apart."""
    days: int = DAYS
    """How long the car may go without a newer snapshot."""
    grace_days: int = GRACE_DAYS
    deny_epoch: int = 0


def parse_feature(entry: Any) -> Feature:  # noqa: ANN401  # whatever JSON holds
    """One feature of an order. Raises InvalidArgumentError, also for one that is about safety."""
    if not isinstance(entry, dict) or not {"id", "kind"} <= set(entry) <= _FIELDS:
        raise InvalidArgumentError(f"a feature has `id` and `kind`, and perhaps {', '.join(sorted(_FIELDS))}")
    try:
        kind = FeatureKind(entry["kind"])
    except ValueError as error:
        raise InvalidArgumentError(f"a feature's `kind` is one of {', '.join(FeatureKind)}") from error
    texts = {"id": entry["id"], "unit": entry.get("unit", "")}
    numbers = {name: entry.get(name, 0) for name in ("until", "quota", "spent")}
    transferable = entry.get("transferable", False)
    if not all(isinstance(text, str) for text in texts.values()) or not isinstance(transferable, bool):
        raise InvalidArgumentError("`id` and `unit` of a feature are texts, `transferable` is true or false")
    if not all(isinstance(number, int) and not isinstance(number, bool) for number in numbers.values()):
        raise InvalidArgumentError("`until` (seconds since 1970), `quota` and `spent` of a feature are whole numbers")
    made = Feature(kind=kind, transferable=transferable, **texts, **numbers)
    check_feature(made)
    return made


def parse_bundles(content: Any) -> dict[str, tuple[Feature, ...]]:  # noqa: ANN401  # whatever JSON holds
    """Bundles by name. Raises InvalidArgumentError."""
    if not isinstance(content, dict) or not all(isinstance(entries, list) for entries in content.values()):
        raise InvalidArgumentError("bundles are an object of lists of features")
    return {name: tuple(parse_feature(entry) for entry in entries) for name, entries in content.items()}


def parse_order(content: Any, bundles: Bundles | None = None) -> Order:  # noqa: ANN401  # whatever JSON holds
    """An order, with its bundles taken apart; `bundles` are those of the whole fleet. Raises InvalidArgumentError."""
    if not isinstance(content, dict) or not set(content) <= _ORDER:
        raise InvalidArgumentError(f"an order has {', '.join(sorted(_ORDER))} at most")
    entries = content.get("features", [])
    if not isinstance(entries, list):
        raise InvalidArgumentError("`features` is a list of features and names of bundles")
    named = [entry for entry in entries if isinstance(entry, str)]
    if len(named) > MAX_BUNDLES:
        raise InvalidArgumentError(f"an order names up to {MAX_BUNDLES} bundles, not {len(named)}")
    known = {**(bundles or {}), **parse_bundles(content.get("bundles", {}))}
    features = expand((parse_feature(entry) for entry in entries if not isinstance(entry, str)), named, known)
    days = _whole(content, "days", DAYS, 1, MAX_DAYS)
    grace = _whole(content, "grace_days", GRACE_DAYS, 0, MAX_GRACE // _DAY)
    return Order(features, days, grace, _whole(content, "deny_epoch", 0, 0, MAX_DENY_EPOCH))


def expand(features: Iterable[Feature], named: Sequence[str], bundles: Bundles) -> tuple[Feature, ...]:
    """Single features and those of bundles as one list by id, each once.

    One that is there more than once: bought beats rented, rented beats by use, that beats a trial; of two alike the
    later end counts, and quotas of a metered one add up. Raises InvalidArgumentError for an unknown bundle.
    """
    found: dict[str, Feature] = {}
    everything = list(features)
    for name in dict.fromkeys(named):
        if name not in bundles:
            raise InvalidArgumentError(f"there is no bundle `{name[:40]}`")
        everything.extend(bundles[name])
    for one in everything:
        found[one.id] = _better(found[one.id], one) if one.id in found else one
    if len(found) > MAX_FEATURES:
        raise InvalidArgumentError(f"a car has up to {MAX_FEATURES} features, not {len(found)}")
    return tuple(found[id_] for id_ in sorted(found))


def compose(
    vehicle: str, sequence: int, order: Order, *, issuer: str, now: float, spent: Mapping[str, int] | None = None
) -> Snapshot:
    """The snapshot of an order, to be signed with `sign_snapshot`.

    `now`: seconds since 1970. `spent`: units that there are receipts for, by feature (see `spent_of`).
    """
    issued = int(now)
    known = spent or {}
    features = tuple(
        replace(one, spent=max(one.spent, known.get(one.id, 0))) if one.kind is FeatureKind.METERED else one
        for one in order.features
    )
    return Snapshot(
        *(issuer, vehicle, sequence, issued, issued - SKEW_S),
        *(issued + order.days * _DAY, order.grace_days * _DAY, features, order.deny_epoch),
    )


def spent_of(receipts: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, int]:
    """Units by feature in receipts, each a feature and the content of its record `usage`."""
    total: dict[str, int] = {}
    for feature, data in receipts:
        amount = data.get("amount")
        if isinstance(amount, int) and not isinstance(amount, bool) and amount > 0:
            total[feature] = total.get(feature, 0) + amount
    return total


def for_next_owner(features: Iterable[Feature]) -> tuple[Feature, ...]:
    """What stays with the car when it is sold."""
    return tuple(one for one in features if one.transferable)


def _better(first: Feature, second: Feature) -> Feature:
    if first.kind is not second.kind:
        return max(first, second, key=lambda one: _BETTER.index(one.kind))
    longer = max(first, second, key=lambda one: (one.until or math.inf, one.transferable))
    if first.kind is FeatureKind.METERED and first.unit == second.unit:
        return replace(longer, quota=first.quota + second.quota)
    return longer if first.kind is not FeatureKind.TRIAL else max(first, second, key=lambda one: one.quota)


def _whole(content: Mapping[str, Any], name: str, default: int, least: int, most: int) -> int:
    value = content.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise InvalidArgumentError(f"`{name}` is a whole number from {least} to {most}")
    return value
