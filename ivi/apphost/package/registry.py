# SPDX-License-Identifier: Apache-2.0
"""What is installed: one JSON file, replaced whole by one rename, which is the moment at which a version counts.

A file and not a database: on a full disk it can still be read without writing a byte, so what is installed still runs.
"""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import msgspec

from ivi.apphost.package.metadata import FORMAT, Digest, check_format
from ivi.apphost.package.signing import Envelope
from ivi.daemon.durable_file import NEW, write_whole, writing
from ivi.daemon.paths import make_private, state_dir
from ivi.model.errors import ConfigurationError, IviError, UnavailableError

LOCK_WAIT = 20.0  # seconds for another install to end
LOCK_POLL = 0.05  # seconds
MAX_REGISTRY = 16 << 20  # bytes
REGISTRY, LOCK = "registry.json", ".lock"
CONSENT = "consent.db"
"""In the state's own folder: what the driver decided about apps."""


class VersionState(StrEnum):
    """What is known of an installed version."""

    PROBATION = "on_probation"
    """New; not yet healthy for as long as it has to be."""
    PROMOTED = "promoted"
    """It ran well once."""


class InstalledVersion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version on the disk."""

    version: str
    state: VersionState
    publisher: str
    """Origin.publisher; an update has to come from the same."""
    publisher_name: str
    key: Digest
    compiled: Digest
    """Digest of the .pyc files that were made at install; the publisher's signature does not cover them."""
    installed: str


class Failure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A version that was taken out of service, and why."""

    version: str
    reason: str
    time: str


class AppRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An installed app."""

    current: InstalledVersion
    previous: InstalledVersion | None = None
    """Kept to go back to."""
    failure: Failure | None = None
    """The newest failure, if there was one since the last install."""


class Registry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """registry.json."""

    format: int = FORMAT
    apps: dict[str, AppRecord] = {}
    floors: dict[str, str] = {}
    """App id → highest version that was ever promoted; older packages are refused, also after a removal."""
    removed: list[str] = []
    """Apps whose data is still to be deleted, and what the driver decided about them to be forgotten."""
    revocations: list[Envelope] = []
    """The newest revocation list of each store, as it was signed."""


class Shelf:
    """The folder of installed apps."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or state_dir() / "apps" / "installed"

    def home(self, app_id: str, version: str) -> Path:
        """Folder of one version: META.json, SIGNATURE.json, files/."""
        return self.folder / f"{app_id}@{version}"

    def data(self, app_id: str) -> Path:
        """Folder of what the host keeps for an app over all its versions."""
        return self.folder.parent / app_id

    @property
    def consent(self) -> Path:
        """The file of what the driver decided about apps; there is none before the host has run."""
        return self.folder.parent.parent / CONSENT

    def read(self) -> Registry:
        """The registry; an empty one when nothing was ever installed. Raises ConfigurationError when it is damaged."""
        path = self.folder / REGISTRY
        try:
            with path.open("rb") as file:
                data = file.read(MAX_REGISTRY + 1)
            registry = msgspec.json.decode(data, type=Registry)
            check_format(registry.format, str(path))
        except FileNotFoundError:
            return Registry()
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, IviError) as error:
            raise ConfigurationError(
                f"the list of installed apps {path} cannot be read: {error}", hint="install the apps again"
            ) from error
        return registry

    def write(self, registry: Registry) -> None:
        """Replace the registry; when this returns it survives a power cut. Raises OSError."""
        data = msgspec.json.format(msgspec.json.encode(registry), indent=1)
        write_whole(self.folder / REGISTRY, data, prefix=f"{NEW}registry-")

    @contextlib.contextmanager
    def locked(self, wait: float = LOCK_WAIT) -> Iterator[None]:
        """Keep every other writer out. Raises UnavailableError when another one does not end within `wait` seconds."""
        make_private(self.folder)
        deadline = time.monotonic() + wait
        with writing(f"the lock of {self.folder}"):
            descriptor = os.open(self.folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            while not _take(descriptor):
                if time.monotonic() >= deadline:
                    raise UnavailableError(
                        "another `ivi app` is changing the installed apps", hint="try again when it has ended"
                    )
                time.sleep(LOCK_POLL)
            yield
        finally:
            os.close(descriptor)


def _take(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
