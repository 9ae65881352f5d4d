# SPDX-License-Identifier: Apache-2.0
"""Numbers as the driver's language and units write them, on the map, in templates and beside charts too."""

from collections.abc import Iterator

import pytest

from ivi.hmi import display, measures
from ivi.hmi.measures import DECIMAL_MARKS, Measures
from ivi.hmi.models.units import Units
from ivi.hmi.templates import quantities
from ivi.model.profiles import DistanceUnit, PressureUnit

MILES = Measures(DistanceUnit.MILES)
COMMA = Measures(mark=DECIMAL_MARKS["de"])


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = measures.chosen()
    yield
    measures.choose(before)


def test_german_writes_a_comma_everywhere() -> None:
    measures.choose(COMMA)
    assert measures.pressure_text(248) == "2,5"
    shown = display.half_degrees(21.5)
    assert shown is not None
    assert shown.text == "21,5"
    assert quantities.distance(1240) == ("1,2", "km")
    assert quantities.energy(-3.25) in {"\N{MINUS SIGN}3,2", "\N{MINUS SIGN}3,3"}
    assert quantities.power(7.4) == "7,4"
    assert Units().written(-1.25, 2) == "\N{MINUS SIGN}1,25"


def test_english_writes_a_point() -> None:
    measures.choose(Measures())
    assert measures.pressure_text(248) == "2.5"
    assert quantities.distance(1240) == ("1.2", "km")


@pytest.mark.parametrize(
    ("metres", "said"), [(90, ("300", "ft")), (120, ("400", "ft")), (700, ("0.4", "mi")), (160_934, ("100", "mi"))]
)
def test_who_drives_miles_is_told_feet_and_miles(metres: float, said: tuple[str, str]) -> None:
    measures.choose(MILES)
    assert quantities.distance(metres) == said


def test_consumption_is_for_100_of_the_drivers_distance() -> None:
    measures.choose(MILES)
    assert measures.consumption(17.2) == pytest.approx(27.68, abs=0.01)
    assert Units().property("consumption") == "kWh/100 mi"
    measures.choose(Measures(pressure=PressureUnit.BAR))
    assert measures.consumption(17.2) == 17.2


@pytest.mark.parametrize("metres", [11, 60, 130, 480, 999, 1000, 1608, 1610, 2400, 40_000, 900_000])
@pytest.mark.parametrize("chosen", [Measures(), MILES])
def test_a_ring_of_the_map_is_a_round_number(metres: float, chosen: Measures) -> None:
    measures.choose(chosen)
    units = Units()
    ring = units.rounded(metres)
    assert ring <= metres + 0.001
    assert ring > metres / 2.6
    number, unit = units.way(ring).split()
    assert number.replace(".", "").strip("0") in {"1", "2", "5"}
    assert unit in ({"m", "km"} if chosen is not MILES else {"ft", "mi"})
