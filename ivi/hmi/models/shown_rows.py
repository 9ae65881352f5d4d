# SPDX-License-Identifier: Apache-2.0
"""A list of rows that changes in place, so that news does not scroll it back to its top."""

from collections.abc import Mapping, Sequence
from typing import override

from PySide6.QtCore import Property, QAbstractListModel, QByteArray, QModelIndex, QObject, Qt, Signal
from PySide6.QtQml import QmlElement

from ivi.hmi.models.template_rows import Index

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

_FIRST = int(Qt.ItemDataRole.UserRole) + 1
_NO_PARENT = QModelIndex()


@QmlElement
class ShownRows(QAbstractListModel):
    """Rows with the same fields each, the first of which names the row."""

    counted = Signal()

    def __init__(self, roles: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._roles = tuple(roles)
        self._rows: list[dict[str, object]] = []
        self._limit = 0

    @Property(int, notify=counted)
    def count(self) -> int:
        """How many rows are shown."""
        return len(self._shown)

    @Property(int, notify=counted)
    def hidden(self) -> int:
        """How many more there are when parked."""
        return len(self._rows) - len(self._shown)

    @property
    def rows(self) -> list[dict[str, object]]:
        """All of them, for Python."""
        return self._rows

    @property
    def _shown(self) -> list[dict[str, object]]:
        return self._rows[: self._limit] if self._limit else self._rows

    @override
    def roleNames(self) -> dict[int, QByteArray]:
        return {_FIRST + n: QByteArray(name.encode()) for n, name in enumerate(self._roles)}

    @override
    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    @override
    def data(self, index: Index, role: int = _FIRST) -> object:
        if not 0 <= index.row() < len(self._shown) or not 0 <= role - _FIRST < len(self._roles):
            return None
        return self._rows[index.row()][self._roles[role - _FIRST]]

    def limit(self, rows: int) -> None:
        """Show no more than so many rows; 0 for all."""
        if rows != self._limit:
            self.beginResetModel()
            self._limit = rows
            self.endResetModel()
            self.counted.emit()

    def replace(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Show these rows. The same rows in the same order change in place."""
        new, before = [dict(row) for row in rows], self._rows
        key = self._roles[0]
        if [row[key] for row in new] == [row[key] for row in before]:
            self._rows = new
            for number, (old, row) in enumerate(zip(before, new, strict=True)):
                if old != row and number < len(self._shown):
                    self.dataChanged.emit(self.index(number), self.index(number))
            return
        self.beginResetModel()
        self._rows = new
        self.endResetModel()
        self.counted.emit()
