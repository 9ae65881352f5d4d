# SPDX-License-Identifier: Apache-2.0
"""Day or night look."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi.day_night import DayNight
from ivi.hmi.display import number
from ivi.model.profiles import Look
from ivi.model.signal import Value

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

_NIGHT = {Look.AUTO: None, Look.DAY: False, Look.NIGHT: True}
LIGHT = "Vehicle.Exterior.LightIntensity"
LOW_BEAM = "Vehicle.Body.Lights.Beam.Low.IsOn"


@QmlElement
@QmlSingleton
class Lighting(QObject):
    """The choice of ivi.hmi.day_night for QML. A sensor that went silent leaves the look as it is."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = DayNight()
        self._light: float | None = None
        self._low_beam: bool | None = None

    @Property(bool, notify=changed)
    def night(self) -> bool:
        """Whether the night look is shown."""
        return self._choice.night

    @Slot()
    def toggle(self) -> None:
        """The driver wants the other look."""
        self._choice.toggle()
        self.changed.emit()

    def prefer(self, look: Look) -> None:
        """What the driver has chosen for good."""
        before = self._choice.night
        self._choice.prefer(_NIGHT[look])
        if self._choice.night != before:
            self.changed.emit()

    def show(self, path: str, value: Value | None) -> None:
        """A new value of one of the two signals."""
        before = self._choice.night
        if path == LIGHT:
            self._light = number(value)
        elif isinstance(value, bool):
            self._low_beam = value
        self._choice.light(self._light, self._low_beam)
        if self._choice.night != before:
            self.changed.emit()
