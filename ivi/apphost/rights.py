# SPDX-License-Identifier: Apache-2.0
"""The permissions of an app that are in force: what its manifest asks for and nobody has refused or taken back."""

from collections.abc import Callable

from ivi.apphost.manifest import Manifest, Permission

type OnChange = Callable[[], None]


class Rights:
    """Asked at every call, so that what is taken back is gone with the next frame."""

    def __init__(self, manifest: Manifest) -> None:
        self._permissions: tuple[Permission, ...] = tuple(manifest.permission)
        self._watchers: set[OnChange] = set()

    def of[P](self, kind: type[P]) -> list[P]:
        """Permissions of one kind that are in force, e.g. `of(VehicleRead)`."""
        return [permission for permission in self._permissions if isinstance(permission, kind)]

    def change(self, permissions: tuple[Permission, ...]) -> None:
        """Put these in force from now on and tell who watches."""
        if permissions == self._permissions:
            return
        self._permissions = permissions
        for watcher in list(self._watchers):
            watcher()

    def watch(self, watcher: OnChange) -> None:
        """Have `watcher` called after each change."""
        self._watchers.add(watcher)

    def unwatch(self, watcher: OnChange) -> None:
        """No longer."""
        self._watchers.discard(watcher)
