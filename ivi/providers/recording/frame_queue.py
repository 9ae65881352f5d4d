# SPDX-License-Identifier: Apache-2.0
"""The bounded queue between buses and whoever is slower: a disk, a terminal, a table of statistics."""

import threading
from collections import deque

from ivi.providers.replay.entry import LogEntry

QUEUE_FRAMES = 65536  # frames; 3 s of the densest two buses, some 15 MB


class FrameQueue:
    """Batches of frames between threads. When full, the newest frames are dropped and counted; no bus waits."""

    def __init__(self, limit: int = QUEUE_FRAMES) -> None:
        self._limit = limit
        self._batches: deque[list[LogEntry]] = deque()
        self._frames = 0
        self._closed = False
        self._changed = threading.Condition()
        self.dropped = 0
        """Frames that found no room."""

    def put(self, batch: list[LogEntry]) -> None:
        """Add frames; what does not fit is dropped and counted."""
        with self._changed:
            room = max(self._limit - self._frames, 0)
            self.dropped += max(len(batch) - room, 0)
            if batch := batch[:room]:
                self._batches.append(batch)
                self._frames += len(batch)
                self._changed.notify()

    def get(self, timeout: float) -> list[LogEntry]:
        """All that waits, after at most `timeout` seconds; empty when there is nothing."""
        with self._changed:
            if not self._batches and not self._closed:
                self._changed.wait(timeout)
            taken = [entry for batch in self._batches for entry in batch]
            self._batches.clear()
            self._frames = 0
            return taken

    def close(self) -> None:
        """Nothing more will come: get() no longer waits."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    @property
    def finished(self) -> bool:
        """Whether it is closed and empty."""
        with self._changed:
            return self._closed and not self._batches
