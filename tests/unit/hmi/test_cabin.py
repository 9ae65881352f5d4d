# SPDX-License-Identifier: Apache-2.0
"""The screen as a driver sees it, in front of a fake car: real links, real touches, real text."""

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtQml import QQmlExpression, qmlContext
from PySide6.QtQuick import QQuickItem
from pytestqt.qtbot import QtBot

from ivi.hmi.screen import area
from ivi.hmi.template_limits import FULLY_RESTRICTED
from ivi.model.apphost import AppState, AppView
from ivi.model.errors import NotFoundError
from ivi.model.services import DrivingState, UxRestrictions
from ivi.model.templates import Action, ActionStyle, GridItem, GridTemplate, Icon, ListTemplate, Row
from ivi.model.templates.limits import limits_of

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Cabin, Car

BATTERY = "Vehicle.Powertrain.TractionBattery"
HVAC = "Vehicle.Cabin.HVAC"
DRIVER = f"{HVAC}.Station.Row1.Driver.Temperature"
GEAR = "Vehicle.Powertrain.Transmission.SelectedGear"
DRIVING = {
    "Vehicle.Speed": 87.3,
    f"{BATTERY}.CurrentPower": -12_000.0,
    f"{BATTERY}.StateOfCharge.Displayed": 72.4,
    "Vehicle.Powertrain.Range": 312_400,
    "Vehicle.Exterior.AirTemperature": 11.6,
    f"{HVAC}.AmbientAirTemperature": 21.4,
    GEAR: 127,
    DRIVER: 21.0,
    f"{HVAC}.IsAirConditioningActive": False,
}
MOVING = ["moving", ["LIMIT_CONTENT", "LIMIT_STRING_LENGTH"], "moving at 87 km/h", 6, 120]
PARKED = ["parked", [], "the selector is in P", 0, 0]
TRACKS = ListTemplate(
    "Tracks",
    [Row(f"t{number}", f"Track {number}", icon=Icon.MUSIC) for number in range(9)],
    [Action("play", "Play", ActionStyle.PRIMARY)],
)
PLAIN_TEXT = 0  # Text.PlainText
TIMEOUT = 10_000  # ms; the machine may be busy


def app_view(state: str = "running", reason: str = "", revision: int = 3) -> list[object]:
    return ["media", "Media", state, reason, revision, TRACKS, []]


def text_format(item: QQuickItem) -> object:
    # PySide has no converter for QQuickText's enums, but QML turns them into numbers.
    context = qmlContext(item)
    assert context is not None
    value: object = QQmlExpression(context, item, "textFormat").evaluate()
    return value[0] if isinstance(value, tuple) else value


def is_wide(cabin: "Cabin", width: int) -> bool:
    return cabin.window.contentItem().width() == width


def wait_for(qtbot: QtBot, cabin: "Cabin", **texts: str) -> None:
    for name, text in texts.items():
        qtbot.waitUntil(partial(cabin.shows, name, text), timeout=TIMEOUT)


def test_values_reach_the_screen_in_the_drivers_units(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(set=DRIVING)
    wait_for(qtbot, cabin, speedValue="87", powerValue="\N{MINUS SIGN}12", rangeValue="312", batteryValue="72 %")
    wait_for(qtbot, cabin, gearValue="D", outsideValue="12°", cabinValue="21.5°", climateDriverValue="21.0°")
    assert cabin.shows("energyState", "Regenerating")


def test_a_touch_asks_the_car_and_the_value_changes_only_when_it_reports(
    qtbot: QtBot, car: "Car", cabin: "Cabin"
) -> None:
    car.start()
    car.tell(set=DRIVING, actuate="hold")
    wait_for(qtbot, cabin, climateDriverValue="21.0°")
    cabin.touch("climateDriverUp")
    qtbot.waitUntil(lambda: car.asked("actuate") == [[DRIVER, 21.5]], timeout=TIMEOUT)
    assert cabin.shows("climateDriverValue", "21.0°")
    assert cabin.shows("climateDriverWanted", "21.5°")
    car.tell(release=True)
    wait_for(qtbot, cabin, climateDriverValue="21.5°")
    qtbot.waitUntil(lambda: cabin.shows("climateDriverWanted", "Driver"), timeout=TIMEOUT)


def test_a_refused_change_is_said_in_a_sentence_and_nothing_stays_pending(
    qtbot: QtBot, car: "Car", cabin: "Cabin"
) -> None:
    car.start()
    car.tell(set=DRIVING, actuate="fail")
    wait_for(qtbot, cabin, climateDriverValue="21.0°")
    cabin.touch("climateCooling")
    said = "Air conditioning was not changed. The car did not confirm it in time."
    wait_for(qtbot, cabin, toast=said)
    assert car.asked("actuate") == [[f"{HVAC}.IsAirConditioningActive", True]]
    assert not cabin.models.climate.by_path[f"{HVAC}.IsAirConditioningActive"].property("pending")


def test_a_killed_broker_leaves_no_frozen_number_and_its_return_shows_values_again(
    qtbot: QtBot, car: "Car", cabin: "Cabin"
) -> None:
    car.start()
    car.tell(set=DRIVING)
    wait_for(qtbot, cabin, speedValue="87")
    car.kill()
    wait_for(qtbot, cabin, speedValue="—", rangeValue="—", batteryValue="—", gearValue="—")
    wait_for(qtbot, cabin, chip_databroker="Vehicle data is restarting.", energyState="Vehicle data is restarting.")
    wait_for(qtbot, cabin, climateDriverValue="—", drivingState="State unknown")
    with pytest.raises(NotFoundError, match="not enabled"):
        cabin.touch("climateDriverUp")
    car.start()
    car.tell(set=DRIVING)
    wait_for(qtbot, cabin, speedValue="87", chip_databroker="The car's signals arrive.")


def test_a_silent_bus_takes_values_off_the_screen_but_a_parked_car_keeps_them(
    qtbot: QtBot, car: "Car", cabin: "Cabin"
) -> None:
    car.start()
    car.tell(set=DRIVING, beat=True)
    wait_for(qtbot, cabin, speedValue="87")
    qtbot.wait(2500)  # nothing changes for longer than the allowed age, but frames keep arriving
    assert cabin.shows("speedValue", "87")
    car.tell(beat=False)
    wait_for(qtbot, cabin, speedValue="—", energyState="The car sends nothing.")


def test_the_driving_state_limits_an_apps_list_and_says_so(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(ux=PARKED, apps=[app_view()])
    wait_for(qtbot, cabin, appCard_media="Tracks", drivingState="Parked")
    rows = cabin.item("appList_media")
    qtbot.waitUntil(lambda: rows.property("count") == 9, timeout=TIMEOUT)
    car.tell(ux=MOVING)
    wait_for(qtbot, cabin, drivingState="Driving", appMore_media="3 more when parked")
    assert rows.property("count") == 6


def test_while_nobody_says_what_is_allowed_everything_is_restricted(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start("apphost")
    car.tell(apps=[app_view()])
    wait_for(qtbot, cabin, appCard_media="Tracks", drivingState="State unknown", appMore_media="3 more when parked")


def test_taps_on_an_app_go_back_with_the_revision_that_was_shown(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(ux=PARKED, apps=[app_view(revision=7)])
    wait_for(qtbot, cabin, appCard_media="Tracks")
    qtbot.waitUntil(lambda: cabin.has("appRow_media_t1"), timeout=TIMEOUT)
    cabin.touch("appRow_media_t1")
    cabin.touch("appAction_media_play")
    qtbot.waitUntil(lambda: car.asked("tap") == [["media", 7, "t1"], ["media", 7, "play"]], timeout=TIMEOUT)


@pytest.mark.parametrize("page", [TRACKS, GridTemplate("Tracks", [GridItem(f"t{n}", f"Track {n}") for n in range(9)])])
def test_rows_that_come_before_the_first_layout_begin_with_the_first(
    qtbot: QtBot, cabin: "Cabin", page: ListTemplate | GridTemplate
) -> None:
    view = AppView("media", "Media", AppState.RUNNING, "", 3, page, [])
    cabin.models.apps.update([view], FULLY_RESTRICTED)
    cabin.models.apps.limit(limits_of(UxRestrictions(DrivingState.PARKED, [], "parked")))
    qtbot.waitUntil(lambda: cabin.has("appRow_media_t0") and cabin.has("appRow_media_t1"), timeout=TIMEOUT)

    assert not cabin.has("appRow_media_t8")


def test_an_app_that_stopped_says_why_in_place_of_its_card(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(apps=[app_view("stopped_no_sandbox", "bubblewrap is not installed")])
    said = "It is off because this machine cannot isolate it: bubblewrap is not installed."
    wait_for(qtbot, cabin, appReason_media=said, appCard_media=said)


def test_an_app_that_crashed_too_often_is_started_again_by_a_touch(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(apps=[app_view("quarantined", "it hung in tick, media/app.py line 12")])
    wait_for(qtbot, cabin, appReason_media="It stopped too often and stays off: it hung in tick, media/app.py line 12.")
    cabin.touch("appDecide_media")
    qtbot.waitUntil(lambda: car.asked("start") == ["media"], timeout=TIMEOUT)


def test_the_screen_tells_which_app_it_shows(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(apps=[app_view()])
    qtbot.waitUntil(lambda: ["media"] in car.asked("visible"), timeout=TIMEOUT)
    cabin.models.signals.suggested.emit()  # the page of signals shows no app
    qtbot.waitUntil(lambda: car.asked("visible")[-1] == [], timeout=TIMEOUT)


def test_a_partners_text_is_never_markup(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    hostile = '<img src="file:///etc/passwd"><b>bold</b>'
    view = app_view()
    view[5] = ListTemplate(hostile, [Row("a", hostile)])
    car.start()
    car.tell(apps=[view])
    wait_for(qtbot, cabin, appCard_media=hostile)
    texts = [item for item in cabin.items() if item.inherits("QQuickText")]
    assert any(item.property("text") == hostile for item in texts)
    assert {text_format(item) for item in texts} == {PLAIN_TEXT}


def test_the_dialogue_is_shown_and_goes_away(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(dialogue=["idle"])
    wait_for(qtbot, cabin, chip_voice="Touch the microphone and speak.")
    cabin.touch("microphone")
    qtbot.waitUntil(lambda: car.asked("listen") == [True], timeout=TIMEOUT)
    car.tell(dialogue=["listening"])
    wait_for(qtbot, cabin, voiceAnswer="Listening…")
    car.tell(dialogue=["answered", "make it warmer", "The temperature is 22 degrees.", True])
    wait_for(qtbot, cabin, voiceAnswer="The temperature is 22 degrees.", voiceSentence="“make it warmer”")
    cabin.models.voice.dismiss()
    qtbot.waitUntil(lambda: not cabin.has("voiceOverlay"), timeout=TIMEOUT)


def test_a_problem_of_a_process_is_explained_when_its_sign_is_touched(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(problems={"voice": [["no microphone was found", "PortAudio", "plug one in"]]})
    wait_for(qtbot, cabin, chip_voice="No microphone was found.")
    cabin.touch("chip_voice")
    wait_for(qtbot, cabin, explanation="No microphone was found.", explanationHint="Plug one in.")


def test_the_driving_state_says_which_signals_and_which_rule_led_to_it(
    qtbot: QtBot, car: "Car", cabin: "Cabin"
) -> None:
    car.start()
    car.tell(set=DRIVING, ux=MOVING)
    wait_for(qtbot, cabin, speedValue="87", drivingState="Driving")
    cabin.touch("drivingState")
    rule = "From 0.5 km/h on, and for 2 s after it, the car is driving."
    wait_for(qtbot, cabin, explanation="Moving at 87 km/h.", explanationRule=rule)
    assert cabin.shows("evidence_Vehicle.Speed", "87.3 km/h")
    assert cabin.shows(f"evidence_{GEAR}", "D")
    assert cabin.shows("evidence_Vehicle.Chassis.ParkingBrake.IsEngaged", "\N{EM DASH}"), "the car does not send it"
    cabin.touch("explanation")
    qtbot.waitUntil(lambda: not cabin.has("explanation"), timeout=TIMEOUT)
    car.tell(problems={"voice": [["no microphone was found", "", ""]]})
    wait_for(qtbot, cabin, chip_voice="No microphone was found.")
    cabin.touch("chip_voice")
    wait_for(qtbot, cabin, explanation="No microphone was found.")
    assert cabin.shows("explanationRule", "This part of the car's computer reported it itself.")


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 720), (1024, 600), (1080, 1920)])
def test_an_explanation_lies_beside_the_speed_and_the_selector(
    qtbot: QtBot, car: "Car", cabin: "Cabin", width: int, height: int
) -> None:
    cabin.window.resize(width, height)
    qtbot.waitUntil(partial(is_wide, cabin, width), timeout=TIMEOUT)
    car.start()
    car.tell(set=DRIVING, ux=MOVING)
    wait_for(qtbot, cabin, speedValue="87", drivingState="Driving", gearValue="D")
    cabin.touch("drivingState")
    qtbot.waitUntil(lambda: cabin.has("explanationRule"), timeout=TIMEOUT)
    box = area(cabin.item("explanationBox"))
    assert box.right() <= width
    assert [name for name in ("speedValue", "gearValue") if box.intersects(area(cabin.item(name)))] == []
    cut = [
        item.property("text") for item in cabin.items() if item.inherits("QQuickText") and item.property("truncated")
    ]
    assert cut == []


def test_the_uplink_is_explained(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(uplink=["offline", "127.0.0.1:1883", "the broker does not answer", 20, 6, 14, 0])
    wait_for(qtbot, cabin, chip_cloud="Offline: the broker does not answer.")
    car.tell(uplink=["online", "127.0.0.1:1883", "", 20, 20, 0, 0])
    wait_for(qtbot, cabin, chip_cloud="Online. 20 records have arrived.")


def test_day_and_night_by_light_and_by_hand(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    night = cabin.window.property("color").name()
    car.start()
    car.tell(set={"Vehicle.Exterior.LightIntensity": 90.0})
    qtbot.waitUntil(lambda: cabin.window.property("color").name() != night, timeout=TIMEOUT)
    cabin.models.lighting.toggle()
    qtbot.waitUntil(lambda: cabin.window.property("color").name() == night, timeout=TIMEOUT)


def test_a_car_without_named_signals_opens_the_engineers_list(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(ux=PARKED, set={f"Vehicle.Raw.Message.Signal{number}": number / 8 for number in range(20)})
    qtbot.waitUntil(lambda: cabin.has("signalsPage"), timeout=TIMEOUT)
    wait_for(qtbot, cabin, signalCount="20 live signals")
    car.tell(ux=MOVING)
    wait_for(qtbot, cabin, signalsMore="14 more when parked")
    assert cabin.item("signalList").property("count") == 6
    cabin.touch("rail_home")
    qtbot.waitUntil(lambda: cabin.has("homePage"), timeout=TIMEOUT)


def test_an_idle_screen_does_not_redraw(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(set=DRIVING, ux=PARKED, apps=[app_view()], dialogue=["idle"])
    wait_for(qtbot, cabin, speedValue="87", appCard_media="Tracks", drivingState="Parked")
    qtbot.wait(300)
    before = cabin.screen.frames
    qtbot.wait(2500)  # two rounds of status questions
    assert cabin.screen.frames - before <= 2, "at most the clock"


def test_no_sheet_covers_the_speed_or_the_selector(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start()
    car.tell(set=DRIVING, actuate="fail", dialogue=["idle"])
    wait_for(qtbot, cabin, speedValue="87", chip_voice="Touch the microphone and speak.")
    cabin.touch("climateDriverUp")
    car.tell(dialogue=["answered", "make it warmer", "The temperature is 22 degrees.", True])
    qtbot.waitUntil(lambda: cabin.has("toast") and cabin.has("voiceOverlay"), timeout=TIMEOUT)
    for width, height in ((1280, 720), (1920, 720), (1024, 600)):
        cabin.window.resize(width, height)
        qtbot.waitUntil(partial(is_wide, cabin, width), timeout=TIMEOUT)
        for sheet in ("toast", "voiceOverlay"):
            left = area(cabin.item(sheet)).left()
            assert left >= area(cabin.item("speedValue")).right()
            assert left >= area(cabin.item("powerValue")).right()
