# SPDX-License-Identifier: Apache-2.0
"""Day or night: hysteresis, no sensor, and the driver's own choice."""

import pytest

from ivi.hmi.day_night import BRIGHT, DARK, DAWN, DUSK, DWELL, DayNight


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Slow(Clock):
    """A clock on which the dwell passes between any two looks."""

    def __call__(self) -> float:
        self.now += DWELL
        return self.now


def choice_without_dwell() -> DayNight:
    return DayNight(Slow())


def test_it_starts_dark_because_dark_never_blinds() -> None:
    assert DayNight().night


def night_after(choice: DayNight, *intensities: float) -> list[bool]:
    """The look after each of these measurements."""
    looks = []
    for intensity in intensities:
        choice.light(intensity)
        looks.append(choice.night)
    return looks


def test_between_the_thresholds_nothing_changes() -> None:
    between = (DARK + BRIGHT) / 2
    assert night_after(choice_without_dwell(), BRIGHT, between, DARK, between) == [False, False, True, True]


def test_without_a_light_sensor_the_low_beam_decides() -> None:
    choice = choice_without_dwell()
    looks = []
    for low_beam in (False, True):
        choice.light(None, low_beam=low_beam)
        looks.append(choice.night)
    assert looks == [False, True]


def test_with_a_light_sensor_the_low_beam_does_not_matter() -> None:
    choice = choice_without_dwell()
    choice.light(100.0, low_beam=True)
    assert not choice.night


def test_the_drivers_choice_holds_until_the_light_agrees() -> None:
    choice = choice_without_dwell()
    choice.light(100.0)
    choice.toggle()
    assert night_after(choice, 90.0, 5.0, 100.0) == [True, True, False]
    assert choice.automatic


def test_toggling_twice_is_automatic_again() -> None:
    choice = choice_without_dwell()
    choice.light(100.0)
    choice.toggle()
    choice.toggle()
    assert not choice.night
    assert choice.automatic


def test_the_look_stays_for_a_while_and_then_follows() -> None:
    clock = Clock()
    choice = DayNight(clock)
    assert night_after(choice, 100.0, 0.0) == [False, True]
    clock.now += DWELL / 2
    assert night_after(choice, 100.0) == [True]
    assert choice.waiting == pytest.approx(DWELL / 2)
    clock.now += DWELL / 2
    choice.settle()
    assert not choice.night
    assert choice.waiting == 0.0


def test_a_short_shadow_leaves_no_trace() -> None:
    clock = Clock()
    choice = DayNight(clock)
    assert night_after(choice, 0.0, 100.0, 0.0, 100.0) == [True, False, False, False]
    assert choice.waiting == 0.0


@pytest.mark.parametrize(("hour", "night"), [(0, True), (DAWN - 1, True), (DAWN, False), (12, False), (DUSK, True)])
def test_the_time_of_day_decides_where_nothing_is_measured(hour: int, night: bool) -> None:
    choice = DayNight()
    choice.hour(hour)
    assert choice.night == night


def test_what_is_measured_goes_before_the_time_of_day() -> None:
    choice = DayNight()
    choice.light(100.0)
    choice.hour(0)
    assert not choice.night
