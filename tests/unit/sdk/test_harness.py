# SPDX-License-Identifier: Apache-2.0
"""The fixtures of ivi.sdk.testing: an app runs its whole life in a test, and everything about it can be seen."""

from pathlib import Path
from typing import Any

import pytest

from ivi.model.errors import ConfigurationError
from ivi.sdk import (
    Action,
    AlertTemplate,
    App,
    AudioKind,
    Datapoint,
    DeadlineError,
    FocusState,
    Importance,
    InvalidArgumentError,
    Limits,
    ListTemplate,
    MessageTemplate,
    NotFoundError,
    PaymentState,
    PaymentUpdate,
    PermissionDeniedError,
    ResourceExhaustedError,
    Row,
    SearchField,
    UnavailableError,
)
from ivi.sdk.testing import AppFactory, FakeHost, FakeVehicle, HandClock

SPEED, FAN, SEAT = "Vehicle.Speed", "Vehicle.Cabin.HVAC.FanSpeed", "Vehicle.Cabin.Seat.Row1.Driver.Position"
LATITUDE, LONGITUDE = "Vehicle.CurrentLocation.Latitude", "Vehicle.CurrentLocation.Longitude"
HEAD = """
[app]
id = "com.example.tester"
name = "Tester"
version = "1.0.0"
sdk = ">=1,<2"
entry = "tester.app:Tester"
"""
UI = """
[[permission]]
use = "ui"
templates = ["list", "message", "alert"]
surfaces = ["card"]
"""
MANIFEST = f"""{HEAD}{UI}
[[permission]]
use = "vehicle.read"
paths = ["{SPEED}", "Vehicle.Cabin.**"]
max_hz = 2
precision = 5
optional = true
reason = "shows the speed"
[[permission]]
use = "vehicle.actuate"
paths = ["{FAN}"]
when = "always"
reason = "cools you"
[[permission]]
use = "vehicle.actuate"
paths = ["{SEAT}"]
confirm = "first"
reason = "moves your seat"
[[permission]]
use = "storage"
mb = 1
[[permission]]
use = "payment"
max_amount = "20.00"
currency = "EUR"
reason = "pays"
[[permission]]
use = "notify"
per_hour = 2
reason = "tells you"
[[permission]]
use = "audio.focus"
kinds = ["media"]
optional = true
reason = "plays"
[[permission]]
use = "voice"
intents = ["tester.find"]
reason = "listens"
[[permission]]
use = "location"
precision = "coarse"
reason = "finds places near you"
"""


class Witness(App):
    """Notes everything that it hears."""

    def __init__(self) -> None:
        self.heard: list[Any] = []

    def on_start(self) -> None:
        self.show(ListTemplate("Start", [Row("a", "A"), Row("s", "Switch", toggle=False)]))

    def on_stop(self) -> None:
        self.storage["last"] = len(self.heard)
        self.heard.append("stop")

    def on_signals(self, values: dict[str, Datapoint]) -> None:
        self.heard.append({path: point.value for path, point in values.items()})

    def on_tap(self, target: str) -> None:
        self.heard.append(("tap", target))

    def on_toggle(self, target: str, on: bool) -> None:
        self.heard.append(("toggle", target, on))

    def on_back(self) -> None:
        self.heard.append("back")

    def on_search(self, text: str, submitted: bool) -> None:
        self.heard.append(("search", text, submitted))

    def on_dismissed(self, notice: int) -> None:
        self.heard.append(("dismissed", notice))

    def on_limits(self, limits: Limits) -> None:
        self.heard.append(("limits", limits.driving_state))

    def on_payment(self, payment: PaymentUpdate) -> None:
        self.heard.append((payment.reference, payment.state))

    def on_audio_focus(self, state: FocusState) -> None:
        self.heard.append(state)

    def on_intent(self, intent: str, slots: dict[str, str]) -> str | None:
        return f"{intent} {slots['place']}"

    def on_revoked(self, paths: list[str], uses: list[str]) -> None:
        self.heard.append(("revoked", paths, uses))

    def on_granted(self, paths: list[str], uses: list[str]) -> None:
        self.heard.append(("granted", paths, uses))


@pytest.fixture
def tester(app: AppFactory) -> Witness:
    started = app(Witness, MANIFEST)
    started.heard.clear()
    return started


def test_the_driver_does_what_is_on_the_screen_and_nothing_else(tester: Witness, host: FakeHost) -> None:
    host.tap("a")
    host.toggle("s", True)
    assert tester.heard == [("tap", "a"), ("toggle", "s", True)]
    with pytest.raises(AssertionError, match="tap 'b': that is not possible"):
        host.tap("b")
    with pytest.raises(AssertionError, match="go back"):
        host.back()
    tester.show(MessageTemplate("Second", "A page"))
    host.back()
    assert tester.heard[2:] == ["back"]


def test_timers_run_on_a_clock_that_stands_still(tester: Witness, host: FakeHost, clock: HandClock) -> None:
    times: list[float] = []
    timer = tester.every(0.5, lambda: times.append(tester.clock.monotonic()))
    tester.after(0.7, lambda: times.append(-1.0))
    host.settle()
    assert times == []
    clock.advance(1.2)
    assert times == [0.5, -1.0, 1.0]
    timer.cancel()
    clock.advance(10)
    assert len(times) == 3
    assert host.heartbeats == 5
    with pytest.raises(InvalidArgumentError, match=r"0\.0 s"):
        tester.every(0.0, print)


def test_signals_come_rounded_and_no_faster_than_granted(
    tester: Witness, vehicle: FakeVehicle, clock: HandClock
) -> None:
    vehicle.set(SPEED, 12.4)
    subscription = tester.subscribe([SPEED])
    vehicle.set(SPEED, 13.0)
    assert tester.heard == [{SPEED: 10.0}]
    vehicle.set(SPEED, 43.0)
    assert len(tester.heard) == 1
    clock.advance(0.5)
    assert tester.heard[1:] == [{SPEED: 45.0}]
    assert tester.get([SPEED])[SPEED].value == 45.0
    vehicle.set(SPEED, None)
    clock.advance(0.5)
    assert tester.heard[2:] == [{SPEED: None}]
    subscription.cancel()
    vehicle.set(SPEED, 99.0)
    clock.advance(5)
    assert len(tester.heard) == 3


def test_a_coarse_place_is_a_cell_of_a_kilometre(tester: Witness, vehicle: FakeVehicle, clock: HandClock) -> None:
    tester.subscribe([LATITUDE, LONGITUDE])
    vehicle.set(LATITUDE, 48.13743)
    assert tester.heard == []
    vehicle.set(LONGITUDE, 11.57549)
    first = {key: value for one in tester.heard for key, value in one.items()}
    assert first[LATITUDE] == 48.135
    vehicle.set(LATITUDE, 48.2)
    assert all(48.2 not in one.values() for one in tester.heard)
    clock.advance(61)
    assert {k: v for k, v in tester.heard[-1].items() if k == LATITUDE} == {LATITUDE: 48.205}


def test_what_is_not_granted_is_refused_with_the_line_that_would(tester: Witness, host: FakeHost) -> None:
    with pytest.raises(PermissionDeniedError, match=r'paths = \["Vehicle.Body.Lights.IsOn"\]'):
        tester.get(["Vehicle.Body.Lights.IsOn"])
    with pytest.raises(PermissionDeniedError, match="not a VSS path"):
        tester.subscribe(["Vehicle.*"])
    assert [one.target for one in host.denied] == ["Vehicle.Body.Lights.IsOn", "Vehicle.*"]


def test_what_is_taken_back_is_gone_at_once(tester: Witness, host: FakeHost, vehicle: FakeVehicle) -> None:
    vehicle.set(SPEED, 10.0)
    tester.subscribe([SPEED])
    host.settle()
    host.revoke(SPEED)
    vehicle.set(SPEED, 50.0)
    host.clock.advance(5)
    assert tester.heard == [{SPEED: 10.0}, ("revoked", [SPEED], ["vehicle.read"])]
    with pytest.raises(PermissionDeniedError):
        tester.get([SPEED])
    host.grant(SPEED)
    assert tester.heard[-1] == ("granted", [SPEED], ["vehicle.read"])
    assert tester.get([SPEED])[SPEED].value == 50.0
    with pytest.raises(NotFoundError, match="net"):
        host.revoke("net")
    host.revoke("ui")
    assert tester.heard[-1] == "stop"
    assert not host.running


def test_changes_reach_the_car_when_the_driver_and_the_driving_state_agree(
    tester: Witness, host: FakeHost, vehicle: FakeVehicle
) -> None:
    tester.actuate(FAN, 3)
    tester.actuate(SEAT, 40)
    assert host.asked == ["Tester wants to set Vehicle.Cabin.Seat.Row1.Driver.Position to 40"]
    tester.actuate(SEAT, 50)
    assert len(host.asked) == 1
    assert vehicle.actuated == [(FAN, 3), (SEAT, 40), (SEAT, 50)]
    host.drive("moving")
    tester.actuate(FAN, 4)
    with pytest.raises(PermissionDeniedError, match="only while parked, and the car is moving"):
        tester.actuate(SEAT, 60)
    vehicle.refuse(FAN, UnavailableError("the fan does not answer"))
    with pytest.raises(UnavailableError, match="fan"):
        tester.actuate(FAN, 5)
    assert vehicle.value(FAN) == 4


def test_an_agreement_ends_when_the_right_is_taken_back(app: AppFactory, host: FakeHost) -> None:
    tester = app(Witness, MANIFEST.replace('confirm = "first"', 'confirm = "first"\noptional = true'))
    tester.actuate(SEAT, 40)
    host.revoke(SPEED)
    tester.actuate(SEAT, 50)
    assert len(host.asked) == 1
    host.revoke(SEAT)
    host.grant(SEAT)
    tester.actuate(SEAT, 55)
    assert len(host.asked) == 2


def test_a_driver_who_says_no_or_nothing(tester: Witness, host: FakeHost, vehicle: FakeVehicle) -> None:
    host.agrees = False
    with pytest.raises(PermissionDeniedError, match="did not agree"):
        tester.actuate(SEAT, 40)
    host.agrees = None
    with pytest.raises(UnavailableError, match="did not answer"):
        tester.actuate(SEAT, 40)
    assert vehicle.actuated == []


def test_templates_keep_the_limits_of_the_driving_state(tester: Witness, host: FakeHost, clock: HandClock) -> None:
    rows = [Row(f"r{number}", f"Row {number}") for number in range(10)]
    tester.show(ListTemplate("Long", rows, search=SearchField("Find")))
    host.tap("r9")
    host.search("mus", submitted=False)
    host.drive("moving")
    assert tester.limits.max_rows == 6
    assert tester.limits.steps_left == 3
    with pytest.raises(AssertionError, match="r9"):
        host.tap("r9")
    with pytest.raises(AssertionError, match="search"):
        host.search("x")
    for number in range(3):
        clock.advance(2)
        tester.show(MessageTemplate(f"Page {number}", "Text"))
    clock.advance(2)
    with pytest.raises(ResourceExhaustedError, match="task_steps"):
        tester.show(MessageTemplate("One too many", "Text"))
    assert len(host.refused) == 1
    assert tester.heard == [("tap", "r9"), ("search", "mus", False), ("limits", "moving")]


def test_what_comes_too_fast_is_shown_a_moment_later_and_the_newest_only(
    tester: Witness, host: FakeHost, clock: HandClock
) -> None:
    numbers = [tester.show(MessageTemplate(f"Page {number}", "Text")) for number in range(6)]
    assert numbers[0] > 0
    assert numbers[-1] == 0
    clock.advance(1)
    shown = host.shown
    assert isinstance(shown, MessageTemplate)
    assert shown.title == "Page 5"
    assert len(host.history) == 4


def test_bad_templates_are_refused_by_their_rule(tester: Witness, clock: HandClock) -> None:
    with pytest.raises(InvalidArgumentError, match="list refused by form"):
        tester.show(ListTemplate("x" * 61, []))
    with pytest.raises(InvalidArgumentError, match="unique_ids"):
        tester.show(ListTemplate("Twice", [Row("a", "A"), Row("a", "B")]))
    with pytest.raises(InvalidArgumentError, match=r"plain_text: rows\[0\]\.title"):
        tester.show(ListTemplate("Two lines", [Row("a", "A\nB")]))
    clock.advance(1)
    with pytest.raises(InvalidArgumentError, match="picture"):
        tester.show(ListTemplate("Picture", [Row("a", "A", picture="0" * 64)]))


def test_alerts_are_answered_or_go(tester: Witness, host: FakeHost, clock: HandClock) -> None:
    tester.show(AlertTemplate("Full", actions=[Action("go", "Go there")]))
    host.tap("go")
    number = tester.show(AlertTemplate("Full", seconds=10))
    assert len(host.alerts) == 1
    clock.advance(11)
    assert host.alerts == []
    assert tester.heard == [("tap", "go"), ("dismissed", number)]
    with pytest.raises(ResourceExhaustedError, match="2 in an hour"):
        tester.show(AlertTemplate("Third"))


@pytest.mark.parametrize("use", ["notify", "ui"])
def test_alerts_go_with_either_of_the_rights_that_they_need(tester: Witness, host: FakeHost, use: str) -> None:
    number = tester.show(AlertTemplate("Full", seconds=120))
    host.revoke(use)
    assert host.alerts == []
    assert ("dismissed", number) in tester.heard


def test_storage_outlives_the_app(app: AppFactory, tester: Witness, host: FakeHost) -> None:
    tester.storage["big"] = b"x" * 300_000
    tester.storage["json"] = {"a": [1, None]}
    with pytest.raises(ResourceExhaustedError, match="full"):
        tester.storage["huge"] = bytes(1 << 20)
    host.storage.full = True
    with pytest.raises(ResourceExhaustedError, match="disk"):
        tester.storage["more"] = 1
    host.storage.full = False
    assert host.storage.keys() == ["big", "json"]
    host.stop()
    assert tester.heard == ["stop"]
    assert not host.running
    again = app(Witness, MANIFEST)
    assert again.storage["big"] == b"x" * 300_000
    assert host.storage["last"] == 0
    assert host.storage["json"] == {"a": [1, None]}
    assert again.storage.use()[1] == 1 << 20


def test_payments_end_as_the_test_says_and_are_paid_once(tester: Witness, host: FakeHost) -> None:
    tester.pay("order-1", "12.50", "EUR", "Parking")
    tester.pay("order-1", "12.50", "EUR", "Parking")
    host.payments.outcome = PaymentState.DECLINED
    tester.pay("order-2", "1", "EUR", "Tip")
    host.settle()
    assert tester.heard == [
        ("order-1", PaymentState.PAID), ("order-1", PaymentState.PAID), ("order-2", PaymentState.DECLINED),
    ]  # fmt: skip
    assert [one.reference for one in host.payments.asked] == ["order-1", "order-2"]
    with pytest.raises(InvalidArgumentError, match="used for another payment"):
        tester.pay("order-1", "12.51", "EUR", "Parking")
    with pytest.raises(PermissionDeniedError, match="payment"):
        tester.pay("order-3", "20.01", "EUR", "Parking")
    host.drive("moving")
    with pytest.raises(PermissionDeniedError, match="moving"):
        tester.pay("order-4", "1", "EUR", "Parking")


def test_sound_words_and_notifications(tester: Witness, host: FakeHost) -> None:
    tester.request_audio_focus(AudioKind.MEDIA)
    host.audio.change(FocusState.DUCKED)
    host.settle()
    assert host.audio.kind is AudioKind.MEDIA
    host.revoke("audio.focus")
    assert tester.heard[:3] == [FocusState.GAINED, FocusState.DUCKED, FocusState.LOST]
    with pytest.raises(PermissionDeniedError):
        tester.request_audio_focus(AudioKind.ALERT)

    assert host.intent("tester.find", place="home") == "tester.find home"
    with pytest.raises(NotFoundError):
        host.intent("tester.other")

    tester.notify("Hot", "The cabin is hot", Importance.HIGH)
    assert host.notices == [("Hot", "The cabin is hot", Importance.HIGH)]
    tester.notify("Two")
    with pytest.raises(ResourceExhaustedError, match="2 notifications"):
        tester.notify("Three")


def test_a_silent_host_costs_no_time(tester: Witness, host: FakeHost, clock: HandClock) -> None:
    host.answers = False
    with pytest.raises(DeadlineError, match="GetSignals"):
        tester.get([SPEED])
    assert clock.now == 5.0


def test_an_error_comes_out_of_the_line_that_caused_it(app: AppFactory, host: FakeHost) -> None:
    class Careless(Witness):
        def on_tap(self, target: str) -> None:
            raise RuntimeError(target)

    app(Careless, MANIFEST)
    with pytest.raises(RuntimeError, match="a"):
        host.tap("a")

    class Refused(App):
        def on_start(self) -> None:
            self.notify("Not granted")

    with pytest.raises(PermissionDeniedError, match="notify"):
        app(Refused, HEAD)


def test_a_call_before_the_start_says_so() -> None:
    for call in (lambda: Witness().notify("x"), lambda: Witness().storage["x"], lambda: Witness().subscribe([SPEED])):
        with pytest.raises(UnavailableError, match="on_start"):
            call()


def test_an_app_finds_its_manifest_and_its_package(
    app: AppFactory, host: FakeHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.path", [*__import__("sys").path])
    folder = tmp_path / "a-checkout"
    folder.mkdir()
    (folder / "manifest.toml").write_text(HEAD.replace("tester.app", "tester_of_a_folder.app") + UI)
    (folder / "words.py").write_text('TITLE = "From its package"')
    (folder / "app.py").write_text(
        "from ivi.sdk import App, ListTemplate\nfrom .words import TITLE\n"
        "class Tester(App):\n    def on_start(self):\n        self.show(ListTemplate(TITLE, []))\n"
    )
    app(manifest=folder)
    assert isinstance(host.shown, ListTemplate)
    assert host.shown.title == "From its package"


def test_a_package_that_no_app_can_have_is_refused_as_by_the_car(app: AppFactory, tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text(HEAD.replace("tester.app", "calendar.app") + UI)
    with pytest.raises(ConfigurationError, match="has a module 'calendar' itself"):
        app(manifest=tmp_path)
