# SPDX-License-Identifier: Apache-2.0
"""The reported twin as the fleet keeps it: every key with the time and the version that set it.

A car reports merge patches (RFC 7396), and after a new start all of its document. They may be applied in any order: for
each key what is newer by the car's trusted clock stays (of the same moment, the higher version), and a key that was
removed is remembered with its time, so that an older patch does not bring it back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ivi.cloud.cbor import decode, encode
from ivi.model.errors import InternalError, InvalidArgumentError

MAX_KEYS = 2000  # of one car, removed ones included; the oldest are given up, removed ones first
MAX_KEPT = 1 << 20  # bytes of one car's keys and values; the oldest are given up likewise
MAX_BYTES = 4 << 20  # of what we stored ourselves; never reached with these bounds

type Path = tuple[str, ...]
type Moment = tuple[int, int]
"""Milliseconds since 1970 by the car's trusted clock, and the version of the twin."""


@dataclass(slots=True)
class _Key:
    moment: Moment
    at_ms: int
    """When the key was set, as the car says; shown, not used for the order."""
    removed: bool
    value: Any


class TwinKeys:
    """The keys of one car's twin."""

    def __init__(self) -> None:
        self.newest: Moment = (-1, 0)
        """The newest report that was applied."""
        self.about: dict[str, Any] = {}
        """What else the newest report said, e.g. which desired version the car has taken."""
        self._whole: Moment = (-1, 0)
        self._keys: dict[Path, _Key] = {}

    def merge(self, data: Mapping[str, Any], version: int, at_ms: int) -> None:
        """Apply one report: `patch`, whether it is `full`, and `at`, the times of its keys.

        Raises InvalidArgumentError for a patch of more than MAX_KEYS keys; nothing is applied then.
        """
        moment = at_ms, version
        leaves = list(islice(_leaves(data["patch"], ()), MAX_KEYS + 1))
        if len(leaves) > MAX_KEYS:
            raise InvalidArgumentError(f"the twin's patch has more than {MAX_KEYS} keys")
        if moment < self._whole:  # a whole document came since
            return
        if data.get("full") is True:
            self._whole = moment
            self._keys = {path: key for path, key in self._keys.items() if key.moment > moment}
        times = data.get("at")
        for path, value in leaves:
            at = times.get(".".join(path)) if isinstance(times, dict) else None
            self._set(path, _Key(moment, at if isinstance(at, int) else at_ms, value is None, value))
        if moment >= self.newest:
            self.newest = moment
            self.about = {name: value for name, value in data.items() if name not in {"patch", "full", "at", "version"}}
        self._give_up()

    def _give_up(self) -> None:
        """Keep the bounds, whatever a car reports: one car's twin must not keep others' rows from being stored."""
        sizes = {path: sum(map(len, path)) + len(encode(key.value)) for path, key in self._keys.items()}
        size = sum(sizes.values())
        if len(sizes) <= MAX_KEYS and size <= MAX_KEPT:
            return
        for path in sorted(self._keys, key=lambda path: (not self._keys[path].removed, self._keys[path].moment)):
            if len(self._keys) <= MAX_KEYS and size <= MAX_KEPT:
                return
            size -= sizes[path]
            del self._keys[path]

    def _set(self, path: Path, news: _Key) -> None:
        above = (self._keys.get(path[:depth]) for depth in range(1, len(path) + 1))  # itself, and what is over it
        if any(key is not None and key.moment > news.moment and key.value != {} for key in above):
            return
        if news.value != {}:  # an empty map says only that it is a map; what is in it stays
            below = [key for key in self._keys if key[: len(path)] == path and self._keys[key].moment <= news.moment]
            for key in below:
                del self._keys[key]
        self._keys[path] = news

    def document(self) -> dict[str, Any]:
        """The twin as the car has it."""
        made: dict[str, Any] = {}
        for path, key in sorted(self._keys.items()):
            if key.removed:
                continue
            place = made
            for name in path[:-1]:
                below = place.get(name)
                if not isinstance(below, dict):
                    below = place[name] = {}
                place = below
            place[path[-1]] = {} if key.value == {} else key.value
        return made

    def times(self) -> dict[str, int]:
        """When each key was set, milliseconds since 1970; keys with dots between their levels."""
        return {".".join(path): key.at_ms for path, key in sorted(self._keys.items()) if not key.removed}

    def encode(self) -> bytes:
        """As it is stored."""
        keys = [[list(path), *key.moment, key.at_ms, key.removed, key.value] for path, key in self._keys.items()]
        return encode([*self.newest, *self._whole, self.about, keys])

    @classmethod
    def decode(cls, stored: bytes) -> "TwinKeys":
        """What was stored. Raises InternalError."""
        made = cls()
        try:
            match decode(stored, "the stored twin", most=MAX_BYTES):
                case [int(at_ms), int(version), int(whole_ms), int(whole), dict(about), list(keys)]:
                    made.newest, made._whole, made.about = (at_ms, version), (whole_ms, whole), about
                case _:
                    raise InternalError("the stored twin has another shape")
        except InvalidArgumentError as error:
            raise InternalError(f"the stored twin cannot be read: {error.message}") from error
        try:
            for path, moment_ms, moment, at, removed, value in keys:
                made._keys[tuple(path)] = _Key((moment_ms, moment), at, removed, value)
        except (TypeError, ValueError) as error:
            raise InternalError(f"the stored twin has another shape: {error}") from error
        return made


def _leaves(patch: Mapping[Any, Any], above: Path) -> Iterator[tuple[Path, Any]]:
    """Keys that are set or removed. A map with keys is none itself."""
    for name, value in patch.items():
        path = (*above, str(name))
        if isinstance(value, dict) and value:
            yield from _leaves(value, path)
        else:
            yield path, value
