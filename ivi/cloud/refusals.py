# SPDX-License-Identifier: Apache-2.0
"""Tells the fleet what the car refused: bounded, because whoever sends nonsense must not fill the outbox with it."""

import time
from collections.abc import Callable
from typing import Protocol

from ivi.cloud.delivery import DeliveryClass, Outgoing
from ivi.cloud.record import Record, encode_record
from ivi.model.errors import IviError

BURST = 20  # records that may go up at once
PER_S = 0.1  # records a second after that
MAX_WHY = 200  # characters of a reason


class Teller(Protocol):
    """Who takes the records."""

    def put(self, outgoing: Outgoing) -> bool:
        """Take a record. Raises IviError when there is no room."""


class Refusals:
    """Counts what was refused and reports it as records of kind `refused`, a limited number of them."""

    def __init__(self, post: Teller, now: Callable[[], float]) -> None:
        """`now`: the car's trusted clock, seconds since 1970."""
        self.count = 0
        """All that was refused."""
        self.untold = 0
        """Those of them that were too many to be reported one by one; the next report says how many."""
        self._post, self._now = post, now
        self._tokens, self._refilled = float(BURST), time.monotonic()

    def note(self, what: str, why: str) -> None:
        """Something was refused: what it was, and the reason in plain words."""
        self.count += 1
        running = time.monotonic()
        self._tokens = min(float(BURST), self._tokens + (running - self._refilled) * PER_S)
        self._refilled = running
        if self._tokens < 1:
            self.untold += 1
            return
        self._tokens -= 1
        data: dict[str, object] = {"what": what[:MAX_WHY], "why": why[:MAX_WHY]}
        if self.untold:
            data["untold"] = self.untold
        try:
            self._post.put(
                Outgoing(DeliveryClass.EVENTS, encode_record(Record("refused", int(self._now() * 1000), data)))
            )
        except IviError:  # a full outbox is reported by itself
            self.untold += 1
        else:
            self.untold = 0
