# SPDX-License-Identifier: Apache-2.0
"""A list for QML of which every row has the same fields: what all such lists answer to Qt in the same way."""

from typing import override

from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QPersistentModelIndex
from PySide6.QtQml import QmlElement

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

type Index = QModelIndex | QPersistentModelIndex

FIRST_ROLE = 0x0101  # Qt.ItemDataRole.UserRole + 1; PySide6 makes all enums of Qt to give one, 15 ms of the start
NO_PARENT = QModelIndex()


@QmlElement
class FieldRows(QAbstractListModel):
    """Fields are roles, in the order of ROLES. Each kind of list says how many rows it shows and what is in one."""

    ROLES: tuple[str, ...] = ()

    def length(self) -> int:
        """How many rows are shown."""
        return 0

    def cell(self, number: int, field: str) -> object:
        """What a field of a shown row has."""
        raise NotImplementedError(f"{type(self).__name__} does not say what {field} of row {number} has")

    @override
    def roleNames(self) -> dict[int, QByteArray]:
        return {FIRST_ROLE + n: QByteArray(name.encode()) for n, name in enumerate(self.ROLES)}

    @override
    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else self.length()

    @override
    def data(self, index: Index, role: int = FIRST_ROLE) -> object:
        number, field = index.row(), role - FIRST_ROLE
        if not 0 <= number < self.length() or not 0 <= field < len(self.ROLES):
            return None
        return self.cell(number, self.ROLES[field])
