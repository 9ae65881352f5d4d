# SPDX-License-Identifier: Apache-2.0
"""The bytes that may be fetched on one day. What comes unasked keeps to them; what the driver wishes is counted too,
so that less comes unasked on that day, and is never refused for them."""

import time
from typing import Protocol

from ivi.cloud.updates.journal import Journal
from ivi.cloud.updates.stage import Spend

WITHOUT_LIMIT = 1 << 62  # bytes


class Traffic(Protocol):
    """Where bytes are counted that the driver's own wishes bring."""

    def wished(self, now: float) -> Spend:
        """Counts from this trusted time on, and never refuses."""

    def today(self, now: float) -> int:
        """Bytes of this day (UTC), asked for or not."""


def uncounted(_count: int) -> int:
    """Where there is no journal, as when its folder cannot be used: the driver's wish goes through all the same."""
    return WITHOUT_LIMIT


def meter(journal: Journal, limit: int, now: float) -> Spend:
    """Counts for the fetching thread, from this trusted time on; `limit` bytes a day (UTC), 0 for no limit."""
    began = time.monotonic()

    def spend(count: int) -> int:
        at = now + time.monotonic() - began
        if count:
            journal.add_traffic(count, at)
        return limit - journal.traffic(at) if limit else WITHOUT_LIMIT

    return spend
