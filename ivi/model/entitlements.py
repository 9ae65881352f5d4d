# SPDX-License-Identifier: Apache-2.0
"""Features that are bought, rented or tried: their states, and the messages by which those on board ask for them."""

from enum import StrEnum

import msgspec


class FeatureKind(StrEnum):
    """How a feature is had."""

    PERPETUAL = "perpetual"
    """Bought once; it does not run out, however long the car is offline."""
    TERM = "term"
    """Until a date."""
    TRIAL = "trial"
    """For some days from the first use."""
    METERED = "metered"
    """Paid by use, up to a quota."""


class FeatureState(StrEnum):
    """Where a feature stands."""

    ACTIVE = "active"
    GRACE = "grace"
    """It has run out and goes on for some days, so that the car can reach the fleet."""
    LOCKED = "locked"
    NOT_OFFERED = "not_offered"
    """No snapshot of this car ever named it; there is nothing to lock."""
    NEVER_GATED = "never_gated"
    """It is about safety: always there, whatever anybody signs."""


class ListFeatures(msgspec.Struct, array_like=True, frozen=True, tag="list_features"):
    """All features of this car; answered by FeatureList."""


class SubscribeFeatures(msgspec.Struct, array_like=True, frozen=True, tag="subscribe_features"):
    """Opens a stream of FeatureList: what is there now, then again whenever it changes."""


class CheckFeature(msgspec.Struct, array_like=True, frozen=True, tag="check_feature"):
    """May this feature be offered now? Answered by FeatureView; it starts no trial and counts nothing."""

    id: str


class UseFeature(msgspec.Struct, array_like=True, frozen=True, tag="use_feature"):
    """It is used now: starts a trial, counts a metered one. Answered by FeatureUsed when that is on the disk.

    Errors: permission_denied when it is locked, resource_exhausted over the quota, not_found when it is not offered.
    """

    id: str
    amount: int = 1
    """Units of a metered feature."""
    key: str = ""
    """A name of this one use, up to 64 characters: asked again with it, it is not counted again."""


class LeaveFeature(msgspec.Struct, array_like=True, frozen=True, tag="leave_feature"):
    """The owner ends a feature with a term; it goes on to the end of what is paid. Answered by FeatureView.

    The fleet is told. Errors: not_found, invalid_argument for one that has no term to leave.
    """

    id: str
    leave: bool = True
    """False takes it back, as long as the term lasts."""


type Request = ListFeatures | SubscribeFeatures | CheckFeature | UseFeature | LeaveFeature


class FeatureView(msgspec.Struct, array_like=True, frozen=True, tag="feature"):
    """One feature for people and for those who offer it."""

    id: str
    state: FeatureState
    allowed: bool
    """Whether it may be offered now. A feature that ran out on the way stays so until the car is parked."""
    why: str
    """The state in plain words."""
    kind: FeatureKind | None = None
    until_ms: int = 0
    """When it runs out, milliseconds since 1970 by the car's trusted clock; 0 for never or not known."""
    quota: int = 0
    """Units of a metered feature in all; days of a trial."""
    left: int = 0
    """Units of a metered feature that are left."""
    unit: str = ""
    transferable: bool = False
    """Whether the next owner of the car keeps it."""
    leaving: bool = False
    """The owner has ended it; it goes on until `until_ms`."""


class FeatureList(msgspec.Struct, array_like=True, frozen=True, tag="features"):
    """All features of this car, by id."""

    features: list[FeatureView]
    sequence: int
    """Of the snapshot; 0 while the car has none."""
    expires_ms: int
    """When the snapshot should have been replaced by a newer one."""


class FeatureUsed(msgspec.Struct, array_like=True, frozen=True, tag="feature_used"):
    """What a use did."""

    feature: FeatureView
    counter: int
    """Of the receipt; 0 when there was nothing to count."""
    repeated: bool = False
    """The use had this key before, and was not counted again."""


type Answer = FeatureList | FeatureView | FeatureUsed
