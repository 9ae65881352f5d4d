# SPDX-License-Identifier: Apache-2.0
"""The paired phones as the screen shows them. The car is asked only while a page looks."""

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.model.phone import Phones

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlSingleton
class Telephone(QObject):
    """Bluetooth and the phones on it."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._said: Phones | None = None
        self._look: Callable[[bool], None] | None = None
        self._wanted = False

    def serve(self, look: Callable[[bool], None]) -> None:
        """The source begins or ends following the phone service with `look`; a page may have asked for it already."""
        self._look = look
        look(self._wanted)

    @Property(str, notify=changed)
    def state(self) -> str:
        """on, off, no_adapter, no_service, no_library; empty while nothing was heard."""
        return self._said.state.value if self._said else ""

    @Property(str, notify=changed)
    def adapter(self) -> str:
        """The name that phones see."""
        return self._said.adapter if self._said else ""

    @Property(list, notify=changed)
    def phones(self) -> list[dict[str, object]]:
        """name, connected, battery (percent, -1 for unknown). Read it once, it is copied."""
        return [
            {"name": one.name, "connected": one.connected, "battery": -1 if one.battery is None else one.battery}
            for one in (self._said.phones if self._said else [])
        ]

    @Slot(bool)
    def watch(self, wanted: bool) -> None:
        """A page looks, or no longer."""
        self._wanted = wanted
        if self._look is not None:
            self._look(wanted)

    def update(self, said: Phones | None) -> None:
        """Show this; None while the service is away."""
        if said != self._said:
            self._said = said
            self.changed.emit()
