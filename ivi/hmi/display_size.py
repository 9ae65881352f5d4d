# SPDX-License-Identifier: Apache-2.0
"""How large things are drawn: by the display's size in inches, so that a finger's target is the same on every display.

One unit of QML is one dp, 1/160 inch (Android's density-independent pixel). A display whose size nobody knows is drawn
pixel for pixel.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ivi.model.errors import ConfigurationError

VARIABLE = "IVI_DIAGONAL"
"""Environment variable with the display's diagonal in inches; the switch of the command line goes first."""
DP_PER_INCH = 160.0
SMALLEST_DIAGONAL, LARGEST_DIAGONAL = 5.0, 60.0  # inches; below or above it is a typing error, not a display in a car
SMALLEST_FACTOR, LARGEST_FACTOR = 0.75, 4.0
NARROWEST, LOWEST = 800, 480  # dp of the longer and the shorter side below which the pages no longer fit
STEP = 0.05  # factors are rounded down to this, so that lines stay sharp and a panel's tolerance changes nothing


DRM = Path("/sys/class/drm")
_WIDTH_CM, _HEIGHT_CM = 21, 22  # bytes of an EDID block (VESA E-EDID 1.4, 3.6.2); 0 where the panel does not say


@dataclass(frozen=True, slots=True)
class Panel:
    """A display that is connected."""

    width: int
    """Pixels."""
    height: int
    diagonal: float | None
    """Inches, where the display says how large it is."""


def connected(drm: Path = DRM) -> Panel | None:
    """The first connected display that the kernel knows, or None."""
    for connector in sorted(drm.glob("card*-*")):
        try:
            if (connector / "status").read_text("ascii").strip() != "connected":
                continue
            mode = (connector / "modes").read_text("ascii").partition("\n")[0].rstrip("i")
            edid = (connector / "edid").read_bytes()
        except (OSError, UnicodeDecodeError):
            continue  # a connector that went meanwhile
        width, _, height = mode.partition("x")
        if not (width.isdigit() and height.isdigit()):
            continue
        centimetres = math.hypot(*edid[_WIDTH_CM : _HEIGHT_CM + 1]) if len(edid) > _HEIGHT_CM else 0.0
        inches = centimetres / 2.54
        known = SMALLEST_DIAGONAL <= inches <= LARGEST_DIAGONAL and 0 not in edid[_WIDTH_CM : _HEIGHT_CM + 1]
        return Panel(int(width), int(height), inches if known else None)
    return None


def diagonal_of(text: str) -> float:
    """A diagonal in inches, as a person writes it. Raises ConfigurationError."""
    try:
        inches = float(text)
    except ValueError:
        inches = math.nan
    if not SMALLEST_DIAGONAL <= inches <= LARGEST_DIAGONAL:
        raise ConfigurationError(
            f"{text!r} is not the diagonal of a display in inches",
            hint=f"use a number from {SMALLEST_DIAGONAL:g} to {LARGEST_DIAGONAL:g}, such as 12.3",
        )
    return inches


def factor(width: int, height: int, diagonal: float | None) -> float:
    """Pixels per dp on a display of so many pixels and, where it is known, so many inches.

    It never makes the room smaller than the pages need: there a target is smaller than it should be, but on the screen.
    """
    if diagonal is None or width <= 0 or height <= 0:
        return 1.0
    wanted = min(LARGEST_FACTOR, max(SMALLEST_FACTOR, math.hypot(width, height) / diagonal / DP_PER_INCH))
    room = min(max(width, height) / NARROWEST, min(width, height) / LOWEST)
    chosen = min(wanted, max(room, SMALLEST_FACTOR))
    return round(math.floor(chosen / STEP + 1e-9) * STEP, 2)


def choose(
    environment: Mapping[str, str],
    switch: float | None,
    size: tuple[int, int],
    *,
    headless: bool = False,
    panel: Panel | None = None,
) -> dict[str, str]:
    """The variables to set for Qt before it starts; none where somebody has set Qt's own or the size is unknown.

    `size` is the window's in pixels, `panel` the display that the window covers, if it covers one. A picture without a
    display is as many pixels as was asked for, unless the diagonal is named too. Raises ConfigurationError when the
    configured diagonal is no number.
    """
    if "QT_SCALE_FACTOR" in environment:
        return {}
    said = "" if headless else environment.get(VARIABLE, "")
    diagonal = switch if switch is not None else diagonal_of(said) if said else panel.diagonal if panel else None
    chosen = factor(panel.width, panel.height, diagonal) if panel else factor(*size, diagonal)
    return {} if chosen == 1.0 else {"QT_SCALE_FACTOR": f"{chosen:g}"}
