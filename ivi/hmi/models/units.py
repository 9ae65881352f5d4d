# SPDX-License-Identifier: Apache-2.0
"""What the units are called that numbers are shown in."""

import math

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi import measures
from ivi.hmi.measures import Measures
from ivi.model.profiles import DistanceUnit, TemperatureUnit

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

_ROUND = 1e-9  # what a division leaves over


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
    def consumption(self) -> str:
        """For consumption."""
        return f"kWh/100 {measures.chosen().distance.value}"

    @Slot(float, int, result=str)
    def written(self, value: float, digits: int) -> str:
        """A number with so many decimals, as the language writes it."""
        return measures.decimal(f"{value:.{digits}f}".replace("-", "\N{MINUS SIGN}"))

    @Slot(float, result=str)
    def way(self, metres: float) -> str:
        """A distance on the map in a round number of the driver's unit: 500 m, 2 km, 1000 ft, 5 mi."""
        if measures.chosen().distance is DistanceUnit.KILOMETRES:
            small, unit, large = metres, "m", metres / 1000
        else:
            small, unit, large = metres / measures.FEET, "ft", metres / measures.MILE
        if large < 1 - _ROUND:
            return f"{round(small)} {unit}"
        return f"{measures.decimal(f'{large:g}')} {measures.chosen().distance.value}"

    @Slot(float, result=float)
    def rounded(self, metres: float) -> float:
        """The next smaller distance, metres, that is a round number of the driver's unit: 1, 2 or 5 with noughts."""
        kilometres = measures.chosen().distance is DistanceUnit.KILOMETRES
        unit = 1.0 if kilometres else measures.MILE if metres >= measures.MILE else measures.FEET
        number = max(10.0 if unit < measures.MILE else 1.0, metres / unit)
        power = 10.0 ** math.floor(math.log10(number) + _ROUND)
        digit = number / power + _ROUND
        return (5 if digit >= 5 else 2 if digit >= 2 else 1) * power * unit  # noqa: PLR2004  # 1, 2, 5

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
