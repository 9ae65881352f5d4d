# SPDX-License-Identifier: Apache-2.0
"""The uplink in numbers."""

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.model.cloud import LinkState
from ivi.model.cloud import Uplink as UplinkState

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlSingleton
class Uplink(QObject):
    """What waits and what arrived."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.said: UplinkState | None = None

    @Property(bool, notify=changed)
    def online(self) -> bool:
        """Whether the fleet's broker is reached."""
        return self.said is not None and self.said.state is LinkState.ONLINE

    @Property(int, notify=changed)
    def waiting(self) -> int:
        """Rows in the outbox."""
        return self.said.waiting if self.said else 0

    @Property(int, notify=changed)
    def acknowledged(self) -> int:
        """Rows that the fleet has confirmed."""
        return self.said.acknowledged if self.said else 0

    def update(self, said: UplinkState | None) -> None:
        """Take the state; None while the process is away."""
        if said != self.said:
            self.said = said
            self.changed.emit()
