# SPDX-License-Identifier: Apache-2.0
"""Numbers of templates as a driver reads them. Apps send SI numbers; how they are written is the car's business."""

import time

from ivi.hmi import measures
from ivi.model.profiles import DistanceUnit

KM = 1000.0  # metres
HOUR, MINUTE = 3600, 60  # seconds
GAP = "\N{NO-BREAK SPACE}"
UNKNOWN = "—"
_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}


def distance(metres: float | None) -> tuple[str, str]:
    """Number and unit, as road signs round: 40 m, 350 m, 1.2 km, 128 km; 150 ft, 0.4 mi for who drives miles."""
    if metres is None:
        return UNKNOWN, ""
    if measures.chosen().distance is DistanceUnit.MILES:
        return _miles(metres)
    if metres < 975:  # noqa: PLR2004  # rounds to 950 m at most
        step = 10 if metres < 300 else 50  # noqa: PLR2004  # metres
        return str(round(metres / step) * step), "m"
    km = metres / KM
    return _one_decimal(km), "km"


def _one_decimal(number: float) -> str:
    return measures.decimal(f"{number:.1f}" if number < 9.95 else f"{number:.0f}")  # noqa: PLR2004  # below ten


def _miles(metres: float) -> tuple[str, str]:
    miles = metres / measures.MILE
    if miles < 0.095:  # noqa: PLR2004  # less than a tenth of a mile is told in feet
        return str(round(metres / measures.FEET / 50) * 50), "ft"
    return _one_decimal(miles), "mi"


def distance_text(metres: float | None) -> str:
    """Both in one."""
    number, unit = distance(metres)
    return f"{number}{GAP}{unit}" if unit else number


def duration(seconds: float | None) -> str:
    """Like `1 h 12 min`; the last minute is `1 min`."""
    if seconds is None:
        return UNKNOWN
    minutes = max(1, round(seconds / MINUTE)) if seconds else 0
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes}{GAP}min"
    if hours >= 100:  # noqa: PLR2004  # days do not need minutes
        return f"{hours}{GAP}h"
    return f"{hours}{GAP}h {rest:02d}{GAP}min"


def clock(unix: float | None) -> str:
    """The time of day where the car is, like 14:05."""
    return UNKNOWN if unix is None else time.strftime("%H:%M", time.localtime(unix))


def power(kw: float | None) -> str:
    """kW, with a decimal only where it matters."""
    return UNKNOWN if kw is None else measures.decimal(f"{kw:.1f}" if kw < 20 else f"{kw:.0f}")  # noqa: PLR2004  # kW


def energy(kwh: float | None) -> str:
    """kWh with one decimal."""
    if kwh is None:
        return UNKNOWN
    return measures.decimal(f"{'\N{MINUS SIGN}' if kwh < 0 else ''}{abs(kwh):.1f}")


def percent(share: float | None) -> str:
    """Like 72 %."""
    return UNKNOWN if share is None else f"{round(share)}{GAP}%"


def money(amount: str | None, currency: str | None) -> str:
    """An amount with its currency; the digits are the app's own, never recomputed."""
    if amount is None or currency is None:
        return UNKNOWN
    return f"{amount}{GAP}{_SYMBOLS.get(currency, currency)}"
