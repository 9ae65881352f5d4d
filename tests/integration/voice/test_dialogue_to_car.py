# SPDX-License-Identifier: Apache-2.0
"""Dialogues by text through real sockets: questions, undo, guards, services, reminders, and what the screen is told."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Session, Stream
from ivi.daemon.process import Process
from ivi.model.app.screen import TransportPressed
from ivi.model.app_intents import AppIntents, AppPhrases, AppSaid, Phrase, SayToApp, SubscribeAppIntents
from ivi.model.apphost import (
    ApphostAnswer,
    ApphostRequest,
    AppState,
    AppsUpdate,
    AppView,
    Input,
    SubscribeApps,
    Tap,
    TapTaken,
)
from ivi.model.audio import SetVolume, Sound, SubscribeSound
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.errors import NotFoundError
from ivi.model.notices import Notice, SubscribeNotices
from ivi.model.phone import BluetoothState, Phones, SubscribePhone
from ivi.model.profiles import ChangePreference, Look, Preferences, Profiles, SubscribeProfiles
from ivi.model.services import (
    DrivingState,
    ServicesAnswer,
    ServicesRequest,
    SubscribeUxRestrictions,
    UxRestriction,
    UxRestrictions,
)
from ivi.model.signal import Value
from ivi.model.status import ProcessStatus
from ivi.model.templates import MediaTemplate, Row, TransportCommand
from ivi.model.voice import AnswerDialogue, DialogueUpdate, Phase, SayText, SubscribeDialogue, Understood, VoiceAnswer
from ivi.model.voice import VoiceRequest as Request
from ivi.voice.dialogue import car as paths
from ivi.voice.dialogue.actions import doors, places, windows
from ivi.voice.process import SENTENCES, Voice

if TYPE_CHECKING:
    from tests.integration.voice.conftest import StandInCar

PARKED = UxRestrictions(DrivingState.PARKED, [], "parked")
MOVING = UxRestrictions(DrivingState.MOVING, list(UxRestriction), "driving at 50 km/h", 6, 120)
WITHIN = 15.0  # seconds


class StandInServices:
    """Answers what the dialogue asks of the services, and remembers what it was asked to change."""

    def __init__(self, path: Path) -> None:
        self.limits = PARKED
        self.volume: int | None = 30
        self.look = Look.AUTO
        self._streams: set[Stream] = set()
        self.server = LinkServer(path, (ServicesRequest,), lambda: ProcessStatus("services", 0, "", 0.0, {}, []))
        router = self.server.router
        router.on_stream(SubscribeUxRestrictions, self._driving)
        router.on_stream(SubscribeSound, self._sound)
        router.on_call(SetVolume, self._loud)
        router.on_stream(SubscribeProfiles, self._who)
        router.on_stream(SubscribePhone, self._phone)
        router.on_call(ChangePreference, self._prefer)

    def drive(self, limits: UxRestrictions) -> None:
        self.limits = limits
        for stream in self._streams:
            stream.send(limits)

    async def _driving(self, _request: SubscribeUxRestrictions, stream: Stream) -> None:
        self._streams.add(stream)
        stream.send(self.limits)
        await asyncio.get_running_loop().create_future()

    async def _sound(self, _request: SubscribeSound, stream: Stream) -> None:
        stream.send(Sound(self.volume, False, []))
        await asyncio.get_running_loop().create_future()

    async def _loud(self, request: SetVolume, _session: Session) -> Sound:
        self.volume = request.volume
        return Sound(self.volume, False, [])

    async def _who(self, _request: SubscribeProfiles, stream: Stream) -> None:
        stream.send(self._profiles())
        await asyncio.get_running_loop().create_future()

    async def _phone(self, _request: SubscribePhone, stream: Stream) -> None:
        stream.send(Phones(BluetoothState.ON, "Car"))
        await asyncio.get_running_loop().create_future()

    async def _prefer(self, request: ChangePreference, _session: Session) -> Profiles:
        assert request.name == "look"
        self.look = Look(request.value)
        return self._profiles()

    def _profiles(self) -> Profiles:
        return Profiles([], 0, Preferences(look=self.look))


class StandInHost:
    """An app host with one player, which does what its buttons and rows say."""

    def __init__(self, path: Path) -> None:
        self.pressed: list[str] = []
        self.server = LinkServer(path, (ApphostRequest,), lambda: ProcessStatus("apphost", 0, "", 0.0, {}, []))
        router = self.server.router
        router.on_stream(SubscribeApps, self._apps)
        router.on_stream(SubscribeNotices, self._notices)
        router.on_stream(SubscribeAppIntents, self._intents)
        router.on_call(Input, self._input)
        router.on_call(Tap, self._tap)
        router.on_call(SayToApp, self._said)

    async def _apps(self, _request: SubscribeApps, stream: Stream) -> None:
        rows = [Row("tide", "Slow Tide", "Harbour Lamps"), Row("wall", "Orchard Wall", "Harbour Lamps")]
        commands = [TransportCommand.PLAY, TransportCommand.PAUSE, TransportCommand.NEXT]
        page = MediaTemplate("Meridian", "Tessa Brook", playing=True, commands=commands, queue=rows)
        stream.send(AppsUpdate([AppView("dev.ivi.media", "Media", AppState.RUNNING, "", 7, page, [])]))
        await asyncio.get_running_loop().create_future()

    async def _notices(self, _request: SubscribeNotices, stream: Stream) -> None:
        stream.send(Notice(1, "chat", "Chat", "Anna", "I am late"))
        await asyncio.get_running_loop().create_future()

    async def _intents(self, _request: SubscribeAppIntents, stream: Stream) -> None:
        phrases = [Phrase("order a pizza", "Order", {"what": "pizza"}), Phrase("what time is it", "Mine")]
        stream.send(AppIntents([AppPhrases("food", "Food", phrases)]))
        await asyncio.get_running_loop().create_future()

    async def _input(self, request: Input, _session: Session) -> TapTaken:
        assert isinstance(request.event, TransportPressed)
        assert request.event.revision == 7
        self.pressed.append(request.event.command.value)
        return TapTaken(True)

    async def _tap(self, request: Tap, _session: Session) -> TapTaken:
        self.pressed.append(f"{request.app_id} {request.revision} {request.target}")
        return TapTaken(True)

    async def _said(self, request: SayToApp, _session: Session) -> AppSaid:
        self.pressed.append(f"{request.app_id} {request.intent} {request.slots['what']}")
        return AppSaid("A pizza is on its way.")


class Cabin:
    """A voice process's parts with a car and services below it, and somebody who types."""

    def __init__(
        self, car: "StandInCar", services: StandInServices, host: StandInHost, voice: Voice, client: LinkClient
    ) -> None:
        self.car, self.services, self.host, self.voice, self.client = car, services, host, voice, client
        self.seen: list[DialogueUpdate] = []

    async def say(self, text: str) -> Understood:
        answer: Understood = await self.client.call(SayText(text), timeout=WITHIN)
        return answer

    async def until(self, good: Callable[[], bool]) -> None:
        async with asyncio.timeout(WITHIN):
            while not good():
                await asyncio.sleep(0.02)


type Scenario = Callable[[Cabin], Awaitable[None]]
type InCabin = Callable[..., None]


@pytest.fixture
def in_cabin(run_dir: Path, tmp_path: Path, serve_car: Callable[[Path], "StandInCar"]) -> InCabin:
    """Runs a scenario; what is remembered stays from one to the next within a test."""

    async def main(scenario: Scenario, language: str) -> None:
        async with asyncio.timeout(60), AsyncExitStack() as stack:
            car = serve_car(run_dir / "databroker.sock")
            services = StandInServices(run_dir / "services.sock")
            host = StandInHost(run_dir / "apphost.sock")
            process = Process("voice")
            below = LinkClient(run_dir / "databroker.sock", DatabrokerAnswer)
            beside = LinkClient(run_dir / "services.sock", ServicesAnswer)
            above = LinkClient(run_dir / "apphost.sock", ApphostAnswer)
            sentences = SENTENCES.parent / language
            folder = tmp_path / f"voice-{language}"
            voice = Voice(process, below, sentences=sentences, cache=folder, services=beside, apphost=above)
            server = LinkServer(run_dir / "voice.sock", (Request,), process.status)
            voice.serve(server)
            client = LinkClient(run_dir / "voice.sock", VoiceAnswer)
            for one in (car.server, services.server, host.server, server):
                await one.start()
                stack.push_async_callback(one.stop)
            await voice.start()
            stack.push_async_callback(voice.stop)
            for link in (below, beside, above, client):
                stack.push_async_callback(link.close)
            cabin = Cabin(car, services, host, voice, client)
            watching = asyncio.get_running_loop().create_task(client.follow(SubscribeDialogue(), cabin.seen.append))
            stack.callback(watching.cancel)
            world = voice.attendance.world
            await cabin.until(lambda: world.services.said is not None and bool(cabin.seen) and bool(world.apps.views))
            await cabin.until(lambda: bool(world.apps.notices))
            await scenario(cabin)

    def run(scenario: Scenario, language: str = "en") -> None:
        asyncio.run(main(scenario, language))

    return run


def test_a_missing_value_is_asked_for_and_given(in_cabin: InCabin) -> None:
    async def scenario(cabin: Cabin) -> None:
        asked = await cabin.say("set the passenger temperature")
        assert (asked.asked, asked.ok, asked.answer) == (True, False, "How many degrees?")
        answer = await cabin.say("twenty one and a half")
        assert (answer.ok, answer.answer) == (True, "Okay, 21.5 degrees on the passenger's side.")
        assert cabin.car.actuations == [{paths.PASSENGER_TEMPERATURE: 21.5}]

    in_cabin(scenario)


def test_it_is_put_back_step_by_step(in_cabin: InCabin) -> None:
    async def scenario(cabin: Cabin) -> None:
        cabin.car.values = {paths.DRIVER_TEMPERATURE: 20.0, paths.PASSENGER_TEMPERATURE: 22.0, paths.FAN_SPEED: 40}
        await cabin.say("set the temperature to 25 degrees")
        await cabin.say("turn the fan up")
        assert (await cabin.say("put it back")).answer == "Okay, it is as it was before."
        assert cabin.car.values[paths.FAN_SPEED] == 40
        await cabin.say("put it back")
        assert cabin.car.values[paths.DRIVER_TEMPERATURE] == 20.0
        assert cabin.car.values[paths.PASSENGER_TEMPERATURE] == 22.0
        assert (await cabin.say("put it back")).answer == "There is nothing to put back."

    in_cabin(scenario)


def test_no_the_passenger(in_cabin: InCabin) -> None:
    async def scenario(cabin: Cabin) -> None:
        cabin.car.values = {paths.DRIVER_TEMPERATURE: 20.0, paths.PASSENGER_TEMPERATURE: 20.0}
        await cabin.say("set the driver temperature to 24 degrees")
        await cabin.say("no the passenger")
        assert cabin.car.values == {paths.DRIVER_TEMPERATURE: 20.0, paths.PASSENGER_TEMPERATURE: 24.0}
        await cabin.say("i said twenty three")
        assert cabin.car.values == {paths.DRIVER_TEMPERATURE: 20.0, paths.PASSENGER_TEMPERATURE: 23.0}

    in_cabin(scenario)


def test_a_window_is_closed_after_a_yes_by_voice_or_touch(in_cabin: InCabin) -> None:
    driver = windows.POSITIONS["driver"]

    async def scenario(cabin: Cabin) -> None:
        cabin.car.values = {driver: 100}
        assert (await cabin.say("close the window")).asked
        assert cabin.car.actuations == []
        await cabin.say("yes")
        assert cabin.car.values[driver] == 0
        cabin.car.values[driver] = 100
        await cabin.say("close the window")
        await cabin.until(lambda: cabin.seen[-1].phase is Phase.ASKING)
        update = cabin.seen[-1]
        assert [one.id for one in update.choices] == ["yes", "no"]
        assert update.context == "confirm"
        touched = await cabin.client.call(AnswerDialogue(update.question, "yes"), timeout=WITHIN)
        assert touched.ok
        assert cabin.car.values[driver] == 0
        with pytest.raises(NotFoundError):
            await cabin.client.call(AnswerDialogue(update.question, "yes"), timeout=WITHIN)

    in_cabin(scenario)


def test_the_child_lock_holds_rear_windows(in_cabin: InCabin) -> None:
    async def scenario(cabin: Cabin) -> None:
        everywhere: dict[str, Value | None] = dict.fromkeys(windows.POSITIONS.values(), 0)
        for lock in (True, None):
            cabin.car.values = {**everywhere, windows.CHILD_LOCK: lock}
            answer = await cabin.say("open the rear windows")
            assert answer.answer == "The child lock holds the rear windows. Switch it off first."
        assert cabin.car.actuations == []
        assert (await cabin.say("open all windows")).ok
        assert set(cabin.car.actuations[0]) == {windows.POSITIONS["driver"], windows.POSITIONS["passenger"]}
        cabin.car.values[windows.CHILD_LOCK] = False
        assert (await cabin.say("open the rear left window")).ok
        assert cabin.car.actuations[-1] == {windows.POSITIONS["behind_driver"]: 100}
        assert (await cabin.say("put it back")).answer.startswith("I do not put that back by myself.")

    in_cabin(scenario)


def test_what_opens_the_car_is_for_a_parked_car(in_cabin: InCabin) -> None:
    async def scenario(cabin: Cabin) -> None:
        cabin.car.values = {doors.BOOT: False}
        cabin.services.drive(MOVING)
        await cabin.until(lambda: not cabin.voice.attendance.world.services.limits.parked)
        assert (await cabin.say("open the trunk")).answer == "That is possible when the car is parked."
        why = await cabin.say("why not")
        assert why.answer.endswith("Driving at 50 km/h.")
        cabin.services.drive(PARKED)
        await cabin.until(lambda: cabin.voice.attendance.world.services.limits.parked)
        assert (await cabin.say("open the trunk")).asked
        assert (await cabin.say("yes")).ok
        assert cabin.car.values[doors.BOOT] is True

    in_cabin(scenario)


def test_services_are_asked_as_the_screen_asks(in_cabin: InCabin) -> None:
    async def scenario(cabin: Cabin) -> None:
        assert (await cabin.say("set the volume to 60 percent")).answer == "Okay, volume at 60 percent."
        assert cabin.services.volume == 60
        await cabin.say("put it back")
        assert cabin.services.volume == 30
        assert (await cabin.say("switch to night mode")).ok
        assert cabin.services.look.value == "night"
        await cabin.say("put it back")
        assert cabin.services.look.value == "auto"

    in_cabin(scenario)


def test_a_page_is_asked_for_by_name(in_cabin: InCabin) -> None:
    async def scenario(cabin: Cabin) -> None:
        await cabin.say("show the climate page")
        await cabin.until(lambda: cabin.seen[-1].phase is Phase.ANSWERED)
        assert cabin.seen[-1].page == "climate"

    in_cabin(scenario)


def test_places_are_kept_and_their_way_is_told(in_cabin: InCabin) -> None:
    async def keep(cabin: Cabin) -> None:
        cabin.car.values = {places.LATITUDE: 48.0, places.LONGITUDE: 11.0}
        assert (await cabin.say("take me home")).answer.startswith("I do not know where home is.")
        assert (await cabin.say("save this place as home")).answer == "Okay, this is home."

    async def go(cabin: Cabin) -> None:
        cabin.car.values = {places.LATITUDE: 47.0, places.LONGITUDE: 11.0}
        cabin.car.refusal = NotFoundError("nobody navigates")
        answer = await cabin.say("take me home")
        assert answer.answer == "No app on board guides you. home is 111 kilometers to the north."

    in_cabin(keep)
    in_cabin(go)


def test_a_reminder_is_said_when_it_is_due_even_after_a_restart(in_cabin: InCabin) -> None:
    async def set_it(cabin: Cabin) -> None:
        answer = await cabin.say("remind me in ten minutes to take a break")
        assert answer.ok
        assert answer.answer.endswith(": take a break.")
        assert (await cabin.say("do i have any reminders")).answer.startswith("One reminder")

    async def later(cabin: Cabin) -> None:
        world = cabin.voice.attendance.world
        world.clock = lambda: datetime.now(UTC).astimezone() + timedelta(minutes=11)
        await cabin.until(lambda: cabin.seen[-1].answer == "Reminder: take a break.")
        assert world.notebook.reminders() == []

    in_cabin(set_it)
    in_cabin(later)


def test_a_reminder_in_own_words(in_cabin: InCabin) -> None:
    async def scenario(cabin: Cabin) -> None:
        assert (await cabin.say("set a reminder in five minutes")).answer == "What shall I remind you of?"
        assert (await cabin.say("Water the lemon tree")).answer.endswith(": water the lemon tree.")
        assert (await cabin.say("set a reminder in five minutes")).asked
        assert (await cabin.say("cancel")).answer == "Okay."
        assert [one.text for one in cabin.voice.attendance.world.notebook.reminders()] == ["water the lemon tree"]

    in_cabin(scenario)


def test_messages_are_read_aloud_by_permission_only(in_cabin: InCabin) -> None:
    async def scenario(cabin: Cabin) -> None:
        refused = await cabin.say("read my messages")
        assert (refused.ok, refused.answer.startswith("Others in the car would hear it.")) == (False, True)
        assert (await cabin.say("allow reading messages")).ok
        assert (await cabin.say("read my messages")).answer == "Chat: Anna. I am late"
        assert cabin.seen[-1].answer == "Chat: Anna. I am late", "parked, it may be read"
        cabin.services.drive(MOVING)
        await cabin.until(lambda: not cabin.voice.attendance.world.services.limits.texts)
        assert (await cabin.say("read my messages")).answer == "Chat: Anna. I am late"
        await cabin.until(lambda: cabin.seen[-1].answer.startswith("I am reading it to you."))
        await cabin.say("put it back")
        assert not (await cabin.say("read my messages")).ok

    in_cabin(scenario)


def test_help_and_why(in_cabin: InCabin) -> None:
    async def scenario(cabin: Cabin) -> None:
        assert (await cabin.say("why did you do that")).answer == "I have done nothing yet."
        await cabin.say("what time is it")
        why = await cabin.say("why did you do that")
        assert why.answer.startswith("You said: what time is it. I answered: It is ")
        await cabin.say("what can i say")
        await cabin.until(lambda: len(cabin.seen[-1].suggestions) > 0)
        assert len(cabin.seen[-1].suggestions) <= 6
        for text in cabin.seen[-1].suggestions:
            assert (await cabin.say(text)).intent, text
            await cabin.say("cancel")

    in_cabin(scenario)


def test_nonsense_leaves_a_question_open_twice(in_cabin: InCabin) -> None:
    async def scenario(cabin: Cabin) -> None:
        await cabin.say("close the window")
        for _ in range(2):
            assert not (await cabin.say("purple elephants")).ok
        assert (await cabin.say("purple elephants")).intent == ""
        assert (await cabin.say("yes")).intent == ""
        assert cabin.car.actuations == []

    in_cabin(scenario)


def test_the_player_is_used_as_a_finger_uses_it(in_cabin: InCabin) -> None:
    async def scenario(cabin: Cabin) -> None:
        assert (await cabin.say("what is playing")).answer == "Meridian by Tessa Brook."
        assert (await cabin.say("next song")).ok
        assert (await cabin.say("pause the music")).ok
        await cabin.say("put it back")
        assert cabin.host.pressed == ["next", "pause", "play"]
        assert (await cabin.say("previous song")).answer == "The player has no previous title."
        cabin.host.pressed.clear()
        await cabin.until(lambda: bool(cabin.voice.attendance.names()["title"]))
        async with asyncio.timeout(WITHIN):
            while not (answer := await cabin.say("play slow tide")).ok:
                await asyncio.sleep(0.1)
        assert answer.answer == "Okay, Slow Tide."
        assert cabin.host.pressed == ["dev.ivi.media 7 tide"]

    in_cabin(scenario)


def test_a_title_is_chosen_and_then_the_other_one(in_cabin: InCabin) -> None:
    async def scenario(cabin: Cabin) -> None:
        await cabin.until(lambda: bool(cabin.voice.attendance.names()["title"]))
        assert (await cabin.say("play a title from the list")).answer == "Which title?"
        async with asyncio.timeout(WITHIN):
            while not (answer := await cabin.say("orchard wall")).ok:
                await cabin.say("play a title from the list")
        assert answer.answer == "Okay, Orchard Wall."
        assert (await cabin.say("play a title from the list")).asked
        assert (await cabin.say("slow tied")).answer == "Okay, Slow Tide.", "it sounds like that"

    in_cabin(scenario)


def test_a_call_is_answered_with_what_to_do(in_cabin: InCabin) -> None:
    async def scenario(cabin: Cabin) -> None:
        assert (await cabin.say("make a call")).answer.startswith("I cannot dial yet, and I know no contacts.")
        cabin.voice.attendance.world.contacts = ("Anna Weber", "Anna Berg", "Jean-Luc")
        async with asyncio.timeout(WITHIN):
            while (await cabin.say("call jean luc")).intent != "Call":
                await asyncio.sleep(0.1)
        asked = await cabin.say("make a call")
        assert (asked.asked, asked.answer) == (True, "Which one: Anna Weber, Anna Berg or Jean-Luc?")
        await cabin.until(lambda: cabin.seen[-1].phase is Phase.ASKING)
        assert [one.title for one in cabin.seen[-1].choices] == ["Anna Weber", "Anna Berg", "Jean-Luc"]
        answer = await cabin.say("anna berg")
        assert answer.answer == "No phone is connected. Pair one while parked, then dial on the phone."

    in_cabin(scenario)


def test_an_app_has_its_own_sentences_but_not_the_cars(in_cabin: InCabin) -> None:
    async def scenario(cabin: Cabin) -> None:
        async with asyncio.timeout(WITHIN):
            while not (answer := await cabin.say("order a pizza")).ok:
                await asyncio.sleep(0.1)
        assert (answer.intent, answer.answer) == ("food/Order", "A pizza is on its way.")
        assert cabin.host.pressed == ["food Order pizza"]
        assert (await cabin.say("what time is it")).intent == "ReadTime"

    in_cabin(scenario)


def test_the_same_in_german(in_cabin: InCabin) -> None:
    async def scenario(cabin: Cabin) -> None:
        cabin.car.values = {paths.DRIVER_TEMPERATURE: 20.0, paths.PASSENGER_TEMPERATURE: 22.0}
        answer = await cabin.say("Stell die Temperatur auf einundzwanzig Grad")
        assert answer.answer == "Okay, 21 Grad."
        await cabin.say("nein beim Beifahrer")
        assert cabin.car.values == {paths.DRIVER_TEMPERATURE: 20.0, paths.PASSENGER_TEMPERATURE: 21}
        assert (await cabin.say("Schließ das Fenster")).answer.startswith("Sind alle Hände vom Fenster weg?")
        assert (await cabin.say("nein")).answer == "Okay, ich lasse es."
        assert (await cabin.say("Mach das rückgängig")).answer == "Okay, es ist wie vorher."

    in_cabin(scenario, "de")
