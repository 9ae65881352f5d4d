# SPDX-License-Identifier: Apache-2.0
"""Every process that the screen talks to, in one: real link servers that do what their standard input says.

One JSON object a line: {"set": {path: value}}, {"actuate": "report" | "fail" | "hold"}, {"release": true},
{"ux": [state, [flags], reason, rows, chars]}, {"apps": [AppView…]}, {"dialogue": [phase, sentence, answer, ok]},
{"uplink": [Uplink fields]}, {"phones": [Phones fields]},
{"calls": [Calls fields]}, {"sound": [Sound fields]},
{"prompts": [Prompt…]}, {"info": [AppInfo fields]}, {"notice": [Notice fields]},
{"problems": {process: [[what, where, hint]…]}},
{"beat": true | false} (the counter of received frames grows). What it is asked for is written to standard output in
the same way. {"page": {…}} is for the pages of settings (see fake_pages.py), {"car": {…}} for those of the car (see
fake_services.py).
"""

import asyncio
import json
import os
import sys
import time
from typing import Any

import fake_pages as pages  # type: ignore[import-not-found]  # it lies beside this program
import fake_services  # type: ignore[import-not-found]  # so does this
import msgspec

from ivi.daemon.link_server import LinkServer, Session, Stream
from ivi.daemon.paths import socket_path
from ivi.model.apphost import (
    ApphostRequest,
    AppsUpdate,
    AppView,
    Input,
    SetVisible,
    StartApp,
    SubscribeApps,
    Tap,
    TapTaken,
)
from ivi.model.apphost import Done as AppsDone
from ivi.model.audio import ChangeVolume, SetMuted, SetVolume, Sound, SubscribeSound
from ivi.model.cloud import CloudRequest, SubscribeUplink, Uplink
from ivi.model.databroker import (
    Actuate,
    DatabrokerRequest,
    Done,
    ListMetadata,
    MetadataList,
    Subscribe,
    ValuesUpdate,
)
from ivi.model.errors import DeadlineError, NotFoundError
from ivi.model.notices import Notice, SubscribeNotices
from ivi.model.phone import AnswerCall, Calls, CallTaken, EndCall, Phones, SubscribeCalls, SubscribePhone
from ivi.model.prompts import AnswerPrompt, Prompt, PromptsUpdate, PromptTaken, SubscribePrompts
from ivi.model.rights import AppInfo, AskConsent, ChangeGrant, GetAppInfo, GrantChanged
from ivi.model.services import ServicesRequest, SubscribeUxRestrictions, UxRestrictions
from ivi.model.signal import Datapoint, DataType, EntryType, Metadata
from ivi.model.status import Problem, ProcessStatus
from ivi.model.voice import AnswerDialogue, DialogueUpdate, PushToTalk, SubscribeDialogue, Understood, VoiceRequest

KEEP_ALIVE = 0.4  # seconds
PROCESSES = ("databroker", "services", "apphost", "voice", "cloud")


def say(**line: object) -> None:
    """Write one line."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


class Topic:
    """The newest event of one kind, for whoever follows it."""

    def __init__(self) -> None:
        self.newest: msgspec.Struct | None = None
        self.streams: set[Stream] = set()

    def publish(self, event: msgspec.Struct) -> None:
        """Send to all followers."""
        self.newest = event
        for stream in self.streams:
            stream.send(event)

    async def serve(self, _request: msgspec.Struct, stream: Stream) -> None:
        """Follow until the client goes."""
        if self.newest is not None:
            stream.send(self.newest)
        self.streams.add(stream)
        try:
            await asyncio.Event().wait()
        finally:
            self.streams.discard(stream)


class FakeCar:
    """State behind all the servers."""

    def __init__(self) -> None:
        self.points: dict[str, Datapoint] = {}
        self.followers: dict[Stream, list[str]] = {}
        self.actuate = "report"
        self.released = asyncio.Event()
        self.beat = True
        self.info: AppInfo | None = None
        self.problems: dict[str, list[Problem]] = {}
        self.topics = {
            "ux": Topic(),
            "apps": Topic(),
            "dialogue": Topic(),
            "uplink": Topic(),
            "phones": Topic(),
            "calls": Topic(),
            "sound": Topic(),
            "prompts": Topic(),
            "notices": Topic(),
        }
        self.pages = pages.Pages(say)
        self.car = fake_services.CarServices(say)

    def status(self, name: str) -> ProcessStatus:
        """What GetStatus answers."""
        frames = time.monotonic_ns() // 1000 if self.beat else 1
        return ProcessStatus(name, os.getpid(), "0", 1.0, {"frames_received": frames}, self.problems.get(name, []))

    def set(self, values: dict[str, Any]) -> None:
        """Publish values of signals."""
        now = time.monotonic_ns()
        update = {path: Datapoint(value, time.time_ns(), now, "can:can0") for path, value in values.items()}
        self.points.update(update)
        for stream, patterns in self.followers.items():
            if wanted := self._wanted(update, patterns):
                stream.send(ValuesUpdate(wanted))

    @staticmethod
    def _wanted(points: dict[str, Datapoint], patterns: list[str]) -> dict[str, Datapoint]:
        prefixes = tuple(one.removesuffix("**") for one in patterns if one.endswith("**"))
        return {path: point for path, point in points.items() if path in patterns or path.startswith(prefixes)}

    async def subscribe(self, request: Subscribe, stream: Stream) -> None:
        """Snapshot, then changes."""
        stream.send(ValuesUpdate(self._wanted(self.points, request.paths)))
        self.followers[stream] = request.paths
        try:
            while True:  # as the broker does: silence would mean that it is wedged
                await asyncio.sleep(KEEP_ALIVE)
                stream.send(ValuesUpdate({}))
        finally:
            del self.followers[stream]

    async def list_metadata(self, request: ListMetadata, _session: Session) -> MetadataList:
        """Everything that has a value."""
        paths = self._wanted(self.points, [request.pattern])
        return MetadataList([Metadata(path, DataType.FLOAT, EntryType.SENSOR, unit="V") for path in paths])

    async def do_actuate(self, request: Actuate, _session: Session) -> Done:
        """Be told to change something."""
        say(actuate=[request.path, request.value])
        if not request.confirm:
            say(unconfirmed=request.path)
        if self.actuate == "fail":
            raise DeadlineError("the climate control did not report it back")
        if self.actuate == "hold":
            await self.released.wait()
            self.released.clear()
        self.set({request.path: request.value})
        return Done(1.0)

    async def tap(self, request: Tap, _session: Session) -> TapTaken:
        """The driver touched an app's card."""
        say(tap=[request.app_id, request.revision, request.target])
        return TapTaken(True)

    async def input(self, request: Input, _session: Session) -> TapTaken:
        """The driver did something else with an app's page: pressed play, went back, searched."""
        say(input=[request.app_id, msgspec.to_builtins(request.event)])
        return TapTaken(True)

    async def get_info(self, request: GetAppInfo, _session: Session) -> AppInfo:
        """The page of an app is open."""
        if self.info is None or self.info.id != request.app_id:
            raise NotFoundError(f"there is no app {request.app_id}")
        return self.info

    async def change_grant(self, request: ChangeGrant, _session: Session) -> GrantChanged:
        """The driver touched a switch of that page."""
        say(change=[request.app_id, request.what, request.granted])
        return GrantChanged([], "permissions are given while the car is parked" if request.granted else "")

    async def ask_consent(self, request: AskConsent, _session: Session) -> GrantChanged:
        """The driver wants to decide."""
        say(consent=request.app_id)
        return GrantChanged([])

    async def answer_prompt(self, request: AnswerPrompt, _session: Session) -> PromptTaken:
        """The driver touched a button of the host's sheet."""
        say(answer=[request.id, request.choice, request.chosen])
        return PromptTaken(True)

    async def start_app(self, request: StartApp, _session: Session) -> AppsDone:
        """The driver wants an app again."""
        say(start=request.app_id)
        return AppsDone()

    async def set_visible(self, request: SetVisible, _session: Session) -> AppsDone:
        """The screen says what it shows."""
        say(visible=request.app_ids)
        return AppsDone()

    async def listen(self, _request: PushToTalk, _session: Session) -> Understood:
        """The driver touched the microphone."""
        say(listen=True)
        return Understood("", "", {}, False, "", False)

    async def answer_dialogue(self, request: AnswerDialogue, _session: Session) -> Understood:
        """The driver touched an answer to the voice's question."""
        say(answer=[request.question, request.choice])
        return Understood("", "", {}, False, "", False)

    async def do_sound(self, request: msgspec.Struct, _session: Session) -> msgspec.Struct:
        """The driver changed the volume."""
        say(sound=msgspec.to_builtins(request))
        return self.topics["sound"].newest or Sound(None, False, [])

    async def do_call(self, request: msgspec.Struct, _session: Session) -> CallTaken:
        """The driver took a call or ended it."""
        say(call=msgspec.to_builtins(request))
        return CallTaken()

    def take(self, command: dict[str, Any]) -> None:  # noqa: PLR0912  # one case a command
        """Do what one line says."""
        for what, argument in command.items():
            match what:
                case "set":
                    self.set(argument)
                case "actuate":
                    self.actuate = argument
                case "release":
                    self.released.set()
                case "beat":
                    self.beat = argument
                case "problems":
                    self.problems = msgspec.convert(argument, dict[str, list[Problem]])
                case "ux":
                    self.topics["ux"].publish(msgspec.convert(["ux_restrictions", *argument], UxRestrictions))
                case "page":
                    self.pages.take(argument)
                case "car":
                    self.car.take(argument)
                case "apps":
                    self.topics["apps"].publish(AppsUpdate(msgspec.convert(argument, list[AppView])))
                case "info":
                    self.info = msgspec.convert(["app_info", *argument], AppInfo)
                case "prompts":
                    self.topics["prompts"].publish(PromptsUpdate(msgspec.convert(argument, list[Prompt])))
                case "notice":
                    self.topics["notices"].publish(msgspec.convert(["notice", *argument], Notice))
                case "phones":
                    self.topics["phones"].publish(msgspec.convert(["phones", *argument], Phones))
                case "calls":
                    self.topics["calls"].publish(msgspec.convert(["calls", *argument], Calls))
                case "sound":
                    self.topics["sound"].publish(msgspec.convert(["sound", *argument], Sound))
                case "dialogue":
                    self.topics["dialogue"].publish(msgspec.convert(["dialogue", *argument], DialogueUpdate))
                case "uplink":
                    self.topics["uplink"].publish(msgspec.convert(["uplink", *argument], Uplink))

    def server(self, name: str) -> LinkServer:
        """The server of one process."""
        requests = {
            "databroker": DatabrokerRequest,
            "services": ServicesRequest,
            "apphost": ApphostRequest,
            "voice": VoiceRequest,
            "cloud": CloudRequest,
        }
        server = LinkServer(
            socket_path(name), (requests[name], *pages.REQUESTS.get(name, ())), lambda: self.status(name)
        )
        router = server.router
        self.pages.serve(name, router)
        match name:
            case "databroker":
                router.on_stream(Subscribe, self.subscribe)
                router.on_call(ListMetadata, self.list_metadata)
                router.on_call(Actuate, self.do_actuate)
            case "services":
                router.on_stream(SubscribeUxRestrictions, self.topics["ux"].serve)
                router.on_stream(SubscribePhone, self.topics["phones"].serve)
                router.on_stream(SubscribeCalls, self.topics["calls"].serve)
                router.on_stream(SubscribeSound, self.topics["sound"].serve)
                for request in (SetVolume, ChangeVolume, SetMuted):
                    router.on_call(request, self.do_sound)
                router.on_call(AnswerCall, self.do_call)
                router.on_call(EndCall, self.do_call)
                self.car.serve(router)
            case "apphost":
                router.on_stream(SubscribeApps, self.topics["apps"].serve)
                router.on_call(Tap, self.tap)
                router.on_call(Input, self.input)
                router.on_stream(SubscribeNotices, self.topics["notices"].serve)
                router.on_stream(SubscribePrompts, self.topics["prompts"].serve)
                router.on_call(AnswerPrompt, self.answer_prompt)
                router.on_call(GetAppInfo, self.get_info)
                router.on_call(StartApp, self.start_app)
                router.on_call(SetVisible, self.set_visible)
                router.on_call(ChangeGrant, self.change_grant)
                router.on_call(AskConsent, self.ask_consent)
            case "voice":
                router.on_stream(SubscribeDialogue, self.topics["dialogue"].serve)
                router.on_call(PushToTalk, self.listen)
                router.on_call(AnswerDialogue, self.answer_dialogue)
            case _:
                router.on_stream(SubscribeUplink, self.topics["uplink"].serve)
        return server


async def main(names: tuple[str, ...]) -> None:
    """Serve until standard input ends."""
    car = FakeCar()
    for name in names:
        await car.server(name).start()
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    say(ready=True)
    while line := await reader.readline():
        car.take(json.loads(line))


if __name__ == "__main__":
    asyncio.run(main(tuple(sys.argv[1:]) or PROCESSES))
