# SPDX-License-Identifier: Apache-2.0
"""What waits for a slow subscriber: a bounded number of messages; a full buffer lets the oldest one go."""

import asyncio
from collections import deque
from collections.abc import Mapping

from ivi.model.errors import IviError
from ivi.model.signal import Datapoint


class UpdateBuffer:
    """Messages of one subscription on their way to its client.

    The oldest message is dropped as Kuksa says, but what it said of signals that no later message mentions moves into
    the next one: a slow client loses history, never the last value of a signal.
    """

    def __init__(self, size: int) -> None:
        self.dropped = 0
        self._size = max(1, size)
        self._waiting: deque[dict[str, Datapoint]] = deque()
        self._news = asyncio.Event()
        self._error: IviError | None = None

    def put(self, entries: Mapping[str, Datapoint]) -> None:
        """Take a message. It must not be changed afterwards."""
        self._waiting.append(dict(entries))
        if len(self._waiting) > self._size:
            oldest = self._waiting.popleft()
            self._waiting[0] = oldest | self._waiting[0]
            self.dropped += 1
        self._news.set()

    def fail(self, error: IviError) -> None:
        """Nothing more comes; the error is raised when all is taken."""
        self._error = error
        self._news.set()

    async def get(self) -> dict[str, Datapoint]:
        """The next message. Raises what `fail` was told once the buffer is empty."""
        while not self._waiting:
            if self._error is not None:
                raise self._error
            self._news.clear()
            await self._news.wait()
        return self._waiting.popleft()
