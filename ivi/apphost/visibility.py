# SPDX-License-Identifier: Apache-2.0
"""Which apps the screen shows. What it said counts for some seconds only: without a screen, nobody is hidden."""

import asyncio
import time

VALID_FOR = 10.0  # seconds; the screen repeats itself more often
GRACE = 10.0  # seconds an app that has left the screen runs on before it is frozen


class Visibility:
    """The screen's newest word."""

    def __init__(self) -> None:
        self._until = 0.0
        self._shown: frozenset[str] = frozenset()
        self._seen: dict[str, float] = {}
        self.watchers: set[asyncio.Event] = set()
        """Set whenever other apps are shown than before."""

    def show(self, app_ids: list[str], now: float | None = None) -> None:
        """The screen shows exactly these apps."""
        at = time.monotonic() if now is None else now
        if at >= self._until:
            # The screen was silent: whoever was running counts as seen until this moment.
            self._seen = {}
            self._since = at
        for app in self._shown:
            self._seen[app] = at
        if self._shown != frozenset(app_ids):
            for watcher in self.watchers:
                watcher.set()
        self._shown, self._until = frozenset(app_ids), at + VALID_FOR

    def hidden(self, app_id: str, now: float | None = None) -> bool:
        """Whether the app has been off the screen for longer than the grace; False while no screen says anything."""
        at = time.monotonic() if now is None else now
        if at >= self._until or app_id in self._shown:
            return False
        return at - self._seen.get(app_id, self._since) > GRACE

    _since = 0.0
