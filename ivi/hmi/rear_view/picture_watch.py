# SPDX-License-Identifier: Apache-2.0
"""Whether what the camera shows may be believed: pure rules on when frames came and what was in them.

- late: no frame for MAX_AGE. With a look each LOOK, the screen says so within 500 ms of the last frame.
- frozen: frames keep coming, but a grid of sampled points has not changed for `frozen_after` seconds. A living sensor
  has noise: of some hundred 8-bit brightness values at least one changes from frame to frame, even in front of a
  still wall. A video that was coded with inter-frame prediction may repeat itself where nothing moves; such a source
  needs a longer time or none (`frozen_after_s` of the setup).
- blank: every point has the same brightness: a covered lens, a cable without a signal, or a night without lamps.
"""

from enum import StrEnum

MAX_AGE = 0.35  # seconds
LOOK = 0.05  # seconds between two looks
FLAT = 3  # steps of 8-bit brightness between the darkest and the brightest point of a blank picture


class Picture(StrEnum):
    """What there is to see."""

    WAITING = "waiting"
    """Just asked for; no frame yet, and it is not late either."""
    LIVE = "live"
    LATE = "late"
    FROZEN = "frozen"
    BLANK = "blank"


class PictureWatch:
    """Told of every frame while somebody looks. Times are seconds on one monotonic clock."""

    def __init__(self, frozen_after: float) -> None:
        self._frozen_after = frozen_after
        self._began = 0.0
        self._newest = 0.0
        self._changed = 0.0
        self._samples = b""

    def begin(self, now: float) -> None:
        """Somebody looks from now on; what was seen before is old."""
        self._began = self._newest = self._changed = now
        self._samples = b""

    def frame(self, now: float, samples: bytes) -> None:
        """A frame came, with these brightness values; empty ones when it could not be read."""
        self._newest = now
        if samples != self._samples or not samples:
            self._samples = samples
            self._changed = now

    def judge(self, now: float) -> Picture:
        """What the driver may believe now."""
        if now - self._newest > MAX_AGE:
            return Picture.LATE
        if self._newest == self._began:
            return Picture.WAITING
        if self._samples and max(self._samples) - min(self._samples) <= FLAT:
            return Picture.BLANK
        if self._frozen_after and self._newest - self._changed >= self._frozen_after:
            return Picture.FROZEN
        return Picture.LIVE
