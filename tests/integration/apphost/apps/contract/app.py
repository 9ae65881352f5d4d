# SPDX-License-Identifier: Apache-2.0
"""Does what an app can do, right and wrong, and says in one line each how its host answered."""

from collections.abc import Callable, Iterator
from typing import Any

from ivi.sdk import (
    Action,
    AlertTemplate,
    App,
    AudioKind,
    Datapoint,
    IviError,
    Limits,
    ListTemplate,
    MediaTemplate,
    MessageTemplate,
    PaymentUpdate,
    PinMethod,
    Row,
    SearchField,
    SignInTemplate,
    Subscription,
    Timer,
    TransportCommand,
)

SPEED, FAN = "Vehicle.Speed", "Vehicle.Cabin.HVAC.Station.Row1.Driver.FanSpeed"
PLACE = "Vehicle.CurrentLocation.Latitude"
PAUSE = 0.4  # seconds between templates: standing cars take five a second
type Step = tuple[str, Callable[[], Any]]


class Contract(App):
    """Runs its steps one after the other; each state of the car has its own."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.steps: Iterator[Step] = iter(())
        self.timer: Timer | None = None
        self.driven = False

    def say(self, text: str) -> None:
        self.lines.append(text)
        print(text)

    def run_steps(self, name: str, steps: list[Step]) -> None:
        if self.timer is not None:
            self.timer.cancel()
        self.steps = iter([*steps, (f"done {name}", lambda: None)])
        self.next_step()

    def next_step(self) -> None:
        step = next(self.steps, None)
        if step is None:
            return
        try:
            self.say(f"{step[0]}: {step[1]()}")
        except (IviError, KeyError) as error:
            self.say(f"{step[0]}: {getattr(error, 'code', type(error).__name__)}: {error}")
        self.timer = self.after(PAUSE, self.next_step)

    def on_start(self) -> None:
        self.say(f"id {self.id}")
        self.run_steps("standing", [*self.signals(), *self.screen(), *self.items(), *self.others()])

    def signals(self) -> list[Step]:
        return [
            ("get", lambda: {path: point.value for path, point in self.get([SPEED]).items()}),
            ("get what is not granted", lambda: self.get([SPEED, "Vehicle.Cabin.HVAC.AmbientAirTemperature"])),
            ("get a place", lambda: self.get([PLACE])),
            ("get a branch", lambda: self.get(["Vehicle.*"])),
            ("get nothing", lambda: self.get([])),
            ("get too much", lambda: self.get([SPEED] * 201)),
            ("subscribe", lambda: type(self.subscribe([SPEED])).__name__),
            ("subscribe to what is not granted", lambda: self.subscribe([PLACE])),
            ("subscribe too often", self.subscribe_too_often),
            ("actuate", lambda: self.actuate(FAN, 40)),
            ("actuate what is not granted", lambda: self.actuate("Vehicle.Cabin.HVAC.IsRecirculationActive", True)),
            ("actuate a pattern", lambda: self.actuate("Vehicle.Cabin.**", True)),
        ]

    def subscribe_too_often(self) -> None:
        open_ones: list[Subscription] = []
        try:
            while True:
                open_ones.append(self.subscribe([SPEED]))
        finally:
            self.say(f"{len(open_ones)} more subscriptions")
            for one in open_ones:
                one.cancel()

    def screen(self) -> list[Step]:
        rows = [Row(f"r{number}", f"Row {number}") for number in range(10)]
        media = [TransportCommand.SEEK]
        sign_in = SignInTemplate("Sign in", "Type this", PinMethod("AB-12", "example.com/car"))
        return [
            ("add no picture", lambda: self.add_picture(b"no PNG")),
            ("show no kind of mine", lambda: self.show(MessageTemplate("", "No title"))),
            ("show a long title", lambda: self.show(ListTemplate("x" * 61, []))),
            ("show twins", lambda: self.show(ListTemplate("Twins", [Row("a", "A"), Row("a", "B")]))),
            ("show two lines", lambda: self.show(ListTemplate("Two\nlines", []))),
            ("show blanks", lambda: self.show(ListTemplate("   ", []))),
            ("show no picture", lambda: self.show(ListTemplate("P", [Row("a", "A", picture="0" * 64)]))),
            ("show an endless seek", lambda: self.show(MediaTemplate("Live", commands=media))),
            ("show a sign-in", lambda: self.show(sign_in)),
            ("show a list", lambda: self.show(ListTemplate("List", rows, search=SearchField("Find")))),
            ("show a message", lambda: self.show(MessageTemplate("Message", "Text", [Action("ok", "OK")]))),
            ("show an alert", lambda: self.show(AlertTemplate("One", seconds=120))),
            ("show another alert", lambda: self.show(AlertTemplate("Two", seconds=120))),
        ]

    def items(self) -> list[Step]:
        def put(key: str, value: object) -> None:
            self.storage[key] = value

        return [
            ("put", lambda: put("a", {"b": [1, None]})),
            ("put bytes", lambda: put("b", b"x" * 300_000)),
            ("get item", lambda: self.storage["a"]),
            ("get bytes", lambda: len(self.storage["b"])),
            ("get no item", lambda: self.storage["c"]),
            ("delete no item", lambda: self.storage.__delitem__("c")),
            ("put under no key", lambda: put("", 1)),
            ("put what JSON cannot say", lambda: put("d", object())),
            ("put too much", lambda: put("e", bytes(800_000))),
            ("delete", lambda: self.storage.__delitem__("a")),
            ("keys", lambda: list(self.storage.keys())),
            ("use", self.storage.use),
        ]

    def others(self) -> list[Step]:
        return [
            ("pay what is no amount", lambda: self.pay("o1", "12,50", "EUR", "Parking")),
            ("pay in no currency", lambda: self.pay("o1", "1", "eur", "Parking")),
            ("pay for nothing", lambda: self.pay("o1", "1", "EUR", " ")),
            ("pay in another currency", lambda: self.pay("o1", "1", "USD", "Parking")),
            ("pay too much", lambda: self.pay("o1", "20.01", "EUR", "Parking")),
            ("pay", lambda: self.pay("o1", "12.5", "EUR", "Parking")),
            ("notify without a title", lambda: self.notify(" ")),
            ("notify at length", lambda: self.notify("x" * 61)),
            ("notify in blanks", lambda: self.notify("\u3164")),
            ("notify", lambda: self.notify("One")),
            ("notify again", lambda: self.notify("Two")),
            ("notify too often", lambda: self.notify("Three")),
            ("show one alert too many", lambda: self.show(AlertTemplate("Three", seconds=120))),
            ("be heard as an alert", lambda: self.request_audio_focus(AudioKind.ALERT)),
        ]

    def on_limits(self, limits: Limits) -> None:
        self.say(f"limits {limits}")
        if limits.driving_state == "moving" and not self.driven:
            self.driven = True
            pages = [(f"page {number}", self.page(number)) for number in range(4)]
            self.run_steps("moving", [
                ("sign-in while moving", lambda: self.show(SignInTemplate("S", "T", PinMethod("AB-12", "e.com")))),
                ("actuate while moving", lambda: self.actuate(FAN, 20)),
                ("pay while moving", lambda: self.pay("o2", "1", "EUR", "Parking")),
                *pages,
            ])  # fmt: skip

    def page(self, number: int) -> Callable[[], int]:
        return lambda: self.show(MessageTemplate(f"Page {number}", "Text"))

    def on_signals(self, values: dict[str, Datapoint]) -> None:
        for point in values.values():
            self.say(f"signal {point.value}")

    def on_tap(self, target: str) -> None:
        self.say(f"tap {target}")

    def on_dismissed(self, revision: int) -> None:
        self.say(f"dismissed {revision}")

    def on_payment(self, payment: PaymentUpdate) -> None:
        self.say(f"payment {payment}")

    def on_intent(self, intent: str, slots: dict[str, str]) -> str | None:
        return f"{intent} {slots}"

    def on_revoked(self, paths: list[str], uses: list[str]) -> None:
        self.say(f"revoked {paths} {uses}")
        self.run_steps("revoked", [("get what was taken back", lambda: self.get([SPEED]))])

    def on_granted(self, paths: list[str], uses: list[str]) -> None:
        self.say(f"granted {paths} {uses}")

    def on_stop(self) -> None:
        self.say("stop")
