# SPDX-License-Identifier: Apache-2.0
"""How much an app may send and receive in a day, whatever happens to the clock, the process or the car's battery.

A day is 24 hours that are believed to have passed since its first byte. Within one boot only the machine's own uptime
counts, so setting the clock forward gives nothing. Over a power-off the wall clock counts, once: either at the start,
or, where the car wakes in 1970, when the clock has been set. A clock that goes backwards gives nothing.
"""

import time
from dataclasses import dataclass, replace
from pathlib import Path

DAY = 86400.0  # seconds


@dataclass(frozen=True)
class Clocks:
    """What the machine's clocks say at one moment."""

    boot_id: str
    uptime: float
    """Seconds since the boot, sleep included."""
    wall: float
    """Seconds since 1970."""


@dataclass(frozen=True)
class Day:
    """The present day of an app, as it is kept on disk."""

    used: int
    """Bytes."""
    elapsed: float
    """Seconds of this day that have passed."""
    clocks: Clocks
    """At the last look. `wall` is our own reckoning: taken from the clock once a boot, it then goes with uptime."""
    unset_for: float = -1.0
    """Seconds that this boot has run with a clock that is behind the last one; -1 when it is not."""


def read_clocks() -> Clocks:
    """This machine's clocks now."""
    boot_id = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return Clocks(boot_id, time.clock_gettime(time.CLOCK_BOOTTIME), time.time())


def first_day(now: Clocks) -> Day:
    """A day that begins now, with nothing used."""
    return Day(0, 0.0, now)


def advance(day: Day, now: Clocks) -> Day:
    """The day as it is now; a new one, with nothing used, when 24 hours are over."""
    day = _same_boot(day, now) if now.boot_id == day.clocks.boot_id else _after_boot(day, now)
    if day.elapsed < DAY:
        return day
    return replace(day, used=0, elapsed=0.0)


def _same_boot(day: Day, now: Clocks) -> Day:
    passed = max(0.0, now.uptime - day.clocks.uptime)
    wall, unset_for = day.clocks.wall, day.unset_for
    if unset_for < 0:
        wall += passed
    else:
        unset_for += passed
        if now.wall > wall + unset_for:  # the clock has been set: what passed while the car was off counts now
            passed += now.wall - wall - unset_for
            wall, unset_for = now.wall, -1.0
    return Day(day.used, day.elapsed + passed, Clocks(now.boot_id, now.uptime, wall), unset_for)


def _after_boot(day: Day, now: Clocks) -> Day:
    wall = day.clocks.wall + max(0.0, day.unset_for)
    if now.wall >= wall:
        return Day(day.used, day.elapsed + now.wall - wall, now)
    return Day(day.used, day.elapsed, Clocks(now.boot_id, now.uptime, wall), 0.0)
