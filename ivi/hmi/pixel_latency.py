# SPDX-License-Identifier: Apache-2.0
"""How old something is when the frame that shows it is on the screen: from its time stamp to the swapped frame.

For values that is the bus's time stamp, for touches the moment before they are delivered.
"""

import time
from collections import deque

from PySide6.QtCore import QObject, Slot
from PySide6.QtQuick import QQuickWindow

KEPT = 600  # newest frames that showed something new: at least 20 s of driving


class PixelLatency(QObject):
    """Told of values that changed the drawing; takes the time when the next frame is out."""

    def __init__(self, window: QQuickWindow, parent: QObject | None = None, name: str = "can_to_pixel") -> None:
        """`name` begins the names of the figures: from what to what."""
        super().__init__(parent)
        self._name = name
        self._waiting: int | None = None
        self._taken: deque[float] = deque(maxlen=KEPT)
        window.frameSwapped.connect(self.swapped)

    def changed(self, time_ns: int) -> None:
        """A value of this time (Unix, ns) changed what will be drawn. The oldest of a frame counts."""
        if self._waiting is None or time_ns < self._waiting:
            self._waiting = time_ns

    @Slot()
    def swapped(self) -> None:
        """A frame is out."""
        if self._waiting is not None:
            self._taken.append((time.time_ns() - self._waiting) / 1e6)
            self._waiting = None

    def percentiles(self) -> dict[str, float]:
        """Milliseconds by `can_to_pixel_p50_ms` (or another name) and so on; empty while nothing was drawn."""
        if not self._taken:
            return {}
        ages = sorted(self._taken)
        last = len(ages) - 1
        return {f"{self._name}_p{share}_ms": round(ages[last * share // 100], 2) for share in (50, 95, 99)}
