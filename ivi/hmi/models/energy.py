# SPDX-License-Identifier: Apache-2.0
"""Energy: the charge and the plug as the car reports them, and the record that the services process keeps."""

from datetime import UTC, datetime

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi import car_display, display, measures
from ivi.hmi.catalogues import later
from ivi.hmi.models.page_signals import PageSignals
from ivi.hmi.models.reading import Reading, Setting
from ivi.model.energy_record import EnergyRecord

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

_BATTERY = "Vehicle.Powertrain.TractionBattery"
_CHARGING = f"{_BATTERY}.Charging"
_PORT = f"{_CHARGING}.ChargingPort.AnyPosition"
_LEAST, _MOST, _NOTCH = 50.0, 100.0, 5.0  # percent of the charge limit
_ORDERS = ("STOP", "START")


@QmlElement
@QmlSingleton
class Energy(PageSignals):
    """Readings, settings and the record of the energy page."""

    recorded = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._record: EnergyRecord | None = None
        limit = later("Settings", "The charge limit")
        self._limit = self._amount(f"{_CHARGING}.ChargeLimit", limit, car_display.PART, (_LEAST, _MOST, _NOTCH))
        order = later("Settings", "Charging")
        rule = car_display.choice(*_ORDERS)
        self._order = self._choice(f"{_CHARGING}.StartStopCharging", order, rule, _ORDERS)
        self._cable = self._read(f"{_PORT}.IsChargingCableConnected", display.switch)
        self._locked = self._read(f"{_PORT}.IsChargingCableLocked", display.switch)
        self._left = self._read(f"{_CHARGING}.TimeToComplete", car_display.duration)
        self._most = self._read(f"{_CHARGING}.MaxPower", car_display.KILOWATTS)
        self._usable = self._read(f"{_BATTERY}.StateOfCharge.CurrentEnergy", car_display.scaled(1.0, 1))
        self._health = self._read(f"{_BATTERY}.StateOfHealth", car_display.PART)
        self._warmth = self._read(f"{_BATTERY}.Temperature.Average", car_display.PACK_TEMPERATURE)

    @Property(Setting, constant=True)
    def limit(self) -> Setting:
        """Where charging ends, percent."""
        return self._limit

    @Property(Setting, constant=True)
    def order(self) -> Setting:
        """The last order at the plug: 0 to stop, 1 to charge."""
        return self._order

    @Property(Reading, constant=True)
    def cable(self) -> Reading:
        """Whether a cable is plugged in."""
        return self._cable

    @Property(Reading, constant=True)
    def locked(self) -> Reading:
        """Whether the cable is locked."""
        return self._locked

    @Property(Reading, constant=True)
    def left(self) -> Reading:
        """Time until the limit is reached, minutes."""
        return self._left

    @Property(Reading, constant=True)
    def most(self) -> Reading:
        """What the plug and the pack allow now, kW."""
        return self._most

    @Property(Reading, constant=True)
    def usable(self) -> Reading:
        """Usable energy in the pack, kWh."""
        return self._usable

    @Property(Reading, constant=True)
    def health(self) -> Reading:
        """State of health, percent."""
        return self._health

    @Property(Reading, constant=True)
    def warmth(self) -> Reading:
        """Temperature of the pack, Celsius."""
        return self._warmth

    # -- the record ---------------------------------------------------------------------------------------------------
    def update(self, record: EnergyRecord | None) -> None:
        """Take the record; None when nobody keeps it."""
        if record != self._record:
            self._record = record
            self.recorded.emit()

    @Property(bool, notify=recorded)
    def kept(self) -> bool:
        """Whether there is a record."""
        return self._record is not None

    @Property("QVariantList", notify=recorded)  # type: ignore[arg-type]  # stubs want a type
    def stretches(self) -> list[float]:
        """Consumption of each stretch, kWh/100 km, oldest first."""
        return list(self._record.stretches) if self._record else []

    @Property("double", notify=recorded)  # type: ignore[arg-type]  # stubs want a type
    def stretch(self) -> float:
        """Length of a stretch, km."""
        return self._record.stretch if self._record else 0.0

    @Property(str, notify=recorded)
    def average(self) -> str:
        """Consumption over all stretches, kWh for 100 of the driver's distance."""
        average = self._record.average if self._record else None
        if average is None:
            return display.UNKNOWN
        return measures.decimal(f"{measures.consumption(average):.1f}".replace("-", display.MINUS))

    @Property("double", notify=recorded)  # type: ignore[arg-type]  # stubs want a type
    def mean(self) -> float:
        """`average` as a number; 0 when it is not known."""
        return (self._record.average or 0.0) if self._record else 0.0

    @Property(bool, notify=recorded)
    def banded(self) -> bool:
        """Whether the band of ranges is known."""
        return self._record is not None and self._record.band is not None

    @Property("double", notify=recorded)  # type: ignore[arg-type]  # stubs want a type
    def low(self) -> float:
        """Range that nine of ten stretches reach, km; look at `banded` first."""
        return self._record.band.low if self._record and self._record.band else 0.0

    @Property("double", notify=recorded)  # type: ignore[arg-type]  # stubs want a type
    def middle(self) -> float:
        """Range that half of the stretches reach, km; look at `banded` first."""
        return self._record.band.middle if self._record and self._record.band else 0.0

    @Property("double", notify=recorded)  # type: ignore[arg-type]  # stubs want a type
    def high(self) -> float:
        """Range that one of ten stretches reaches, km; look at `banded` first."""
        return self._record.band.high if self._record and self._record.band else 0.0

    @Property("double", notify=recorded)  # type: ignore[arg-type]  # stubs want a type
    def missing(self) -> float:
        """Kilometres until there is a band."""
        return self._record.missing if self._record else 0.0

    @Property("QVariantList", notify=recorded)  # type: ignore[arg-type]  # stubs want a type
    def spent(self) -> list[float]:
        """kWh of drive, other and recovered energy; empty when the car does not tell them apart."""
        spent = self._record.spent if self._record else None
        if spent is None or spent.drive is None or spent.other is None or spent.recovered is None:
            return []
        return [spent.drive, spent.other, spent.recovered]

    @Property("double", notify=recorded)  # type: ignore[arg-type]  # stubs want a type
    def distance(self) -> float:
        """Kilometres that the record covers."""
        return self._record.spent.distance if self._record and self._record.spent else 0.0

    @Property("QVariantList", notify=recorded)  # type: ignore[arg-type]  # stubs want a type
    def curve(self) -> list[float]:
        """Percent and kW by turns, for each point of the charge curve."""
        points = self._record.curve if self._record else []
        return [number for point in points for number in (float(point.charge), point.power)]

    @Property(bool, notify=recorded)
    def growing(self) -> bool:
        """Whether the curve is that of the charge that goes on."""
        return self._record is not None and self._record.charging

    @Property(str, notify=recorded)
    def when(self) -> str:
        """Day and time at which the curve ended; empty when there is none."""
        if self._record is None or not self._record.ended:
            return ""
        return f"{datetime.fromtimestamp(self._record.ended, UTC).astimezone():%d.%m. %H:%M}"
