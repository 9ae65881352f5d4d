# SPDX-License-Identifier: Apache-2.0
"""Documents of packages: what a package says of itself, who signed it, what a store says of a publisher."""

import re
from datetime import UTC, datetime
from typing import Annotated

import msgspec

from ivi.apphost.package.signing import Envelope, Signature
from ivi.model.errors import InvalidArgumentError

FORMAT = 1  # version of the package format
META, SIGNATURE, FILES = "META.json", "SIGNATURE.json", "files/"
MANIFEST = "manifest.toml"
MAX_ID = 64  # characters
MAX_META = 1 << 20  # bytes
MAX_SIGNATURE = 32 << 10  # bytes
PACKAGE_TYPE = "application/vnd.ivi.package+json"
ENDORSEMENT_TYPE = "application/vnd.ivi.endorsement+json"

_DOMAIN = re.compile(r"[a-z][a-z0-9]*(?:\.[a-z][a-z0-9-]*){1,7}", re.ASCII)
_VERSION = re.compile(r"(?:0|[1-9][0-9]{0,5})(?:\.(?:0|[1-9][0-9]{0,5})){2}", re.ASCII)
_TIME_FORM = "%Y-%m-%dT%H:%M:%SZ"

type Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$", max_length=64)]
type Text = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]


class FileFact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file's SHA-256 and its size in bytes."""

    sha256: Digest
    size: Annotated[int, msgspec.Meta(ge=0)]


class PackageMeta(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """META.json: what is signed. The manifest's own text is one of the files."""

    files: dict[str, FileFact]
    """Each file below `files/`."""
    format: int
    id: str
    manifest_sha256: Digest
    """SHA-256 of manifest.toml: two packages with the same one ask for the same."""
    sdk: Text
    """Majors of the SDK it runs with, as in the manifest."""
    version: str
    wheels: Annotated[list[Text], msgspec.Meta(max_length=200)]
    """Tags of the vendored libraries (PEP 425), sorted; `py3-none-any` runs anywhere."""


class PackageSignature(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """SIGNATURE.json: the publisher's signature over META.json, and the store's word for the publisher's key."""

    endorsement: Envelope | None
    """None: signed by a developer's own key."""
    signature: Signature


class Endorsement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A store's word: this key publishes for this publisher, below these names, until then."""

    expires: str
    """UTC, like 2028-01-31T00:00:00Z. Counts when a package is installed; what is installed goes on running."""
    format: int
    key: Digest
    """The publisher's public key, raw, hexadecimal."""
    name: Text
    """The publisher as the driver reads it."""
    namespaces: Annotated[list[str], msgspec.Meta(min_length=1, max_length=32)]
    """An app's id has to be one of these or lie below one, as com.partner.weather below com.partner."""
    publisher: str
    """Who, for good: the same publisher may get another key."""


def check_format(number: int, where: str) -> None:
    """Raise InvalidArgumentError for a format of another version."""
    if number != FORMAT:
        raise InvalidArgumentError(f"{where}: format {number}, known is {FORMAT}", hint="update ivi or the package")


def check_id(text: str, where: str) -> None:
    """Raise InvalidArgumentError unless this is the id of an app or publisher: ASCII, like com.partner.weather."""
    if _DOMAIN.fullmatch(text) is None or len(text) > MAX_ID:
        raise InvalidArgumentError(
            f"{where}: the id {text[:80]!a} has the wrong form", hint="like com.partner.weather, plain ASCII"
        )


def check_printable(text: str, where: str) -> None:
    """Raise InvalidArgumentError for a text that a terminal or the screen would take for more than text."""
    if not text.isprintable():
        raise InvalidArgumentError(f"{where}: {text[:80]!a} cannot be printed", hint="write plain text of one line")


def version_of(text: str, where: str = "version") -> tuple[int, ...]:
    """A version as comparable numbers. Raises InvalidArgumentError."""
    if _VERSION.fullmatch(text) is None:
        raise InvalidArgumentError(f"{where}: {text[:40]!a} is no version", hint="write it like 1.4.0")
    return tuple(int(part) for part in text.split("."))


def time_of(text: str, where: str) -> datetime:
    """A time in UTC. Raises InvalidArgumentError."""
    try:
        return datetime.strptime(text, _TIME_FORM).replace(tzinfo=UTC)
    except ValueError as error:
        raise InvalidArgumentError(
            f"{where}: {text[:40]!a} is no time", hint="write it like 2028-01-31T00:00:00Z"
        ) from error


def time_text(time: datetime) -> str:
    """A time as documents write it."""
    return time.astimezone(UTC).strftime(_TIME_FORM)
