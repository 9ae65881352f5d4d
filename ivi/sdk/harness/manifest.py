# SPDX-License-Identifier: Apache-2.0
"""What an app's manifest.toml grants, as the harness needs it. `ivi app check` finds what is wrong with a manifest."""

import functools
import re
import tomllib
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from ivi.model.errors import ConfigurationError, NotFoundError

LISTS = {
    "vehicle.read": "paths",
    "vehicle.actuate": "paths",
    "net": "hosts",
    "voice": "intents",
    "audio.focus": "kinds",
}
"""Kinds of permissions that name several things, each of which can be taken back."""
DEFAULTS: dict[str, dict[str, Any]] = {
    "vehicle.read": {"max_hz": 1.0, "precision": None},
    "vehicle.actuate": {"when": "parked", "confirm": "never"},
    "ui": {}, "net": {"mb_per_day": 10}, "voice": {}, "audio.focus": {}, "payment": {}, "storage": {}, "notify": {},
    "background": {}, "location": {}, "data.share": {},
}  # fmt: skip
_LEAF = re.compile(r"Vehicle(?:\.[A-Za-z][A-Za-z0-9_]*)+", re.ASCII)
MAX_PATH = 256  # characters


class Permission(NamedTuple):
    """One [[permission]] with its defaults."""

    use: str
    terms: dict[str, Any]

    @property
    def names(self) -> list[str]:
        """Paths, hosts or the like; one empty name for kinds without."""
        return list(self.terms[LISTS[self.use]]) if self.use in LISTS else [""]


def is_leaf(path: str) -> bool:
    """Whether the text has the form of a VSS path without wildcards."""
    return len(path) <= MAX_PATH and _LEAF.fullmatch(path) is not None


def matches(path: str, pattern: str) -> bool:
    """Whether a pattern covers a path: `*` is one segment, a last `**` one or more."""
    for left, right in zip_longest(path.split("."), pattern.split(".")):
        if left is None or right is None:
            return False
        if right == "**":
            return True
        if right not in {"*", left}:
            return False
    return True


class Grants:
    """The manifest's permissions, all of them given until some are taken back."""

    def __init__(self, manifest: dict[str, Any], folder: Path | None = None) -> None:
        """Raises ConfigurationError when there is no app id, or a permission of no known kind."""
        self.folder = folder
        try:
            self.app_id: str = manifest["app"]["id"]
            self.name: str = manifest["app"].get("name", self.app_id)
            self.entry: str = manifest["app"]["entry"]
            self._permissions = [_permission(dict(table)) for table in manifest.get("permission", [])]
        except (KeyError, TypeError) as error:
            raise ConfigurationError(f"manifest: {error} is missing", hint="see `ivi app check`") from error
        self._gone: set[tuple[str, str]] = set()

    @classmethod
    def read(cls, text: str, folder: Path | None = None) -> "Grants":
        """From a manifest's text. Raises ConfigurationError."""
        try:
            return cls(_parsed(text), folder)
        except tomllib.TOMLDecodeError as error:
            raise ConfigurationError(f"the manifest is not TOML: {error}", hint="correct the line") from error

    def of(self, use: str) -> list[dict[str, Any]]:
        """Terms of the permissions of one kind that are in force."""
        found = []
        for permission in self._permissions:
            if permission.use == use:
                kept = [name for name in permission.names if (use, name) not in self._gone]
                if kept:
                    found.append({**permission.terms, LISTS[use]: kept} if use in LISTS else permission.terms)
        return found

    @property
    def lacking(self) -> bool:
        """Whether something that the app does not run without was taken back."""
        return any(
            (permission.use, name) in self._gone
            for permission in self._permissions
            for name in permission.names
            if not permission.terms.get("optional", False)
        )

    def change(self, what: str, *, given: bool) -> tuple[list[str], list[str]]:
        """Take back or give a kind, a path or a host; all when empty. Returns the paths and the kinds that changed.

        Raises NotFoundError when the manifest asks for nothing of that name.
        """
        meant = {
            (permission.use, name)
            for permission in self._permissions
            for name in permission.names
            if what in {"", permission.use, name, name.rpartition(":")[0]} or (is_leaf(what) and matches(what, name))
        }
        if not meant:
            raise NotFoundError(f"{self.app_id} asks for nothing named {what!r}", hint="name a use, a path or a host")
        changed = meant & self._gone if given else meant - self._gone
        self._gone = self._gone - changed if given else self._gone | changed
        paths = sorted(name for use, name in changed if use.startswith("vehicle."))
        return paths, sorted({use for use, _ in changed})


@functools.lru_cache(maxsize=64)
def _parsed(text: str) -> dict[str, Any]:
    # An app's tests read the same manifest again and again.
    return tomllib.loads(text)


def _permission(table: dict[str, Any]) -> Permission:
    use = table.pop("use")
    if use not in DEFAULTS:
        raise ConfigurationError(f"manifest: {use!r} names no permission", hint=f"one of {', '.join(DEFAULTS)}")
    terms = {**DEFAULTS[use], **table}
    if use in LISTS:
        _ = terms[LISTS[use]]
    return Permission(use, terms)
