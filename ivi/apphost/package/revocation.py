# SPDX-License-Identifier: Apache-2.0
"""Revocation lists: a store takes keys, apps and versions back. Signed, numbered, never exchanged for an older one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import msgspec

from ivi.apphost.package import metadata, signing
from ivi.apphost.package.keys import PrivateKey
from ivi.apphost.package.metadata import FORMAT, Text, check_format, check_id, check_printable, time_of, version_of
from ivi.apphost.package.reader import Origin
from ivi.apphost.package.signing import Envelope
from ivi.apphost.package.trust import Trust
from ivi.model.errors import InvalidArgumentError, PermissionDeniedError

TYPE = "application/vnd.ivi.revocations+json"
MAX_FILE = 1 << 20  # bytes


class RevokedVersions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All versions of an app below one: the floor that the store sets."""

    below: str
    reason: Text


class RevocationList(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a store takes back; each list is the whole list."""

    apps: dict[str, Text]
    """App id → reason, as the driver reads it."""
    format: int
    issued: str
    keys: dict[str, Text]
    """Id of a publisher's key → reason."""
    sequence: Annotated[int, msgspec.Meta(ge=1)]
    """Grows with each list of this store."""
    versions: dict[str, RevokedVersions]
    """App id → what is too old."""


@dataclass(frozen=True)
class Revocations:
    """The lists that this device has, by the id of the store key that signed each."""

    lists: Mapping[str, RevocationList]

    def check(self, app_id: str, version: str, origin: Origin) -> None:
        """Raise PermissionDeniedError with the reason when a store took this app, version or key back."""
        for listed in self.lists.values():
            reason = listed.apps.get(app_id) or listed.keys.get(origin.key)
            old = listed.versions.get(app_id)
            if reason is None and old is not None and version_of(version) < version_of(old.below):
                reason = old.reason
            if reason is not None:
                raise PermissionDeniedError(
                    f"{app_id} {version} was taken back by the store: {reason}", hint="look for an update, or remove it"
                )

    def newest(self) -> datetime | None:
        """When the newest list was issued: it cannot be earlier now, whatever the clock says."""
        return max((time_of(listed.issued, "revocations") for listed in self.lists.values()), default=None)


def read(envelope: Envelope, trust: Trust, where: str) -> tuple[RevocationList, str]:
    """A list and the id of the store key that signed it.

    Raises PermissionDeniedError when no store of this device did, InvalidArgumentError for a wrong form.
    """
    listed, store = signing.open_envelope(envelope, TYPE, RevocationList, trust.stores, where)
    check_format(listed.format, where)
    time_of(listed.issued, where)
    reasons = (*listed.apps.values(), *listed.keys.values(), *(old.reason for old in listed.versions.values()))
    for text in (*listed.apps, *listed.keys, *reasons):
        check_printable(text, where)
    for app_id, old in listed.versions.items():
        check_id(app_id, where)
        version_of(old.below, where)
    return listed, store.id


def read_all(envelopes: Iterable[Envelope], trust: Trust) -> Revocations:
    """The lists of all stores that the device still trusts."""
    found: dict[str, RevocationList] = {}
    for envelope in envelopes:
        try:
            listed, store = read(envelope, trust, "revocation list")
        except PermissionDeniedError:
            continue  # of a store that is no longer trusted: nor are its apps
        found[store] = listed
    return Revocations(found)


def check_newer(listed: RevocationList, known: RevocationList | None) -> None:
    """Raise InvalidArgumentError when a list is older than the one that is known."""
    if known is not None and listed.sequence < known.sequence:
        raise InvalidArgumentError(
            f"the revocation list has number {listed.sequence}, this device knows number {known.sequence}",
            hint="get the newest list of the store",
        )


def decode(data: bytes, where: str) -> Envelope:
    """An envelope from a file. Raises InvalidArgumentError."""
    try:
        return msgspec.json.decode(data, type=Envelope)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InvalidArgumentError(f"{where}: {error}", hint="it has to be a file that the store signed") from error


def make(
    key: PrivateKey,
    *,
    sequence: int,
    issued: datetime,
    apps: dict[str, str],
    keys: dict[str, str],
    versions: dict[str, tuple[str, str]],
) -> Envelope:
    """Sign a list as a store does; `versions`: app id → (lowest good version, reason)."""
    listed = RevocationList(
        apps=apps,
        format=FORMAT,
        issued=metadata.time_text(issued),
        keys=keys,
        sequence=sequence,
        versions={app: RevokedVersions(below=below, reason=reason) for app, (below, reason) in versions.items()},
    )
    return signing.seal(listed, TYPE, key)
