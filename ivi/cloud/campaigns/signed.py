# SPDX-License-Identifier: Apache-2.0
"""The signed set of campaigns of a car: made by the fleet end, checked by the car before anything of it counts."""

from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ivi.cloud import cose
from ivi.cloud.campaigns.campaign import Campaign, campaign_map, parse_campaign
from ivi.cloud.trust import Role, Trust
from ivi.model.errors import InvalidArgumentError, PermissionDeniedError

CONTEXT = b"ivi-campaigns-1"
EVERY_CAR = "*"
MAX_CAMPAIGNS = 64
_MAX_VERSION = 1 << 53


@dataclass(frozen=True, slots=True)
class Refusal:
    """A campaign that is not done, and why."""

    id: str
    why: str


@dataclass(frozen=True, slots=True)
class CampaignSet:
    """What one message asks for. It replaces every earlier one."""

    vehicle: str
    """Whom it is for; EVERY_CAR for all."""
    version: int
    """Higher than that of every earlier set of this car."""
    expires_ms: int
    """Milliseconds since 1970 after which nothing of it is done."""
    campaigns: tuple[Campaign, ...]
    refused: tuple[Refusal, ...] = ()
    """Those whose words cannot be used; the others stand."""
    issuer: str = ""
    """Name of the key that signed it."""


def sign_campaigns(
    campaigns: Iterable[Campaign], *, vehicle: str, version: int, expires_ms: int, kid: bytes, key: Ed25519PrivateKey
) -> bytes:
    """The message for the retained topic `v1/<vehicle>/down/policy`. `vehicle` may be EVERY_CAR.

    Raises InvalidArgumentError for what no car would take: a set that is too long, an id twice, words out of range.
    """
    maps = [campaign_map(campaign) for campaign in campaigns]
    content = {"vehicle": vehicle, "version": version, "expires_ms": expires_ms, "campaigns": maps}
    made = _parse(content, "")
    if made.refused:
        raise InvalidArgumentError(f"campaign {made.refused[0].id}: {made.refused[0].why}")
    return cose.sign(content, kid, key, CONTEXT)


def verify_campaigns(message: bytes, trust: Trust, vehicle: str, now_ms: int) -> CampaignSet:
    """The set in a message, for this car and not expired.

    Raises InvalidArgumentError (malformed), PermissionDeniedError (signature, role, audience, expiry).
    """
    content, kid = cose.verify(message, trust.keys(Role.CAMPAIGNS), CONTEXT)
    issuer = trust.issuer(kid)
    made = _parse(content, issuer.name if issuer else kid.hex())
    if made.vehicle not in (vehicle, EVERY_CAR):
        raise PermissionDeniedError(f"the campaigns are for {made.vehicle[:64]}, not for this car")
    if made.expires_ms <= now_ms:
        raise PermissionDeniedError(f"version {made.version} of the campaigns has expired", hint="issue them again")
    return made


def _parse(content: object, issuer: str) -> CampaignSet:
    match content:
        case {
            "vehicle": str(vehicle),
            "version": int(version),
            "expires_ms": int(expires_ms),
            "campaigns": list(entries),
            **rest,
        } if not rest and 0 < version < _MAX_VERSION and len(entries) <= MAX_CAMPAIGNS and type(version) is int:
            pass
        case _:
            raise InvalidArgumentError(
                f"a set of campaigns has vehicle, version, expires_ms and up to {MAX_CAMPAIGNS} campaigns"
            )
    campaigns: dict[str, Campaign] = {}
    refused: list[Refusal] = []
    for number, entry in enumerate(entries, 1):
        try:
            campaign = parse_campaign(entry)
        except InvalidArgumentError as error:
            refused.append(Refusal(_name(entry, number), str(error)))
            continue
        if campaign.id in campaigns:
            refused.append(Refusal(campaign.id, "a campaign of this id is in the set already"))
        else:
            campaigns[campaign.id] = campaign
    return CampaignSet(vehicle, version, expires_ms, tuple(campaigns.values()), tuple(refused), issuer)


def _name(entry: object, number: int) -> str:
    match entry:
        case {"id": str(name)}:
            return name[:64]
    return f"campaign number {number}"
