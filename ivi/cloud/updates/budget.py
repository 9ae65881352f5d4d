# SPDX-License-Identifier: Apache-2.0
"""The bytes that may be fetched on one day."""

import time

from ivi.cloud.updates.journal import Journal
from ivi.cloud.updates.stage import Spend

WITHOUT_LIMIT = 1 << 62  # bytes


def meter(journal: Journal, limit: int, now: float) -> Spend:
    """Counts for the fetching thread, from this trusted time on; `limit` bytes a day (UTC), 0 for no limit."""
    began = time.monotonic()

    def spend(count: int) -> int:
        at = now + time.monotonic() - began
        if count:
            journal.add_traffic(count, at)
        return limit - journal.traffic(at) if limit else WITHOUT_LIMIT

    return spend
