# SPDX-License-Identifier: Apache-2.0
"""Rows of an app's page as a list that changes in place, so that a new track does not scroll it back to its top."""

from collections.abc import Callable
from typing import override

from PySide6.QtCore import QObject
from PySide6.QtQml import QmlElement

from ivi.hmi.models.field_rows import NO_PARENT, FieldRows
from ivi.hmi.templates.present import ShownRow

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class TemplateRows(FieldRows):
    """Rows of one page; the roles are ShownRow's fields."""

    ROLES = tuple(ShownRow.__dataclass_fields__)

    def __init__(self, resolve: Callable[[str], str], parent: QObject) -> None:
        super().__init__(parent)
        self._rows: tuple[ShownRow, ...] = ()
        self._resolve = resolve

    @override
    def length(self) -> int:
        return len(self._rows)

    @override
    def cell(self, number: int, field: str) -> object:
        value: object = getattr(self._rows[number], field)
        return self._resolve(str(value)) if field == "picture" else value

    def replace(self, rows: tuple[ShownRow, ...]) -> None:
        """Show these rows. Rows that stay in place are changed, rows at the end come and go."""
        common = min(len(rows), len(self._rows))
        changed = [n for n in range(common) if rows[n] != self._rows[n]]
        if len(rows) < len(self._rows):
            self.beginRemoveRows(NO_PARENT, len(rows), len(self._rows) - 1)
            self._rows = self._rows[: len(rows)]
            self.endRemoveRows()
        elif len(rows) > len(self._rows):
            self.beginInsertRows(NO_PARENT, len(self._rows), len(rows) - 1)
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
