# SPDX-License-Identifier: Apache-2.0
"""What has begun to play, for a moment: the hint of a new track."""

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi.models.app_choice import Media

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

READING_TIME = 4000  # milliseconds


@QmlElement
@QmlSingleton
class PlayingHint(QObject):
    """The newest track. What plays already when the screen begins is no news."""

    changed = Signal()
    moved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._media: Media | None = None
        self._track = ""
        self._artist = ""
        self._picture = ""
        self._key: tuple[str, str, str] | None = None
        self._shown = False
        self._elsewhere = False
        self._hide = QTimer(self)
        self._hide.setSingleShot(True)
        self._hide.timeout.connect(self.dismiss)

    def follow(self, media: Media) -> None:
        """Look at what plays."""
        self._media = media
        media.changed.connect(self._look)

    @Property(bool, notify=changed)
    def shown(self) -> bool:
        """Whether there is one."""
        return self._shown

    @Property(str, notify=changed)
    def title(self) -> str:
        """The track."""
        return self._track

    @Property(str, notify=changed)
    def text(self) -> str:
        """Who plays it; empty where the app does not say."""
        return self._artist

    @Property(str, notify=changed)
    def picture(self) -> str:
        """Address of its picture; empty without one."""
        return self._picture

    def _is_elsewhere(self) -> bool:
        return self._elsewhere

    def _set_elsewhere(self, elsewhere: bool) -> None:
        if elsewhere != self._elsewhere:
            self._elsewhere = elsewhere
            self.moved.emit()
            if elsewhere:
                self.dismiss()

    elsewhere = Property(bool, _is_elsewhere, _set_elsewhere, notify=moved)
    """Whether a page shows what plays, so that a hint would say nothing new; set by the shell."""

    @Slot()
    def dismiss(self) -> None:
        """Take it away."""
        self._hide.stop()
        if self._shown:
            self._shown = False
            self.changed.emit()

    @Slot()
    def _look(self) -> None:
        front = self._media.front if self._media is not None else None
        playing = front[1].playing if front is not None else None
        if front is None or playing is None:
            return
        key = (front[0].id, playing[0], playing[1])
        if key == self._key:
            return
        first, self._key = self._key is None, key
        self._track, self._artist, self._picture = playing
        if not first and not self._elsewhere:
            self._shown = True
            self._hide.start(READING_TIME)
        self.changed.emit()
