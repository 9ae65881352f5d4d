# SPDX-License-Identifier: Apache-2.0
"""What an app uses up against what its manifest allows: memory at any moment, CPU on average."""

import time
from dataclasses import dataclass

from ivi.apphost import process_tree
from ivi.apphost.manifest import Resources

RUNTIME_MB = 24  # MiB of Python and the SDK, which are not the app's fault
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
    """Looks at one life's processes."""

    def __init__(self, init_pid: int, resources: Resources) -> None:
        self._pid, self._resources = init_pid, resources
        self._cpu = CpuBudget(resources.cpu_percent, time.monotonic())
        self.memory_mb = 0.0
        """At the last look, MiB."""
        self.cpu_s = 0.0
        """CPU seconds used until the last look by processes that were alive then."""

    @property
    def close(self) -> bool:
        """Whether the app is so near its CPU budget that it must be looked at often."""
        return self._cpu.low

    def look(self, *, memory: bool) -> Verdict:
        """Measure and judge CPU, and the memory too where asked: that costs more."""
        pids = process_tree.members(self._pid)
        self.cpu_s = process_tree.cpu_time(pids)
        rest = self._cpu.rest(time.monotonic(), self.cpu_s)
        if not memory:
            return Verdict(rest_s=rest)
        self.memory_mb = process_tree.memory(pids) / MIB
        limit = self._resources.memory_mb + RUNTIME_MB
        if self.memory_mb > limit:
            return Verdict(f"it used {self.memory_mb:.0f} MB of memory; {self._resources.memory_mb} are its own")
        return Verdict(rest_s=rest, bloated=self.memory_mb > NEARLY * limit)
