# SPDX-License-Identifier: Apache-2.0
"""Installing, removing and going back: each is done whole or not at all, whenever the power goes.

A new version is written beside everything that runs, under a name that nobody looks at, flushed, renamed; then the
registry is replaced by one rename, which is the moment. What is left over of an interrupted try belongs to no record
and is swept away by the next start.
"""

import contextlib
import logging
import shutil
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from ivi.apphost import grants
from ivi.apphost.manifest import Manifest
from ivi.apphost.package import revocation, unpacked
from ivi.apphost.package.metadata import time_text, version_of
from ivi.apphost.package.reader import Origin, Package
from ivi.apphost.package.registry import (
    LOCK,
    REGISTRY,
    AppRecord,
    Failure,
    InstalledVersion,
    Registry,
    Shelf,
    VersionState,
)
from ivi.apphost.package.signing import Envelope
from ivi.apphost.package.trust import Trust
from ivi.daemon.durable_file import NEW, sync_folder, write_whole, writing
from ivi.model.errors import (
    InvalidArgumentError,
    IviError,
    NotFoundError,
    PermissionDeniedError,
    ResourceExhaustedError,
    UnavailableError,
)

log = logging.getLogger(__name__)

SPARE = 4 << 20  # bytes that stay free on the disk beside what is installed
REASON_MAX = 300  # characters of a failure's reason
KEPT = "kept-for"
"""In the data of an app that was removed without them: whose they are."""


@dataclass(frozen=True)
class Expected:
    """What a package has to be, as whoever ordered it was told; empty texts leave it open."""

    app_id: str = ""
    version: str = ""
    manifest_sha256: str = ""

    def check(self, package: Package) -> None:
        """Raise InvalidArgumentError for another app or version, PermissionDeniedError for other permissions."""
        is_, said = (package.meta.id, package.meta.version), (self.app_id, self.version)
        for here, there in zip(is_, said, strict=True):
            if there and here != there:
                raise InvalidArgumentError(
                    f"the package said to be {' '.join(said)} is {' '.join(is_)}",
                    hint="the publisher has to correct what it says of its package",
                )
        if self.manifest_sha256 and package.meta.manifest_sha256 != self.manifest_sha256:
            raise PermissionDeniedError(
                f"{package.meta.id} {package.meta.version} asks for something else than the store said",
                hint="the store has to publish it again",
            )


@dataclass(frozen=True)
class Installation:
    """What an install did."""

    manifest: Manifest
    origin: Origin
    before: str
    """The version that was in service; empty for none."""


def inspect(path: Path, trust: Trust, registry: Registry) -> tuple[Manifest, Origin]:
    """Check a package completely, without installing it. Raises PermissionDeniedError or InvalidArgumentError."""
    with _open(path, trust, registry) as package:
        manifest = package.manifest()
        package.check_contents()
        return manifest, package.origin


def install(
    path: Path, trust: Trust, shelf: Shelf, taken: Collection[str] = (), expected: Expected = Expected()
) -> Installation:
    """Install or update an app; `taken` are ids of apps that came with the program.

    Raises PermissionDeniedError or InvalidArgumentError for a package that is refused, ResourceExhaustedError for a
    full disk, UnavailableError when the disk or another install is in the way. Then nothing has changed.
    """
    with shelf.locked():
        with writing("the list of installed apps"):
            registry = sweep(shelf, shelf.read())
        with _open(path, trust, registry) as package:
            app_id, version = package.meta.id, package.meta.version
            expected.check(package)
            _check_free(app_id, taken, registry)
            record = registry.apps.get(app_id)
            repairs = record is not None and _is_broken(shelf, app_id, record.current, trust)
            _check_update(package, record, registry.floors.get(app_id), repairs=repairs)
            with writing(f"{app_id} {version}"):
                _claim_kept(shelf.data(app_id), package.origin.publisher)
                manifest, fresh = _place(package, shelf)
                previous = _to_keep(record, version)
                apps = registry.apps | {app_id: AppRecord(current=fresh, previous=previous)}
                try:
                    shelf.write(msgspec.structs.replace(registry, apps=apps))
                finally:
                    sweep(shelf, shelf.read())  # the version that is no longer kept, or the one that did not get in
            return Installation(manifest, package.origin, record.current.version if record else "")


def remove(app_id: str, shelf: Shelf, *, keep_data: bool = False) -> Registry:
    """Take an app out of service; its folders and its data go with the next `sweep`, when nothing uses them any more.

    With `keep_data` its data stay for the same publisher's app; what the driver decided about it goes all the same.
    The highest version that ran is remembered, except for a developer's own app. Raises NotFoundError.
    """
    with shelf.locked():
        registry = shelf.read()
        record = _record(registry, app_id)
        apps = {key: value for key, value in registry.apps.items() if key != app_id}
        floors = dict(registry.floors)
        if record.current.publisher.startswith("developer:"):
            floors.pop(app_id, None)
        with writing("the list of installed apps"):
            _mark_kept(shelf.data(app_id), record.current.publisher if keep_data else "")
            registry = msgspec.structs.replace(
                registry, apps=apps, floors=floors, removed=sorted({*registry.removed, app_id})
            )
            shelf.write(registry)
        return registry


def roll_back(app_id: str, reason: str, shelf: Shelf, failed_version: str | None = None) -> str | None:
    """Put the previous version back into service; returns it, or None when there is none to go back to.

    With `failed_version` only that version is left: when it is no longer the current one nothing happens, and when
    nothing is there to go back to the reason is kept. Raises NotFoundError for an app that is not installed.
    """
    with shelf.locked():
        registry = shelf.read()
        record = _record(registry, app_id)
        current = record.current
        if failed_version is not None and current.version != failed_version:
            return current.version
        failure = Failure(version=current.version, reason=reason[:REASON_MAX], time=time_text(datetime.now(UTC)))
        if record.previous is None:
            after = msgspec.structs.replace(record, failure=failure)
        else:
            after = AppRecord(current=record.previous, previous=None, failure=failure)
        with writing("the list of installed apps"):
            shelf.write(msgspec.structs.replace(registry, apps=registry.apps | {app_id: after}))
        return record.previous.version if record.previous else None


def promote(app_id: str, version: str, shelf: Shelf) -> None:
    """A version has been healthy for long enough: it is trusted, and no older package is taken from now on."""
    with shelf.locked():
        registry = shelf.read()
        record = registry.apps.get(app_id)
        if record is None or record.current.version != version or record.current.state is VersionState.PROMOTED:
            return
        current = msgspec.structs.replace(record.current, state=VersionState.PROMOTED)
        apps = registry.apps | {app_id: msgspec.structs.replace(record, current=current)}
        floor = max(version, registry.floors.get(app_id, version), key=version_of)
        with writing("the list of installed apps"):
            shelf.write(msgspec.structs.replace(registry, apps=apps, floors=registry.floors | {app_id: floor}))


def take_revocations(envelope: Envelope, trust: Trust, shelf: Shelf) -> revocation.RevocationList:
    """Take a store's revocation list over. Raises PermissionDeniedError, InvalidArgumentError for an older one."""
    listed, store = revocation.read(envelope, trust, "revocation list")
    with shelf.locked():
        registry = shelf.read()
        known = revocation.read_all(registry.revocations, trust).lists.get(store)
        revocation.check_newer(listed, known)
        others = [one for one in registry.revocations if one.signatures[0].keyid != store]
        with writing("the list of installed apps"):
            shelf.write(msgspec.structs.replace(registry, revocations=[*others, envelope]))
    return listed


def sweep(shelf: Shelf, registry: Registry) -> Registry:
    """Delete what no record names, and of removed apps the data and what the driver decided.

    Call it with the lock held. Returns the registry as it is afterwards; `removed` then names what could not be deleted
    or forgotten yet.
    """
    known = {
        shelf.home(app_id, version.version).name
        for app_id, record in registry.apps.items()
        for version in (record.current, record.previous)
        if version is not None
    }
    for path in shelf.folder.iterdir():
        if path.name in known or path.name in {REGISTRY, LOCK}:
            continue
        if path.is_dir() and not path.is_symlink():
            unpacked.delete(path)
        else:
            path.unlink(missing_ok=True)
    left = [app_id for app_id in registry.removed if not _forgotten(app_id, shelf)]
    if left != registry.removed:
        registry = msgspec.structs.replace(registry, removed=left)
        shelf.write(registry)
    return registry


def _forgotten(app_id: str, shelf: Shelf) -> bool:
    """Delete what is kept for a removed app and forget what the driver decided; False when some of it is left."""
    kept = (shelf.data(app_id) / KEPT).exists()
    if not kept:
        unpacked.delete(shelf.data(app_id))
    try:
        grants.forget(shelf.consent, app_id)
    except IviError as error:
        log.warning("a removed app is not forgotten yet", extra={"app": app_id, "reason": str(error)})
        return False
    return kept or not shelf.data(app_id).exists()


def _mark_kept(data: Path, publisher: str) -> None:
    """Say whose the data of an app are that goes; of nobody when they go with it."""
    if publisher and data.is_dir():
        write_whole(data / KEPT, publisher.encode(), prefix=NEW)
    else:
        (data / KEPT).unlink(missing_ok=True)


def _claim_kept(data: Path, publisher: str) -> None:
    """Data that were kept are the same publisher's again; another one's app of the same id never sees them."""
    try:
        kept_for = (data / KEPT).read_text()
    except FileNotFoundError:
        return
    if kept_for == publisher:
        (data / KEPT).unlink()
    else:
        unpacked.delete(data)


@contextlib.contextmanager
def _open(path: Path, trust: Trust, registry: Registry) -> Iterator[Package]:
    """A package that is good and not revoked. A clock that was set back does not bring an endorsement back."""
    revocations = revocation.read_all(registry.revocations, trust)
    now = datetime.now(UTC)
    if (newest := revocations.newest()) is not None:
        now = max(now, newest)
    with Package(path, trust, now) as package:
        revocations.check(package.meta.id, package.meta.version, package.origin)
        yield package


def _check_free(app_id: str, taken: Collection[str], registry: Registry) -> None:
    """Raise unless this id can be an installed app's, with a data folder of its own."""
    if app_id in taken:
        raise PermissionDeniedError(
            f"{app_id} is an app that came with the program", hint="an app of your own needs its own id"
        )
    if app_id in registry.removed:
        raise UnavailableError(
            f"what is kept of the {app_id} that was removed cannot be deleted",
            hint="check the disk and the folder's owner",
        )


def _is_broken(shelf: Shelf, app_id: str, current: InstalledVersion, trust: Trust) -> bool:
    """Whether what is installed would not start, so that the same version may be put in its place."""
    try:
        unpacked.check(shelf.home(app_id, current.version), app_id, current.version, current.compiled, trust)
    except IviError:
        return True
    return False


def _check_update(package: Package, record: AppRecord | None, floor: str | None, *, repairs: bool) -> None:
    """Raise PermissionDeniedError or InvalidArgumentError when this package may not follow what is installed."""
    app_id, version = package.meta.id, package.meta.version
    if record is not None:
        current = record.current
        if current.publisher != package.origin.publisher:
            raise PermissionDeniedError(
                f"{app_id} is installed from {current.publisher_name} ({current.publisher}), this package is "
                f"{package.origin.in_words()}",
                hint=f"remove the installed one first (`ivi app remove {app_id}`); its data goes with it",
            )
        same = version == current.version
        if version_of(version) < version_of(current.version) or (same and not repairs):
            word = "is installed already" if same else "is newer"
            raise InvalidArgumentError(
                f"{app_id} {version} is not an update: {current.version} {word}", hint="get a newer package"
            )
    if floor is not None and version_of(version) < version_of(floor):
        raise InvalidArgumentError(
            f"{app_id} {version} is older than {floor}, which ran here already", hint="get a newer package"
        )


def _place(package: Package, shelf: Shelf) -> tuple[Manifest, InstalledVersion]:
    """Write the version's folder under its final name; it does not count before the registry names it."""
    needed = sum(fact.size for fact in package.meta.files.values())
    free = shutil.disk_usage(shelf.folder).free
    if free < needed + SPARE:
        raise ResourceExhaustedError(
            f"{package.meta.id} needs {(needed + SPARE) >> 20} MiB, {free >> 20} MiB are free", hint="free some space"
        )
    making = Path(tempfile.mkdtemp(prefix=NEW, dir=shelf.folder))
    with contextlib.ExitStack() as undo:
        undo.callback(unpacked.delete, making)
        manifest, compiled = unpacked.fill(making, package)
        home = shelf.home(package.meta.id, package.meta.version)
        if home.exists():
            unpacked.delete(home)
        making.rename(home)
        sync_folder(shelf.folder)
        undo.pop_all()
    fresh = InstalledVersion(
        version=package.meta.version,
        state=VersionState.PROBATION,
        publisher=package.origin.publisher,
        publisher_name=package.origin.name,
        key=package.origin.key,
        compiled=compiled,
        installed=time_text(datetime.now(UTC)),
    )
    return manifest, fresh


def _to_keep(record: AppRecord | None, version: str) -> InstalledVersion | None:
    """The version to go back to: the current one, unless it never proved itself and an older one did."""
    if record is None:
        return None
    unproven = record.current.state is VersionState.PROBATION and record.previous is not None
    return record.previous if unproven or record.current.version == version else record.current


def _record(registry: Registry, app_id: str) -> AppRecord:
    record = registry.apps.get(app_id)
    if record is None:
        raise NotFoundError(f"{app_id} is not installed", hint="`ivi app list` shows what is")
    return record
