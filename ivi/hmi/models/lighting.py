# SPDX-License-Identifier: Apache-2.0
"""Day or night look."""

import time

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
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
UNLIT = 60_000  # milliseconds without a word on the light after which, and at which, the time of day is asked


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
        self._settle = QTimer(self, singleShot=True)
        self._settle.timeout.connect(self._settled)
        self._unlit = QTimer(self)
        self._unlit.timeout.connect(self._look_at_clock)

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
        self._tell(before)

    def show(self, path: str, value: Value | None) -> None:
        """A new value of one of the two signals; None while it is absent or too old."""
        before = self._choice.night
        if path == LIGHT:
            self._light = number(value)
        elif isinstance(value, bool):
            self._low_beam = value
        self._choice.light(self._light, self._low_beam)
        if self._choice.waiting > 0:
            self._settle.start(round(self._choice.waiting * 1000) + 1)
        if self._light is None and self._low_beam is None:
            if not self._unlit.isActive():
                self._unlit.start(UNLIT)
        else:
            self._unlit.stop()
        self._tell(before)

    @Slot()
    def _settled(self) -> None:
        before = self._choice.night
        self._choice.settle()
        self._tell(before)

    @Slot()
    def _look_at_clock(self) -> None:
        before = self._choice.night
        self._choice.hour(time.localtime().tm_hour)
        self._tell(before)

    def _tell(self, before: bool) -> None:
        if self._choice.night != before:
            self.changed.emit()
