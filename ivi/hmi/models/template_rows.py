# SPDX-License-Identifier: Apache-2.0
"""Rows of an app's page as a list that changes in place, so that a new track does not scroll it back to its top."""

from collections.abc import Callable
from typing import override

from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtQml import QmlElement

from ivi.hmi.templates.present import ShownRow

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

type Index = QModelIndex | QPersistentModelIndex
_FIRST = int(Qt.ItemDataRole.UserRole) + 1
_NO_PARENT = QModelIndex()


@QmlElement
class TemplateRows(QAbstractListModel):
    """Rows of one page; the roles are ShownRow's fields."""

    ROLES = tuple(ShownRow.__dataclass_fields__)

    def __init__(self, resolve: Callable[[str], str], parent: QObject) -> None:
        super().__init__(parent)
        self._rows: tuple[ShownRow, ...] = ()
        self._resolve = resolve

    @override
    def roleNames(self) -> dict[int, QByteArray]:
        return {_FIRST + n: QByteArray(name.encode()) for n, name in enumerate(self.ROLES)}

    @override
    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = _FIRST) -> object:
        if not 0 <= index.row() < len(self._rows):
            return None
        name = self.ROLES[role - _FIRST]
        value: object = getattr(self._rows[index.row()], name)
        return self._resolve(str(value)) if name == "picture" else value

    def replace(self, rows: tuple[ShownRow, ...]) -> None:
        """Show these rows. Rows that stay in place are changed, rows at the end come and go."""
        common = min(len(rows), len(self._rows))
        changed = [n for n in range(common) if rows[n] != self._rows[n]]
        if len(rows) < len(self._rows):
            self.beginRemoveRows(_NO_PARENT, len(rows), len(self._rows) - 1)
            self._rows = self._rows[: len(rows)]
            self.endRemoveRows()
        elif len(rows) > len(self._rows):
            self.beginInsertRows(_NO_PARENT, len(self._rows), len(rows) - 1)
            self._rows = self._rows + rows[common:]
            self.endInsertRows()
        self._rows = rows
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    def picture_arrived(self, name: str) -> None:
        """Draw the rows with this picture again."""
        for number, row in enumerate(self._rows):
            if row.picture == name:
                self.dataChanged.emit(self.index(number), self.index(number))
