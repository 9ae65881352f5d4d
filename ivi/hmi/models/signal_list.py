# SPDX-License-Identifier: Apache-2.0
"""All live signals of the broker, for engineers; followed only while somebody looks."""

import time
from collections.abc import Callable
from typing import override

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi import display
from ivi.hmi.models.field_rows import FIRST_ROLE, FieldRows
from ivi.hmi.template_limits import FULLY_RESTRICTED
from ivi.model.signal import Datapoint, Metadata

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

_BRANCH = "Vehicle."


@QmlElement
@QmlSingleton
class SignalList(FieldRows):
    """Path, value, unit and age of each live signal, sorted by path, cut to what the driving state allows."""

    ROLES = ("path", "value", "unit", "age")
    changed = Signal()
    suggested = Signal()
    """The car's signals have no names that the home screen knows: this list is all there is to show."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths: list[str] = []
        self._values: dict[str, Datapoint] = {}
        self._units: dict[str, str] = {}
        self._limit = FULLY_RESTRICTED.max_rows
        self._open = False
        self.follow: Callable[[bool], None] | None = None
        """Starts and stops the subscription; set by the source."""
        self._ages = QTimer(self)
        self._ages.setInterval(1000)
        self._ages.timeout.connect(self._grow_older)

    @Property(int, notify=changed)
    def total(self) -> int:
        """How many signals have a value."""
        return len(self._paths)

    @Property(int, notify=changed)
    def hidden(self) -> int:
        """How many are kept for when the car is parked."""
        return len(self._paths) - self.rowCount()

    @Slot(bool)
    def look(self, open_now: bool) -> None:
        """Somebody opened or closed the list."""
        if open_now == self._open:
            return
        self._open = open_now
        if self.follow is not None:
            self.follow(open_now)
        if open_now:
            self._ages.start()
        else:
            self._ages.stop()

    @override
    def length(self) -> int:
        return min(len(self._paths), self._limit) if self._limit else len(self._paths)

    @override
    def cell(self, number: int, field: str) -> object:
        path = self._paths[number]
        point = self._values[path]
        match field:
            case "path":
                return path.removeprefix(_BRANCH)
            case "value":
                return display.plain(point.value)
            case "unit":
                return self._units.get(path, "")
            case _:
                return display.age(time.monotonic() - point.mono_ns / 1e9)

    def describe(self, entries: list[Metadata]) -> None:
        """Take the units."""
        self._units = {entry.path: entry.unit for entry in entries}

    def update(self, entries: dict[str, Datapoint]) -> None:
        """Take new values."""
        fresh = entries.keys() - self._values.keys()
        if fresh:
            self.beginResetModel()
            self._values.update(entries)
            self._paths = sorted(self._values)
            self.endResetModel()
            self.changed.emit()
            return
        self._values.update(entries)
        rows = [row for row in range(self.rowCount()) if self._paths[row] in entries]
        if rows:
            self.dataChanged.emit(self.index(rows[0]), self.index(rows[-1]))

    def limit(self, rows: int) -> None:
        """Show at most so many rows; 0 for all."""
        if rows != self._limit:
            self.beginResetModel()
            self._limit = rows
            self.endResetModel()
            self.changed.emit()

    def clear(self) -> None:
        """Forget all values: the broker has gone, or nobody looks."""
        self.beginResetModel()
        self._paths, self._values = [], {}
        self.endResetModel()
        self.changed.emit()

    def _grow_older(self) -> None:
        if self.rowCount():
            age = FIRST_ROLE + self.ROLES.index("age")
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1), [age])
