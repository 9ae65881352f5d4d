# SPDX-License-Identifier: Apache-2.0
"""When a crashed app starts again, and when it does not any more."""

import random
from collections import deque
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Pace:
    """The numbers of the back-off; seconds throughout."""

    first: float = 0.5
    factor: float = 2.0
    longest: float = 120.0
    jitter: float = 0.2
    """Share by which a wait varies, so that apps do not start in step."""
    stable: float = 60.0
    """A life this long makes the next wait short again."""
    crashes: int = 5
    """More than this many crashes within `window` are the end."""
    window: float = 300.0


@dataclass
class BackOff:
    """Counts one app's crashes."""

    pace: Pace = field(default_factory=Pace)
    _wait: float | None = None
    _crashes: deque[float] = field(default_factory=deque)
    _probation: bool = False

    def on_probation(self) -> None:
        """The app has crashed too often before: the next crash is the last one."""
        self._probation = True

    def crashed(self, now: float, lived: float) -> float | None:
        """Seconds until the next start, or None when the app is to be quarantined. `now` is monotonic."""
        self._crashes.append(now)
        while self._crashes and now - self._crashes[0] > self.pace.window:
            self._crashes.popleft()
        if lived >= self.pace.stable:
            self._probation = False
        if self._probation or len(self._crashes) > self.pace.crashes:
            return None
        if self._wait is None or lived >= self.pace.stable:
            # Once is bad luck: the driver should hardly notice.
            self._wait = 0.0
        elif not self._wait:
            self._wait = self.pace.first
        else:
            self._wait = min(self.pace.longest, self._wait * self.pace.factor)
        # Scheduling, not a secret.
        return self._wait * random.uniform(1 - self.pace.jitter, 1 + self.pace.jitter)  # noqa: S311
