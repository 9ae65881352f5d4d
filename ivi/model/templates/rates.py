# SPDX-License-Identifier: Apache-2.0
"""How often something may come. Times are monotonic seconds of whichever clock the caller keeps."""

from collections import deque

from ivi.model.templates.limits import RATE_MOVING, RATE_STANDING, is_moving

BURST = 3.0  # templates that may come at once
HOUR = 3600.0  # seconds


class Bucket:
    """Lets through a burst, then so many a second."""

    def __init__(self, burst: float, now: float) -> None:
        """Full at `now`."""
        self._burst = self._tokens = burst
        self._filled = now

    def take(self, per_s: float, now: float) -> bool:
        """Whether one more may pass now; it is counted when it may."""
        self._tokens = min(self._burst, self._tokens + (now - self._filled) * per_s)
        self._filled = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


class ShowRate:
    """How often an app may change what the driver sees."""

    def __init__(self, now: float) -> None:
        self._bucket = Bucket(BURST, now)

    def take(self, state: str, now: float) -> bool:
        """Whether a template may be shown now, in this driving state."""
        return self._bucket.take(RATE_MOVING if is_moving(state) else RATE_STANDING, now)


class NoticeRate:
    """Counts what an app told the driver of in the last hour: over its restarts, and over all ways to do so."""

    def __init__(self) -> None:
        self._told: deque[float] = deque()

    def take(self, per_hour: int, now: float) -> bool:
        """Whether another may be shown; counts it when it may."""
        while self._told and now - self._told[0] >= HOUR:
            self._told.popleft()
        if len(self._told) >= per_hour:
            return False
        self._told.append(now)
        return True

    def wait(self, now: float) -> float:
        """Seconds until the oldest one is an hour ago; 0.0 when there is none."""
        return max(0.0, HOUR - (now - self._told[0])) if self._told else 0.0
