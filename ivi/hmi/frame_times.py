# SPDX-License-Identifier: Apache-2.0
"""How even the frames are while something moves all the time; for benchmarks only.

A screen that changes little draws little, and then the time between two frames says nothing. With IVI_FRAME_TIMES set
the window is asked for a frame at 60 Hz, so that every one that comes late is seen.
"""

import time
from array import array

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtQuick import QQuickWindow

RATE = 60.0  # frames a second
STEP = 0.25  # milliseconds between two classes of the histogram
LONGEST = 500.0  # milliseconds; what takes longer is counted there


class FrameTimes(QObject):
    """Asks for frames and counts the times between them, in a histogram: an hour takes no more room than a second."""

    def __init__(self, window: QQuickWindow, after: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._begin = time.monotonic() + after
        self._last = 0.0
        self._longest = 0.0
        self._counts = array("q", [0]) * (round(LONGEST / STEP) + 1)
        self._used = 0.0
        self._dearest = 0.0
        self._costs = array("q", self._counts)
        self._due = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tick)
        window.frameSwapped.connect(self._swapped)
        self._tick()

    @Slot()
    def _tick(self) -> None:
        self._window.update()
        now = time.monotonic()
        self._due = max(self._due + 1 / RATE, now)
        # Whole milliseconds are all that a timer knows: the next one makes up for what this one was too early.
        self._timer.start(max(0, round((self._due - now) * 1000)))

    @Slot()
    def _swapped(self) -> None:
        now, used = time.monotonic(), time.thread_time()
        if self._last > self._begin:
            took, cost = (now - self._last) * 1000, (used - self._used) * 1000
            self._longest, self._dearest = max(self._longest, took), max(self._dearest, cost)
            self._counts[min(len(self._counts) - 1, int(took / STEP))] += 1
            self._costs[min(len(self._costs) - 1, int(cost / STEP))] += 1
        self._last, self._used = now, used

    def figures(self) -> dict[str, int | float]:
        """Milliseconds by `frame_p50_ms` and so on, and how many frames were counted; empty while there are none.

        `frame_cpu_…` is the processor time of this thread from frame to frame, all that it does between them included:
        what is long but did little waited for a processor.
        """
        total = sum(self._counts)
        if not total:
            return {}
        return {
            "frames_timed": total,
            "frame_max_ms": round(self._longest, 2),
            "frame_cpu_max_ms": round(self._dearest, 2),
            **{f"frame_p{share}_ms": _percentile(self._counts, share) for share in (50, 99)},
            **{f"frame_cpu_p{share}_ms": _percentile(self._costs, share) for share in (50, 99)},
        }


def _percentile(counts: "array[int]", share: int) -> float:
    """Upper end, milliseconds, of the class in which so many percent of all are reached."""
    total, seen = sum(counts), 0
    for place, count in enumerate(counts):
        seen += count
        if seen * 100 >= total * share:
            return (place + 1) * STEP
    return LONGEST
