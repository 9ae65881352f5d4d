# SPDX-License-Identifier: Apache-2.0
"""Which band lies above the pages now."""

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi.bands import Band, uppermost

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlSingleton
class Bands(QObject):
    """The result of the one rule of ivi.hmi.bands."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: set[Band] = set()
        self._shown: Band | None = None

    @Property(str, notify=changed)
    def shown(self) -> str:
        """`rear_view`, `call`, `alert`, `media`, `hint`; empty for none."""
        return self._shown.value if self._shown else ""

    @property
    def uppermost(self) -> Band | None:
        """The same for Python."""
        return self._shown

    def want(self, band: Band, *, wanted: bool) -> None:
        """Somebody has something to show, or no longer."""
        (self._wanted.add if wanted else self._wanted.discard)(band)
        shown = uppermost(self._wanted)
        if shown is not self._shown:
            self._shown = shown
            self.changed.emit()
