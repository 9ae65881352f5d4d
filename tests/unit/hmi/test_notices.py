# SPDX-License-Identifier: Apache-2.0
"""What an app has to say is on the screen for a moment, with the app's name."""

from typing import TYPE_CHECKING

from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Cabin, Car

TIMEOUT = 10_000  # ms; the machine may be busy


def test_a_notification_is_shown_with_its_sender(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(notice=[1, "com.partner.charge", "Chargers", "Charged", "80 percent at home"])
    said = "Chargers · Charged: 80 percent at home"
    qtbot.waitUntil(lambda: cabin.has("toast") and cabin.shows("toast", said), timeout=TIMEOUT)
    car.tell(notice=[2, "com.partner.charge", "Chargers", "Parking ends soon", ""])
    qtbot.waitUntil(lambda: cabin.shows("toast", "Chargers · Parking ends soon"), timeout=TIMEOUT)
