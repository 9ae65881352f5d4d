# SPDX-License-Identifier: Apache-2.0
"""Those who follow one stream of a service: they hear how things stand when they come, and every change."""

import asyncio
from collections.abc import Callable

import msgspec

from ivi.daemon.link_server import Stream


class Followers:
    """The readers of one stream."""

    def __init__(self, newest: Callable[[], msgspec.Struct | None]) -> None:
        """`newest` gives what is told to somebody who comes; None for nothing yet."""
        self._newest = newest
        self._streams: set[Stream] = set()

    def __bool__(self) -> bool:
        """Whether anybody follows."""
        return bool(self._streams)

    async def stay(self, stream: Stream) -> None:
        """Follow until the session cancels this, because the reader has left."""
        self._streams.add(stream)
        try:
            if (newest := self._newest()) is not None:
                stream.send(newest)
            await asyncio.Event().wait()
        finally:
            self._streams.discard(stream)

    def tell(self, event: msgspec.Struct) -> None:
        """Send this to all of them; one who reads slowly loses the oldest."""
        for stream in self._streams:
            stream.send(event)
