# SPDX-License-Identifier: Apache-2.0
"""What a client may do, in Eclipse Kuksa's own words: `read:Vehicle.Speed actuate:Vehicle.Cabin provide:data:Vehicle`.

Kuksa's documentation of its authorisation is the reference: an action, an optional sub-action, an optional path. A
branch stands for everything below it, `*` for one level; we also take a last `**`. One word that is not understood
refuses the whole text, because half a permission is one that nobody meant. (Kuksa's own parser refuses the digits 2 to
9 and with them `Row2`; ours takes every name that VSS allows.)
"""

import asyncio
import re
import time
from dataclasses import dataclass, field
from typing import ClassVar

from ivi.model.errors import InvalidArgumentError, PermissionDeniedError
from ivi.vss import patterns

MAX_SCOPE = 16_384  # characters of one scope text
_WORD = re.compile(
    r"(?P<action>read|actuate|provide|create)"
    r"(?::(?P<part>data|actuation))?"
    r"(?::(?P<path>(?:[A-Z][A-Za-z0-9_]*|\*)(?:\.(?:[A-Za-z_][A-Za-z0-9_]*|\*))*(?:\.\*\*)?))?",
    re.ASCII,
)


class UnauthenticatedError(PermissionDeniedError):
    """No credentials, or none that are valid (any more)."""

    code: ClassVar[str] = "permission_denied"


@dataclass
class PathSet:
    """Which leaves an action covers. The answer for a path is remembered; only known paths are asked for."""

    everything: bool = False
    paths: list[str] = field(default_factory=list)
    _known: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)

    def __contains__(self, path: str) -> bool:
        """Whether the leaf is covered."""
        if self.everything:
            return True
        answer = self._known.get(path)
        if answer is None:
            answer = self._known[path] = any(_covers(wanted, path) for wanted in self.paths)
        return answer

    def add(self, path: str | None) -> None:
        """Add a path or pattern; None for everything."""
        if path is None:
            self.everything = True
        else:
            self.paths.append(path)


@dataclass
class Permissions:
    """What one client may do, and until when."""

    read: PathSet = field(default_factory=PathSet)
    actuate: PathSet = field(default_factory=PathSet)
    provide_data: PathSet = field(default_factory=PathSet)
    provide_actuation: PathSet = field(default_factory=PathSet)
    expires_at: float | None = None
    """Seconds since 1970; None for never."""

    def can_read(self, path: str) -> bool:
        """Reading is part of acting and of providing."""
        return (
            path in self.read
            or path in self.actuate
            or path in self.provide_data
            or path in self.provide_actuation
        )  # fmt: skip

    def need_read(self, path: str) -> None:
        """Raises PermissionDeniedError when this client may not read the leaf."""
        if not self.can_read(path):
            raise PermissionDeniedError(f"{path} may not be read by this client", hint=f"scope read:{path}")

    def need_actuate(self, path: str) -> None:
        """Raises PermissionDeniedError when this client may not set the actuator."""
        if path not in self.actuate:
            raise PermissionDeniedError(f"{path} may not be actuated by this client", hint=f"scope actuate:{path}")

    def need_provide(self, path: str, *, actuation: bool) -> None:
        """Raises PermissionDeniedError when this client may not provide the leaf's value or obey its actuations."""
        if path not in (self.provide_actuation if actuation else self.provide_data):
            raise PermissionDeniedError(f"{path} may not be provided by this client", hint=f"scope provide:{path}")

    def need_valid(self) -> None:
        """Raises UnauthenticatedError once the client's time is over."""
        if self.expires_at is not None and time.time() >= self.expires_at:
            raise UnauthenticatedError("the token has expired", hint="ask for a new one")

    def deadline(self, seconds: float | None = None) -> float | None:
        """When something that lasts `seconds` ends, on the running loop's clock, or with the client's token before."""
        ends = [seconds] if seconds is not None else []
        if self.expires_at is not None:
            ends.append(self.expires_at - time.time())
        return asyncio.get_running_loop().time() + min(ends) if ends else None


def parse(text: str, expires_at: float | None = None) -> Permissions:
    """The permissions of a scope text; an empty text permits nothing.

    Raises InvalidArgumentError that names the first word that is none.
    """
    if len(text) > MAX_SCOPE:
        raise InvalidArgumentError(f"a scope of {len(text)} characters is too long", hint=f"at most {MAX_SCOPE}")
    permissions = Permissions(expires_at=expires_at)
    for word in text.split():
        match = _WORD.fullmatch(word)
        if match is None or (match["part"] and match["action"] != "provide"):
            raise InvalidArgumentError(
                f"{word[:80]!r} is no scope", hint="read, actuate or provide, then perhaps :Vehicle.Some.Path"
            )
        for paths in _sets(permissions, match["action"], match["part"]):
            paths.add(match["path"])
    return permissions


def _sets(permissions: Permissions, action: str, part: str | None) -> list[PathSet]:
    match action, part:
        case "read", _:
            return [permissions.read]
        case "actuate", _:
            return [permissions.actuate]
        case "provide", "data":
            return [permissions.provide_data]
        case "provide", "actuation":
            return [permissions.provide_actuation]
        case "provide", _:
            return [permissions.provide_data, permissions.provide_actuation]
        case _:
            return []  # create: the catalogue is made of files, nobody adds leaves at run time


def _covers(wanted: str, path: str) -> bool:
    if patterns.is_pattern(wanted):
        return patterns.matches(wanted, path)
    return path == wanted or path.startswith(f"{wanted}.")
