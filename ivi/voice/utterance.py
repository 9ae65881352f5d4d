# SPDX-License-Identifier: Apache-2.0
"""One stretch of speech on its way from the microphone to the recogniser."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from enum import StrEnum

from ivi.model.errors import UnavailableError

QUEUE = 400  # blocks of 50 ms: 20 s, more than a sentence may last


class Ending(StrEnum):
    """Why there is no more sound."""

    PAUSE = "pause"
    """The speaker has stopped."""
    NOTHING = "nothing"
    """Nobody spoke."""
    TOO_LONG = "too_long"
    CANCELLED = "cancelled"
    LOST = "lost"
    """The microphone went away."""


class Utterance:
    """Waits for speech, takes it, ends once."""

    def __init__(self) -> None:
        self.ending: Ending | None = None
        self.begun = False
        self._queue: asyncio.Queue[bytes | None] = asyncio.Queue(QUEUE + 1)
        self._decided = asyncio.Event()

    def begin(self, before: Iterable[bytes]) -> None:
        """Somebody speaks; `before` is what the detector needed to notice."""
        self.begun = True
        self._decided.set()
        for block in before:
            self.feed(block)

    def feed(self, block: bytes) -> None:
        """The next sound."""
        if self.ending is None and self._queue.qsize() < QUEUE:
            self._queue.put_nowait(block)

    def end(self, ending: Ending) -> None:
        """No more sound; only the first call counts."""
        if self.ending is None:
            self.ending = ending
            self._queue.put_nowait(None)
            self._decided.set()

    async def decided(self) -> bool:
        """Wait until somebody speaks, or nobody will; whether somebody does."""
        await self._decided.wait()
        return self.begun and self.ending not in {Ending.CANCELLED, Ending.LOST}

    async def blocks(self) -> AsyncIterator[bytes]:
        """The sound as it comes. Raises UnavailableError when the microphone was lost in it."""
        while (block := await self._queue.get()) is not None:
            yield block
        if self.ending is Ending.LOST:
            raise UnavailableError("the microphone was lost", hint="connect it again")
