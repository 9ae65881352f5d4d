# SPDX-License-Identifier: Apache-2.0
"""When a value is too old to be shown.

The broker sends changes only, so a quiet signal is not an old one: a parked car's speed stays 0 for hours. What ages is
its source (`can:can0`). A source is alive while any value of it arrives, or while the broker's counter of received
frames grows. A provider that misses one message of a living bus says so itself by publishing "not available".
"""

MAX_AGE = 1.5  # seconds without a sign of life


class Freshness:
    """Signs of life of each source. Times are seconds on one monotonic clock."""

    def __init__(self, max_age: float = MAX_AGE) -> None:
        self._max_age = max_age
        self._heard: dict[str, float] = {}
        self._frames: int | None = None
        self._frames_grew = float("-inf")

    def heard(self, source: str, taken: float) -> None:
        """A value of this source was taken at this time."""
        if taken > self._heard.get(source, float("-inf")):
            self._heard[source] = taken

    def frames(self, count: int, now: float) -> None:
        """The broker has received this many frames so far."""
        if self._frames is not None and count > self._frames:
            self._frames_grew = now
        self._frames = count

    def stale(self, source: str, now: float) -> bool:
        """Whether values of this source are too old to be shown."""
        return self.age(source, now) > self._max_age

    def all_live(self, now: float) -> bool:
        """Whether the values of every source that was ever heard can be shown."""
        return all(not self.stale(source, now) for source in self._heard)

    def age(self, source: str, now: float) -> float:
        """Seconds since this source's last sign of life; infinite before the first."""
        return now - max(self._heard.get(source, float("-inf")), self._frames_grew)

    def quiet(self, now: float) -> bool:
        """Whether some source has said nothing for half the allowed age, so that it is time to ask for the counter."""
        return any(now - taken > self._max_age / 2 for taken in self._heard.values())

    def forget(self) -> None:
        """The broker has gone; a new one counts anew."""
        self._heard.clear()
        self._frames = None
        self._frames_grew = float("-inf")
