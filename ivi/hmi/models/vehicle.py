# SPDX-License-Identifier: Apache-2.0
"""The car as the driver sees it: readings of VSS signals, and the two or three facts that follow from them."""

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi import display
from ivi.hmi.models.reading import Reading

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

_BATTERY = "Vehicle.Powertrain.TractionBattery"
SPEED = "Vehicle.Speed"


@QmlElement
@QmlSingleton
class Vehicle(QObject):
    """Readings of the home screen."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speed = Reading(display.speed, self)
        self._power = Reading(display.power, self)
        self._range = Reading(display.distance, self)
        self._battery = Reading(display.percent, self)
        self._outside = Reading(display.degrees, self)
        self._cabin = Reading(display.half_degrees, self)
        self._gear = Reading(display.gear, self)
        self._charging = Reading(display.switch, self)
        self._brake = Reading(display.switch, self)
        self.by_path = {
            SPEED: self._speed,
            f"{_BATTERY}.CurrentPower": self._power,
            "Vehicle.Powertrain.Range": self._range,
            f"{_BATTERY}.StateOfCharge.Displayed": self._battery,
            "Vehicle.Exterior.AirTemperature": self._outside,
            "Vehicle.Cabin.HVAC.AmbientAirTemperature": self._cabin,
            "Vehicle.Powertrain.Transmission.SelectedGear": self._gear,
            f"{_BATTERY}.Charging.IsCharging": self._charging,
            "Vehicle.Chassis.ParkingBrake.IsEngaged": self._brake,
        }
        """Which reading shows which VSS path."""
        self._energy = ""
        self._power.changed.connect(self._judge_energy)
        self._charging.changed.connect(self._judge_energy)

    @Property(Reading, constant=True)
    def speed(self) -> Reading:
        """Speed, km/h."""
        return self._speed

    @Property(Reading, constant=True)
    def power(self) -> Reading:
        """Power of the pack, kW; negative while it is charged."""
        return self._power

    @Property(Reading, constant=True)
    def range(self) -> Reading:
        """Range, km."""
        return self._range

    @Property(Reading, constant=True)
    def battery(self) -> Reading:
        """Displayed state of charge, percent."""
        return self._battery

    @Property(Reading, constant=True)
    def outside(self) -> Reading:
        """Air outside, Celsius."""
        return self._outside

    @Property(Reading, constant=True)
    def cabin(self) -> Reading:
        """Air in the cabin, Celsius."""
        return self._cabin

    @Property(Reading, constant=True)
    def gear(self) -> Reading:
        """The selector: P, R, N, D."""
        return self._gear

    @Property(Reading, constant=True)
    def charging(self) -> Reading:
        """Whether the pack charges at a plug."""
        return self._charging

    @Property(Reading, constant=True)
    def brake(self) -> Reading:
        """Whether the parking brake is engaged."""
        return self._brake

    @Property(str, notify=changed)
    def energy(self) -> str:
        """What the pack does, in words; empty when unknown."""
        return self._energy

    def _judge_energy(self) -> None:
        charging = bool(self._charging.shown.value) if self._charging.shown else None
        power = self._power.shown.value if self._power.shown else None
        energy = display.energy_state(charging, power)
        if energy != self._energy:
            self._energy = energy
            self.changed.emit()
