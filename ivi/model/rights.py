# SPDX-License-Identifier: Apache-2.0
"""An app's permissions as the driver sees them: what it asks for, what is in force, taking back and giving."""

from enum import StrEnum

import msgspec


class Standing(StrEnum):
    """Where a permission stands."""

    GRANTED = "granted"
    PARTLY = "partly"
    """Some of its paths or hosts were taken back."""
    REFUSED = "refused"
    REVOKED = "revoked"
    UNDECIDED = "undecided"
    ABSENT = "absent"
    """This car cannot give it, e.g. for want of a signal."""


class GetAppInfo(msgspec.Struct, array_like=True, frozen=True, tag="get_app_info"):
    """Everything about an app that the driver may want to know."""

    app_id: str


class ChangeGrant(msgspec.Struct, array_like=True, frozen=True, tag="change_grant"):
    """Take a permission back, at any time, or give it, while the car is parked. Answered by GrantChanged."""

    app_id: str
    what: str
    """A permission's key, a kind such as `net`, a VSS path or a host; empty for all."""
    granted: bool


class AskConsent(msgspec.Struct, array_like=True, frozen=True, tag="ask_consent"):
    """Show the driver what an app asks for and has no answer to yet. Answered by GrantChanged."""

    app_id: str


class DescribeManifest(msgspec.Struct, array_like=True, frozen=True, tag="describe_manifest"):
    """What an app that is not installed would ask for. Answered by ManifestDescribed."""

    manifest: str
    """The text of its manifest.toml."""
    signature: str
    """The text of its package's SIGNATURE.json."""


type Request = GetAppInfo | ChangeGrant | AskConsent | DescribeManifest


class PermissionView(msgspec.Struct, array_like=True, frozen=True):
    """One permission of the manifest."""

    key: str
    use: str
    """E.g. `vehicle.read`."""
    title: str
    """What it allows, in a driver's words."""
    reason: str
    """Why, in the app's own words."""
    required: bool
    standing: Standing
    by: str
    """Who decided: `driver`, `installing` (harmless kinds), `shipped` (came with the car), `developer`."""
    decided_ns: int
    """Wall clock of the decision; 0 for none."""
    names: list[str]
    """Its paths, hosts or other names, as the manifest has them."""
    problem: str = ""
    """Why the car cannot give it, where it is absent."""
    reasons: dict[str, str] = {}
    """The reason by language, where the app has it so; `reason` is the English one."""


class AppInfo(msgspec.Struct, array_like=True, frozen=True, tag="app_info"):
    """Answer of GetAppInfo."""

    id: str
    name: str
    version: str
    publisher: str
    state: str
    reason: str
    layers: list[str]
    rating: int
    """1 (can do nearly everything) to 8 (nearly nothing), of all it asks for."""
    rating_now: int
    """The same of what is in force."""
    permissions: list[PermissionView]
    resources: dict[str, int]
    denied: int
    """Calls that were refused since the host started."""


class GrantChanged(msgspec.Struct, array_like=True, frozen=True, tag="grant_changed"):
    """Answer of ChangeGrant and AskConsent: the permissions that changed, as sentences, and why nothing did."""

    changed: list[str]
    reason: str = ""


class OfferedPermission(msgspec.Struct, array_like=True, frozen=True):
    """One permission that an app would ask for."""

    use: str
    title: str
    """What it allows, in a driver's words."""
    reason: str
    """Why, in the app's own words."""
    required: bool
    reasons: dict[str, str] = {}
    """The reason by language, where the app has it so; `reason` is the English one."""


class ManifestDescribed(msgspec.Struct, array_like=True, frozen=True, tag="manifest_described"):
    """Answer of DescribeManifest."""

    app_id: str
    permissions: list[OfferedPermission]
    trust: int
    """1 to 8, as of an installed app."""
    known: bool
    """Whether somebody whom this car believes vouches for the publisher's key."""
    publisher: str
    """What was vouched for, or why nobody does."""
    problem: str = ""
    """Why this car cannot run it; empty when it can."""


type Answer = AppInfo | GrantChanged | ManifestDescribed
