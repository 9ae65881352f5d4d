# SPDX-License-Identifier: Apache-2.0
"""Conversion between units: known pairs, round trips, and refusals that say what fits."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivi.model.errors import InvalidArgumentError
from ivi.model.signal import Value
from ivi.vss import units
from ivi.vss.loader import leaves


@pytest.mark.parametrize(
    ("value", "have", "want", "expected"),
    [
        (100, "km/h", "mph", 62.1371192),
        (36, "km/h", "m/s", 10),
        (10_000, "m", "km", 10),
        (1, "mile", "km", 1.609344),
        (20, "Celsius", "Fahrenheit", 68),
        (-40, "Celsius", "F", -40),
        (0, "Celsius", "K", 273.15),
        (240, "kPa", "bar", 2.4),
        (100, "kPa", "psi", 14.503774),
        (100, "kW", "PS", 135.9621617),
        (100, "kW", "hp", 134.1022090),
        (1, "kWh", "MJ", 3.6),
        (180, "degrees", "rad", 3.14159265),
        (60, "rpm", "degrees/s", 360),
        (5, "l/100km", "km/l", 20),
        (10, "l/100km", "mpg", 23.5214583),
        (30, "mpg", "l/100km", 7.8404861),
        (15, "kWh/100km", "Wh/km", 150),
        (20, "kWh/100km", "mile/kWh", 3.1068560),
        (50, "percent", "ratio", 0.5),
        (1, "h", "min", 60),
        (1, "Nm", "lbf*ft", 0.7375621),
        (20, "celsius", "C", 20),
    ],
)
def test_known_pairs(value: float, have: str, want: str, expected: float) -> None:
    assert units.convert(value, have, want) == pytest.approx(expected, rel=1e-7)


PAIRS = [
    pair
    for name in ("m", "km/h", "Celsius", "kPa", "kW", "kWh", "l/100km", "kWh/100km", "degrees/s", "lbs")
    for pair in itertools.permutations(units.fitting(name), 2)
]


@given(st.sampled_from(PAIRS), st.floats(0.01, 1e6))
def test_there_and_back(pair: tuple[str, str], value: float) -> None:
    there = units.converter(*pair)(value)
    assert units.converter(pair[1], pair[0])(there) == pytest.approx(value, rel=1e-9, abs=1e-6)


def test_nonsense_is_refused_with_what_fits() -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        units.convert(50, "km/h", "Celsius")
    assert caught.value.message == "km/h (speed) cannot be shown in Celsius (temperature)"
    assert caught.value.hint == "what fits: m/s, km/h, mm/s, cm/s, mph, knot"


@pytest.mark.parametrize(
    ("value", "have", "want", "said"),
    [
        (1, "km/h", "mhp", "or mph"),
        (1, "", "mph", "without unit"),
        ("2026-11-22", "iso8601", "s", "way of writing a time"),
        (True, "km/h", "mph", "is no number"),
        ("fast", "km/h", "mph", "is no number"),
        ([1.0, "x"], "km/h", "mph", "is no number"),
        (0, "l/100km", "km/l", "0 l/100km has no value in km/l"),
        (0.0, "km/l", "l/100km", "has no value"),
    ],
)
def test_what_cannot_be_converted_is_said(value: Value, have: str, want: str, said: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        units.convert(value, have, want)
    assert said in str(caught.value)


def test_lists_are_converted_item_by_item() -> None:
    assert units.convert([0, 100], "Celsius", "Fahrenheit") == pytest.approx([32, 212])


def test_every_unit_of_vss_6_is_known(shared_data: Path) -> None:
    used = {node["unit"] for _, node in leaves(shared_data / "vss" / "vss_release_6.0.json") if node.get("unit")}
    assert len(used) > 30
    assert [unit for unit in used if not units.is_known(str(unit))] == []
