# SPDX-License-Identifier: Apache-2.0
"""The permissions of an app that are in force: what its manifest asks for and nobody has refused or taken back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ivi.apphost.catalogue import SignalCatalogue
from ivi.apphost.coarse import CoarsePosition
from ivi.apphost.manifest import Location, Manifest, Permission, VehicleActuate, VehicleRead
from ivi.apphost.permissions import is_leaf, matches
from ivi.model.protected import LATITUDE, LONGITUDE, is_unnamed, never_actuated, tells_location

FINE_HZ = 10.0  # position updates a second with `location` fine: guidance needs them

type OnChange = Callable[[], None]


@dataclass(frozen=True)
class Reading:
    """Terms under which one leaf may be read."""

    max_hz: float
    precision: float | None = None
    coarse: bool = False
    """Whether it is part of a position that is told by the kilometre only."""


class Rights:
    """Asked at every call, so that what is taken back is gone with the next frame.

    Paths are matched against the leaves of this car once it is known. Before that (the databroker has not come up yet)
    names are matched against the patterns; no value flows in that time.
    """

    def __init__(
        self,
        manifest: Manifest,
        catalogue: SignalCatalogue | None = None,
        permissions: tuple[Permission, ...] | None = None,
    ) -> None:
        """`permissions` are those in force; without them all that the manifest asks for."""
        self._permissions = tuple(manifest.permission) if permissions is None else permissions
        self._catalogue = catalogue
        self._watchers: set[OnChange] = set()
        self._readings: dict[str, Reading | None] = {}
        self.position = CoarsePosition()
        """What a coarse location tells; kept over restarts of the app, so that they tell no more."""

    @property
    def permissions(self) -> tuple[Permission, ...]:
        """All that is in force."""
        return self._permissions

    def of[P](self, kind: type[P]) -> list[P]:
        """Permissions of one kind that are in force, e.g. `of(VehicleRead)`."""
        return [permission for permission in self._permissions if isinstance(permission, kind)]

    def reading(self, path: str) -> Reading | None:
        """Terms of reading a leaf; None when it may not be read."""
        if path not in self._readings:
            if len(self._readings) > 2000:  # noqa: PLR2004  # names that an app makes up must not fill the memory
                self._readings.clear()
            self._readings[path] = self._judge_reading(path)
        return self._readings[path]

    def actuations(self, path: str) -> list[VehicleActuate]:
        """Grants under which an actuator may be changed; none when it may not."""
        if not is_leaf(path) or never_actuated(path) is not None:
            return []
        return [grant for grant in self.of(VehicleActuate) if self._covers(grant.paths, path, actuates=True)]

    def change(self, permissions: Iterable[Permission], catalogue: SignalCatalogue | None = None) -> None:
        """Put these in force from now on and tell who watches."""
        wanted = tuple(permissions)
        if wanted == self._permissions and (catalogue is None or catalogue is self._catalogue):
            return
        self._permissions = wanted
        self._catalogue = catalogue or self._catalogue
        self._readings.clear()
        for watcher in list(self._watchers):
            watcher()

    def watch(self, watcher: OnChange) -> None:
        """Have `watcher` called after each change."""
        self._watchers.add(watcher)

    def unwatch(self, watcher: OnChange) -> None:
        """No longer."""
        self._watchers.discard(watcher)

    def _judge_reading(self, path: str) -> Reading | None:
        if not is_leaf(path) or is_unnamed(path):
            return None
        if tells_location(path):
            precisions = {grant.precision for grant in self.of(Location)}
            if "fine" in precisions:
                return Reading(FINE_HZ)
            return Reading(1.0, coarse=True) if "coarse" in precisions and path in {LATITUDE, LONGITUDE} else None
        grants = [grant for grant in self.of(VehicleRead) if self._covers(grant.paths, path, actuates=False)]
        if not grants:
            return None
        steps = [grant.precision for grant in grants]
        finest = None if None in steps else min(step for step in steps if step is not None)
        return Reading(max(grant.max_hz for grant in grants), finest)

    def _covers(self, patterns: list[str], path: str, *, actuates: bool) -> bool:
        if self._catalogue is None:
            return any(matches(path, pattern) for pattern in patterns)
        resolve = self._catalogue.actuators if actuates else self._catalogue.resolve
        return any(path in resolve(pattern) for pattern in patterns)
