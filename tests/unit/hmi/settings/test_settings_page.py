# SPDX-License-Identifier: Apache-2.0
"""The page of settings, with real touches: drivers, display, units, consents, updates; and what waits for parking."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ivi.hmi import display, measures
from ivi.hmi.measures import Measures

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Shown

PARKED = ["parked", [], "parked", 0, 0]
MOVING = ["moving", ["NO_SETUP", "LIMIT_CONTENT"], "driving at 43 km/h", 6, 120]
GUEST = [0, ""]
ADA = [1, "Ada"]
OFFER = ["driving", "maker", 365, 1000, 60]


def profiles(current: int = 1, **preferences: object) -> dict[str, object]:
    return {"profiles": [[ADA, GUEST], current, preferences, False, True]}


def privacy(*agreements: list[object]) -> dict[str, object]:
    operation = ["operation", "receipts of what you ordered", False, True, [], None, 0, 7]
    research = ["research", "to make the next cars better", True, False, list(agreements), OFFER, 3, 12]
    return {"privacy": [[operation, research], 4, "ab"]}


def opened(show: "Callable[[str], Shown]", section: str, **page: object) -> "Shown":
    page_shown = show("Settings")
    page_shown.car.tell(ux=PARKED, page={**profiles(), **page})
    page_shown.until(
        lambda: (
            page_shown.models.driving.property("state") == "parked"
            and page_shown.models.profiles.property("known") is True
        )
    )
    page_shown.touch(f"section_{section}")
    return page_shown


def test_drivers_are_chosen_added_renamed_and_removed(show: "Callable[[str], Shown]") -> None:
    page = opened(show, "driver")
    page.touch("driver_0")
    page.until(lambda: page.asked("profile") == [["SelectProfile", 0]])
    page.touch("driverAdd")
    for key in "BEA":
        page.touch(f"nameKey_{key}")
    page.reads("nameText", "Bea")
    page.touch("nameErase")
    page.reads("nameText", "Be")
    page.touch("nameDone")
    page.until(lambda: page.asked("profile")[-1] == ["AddProfile", "Be"])
    page.touch("driverEdit_1")
    page.reads("nameText", "Ada")
    page.touch("nameClose")
    # Removing asks once more.
    page.touch("driverRemove_1")
    page.touch("driverRemove_1")
    page.until(lambda: page.asked("profile")[-1] == ["RemoveProfile", 1])


def test_a_driver_is_not_set_up_while_driving(show: "Callable[[str], Shown]") -> None:
    page = opened(show, "driver")
    page.touch("driverAdd")
    page.until(lambda: page.text("nameText") is not None)
    page.car.tell(ux=MOVING)
    page.reads("whenParked", "Ada drives. Another driver is chosen when parked.")
    assert page.text("nameText") is None
    assert page.text("driverAdd") is None
    page.touch("section_language")
    page.reads("whenParked", "This is set up when parked.")
    page.touch("section_display")
    page.touch("look_night")
    page.until(lambda: page.asked("profile") == [["ChangePreference", "look", "night"]])
    assert page.text("text_large") is None


def test_the_look_and_the_units_follow_the_driver(show: "Callable[[str], Shown]") -> None:
    page = opened(show, "language")
    try:
        page.touch("distance_mi")
        page.until(lambda: page.asked("profile") == [["ChangePreference", "distance", "mi"]])
        page.car.tell(page=profiles(distance="mi", temperature="F", pressure="psi", look="day"), ux=PARKED)
        page.until(lambda: page.models.units.property("speed") == "mph")
        assert page.models.units.property("temperature") == "°F"
        assert page.models.lighting.property("night") is False
        shown = display.speed(100.0)
        assert shown is not None
        assert shown.text == "62"
        page.touch("section_display")
        page.touch("rightHandDrive")
        page.until(lambda: page.asked("profile")[-1] == ["ChangeSteeringSide", True])
    finally:
        measures.choose(Measures())


def test_a_purpose_is_agreed_to_after_it_was_read_and_taken_back_at_any_time(show: "Callable[[str], Shown]") -> None:
    page = opened(
        show, "privacy", **privacy(), campaigns=[1, "fleet", 0, [["c1", "refused", "no consent", 3, "research"]]]
    )
    page.touch("purpose_research")
    page.reads("consentTitle", "Research")
    assert page.asked("agree") == []
    page.touch("consentNot")
    page.until(lambda: page.text("consentTitle") is None)
    page.touch("purpose_research")
    page.car.tell(page=privacy([*OFFER, "the driver", 1]))
    page.touch("consentAgree")
    page.until(lambda: page.asked("agree") == ["research"])
    page.until(lambda: page.item("purpose_research").property("on") is True)
    page.car.tell(ux=MOVING)
    page.until(lambda: page.models.driving.property("state") == "moving")
    page.touch("purpose_research")
    page.until(lambda: page.asked("revoke") == ["research"])


def test_nothing_is_agreed_to_while_driving(show: "Callable[[str], Shown]") -> None:
    page = opened(show, "privacy", **privacy())
    page.until(lambda: page.text("purpose_research") is not None)
    page.touch("purpose_research")
    page.reads("consentTitle", "Research")
    page.car.tell(ux=MOVING)
    page.until(lambda: page.text("consentTitle") is None)
    assert not page.item("purpose_research").isEnabled()
    assert page.asked("agree") == []


def test_an_update_asks_before_it_is_installed(show: "Callable[[str], Shown]") -> None:
    item = ["app", "weather", "1.4", "1.3", 10, 10]
    waiting = ["waiting", "", "soft", "order-1", "job", [item], False, [], 90.0, 1.0]
    page = opened(show, "updates", updates=waiting, history=[[], "", "s", "b", [["app", "weather", "1.3", ""]]])
    page.reads("updatesTitle", "An update is ready")
    assert page.models.notice.property("text") == "An update is ready. Settings show what it changes."
    page.touch("updatesAgree")
    page.until(lambda: page.asked("apply") == [["order-1", True]])
    agreed = [*waiting[:6], True, ["the car is not parked"], 90.0, 1.0]
    page.car.tell(page={"updates": agreed})
    page.reads("updatesTitleNote", "The car is not parked.")
    page.touch("updatesAgree")
    page.until(lambda: page.asked("apply")[-1] == ["order-1", False])
    # Going back asks once more.
    page.touch("updatesBack")
    assert page.asked("back") == []
    page.touch("updatesBack")
    page.until(lambda: page.asked("back") == [True])
    page.car.tell(page={"updates": waiting}, ux=MOVING)
    page.reads("whenParked", "You can agree to it when parked. Nothing is installed before.")
    assert page.text("updatesAgree") is None


def test_a_refusal_is_said_and_changes_nothing(show: "Callable[[str], Shown]") -> None:
    page = opened(show, "display", refuse="this is set up while the car is parked")
    page.touch("text_larger")
    page.until(lambda: page.models.notice.property("text") == "This is set up while the car is parked.")
    assert page.models.profiles.property("textsize") == "normal"


def test_buses_and_parts_are_told(show: "Callable[[str], Shown]") -> None:
    page = opened(show, "system", health=[[["can1", "vcan1", "silent", "", {}, 0.0, 9.0]], []])
    page.until(lambda: any(item.objectName() == "bus_can1" for item in page.items()))
    said = [item.property("text") for item in page.items() if item.property("text")]
    assert "Bus can1" in said
    assert "Silent" in said
