# SPDX-License-Identifier: Apache-2.0
"""The driver's units: converted at the edge, and a range is never rounded up."""

from collections.abc import Iterator

import pytest

from ivi.hmi import display, measures
from ivi.hmi.measures import Measures
from ivi.model.profiles import DistanceUnit, PressureUnit, TemperatureUnit


@pytest.fixture(autouse=True)
def _metric_again() -> Iterator[None]:
    yield
    measures.choose(Measures())


def text(shown: display.Shown | None) -> str:
    assert shown is not None
    return shown.text


def test_metric_is_what_it_was() -> None:
    assert [text(display.speed(87.4)), text(display.distance(268_900)), text(display.degrees(-3.4))] == [
        "87",
        "268",
        f"{display.MINUS}3",
    ]
    assert measures.pressure_text(248.0) == "2.5"


def test_miles_fahrenheit_and_psi() -> None:
    measures.choose(Measures(DistanceUnit.MILES, TemperatureUnit.FAHRENHEIT, PressureUnit.PSI))
    assert text(display.speed(100.0)) == "62"
    assert text(display.distance(268_900)) == "167"  # 167.09
    assert text(display.distance(160_800)) == "99"  # 99.9 may not become 100
    assert text(display.degrees(-40.0)) == f"{display.MINUS}40"
    assert text(display.half_degrees(21.5)) == "71"
    assert measures.pressure_text(248.0) == "36"
    # Bars, arcs and steps stay in the unit of the rule.
    shown = display.half_degrees(21.5)
    assert shown is not None
    assert shown.value == 21.5


def test_kilopascals() -> None:
    measures.choose(Measures(pressure=PressureUnit.KILOPASCAL))
    assert measures.pressure_text(248.4) == "248"
