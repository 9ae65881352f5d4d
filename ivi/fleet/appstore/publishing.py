# SPDX-License-Identifier: Apache-2.0
"""Publishing: packages become targets of their publisher's role, and the catalogue, of the store's role, lists them.

Both roles are delegations of the image repository (ivi.fleet.updates). A stolen publisher's key cannot list an app, and
a stolen store key cannot make one.
"""

import dataclasses
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from msgspec.structs import replace

from ivi.apphost.package.metadata import version_of
from ivi.apphost.package.trust import Trust
from ivi.cloud.store import catalogue
from ivi.cloud.store.catalogue import LEAST_CARS, PATH, Catalogue, Entry, Rating
from ivi.cloud.updates.artefact import Artefact, Kind
from ivi.fleet.appstore.listing import entry_of
from ivi.fleet.updates.keyring import Keyring
from ivi.fleet.updates.repository import Repository
from ivi.model.errors import InvalidArgumentError, NotFoundError

ROLE = "store"
"""The role that signs the catalogue."""
LEAST_CHANGE = 5
"""Cars more or less until what is published of an app changes: from two catalogues that differ by one car, one could
compute what its driver gave."""


class AppStore:
    """The apps of an image repository."""

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        """`folder` as `python -m ivi.fleet.updates` makes it."""
        self.keys = Keyring(folder / "keys")
        self.repository = Repository(folder / "web" / "image", self.keys, now)
        self._now = now

    def publish(self, packages: Iterable[Path], publisher: str, trust: Trust) -> list[Entry]:
        """Check packages and list them in the place of older ones; nothing is listed when one of them is refused.

        Raises PermissionDeniedError, InvalidArgumentError, NotFoundError for a publisher that nobody delegated to.
        """
        found = [(entry_of(path, publisher, trust), path) for path in packages]
        listed = {entry.id: entry for entry in self.entries()}
        for entry, path in found:
            before = listed.get(entry.id)
            if before is not None and version_of(entry.version) <= version_of(before.version):
                raise InvalidArgumentError(
                    f"{path.name}: {entry.id} {before.version} is in the catalogue already",
                    hint="raise the version in manifest.toml and pack it again",
                )
            # What drivers think of an app goes on from version to version.
            listed[entry.id] = replace(entry, rating=before.rating if before is not None else None)
        self._ready()
        made = self._encoded(listed)
        self.repository.add(
            [(dataclasses.replace(entry.artefact, sha256=""), path) for entry, path in found], publisher
        )
        self._write(made)
        return [entry for entry, _ in found]

    def withdraw(self, app_id: str) -> None:
        """Take an app off the catalogue; where it is installed it stays (`ivi app revocations` ends it there)."""
        listed = {entry.id: entry for entry in self.entries()}
        if listed.pop(app_id, None) is None:
            raise NotFoundError(f"the catalogue has no {app_id[:64]}", hint="`ivi app publish --list` shows it")
        self._write(self._encoded(listed))

    def rate(self, found: Mapping[str, Rating]) -> list[Entry]:
        """Put what drivers think into the catalogue; returns the entries that changed; without any nothing is made.

        `found` has the apps that enough cars have rated (ivi.fleet.store.app_ratings.aggregate); an app that it lacks
        loses what was said of it.
        """
        listed = {entry.id: entry for entry in self.entries()}
        changed = []
        for entry in listed.values():
            rating = _published(entry.rating, found.get(entry.id))
            if rating != entry.rating:
                changed.append(replace(entry, rating=rating))
        if changed:
            self._write(self._encoded(listed | {entry.id: entry for entry in changed}))
        return changed

    def entries(self) -> list[Entry]:
        """What the catalogue lists now; nothing before the first app."""
        target = self.repository.targets().get(PATH)
        if target is None:
            return []
        place = self.repository.folder / "targets" / target.get_prefixed_paths()[0]
        return catalogue.read(place.read_bytes()).apps

    def _encoded(self, listed: Mapping[str, Entry]) -> bytes:
        return catalogue.encode(Catalogue(format=catalogue.FORMAT, made=int(self._now()), apps=_in_order(listed)))

    def _ready(self) -> None:
        if ROLE not in self.repository.roles():
            self.repository.delegate(ROLE, ["store/fleet/*"], [self.keys.obtain(ROLE)])

    def _write(self, data: bytes) -> None:
        one = Artefact(PATH, Kind.STORE, "apps", str(int(self._now())), len(data), "")
        with tempfile.TemporaryDirectory(prefix="ivi-catalogue-") as folder:
            file = Path(folder) / "catalogue.json"
            file.write_bytes(data)
            self.repository.add([(one, file)], ROLE)
        self.repository.publish()


def _published(before: Rating | None, now: Rating | None) -> Rating | None:
    if now is None or now.count < LEAST_CARS:
        return None
    return now if before is None or abs(now.count - before.count) >= LEAST_CHANGE else before


def _in_order(listed: Mapping[str, Entry]) -> list[Entry]:
    return [listed[app_id] for app_id in sorted(listed)]
