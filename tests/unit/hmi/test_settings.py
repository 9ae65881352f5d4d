# SPDX-License-Identifier: Apache-2.0
"""A setting draws what the car reports, and keeps the driver's wish apart until the car agrees."""

import pytest
from PySide6.QtCore import QObject

from ivi.hmi import display
from ivi.hmi.models.reading import Actuator, Reading, Setting
from ivi.model.signal import Value

TEMPERATURE = Actuator("Vehicle.Temperature", "The temperature", float, 16.0, 28.0, 0.5)


class Bench:
    """A setting whose requests are recorded."""

    def __init__(self, rule: display.Rule, actuator: Actuator) -> None:
        self.owner = QObject()
        self.setting = Setting(rule, self.owner, actuator)
        self.sent: list[Value] = []
        self.setting.send = lambda _setting, value: self.sent.append(value)


@pytest.fixture
def bench() -> Bench:
    return Bench(display.half_degrees, TEMPERATURE)


def text(reading: Reading) -> object:
    return reading.property("text")


def test_a_reading_tells_qml_only_when_the_drawing_changes() -> None:
    owner = QObject()
    reading = Reading(display.speed, owner)
    told: list[int] = []
    reading.changed.connect(lambda: told.append(1))
    assert (text(reading), reading.property("known")) == ("—", False)
    reading.show(87.01)
    reading.show(87.02)
    assert (text(reading), reading.property("known"), len(told)) == ("87", True, 1)
    reading.show(None)
    assert (text(reading), len(told)) == ("—", 2)


def test_the_value_changes_only_when_the_car_reports_it(bench: Bench) -> None:
    bench.setting.show(21.0)
    bench.setting.step(1)
    assert bench.sent == [21.5]
    assert (text(bench.setting), bench.setting.property("pending")) == ("21.0", True)
    assert bench.setting.property("wanted") == "21.5"
    bench.setting.show(21.5)
    bench.setting.answered(failed=False)
    assert (text(bench.setting), bench.setting.property("pending")) == ("21.5", False)


def test_quick_touches_add_up_and_travel_one_at_a_time(bench: Bench) -> None:
    bench.setting.show(21.0)
    for _ in range(3):
        bench.setting.step(1)
    assert bench.sent == [21.5]
    assert bench.setting.property("wanted") == "22.5"
    bench.setting.show(21.5)
    bench.setting.answered(failed=False)
    assert bench.sent == [21.5, 22.5]
    bench.setting.show(22.5)
    bench.setting.answered(failed=False)
    assert not bench.setting.property("pending")


def test_changing_ones_mind_while_a_request_is_under_way_ends_at_the_last_wish(bench: Bench) -> None:
    bench.setting.show(21.0)
    bench.setting.step(1)
    bench.setting.step(-1)
    bench.setting.show(21.5)
    bench.setting.answered(failed=False)
    assert bench.sent == [21.5, 21.0]


def test_a_failure_ends_the_wish(bench: Bench) -> None:
    bench.setting.show(21.0)
    bench.setting.step(1)
    bench.setting.step(1)
    bench.setting.answered(failed=True)
    assert (text(bench.setting), bench.setting.property("pending")) == ("21.0", False)
    assert bench.sent == [21.5]


def test_steps_stay_within_the_actuators_range(bench: Bench) -> None:
    bench.setting.show(28.0)
    bench.setting.step(1)
    assert bench.sent == []
    assert not bench.setting.property("pending")


def test_nothing_is_asked_while_the_value_is_unknown(bench: Bench) -> None:
    bench.setting.step(1)
    bench.setting.flip()
    assert bench.sent == []


def test_a_switch_sends_bools_and_a_fan_sends_whole_numbers() -> None:
    switch = Bench(display.switch, Actuator("Vehicle.Switch", "It", bool))
    switch.setting.show(False)
    switch.setting.flip()
    assert switch.sent == [True]
    assert switch.sent[0] is True
    fan = Bench(display.percent, Actuator("Vehicle.Fan", "The fan", int, highest=100.0, step=10.0))
    fan.setting.show(40)
    fan.setting.step(1)
    assert fan.sent == [50]
    assert isinstance(fan.sent[0], int)
