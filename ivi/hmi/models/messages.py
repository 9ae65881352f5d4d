# SPDX-License-Identifier: Apache-2.0
"""What was said to the driver, to be read again: bounded, newest first, the same words of one speaker once."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import override

from PySide6.QtCore import (
    Property,
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtQml import QmlElement, QmlSingleton

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

KEPT = 50  # messages; older ones go
_FIRST = int(Qt.ItemDataRole.UserRole) + 1
_NO_PARENT = QModelIndex()

type Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Message:
    """One message."""

    speaker: str
    """An app's name; empty for the car."""
    glyph: str
    text: str
    at: str
    """When it was said last, as the clock shows it."""
    times: int = 1
    """How often it was said."""


@QmlElement
@QmlSingleton
class Messages(QAbstractListModel):
    """The list; its roles are Message's fields."""

    ROLES = tuple(Message.__dataclass_fields__)
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Message] = []
        self._unread = 0
        self._limit = 0

    @Property(int, notify=changed)
    def count(self) -> int:
        """How many there are to read now."""
        return self.rowCount()

    @Property(int, notify=changed)
    def withheld(self) -> int:
        """How many more there are when parked."""
        return len(self._rows) - self.rowCount()

    @Property(int, notify=changed)
    def unread(self) -> int:
        """How many came since the driver looked last."""
        return self._unread

    @override
    def roleNames(self) -> dict[int, QByteArray]:
        return {_FIRST + n: QByteArray(name.encode()) for n, name in enumerate(self.ROLES)}

    @override
    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        if parent.isValid():
            return 0
        return min(self._limit, len(self._rows)) if self._limit else len(self._rows)

    @override
    def data(self, index: Index, role: int = _FIRST) -> object:
        if not 0 <= index.row() < self.rowCount():
            return None
        value: object = getattr(self._rows[index.row()], self.ROLES[role - _FIRST])
        return value

    def add(self, speaker: str, glyph: str, text: str, now: datetime) -> None:
        """Keep what was said. The same words of one speaker move up and are counted."""
        message = Message(speaker, glyph, text, f"{now:%H:%M}")
        self.beginResetModel()
        for number, row in enumerate(self._rows):
            if (row.speaker, row.text) == (speaker, text):
                message = replace(message, times=row.times + 1)
                del self._rows[number]
                break
        self._rows.insert(0, message)
        del self._rows[KEPT:]
        self._unread = min(KEPT, self._unread + 1)
        self.endResetModel()
        self.changed.emit()

    def limit(self, rows: int) -> None:
        """Show at most so many; 0 for all."""
        if rows != self._limit:
            self.beginResetModel()
            self._limit = rows
            self.endResetModel()
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
        self.beginResetModel()
        self._rows.clear()
        self._unread = 0
        self.endResetModel()
        self.changed.emit()
