# SPDX-License-Identifier: Apache-2.0
"""The page of an app's permissions: found, read, switched off, and honest about what the host says."""

from typing import TYPE_CHECKING

from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Cabin, Car

TIMEOUT = 10_000  # ms; the machine may be busy
WEATHER = ["weather", "Weather", "running", "", 1, None, []]
WAITING = ["music", "Music", "stopped_needs_consent", "it wants to read how fast the car drives", 0, None, []]


def info(standing: str = "granted", state: str = "running") -> list[object]:
    permissions = [
        [
            "vehicle.read#0",
            "vehicle.read",
            "Read how fast the car drives",
            "calmer",
            True,
            standing,
            "driver",
            1,
            ["x"],
        ],
        ["location#1", "location", "Know roughly where the car is", "nearby", False, "refused", "driver", 1, []],
        ["net#2", "net", "Send data", "maps", False, "absent", "", 0, [], "no such thing"],
    ]
    return ["weather", "Weather", "1.2.0", "local", state, "", ["namespaces", "seccomp"], 5, 7, permissions, {}, 0]


def test_the_page_is_behind_the_sign_of_the_apps(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(apps=[WEATHER, WAITING], info=info())
    qtbot.waitUntil(lambda: cabin.has("appTab_weather"), timeout=TIMEOUT)
    cabin.touch("chip_apphost")
    # The panel grows by its texts; a finger would wait for that, too.
    qtbot.waitUntil(
        lambda: cabin.has("explanationAction") and cabin.item("explanationAction").y() > 80, timeout=TIMEOUT
    )
    cabin.touch("explanationAction")
    qtbot.waitUntil(lambda: cabin.shows("permissionsTitle", "Weather 1.2.0"), timeout=TIMEOUT)
    trust = "Trust 7 of 8, 5 if you allow everything. Kept apart by 2 layers. By local."
    assert cabin.shows("permissionsTrust", trust)
    items = cabin.models.permissions.property("items")
    assert [(one["on"], one["choice"]) for one in items] == [(True, True), (False, True), (False, False)]

    cabin.touch("permission_vehicle.read#0")
    qtbot.waitUntil(lambda: car.asked("change") == [["weather", "vehicle.read#0", False]], timeout=TIMEOUT)
    # The switch moves when the host says so, not before.
    assert cabin.models.permissions.property("items")[0]["on"] is True
    car.tell(info=info("revoked", "stopped_needs_consent"))
    qtbot.waitUntil(lambda: cabin.models.permissions.property("items")[0]["on"] is False, timeout=TIMEOUT)
    assert cabin.has("permissionsDecide")
    cabin.touch("permission_location#1")
    said = "Permissions are given while the car is parked."
    qtbot.waitUntil(lambda: cabin.shows("toast", said), timeout=TIMEOUT)
    cabin.touch("permissionsClose")
    qtbot.waitUntil(lambda: not cabin.has("permissionsSheet"), timeout=TIMEOUT)


def test_an_app_that_waits_for_agreement_has_a_button(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(apps=[WAITING])
    qtbot.waitUntil(lambda: cabin.has("appDecide_music"), timeout=TIMEOUT)
    assert cabin.shows("appReason_music", "It waits for your agreement: it wants to read how fast the car drives.")
    cabin.touch("appDecide_music")
    qtbot.waitUntil(lambda: car.asked("consent") == ["music"], timeout=TIMEOUT)


def test_the_page_goes_when_its_app_does(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(apps=[WEATHER], info=info())
    qtbot.waitUntil(lambda: cabin.has("appCard_weather"), timeout=TIMEOUT)
    cabin.models.permissions.open("gone")
    qtbot.waitUntil(lambda: not cabin.has("permissionsSheet"), timeout=TIMEOUT)
    cabin.models.permissions.open("weather")
    qtbot.waitUntil(lambda: cabin.shows("permissionsTitle", "Weather 1.2.0"), timeout=TIMEOUT)
    car.kill()
    qtbot.waitUntil(lambda: not cabin.has("permissionsSheet"), timeout=TIMEOUT)
