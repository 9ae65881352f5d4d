# SPDX-License-Identifier: Apache-2.0
"""What a feature's terms say at a moment: active, in grace, or run out. When a lock may fall is not said here."""

import time
from dataclasses import dataclass
from typing import NamedTuple

from ivi.cloud.entitlements.snapshot import Feature, Snapshot
from ivi.model.entitlements import FeatureKind, FeatureState

DAY = 86_400  # seconds


@dataclass(frozen=True, slots=True)
class Use:
    """What the car remembers of a feature."""

    feature: str
    counter: int = 0
    """Of the newest receipt; 0 before the first."""
    used: int = 0
    """Units of all receipts."""
    started: int = 0
    """When its trial began, seconds since 1970; 0 before."""
    leaving: int = 0
    """Until when it goes on although the owner has ended it, seconds since 1970; 0: he has not."""
    open: bool = False
    """It was there for the driver, and was not locked since."""


class Verdict(NamedTuple):
    """What the terms say."""

    state: FeatureState
    why: str
    until: int = 0
    """Seconds since 1970; 0 for never or not known."""
    left: int = 0
    """Units of a metered feature."""


def judge(snapshot: Snapshot, feature: Feature, use: Use, now: float) -> Verdict:
    """The state of a feature at `now`, seconds since 1970 by the trusted clock."""
    if feature.kind is FeatureKind.PERPETUAL:
        return Verdict(FeatureState.ACTIVE, "it is yours for good")
    if use.leaving:
        return _leaving(use, _left(feature, use), now)
    if feature.kind is FeatureKind.TRIAL:
        return _trial(snapshot, feature, use, now)
    if feature.kind is FeatureKind.METERED and _left(feature, use) == 0:
        why = f"all of the {feature.quota} {feature.unit} are used"
        return Verdict(FeatureState.LOCKED, why, min(feature.until or snapshot.expiry, snapshot.expiry))
    return _dated(snapshot, feature, use, now)


def day(seconds: float) -> str:
    """A date for people."""
    return time.strftime("%Y-%m-%d", time.gmtime(seconds))


def _left(feature: Feature, use: Use) -> int:
    if feature.kind is not FeatureKind.METERED:
        return 0
    return max(0, feature.quota - max(use.used, feature.spent))


def _leaving(use: Use, left: int, now: float) -> Verdict:
    if now < use.leaving:
        why = f"you have ended it; it goes on until {day(use.leaving)}"
        return Verdict(FeatureState.ACTIVE, why, use.leaving, left)
    return Verdict(FeatureState.LOCKED, "you have ended it", use.leaving)


def _trial(snapshot: Snapshot, feature: Feature, use: Use, now: float) -> Verdict:
    if not use.started:
        if feature.until and now >= feature.until:
            return Verdict(FeatureState.LOCKED, "the time to begin this trial is over", feature.until)
        dated = _dated(snapshot, feature, use, now)
        why = f"the trial of {feature.quota} days begins with the first use"
        return dated if dated.state is FeatureState.LOCKED else Verdict(FeatureState.ACTIVE, why)
    end = use.started + feature.quota * DAY
    if now >= end:
        return Verdict(FeatureState.LOCKED, f"the trial ended on {day(end)}", end)
    return Verdict(FeatureState.ACTIVE, f"the trial ends on {day(end)}", end)


def _dated(snapshot: Snapshot, feature: Feature, use: Use, now: float) -> Verdict:
    own = bool(feature.until) and feature.until <= snapshot.expiry
    end, left = feature.until if own else snapshot.expiry, _left(feature, use)
    what = "it has run out" if own else "the car has not heard of the fleet for long"
    if now < end:
        return Verdict(FeatureState.ACTIVE, f"until {day(end)}", end, left)
    last = end + snapshot.grace
    if now < last:
        return Verdict(FeatureState.GRACE, f"{what}; it goes on until {day(last)}", last, left)
    return Verdict(FeatureState.LOCKED, f"{what}, since {day(end)}", end, left)
