# SPDX-License-Identifier: Apache-2.0
"""How long ago a row was stored, measured so that a wall clock that jumps cannot throw rows away.

While the machine runs, its running time counts; over a restart the wall clock does, but never backwards and never more
than a part of the limit at once.
"""

import time
import uuid
from collections.abc import Callable
from pathlib import Path

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def boot_id() -> str:
    """Changes with each start of the machine (random(4)); without it every start counts as one."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return str(uuid.uuid4())


def running() -> float:
    """Seconds since the machine started, suspended or not (clock_gettime(2))."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class AgeClock:
    """Seconds that only go forward, over restarts too."""

    def __init__(
        self,
        saved: str,
        boot: str,
        most_away: float,
        *,
        wall: Callable[[], float] = time.time,
        since_boot: Callable[[], float] | None = None,
    ) -> None:
        """`saved` is what `state` said last, or empty; `most_away`: seconds that one restart may count at most."""
        self._boot, self._wall, self._since_boot = boot, wall, since_boot or running
        self._base = self._resume(saved, most_away)
        self._started = self._since_boot()

    def _resume(self, saved: str, most_away: float) -> float:
        try:
            age, wall, boottime, boot = saved.split(" ")
            before, wall_then, running_then = float(age), float(wall), float(boottime)
        except ValueError:  # none was saved, or by another version
            return 0.0
        if boot == self._boot:
            return before + max(0.0, self._since_boot() - running_then)
        return before + min(most_away, max(0.0, self._wall() - wall_then))

    def now(self) -> float:
        """Seconds since the first row of this outbox."""
        return self._base + self._since_boot() - self._started

    def state(self) -> str:
        """What the next start has to know."""
        return f"{self.now():.3f} {self._wall():.3f} {self._since_boot():.3f} {self._boot}"
