# SPDX-License-Identifier: Apache-2.0
"""The climate bar: set points and switches as the car reports them, and what the driver asked for."""

from PySide6.QtCore import Property, QObject
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi import display
from ivi.hmi.catalogues import later
from ivi.hmi.models.reading import Actuator, Setting

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

_HVAC = "Vehicle.Cabin.HVAC"
_ROW = f"{_HVAC}.Station.Row1"
_COLDEST, _WARMEST, _DEGREES = 16.0, 28.0, 0.5  # Celsius; what the HVAC unit takes
_FULL, _NOTCH = 100.0, 10.0  # percent


@QmlElement
@QmlSingleton
class Climate(QObject):
    """Settings of the climate bar."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._driver = self._temperature("Driver", later("Settings", "The driver's temperature"))
        self._passenger = self._temperature("Passenger", later("Settings", "The passenger's temperature"))
        fan = Actuator(f"{_ROW}.Driver.FanSpeed", later("Settings", "The fan"), int, highest=_FULL, step=_NOTCH)
        self._fan = Setting(display.percent, self, fan)
        self._cooling = self._switch("IsAirConditioningActive", later("Settings", "Air conditioning"))
        self._defrost = self._switch("IsFrontDefrosterActive", later("Settings", "The front defroster"))
        self._recirculation = self._switch("IsRecirculationActive", later("Settings", "Air recirculation"))
        everything = (self._driver, self._passenger, self._fan, self._cooling, self._defrost, self._recirculation)
        self.by_path = {setting.actuator.path: setting for setting in everything}
        """Which setting shows which VSS path."""

    def _temperature(self, seat: str, name: str) -> Setting:
        actuator = Actuator(f"{_ROW}.{seat}.Temperature", name, float, _COLDEST, _WARMEST, _DEGREES)
        return Setting(display.half_degrees, self, actuator)

    def _switch(self, leaf: str, name: str) -> Setting:
        return Setting(display.switch, self, Actuator(f"{_HVAC}.{leaf}", name, bool))

    @Property(Setting, constant=True)
    def driver(self) -> Setting:
        """Set point of the driver's side, Celsius."""
        return self._driver

    @Property(Setting, constant=True)
    def passenger(self) -> Setting:
        """Set point of the passenger's side, Celsius."""
        return self._passenger

    @Property(Setting, constant=True)
    def fan(self) -> Setting:
        """Fan, percent."""
        return self._fan

    @Property(Setting, constant=True)
    def cooling(self) -> Setting:
        """Air conditioning, on or off."""
        return self._cooling

    @Property(Setting, constant=True)
    def defrost(self) -> Setting:
        """Front defroster, on or off."""
        return self._defrost

    @Property(Setting, constant=True)
    def recirculation(self) -> Setting:
        """Air recirculation, on or off."""
        return self._recirculation
