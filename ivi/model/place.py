# SPDX-License-Identifier: Apache-2.0
"""Places told roughly: the middle of a cell on a fixed grid, so that asking again tells nothing more."""

import math

METRES_PER_DEGREE = 111_195.0  # of latitude, on a sphere of 6371 km
POLE = 85.0  # degrees; nearer to a pole all cells are as wide as there
_DIGITS = 6  # of a degree: 11 cm


def cell_of(latitude: float, longitude: float, cell: float) -> tuple[float, float]:
    """Middle of the cell in which a place lies, degrees. `cell` is its edge in degrees of latitude.

    Cells are about as wide as high wherever they lie.
    """
    row = math.floor(latitude / cell)
    middle = (row + 0.5) * cell
    # All cells of a row are equally wide; the row decides, so that the width tells nothing of the place within it.
    width = cell / math.cos(math.radians(min(abs(middle), POLE)))
    digits = max(4, min(_DIGITS, 2 - math.floor(math.log10(cell))))
    return round(middle, digits), round((math.floor(longitude / width) + 0.5) * width, digits)
