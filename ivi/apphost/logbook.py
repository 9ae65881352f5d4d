# SPDX-License-Identifier: Apache-2.0
"""What an app printed and what the host says of it, over all its starts: the newest lines, in memory."""

import time
from collections import deque
from collections.abc import Callable

from ivi.model.apphost import LogLine

KEPT = 500  # lines of one app


class Logbook:
    """One app's lines."""

    def __init__(self) -> None:
        self.dropped = 0
        """Lines that came too fast to be kept."""
        self._lines: deque[LogLine] = deque(maxlen=KEPT)
        self._count = 0
        self._watchers: set[Callable[[], None]] = set()

    def add(self, said_by: str, text: str) -> None:
        """Take a line, without a line break, from `app` or `host`."""
        self._count += 1
        self._lines.append(LogLine(self._count, time.time_ns(), said_by, text))
        for watcher in self._watchers:
            watcher()

    def watch(self, watcher: Callable[[], None]) -> None:
        """Have `watcher` called after each line."""
        self._watchers.add(watcher)

    def unwatch(self, watcher: Callable[[], None]) -> None:
        """No longer."""
        self._watchers.discard(watcher)

    def since(self, number: int, limit: int) -> list[LogLine]:
        """The newest `limit` lines with a greater number, oldest first."""
        lines = [line for line in self._lines if line.number > number]
        return lines[-limit:] if limit > 0 else []

    def printed(self) -> list[str]:
        """Texts that the app itself wrote, oldest first."""
        return [line.text for line in self._lines if line.said_by == "app"]
