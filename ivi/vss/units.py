# SPDX-License-Identifier: Apache-2.0
"""Units of VSS 6 and a few that people read: what they measure, and conversion at the edge.

Values inside are always in the unit of the leaf's metadata. Whoever shows or takes them in another unit converts here.
Factors are the exact definitions where one exists (SI Brochure; international yard and pound, 1959).
"""

from collections.abc import Callable
from dataclasses import dataclass

from ivi.model.errors import InvalidArgumentError
from ivi.model.signal import Value

type Converter = Callable[[float], float]

_PI = 3.141592653589793
_MILE = 1609.344  # m
_GALLON_US = 3.785411784  # l
_POUND_FORCE = 4.4482216152605  # N


@dataclass(frozen=True)
class Unit:
    """One unit: `base = value * factor + offset`, or `base = factor / value` where more means less (km/l, l/100km)."""

    name: str
    quantity: str
    factor: float = 1.0
    offset: float = 0.0
    inverse: bool = False


# quantity: {unit: factor to the quantity's first unit}
_FACTORS: dict[str, dict[str, float]] = {
    "length": {
        "m": 1,
        "mm": 1e-3,
        "cm": 1e-2,
        "km": 1e3,
        "inch": 0.0254,
        "ft": 0.3048,
        "yd": 0.9144,
        "mile": _MILE,
    },
    "speed": {"m/s": 1, "km/h": 1 / 3.6, "mm/s": 1e-3, "cm/s": 1e-2, "mph": _MILE / 3600, "knot": 1852 / 3600},
    "acceleration": {"m/s^2": 1, "cm/s^2": 1e-2, "g0": 9.80665},
    "angle": {"degrees": 1, "rad": 180 / _PI},
    "angular speed": {"degrees/s": 1, "rad/s": 180 / _PI, "rpm": 6},
    "frequency": {"Hz": 1, "kHz": 1e3, "MHz": 1e6, "cpm": 1 / 60, "bpm": 1 / 60},
    "volume": {"l": 1, "ml": 1e-3, "cm^3": 1e-3, "m^3": 1e3, "gal": _GALLON_US, "gal(UK)": 4.54609},
    "mass": {"kg": 1, "g": 1e-3, "t": 1e3, "lbs": 0.45359237, "oz": 0.028349523125},
    "force": {"N": 1, "kN": 1e3, "lbf": _POUND_FORCE},
    "torque": {"Nm": 1, "lbf*ft": _POUND_FORCE * 0.3048},
    "pressure": {
        "Pa": 1,
        "hPa": 1e2,
        "kPa": 1e3,
        "mbar": 1e2,
        "bar": 1e5,
        "psi": _POUND_FORCE / 0.0254**2,
        "atm": 101325,
    },
    "power": {"W": 1, "kW": 1e3, "MW": 1e6, "PS": 735.49875, "hp": 550 * 0.3048 * _POUND_FORCE},
    "energy": {"J": 1, "kJ": 1e3, "MJ": 1e6, "Wh": 3600, "kWh": 3.6e6, "kcal": 4184},
    "electric potential": {"V": 1, "mV": 1e-3, "kV": 1e3},
    "electric current": {"A": 1, "mA": 1e-3},
    "electric charge": {"Ah": 1, "mAh": 1e-3, "As": 1 / 3600},
    "electric resistance": {"Ohm": 1, "mOhm": 1e-3, "kOhm": 1e3},
    "duration": {"s": 1, "ms": 1e-3, "us": 1e-6, "min": 60, "h": 3600, "day": 86400, "weeks": 604800},
    "ratio": {"ratio": 1, "percent": 1e-2},
    "mass flow": {"g/s": 1, "kg/h": 1 / 3.6},
    "volume flow": {"l/h": 1, "l/min": 60, "ml/s": 3.6},
    "emission": {"g/km": 1, "g/mile": 1000 / _MILE},
    "illuminance": {"lx": 1},
    "sound level": {"dB": 1},
    "signal level": {"dBm": 1},
    "rating": {"stars": 1},
}
_UNITS = {
    name: Unit(name, quantity, factor) for quantity, factors in _FACTORS.items() for name, factor in factors.items()
}
_UNITS.update(
    (unit.name, unit)
    for unit in (
        Unit("K", "temperature"),
        Unit("Celsius", "temperature", 1, 273.15),
        Unit("Fahrenheit", "temperature", 5 / 9, 273.15 - 32 * 5 / 9),
        Unit("l/100km", "fuel consumption"),
        Unit("ml/100km", "fuel consumption", 1e-3),
        Unit("km/l", "fuel consumption", 100, inverse=True),
        Unit("mpg", "fuel consumption", 100 * _GALLON_US / (_MILE / 1000), inverse=True),
        Unit("mpg(UK)", "fuel consumption", 100 * 4.54609 / (_MILE / 1000), inverse=True),
        Unit("kWh/100km", "energy consumption"),
        Unit("Wh/km", "energy consumption", 0.1),
        Unit("kWh/mile", "energy consumption", 100_000 / _MILE),
        Unit("km/kWh", "energy consumption", 100, inverse=True),
        Unit("mile/kWh", "energy consumption", 100_000 / _MILE, inverse=True),
    )
)
ALIASES = {
    "celsius": "Celsius",
    "C": "Celsius",
    "°C": "Celsius",
    "F": "Fahrenheit",
    "°F": "Fahrenheit",
    "kelvin": "K",
    "degree": "degrees",
    "°": "degrees",
    "kmh": "km/h",
    "kph": "km/h",
    "mi/h": "mph",
    "mi": "mile",
    "miles": "mile",
    "in": "inch",
    "lb": "lbs",
    "%": "percent",
    "mi/kWh": "mile/kWh",
    "lb-ft": "lbf*ft",
}
"""What people type, or older catalogues write, for a unit above."""
TEXT_UNITS = frozenset({"iso8601", "unix-time"})
"""VSS units that say how a text or a number is to be read; nothing converts to them."""


def find(name: str) -> Unit:
    """The unit of this name or alias. Raises InvalidArgumentError with the nearest names."""
    unit = _UNITS.get(ALIASES.get(name, name))
    if unit is None:
        import difflib  # noqa: PLC0415  # for a mistake in a catalogue only; the screen starts with this module

        near = difflib.get_close_matches(name, [*_UNITS, *ALIASES], n=3)
        raise InvalidArgumentError(
            f"unknown unit {name!r}",
            hint=f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(_UNITS)}",
        )
    return unit


def is_known(name: str) -> bool:
    """Whether VSS or this program has a unit of exactly this name."""
    return name in _UNITS or name in TEXT_UNITS


def fitting(name: str) -> list[str]:
    """All units that values of this unit can be converted to. Raises InvalidArgumentError for an unknown unit."""
    quantity = find(name).quantity
    return [unit.name for unit in _UNITS.values() if unit.quantity == quantity]


def converter(have: str, want: str) -> Converter:
    """The function from one unit to another.

    Raises InvalidArgumentError when a unit is unknown or they measure different things, with the units that fit. The
    function raises it for 0 where more of one is less of the other (0 l/100km has no km/l).
    """
    if not have:
        raise InvalidArgumentError(f"a value without unit cannot be shown in {want}")
    if have in TEXT_UNITS:
        raise InvalidArgumentError(f"{have} is a way of writing a time and cannot be shown in {want}")
    source, target = find(have), find(want)
    if source.quantity != target.quantity:
        raise InvalidArgumentError(
            f"{source.name} ({source.quantity}) cannot be shown in {target.name} ({target.quantity})",
            hint=f"what fits: {', '.join(fitting(have))}",
        )
    if source == target:
        return float

    def convert_number(value: float) -> float:
        try:
            base = source.factor / value if source.inverse else value * source.factor + source.offset
            return target.factor / base if target.inverse else (base - target.offset) / target.factor
        except ZeroDivisionError:
            raise InvalidArgumentError(f"{value:g} {source.name} has no value in {target.name}") from None

    return convert_number


def convert(value: Value, have: str, want: str) -> Value:
    """A number or a list of numbers in another unit. Raises InvalidArgumentError as `converter`, or for no number."""
    change = converter(have, want)
    if isinstance(value, list):
        return [_number(item, change, want) for item in value]
    return _number(value, change, want)


def _number(value: object, change: Converter, want: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidArgumentError(f"{value!r} is no number and cannot be shown in {want}")
    return change(value)
