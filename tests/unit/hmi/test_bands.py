# SPDX-License-Identifier: Apache-2.0
"""One band lies above the pages at a time: the rule for every pair, and the same on the screen."""

from itertools import permutations
from typing import TYPE_CHECKING

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from ivi.hmi.bands import Band, uppermost
from ivi.hmi.screen import area, find
from ivi.model.apphost import AppState, AppView, NoticeView
from ivi.model.templates import AlertTemplate

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Cabin, Car

TIMEOUT = 10_000  # ms; the machine may be busy
RANK = {"rear_view": 0, "call": 1, "alert": 2, "media": 3, "hint": 4}
"""As the issue has them, the most important one first."""
CALL = [[["/call/1", "Anna", "+49 711 5550", "incoming"]], True]


@pytest.mark.parametrize(("one", "other"), list(permutations(Band, 2)))
def test_of_every_pair_the_more_important_one_is_seen(one: Band, other: Band) -> None:
    more, less = sorted((one, other), key=lambda band: RANK[band])
    assert uppermost({one, other}) is more
    assert uppermost({less}) is less, "it is seen when the other is gone"


def test_of_all_the_first_and_of_nothing_none() -> None:
    assert set(RANK) == {band.value for band in Band}
    assert uppermost(set(Band)) is Band.REAR_VIEW
    assert uppermost(set()) is None


def _parking(*notices: NoticeView) -> list[object]:
    view = AppView("park", "Parking", AppState.RUNNING, "", 1, None, [], notices=list(notices))
    return [msgspec.to_builtins(view)]


ALERT = NoticeView(4, AlertTemplate("Parking ends", "In ten minutes"))


def _below_all(cabin: "Cabin", name: str) -> None:
    """The climate bar stays in reach, whatever is above."""
    assert area(find(cabin.window, name)).bottom() <= area(find(cabin.window, "climateDefrost")).top()


def test_a_call_waits_for_nobody_but_the_camera(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(apps=_parking(ALERT))
    qtbot.waitUntil(lambda: cabin.has("appNotice"), timeout=TIMEOUT)
    _below_all(cabin, "appNotice")
    cabin.models.notice.say("The car did not confirm it in time.")
    assert cabin.models.bands.property("shown") == "alert"
    car.tell(calls=CALL)
    qtbot.waitUntil(lambda: cabin.has("callBand") and cabin.shows("callName", "Anna"), timeout=TIMEOUT)
    assert not cabin.has("appNotice")
    _below_all(cabin, "callBand")
    cabin.touch("callTake")
    qtbot.waitUntil(lambda: car.asked("call") == [["answer_call", "/call/1"]], timeout=TIMEOUT)
    car.tell(calls=[[], True])
    qtbot.waitUntil(lambda: cabin.has("appNotice"), timeout=TIMEOUT)
    car.tell(apps=_parking())
    # The sentence has waited and is shown for its time now.
    qtbot.waitUntil(lambda: cabin.has("toast"), timeout=TIMEOUT)
