# SPDX-License-Identifier: Apache-2.0
"""Each "why?" shows the chain from signal to rule to sentence, with the numbers of the code that decides."""

from typing import TYPE_CHECKING

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from ivi.hmi import why_rules
from ivi.model.apphost import AppState, AppView, NoticeView
from ivi.model.resolution import Fault, Severity
from ivi.model.templates import AlertTemplate, ListTemplate, Row
from ivi.services.resolution import findings
from ivi.services.ux_restrictions import policy

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Cabin, Car

TIMEOUT = 10_000  # ms; the machine may be busy
MOVING = ["moving", ["LIMIT_CONTENT", "LIMIT_STRING_LENGTH", "NO_SETUP"], "moving at 87 km/h", 6, 120]
GEAR = "Vehicle.Powertrain.Transmission.SelectedGear"


def _texts(cabin: "Cabin", name: str) -> list[str]:
    return [str(one.property("text")) for one in cabin.items() if one.objectName() == name]


def test_a_list_that_is_cut_says_why(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    page = ListTemplate("Tracks", [Row(f"t{number}", f"Track {number}") for number in range(9)])
    view = AppView("media", "Media", AppState.RUNNING, "", 1, page, [])
    car.tell(set={"Vehicle.Speed": 87.3, GEAR: 127}, ux=MOVING, apps=[msgspec.to_builtins(view)])
    qtbot.waitUntil(lambda: cabin.shows("appMore_media", "3 more when parked"), timeout=TIMEOUT)
    qtbot.waitUntil(lambda: cabin.shows("speedValue", "87"), timeout=TIMEOUT)
    cabin.touch("appMore_media")
    qtbot.waitUntil(lambda: cabin.shows("evidence_Vehicle.Speed", "87.3 km/h"), timeout=TIMEOUT)
    assert cabin.shows("explanation", "Moving at 87 km/h.")
    rule = _texts(cabin, "explanationRule")[0]
    assert str(policy.MAX_ROWS_MOVING) in rule
    assert str(policy.MAX_CHARS_MOVING) in rule


def test_an_alert_says_who_says_it_and_that_it_is_not_checked(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    notice = NoticeView(4, AlertTemplate("Parking ends", "In ten minutes"))
    view = AppView("park", "Parking", AppState.RUNNING, "", 1, None, [], notices=[notice])
    car.tell(apps=[msgspec.to_builtins(view)])
    qtbot.waitUntil(lambda: cabin.has("appNoticeWhy"), timeout=TIMEOUT)
    cabin.touch("appNoticeWhy")
    said = "Parking says it. The car has not checked what the app says."
    qtbot.waitUntil(lambda: cabin.shows("explanation", said), timeout=TIMEOUT)
    assert "until you answer" in _texts(cabin, "explanationRule")[0]


@pytest.mark.parametrize("topic", sorted(why_rules.TOPICS))
def test_every_topic_has_signals_and_a_rule(topic: str) -> None:
    cause = why_rules.TOPICS[topic]()
    assert cause.rule.endswith(".")
    assert all(path.startswith("Vehicle.") for path in cause.paths)
    assert cause.paths
    assert "{" not in cause.rule


KINDS = ["process:hmi", "problem:cloud:x", "bus:can0:silent", "message:can0:ESC", "app:dev.ivi.media", "update:waiting"]


@pytest.mark.parametrize("fault", [*KINDS, "trouble-codes", "disk"])
def test_every_fault_has_a_rule(fault: str) -> None:
    rule = why_rules.of_fault(Fault(fault, Severity.LIMITED, "It is off.", "", []))
    assert rule.endswith(".")
    assert "{" not in rule
    assert fault != "disk" or str(findings.LOW_DISK >> 20) in rule
