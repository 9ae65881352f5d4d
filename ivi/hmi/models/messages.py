# SPDX-License-Identifier: Apache-2.0
"""What was said to the driver, to be read again: bounded, newest first, the same words of one speaker once."""

from datetime import datetime

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi.models.shown_rows import ShownRows

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

KEPT = 50  # messages; older ones go


@QmlElement
@QmlSingleton
class Messages(ShownRows):
    """The list. `speaker` is an app's name, or empty for the car; `at` is when it was said last, `times` how often."""

    ROLES = ("speaker", "glyph", "text", "at", "times")
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(self.ROLES, parent)
        self._unread = 0
        self.counted.connect(self.changed)

    @Property(int, notify=changed)
    def withheld(self) -> int:
        """How many more there are when parked."""
        return len(self.rows) - self.length()

    @Property(int, notify=changed)
    def unread(self) -> int:
        """How many came since the driver looked last."""
        return self._unread

    def add(self, speaker: str, glyph: str, text: str, now: datetime) -> None:
        """Keep what was said. The same words of one speaker move up and are counted."""
        before = [row for row in self.rows if (row["speaker"], row["text"]) == (speaker, text)]
        times = 1 + sum(int(str(row["times"])) for row in before)
        message: dict[str, object] = {
            "speaker": speaker,
            "glyph": glyph,
            "text": text,
            "at": f"{now:%H:%M}",
            "times": times,
        }
        self.replace([message, *(row for row in self.rows if row not in before)][:KEPT])
        self._unread = min(KEPT, self._unread + 1)
        self.changed.emit()

    @Slot()
    def read(self) -> None:
        """The driver has looked."""
        if self._unread:
            self._unread = 0
            self.changed.emit()

    @Slot()
    def clear(self) -> None:
        """Away with all of them."""
        self.replace([])
        self._unread = 0
        self.changed.emit()
