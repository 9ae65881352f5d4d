# SPDX-License-Identifier: Apache-2.0
"""How the vehicle's buses do, asked while somebody looks."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Property, QCoreApplication, QObject, QTimer, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi.catalogues import later
from ivi.hmi.models.shown_rows import ShownRows
from ivi.model.health import BusHealth

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

translate = QCoreApplication.translate
REFRESH = 2000  # milliseconds

_STATES = {
    "ok": later("Buses", "Well"),
    "away": later("Buses", "Cannot be reached"),
    "silent": later("Buses", "Silent"),
    "babbling": later("Buses", "Flooded"),
    "bus-off": later("Buses", "Off after too many errors"),
    "error-passive": later("Buses", "Many errors"),
    "error-warning": later("Buses", "Errors"),
}


@QmlElement
@QmlSingleton
class Buses(QObject):
    """One row for each bus."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ask: Callable[[], None] | None = None
        """Asks the databroker; set by the source."""
        self._rows = ShownRows(("name", "words", "well", "rate"), self)
        self._lookers = 0
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH)
        self._timer.timeout.connect(self._refresh)

    @Property(ShownRows, constant=True)
    def rows(self) -> ShownRows:
        """Rows: name, words (its state), well, rate (frames a second, as text)."""
        return self._rows

    @Slot(bool)
    def look(self, looking: bool) -> None:  # a slot has positions only
        """Another one looks, or one no longer does: two pages may show this while one is replaced by the other."""
        self._lookers = max(0, self._lookers + (1 if looking else -1))
        if not self._lookers:
            self._timer.stop()
        elif looking:
            self._timer.start()
            self._refresh()

    def update(self, buses: Sequence[BusHealth]) -> None:
        """Take what the databroker says."""
        self._rows.replace([_row(bus) for bus in buses])

    @Slot()
    def _refresh(self) -> None:
        if self.ask is not None:
            self.ask()


def _row(bus: BusHealth) -> dict[str, object]:
    state = _STATES.get(bus.state)
    return {
        "name": bus.name,
        "words": translate("Buses", state) if state else bus.state,
        "well": bus.state == "ok",
        "rate": translate("Buses", "%n messages a second", "", round(bus.rate_hz)),
    }
