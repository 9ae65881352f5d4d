# SPDX-License-Identifier: Apache-2.0
"""The four tyres: pressure, temperature, the car's own warning, and where the pressure goes."""

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi import car_display, display
from ivi.hmi.models.page_signals import PageSignals
from ivi.hmi.models.reading import Reading
from ivi.model.tyres import WHEELS, Trend, TyreTrends

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class Tyre(QObject):
    """One tyre."""

    changed = Signal()

    def __init__(self, pressure: Reading, temperature: Reading, low: Reading, parent: QObject) -> None:
        super().__init__(parent)
        self._pressure, self._temperature, self._low = pressure, temperature, low
        self._trend = Trend.UNKNOWN

    @Property(Reading, constant=True)
    def pressure(self) -> Reading:
        """Pressure over the atmosphere, bar."""
        return self._pressure

    @Property(Reading, constant=True)
    def temperature(self) -> Reading:
        """Celsius."""
        return self._temperature

    @Property(Reading, constant=True)
    def low(self) -> Reading:
        """Whether the car warns of it."""
        return self._low

    @Property(str, notify=changed)
    def trend(self) -> str:
        """`unknown`, `falling`, `steady` or `rising`, at one temperature."""
        return self._trend.value

    def go(self, trend: Trend) -> None:
        """Take the trend."""
        if trend is not self._trend:
            self._trend = trend
            self.changed.emit()


@QmlElement
@QmlSingleton
class Tyres(PageSignals):
    """The tyres by their places, seen in the direction of travel."""

    said = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lows: list[Reading] = []
        self._tyres = {name: self._tyre(wheel) for name, wheel in WHEELS.items()}

    def _tyre(self, wheel: str) -> Tyre:
        tire = f"Vehicle.Chassis.Axle.{wheel}.Tire"
        low = self._read(f"{tire}.IsPressureLow", display.switch)
        low.changed.connect(self.said)
        self._lows.append(low)
        pressure = self._read(f"{tire}.Pressure", car_display.PRESSURE)
        return Tyre(pressure, self._read(f"{tire}.Temperature", car_display.TYRE_TEMPERATURE), low, self)

    @Property(Tyre, constant=True)
    def frontleft(self) -> Tyre:
        """Front left."""
        return self._tyres["front_left"]

    @Property(Tyre, constant=True)
    def frontright(self) -> Tyre:
        """Front right."""
        return self._tyres["front_right"]

    @Property(Tyre, constant=True)
    def rearleft(self) -> Tyre:
        """Rear left."""
        return self._tyres["rear_left"]

    @Property(Tyre, constant=True)
    def rearright(self) -> Tyre:
        """Rear right."""
        return self._tyres["rear_right"]

    @Property(int, notify=said)
    def low(self) -> int:
        """How many tyres the car warns of."""
        return sum(one.shown is not None and one.shown.value > 0 for one in self._lows)

    def update(self, said: TyreTrends | None) -> None:
        """Take the trends; None when nobody computes them."""
        for name, tyre in self._tyres.items():
            tyre.go(said.trends.get(name, Trend.UNKNOWN) if said else Trend.UNKNOWN)
