# SPDX-License-Identifier: Apache-2.0
"""Where the car is and where it points, as its satellite receiver says."""

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi.display import Shown, number
from ivi.hmi.models.reading import Reading
from ivi.model.signal import Value

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

_HERE = "Vehicle.CurrentLocation"
_FINE = 6  # digits of a degree that are drawn: 0.1 m


def latitude(value: Value | None) -> Shown | None:
    """Degrees north; None for what is on no globe."""
    return _degrees(value, 90.0)


def longitude(value: Value | None) -> Shown | None:
    """Degrees east; None for what is on no globe."""
    return _degrees(value, 180.0)


def heading(value: Value | None) -> Shown | None:
    """Degrees clockwise from north, 0 to below 360, to half a degree."""
    degrees = number(value)
    if degrees is None:
        return None
    half = round(degrees * 2) / 2 % 360.0
    return Shown(f"{half:.0f}", half)


def _degrees(value: Value | None, most: float) -> Shown | None:
    degrees = number(value)
    if degrees is None or abs(degrees) > most:
        return None
    return Shown(f"{degrees:.5f}", round(degrees, _FINE))


@QmlElement
@QmlSingleton
class Location(QObject):
    """The car's position; `known` says whether there is one."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latitude = Reading(latitude, self)
        self._longitude = Reading(longitude, self)
        self._heading = Reading(heading, self)
        self.by_path = {
            f"{_HERE}.Latitude": self._latitude,
            f"{_HERE}.Longitude": self._longitude,
            f"{_HERE}.Heading": self._heading,
        }
        """Which reading shows which VSS path."""
        for reading in self.by_path.values():
            reading.changed.connect(self.changed)

    @Property(bool, notify=changed)
    def known(self) -> bool:
        """Whether there is a fresh position."""
        return self._latitude.shown is not None and self._longitude.shown is not None

    @Property(bool, notify=changed)
    def directed(self) -> bool:
        """Whether it is known where the car points."""
        return self._heading.shown is not None

    @Property("double", notify=changed)  # type: ignore[arg-type]  # stubs want a type; QML has no `float`
    def latitude(self) -> float:
        """Degrees north; look at `known` first."""
        return self._latitude.shown.value if self._latitude.shown else 0.0

    @Property("double", notify=changed)  # type: ignore[arg-type]  # stubs want a type; QML has no `float`
    def longitude(self) -> float:
        """Degrees east; look at `known` first."""
        return self._longitude.shown.value if self._longitude.shown else 0.0

    @Property("double", notify=changed)  # type: ignore[arg-type]  # stubs want a type; QML has no `float`
    def heading(self) -> float:
        """Degrees clockwise from north; look at `directed` first."""
        return self._heading.shown.value if self._heading.shown else 0.0
