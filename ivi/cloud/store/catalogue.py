# SPDX-License-Identifier: Apache-2.0
"""The catalogue of apps: one signed file (JSON), which is the same for every car. Car and fleet share this.

It is a target of the image repository (ivi.cloud.updates.trusted) and says nothing that the car does not check again:
each package is a target of its own, signed by its publisher's role, and the app host looks at the package itself.
"""

import hashlib
import re
from typing import Annotated, Literal

import msgspec

from ivi.cloud.updates.artefact import Artefact, Kind, artefact
from ivi.model.errors import InvalidArgumentError

FORMAT = 1
PATH = "store/fleet/catalogue.json"
"""The catalogue's target in the repository."""
MAX_CATALOGUE = 4 << 20  # bytes
MAX_APPS = 500
MAX_PACKAGE = 64 << 20  # bytes; docs/packages.md
CATEGORIES = ("travel", "charging", "media", "comfort", "car", "tools")

LEAST_CARS = 20
"""Below so many ratings nothing is shown: of a few, whoever knows some of the drivers could tell what another one gave,
and a mean of them says nothing about the app."""

_LANGUAGE = re.compile(r"[a-z]{2}")
_ICON = re.compile(r"[a-z][a-z0-9_-]{0,31}")

type Line = Annotated[str, msgspec.Meta(min_length=1, max_length=160)]
type Words = Annotated[dict[str, Line], msgspec.Meta(max_length=8)]
"""Few enough languages for a whole list to fit into one message to the screen."""
type Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
type Category = Literal["travel", "charging", "media", "comfort", "car", "tools"]


class Listing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """store.toml in an app's folder: how it presents itself. It is part of the package that its publisher signs."""

    category: Category
    icon: Annotated[str, msgspec.Meta(max_length=32)] = "apps"
    """Name of one of the car's own icons."""
    summary: Words
    """One sentence by language code; `en` has to be there."""
    changes: Words = {}
    """What is new in this version, by language code."""


class Rating(msgspec.Struct, frozen=True, kw_only=True):
    """What drivers think of an app, all in all."""

    mean: Annotated[float, msgspec.Meta(ge=1, le=5)]
    """Stars, to one decimal."""
    count: Annotated[int, msgspec.Meta(ge=1, le=1_000_000_000)]
    """Cars that have rated it."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One app."""

    path: Annotated[str, msgspec.Meta(max_length=200)]
    """The package's target in the repository."""
    id: Annotated[str, msgspec.Meta(min_length=3, max_length=64)]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    version: Annotated[str, msgspec.Meta(pattern=r"^(0|[1-9]\d{0,8})(\.(0|[1-9]\d{0,8})){2}$")]
    author: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
    category: Category
    icon: Annotated[str, msgspec.Meta(max_length=32)]
    summary: Words
    changes: Words = {}
    size: Annotated[int, msgspec.Meta(ge=1, le=MAX_PACKAGE)]
    sha256: Digest
    manifest: Annotated[str, msgspec.Meta(min_length=1, max_length=64 << 10)]
    """The package's manifest.toml, word for word: what the driver is shown is what will be asked for."""
    signature: Annotated[str, msgspec.Meta(min_length=1, max_length=32 << 10)]
    """The package's SIGNATURE.json: whether the car knows who is behind it."""
    rating: Rating | None = None
    """None while too few have rated it."""

    @property
    def rated(self) -> Rating | None:
        """The rating that may be shown: one of enough cars."""
        return self.rating if self.rating is not None and self.rating.count >= LEAST_CARS else None

    @property
    def manifest_sha256(self) -> str:
        """What the package's META.json has to say."""
        return hashlib.sha256(self.manifest.encode()).hexdigest()

    @property
    def artefact(self) -> Artefact:
        """The package as the update client fetches it. Raises InvalidArgumentError."""
        return artefact(self.path, self.size, {"sha256": self.sha256}, {"name": self.id, "version": self.version})

    @property
    def number(self) -> tuple[int, ...]:
        """The version as numbers that can be compared."""
        return tuple(int(part) for part in self.version.split("."))


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """The file."""

    format: int
    made: Annotated[int, msgspec.Meta(ge=0, le=253_402_300_799)]
    """Seconds since 1970."""
    apps: Annotated[list[Entry], msgspec.Meta(max_length=MAX_APPS)]


def read(data: bytes) -> Catalogue:
    """The catalogue in a file. Raises InvalidArgumentError for one that no car would show."""
    if len(data) > MAX_CATALOGUE:
        raise InvalidArgumentError(f"the catalogue has more than {MAX_CATALOGUE} bytes", hint="list fewer apps")
    try:
        found = msgspec.json.decode(data, type=Catalogue)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidArgumentError(f"the catalogue cannot be read: {error}") from error
    if found.format != FORMAT:
        raise InvalidArgumentError(f"the catalogue has format {found.format}, known is {FORMAT}", hint="update ivi")
    seen: set[str] = set()
    for entry in found.apps:
        _check(entry)
        if entry.id in seen:
            raise InvalidArgumentError(f"the catalogue names {entry.id} twice")
        seen.add(entry.id)
    return found


def encode(catalogue: Catalogue) -> bytes:
    """The file, the same bytes for the same apps. Raises InvalidArgumentError for what no car would show."""
    data = msgspec.json.encode(catalogue, order="deterministic")
    read(data)
    return data


def check_words(what: str, words: dict[str, str], *, english: bool) -> None:
    """Raise InvalidArgumentError for words in no language, of more than a line, or without English."""
    for code, text in words.items():
        if _LANGUAGE.fullmatch(code) is None or not text.isprintable():
            raise InvalidArgumentError(f"{what}: {code[:8]!a} = {text[:40]!a}", hint="a language code and plain text")
    if english and "en" not in words:
        raise InvalidArgumentError(f"{what}: English is missing", hint="add a line en = …")


def check_listing(what: str, icon: str, summary: dict[str, str], changes: dict[str, str]) -> None:
    """Raise InvalidArgumentError for what the screen would not show."""
    if _ICON.fullmatch(icon) is None:
        raise InvalidArgumentError(f"{what}: {icon[:40]!a} is no name of an icon", hint="like car, route or bolt")
    check_words(f"{what}: summary", summary, english=True)
    check_words(f"{what}: changes", changes, english=bool(changes))


def _check(entry: Entry) -> None:
    what = f"the catalogue: {entry.id[:64]!a}"
    for text in (entry.id, entry.name, entry.author):
        if not text.isprintable():
            raise InvalidArgumentError(f"{what}: {text[:40]!a} cannot be shown")
    check_listing(what, entry.icon, entry.summary, entry.changes)
    if entry.rating is not None and round(entry.rating.mean, 1) != entry.rating.mean:
        raise InvalidArgumentError(f"{what}: a mean of {entry.rating.mean} stars", hint="one decimal tells enough")
    if entry.artefact.kind is not Kind.APP:
        raise InvalidArgumentError(f"{what}: {entry.path!a} is no app")
