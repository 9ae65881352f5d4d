# SPDX-License-Identifier: Apache-2.0
"""Time for an app: the two clocks, and calls that come later."""

import math
import time
from collections.abc import Callable

from ivi.model.errors import InvalidArgumentError

# No dataclasses here: that module would be most of the SDK's import time.


class Clock:
    """The car's clocks. Code that takes the time from here can be tested without waiting."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic, wall: Callable[[], float] = time.time) -> None:
        self.monotonic = monotonic
        """Seconds that only go forward; for durations."""
        self.time = wall
        """Seconds since 1970; `datetime.fromtimestamp(self.clock.time(), zone)` for people."""


class Timer:
    """A call that comes later, once or again and again."""

    def __init__(self, call: Callable[[], None], due: float, every: float) -> None:
        self.call, self.due, self.every = call, due, every
        self.active = True
        """Whether the call is still to come."""

    def cancel(self) -> None:
        """It does not come any more."""
        self.active = False


class Timers:
    """An app's timers, by one clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._timers: list[Timer] = []

    def add(self, seconds: float, call: Callable[[], None], *, again: bool) -> Timer:
        """Have something called. Raises InvalidArgumentError when the seconds make no sense."""
        if not math.isfinite(seconds) or seconds < 0 or (again and not seconds):
            raise InvalidArgumentError(f"a timer of {seconds} s", hint="seconds above zero")
        timer = Timer(call, self._clock.monotonic() + seconds, seconds if again else 0.0)
        self._timers.append(timer)
        return timer

    def fire(self) -> float:
        """Run what is due; returns the seconds until the next, infinity for none."""
        now = self._clock.monotonic()
        for timer in list(self._timers):
            if timer.active and timer.due <= now:
                # Missed turns are left out, not made up for.
                timer.due, timer.active = now + timer.every, timer.every > 0
                timer.call()
        self._timers = [timer for timer in self._timers if timer.active]
        return max(0.0, self.due - self._clock.monotonic())

    @property
    def due(self) -> float:
        """When the next one is due, by the monotonic clock; infinity for none."""
        return min((timer.due for timer in self._timers if timer.active), default=math.inf)
