# SPDX-License-Identifier: Apache-2.0
"""How the car's own values are shown: pressures, voltages, distances, times and choices (rules as in ivi.hmi.display).

A value that no such part can have is shown with a mark, not hidden and not believed: `Shown.doubtful`.
"""

from math import isfinite

from msgspec.structs import replace

from ivi.hmi import measures
from ivi.hmi.display import MINUS, Rule, Shown, degrees, number, signed
from ivi.model.signal import Value

_MINUTE, _HOUR = 60, 3600  # seconds


def within(rule: Rule, lowest: float, highest: float) -> Rule:
    """The rule, with a mark on values that are not possible; the limits are in the signal's unit."""

    def marked(value: Value | None) -> Shown | None:
        shown, raw = rule(value), number(value)
        doubtful = shown is not None and raw is not None and not lowest <= raw <= highest
        return replace(shown, doubtful=True) if shown is not None and doubtful else shown

    return marked


def scaled(factor: float = 1.0, decimals: int = 0) -> Rule:
    """A number times `factor` with so many decimals."""
    if decimals == 0:
        return _whole(factor)
    written = f"%.{decimals}f"

    def rule(value: Value | None) -> Shown | None:
        raw = number(value)
        if raw is None:
            return None
        rounded = round(raw * factor, decimals) + 0.0  # no minus zero
        text = written % abs(rounded)
        return Shown(measures.decimal(text if rounded >= 0 else MINUS + text), rounded)

    return rule


def _whole(factor: float) -> Rule:
    """As one function: of what changes sixty times a second, calls would be the dearest part."""

    def rule(value: Value | None) -> Shown | None:
        raw = value if type(value) is float and isfinite(value) else number(value)
        if raw is None:
            return None
        whole = round(raw * factor)
        return Shown(str(whole) if whole >= 0 else f"{MINUS}{-whole}", float(whole))

    return rule


def duration(value: Value | None) -> Shown | None:
    """Seconds as `1:20 h` or `35 min`, rounded up; None for 0, which a car says when it does not know."""
    seconds = number(value)
    if seconds is None or seconds <= 0:
        return None
    minutes = -int(-seconds // _MINUTE)
    return Shown(clock_duration(minutes), float(minutes))


def clock_duration(minutes: int) -> str:
    """Minutes as hours and minutes, without a unit below an hour."""
    return f"{minutes // 60}:{minutes % 60:02d}" if minutes >= _HOUR // _MINUTE else str(minutes)


def choice(*options: str) -> Rule:
    """One of some words of the signal; the number is its place among them, from 0."""

    def rule(value: Value | None) -> Shown | None:
        return Shown(value, float(options.index(value))) if isinstance(value, str) and value in options else None

    return rule


def pressure(value: Value | None) -> Shown | None:
    """Kilopascals in the driver's unit; the number is in bar."""
    raw = number(value)
    return None if raw is None else Shown(measures.pressure_text(raw), round(raw / 100, 1))


def distance(value: Value | None) -> Shown | None:
    """Kilometres in the driver's unit; the number is in kilometres."""
    raw = number(value)
    return None if raw is None else Shown(signed(measures.distance(raw)), float(round(raw)))


PRESSURE = within(pressure, 50.0, 600.0)
"""Tyre pressure, kPa. Below half a bar there is no tyre on the wheel, or no sensor in it."""
TYRE_TEMPERATURE = within(degrees, -50.0, 150.0)
LOW_VOLTAGE = within(scaled(1.0, 1), 6.0, 18.0)
"""12 V battery, V."""
KILOMETRES = distance
PART = within(scaled(), 0.0, 100.0)
"""Percent."""
COUNT = within(scaled(), 0.0, 255.0)
PACK_TEMPERATURE = within(degrees, -50.0, 100.0)
KILOWATTS = scaled(1.0, 0)
"""kW."""
CHARGE_POWER = scaled(-0.001, 0)
"""W drawn from the pack: kW into it."""
