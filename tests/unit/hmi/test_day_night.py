# SPDX-License-Identifier: Apache-2.0
"""Day or night: hysteresis, no sensor, and the driver's own choice."""

from ivi.hmi.day_night import BRIGHT, DARK, DayNight


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
    assert night_after(DayNight(), BRIGHT, between, DARK, between) == [False, False, True, True]


def test_without_a_light_sensor_the_low_beam_decides() -> None:
    choice = DayNight()
    looks = []
    for low_beam in (False, True):
        choice.light(None, low_beam=low_beam)
        looks.append(choice.night)
    assert looks == [False, True]


def test_with_a_light_sensor_the_low_beam_does_not_matter() -> None:
    choice = DayNight()
    choice.light(100.0, low_beam=True)
    assert not choice.night


def test_the_drivers_choice_holds_until_the_light_agrees() -> None:
    choice = DayNight()
    choice.light(100.0)
    choice.toggle()
    assert night_after(choice, 90.0, 5.0, 100.0) == [True, True, False]
    assert choice.automatic


def test_toggling_twice_is_automatic_again() -> None:
    choice = DayNight()
    choice.light(100.0)
    choice.toggle()
    choice.toggle()
    assert not choice.night
    assert choice.automatic
