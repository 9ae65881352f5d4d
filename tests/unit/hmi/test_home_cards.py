# SPDX-License-Identifier: Apache-2.0
"""The home page's cards: in the driver's order, kept by the profile, and silent ones behind those that speak."""

from typing import TYPE_CHECKING

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from ivi.hmi.home_cards import HomeCard, arranged, moved, ordered, written
from ivi.hmi.screen import area
from ivi.model.profiles import Preferences

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Cabin, Car

TIMEOUT = 10_000  # ms; the machine may be busy
PARKED = ["parked", [], "the selector is in P", 0, 0]
MOVING = ["moving", ["LIMIT_CONTENT", "NO_SETUP"], "moving at 87 km/h", 6, 120]
E, A, R, C, K, M = HomeCard


def test_the_profiles_words_are_read_back_and_nothing_is_lost() -> None:
    assert ordered("") == list(HomeCard)
    assert ordered("media,nonsense,energy,media") == [M, E, A, R, C, K]
    assert ordered(written([K, M, E, A, R, C])) == [K, M, E, A, R, C]


def test_a_card_moves_and_stays_within_the_list() -> None:
    assert moved([E, A, R], R, -1) == [E, R, A]
    assert moved([E, A, R], E, -1) == [E, A, R]
    assert moved([E, A, R], E, 5) == [A, R, E]


def test_one_with_nothing_to_say_steps_back_and_comes_again() -> None:
    order = [R, E, A, C, M, K]
    assert arranged(order, {E, A, K}, 2) == [E, A]
    assert arranged(order, {R, E, A}, 2) == [R, E]
    assert arranged(order, set(), 2) == [R, E], "with nothing to say anywhere the order holds"


@pytest.mark.parametrize("order", ["energy,", "ENERGY", "a;drop", "x" * 121])
def test_the_profile_takes_no_other_words(order: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"home": order}, Preferences)


def _shown(cabin: "Cabin") -> list[str]:
    slots = [item for item in cabin.items() if item.objectName().startswith("homeSlot_")]
    return [item.objectName().removeprefix("homeSlot_") for item in sorted(slots, key=lambda one: area(one).left())]


def test_it_is_arranged_by_touch_and_the_profile_keeps_it(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(ux=PARKED, set={"Vehicle.Cabin.HVAC.AmbientAirTemperature": 21.5})
    qtbot.waitUntil(lambda: cabin.has("homeArrange"), timeout=TIMEOUT)
    qtbot.waitUntil(lambda: _shown(cabin) == ["energy", "cabin"], timeout=TIMEOUT)  # no app says anything
    cabin.touch("homeArrange")
    qtbot.waitUntil(lambda: cabin.has("arrangeDown_energy"), timeout=TIMEOUT)
    cabin.touch("arrangeDown_energy")
    asked = ["ChangePreference", "home", "apps,energy,route,charging,cabin,media"]
    qtbot.waitUntil(lambda: asked in [list(one) for one in _kept(car)], timeout=TIMEOUT)
    cabin.models.home.take("cabin,energy")  # as the profile says it back
    cabin.touch("arrangeDone")
    qtbot.waitUntil(lambda: _shown(cabin) == ["cabin", "energy"], timeout=TIMEOUT)


def _kept(car: "Car") -> list[list[object]]:
    return [line["profile"] for line in car.hear() if "profile" in line]


def test_nothing_is_arranged_while_driving(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(ux=PARKED)
    qtbot.waitUntil(lambda: cabin.has("homeArrange"), timeout=TIMEOUT)
    cabin.touch("homeArrange")
    qtbot.waitUntil(lambda: cabin.has("arrangeSheet"), timeout=TIMEOUT)
    car.tell(ux=MOVING)
    qtbot.waitUntil(lambda: not cabin.has("arrangeSheet") and not cabin.has("homeArrange"), timeout=TIMEOUT)
