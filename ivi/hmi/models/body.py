# SPDX-License-Identifier: Apache-2.0
"""The body: doors with locks and windows, bonnet, boot, lights, mirrors, and what the car says of its own health."""

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi import car_display, display
from ivi.hmi.catalogues import later
from ivi.hmi.models.page_signals import PageSignals
from ivi.hmi.models.reading import Actuator, Reading, Setting
from ivi.hmi.models.setting_group import SettingGroup

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

translate = QCoreApplication.translate

_CABIN, _BODY = "Vehicle.Cabin", "Vehicle.Body"
_LIGHTS = f"{_BODY}.Lights"
_NOTCH = 10.0  # percent of a window's way

_FAULTS = {
    "Vehicle.IsBrokenDown": later("Body", "The car says that it has broken down."),
    "Vehicle.ADAS.ABS.IsError": later("Body", "The anti-lock brakes report a fault."),
    "Vehicle.ADAS.ESC.IsError": later("Body", "The stability control reports a fault."),
    "Vehicle.ADAS.EBA.IsError": later("Body", "The emergency brake assistant reports a fault."),
    "Vehicle.ADAS.CruiseControl.IsError": later("Body", "The cruise control reports a fault."),
}


@QmlElement
class Door(QObject):
    """One door with its lock and its window."""

    def __init__(self, opened: Reading, locked: Setting, window: Setting, parent: QObject) -> None:
        super().__init__(parent)
        self._opened, self._locked, self._window = opened, locked, window

    @Property(Reading, constant=True)
    def opened(self) -> Reading:
        """Whether it is open."""
        return self._opened

    @Property(Setting, constant=True)
    def locked(self) -> Setting:
        """Its lock."""
        return self._locked

    @Property(Setting, constant=True)
    def window(self) -> Setting:
        """How far its window is open, percent."""
        return self._window


@QmlElement
@QmlSingleton
class Body(PageSignals):
    """Readings and settings of the vehicle page. Sides are those of the driver, not left and right."""

    said = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        locks: list[Setting] = []
        windows: list[Setting] = []
        self._doors = {
            "driver": self._door("Row1.DriverSide", locks, windows),
            "passenger": self._door("Row1.PassengerSide", locks, windows),
            "backdriver": self._door("Row2.DriverSide", locks, windows),
            "backpassenger": self._door("Row2.PassengerSide", locks, windows),
        }
        self._hood = self._read(f"{_BODY}.Hood.IsOpen", display.switch)
        boot = f"{_BODY}.Trunk.Rear"
        self._boot = self._switch(f"{boot}.IsOpen", later("Settings", "The boot"), display.switch)
        boot_lock = self._switch(f"{boot}.IsLocked", later("Settings", "The boot's lock"), display.switch)
        self._locks = SettingGroup([*locks, boot_lock], self)
        self._windows = SettingGroup(windows, self)
        mirrors = later("Settings", "The mirrors")
        self._mirror = self._switch(f"{_BODY}.Mirrors.DriverSide.IsFolded", mirrors, display.switch)
        self._light = self._switch(f"{_CABIN}.Light.IsDomeOn", later("Settings", "The interior light"), display.switch)
        ambient = f"{_CABIN}.Light.AmbientLight.Row1.DriverSide.IsLightOn"
        self._ambient = self._switch(ambient, later("Settings", "The ambient light"), display.switch)
        self._hazard = self._read(f"{_LIGHTS}.Hazard.IsSignaling", display.switch)
        self._left = self._read(f"{_LIGHTS}.DirectionIndicator.Left.IsSignaling", display.switch)
        self._right = self._read(f"{_LIGHTS}.DirectionIndicator.Right.IsSignaling", display.switch)
        self._beam = self._read(f"{_LIGHTS}.Beam.Low.IsOn", display.switch)
        self._high = self._read(f"{_LIGHTS}.Beam.High.IsOn", display.switch)
        self._running = self._read(f"{_LIGHTS}.Running.IsOn", display.switch)
        self._parking = self._read(f"{_LIGHTS}.Parking.IsOn", display.switch)
        self._lowvoltage = self._read("Vehicle.LowVoltageBattery.CurrentVoltage", car_display.LOW_VOLTAGE)
        self._service = self._read("Vehicle.Service.DistanceToService", car_display.KILOMETRES)
        self._due = self._read("Vehicle.Service.IsServiceDue", display.switch)
        self._washer = self._read(f"{_BODY}.Windshield.Front.WasherFluid.Level", car_display.PART)
        self._codes = self._read("Vehicle.Diagnostics.DTCCount", car_display.COUNT)
        self._faults = {path: self._read(path, display.switch) for path in _FAULTS}
        for reading in (self._codes, *self._faults.values()):
            reading.changed.connect(self.said)

    def _door(self, place: str, locks: list[Setting], windows: list[Setting]) -> Door:
        """A door; its lock and its window join the others."""
        door = f"{_CABIN}.Door.{place}"
        lock = self._switch(f"{door}.IsLocked", later("Settings", "The lock"), display.switch)
        position = f"{door}.Window.Position"
        glass = Actuator(position, later("Settings", "The window"), int, 0.0, 100.0, _NOTCH, confirm=False)
        window = self._set(position, car_display.PART, glass)
        locks.append(lock)
        windows.append(window)
        return Door(self._read(f"{door}.IsOpen", display.switch), lock, window, self)

    @Property(Door, constant=True)
    def driver(self) -> Door:
        """The driver's door."""
        return self._doors["driver"]

    @Property(Door, constant=True)
    def passenger(self) -> Door:
        """The front passenger's door."""
        return self._doors["passenger"]

    @Property(Door, constant=True)
    def backdriver(self) -> Door:
        """The door behind the driver."""
        return self._doors["backdriver"]

    @Property(Door, constant=True)
    def backpassenger(self) -> Door:
        """The door behind the front passenger."""
        return self._doors["backpassenger"]

    @Property(Reading, constant=True)
    def hood(self) -> Reading:
        """Whether the bonnet is open."""
        return self._hood

    @Property(Setting, constant=True)
    def boot(self) -> Setting:
        """Whether the boot is open."""
        return self._boot

    @Property(SettingGroup, constant=True)
    def locks(self) -> SettingGroup:
        """All doors and the boot."""
        return self._locks

    @Property(SettingGroup, constant=True)
    def windows(self) -> SettingGroup:
        """All four windows."""
        return self._windows

    @Property(Setting, constant=True)
    def mirrors(self) -> Setting:
        """Whether the mirrors are folded; the car folds both or none."""
        return self._mirror

    @Property(Setting, constant=True)
    def light(self) -> Setting:
        """The interior light."""
        return self._light

    @Property(Setting, constant=True)
    def ambient(self) -> Setting:
        """The ambient light."""
        return self._ambient

    @Property(Reading, constant=True)
    def hazard(self) -> Reading:
        """Hazard lights."""
        return self._hazard

    @Property(Reading, constant=True)
    def left(self) -> Reading:
        """Left indicator."""
        return self._left

    @Property(Reading, constant=True)
    def right(self) -> Reading:
        """Right indicator."""
        return self._right

    @Property(Reading, constant=True)
    def beam(self) -> Reading:
        """Low beam."""
        return self._beam

    @Property(Reading, constant=True)
    def high(self) -> Reading:
        """High beam."""
        return self._high

    @Property(Reading, constant=True)
    def running(self) -> Reading:
        """Daytime running lights."""
        return self._running

    @Property(Reading, constant=True)
    def parking(self) -> Reading:
        """Position lights; they stand for the tail lights too."""
        return self._parking

    @Property(Reading, constant=True)
    def lowvoltage(self) -> Reading:
        """Voltage of the 12 V battery, V."""
        return self._lowvoltage

    @Property(Reading, constant=True)
    def service(self) -> Reading:
        """Distance to the next service, km."""
        return self._service

    @Property(Reading, constant=True)
    def due(self) -> Reading:
        """Whether the service is due."""
        return self._due

    @Property(Reading, constant=True)
    def washer(self) -> Reading:
        """Washer fluid, percent."""
        return self._washer

    @Property(Reading, constant=True)
    def codes(self) -> Reading:
        """How many trouble codes the car has stored."""
        return self._codes

    @Property(bool, notify=said)
    def sound(self) -> bool:
        """Whether the car reports no fault of those that are known here."""
        return not self._first_fault() and self._codes.shown is not None and self._codes.shown.value == 0

    @Property(str, notify=said)
    def health(self) -> str:
        """What the car says of itself, in one sentence."""
        if fault := self._first_fault():
            return translate("Body", _FAULTS[fault])
        if self._codes.shown is None:
            return translate("Body", "The car does not say how it is.")
        count = int(self._codes.shown.value)
        if count == 0:
            return translate("Body", "The car reports no fault.")
        if count == 1:
            return translate("Body", "The car has stored one trouble code.")
        return translate("Body", "The car has stored {count} trouble codes.").format(count=count)

    def _first_fault(self) -> str:
        on = (path for path, reading in self._faults.items() if reading.shown is not None and reading.shown.value > 0)
        return next(on, "")
