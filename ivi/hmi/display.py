# SPDX-License-Identifier: Apache-2.0
"""How a signal's value is shown: pure rules from a VSS value to the text and number that the screen draws.

A rule answers None for a value that cannot be shown (absent, wrong type, not finite); the screen then says so instead
of drawing a zero. Numbers are rounded to what the eye can see, so that a change below that redraws nothing.
"""

import math
from collections.abc import Callable

import msgspec
from PySide6.QtCore import QCoreApplication

from ivi.hmi import measures
from ivi.model.profiles import TemperatureUnit
from ivi.model.signal import Value

translate = QCoreApplication.translate

UNKNOWN = "—"
MINUS = "\N{MINUS SIGN}"

GEAR_PARK, GEAR_DRIVE = 126, 127  # VSS 6, Vehicle.Powertrain.Transmission.SelectedGear
POWER_STILL = 0.5  # kW; below it the car neither draws nor regenerates, as far as a driver is concerned


class Shown(msgspec.Struct, frozen=True, gc=False):  # nothing in it leads back to it
    """What is drawn: the text in the driver's unit, and the number for bars, arcs and steps in the unit of the rule."""

    text: str
    value: float
    doubtful: bool = False
    """Whether no such part can have this value, so that something is wrong with its sensor or its wire."""


type Rule = Callable[[Value | None], Shown | None]


def number(value: Value | None) -> float | None:
    """The value as a finite number; None for anything else (a bool is not a number here)."""
    if type(value) is not float:  # most are, and to ask more costs more than the rest of a rule
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        value = float(value)
    return value if math.isfinite(value) else None


def signed(value: float) -> str:
    """A whole number with a typographic minus and no minus zero."""
    whole = round(value)
    return f"{MINUS}{-whole}" if whole < 0 else str(whole)


def speed(value: Value | None) -> Shown | None:
    """Vehicle.Speed, km/h: whole numbers in the driver's unit, without the sign of driving backwards."""
    kmh = number(value)
    if kmh is None:
        return None
    return Shown(str(round(measures.speed(abs(kmh)))), round(abs(kmh) * 2) / 2)


def power(value: Value | None) -> Shown | None:
    """CurrentPower, W, positive when drawn from the pack: shown in kW, negative while the car regenerates."""
    watts = number(value)
    if watts is None:
        return None
    return Shown(signed(watts / 1000), round(watts / 500) / 2)


def distance(value: Value | None) -> Shown | None:
    """Range, m: whole km or miles, rounded down, because a promise of range may not be rounded up."""
    metres = number(value)
    if metres is None or metres < 0:
        return None
    return Shown(str(int(measures.distance(metres / 1000))), metres // 1000)


def percent(value: Value | None) -> Shown | None:
    """A part of a whole, percent; kept within 0 to 100."""
    part = number(value)
    if part is None:
        return None
    whole = min(100, max(0, round(part)))
    return Shown(str(whole), float(whole))


def degrees(value: Value | None) -> Shown | None:
    """Air temperature, Celsius: whole degrees in the driver's unit."""
    celsius = number(value)
    return None if celsius is None else Shown(signed(measures.temperature(celsius)), float(round(celsius)))


def half_degrees(value: Value | None) -> Shown | None:
    """A set point or the cabin's temperature, Celsius, to half a degree; whole degrees Fahrenheit."""
    celsius = number(value)
    if celsius is None:
        return None
    half = round(celsius * 2) / 2
    if measures.chosen().temperature is TemperatureUnit.FAHRENHEIT:
        return Shown(signed(measures.temperature(half)), half)
    return Shown(measures.decimal(f"{MINUS if half < 0 else ''}{abs(half):.1f}"), half)


def gear(value: Value | None) -> Shown | None:
    """SelectedGear as the letter of the selector: P, R, N or D."""
    selected = number(value)
    if selected is None or selected != int(selected):
        return None
    if selected == GEAR_PARK:
        return Shown("P", selected)
    if selected == 0:
        return Shown("N", selected)
    return Shown("D" if selected > 0 else "R", selected)


def switch(value: Value | None) -> Shown | None:
    """Something that is on or off."""
    return Shown("on" if value else "off", float(value)) if isinstance(value, bool) else None


def energy_state(charging: bool | None, power_kw: float | None) -> str:
    """What the pack does, in two words; empty when that is not known."""
    if charging:
        return translate("Vehicle", "Charging")
    if power_kw is None:
        return ""
    if power_kw <= -POWER_STILL:
        return translate("Vehicle", "Regenerating")
    return translate("Vehicle", "On battery") if power_kw >= POWER_STILL else translate("Vehicle", "Ready")


def plain(value: Value | None) -> str:
    """Any value as an engineer reads it: at most six significant digits, lists with commas."""
    if value is None:
        return UNKNOWN
    if isinstance(value, list):
        return ", ".join(plain(item) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def age(seconds: float) -> str:
    """How old a value is, short."""
    if seconds < 1.5:  # noqa: PLR2004  # the age up to which the screen calls a value fresh
        return "now"
    if seconds < 60:  # noqa: PLR2004  # seconds of a minute
        return f"{round(seconds)} s"
    return f"{round(seconds / 60)} min" if seconds < 3600 else "> 1 h"  # noqa: PLR2004  # seconds of an hour
