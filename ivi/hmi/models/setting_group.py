# SPDX-License-Identifier: Apache-2.0
"""Several settings that the driver means at once, such as all locks."""

from collections.abc import Sequence

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from ivi.hmi.models.reading import Setting

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class SettingGroup(QObject):
    """Says what holds for all, and asks all. A part of which nothing is known makes nothing known of the whole."""

    changed = Signal()

    def __init__(self, settings: Sequence[Setting], parent: QObject) -> None:
        super().__init__(parent)
        self._settings = tuple(settings)
        self._said: tuple[bool, ...] = ()
        for one in self._settings:
            one.changed.connect(self._judge)
            one.asked.connect(self._judge)

    @Property(bool, notify=changed)
    def known(self) -> bool:
        """Whether each part is known."""
        return all(one.shown is not None for one in self._settings)

    @Property(bool, notify=changed)
    def all(self) -> bool:
        """Whether each part is on."""
        return all(one.shown is not None and one.shown.value > 0 for one in self._settings)

    @Property(bool, notify=changed)
    def some(self) -> bool:
        """Whether any part is on."""
        return any(one.shown is not None and one.shown.value > 0 for one in self._settings)

    @Property(bool, notify=changed)
    def pending(self) -> bool:
        """Whether any part was asked for something that the car has not reported yet."""
        return any(one.property("pending") for one in self._settings)

    @Slot()
    def flip(self) -> None:
        """Ask each part to be off when all are on, else on."""
        self.set(0.0 if self.property("all") else self._settings[0].actuator.highest)

    @Slot(float)
    def set(self, value: float) -> None:
        """Ask each known part for this value."""
        for one in self._settings:
            one.set(value)

    def _judge(self) -> None:
        said = tuple(bool(self.property(name)) for name in ("known", "all", "some", "pending"))
        if said != self._said:
            self._said = said
            self.changed.emit()
