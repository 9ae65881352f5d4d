# SPDX-License-Identifier: Apache-2.0
"""Connects the screen to every other process: one link each, and what arrives goes to the view models."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from ivi.daemon.paths import socket_path
from ivi.hmi import process_words, sentences, why_rules
from ivi.hmi.coalescer import Coalescer
from ivi.hmi.models import Models
from ivi.hmi.models.processes import PROCESSES
from ivi.hmi.models.why import Cause
from ivi.hmi.overlays import Overlays
from ivi.hmi.qt_link import QtLink
from ivi.hmi.sentences import Explained
from ivi.hmi.settings_source import SettingsSource
from ivi.hmi.store_source import StoreSource
from ivi.hmi.vehicle_source import VehicleSource
from ivi.model.app import InputEvent, Tapped
from ivi.model.apphost import (
    ApphostAnswer,
    AppsUpdate,
    GetPicture,
    Input,
    PictureData,
    SetVisible,
    StartApp,
    SubscribeApps,
    Tap,
    TapTaken,
)
from ivi.model.audio import SubscribeSound
from ivi.model.campaigns import CampaignsAnswer
from ivi.model.climate_schedule import RemoveDeparture, SetDeparture, SubscribeDepartures
from ivi.model.cloud import CloudAnswer, LinkState, SubscribeUplink, Uplink
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.energy_record import SubscribeEnergy
from ivi.model.errors import DeadlineError, IviError, NotFoundError
from ivi.model.health import HealthReport
from ivi.model.notices import Notice, SubscribeNotices
from ivi.model.phone import SubscribeCalls, SubscribePhone
from ivi.model.privacy import PrivacyAnswer
from ivi.model.prompts import AnswerPrompt, PromptsUpdate, PromptTaken, SubscribePrompts
from ivi.model.ratings import Answer as RatingsAnswer
from ivi.model.rights import AppInfo, AskConsent, ChangeGrant, GetAppInfo
from ivi.model.services import ServicesAnswer, SubscribeUxRestrictions, UxRestrictions
from ivi.model.status import GetStatus, Problem, ProcessStatus
from ivi.model.store import Answer as StoreAnswer
from ivi.model.tyres import SubscribeTyres
from ivi.model.updates import Answer as UpdatesAnswer
from ivi.model.voice import AnswerDialogue, DialogueUpdate, PushToTalk, SubscribeDialogue, VoiceAnswer

log = logging.getLogger(__name__)
translate = QCoreApplication.translate

POLL = 2000  # milliseconds between questions how a process is
POLL_TIMEOUT = 1.5  # seconds
TELL_VISIBLE = 4000  # milliseconds between two words on which apps are on the screen
LISTEN_TIMEOUT = 20.0  # seconds for one spoken sentence and what it does

type MakeLink = Callable[[Path, object, QObject], QtLink]
"""How a link to a process's socket is made; without a car the stage of ivi.hmi.shots makes others."""

_ANSWERS: dict[str, object] = {
    "databroker": DatabrokerAnswer | HealthReport | ProcessStatus,
    "services": ServicesAnswer | ProcessStatus,
    "apphost": ApphostAnswer | ProcessStatus,
    "voice": VoiceAnswer | ProcessStatus,
    "cloud": CloudAnswer
    | PrivacyAnswer
    | UpdatesAnswer
    | StoreAnswer
    | RatingsAnswer
    | CampaignsAnswer
    | ProcessStatus,
}


class Sources(QObject):
    """All links of the screen."""

    def __init__(self, models: Models, parent: QObject | None = None, link: MakeLink = QtLink) -> None:
        super().__init__(parent)
        self._models = models
        self.coalescer = Coalescer(self)
        self._links = {name: link(socket_path(name), _ANSWERS[name], self) for name in PROCESSES}
        self._watches = {name: _Watch(name, link, self) for name, link in self._links.items()}
        self._said_before = False
        self.vehicle = VehicleSource(self._links["databroker"], models, self.coalescer, self)
        self.settings = SettingsSource(self._links, models, self)
        self.store = StoreSource(self._links, models, self)
        self._follow()
        models.driving.changed.connect(self._limits_changed)
        models.voice.limit(models.driving.limits.max_chars)
        models.why.state = lambda: models.driving.judged
        models.why.reason = lambda: str(models.driving.property("reason"))
        models.why.cause_of = self._cause_of
        models.media.follow(models.apps)
        models.guidance.follow(models.apps)
        self._stop_phone: Callable[[], None] | None = None
        models.telephone.serve(self._look_at_phone)
        models.apps.send = self._answer
        models.apps.fetch = self._fetch
        models.apps.begin = self._start_app
        models.apps.looked.connect(self._tell_visible)
        models.apps.changed.connect(self._tell_visible)
        self._visible_timer = QTimer(self)
        self._visible_timer.timeout.connect(self._tell_visible)
        self._visible_timer.start(TELL_VISIBLE)
        models.notice.said.connect(self._keep_message)
        models.prompts.send = self._answer_prompt
        models.permissions.ask = self._ask_info
        models.permissions.send = self._change_grant
        models.permissions.decide = self._ask_consent
        models.voice.ask = self._listen
        models.voice.answer_with = self._answer_dialogue
        models.sound.send = models.telephone.send = self._ask_services
        models.sound.name_of = self._name_of
        models.apps.changed.connect(models.sound.name)
        self._overlays = Overlays(models, self)

    def open(self) -> None:
        """Connect to whoever is there."""
        for link in self._links.values():
            link.open()

    def close(self) -> None:
        """Disconnect."""
        for link in self._links.values():
            link.close()
        self._models.apps.close()

    @property
    def dropped(self) -> int:
        """Events that servers dropped because the screen was slow."""
        return sum(link.dropped for link in self._links.values())

    def explain(self, process: str, explained: Explained) -> None:
        """Say how a process is; the uplink's own state refines what the cloud process says of itself."""
        uplink = self._models.uplink.said
        if process == "cloud" and explained.state == sentences.OK and uplink is not None:
            explained = _explain_uplink(uplink)
        self._models.processes.by_process[process].say(explained)

    # -- streams ------------------------------------------------------------------------------------------------------
    def _follow(self) -> None:
        self._links["services"].follow(SubscribeUxRestrictions(), self._restrict)
        self._links["services"].follow(SubscribeEnergy(), self._models.energy.update)
        self._links["services"].follow(SubscribeTyres(), self._models.tyres.update)
        self._links["services"].follow(SubscribeDepartures(), self._models.departures.update)
        self._links["services"].follow(SubscribeSound(), self._models.sound.update)
        self._links["services"].follow(SubscribeCalls(), self._models.telephone.ring)
        self._models.departures.send = self._change_departure
        self._links["apphost"].follow(SubscribeApps(), self._show_apps)
        self._links["apphost"].follow(SubscribePrompts(), self._show_prompts)
        self._links["apphost"].follow(SubscribeNotices(), self._show_notice)
        self._links["voice"].follow(SubscribeDialogue(), self._show_dialogue)
        self._links["cloud"].follow(SubscribeUplink(), self._show_uplink)
        for name, link in self._links.items():
            link.changed.connect(partial(self._link_changed, name))

    def _link_changed(self, name: str) -> None:
        if self._links[name].connected:
            self._said_before = False if name == "voice" else self._said_before
            return
        match name:
            case "services":
                self._models.driving.update(None)
                self._models.telephone.update(None)
                self._models.telephone.ring(None)
                self._models.sound.update(None)
                self._models.energy.update(None)
                self._models.tyres.update(None)
                self._models.departures.update(None)
            case "apphost":
                self._models.apps.forget_requests()
                self._models.apps.update([], self._models.driving.limits)
                self._models.prompts.update([])
                self._models.permissions.update(None)
            case "voice":
                self._models.voice.update(None)
            case "cloud":
                self._models.uplink.update(None)
            case _:
                pass

    def _look_at_phone(self, wanted: bool) -> None:
        if wanted and self._stop_phone is None:
            self._stop_phone = self._links["services"].follow(SubscribePhone(), self._models.telephone.update)
        elif not wanted and self._stop_phone is not None:
            self._stop_phone()
            self._stop_phone = None

    def _restrict(self, said: UxRestrictions) -> None:
        self._models.driving.update(said)

    @Slot()
    def _limits_changed(self) -> None:
        self._models.apps.limit(self._models.driving.limits)
        self._models.signals.limit(self._models.driving.limits.max_rows)
        self._models.messages.limit(self._models.driving.limits.max_rows)
        self._models.voice.limit(self._models.driving.limits.max_chars)

    def _show_apps(self, update: AppsUpdate) -> None:
        self.coalescer.put("apps", lambda: self._models.apps.update(update.apps, self._models.driving.limits))

    def _show_prompts(self, update: PromptsUpdate) -> None:
        self._models.prompts.update(update.prompts)

    def _show_notice(self, notice: Notice) -> None:
        said = f"{notice.title}: {notice.text}" if notice.text else notice.title
        self._models.notice.say(said, notice.app_name, "bell")

    @Slot(str, str, str)
    def _keep_message(self, speaker: str, glyph: str, text: str) -> None:
        self._models.messages.add(speaker, glyph, text, datetime.now().astimezone())

    def _show_dialogue(self, update: DialogueUpdate) -> None:
        # What was said before we looked is no news: only later events open the overlay.
        self._models.voice.update(update, fresh=self._said_before)
        self._said_before = True

    def _show_uplink(self, update: Uplink) -> None:
        self._models.uplink.update(update)
        self._watches["cloud"].tell()

    # -- what the driver does -----------------------------------------------------------------------------------------
    def _answer(self, app: str, event: InputEvent) -> None:
        request = Tap(app, event.revision, event.target) if isinstance(event, Tapped) else Input(app, event)
        self._links["apphost"].call(request, self._tapped)

    def _start_app(self, app: str) -> None:
        self._links["apphost"].call(StartApp(app), self._tapped)

    @Slot()
    def _tell_visible(self) -> None:
        """Which apps are on the screen: the host lets others rest. Repeated, because it counts for some seconds."""
        if self._links["apphost"].connected:
            self._links["apphost"].call(SetVisible(self._models.apps.on_screen), _heard)

    def _fetch(self, app: str, name: str) -> None:
        self._links["apphost"].call(GetPicture(app, name), partial(self._took_picture, name))

    def _took_picture(self, name: str, answer: object) -> None:
        if not isinstance(answer, PictureData):
            return  # it has been replaced meanwhile; the page is drawn with its icon
        try:
            self._models.apps.picture_arrived(name, answer.png)
        except (IviError, OSError) as error:
            log.warning("an app's picture cannot be shown", extra={"reason": str(error)})

    def _tapped(self, answer: object) -> None:
        if isinstance(answer, IviError):
            self._models.notice.say(sentences.refusal(answer))
        elif isinstance(answer, TapTaken) and not answer.delivered and answer.reason:
            self._models.notice.say(sentences.sentence(answer.reason))

    def _ask_info(self, app: str) -> None:
        self._links["apphost"].call(GetAppInfo(app), self._took_info)

    def _took_info(self, answer: object) -> None:
        if isinstance(answer, AppInfo):
            self._models.permissions.update(answer)
        elif isinstance(answer, NotFoundError):
            self._models.permissions.update(None)

    def _change_grant(self, app: str, key: str, granted: bool) -> None:
        self._links["apphost"].call(ChangeGrant(app, key, granted), self._changed_grant)

    def _ask_consent(self, app: str) -> None:
        self._links["apphost"].call(AskConsent(app), self._changed_grant)

    def _changed_grant(self, answer: object) -> None:
        if isinstance(answer, IviError):
            self._models.notice.say(sentences.refusal(answer))
        elif reason := str(getattr(answer, "reason", "")):
            self._models.notice.say(sentences.sentence(reason))
        self._models.permissions.refresh()

    def _ask_services(self, request: msgspec.Struct) -> None:
        self._links["services"].call(request, self._listened)

    def _cause_of(self, topic: str) -> Cause | None:
        notice = self._models.apps.up
        if topic == "notice" and notice.property("shown"):
            return why_rules.of_app(str(notice.property("name")), urgent=bool(notice.property("urgent")))
        if topic in {sentences.AWAY, sentences.PROBLEM}:
            return why_rules.of_process(away=topic == sentences.AWAY)
        return why_rules.TOPICS[topic]() if topic in why_rules.TOPICS else None

    def _name_of(self, owner: str) -> str:
        """What a driver calls an app, or a part of the car that is heard."""
        if owner in sentences.NAMES:
            return sentences.NAMES[owner].title
        return next((view.name for view, _ in self._models.apps.cards if view.id == owner), owner)

    def _change_departure(self, request: SetDeparture | RemoveDeparture) -> None:
        self._links["services"].call(request, self._listened)

    def _answer_prompt(self, number: int, action: str, chosen: list[str]) -> None:
        self._links["apphost"].call(AnswerPrompt(number, action, chosen), self._answered_prompt)

    def _answered_prompt(self, answer: object) -> None:
        if isinstance(answer, IviError):
            self._models.notice.say(sentences.refusal(answer))
        elif isinstance(answer, PromptTaken) and not answer.taken:
            self._models.notice.say(sentences.sentence(answer.reason))

    def _listen(self) -> None:
        self._links["voice"].call(PushToTalk(), self._listened, timeout=LISTEN_TIMEOUT)

    def _answer_dialogue(self, question: int, choice: str) -> None:
        self._links["voice"].call(AnswerDialogue(question, choice), self._listened, timeout=LISTEN_TIMEOUT)

    def _listened(self, answer: object) -> None:
        if isinstance(answer, IviError):
            self._models.notice.say(sentences.refusal(answer))


def _heard(_answer: object) -> None:
    """The host was told; that it is away shows elsewhere."""


class _Watch(QObject):
    """Asks one process how it is, and keeps what the driver should know of it."""

    def __init__(self, process: str, link: QtLink, sources: Sources) -> None:
        super().__init__(sources)
        self._process = process
        self._link = link
        self._sources = sources
        self._problems: list[Problem] = []
        self._silent = False
        self._lost_at = time.monotonic()
        self._seen = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._ask)
        self._timer.start(POLL)
        link.changed.connect(self._changed)

    @Slot()
    def _changed(self) -> None:
        if self._link.connected:
            self._seen, self._silent = True, False
            self._ask()
        else:
            self._lost_at = time.monotonic()
            self._problems = []
        self.tell()

    @Slot()
    def _ask(self) -> None:
        if self._link.connected:
            self._link.call(GetStatus(), self._answered, timeout=POLL_TIMEOUT)
        else:
            self.tell()

    def _answered(self, answer: object) -> None:
        self._silent = isinstance(answer, DeadlineError)
        if isinstance(answer, ProcessStatus):
            self._problems = answer.problems
        self.tell()

    def tell(self) -> None:
        """Say how the process is."""
        connection = sentences.NAMES[self._process]
        lost_for = None if self._link.connected else time.monotonic() - self._lost_at
        if self._silent and self._link.connected:
            explained = sentences.silent(connection)
        else:
            explained = sentences.connection(connection, lost_for, self._problems, seen=self._seen)
        self._sources.explain(self._process, explained)


def _explain_uplink(uplink: Uplink) -> Explained:
    waiting = translate("Uplink", "%n records wait on board; none is lost.", "", uplink.waiting)
    match uplink.state:
        case LinkState.ONLINE:
            arrived = translate("Uplink", "Online. %n records have arrived.", "", uplink.acknowledged)
            return Explained(sentences.OK, arrived, "")
        case LinkState.CONNECTING:
            return Explained(sentences.WAITING, translate("Uplink", "Connecting to the fleet."), waiting)
        case LinkState.OFFLINE:
            offline = translate("Uplink", "Offline")
            reason = f"{offline}: {process_words.in_language(uplink.reason)}" if uplink.reason else offline
            return Explained(sentences.PROBLEM, sentences.sentence(reason), waiting)
