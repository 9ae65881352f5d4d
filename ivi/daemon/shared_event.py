# SPDX-License-Identifier: Apache-2.0
"""An event that goes to many readers at once, as a databroker's updates do."""

import msgspec

from ivi.model import link


class SharedEvent:
    """An event for many readers: encoded once, and put in a frame once for readers with the same id and count."""

    __slots__ = ("_body", "_dropped", "_frame", "_id")

    def __init__(self, body: msgspec.Struct) -> None:
        self._body = link.pack(body)
        self._id = self._dropped = -1
        self._frame = b""

    def frame(self, stream_id: int, dropped: int) -> bytes:
        """The frame for one reader. Most have opened one stream, and have lost nothing, so that theirs are the same."""
        if stream_id != self._id or dropped != self._dropped:
            self._id, self._dropped = stream_id, dropped
            self._frame = link.encode(link.Event(stream_id, dropped, self._body))
        return self._frame
