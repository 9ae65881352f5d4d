# SPDX-License-Identifier: Apache-2.0
"""Volume and who is heard: always in reach, shown as the car reports them, and honest without a loudspeaker."""

from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from ivi.hmi.models.sound import words
from ivi.model.audio import AudioKind, FocusState, Heard

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Cabin, Car

TIMEOUT = 10_000  # ms; the machine may be busy
SIZES = [(1280, 720), (1920, 720), (1024, 600), (1080, 1920)]
MUSIC = ["dev.ivi.media", "media", "paused"]
VOICE = ["voice", "voice", "gained"]


def test_it_is_set_by_touch_and_shown_as_reported(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(sound=[35, False, []])
    qtbot.waitUntil(lambda: cabin.models.sound.property("known") is True, timeout=TIMEOUT)
    assert not cabin.has("soundPanel"), "what was so before is no news"
    cabin.touch("sound")
    qtbot.waitUntil(lambda: cabin.shows("soundValue", "35 %") and cabin.has("soundNobody"), timeout=TIMEOUT)
    cabin.touch("soundMore")
    qtbot.waitUntil(lambda: car.asked("sound") == [["change_volume", 1]], timeout=TIMEOUT)
    assert cabin.shows("soundValue", "35 %"), "until the car reports it"
    cabin.touch("soundMute")
    qtbot.waitUntil(lambda: ["set_muted", True] in car.asked("sound"), timeout=TIMEOUT)
    car.tell(sound=[40, True, []])
    qtbot.waitUntil(lambda: cabin.shows("soundValue", "Muted"), timeout=TIMEOUT)
    cabin.touch("soundMute")
    qtbot.waitUntil(lambda: ["set_muted", False] in car.asked("sound"), timeout=TIMEOUT)


def test_a_key_of_the_wheel_brings_it_up(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(sound=[35, False, []])
    qtbot.waitUntil(lambda: cabin.models.sound.property("known") is True, timeout=TIMEOUT)
    car.tell(sound=[40, False, []])
    qtbot.waitUntil(lambda: cabin.has("soundPanel") and cabin.shows("soundValue", "40 %"), timeout=TIMEOUT)
    qtbot.waitUntil(lambda: not cabin.has("soundPanel"), timeout=TIMEOUT)


def test_who_holds_the_sound_is_said(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(sound=[35, False, [VOICE, MUSIC]])
    cabin.touch("sound")
    said = "dev.ivi.media waits until the sound is free."
    qtbot.waitUntil(lambda: cabin.shows("soundHolder_dev.ivi.media:media", said), timeout=TIMEOUT)
    assert cabin.shows("soundHolder_voice:voice", "Voice is heard.")


def test_without_a_loudspeaker_there_is_a_sentence(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(sound=[None, False, [], "No sound server is running."])
    cabin.touch("sound")
    qtbot.waitUntil(lambda: cabin.shows("soundReason", "No sound server is running."), timeout=TIMEOUT)
    assert not cabin.item("soundMore").isEnabled()
    assert cabin.shows("soundValue", "—")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_it_is_in_reach_on_every_display(qtbot: QtBot, cabin: "Cabin", width: int, height: int) -> None:
    cabin.window.resize(width, height)
    qtbot.waitUntil(lambda: cabin.window.contentItem().width() == width, timeout=TIMEOUT)
    cabin.touch("sound")
    qtbot.waitUntil(lambda: cabin.has("soundPanel") and cabin.has("soundMute"), timeout=TIMEOUT)


@pytest.mark.parametrize("state", [FocusState.GAINED, FocusState.DUCKED, FocusState.PAUSED])
def test_each_state_has_its_sentence(state: FocusState) -> None:
    said = words(Heard("media", AudioKind.MEDIA, state), "Tuneful")
    assert "Tuneful" in said
    assert {words(Heard("x", AudioKind.CALL, other), "Tuneful") for other in FocusState if other is not state} != {said}
