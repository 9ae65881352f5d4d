# SPDX-License-Identifier: Apache-2.0
"""Holds a box to its memory, processor time and number of files from outside, where the kernel does not.

The kernel's limits for one process (rlimits) leave an app of several free to take their sum, and nothing but a
control group with the cpu controller bounds what a spinning app takes. So the host looks several times a second: a box
over its memory or files is ended, one over its processor time is frozen until its average is below the limit.
"""

import asyncio
import logging
import time

from ivi.apphost.sandbox.box import Box, Layer
from ivi.apphost.sandbox.launcher import Child
from ivi.apphost.sandbox.scratch import FILES_PER_MB, SHM_MB

log = logging.getLogger(__name__)

PERIOD = 0.1  # seconds between two looks at processor time
MEMORY_EVERY = 2  # looks; reading the sizes of a tree costs more than its times
BURST = 1.0  # seconds of full speed that an app may have saved up, for its start and for work on demand
FREEZE_MAX = 2.0  # seconds at a time, so that a frozen app still answers its heartbeat
MEMORY_EXTRA_MB = 48  # MiB beside the app's own: the interpreter and its libraries, which a box has whatever it does
FILES_EXTRA = 64


class Allowance:
    """Processor time that a box may still use: a bucket that fills at its share of one core."""

    def __init__(self, cpu_percent: int, now: float) -> None:
        self._share = cpu_percent / 100  # of one core
        self._left = BURST
        self._now = now
        self._used = 0.0

    def take(self, now: float, used: float) -> float:
        """Note what was used in all; answers for how many seconds the box has to rest, 0 for none."""
        self._left = min(BURST, self._left + (now - self._now) * self._share) - max(0.0, used - self._used)
        self._now, self._used = now, used
        return min(FREEZE_MAX, -self._left / self._share) if self._left < 0 else 0.0


async def watch(child: Child, box: Box) -> str:
    """Watch a box until it has ended, or end it; returns why, or "" when it ended by itself.

    Cancel it when the box is closed. What the kernel limits in this box already is left to the kernel.
    """
    allowance = Allowance(box.cpu_percent, time.monotonic())
    count = 0
    while child.process.returncode is None:
        if Layer.CGROUP_CPU not in child.layers:
            rest = allowance.take(time.monotonic(), child.cpu_time())
            if rest > 0:
                await _rest(child, rest)
        if count % MEMORY_EVERY == 0 and (excess := _excess(child, box)):
            log.warning("an app is ended", extra={"reason": excess})
            await child.kill()
            return excess
        count += 1
        await asyncio.sleep(PERIOD)
    return ""


async def _rest(child: Child, seconds: float) -> None:
    """Freeze the box for a time; it is thawed whatever happens."""
    child.freeze()
    try:
        await asyncio.sleep(seconds)
    finally:
        child.thaw()


def _excess(child: Child, box: Box) -> str:
    """What the box has too much of, in words; "" for nothing."""
    if Layer.CGROUP_MEMORY not in child.layers:
        most = box.memory_mb + MEMORY_EXTRA_MB
        if (used := child.memory() >> 20) > most:
            return f"it used {used} MiB of memory, and {most} are allowed"
    if Layer.SCRATCH not in child.layers:
        limit = (box.tmp_mb + box.data_mb + SHM_MB) * FILES_PER_MB + FILES_EXTRA
        if (files := child.files()) > limit:
            return f"it made {files} files, and {limit} are allowed"
    return ""
