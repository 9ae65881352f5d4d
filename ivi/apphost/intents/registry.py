# SPDX-License-Identifier: Apache-2.0
"""All apps' sentences for the voice process, and the way of a matched one to its app and back.

Sentences stay while their app is restarted: the recogniser's grammar is built anew at each change, and an app that
crashes should not make the car deaf. What is taken away with the `voice` permission goes at once.
"""

import asyncio
import itertools
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from ivi.apphost.hosted_app import HostedApp
from ivi.apphost.manifest import VoiceIntents
from ivi.apphost.output import plain
from ivi.apphost.rights import Rights
from ivi.daemon.link_server import Router, Session, Stream
from ivi.model.app.voice import IntentMatched
from ivi.model.app_intents import MAX_SPOKEN, AppIntents, AppPhrases, AppSaid, Phrase, SayToApp, SubscribeAppIntents
from ivi.model.errors import DeadlineError, NotFoundError, PermissionDeniedError, UnavailableError

log = logging.getLogger(__name__)

ANSWER_WITHIN = 3.0  # seconds that an app has to answer; the driver waits


@dataclass
class _App:
    app: HostedApp
    rights: Rights
    phrases: dict[str, list[Phrase]]
    stream: Stream | None = None
    waiting: dict[int, asyncio.Future[str]] = field(default_factory=dict)

    def granted(self) -> set[str]:
        return {name for grant in self.rights.of(VoiceIntents) for name in grant.intents}


class IntentRegistry:
    """One for the app host."""

    def __init__(self, wake: Callable[[str], None] = lambda _app_id: None) -> None:
        """`wake` is called with an app's id before it is spoken to: it may be frozen off the screen."""
        self._wake = wake
        self._apps: dict[str, _App] = {}
        self._watchers: dict[Stream, str] = {}
        self._numbers = itertools.count(1)

    def add(self, app: HostedApp, rights: Rights, phrases: dict[str, list[Phrase]]) -> None:
        """Take an app's sentences by language."""
        if phrases:
            self._apps[app.id] = _App(app, rights, phrases)
            rights.watch(self._publish)
            self._publish()

    def remove(self, app_id: str) -> None:
        """An app is uninstalled."""
        if (entry := self._apps.pop(app_id, None)) is not None:
            entry.rights.unwatch(self._publish)
            self._publish()

    def serve(self, router: Router) -> None:
        """Answer the voice process."""
        router.on_stream(SubscribeAppIntents, self._subscribe)
        router.on_call(SayToApp, self._say)

    # -- for the app's link -------------------------------------------------------------------------------------------
    def attach(self, app_id: str, stream: Stream) -> None:
        """The app listens on this stream. Raises PermissionDeniedError when its manifest has no intents."""
        entry = self._apps.get(app_id)
        if entry is None:
            hint = 'its manifest.toml would need [[permission]] use = "voice" intents = ["..."] and sentences/en.toml'
            raise PermissionDeniedError(f"{app_id} has no intents", hint=hint)
        entry.stream = stream

    def detach(self, app_id: str, stream: Stream) -> None:
        """It no longer does; whoever waits for its answer is told."""
        entry = self._apps.get(app_id)
        if entry is None or entry.stream is not stream:
            return
        entry.stream = None
        for answer in entry.waiting.values():
            if not answer.done():
                answer.set_exception(UnavailableError(f"{entry.app.name} has ended"))

    def answer(self, app_id: str, number: int, text: str) -> None:
        """The app's words. Raises NotFoundError when nobody waits for them any more."""
        answer = self._apps[app_id].waiting.get(number) if app_id in self._apps else None
        if answer is None or answer.done():
            raise NotFoundError(f"nobody waits for answer {number}", hint=f"answer within {ANSWER_WITHIN:g} s, once")
        answer.set_result(" ".join(plain(text).split())[:MAX_SPOKEN])

    # -- for the voice process ----------------------------------------------------------------------------------------
    def intents(self, language: str) -> AppIntents:
        """What may be said now. Of two apps with one sentence the first by id keeps it."""
        taken: set[str] = set()
        apps = []
        for app_id, entry in sorted(self._apps.items()):
            granted = entry.granted()
            phrases = [phrase for phrase in entry.phrases.get(language, []) if phrase.intent in granted]
            free = [phrase for phrase in phrases if phrase.text not in taken]
            if len(free) < len(phrases):
                log.warning("sentences of an app are another's already", extra={"app": app_id})
            taken.update(phrase.text for phrase in free)
            if free:
                apps.append(AppPhrases(app_id, entry.app.name, free))
        return AppIntents(apps)

    def _publish(self) -> None:
        for stream, language in self._watchers.items():
            stream.send(self.intents(language))

    async def _subscribe(self, request: SubscribeAppIntents, stream: Stream) -> None:
        self._watchers[stream] = request.language
        stream.send(self.intents(request.language))
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            del self._watchers[stream]

    async def _say(self, request: SayToApp, _session: Session) -> AppSaid:
        entry = self._apps.get(request.app_id)
        if entry is None or request.intent not in entry.granted():
            raise NotFoundError(f"no app {request.app_id} understands {request.intent}")
        if entry.stream is None:
            raise UnavailableError(f"{entry.app.name} is not running", hint=entry.app.reason)
        self._wake(request.app_id)
        number = next(self._numbers)
        answer = entry.waiting[number] = asyncio.get_running_loop().create_future()
        entry.stream.send(IntentMatched(number, request.intent, request.slots))
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                return AppSaid(await answer)
        except TimeoutError as error:
            raise DeadlineError(f"{entry.app.name} did not answer within {ANSWER_WITHIN:g} s") from error
        finally:
            del entry.waiting[number]
