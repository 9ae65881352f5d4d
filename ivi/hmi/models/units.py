# SPDX-License-Identifier: Apache-2.0
"""What the units are called that numbers are shown in."""

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi import measures
from ivi.hmi.measures import Measures
from ivi.model.profiles import DistanceUnit, TemperatureUnit

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlSingleton
class Units(QObject):
    """Labels beside numbers. The numbers themselves come converted from Python."""

    changed = Signal()

    @Property(str, notify=changed)
    def distance(self) -> str:
        """For distances."""
        return measures.chosen().distance.value

    @Property("double", notify=changed)  # type: ignore[arg-type]  # stubs want a type; QML has no `float`
    def far(self) -> float:
        """How many of the distance's unit a kilometre is, for numbers that QML rounds itself."""
        return measures.distance(1.0)

    @Property(str, notify=changed)
    def speed(self) -> str:
        """For speeds."""
        return "km/h" if measures.chosen().distance is DistanceUnit.KILOMETRES else "mph"

    @Property(str, notify=changed)
    def temperature(self) -> str:
        """For temperatures, with the degree sign."""
        return "°C" if measures.chosen().temperature is TemperatureUnit.CELSIUS else "°F"

    @Property(str, notify=changed)
    def pressure(self) -> str:
        """For tyre pressures."""
        return measures.chosen().pressure.value

    def choose(self, chosen: Measures) -> None:
        """Show everything in these units from now on."""
        if chosen != measures.chosen():
            measures.choose(chosen)
            self.changed.emit()
