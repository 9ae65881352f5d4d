# SPDX-License-Identifier: Apache-2.0
"""What an app uses up against what its manifest allows: memory at any moment, CPU on average."""

import time
from dataclasses import dataclass

from ivi.apphost.sandbox.box import Box, Layer
from ivi.apphost.sandbox.launcher import Child
from ivi.apphost.sandbox.scratch import FILES_PER_MB, SHM_MB

RUNTIME_MB = 48  # MiB of Python, its libraries and bubblewrap, which a box has whatever it does
FILES_EXTRA = 64
BURST = 3.0  # seconds of CPU that an app may use at once: its start, a picture, a search
REST_MAX = 1.0  # seconds of one pause, so that an app over its budget still answers
LOW = 0.5  # seconds left of the burst below which one looks more often
NEARLY = 0.9  # share of its memory at which a hidden app is started anew
MIB = 1 << 20


class CpuBudget:
    """A bucket of CPU seconds that fills at the app's share of a core."""

    def __init__(self, percent: int, now: float) -> None:
        self._share = percent / 100
        self._left, self._at, self._used = BURST, now, 0.0
        self.low = False
        """Whether the burst is nearly used up."""

    def rest(self, now: float, used: float) -> float:
        """Seconds to pause, 0 for none, given the CPU seconds used since the start."""
        earned = (now - self._at) * self._share
        self._left = min(BURST, self._left + earned) - max(0.0, used - self._used)
        self._at, self._used = now, max(self._used, used)
        self.low = self._left < LOW
        return 0.0 if self._left >= 0 else min(REST_MAX, -self._left / self._share)


@dataclass(frozen=True)
class Verdict:
    """What follows from a look at an app."""

    fatal: str = ""
    """Why it must be ended; empty when it may live."""
    rest_s: float = 0.0
    """Seconds for which it is to be paused."""
    bloated: bool = False
    """Whether it is so near its memory that a hidden app had better start anew."""


class Usage:
    """Looks at one life's processes. What the kernel limits in this box already is left to the kernel."""

    def __init__(self, child: Child, box: Box) -> None:
        self._child, self._box = child, box
        self._cpu = CpuBudget(box.cpu_percent, time.monotonic())

    @property
    def close(self) -> bool:
        """Whether the app is so near its CPU budget that it must be looked at often."""
        return self._cpu.low

    def look(self, *, memory: bool) -> Verdict:
        """Measure and judge CPU, and what else it may use up where asked: that costs more."""
        child, box = self._child, self._box
        rest = 0.0
        if Layer.CGROUP_CPU not in child.layers:
            rest = self._cpu.rest(time.monotonic(), child.cpu_time())
        if not memory:
            return Verdict(rest_s=rest)
        used, most = child.memory() / MIB, box.memory_mb + RUNTIME_MB
        if used > most and Layer.CGROUP_MEMORY not in child.layers:
            return Verdict(f"it used {used:.0f} MB of memory; {box.memory_mb} are its own")
        if Layer.SCRATCH not in child.layers:
            limit = (box.tmp_mb + box.data_mb + SHM_MB) * FILES_PER_MB + FILES_EXTRA
            if (files := child.files()) > limit:
                return Verdict(f"it made {files} files; {limit} are allowed")
        return Verdict(rest_s=rest, bloated=used > NEARLY * most)
