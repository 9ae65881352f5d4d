# SPDX-License-Identifier: Apache-2.0
"""A thumb on the steering wheel, as the bus shows it."""

from collections.abc import Callable

import pytest

from simulator.bus.record import Record
from simulator.errors import SimulatorError
from simulator.vehicle.car import Car
from simulator.vehicle.wheel_keys import KEYS, parse_press

type Listen = Callable[[list[Record]], dict[str, float]]


def test_a_press_is_on_the_bus_while_it_lasts_and_counted(car: Car, listen: Listen) -> None:
    car.keys.plan(parse_press("VOICE@0.5"))
    car.keys.plan(parse_press("left:NEXT@0.6"))
    seen: list[tuple[float, float, float]] = []
    latest: dict[str, float] = {}
    for _ in range(200):
        latest |= listen(car.tick())
        now = (latest["SCM_KeyLeft"], latest["SCM_KeyRight"], latest["SCM_KeysCounter"]) if latest else (0, 0, 0)
        if not seen or seen[-1] != now:
            seen.append(now)
    voice, following = KEYS.index("VOICE"), KEYS.index("NEXT")
    assert seen == [(0, 0, 0), (0, voice, 1), (following, voice, 2), (following, 0, 2), (0, 0, 2)]


@pytest.mark.parametrize("text", ["", "NONE", "SING@2", "VOICE@", "up:VOICE", "VOICE@-1"])
def test_a_key_that_is_not_there_is_refused(text: str) -> None:
    with pytest.raises(SimulatorError, match="no such key"):
        parse_press(text)
