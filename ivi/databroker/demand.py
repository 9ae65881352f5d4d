# SPDX-License-Identifier: Apache-2.0
"""What anybody wants to hear now, told to the providers that do less work for the rest.

A path is wanted while somebody follows it and for a moment after, so that a screen that is closed and opened again
costs nothing. Whoever follows it or asks for it once finds the current value: the provider is asked to catch up first.
"""

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable

LINGER = 5.0  # seconds that a path stays wanted after its last follower has left


class OnDemand(ABC):
    """A provider that keeps only wanted paths up to date, and catches up with others when it is asked."""

    @abstractmethod
    def interest(self, began: Collection[str], ended: Collection[str]) -> None:
        """These paths are wanted from now on, and those no longer. It may take its time, but loses no last value."""

    @abstractmethod
    def catch_up(self, paths: Collection[str]) -> None:
        """Publish, before this returns, what is newer than published of paths that are not kept up to date."""

    @property
    @abstractmethod
    def available(self) -> Collection[str]:
        """Paths that have a current value, published or not."""


class Demand:
    """Who is wanted, and which provider has to know."""

    def __init__(self) -> None:
        self._owners: dict[str, OnDemand] = {}
        """Only paths of such providers; for all others demand changes nothing."""
        self._followed: set[str] = set()
        self._lingering: dict[str, float] = {}
        """When it ends (CLOCK_MONOTONIC, seconds), in this order."""
        self._timer: asyncio.TimerHandle | None = None

    def provided(self, provider: object, paths: Iterable[str]) -> None:
        """These paths have a provider from now on."""
        if isinstance(provider, OnDemand):
            mine = dict.fromkeys(paths, provider)
            self._owners |= mine
            if wanted := [path for path in mine if path in self._followed]:
                provider.interest(wanted, ())

    def abandoned(self, paths: Iterable[str]) -> None:
        """These paths have none any more."""
        for path in paths:
            self._owners.pop(path, None)
            self._lingering.pop(path, None)

    def begin(self, paths: Iterable[str]) -> None:
        """Somebody follows these paths, which may have followers already, and is about to be told their values."""
        paths = list(paths)
        began = [path for path in paths if path not in self._followed]
        self._followed.update(began)
        new = [path for path in began if self._lingering.pop(path, None) is None]
        for provider, mine in self._by_owner(new).items():
            provider.interest(mine, ())
        self.ask(paths)

    def end(self, paths: Iterable[str]) -> None:
        """Nobody follows these paths any more."""
        until = time.monotonic() + LINGER
        for path in paths:
            self._followed.discard(path)
            if path in self._owners:
                self._lingering[path] = until
        self._wait()

    def ask(self, paths: Iterable[str]) -> None:
        """Somebody is about to read the values of these paths."""
        for provider, mine in self._by_owner(paths).items():
            provider.catch_up(mine)

    def available(self) -> set[str]:
        """Paths whose value need not have been published to be current."""
        return {path for provider in set(self._owners.values()) for path in provider.available}

    def _by_owner(self, paths: Iterable[str]) -> dict[OnDemand, list[str]]:
        found: dict[OnDemand, list[str]] = {}
        for path in paths:
            if (owner := self._owners.get(path)) is not None:
                found.setdefault(owner, []).append(path)
        return found

    def _wait(self) -> None:
        if self._timer is None and self._lingering:
            wait = next(iter(self._lingering.values())) - time.monotonic()
            self._timer = asyncio.get_running_loop().call_later(max(0.0, wait), self._expire)

    def _expire(self) -> None:
        self._timer = None
        now = time.monotonic()
        over = [path for path, until in self._lingering.items() if until <= now]
        for path in over:
            del self._lingering[path]
        for provider, mine in self._by_owner(over).items():
            provider.interest((), mine)
        self._wait()
