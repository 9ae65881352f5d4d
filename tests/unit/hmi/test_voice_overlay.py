# SPDX-License-Identifier: Apache-2.0
"""What the voice asks can be touched as well as said, and what may be said is shown; on every display."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Cabin, Car

TIMEOUT = 10_000  # ms; the machine may be busy
TARGET = 76  # pixels
SIZES = [(1280, 720), (1920, 720), (1024, 600), (1080, 1920)]
SUGGESTIONS = [
    "set the temperature to twenty one degrees",
    "turn on the seat heating",
    "how far can i drive",
    "play music",
    "remind me in ten minutes",
    "what is the tire pressure",
]
YES_NO = [["yes", "Yes"], ["no", "No"]]
NAMES = [[str(place), name] for place, name in enumerate(("Anna Weber", "Anna Berg", "Annabel", "Hanna"), 1)]
ASKED = "Are all hands away from the window? Shall I close it?"


def question(number: int, choices: list[list[str]], text: str = ASKED) -> list[object]:
    return ["asking", "close the window", text, True, "confirm", [], number, choices]


def test_a_question_is_answered_by_touch(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(dialogue=["idle"])
    qtbot.waitUntil(lambda: cabin.shows("chip_voice", "Touch the microphone and speak."), timeout=TIMEOUT)
    car.tell(dialogue=question(7, YES_NO))
    qtbot.waitUntil(lambda: cabin.shows("voiceAnswer", ASKED) and cabin.has("voiceChoice_yes"), timeout=TIMEOUT)
    cabin.touch("voiceChoice_yes")
    qtbot.waitUntil(lambda: car.asked("answer") == [[7, "yes"]], timeout=TIMEOUT)
    car.tell(dialogue=["answered", "", "Okay, I close the window.", True])
    qtbot.waitUntil(lambda: not cabin.has("voiceChoice_yes"), timeout=TIMEOUT)
    assert cabin.has("voiceOverlay")


def test_words_so_far_take_the_place_of_what_may_be_said(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(dialogue=["idle"], ux=["parked", [], "parked", 0, 0])
    qtbot.waitUntil(lambda: cabin.shows("chip_voice", "Touch the microphone and speak."), timeout=TIMEOUT)
    qtbot.waitUntil(lambda: cabin.models.driving.property("state") == "parked", timeout=TIMEOUT)
    car.tell(dialogue=["listening", "", "", True, "home", [*SUGGESTIONS, "a seventh"]])
    qtbot.waitUntil(lambda: cabin.shows("voiceSuggestion_3", "“play music”"), timeout=TIMEOUT)
    assert cabin.has("voiceSuggestion_5")
    assert not cabin.has("voiceSuggestion_6")
    car.tell(ux=["moving", ["LIMIT_STRING_LENGTH"], "driving at 50 km/h", 6, 120])
    qtbot.waitUntil(lambda: not cabin.has("voiceSuggestion_2"), timeout=TIMEOUT)
    assert cabin.has("voiceSuggestion_1")
    car.tell(dialogue=["listening", "set the", "", True, "home", SUGGESTIONS])
    qtbot.waitUntil(lambda: cabin.shows("voiceSentence", "“set the”"), timeout=TIMEOUT)
    assert not cabin.has("voiceSuggestion_0")
    assert cabin.shows("voiceAnswer", "Listening…")


def test_a_page_that_was_asked_for_is_shown(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(dialogue=["idle"])
    qtbot.waitUntil(lambda: cabin.shows("chip_voice", "Touch the microphone and speak."), timeout=TIMEOUT)
    car.tell(dialogue=["answered", "show the climate page", "Okay.", True, "home", [], 0, [], "climate"])
    qtbot.waitUntil(lambda: cabin.has("climatePage"), timeout=TIMEOUT)


def test_long_answers_are_short_while_driving(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(dialogue=["idle"], ux=["moving", ["LIMIT_STRING_LENGTH", "LIMIT_CONTENT"], "driving at 50 km/h", 6, 120])
    qtbot.waitUntil(lambda: cabin.shows("chip_voice", "Touch the microphone and speak."), timeout=TIMEOUT)
    qtbot.waitUntil(lambda: cabin.models.driving.property("state") == "moving", timeout=TIMEOUT)
    car.tell(dialogue=["answered", "what does it mean", "Drive slowly and stop soon. " * 10, True])
    qtbot.waitUntil(lambda: cabin.has("voiceAnswer"), timeout=TIMEOUT)
    shown = str(cabin.item("voiceAnswer").property("text"))
    assert len(shown) <= 120
    assert shown.endswith("…")


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("choices", [YES_NO, NAMES])
def test_answers_are_large_enough_on_every_display(
    qtbot: QtBot, car: "Car", cabin: "Cabin", width: int, height: int, choices: list[list[str]]
) -> None:
    car.start()
    car.tell(dialogue=["idle"])
    qtbot.waitUntil(lambda: cabin.shows("chip_voice", "Touch the microphone and speak."), timeout=TIMEOUT)
    cabin.window.resize(width, height)
    qtbot.waitUntil(lambda: cabin.window.contentItem().width() == width, timeout=TIMEOUT)
    last = f"voiceChoice_{choices[-1][0]}"

    def asked() -> bool:
        # What was said before the screen listens is no news to it, so the question is said until it is heard.
        car.tell(dialogue=question(3, choices))
        qtbot.wait(100)
        return bool(cabin.has(last))

    qtbot.waitUntil(asked, timeout=TIMEOUT)
    overlay = cabin.item("voiceOverlay")
    ground = overlay.mapRectToScene(QRectF(0, 0, overlay.width(), overlay.height()))
    assert QRectF(0, 0, width, height).contains(ground)
    for key, _ in choices:
        button = cabin.item(f"voiceChoice_{key}")
        assert min(button.width(), button.height()) >= TARGET
        assert ground.contains(button.mapRectToScene(QRectF(0, 0, button.width(), button.height())))
