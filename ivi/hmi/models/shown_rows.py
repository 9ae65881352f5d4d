# SPDX-License-Identifier: Apache-2.0
"""A list of rows that changes in place, so that news does not scroll it back to its top."""

from collections.abc import Mapping, Sequence
from typing import override

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from ivi.hmi.models.field_rows import FieldRows

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ShownRows(FieldRows):
    """Rows with the same fields each, the first of which names the row."""

    counted = Signal()

    def __init__(self, roles: Sequence[str], parent: QObject | None) -> None:
        super().__init__(parent)
        self.ROLES = tuple(roles)
        self._rows: list[dict[str, object]] = []
        self._limit = 0

    @Property(int, notify=counted)
    def count(self) -> int:
        """How many rows are shown."""
        return self.length()

    @Property(int, notify=counted)
    def hidden(self) -> int:
        """How many more there are when parked."""
        return len(self._rows) - self.length()

    @property
    def rows(self) -> list[dict[str, object]]:
        """All of them, for Python."""
        return self._rows

    @override
    def length(self) -> int:
        return min(self._limit, len(self._rows)) if self._limit else len(self._rows)

    @override
    def cell(self, number: int, field: str) -> object:
        return self._rows[number][field]

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
        key = self.ROLES[0]
        if [row[key] for row in new] == [row[key] for row in before]:
            self._rows = new
            for number, (old, row) in enumerate(zip(before, new, strict=True)):
                if old != row and number < self.length():
                    self.dataChanged.emit(self.index(number), self.index(number))
            return
        self.beginResetModel()
        self._rows = new
        self.endResetModel()
        self.counted.emit()
