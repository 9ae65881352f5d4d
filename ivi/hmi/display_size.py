# SPDX-License-Identifier: Apache-2.0
"""How large things are drawn: by the display's physical size, so that 76 dp are 12.1 mm everywhere.

A dp is 1/160 inch (Android's density-independent pixel). The screen's QML counts in dp; Qt multiplies by
QT_SCALE_FACTOR, which has to be set before the application object exists. The physical size is the operator's word
(`--diagonal`) or what the only connected display says of itself in its EDID (VESA E-EDID 1.4, bytes 21 and 22, and
54 to 71).
"""

import logging
import math
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)

DP = 160.0  # per inch
MM = 25.4  # per inch
LEAST, MOST = 0.75, 3.0  # factors; outside them the physical size is not believable for a cabin
LEAST_SIDES = (600.0, 1024.0)  # dp; the smallest display that every page is laid out for, short and long side
STEP = 0.05  # a rounder factor keeps lines sharp
_HEADER = bytes.fromhex("00ffffffffffff00")
_DETAILED, _SIZE_CM = 54, 21


@dataclass(frozen=True, slots=True)
class Panel:
    """A display: pixels and millimetres of its width and height."""

    width: int
    height: int
    width_mm: float
    height_mm: float


def factor(width: int, height: int, diagonal: float) -> float:
    """How many pixels a dp has on a display of so many pixels with this diagonal in inches; 1 when it is unknown (0).

    The factor is made smaller where pages would have less room than the smallest display that they are laid out for.
    """
    if diagonal <= 0 or width <= 0 or height <= 0:
        return 1.0
    wanted = math.hypot(width, height) / diagonal / DP
    room = min(min(width, height) / LEAST_SIDES[0], max(width, height) / LEAST_SIDES[1])
    rounded = round(min(MOST, max(LEAST, wanted)) / STEP) * STEP
    return max(LEAST, min(rounded, math.floor(room / STEP + 1e-9) * STEP))


def read_edid(data: bytes) -> Panel | None:
    """The display that an EDID block describes; None when the block is damaged or does not tell the size."""
    if len(data) < 128 or not data.startswith(_HEADER) or sum(data[:128]) % 256:  # noqa: PLR2004  # one block
        return None
    timing = data[_DETAILED : _DETAILED + 18]
    width, height = timing[2] | (timing[4] & 0xF0) << 4, timing[5] | (timing[7] & 0xF0) << 4
    wide, high = timing[12] | (timing[14] & 0xF0) << 4, timing[13] | (timing[14] & 0x0F) << 8
    if not (wide and high):
        wide, high = data[_SIZE_CM] * 10, data[_SIZE_CM + 1] * 10
    if not (timing[0] or timing[1]) or not (width and height and wide and high):
        return None
    return Panel(width, height, float(wide), float(high))


def connected(folder: Path = Path("/sys/class/drm")) -> Panel | None:
    """The only connected display; None when there are several, or none that tells its size."""
    panels = []
    for connector in sorted(folder.glob("card*-*")):
        try:
            if (connector / "status").read_text().strip() != "connected":
                continue
            panel = read_edid((connector / "edid").read_bytes())
        except OSError as error:
            log.info("a display does not say what it is", extra={"connector": connector.name, "error": str(error)})
            continue
        panels.append(panel)
    return panels[0] if len(panels) == 1 else None


def of_panel(panel: Panel) -> float:
    """The factor for a display that is covered as a whole."""
    return factor(panel.width, panel.height, math.hypot(panel.width_mm, panel.height_mm) / MM)
