# SPDX-License-Identifier: Apache-2.0
"""One follower of values: its rate, what waits for it while it is slow, and the count of what it lost."""

import asyncio
import time
from collections import deque
from collections.abc import Callable

from ivi.model.signal import Datapoint

type Batch = dict[str, Datapoint]
type Deliver = Callable[[Batch], bool]
"""Takes a batch and returns True, or returns False when it cannot take one now. It never changes the batch: other
followers of the same paths are handed the very same one, so that it is encoded once."""


class Subscription:
    """Takes batches as fast as they come and hands them on as fast as its reader can.

    `queue` 0 merges what waits, newest value of each path wins; otherwise up to `queue` batches wait in order and the
    oldest is dropped.
    """

    __slots__ = ("_blocked", "_deliver", "_interval", "_limit", "_pending", "_queue", "_timer", "last_sent", "lost")

    def __init__(self, deliver: Deliver, max_hz: float = 0.0, queue: int = 0) -> None:
        self.lost = 0
        """Values that newer ones overwrote while the reader was slow; with a queue the batches that were dropped."""
        self.last_sent = 0.0
        """CLOCK_MONOTONIC of the last delivery, seconds."""
        self._deliver = deliver
        self._interval = 1.0 / max_hz if max_hz > 0 else 0.0
        self._limit = queue
        self._queue: deque[Batch] = deque()
        self._pending: Batch = {}
        self._timer: asyncio.TimerHandle | None = None
        self._blocked = False

    def take(self, batch: Batch) -> None:
        """Deliver a batch now, or keep it until the rate or the reader allows. The batch belongs to others too."""
        if not (self._blocked or self._interval):  # most readers, most of the time
            if self._deliver(batch):
                self.last_sent = time.monotonic()
            else:
                self._keep(batch)
            return
        if self._timer is not None or (self._blocked and not self._limit):
            if self._blocked:
                self.lost += len(self._pending.keys() & batch.keys())
            self._pending.update(batch)
            return
        if self._interval and (wait := self.last_sent + self._interval - time.monotonic()) > 0:
            self._pending = dict(batch)
            self._timer = asyncio.get_running_loop().call_later(wait, self._due)
            return
        self._send(batch)

    def unblock(self) -> None:
        """The reader has caught up: what it missed comes now, a queue without regard to the rate."""
        self._blocked = False
        while self._queue and not self._blocked:
            self._blocked = not self._try(self._queue[0])
            if not self._blocked:
                self._queue.popleft()
        if self._pending and self._timer is None and not self._blocked:
            batch, self._pending = self._pending, {}
            self.take(batch)

    def close(self) -> None:
        """Forget what is pending."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._pending = {}
        self._queue.clear()

    def _due(self) -> None:
        self._timer = None
        batch, self._pending = self._pending, {}
        self._send(batch)

    def _send(self, batch: Batch) -> None:
        if self._blocked or not self._try(batch):
            self._keep(batch)

    def _keep(self, batch: Batch) -> None:
        """The reader cannot take it now."""
        self._blocked = True
        if not self._limit:
            self._pending = dict(batch)
            return
        if len(self._queue) >= self._limit:
            self._queue.popleft()
            self.lost += 1
        self._queue.append(batch)

    def _try(self, batch: Batch) -> bool:
        if not self._deliver(batch):
            return False
        self.last_sent = time.monotonic()
        return True
