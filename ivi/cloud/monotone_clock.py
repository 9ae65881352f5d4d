# SPDX-License-Identifier: Apache-2.0
"""The wall clock that never goes back while the process lives."""

import time

ROLLED_BACK = 60.0  # seconds that the wall clock may stand behind before it counts as turned back


class MonotoneClock:
    """Follows the wall clock forward, and the running time while the wall clock stands behind."""

    def __init__(self) -> None:
        self._latest, self._seen = time.time(), time.monotonic()

    def now(self) -> float:
        """Seconds since 1970; never less than before."""
        running = time.monotonic()
        self._latest, self._seen = max(self._latest + running - self._seen, time.time()), running
        return self._latest

    def learn(self, signed: float) -> None:
        """It is at least this late, somebody trusted said."""
        self._latest = max(self.now(), signed)

    @property
    def rolled_back(self) -> bool:
        """Whether the wall clock stands clearly behind what is known."""
        return time.time() < self.now() - ROLLED_BACK
