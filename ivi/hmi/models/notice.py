# SPDX-License-Identifier: Apache-2.0
"""A sentence that appears for a moment."""

import time

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi.notice_rate import NoticeRate

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

READING_TIME = 5000  # milliseconds


@QmlElement
@QmlSingleton
class Notice(QObject):
    """The toast: one at a time, the newest wins."""

    changed = Signal()
    said = Signal(str, str, str)
    """Speaker (empty for the car), icon and text of each sentence, for whoever keeps them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._shown = False
        self._hide = QTimer(self)
        self._hide.setSingleShot(True)
        self._hide.timeout.connect(self.dismiss)
        self._rate = NoticeRate()
        self._held = False

    @Property(str, notify=changed)
    def text(self) -> str:
        """The sentence; it stays while the toast fades away."""
        return self._text

    @Property(bool, notify=changed)
    def shown(self) -> bool:
        """Whether it is on the screen."""
        return self._shown

    @Slot()
    def dismiss(self) -> None:
        """Take it away."""
        self._shown = False
        self.changed.emit()

    def say(self, text: str, speaker: str = "", glyph: str = "info") -> None:
        """Show a sentence of the car's, or of the app `speaker`, whose sign is `glyph`."""
        self.said.emit(speaker, glyph, text)
        if not self._rate.may_show(speaker, text, time.monotonic()):
            return
        self._text, self._shown = f"{speaker} · {text}" if speaker else text, True
        if not self._held:
            self._hide.start(READING_TIME)
        self.changed.emit()

    def hold(self, *, held: bool) -> None:
        """Something more important lies above it: it waits, and is shown for its time afterwards."""
        if held == self._held:
            return
        self._held = held
        if held:
            self._hide.stop()
        elif self._shown:
            self._hide.start(READING_TIME)
