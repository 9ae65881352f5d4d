# SPDX-License-Identifier: Apache-2.0
"""The driver's units: what a quantity of the car's is in them, and what they are called.

Inside, every value is in its VSS unit. It is converted here, at the edge, with the factors of ivi.vss.units.
"""

from dataclasses import dataclass
from functools import cache

from ivi.model.profiles import DistanceUnit, PressureUnit, TemperatureUnit
from ivi.vss.units import converter


@dataclass(frozen=True, slots=True)
class Measures:
    """One driver's choice."""

    distance: DistanceUnit = DistanceUnit.KILOMETRES
    temperature: TemperatureUnit = TemperatureUnit.CELSIUS
    pressure: PressureUnit = PressureUnit.BAR
    mark: str = "."
    """Between whole numbers and decimals, as the language of the texts writes it."""


DECIMAL_MARKS = {"de": ",", "fr": ","}
"""Of the languages that do not write a point (Unicode CLDR, `decimal`, with Latin digits)."""
FEET = 0.3048  # metres
MILE = 1609.344  # metres


_TEMPERATURES = {TemperatureUnit.CELSIUS: "Celsius", TemperatureUnit.FAHRENHEIT: "Fahrenheit"}
_DISTANCES = {DistanceUnit.KILOMETRES: "km", DistanceUnit.MILES: "mile"}
_SPEEDS = {DistanceUnit.KILOMETRES: "km/h", DistanceUnit.MILES: "mph"}


_converter = cache(converter)


class _Chosen:
    """What holds now, for the whole screen: there is one driver."""

    def __init__(self) -> None:
        self.measures = Measures()


_chosen = _Chosen()


def choose(measures: Measures) -> None:
    """Show everything in these units from now on; whoever draws numbers draws them again."""
    _chosen.measures = measures


def chosen() -> Measures:
    """The units of whoever drives."""
    return _chosen.measures


def decimal(text: str) -> str:
    """A number that Python wrote, with the mark of the language."""
    mark = _chosen.measures.mark
    return text if mark == "." else text.replace(".", mark)


def consumption(per_100_km: float) -> float:
    """kWh for 100 km as kWh for 100 of the driver's unit."""
    return per_100_km / distance(1.0)


def distance(kilometres: float) -> float:
    """Kilometres in the driver's unit."""
    return _converter("km", _DISTANCES[_chosen.measures.distance])(kilometres)


def speed(kmh: float) -> float:
    """Kilometres an hour in the driver's unit."""
    return _converter("km/h", _SPEEDS[_chosen.measures.distance])(kmh)


def temperature(celsius: float) -> float:
    """Degrees Celsius in the driver's unit."""
    return _converter("Celsius", _TEMPERATURES[_chosen.measures.temperature])(celsius)


def pressure(kilopascals: float) -> float:
    """Kilopascals in the driver's unit."""
    return _converter("kPa", _chosen.measures.pressure.value)(kilopascals)


def pressure_text(kilopascals: float) -> str:
    """A tyre's pressure with as many digits as its unit needs."""
    shown = pressure(kilopascals)
    return decimal(f"{shown:.1f}" if _chosen.measures.pressure is PressureUnit.BAR else f"{shown:.0f}")
