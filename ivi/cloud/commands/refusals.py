# SPDX-License-Identifier: Apache-2.0
"""What is told of messages that were refused: counted all, told upward a few, so that a flood costs nothing."""

import time
from collections import Counter

from ivi.cloud.delivery import DeliveryClass, Outgoing
from ivi.cloud.part import Post
from ivi.cloud.record import Record, encode_record
from ivi.model.errors import IviError

BURST = 20.0  # refusals told at once
PER_S = 0.1  # refusals told a second after that
MAX_WHY = 200  # characters


class Bucket:
    """So many at once, and then so many a second."""

    def __init__(self, burst: float, per_s: float) -> None:
        self._burst, self._per_s = burst, per_s
        self._tokens, self._since = burst, time.monotonic()

    def take(self) -> bool:
        """Whether one more may pass now."""
        now = time.monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._since) * self._per_s)
        self._since = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


class Refusals:
    """Refused messages of one part."""

    def __init__(self, what: str) -> None:
        """`what` names them in records: `command`, `twin`."""
        self.counts: Counter[str] = Counter()
        """How many, by reason."""
        self.last = ""
        """The newest reason, in plain words."""
        self._what = what
        self._bucket, self._untold = Bucket(BURST, PER_S), 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.counts.total()

    def refuse(self, post: Post, reason: str, text: str, **more: object) -> None:
        """Count one, and tell the fleet unless it was told much of late."""
        self.counts[reason] += 1
        self.last = f"{reason}: {text}"
        if not self._bucket.take():
            self._untold += 1
            return
        data = {"what": self._what, "reason": reason, "why": text[:MAX_WHY], "untold": self._untold, **more}
        record = encode_record(Record("refused", int(post.clock.now() * 1000), data))
        try:
            post.put(Outgoing(DeliveryClass.EVENTS, record))
        except IviError:  # a full outbox is reported by itself
            self._untold += 1
        else:
            self._untold = 0
