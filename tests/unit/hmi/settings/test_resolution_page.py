# SPDX-License-Identifier: Apache-2.0
"""The resolution centre, with real touches: one fault at a time, its button, its log, and calm when all is well."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Shown

PARKED = ["parked", [], "parked", 0, 0]
MOVING = ["moving", ["NO_SETUP", "LIMIT_CONTENT"], "driving at 43 km/h", 6, 120]
VOICE = ["v", "lost", "Voice cannot run.", "", [["Supervision", "No model."]], ["restart", "voice"], "voice", 1000]
DATA = ["d", "lost", "Vehicle data cannot run.", "", [], ["restart", "databroker", True], "databroker", 1000]
UPDATE = ["u", "waiting", "An update waits.", "", [], ["open", "settings:updates"], "", 1000]
BUS = [
    "b",
    "limited",
    "The bus can1 has errors.",
    "A workshop should look at it.",
    [["vcan1", "Many."]],
    None,
    "",
    1000,
]


def opened(show: "Callable[[str], Shown]", *faults: Sequence[object]) -> "Shown":
    page = show("Resolution")
    page.car.tell(ux=PARKED, page={"resolution": [list(faults), []]})
    page.until(
        lambda: (
            page.models.driving.property("state") == "parked"
            and page.models.resolution.property("count") == len(faults)
        )
    )
    return page


def test_the_worst_is_looked_at_first_and_fixed_by_one_button(show: "Callable[[str], Shown]") -> None:
    page = opened(show, VOICE, BUS)
    page.reads("faultSentence", "Voice cannot run.")
    assert page.text("faultFix") == "Start it again"
    page.touch("faultFix")
    page.until(lambda: page.asked("fix") == ["v"])
    page.until(lambda: page.models.notice.property("text") == "It is started again.")
    page.car.tell(page={"resolution": [[BUS], [["v", "Voice cannot run.", 1000, 2000]]]})
    page.reads("faultSentence", "The bus can1 has errors.")
    assert page.text("faultFix") is None
    page.reads("faultHint", "A workshop should look at it.")
    page.car.tell(page={"resolution": [[], [["v", "Voice cannot run.", 1000, 2000]]]})
    page.reads("allWell", "All is well.")
    assert page.text("solvedTitle") == "Solved"


def test_the_log_is_read_newest_first_and_only_when_parked(show: "Callable[[str], Shown]") -> None:
    page = opened(show, VOICE)
    page.car.tell(page={"log": ["voice", [[1000, "info", "ready"], [2000, "warning", "no model"]]]})
    page.touch("faultLog")
    lines = page.models.resolution.lists[2]
    page.until(lambda: [row["text"] for row in lines.rows] == ["no model", "ready"])
    page.car.tell(ux=MOVING)
    page.until(lambda: page.text("faultLog") is None)
    assert all(item.objectName() != "logLine" for item in page.items())


def test_what_needs_a_parked_car_says_so(show: "Callable[[str], Shown]") -> None:
    page = opened(show, DATA)
    page.reads("faultFix", "Start it again")
    page.car.tell(ux=MOVING)
    page.reads("faultFix", "Start it again when parked")
    assert not page.item("faultFix").isEnabled()


def test_a_fix_that_is_a_page_opens_it(show: "Callable[[str], Shown]") -> None:
    page = opened(show, UPDATE)
    said: list[tuple[str, str]] = []
    page.models.resolution.opened.connect(lambda name, detail: said.append((name, detail)))
    page.touch("faultFix")
    page.until(lambda: said == [("settings", "updates")])
    assert page.asked("fix") == []


def test_another_fault_is_chosen_by_touch(show: "Callable[[str], Shown]") -> None:
    page = opened(show, VOICE, BUS, UPDATE)
    page.touch("fault_u")
    page.reads("faultSentence", "An update waits.")
    page.touch("fault_b")
    page.reads("faultSentence", "The bus can1 has errors.")


def test_a_lost_core_is_said_and_not_called_well(show: "Callable[[str], Shown]") -> None:
    page = opened(show, VOICE)
    page.car.kill()
    page.until(lambda: page.text("allWell") not in {None, "All is well."})
