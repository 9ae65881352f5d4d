# SPDX-License-Identifier: Apache-2.0
"""Collects changes and applies them once a frame, the newest of each kind: a fast bus costs no extra redraws."""

import time
from collections.abc import Callable, Hashable

from PySide6.QtCore import QObject, QTimer, Slot

FRAME = 0.012  # seconds: less than a frame at 60 Hz, so that an early timer never makes a value wait for two


class Coalescer(QObject):
    """Runs one action for each key at most once a frame. Without work there is no timer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.merged = 0
        """Actions that a newer one of the same key replaced before they ran."""
        self._waiting: dict[Hashable, Callable[[], None]] = {}
        self._ran = 0.0
        # Up to 20 ms Qt's timers are precise without being told, and to tell it needs all enums of Qt at the start.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.run)

    def put(self, key: Hashable, action: Callable[[], None]) -> None:
        """Do this with the next frame: at once when the last frame is over, else when it is."""
        if key in self._waiting:
            self.merged += 1
        self._waiting[key] = action
        if not self._timer.isActive():
            wait = self._ran + FRAME - time.monotonic()
            self._timer.start(max(0, round(wait * 1000)))

    def now(self, key: Hashable, action: Callable[[], None]) -> None:
        """Do this here when the last frame is over, else with the next frame."""
        now = time.monotonic()
        if self._waiting or now < self._ran + FRAME:
            self.put(key, action)
        else:
            self._ran = now
            action()

    @Slot()
    def run(self) -> None:
        """Apply what waits."""
        self._ran = time.monotonic()
        waiting, self._waiting = self._waiting, {}
        for action in waiting.values():
            action()
