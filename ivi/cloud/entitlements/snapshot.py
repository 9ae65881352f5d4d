# SPDX-License-Identifier: Apache-2.0
"""The snapshot of all that one car is entitled to: a COSE_Sign1 of few bytes, as both ends write and read it.

Claims have the numbers of CBOR Web Tokens (RFC 8392, 3.1) where there are any, and numbers for private use otherwise.
A snapshot replaces the one before: what it does not name is withdrawn.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ivi.cloud.cose import sign, verify
from ivi.cloud.entitlements.never_gated import never_gated
from ivi.model.entitlements import FeatureKind
from ivi.model.errors import InvalidArgumentError

CONTEXT = b"ivi-entitlement-1"
MAX_BYTES = 8192
MAX_FEATURES = 128
MAX_ID = 48  # characters of a feature's id
MAX_UNIT = 12  # characters
MAX_NAME = 64  # characters of an issuer or a vehicle
MAX_GRACE = 90 * 86_400  # seconds
MAX_LIFETIME = 10 * 366 * 86_400  # seconds from the issue to the expiry
MAX_TRIAL = 366  # days
MAX_NUMBER = 1 << 53  # what every language's numbers hold exactly

_ISS, _SUB, _EXP, _NBF, _IAT = 1, 2, 4, 5, 6
_GRACE, _SEQUENCE, _FEATURES, _DENY_EPOCH = -65537, -65538, -65540, -65541
_CLAIMS = {_ISS, _SUB, _EXP, _NBF, _IAT, _GRACE, _SEQUENCE, _FEATURES, _DENY_EPOCH}
_KINDS = (FeatureKind.PERPETUAL, FeatureKind.TERM, FeatureKind.TRIAL, FeatureKind.METERED)
_ID = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_DEFAULTS: tuple[object, ...] = ("", 0, False, 0, 0, "", 0)
"""What a feature's list need not say at its end."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature as it was sold."""

    id: str
    kind: FeatureKind
    transferable: bool = False
    """Whether the next owner of the car keeps it."""
    until: int = 0
    """When it runs out, seconds since 1970; 0: with the snapshot, and never for a perpetual one."""
    quota: int = 0
    """Units that may be used in all, ever (metered); days from the first use (trial)."""
    unit: str = ""
    """What a metered feature is counted in."""
    spent: int = 0
    """Units that the fleet has receipts for, so that a car that lost its memory does not begin at 0."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that one car is entitled to."""

    issuer: str
    vehicle: str
    sequence: int
    """Grows with each snapshot of a car; an older one is never taken again."""
    issued: int
    """Seconds since 1970, like the next two."""
    not_before: int
    expiry: int
    """When the car should have a newer one."""
    grace: int
    """Seconds that features go on after they have run out."""
    features: tuple[Feature, ...]
    deny_epoch: int = 0
    """Grows when a key or many snapshots are withdrawn: those of a smaller one count no more."""

    @property
    def rank(self) -> tuple[int, int]:
        """The higher one wins."""
        return self.deny_epoch, self.sequence

    def feature(self, id_: str) -> Feature | None:
        """The feature with this id."""
        return next((one for one in self.features if one.id == id_), None)


class Opened(NamedTuple):
    """A snapshot whose signature is right."""

    snapshot: Snapshot
    refused: dict[str, str]
    """Features in it that are about safety and so were left out, with the reason."""
    kid: bytes


def check_feature(one: Feature) -> None:
    """Raises InvalidArgumentError for a feature that no car takes, be it about safety or malformed."""
    _check_shape(one)
    if (why := never_gated(one.id)) is not None:
        raise InvalidArgumentError(
            f"`{one.id}` can never be gated: `{why}` is about safety", hint="give the feature to every car"
        )


def sign_snapshot(snapshot: Snapshot, kid: bytes, key: Ed25519PrivateKey) -> bytes:
    """The message for `v1/<vehicle>/down/ent`. Raises InvalidArgumentError for what no car takes."""
    for one in snapshot.features:
        check_feature(one)
    message = sign(_claims(snapshot), kid, key, CONTEXT)
    if len(message) > MAX_BYTES:
        raise InvalidArgumentError(f"the snapshot has {len(message)} bytes, and {MAX_BYTES} are the limit")
    _snapshot(_claims(snapshot))
    return message


def open_snapshot(message: bytes, keys: Mapping[bytes, Ed25519PublicKey]) -> Opened:
    """The snapshot in a message. Whether it is for this car, new and in time is for the caller to judge.

    Raises InvalidArgumentError for a malformed one, PermissionDeniedError for a wrong signature or an unknown key.
    """
    claims, kid = verify(message, keys, CONTEXT, most=MAX_BYTES)
    whole = _snapshot(claims)
    refused = {one.id: why for one in whole.features if (why := never_gated(one.id)) is not None}
    if not refused:
        return Opened(whole, {}, kid)
    kept = tuple(one for one in whole.features if one.id not in refused)
    return Opened(
        Snapshot(
            *(whole.issuer, whole.vehicle, whole.sequence, whole.issued, whole.not_before),
            *(whole.expiry, whole.grace, kept, whole.deny_epoch),
        ),
        {id_: f"`{id_}` can never be gated: `{why}` is about safety" for id_, why in refused.items()},
        kid,
    )


# -- claims -----------------------------------------------------------------------------------------------------------
def _claims(snapshot: Snapshot) -> dict[int, object]:
    return {
        _ISS: snapshot.issuer,
        _SUB: snapshot.vehicle,
        _EXP: snapshot.expiry,
        _NBF: snapshot.not_before,
        _IAT: snapshot.issued,
        _GRACE: snapshot.grace,
        _SEQUENCE: snapshot.sequence,
        _FEATURES: [_row(one) for one in snapshot.features],
        _DENY_EPOCH: snapshot.deny_epoch,
    }


def _row(one: Feature) -> list[object]:
    row = [one.id, _KINDS.index(one.kind), one.transferable, one.until, one.quota, one.unit, one.spent]
    while len(row) > 2 and row[-1] == _DEFAULTS[len(row) - 1]:  # noqa: PLR2004  # id and kind are always there
        row.pop()
    return row


def _snapshot(claims: object) -> Snapshot:
    if not isinstance(claims, dict) or set(claims) != _CLAIMS:
        raise InvalidArgumentError("the snapshot has not the claims of one")
    rows = claims[_FEATURES]
    if not isinstance(rows, list) or len(rows) > MAX_FEATURES:
        raise InvalidArgumentError(f"the snapshot has no list of up to {MAX_FEATURES} features")
    made = Snapshot(
        _name(claims[_ISS], "issuer"),
        _name(claims[_SUB], "vehicle"),
        _whole(claims[_SEQUENCE], "sequence", 1),
        _whole(claims[_IAT], "time of issue"),
        _whole(claims[_NBF], "beginning"),
        _whole(claims[_EXP], "expiry"),
        _whole(claims[_GRACE], "grace", 0, MAX_GRACE),
        tuple(_feature(row) for row in rows),
        _whole(claims[_DENY_EPOCH], "deny epoch"),
    )
    if len({one.id for one in made.features}) != len(made.features):
        raise InvalidArgumentError("the snapshot names a feature twice")
    if not made.not_before < made.expiry <= made.issued + MAX_LIFETIME:
        raise InvalidArgumentError("the snapshot ends before it begins, or is valid for more than ten years")
    return made


def _feature(row: Any) -> Feature:  # noqa: ANN401  # whatever was signed
    if not isinstance(row, list) or not 2 <= len(row) <= len(_DEFAULTS):  # noqa: PLR2004  # id and kind at least
        raise InvalidArgumentError("a feature of the snapshot is no list of two to seven entries")
    filled: list[Any] = [*row, *_DEFAULTS[len(row) :]]
    id_, kind, transferable, until, quota, unit, spent = filled
    if not isinstance(id_, str) or not isinstance(unit, str) or not isinstance(transferable, bool):
        raise InvalidArgumentError("a feature of the snapshot has an entry of a wrong type")
    made = Feature(
        id_,
        _KINDS[_whole(kind, "kind of a feature", 0, len(_KINDS) - 1)],
        transferable,
        _whole(until, "end of a feature"),
        _whole(quota, "quota"),
        unit,
        _whole(spent, "use"),
    )
    _check_shape(made)
    return made


def _check_shape(one: Feature) -> None:
    if len(one.id) > MAX_ID or not _ID.fullmatch(one.id):
        raise InvalidArgumentError(
            f"`{one.id[:MAX_ID]}` is no id of a feature", hint="small letters and digits, with dots between them"
        )
    if len(one.unit) > MAX_UNIT or not one.unit.isprintable():
        raise InvalidArgumentError(f"the unit of `{one.id}` has more than {MAX_UNIT} characters, or odd ones")
    _whole(one.until, "end of a feature")
    _whole(one.quota, "quota")
    _whole(one.spent, "use")
    if one.kind is FeatureKind.TRIAL and not 1 <= one.quota <= MAX_TRIAL:
        raise InvalidArgumentError(f"the trial `{one.id}` has a quota of {one.quota} days, not 1 to {MAX_TRIAL}")
    if one.kind is FeatureKind.METERED and not (one.quota and one.unit):
        raise InvalidArgumentError(f"the metered `{one.id}` has no quota or no unit")
    if one.kind is FeatureKind.PERPETUAL and one.until:
        raise InvalidArgumentError(f"the perpetual `{one.id}` has an end")


def _name(value: object, what: str) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= MAX_NAME or not value.isprintable():
        raise InvalidArgumentError(f"the snapshot has no {what} of up to {MAX_NAME} characters")
    return value


def _whole(value: object, what: str, least: int = 0, most: int = MAX_NUMBER) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise InvalidArgumentError(f"the snapshot's {what} is no whole number from {least} to {most}")
    return value
