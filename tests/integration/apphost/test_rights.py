# SPDX-License-Identifier: Apache-2.0
"""Consent, confirming, revocation and the ledger, with a real app in a real sandbox and a screen that follows."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ivi.apphost.app_link import Timing
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import socket_path
from ivi.model.apphost import ApphostAnswer, ApphostRequest, AppState, Audit, ListAudit
from ivi.model.errors import NotFoundError
from ivi.model.prompts import AnswerPrompt, Prompt, PromptKind, PromptsUpdate, PromptTaken, SubscribePrompts
from ivi.model.rights import AppInfo, AskConsent, ChangeGrant, GetAppInfo, GrantChanged, Standing
from ivi.model.services import DrivingState, UxRestriction, UxRestrictions

if TYPE_CHECKING:
    from tests.integration.apphost.conftest import Bench

APP = "com.partner.driver"
SPEED = "Vehicle.Speed"
SILENCE = 2.0  # seconds; the car repeats itself each 0.5 s, and the gate holds a value back for 0.02 s
FAN = "Vehicle.Cabin.HVAC.Station.Row1.Driver.FanSpeed"
MOVING = UxRestrictions(DrivingState.MOVING, [UxRestriction.NO_SETUP], "moving")
PARKED = UxRestrictions(DrivingState.PARKED, [], "parked")
MANIFEST = f"""
[app]
id = "{APP}"
name = "Driver"
version = "1.0.0"
sdk = ">=1"
entry = "driver.main:Main"
[[permission]]
use = "vehicle.read"
paths = ["{SPEED}"]
max_hz = 50
reason = "shows your speed"
[[permission]]
use = "vehicle.read"
paths = ["Vehicle.Cabin.HVAC.AmbientAirTemperature"]
max_hz = 50
optional = true
reason = "shows the cabin"
[[permission]]
use = "vehicle.actuate"
paths = ["{FAN}"]
confirm = "each"
optional = true
reason = "cools you"
[[permission]]
use = "ui"
templates = ["list"]
surfaces = ["card"]
"""
CODE = f"""
from ivi.sdk import App, IviError, ListTemplate, Row

class Main(App):
    def say(self, text):
        print(text)
    def on_start(self):
        self.say("start")
        self.show(ListTemplate("Driver", [Row("fan", "Fan")]))
        self.subscribe(["{SPEED}"])
        self.try_cabin()
    def try_cabin(self):
        try:
            self.subscribe(["Vehicle.Cabin.HVAC.AmbientAirTemperature"])
            self.say("cabin granted")
        except IviError as error:
            self.say("cabin " + error.code)
    def on_signals(self, values):
        for path, point in values.items():
            self.say(f"{{path.rpartition('.')[2]}} {{point.value}}")
    def on_revoked(self, paths, uses):
        self.say(f"revoked {{paths}} {{uses}}")
    def on_granted(self, paths, uses):
        self.say(f"granted {{paths}} {{uses}}")
        self.try_cabin()
    def on_tap(self, target):
        try:
            self.actuate("{FAN}", 40)
            self.say("fan done")
        except IviError as error:
            self.say("fan " + error.code)
"""


class Cabin:
    """The host with its socket, and a screen."""

    def __init__(self, bench: "Bench") -> None:
        self.bench = bench
        self.client = LinkClient(socket_path("apphost"), ApphostAnswer)
        self.prompts: list[Prompt] = []
        self.heard: list[str] = []

    def state(self) -> AppState:
        return self.bench.host.apps[APP].state

    def said(self) -> list[str]:
        return self.bench.host.apps[APP].log.printed()

    def take(self, update: PromptsUpdate) -> None:
        self.prompts = update.prompts
        self.heard.extend(prompt.title for prompt in update.prompts)

    async def answer(self, choice: str, *chosen: str) -> Prompt:
        await self.bench.until(lambda: self.prompts, 15)
        prompt = self.prompts[0]
        while True:
            taken: PromptTaken = await self.client.call(AnswerPrompt(prompt.id, choice, list(chosen)))
            if taken.taken:
                return prompt
            assert "too quick" in taken.reason
            await asyncio.sleep(0.05)

    async def change(self, what: str, *, granted: bool) -> GrantChanged:
        answer: GrantChanged = await self.client.call(ChangeGrant(APP, what, granted))
        return answer

    async def info(self) -> AppInfo:
        answer: AppInfo = await self.client.call(GetAppInfo(APP))
        return answer

    async def silence(self) -> None:
        """Wait until the app has said nothing for longer than the car's and the gate's own pauses."""
        said, since, deadline = -1, 0.0, time.monotonic() + 60
        while said != len(self.said()) or time.monotonic() < since + SILENCE:
            assert time.monotonic() < deadline, "the app goes on talking"
            if said != len(self.said()):
                said, since = len(self.said()), time.monotonic()
            await asyncio.sleep(0.02)

    async def ledger(self) -> Audit:
        answer: Audit = await self.client.call(ListAudit(APP, 1000))
        return answer


@contextlib.asynccontextmanager
async def cabin(
    new_bench: "type[Bench]", folder: Path, timing: Timing | None = None, *, grant_all: bool = True
) -> AsyncIterator[Cabin]:
    bench = new_bench([folder], timing, grant_all=grant_all)
    bench.car.values[FAN] = 0
    server = LinkServer(socket_path("apphost"), (ApphostRequest,), bench.process.status)
    bench.host.serve(server)
    async with bench.running():
        await server.start()
        found = Cabin(bench)
        following = asyncio.create_task(found.client.follow(SubscribePrompts(), found.take))
        try:
            yield found
        finally:
            following.cancel()
            await found.client.close()
            await server.stop()


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # It tells every value by printing it; an ordinary app has no need to.
    monkeypatch.setattr("ivi.apphost.output.LINES_PER_S", 5000.0)
    monkeypatch.setattr("ivi.apphost.output.LINES_BURST", 5000.0)
    monkeypatch.setattr("ivi.apphost.logbook.KEPT", 100_000)
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "manifest.toml").write_text(MANIFEST)
    (folder / "main.py").write_text(CODE)
    return folder


def test_consent_is_asked_when_parked_kept_and_asked_again_for_the_difference(
    new_bench: "type[Bench]", sandbox: list[str], app: Path
) -> None:
    async def first() -> None:
        async with cabin(new_bench, app, grant_all=False) as seen:
            await seen.bench.car.drive(PARKED)
            await seen.bench.until(lambda: seen.prompts)
            await seen.bench.car.drive(MOVING)
            await seen.bench.until(lambda: not seen.prompts)
            assert seen.state() is AppState.STOPPED_NEEDS_CONSENT
            assert seen.said() == []
            refused = await seen.change("vehicle.read", granted=True)
            assert "parked" in refused.reason
            await seen.bench.car.drive(PARKED)
            await seen.bench.until(lambda: seen.prompts)
            prompt = seen.prompts[0]
            assert prompt.kind is PromptKind.CONSENT
            assert [(item.title, item.choice) for item in prompt.items] == [
                ("Read how fast the car drives, up to 50 times a second", False),
                ("Read how warm the cabin is, up to 50 times a second", True),
                ("Change the fan while parked, asking you each time", True),
            ]
            assert prompt.items[0].text == "It says: “shows your speed”"
            await seen.answer("allow", "vehicle.actuate#2")
            await seen.bench.until(lambda: "cabin permission_denied" in seen.said(), 15)
            assert seen.state() is AppState.RUNNING
            info = await seen.info()
            assert [(one.use, one.standing, one.by) for one in info.permissions] == [
                ("vehicle.read", Standing.GRANTED, "driver"),
                ("vehicle.read", Standing.REFUSED, "driver"),
                ("vehicle.actuate", Standing.GRANTED, "driver"),
                ("ui", Standing.GRANTED, "installing"),
            ]
            assert 1 <= info.rating <= info.rating_now <= 8
            assert info.layers == sandbox
            assert info.version == "1.0.0"
            with pytest.raises(NotFoundError, match="no app"):
                await seen.client.call(GetAppInfo("com.partner.nobody"))

    async def restart() -> None:
        async with cabin(new_bench, app, grant_all=False) as seen:
            await seen.bench.until(lambda: seen.state() is AppState.RUNNING, 15)
            assert seen.heard == []

    async def update() -> None:
        more = MANIFEST + '[[permission]]\nuse = "net"\nhosts = ["api.partner.example:443"]\nreason = "fetches maps"\n'
        (app / "manifest.toml").write_text(more)
        async with cabin(new_bench, app, grant_all=False) as seen:
            await seen.bench.until(lambda: seen.prompts)
            assert seen.state() is AppState.STOPPED_NEEDS_CONSENT
            assert "more than before" in seen.prompts[0].title
            assert [item.title for item in seen.prompts[0].items] == [
                "Send and receive up to 10 MB a day with api.partner.example"
            ]
            await seen.answer("refuse")
            await seen.bench.until(lambda: not seen.prompts)
            assert seen.state() is AppState.STOPPED_NEEDS_CONSENT
            # The card's button asks once more.
            await seen.client.call(AskConsent(APP))
            await seen.answer("allow")
            await seen.bench.until(lambda: seen.state() is AppState.RUNNING, 15)
            actions = [record.action for record in (await seen.ledger()).records]
            assert "refuse" in actions
            assert actions.count("consent") == 3

    asyncio.run(first())
    asyncio.run(restart())
    asyncio.run(update())


def test_a_revocation_takes_effect_at_once_and_can_be_undone(
    new_bench: "type[Bench]", sandbox: list[str], app: Path
) -> None:
    cabin_path = "Vehicle.Cabin.HVAC.AmbientAirTemperature"

    async def drive() -> None:
        async with cabin(new_bench, app) as seen:
            await seen.bench.until(lambda: any(line.startswith("AmbientAir") for line in seen.said()), 15)
            values = asyncio.create_task(publish(seen.bench))
            await seen.bench.until(lambda: sum(line.startswith("AmbientAir") for line in seen.said()) > 20, 15)
            began = time.monotonic()
            changed = await seen.change(cabin_path, granted=False)
            took = time.monotonic() - began
            last = float(seen.bench.car.values[cabin_path])  # type: ignore[arg-type]  # a float was put there
            assert changed.changed == ["Read how warm the cabin is, up to 50 times a second"]
            await seen.bench.until(lambda: any(line.startswith("revoked") for line in seen.said()))
            before = sum(line.startswith("Speed") for line in seen.said())
            await seen.bench.until(lambda: sum(line.startswith("Speed") for line in seen.said()) > before + 20, 15)
            lines = seen.said()
            revoked = lines.index(f"revoked ['{cabin_path}'] ['vehicle.read']")
            assert not [line for line in lines[revoked:] if line.startswith("AmbientAir")]
            heard = [float(line.split()[1]) for line in lines if line.startswith("AmbientAir")]
            assert heard[-1] <= last
            print(f"revoked in {took * 1000:.1f} ms; values after the event: 0")
            assert seen.state() is AppState.RUNNING

            assert (await seen.change(cabin_path, granted=True)).changed
            await seen.bench.until(lambda: any(line.startswith("AmbientAir") for line in seen.said()[revoked:]), 15)
            values.cancel()
            await seen.silence()
            printed = sum(line.startswith("AmbientAir") for line in seen.said())
            ledger = await seen.ledger()
            deadline = time.monotonic() + 20
            while told(ledger, cabin_path) < printed and time.monotonic() < deadline:
                await asyncio.sleep(0.1)
                ledger = await seen.ledger()
            assert told(ledger, cabin_path) == printed == sum(line.startswith("AmbientAir") for line in seen.said())
            assert ledger.verified
            assert [record.action for record in ledger.records if record.action in {"revoke", "grant"}] == [
                "revoke", "grant"
            ]  # fmt: skip

    asyncio.run(drive())


def told(ledger: Audit, path: str) -> int:
    """How many values of a path the ledger knows of."""
    return sum(record.count for record in ledger.records if record.target == path and not record.reason)


async def publish(bench: "Bench") -> None:
    """Both signals, a new value each time, at 100 Hz."""
    value = 100.0
    while True:
        value += 1
        bench.car.values["Vehicle.Cabin.HVAC.AmbientAirTemperature"] = value
        await bench.car.set(SPEED, value)
        await asyncio.sleep(0.01)


def test_an_app_without_what_it_needs_stops_and_comes_back(
    new_bench: "type[Bench]", sandbox: list[str], app: Path
) -> None:
    async def drive() -> None:
        async with cabin(new_bench, app) as seen:
            await seen.bench.until(seen.said, 15)
            await seen.change("vehicle.read#0", granted=False)
            await seen.bench.until(lambda: seen.state() is AppState.STOPPED_NEEDS_CONSENT)
            assert "how fast the car drives" in seen.bench.host.apps[APP].reason
            assert seen.bench.host.apps[APP].restarts == 0
            await seen.bench.until(lambda: seen.bench.car.ux == PARKED)
            assert (await seen.change("vehicle.read", granted=True)).changed
            await seen.bench.until(lambda: seen.said().count("start") == 2, 15)
            assert seen.state() is AppState.RUNNING
            with pytest.raises(NotFoundError, match="asks for nothing called"):
                await seen.change("payment", granted=False)

    asyncio.run(drive())


def test_a_change_happens_only_when_the_driver_agrees_each_time(
    new_bench: "type[Bench]", sandbox: list[str], app: Path
) -> None:
    async def drive() -> None:
        async with cabin(new_bench, app, Timing(heartbeat=1.0)) as seen:
            await seen.bench.until(
                lambda: seen.bench.host.apps[APP].stage.inputs and seen.bench.host.apps[APP].shown, 15
            )
            hosted = seen.bench.host.apps[APP]
            hosted.tap(1, "fan")
            prompt = await seen.answer("refuse")
            assert (prompt.kind, prompt.title) == (PromptKind.CONFIRM, "Driver wants to set the fan to 40")
            await seen.bench.until(lambda: "fan permission_denied" in seen.said())
            assert seen.bench.car.actuated == []
            hosted.tap(1, "fan")
            # The app waits in its call for longer than its heartbeats may be missed; that is no hang.
            await asyncio.sleep(5.0)
            await seen.answer("allow")
            await seen.bench.until(lambda: "fan done" in seen.said())
            assert hosted.restarts == 0
            assert seen.bench.car.actuated == [(FAN, 40)]
            # Taken back while the sheet is open: the question goes and the call is refused.
            hosted.tap(1, "fan")
            await seen.bench.until(lambda: seen.prompts)
            await seen.change("vehicle.actuate", granted=False)
            await seen.bench.until(lambda: not seen.prompts)
            await seen.bench.until(lambda: seen.said().count("fan permission_denied") == 2)
            assert seen.bench.car.actuated == [(FAN, 40)]
            records = (await seen.ledger()).records
            assert [record.decision for record in records if record.action == "vehicle.actuate"] == [
                "denied",
                "allowed",
            ]

    asyncio.run(drive())


def test_an_agreement_for_this_run_ends_when_the_right_is_taken_back(
    new_bench: "type[Bench]", sandbox: list[str], app: Path
) -> None:
    (app / "manifest.toml").write_text(MANIFEST.replace('confirm = "each"', 'confirm = "first"'))

    async def drive() -> None:
        async with cabin(new_bench, app) as seen:
            hosted = seen.bench.host.apps[APP]

            async def fans(number: int) -> None:
                await seen.bench.until(lambda: seen.said().count("fan done") == number)

            await seen.bench.until(lambda: hosted.stage.inputs and hosted.shown)
            hosted.tap(1, "fan")
            assert "will not ask again" in (await seen.answer("allow")).text
            await fans(1)
            hosted.tap(1, "fan")
            await fans(2)
            await seen.change("vehicle.actuate", granted=False)
            await seen.change("vehicle.actuate", granted=True)
            await seen.bench.until(lambda: any(line.startswith("granted") for line in seen.said()))
            hosted.tap(1, "fan")
            await seen.answer("allow")
            await fans(3)
            await seen.change("vehicle.read#1", granted=False)  # another right is none of its business
            hosted.tap(1, "fan")
            await fans(4)
            assert seen.bench.car.actuated == [(FAN, 40)] * 4
            assert seen.bench.host.prompts.asked == 2

    asyncio.run(drive())


def test_a_manifest_that_does_not_fit_the_car_says_which_line(
    new_bench: "type[Bench]", sandbox: list[str], app: Path
) -> None:
    (app / "manifest.toml").write_text(MANIFEST.replace(f'"{SPEED}"', '"Vehicle.Speeed"'))

    async def drive() -> None:
        async with cabin(new_bench, app) as seen:
            await seen.bench.until(lambda: seen.state() is AppState.STOPPED_BY_LOAD_ERROR)
            assert "manifest.toml:10: " in seen.bench.host.apps[APP].reason
            assert "no such signal" in seen.bench.host.apps[APP].reason

    asyncio.run(drive())
