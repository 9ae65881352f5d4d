# SPDX-License-Identifier: Apache-2.0
"""The reported twin as the fleet keeps it: every key with the version and the time that set it.

A car reports merge patches (RFC 7396). They may be applied in any order: for each key the highest version stays, and a
key that was removed is remembered with its version, so that an older patch does not bring it back.
"""

from collections.abc import Iterator
from typing import Any

from ivi.cloud.cbor import decode, encode
from ivi.model.errors import InternalError, InvalidArgumentError

MAX_KEYS = 2000  # of one car, removed ones included; the oldest are given up
MAX_BYTES = 4 << 20  # of what we stored ourselves

type Path = tuple[str, ...]


class TwinKeys:
    """The keys of one car's twin."""

    def __init__(self) -> None:
        self._keys: dict[Path, tuple[int, int, bool, Any]] = {}
        """Path to version, milliseconds, whether it is removed, and value."""

    def merge(self, patch: dict[Any, Any], version: int, at_ms: int) -> None:
        """Apply one patch."""
        news = version, at_ms
        for path, value in _leaves(patch, ()):
            above = (path[:depth] for depth in range(1, len(path) + 1))  # itself, and what decides about it
            if any(self._keys[key][:2] > news and self._keys[key][3] != {} for key in above if key in self._keys):
                continue
            if value != {}:  # an empty map says only that it is a map; what is in it stays
                below = [key for key in self._keys if key[: len(path)] == path and self._keys[key][:2] <= news]
                for key in below:
                    del self._keys[key]
            self._keys[path] = (version, at_ms, value is None, value)
        if len(self._keys) > MAX_KEYS:
            oldest = sorted(self._keys, key=lambda key: (not self._keys[key][2], self._keys[key][0]))
            for path in oldest[: len(self._keys) - MAX_KEYS]:
                del self._keys[path]

    def document(self) -> dict[str, Any]:
        """The twin as the car has it."""
        made: dict[str, Any] = {}
        for path, (_, _, removed, value) in sorted(self._keys.items()):
            if removed:
                continue
            place = made
            for name in path[:-1]:
                below = place.get(name)
                if not isinstance(below, dict):
                    below = place[name] = {}
                place = below
            place[path[-1]] = {} if value == {} else value
        return made

    def times(self) -> dict[str, int]:
        """When each key was set, milliseconds since 1970 by the car's trusted clock; keys with dots between levels."""
        return {".".join(path): at_ms for path, (_, at_ms, removed, _) in sorted(self._keys.items()) if not removed}

    def encode(self) -> bytes:
        """As it is stored."""
        return encode([[list(path), *known] for path, known in self._keys.items()])

    @classmethod
    def decode(cls, stored: bytes) -> "TwinKeys":
        """What was stored. Raises InternalError."""
        made = cls()
        try:
            rows = decode(stored, "the stored twin", most=MAX_BYTES)
        except InvalidArgumentError as error:
            raise InternalError(f"the stored twin cannot be read: {error.message}") from error
        if not isinstance(rows, list):
            raise InternalError("the stored twin is no list")
        for path, version, at_ms, removed, value in rows:
            made._keys[tuple(path)] = version, at_ms, removed, value
        return made


def _leaves(patch: dict[Any, Any], above: Path) -> Iterator[tuple[Path, Any]]:
    """Keys that are set or removed. An empty map is a value; a map with keys is not."""
    for name, value in patch.items():
        path = (*above, str(name).replace("\0", ""))
        if isinstance(value, dict) and value:
            yield from _leaves(value, path)
        else:
            yield path, value
