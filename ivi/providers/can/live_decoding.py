# SPDX-License-Identifier: Apache-2.0
"""Keeps a translator decoding what is wanted now: new functions are made in short slices, not in the way of frames."""

import asyncio
import time
from collections.abc import Callable, Collection, Iterable, Mapping

from ivi.model.signal import Value
from ivi.providers.can.translate import Translator

SETTLE = 0.01  # seconds in which subscriptions that come together are gathered
PERIOD = 0.1  # seconds between two rounds, so that a client that comes and goes all the time costs little
SLICE = 0.002  # seconds of making functions before frames and clients have their turn; one function takes about 1 ms

type Publish = Callable[[Mapping[str, Value], int], None]
"""Takes values and the time of their frame."""


class LiveDecoding:
    """The part of a provider that answers to demand; see ivi.databroker.demand.OnDemand."""

    def __init__(self, translator: Translator, publish: Publish) -> None:
        self.rounds = 0
        """How often functions were made anew."""
        self._translator = translator
        self._publish = publish
        self._wanted: set[str] = set()
        self._outdated: dict[int, None] = {}
        """Messages whose function is not what the wanted paths need."""
        self._timer: asyncio.TimerHandle | None = None
        self._next = 0.0
        translator.want(self._wanted)

    @property
    def paths(self) -> int:
        """How many paths are wanted."""
        return len(self._wanted)

    def interest(self, began: Collection[str], ended: Collection[str]) -> None:
        """See OnDemand. Until the functions are made, `catch_up` has the values, and they begin with the last frame."""
        self._wanted.update(began)
        self._wanted.difference_update(ended)
        self._outdated.update(dict.fromkeys(self._translator.keys_of([*began, *ended])))
        if self._timer is None and self._outdated:
            wait = max(SETTLE, self._next - time.monotonic())
            self._timer = asyncio.get_running_loop().call_later(wait, self._work)

    def catch_up(self, paths: Collection[str]) -> None:
        """See OnDemand."""
        for time_ns, values in self._translator.current(paths):
            self._publish(values, time_ns)

    def settle(self, paths: Iterable[str]) -> None:
        """Publish what is known of these paths, because their message is about to be forgotten."""
        for time_ns, values in self._translator.settle(paths):
            self._publish(values, time_ns)

    def stop(self) -> None:
        """Make no more functions."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _work(self) -> None:
        until = time.monotonic() + SLICE
        while self._outdated and time.monotonic() < until:
            key = next(iter(self._outdated))
            del self._outdated[key]
            for time_ns, values in self._translator.want_of(key, self._wanted):
                self._publish(values, time_ns)
        if self._outdated:
            self._timer = asyncio.get_running_loop().call_later(0, self._work)
            return
        self._timer = None
        self.rounds += 1
        self._next = time.monotonic() + PERIOD
