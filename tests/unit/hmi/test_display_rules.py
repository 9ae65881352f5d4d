# SPDX-License-Identifier: Apache-2.0
"""How values are shown: units, rounding, signs, gears, and what cannot be shown."""

import math

import pytest

from ivi.hmi import display
from ivi.hmi.display import Shown
from ivi.model.signal import Value


@pytest.mark.parametrize(
    ("watts", "text", "kw"),
    [
        (23_400, "23", 23.5),
        (-11_600, "\N{MINUS SIGN}12", -11.5),
        (0, "0", 0.0),
        (-300.0, "0", -0.5),
        (499.0, "0", 0.5),
    ],
)
def test_power_is_kw_positive_when_drawn_and_negative_while_regenerating(watts: float, text: str, kw: float) -> None:
    assert display.power(watts) == Shown(text, kw)


@pytest.mark.parametrize(
    ("metres", "km"), [(312_400, "312"), (312_999, "312"), (999, "0"), (0, "0"), (1000, "1"), (87_000, "87")]
)
def test_range_is_rounded_down_to_whole_km(metres: int, km: str) -> None:
    shown = display.distance(metres)
    assert shown is not None
    assert shown.text == km


@pytest.mark.parametrize(
    ("selected", "letter"), [(126, "P"), (127, "D"), (0, "N"), (-1, "R"), (-2, "R"), (1, "D"), (3, "D")]
)
def test_gear_follows_vss(selected: int, letter: str) -> None:
    shown = display.gear(selected)
    assert shown is not None
    assert shown.text == letter


def test_gear_between_positions_is_unknown() -> None:
    assert display.gear(0.5) is None


def test_speed_is_whole_and_without_sign() -> None:
    assert display.speed(87.4) == Shown("87", 87.5)
    assert display.speed(-4.0) == Shown("4", 4.0)


def test_temperatures() -> None:
    assert display.half_degrees(21.4) == Shown("21.5", 21.5)
    assert display.half_degrees(-0.4) == Shown("\N{MINUS SIGN}0.5", -0.5)
    assert display.half_degrees(-0.1) == Shown("0.0", 0.0)
    assert display.degrees(-6.6) == Shown("\N{MINUS SIGN}7", -7.0)
    assert display.degrees(-0.3) == Shown("0", 0.0)


def test_percent_stays_within_its_bounds() -> None:
    assert display.percent(72.4) == Shown("72", 72.0)
    assert display.percent(104) == Shown("100", 100.0)
    assert display.percent(-3) == Shown("0", 0.0)


@pytest.mark.parametrize("rule", [display.speed, display.power, display.distance, display.percent, display.gear])
@pytest.mark.parametrize("value", [None, "87", True, math.nan, math.inf, [1, 2]])
def test_what_is_no_number_is_not_shown_as_one(rule: display.Rule, value: Value | None) -> None:
    assert rule(value) is None


def test_a_switch_is_a_bool_only() -> None:
    assert display.switch(True) == Shown("on", 1.0)
    assert display.switch(False) == Shown("off", 0.0)
    assert display.switch(1) is None


@pytest.mark.parametrize(
    ("charging", "kw", "text"),
    [
        (True, -50.0, "Charging"),
        (False, -12.0, "Regenerating"),
        (False, 18.0, "On battery"),
        (False, 0.0, "Ready"),
        (None, None, ""),
        (None, -12.0, "Regenerating"),
    ],
)
def test_energy_state(charging: bool | None, kw: float | None, text: str) -> None:
    assert display.energy_state(charging, kw) == text


def test_plain_values_for_engineers() -> None:
    assert display.plain(None) == "—"
    assert display.plain(0.30000000000000004) == "0.3"
    assert display.plain(True) == "true"
    assert display.plain([1, 2.5]) == "1, 2.5"


def test_ages() -> None:
    assert [display.age(seconds) for seconds in (0.2, 8.4, 90.0, 9999.0)] == ["now", "8 s", "2 min", "> 1 h"]
