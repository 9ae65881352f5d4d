# SPDX-License-Identifier: Apache-2.0
"""A package as the catalogue lists it; everything comes from the package itself, which its publisher signed."""

import hashlib
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from ivi.apphost.package.metadata import FILES, MANIFEST
from ivi.apphost.package.reader import Package
from ivi.apphost.package.trust import Trust
from ivi.cloud.store.catalogue import Entry, Listing, check_listing
from ivi.model.errors import InvalidArgumentError

LISTING = "store.toml"
MAX_LISTING = 64 << 10  # bytes


def entry_of(path: Path, publisher: str, trust: Trust) -> Entry:
    """Check a package whole and say how it is listed; `publisher` is the folder of its targets.

    Raises PermissionDeniedError or InvalidArgumentError for a package that no car that trusts `trust` would install.
    """
    with Package(path, trust, datetime.now(UTC)) as package:
        manifest = package.manifest()
        package.check_contents()
        listing = _listing(package)
        app = manifest.app
        return Entry(
            path=f"apps/{publisher}/{app.id}-{app.version}.ivp",
            id=app.id,
            name=app.name,
            version=app.version,
            author=package.origin.name,
            category=listing.category,
            icon=listing.icon,
            summary=listing.summary,
            changes=listing.changes,
            size=path.stat().st_size,
            sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            manifest=package.file(MANIFEST, MAX_LISTING).decode(),
            signature=package.raw_signature.decode(),
        )


def _listing(package: Package) -> Listing:
    where = f"{package.name}: {FILES}{LISTING}"
    if LISTING not in package.meta.files:
        raise InvalidArgumentError(
            f"{where} is missing",
            hint="docs/app-store.md shows what it says; put it beside manifest.toml and pack again",
        )
    try:
        listing = msgspec.convert(tomllib.loads(package.file(LISTING, MAX_LISTING).decode()), Listing)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidArgumentError(f"{where} is not TOML: {error}", hint="correct the line") from error
    except msgspec.ValidationError as error:
        text = str(error).replace("`$.", "`")
        raise InvalidArgumentError(f"{where}: {text}", hint="docs/app-store.md shows every key") from error
    check_listing(where, listing.icon, listing.summary, listing.changes)
    return listing
