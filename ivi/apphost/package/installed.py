# SPDX-License-Identifier: Apache-2.0
"""Installed apps as the host runs them: checked before each start, promoted or rolled back by how they do."""

import logging
from dataclasses import dataclass
from pathlib import Path

from ivi.apphost.package import install, revocation, trust, unpacked
from ivi.apphost.package.metadata import version_of
from ivi.apphost.package.reader import Origin
from ivi.apphost.package.registry import InstalledVersion, Shelf, VersionState
from ivi.model.errors import InvalidArgumentError, IviError, NotFoundError

log = logging.getLogger(__name__)

SWEEP_WAIT = 0.2  # seconds for the lock at the start; who holds it sweeps himself


@dataclass(frozen=True)
class Installed:
    """One version of an app that is in service, until the registry says otherwise."""

    id: str
    version: str
    folder: Path
    """The app's code, for the sandbox and for its manifest."""
    shelf: Shelf
    publisher: str
    """Who published it; a developer's own key is `developer:` and its id."""

    def verify(self) -> Origin:
        """Check signature, every file, version floor and revocations, from the disk, without a cache.

        A cache by inode and time would be quicker and worth nothing: who can change a file can set its time, and a
        disk that rots changes neither. Raises PermissionDeniedError or InvalidArgumentError with the reason.
        """
        registry = self.shelf.read()
        record = registry.apps.get(self.id)
        if record is None or record.current.version != self.version:
            raise InvalidArgumentError(f"{self.id} {self.version} is no longer installed", hint="see `ivi app list`")
        trusted = trust.load()
        home = self.shelf.home(self.id, self.version)
        origin = unpacked.check(home, self.id, self.version, record.current.compiled, trusted)
        revocation.read_all(registry.revocations, trusted).check(self.id, self.version, origin)
        floor = registry.floors.get(self.id)
        went_back = record.failure is not None
        if floor is not None and version_of(self.version) < version_of(floor) and not went_back:
            raise InvalidArgumentError(
                f"{self.id} {self.version} is older than {floor}, which ran here already", hint="install a newer one"
            )
        return origin

    def healthy(self) -> None:
        """Supervision says that this version ran well through its health window: it is trusted from now on.

        Raises UnavailableError or ResourceExhaustedError when that cannot be written down; say it again later.
        """
        record = self.shelf.read().apps.get(self.id)
        if record is None or record.current.version != self.version:
            return
        if record.current.state is VersionState.PROBATION:
            install.promote(self.id, self.version, self.shelf)
            log.info("the new version is trusted now", extra={"app": self.id, "version": self.version})

    def failed(self, reason: str) -> "Installed | None":
        """Supervision gave this version up. Returns the one that is in service instead, or None: it stays stopped.

        Raises UnavailableError or ResourceExhaustedError when going back cannot be written down.
        """
        try:
            version = install.roll_back(self.id, reason, self.shelf, self.version)
        except NotFoundError:
            return None
        if version is None or version == self.version:
            return None
        log.warning(
            "went back to the previous version",
            extra={"app": self.id, "failed": self.version, "version": version, "reason": reason},
        )
        record = self.shelf.read().apps.get(self.id)
        return _installed(self.shelf, self.id, record.current) if record else None


def in_service(shelf: Shelf | None = None) -> list[Installed]:
    """The installed apps, one version each. Raises ConfigurationError when the registry cannot be read."""
    shelf = shelf or Shelf()
    return [_installed(shelf, app_id, one.current) for app_id, one in sorted(shelf.read().apps.items())]


def tidy(shelf: Shelf) -> None:
    """Delete what interrupted installs and removed apps left; call it when no removed app runs any more."""
    if not shelf.folder.is_dir():
        return
    try:
        with shelf.locked(SWEEP_WAIT):
            install.sweep(shelf, shelf.read())
    except (IviError, OSError) as error:
        log.warning("leftovers of installs stay for now", extra={"reason": str(error)})


def _installed(shelf: Shelf, app_id: str, one: InstalledVersion) -> Installed:
    return Installed(app_id, one.version, shelf.home(app_id, one.version) / unpacked.CODE, shelf, one.publisher)
