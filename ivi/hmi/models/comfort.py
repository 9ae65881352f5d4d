# SPDX-License-Identifier: Apache-2.0
"""What the climate page has beyond the climate bar: each seat's own air, heating, and the other defrosters."""

from PySide6.QtCore import Property, QObject, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi import car_display, display
from ivi.hmi.catalogues import later
from ivi.hmi.models.page_signals import PageSignals
from ivi.hmi.models.reading import Actuator, Setting

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

_HVAC = "Vehicle.Cabin.HVAC"
_ROW = f"{_HVAC}.Station.Row1"
_BODY = "Vehicle.Body"
WAYS = ("UP", "MIDDLE", "DOWN")
_FULL, _NOTCH, _LEVEL = 100.0, 10.0, 33.0  # percent; three levels of heating: 33, 66, 99
_LEVELS = 99.0  # percent at the third level


@QmlElement
@QmlSingleton
class Comfort(PageSignals):
    """Settings of the climate page. The set points are those of the climate bar (Climate)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        fan = later("Settings", "The passenger's fan")
        self._fan = self._amount(f"{_ROW}.Passenger.FanSpeed", fan, display.percent, (0.0, _FULL, _NOTCH))
        air = later("Settings", "The way of the air")
        way = car_display.choice(*WAYS)
        self._air = self._choice(f"{_ROW}.Driver.AirDistribution", air, way, WAYS)
        self._otherair = self._choice(f"{_ROW}.Passenger.AirDistribution", air, way, WAYS)
        seat = "Vehicle.Cabin.Seat.Row1.{}.HeatingCooling"
        self._seat = self._heating(seat.format("DriverSide"), later("Settings", "The driver's seat heating"))
        other = later("Settings", "The passenger's seat heating")
        self._otherseat = self._heating(seat.format("PassengerSide"), other)
        wheel = later("Settings", "The steering wheel's heating")
        self._wheel = self._heating("Vehicle.Chassis.SteeringWheel.HeatingCooling", wheel)
        rear = later("Settings", "The rear defroster")
        self._rear = self._switch(f"{_HVAC}.IsRearDefrosterActive", rear, display.switch)
        screen = later("Settings", "The windscreen's heating")
        self._screen = self._switch(f"{_BODY}.Windshield.Front.IsHeatingOn", screen, display.switch)
        mirrors = later("Settings", "The mirrors' heating")
        self._mirrors = self._switch(f"{_BODY}.Mirrors.DriverSide.IsHeatingOn", mirrors, display.switch)

    def _heating(self, path: str, name: str) -> Setting:
        return self._set(path, car_display.within(car_display.scaled(), -100.0, 100.0), _heat(path, name))

    @Property(Setting, constant=True)
    def fan(self) -> Setting:
        """The passenger's fan, percent; the driver's is Climate's."""
        return self._fan

    @Property(Setting, constant=True)
    def air(self) -> Setting:
        """Where the driver's air goes: 0 up, 1 to the middle, 2 down."""
        return self._air

    @Property(Setting, constant=True)
    def otherair(self) -> Setting:
        """Where the passenger's air goes."""
        return self._otherair

    @Property(Setting, constant=True)
    def seat(self) -> Setting:
        """Heating of the driver's seat, percent; below 0 it is cooled."""
        return self._seat

    @Property(Setting, constant=True)
    def otherseat(self) -> Setting:
        """Heating of the passenger's seat, percent."""
        return self._otherseat

    @Property(Setting, constant=True)
    def wheel(self) -> Setting:
        """Heating of the steering wheel, percent."""
        return self._wheel

    @Property(Setting, constant=True)
    def rear(self) -> Setting:
        """The rear window's defroster."""
        return self._rear

    @Property(Setting, constant=True)
    def screen(self) -> Setting:
        """The windscreen's heating."""
        return self._screen

    @Property(Setting, constant=True)
    def mirrors(self) -> Setting:
        """Heating of both mirrors; the car heats both or none."""
        return self._mirrors

    @Slot(Setting)
    def more(self, setting: Setting) -> None:
        """The next level of a heating: off, 1, 2, 3, off."""
        now = setting.property("aim")
        level = min(3, max(0, round(now / _LEVEL)))
        setting.set(0.0 if level >= 3 else (level + 1) * _LEVEL)  # noqa: PLR2004  # the last level


def _heat(path: str, name: str) -> Actuator:
    return Actuator(path, name, int, 0.0, _LEVELS, _LEVEL)
