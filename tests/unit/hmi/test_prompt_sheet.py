# SPDX-License-Identifier: Apache-2.0
"""The host's own sheet on the screen: it shows, arms, switches, answers, and goes when the question does."""

import time
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from ivi.model.errors import NotFoundError

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Cabin, Car

TIMEOUT = 10_000  # ms; the machine may be busy
ITEMS = [["p0", "Read how fast the car drives", "“calmer list”", False], ["p1", "Know where the car is", "", True]]
PARKED = ["parked", [], "parked", 0, 0]
ACTIONS = [["refuse", "Do not allow", False], ["allow", "Allow", True]]


def prompt(number: int = 7, title: str = "Allow Weather?", kind: str = "consent") -> list[object]:
    expires = time.monotonic_ns() + 60 * 10**9
    return [number, "com.partner.weather", "Weather", kind, title, "It wants:", ITEMS, ACTIONS, expires]


def test_a_question_is_read_switched_and_answered(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    assert not cabin.has("promptSheet")
    car.tell(ux=PARKED, prompts=[prompt(), prompt(8, "And this?", "confirm")])
    qtbot.waitUntil(lambda: cabin.shows("promptTitle", "Allow Weather?"), timeout=TIMEOUT)
    # What has only just appeared cannot be agreed to.
    with pytest.raises(NotFoundError):
        cabin.touch("promptAction_allow")
    qtbot.waitUntil(lambda: cabin.models.prompts.property("ready"), timeout=TIMEOUT)
    # A line without a choice has no switch.
    with pytest.raises(NotFoundError):
        cabin.touch("promptLine_p0")
    cabin.touch("promptLine_p1")
    cabin.touch("promptAction_allow")
    qtbot.waitUntil(lambda: car.asked("answer") == [[7, "allow", ["p1"]]], timeout=TIMEOUT)
    car.tell(prompts=[prompt(8, "And this?", "confirm")])
    qtbot.waitUntil(lambda: cabin.shows("promptTitle", "And this?"), timeout=TIMEOUT)
    assert not cabin.models.prompts.property("ready")
    car.tell(prompts=[])
    qtbot.waitUntil(lambda: not cabin.has("promptSheet"), timeout=TIMEOUT)


def test_a_question_goes_with_the_process_that_asked(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(ux=PARKED, prompts=[prompt()])
    qtbot.waitUntil(lambda: cabin.has("promptSheet"), timeout=TIMEOUT)
    car.kill()
    qtbot.waitUntil(lambda: not cabin.has("promptSheet"), timeout=TIMEOUT)


def test_speed_and_selector_stay_visible_beside_the_sheet(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    long = [[f"p{n}", f"Line {n}", "a reason " * 10, True] for n in range(30)]
    car.tell(ux=PARKED)
    car.tell(
        prompts=[[9, "a", "A", "consent", "Many lines", "text " * 80, long, ACTIONS, time.monotonic_ns() + 10**11]]
    )
    qtbot.waitUntil(lambda: cabin.has("promptSheet"), timeout=TIMEOUT)
    sheet, drive = cabin.item("promptSheet"), cabin.item("speedValue")
    left = sheet.mapToScene(sheet.boundingRect().topLeft())
    assert left.x() > drive.mapToScene(drive.boundingRect().bottomRight()).x()
    assert left.y() >= cabin.item("microphone").height()
