# SPDX-License-Identifier: Apache-2.0
"""The paired phones, and one sentence for everything that is missing."""

from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Car
    from tests.unit.hmi.pages.conftest import Stage

TIMEOUT = 10_000  # ms; the machine may be busy
PHONES = [["Mira's phone", True, 64], ["<b>Old</b> phone", False, None]]


@pytest.mark.parametrize("display", ["1280x720", "1024x600", "1080x1920"])
def test_paired_phones_are_listed(qtbot: QtBot, car: "Car", stage: "Stage", display: str) -> None:
    car.start()
    car.tell(phones=["on", "Our car", PHONES])
    page = stage("PhonePage", display)
    qtbot.waitUntil(lambda: page.shows("phoneName_0", "Mira's phone"), timeout=TIMEOUT)
    assert page.shows("phoneState_0", "Connected")
    assert page.shows("phoneBattery_0", "64 %")
    assert page.shows("phoneName_1", "<b>Old</b> phone")
    assert page.shows("phoneState_1", "Not connected")
    assert not page.has("phoneBattery_1")
    assert page.shows("phoneCalls", "This car makes no calls yet; it shows the phones that it knows.")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("off", "Bluetooth is switched off."),
        ("no_adapter", "no Bluetooth adapter"),
        ("no_service", "does not answer"),
        ("no_library", "pip install 'ivi[dbus]'"),
        ("on", "look for “Our car” among Bluetooth devices"),
    ],
)
def test_what_is_missing_is_one_sentence(qtbot: QtBot, car: "Car", stage: "Stage", state: str, words: str) -> None:
    car.start()
    car.tell(phones=[state, "Our car" if state == "on" else "", []])
    page = stage("PhonePage")
    qtbot.waitUntil(lambda: words in str(page.item("phoneEmptyText").property("text")), timeout=TIMEOUT)
    assert not page.has("phoneCalls")


def test_a_lost_service_takes_the_phones_off_the_screen(qtbot: QtBot, car: "Car", stage: "Stage") -> None:
    car.start()
    car.tell(phones=["on", "Our car", PHONES])
    page = stage("PhonePage")
    qtbot.waitUntil(lambda: page.has("phoneName_0"), timeout=TIMEOUT)
    car.kill()
    qtbot.waitUntil(lambda: not page.has("phoneName_0"), timeout=TIMEOUT)
