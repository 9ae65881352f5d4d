# SPDX-License-Identifier: Apache-2.0
"""What is heard and said: audio focus, sentences for the app and its answers, and its notifications."""

from typing import NamedTuple

from ivi.model.app import (
    Accepted,
    AnswerIntent,
    AudioFocusChanged,
    FollowIntents,
    Importance,
    IntentMatched,
    Notified,
    Notify,
    RequestAudioFocus,
)
from ivi.model.app.notification_words import words_of
from ivi.model.audio import AudioKind, FocusState
from ivi.model.errors import (
    NotFoundError,
    PermissionDeniedError,
    ResourceExhaustedError,
)
from ivi.model.templates.limits import is_moving
from ivi.sdk.harness.link import Stream
from ivi.sdk.harness.session import Session

MAX_SPOKEN = 200  # characters of an answer


class FakeAudio:
    """The focus that the app may hold; the test plays everybody else in the car."""

    def __init__(self, session: Session) -> None:
        self.answer = FocusState.GAINED
        """What the next request is told."""
        self.kind: AudioKind | None = None
        """What the app holds the focus for; None for nothing."""
        self._session = session
        self._stream: Stream | None = None
        session.end.openings[RequestAudioFocus] = self._request
        session.watch(self._rights_changed)

    def change(self, state: FocusState) -> None:
        """Somebody else begins or ends. Raises AssertionError when the app has no focus."""
        if self._stream is None:
            raise AssertionError("the app holds no audio focus")
        self._stream.send(AudioFocusChanged(state))
        if state in {FocusState.LOST, FocusState.REFUSED}:
            self._stream.end()
            self._session.uncount(self._stream)
            self._gone()

    def _request(self, request: RequestAudioFocus, stream: Stream) -> None:
        session, kind = self._session, request.kind
        session.granted("audio.focus", kind, f'kinds = ["{kind}"]', lambda grant: kind in grant["kinds"])
        if self._stream is not None:
            raise ResourceExhaustedError(f"{session.grants.app_id} holds audio focus already", hint="abandon it first")
        session.count(stream, self._gone)
        self._stream, self.kind = stream, kind
        self.change(self.answer)

    def _gone(self) -> None:
        self._stream, self.kind = None, None

    def _rights_changed(self) -> None:
        kinds = [kind for grant in self._session.grants.of("audio.focus") for kind in grant["kinds"]]
        if self.kind is not None and self.kind not in kinds:
            self.change(FocusState.LOST)


class FakeVoice:
    """The driver's sentences, as intents."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._stream: Stream | None = None
        self._number = 0
        self._waits = 0
        self._answer: str | None = None
        session.end.openings[FollowIntents] = self._follow
        session.end.calls[AnswerIntent] = self._take

    def say(self, intent: str, slots: dict[str, str]) -> None:
        """The driver says a sentence. Raises NotFoundError when the manifest does not name the intent."""
        app = self._session.grants.app_id
        if not any(intent in grant["intents"] for grant in self._session.grants.of("voice")):
            raise NotFoundError(f"no app {app} understands {intent}", hint='name it in its use = "voice" permission')
        if self._stream is None:
            raise AssertionError(f"{app} has no on_intent")
        self._number += 1
        self._waits, self._answer = self._number, None
        self._stream.send(IntentMatched(self._number, intent, slots))

    def answered(self) -> str:
        """What the car says to it. Raises AssertionError when the app has not answered."""
        if self._answer is None:
            raise AssertionError("the app has not answered the sentence")
        return self._answer

    def _follow(self, _request: FollowIntents, stream: Stream) -> None:
        session = self._session
        session.require_hello()
        if not session.grants.of("voice"):
            hint = 'its manifest.toml would need [[permission]] use = "voice" intents = ["..."] and sentences/en.toml'
            raise PermissionDeniedError(f"{session.grants.app_id} has no intents", hint=hint)
        session.count(stream, self._gone)
        self._stream = stream
        stream.send(IntentMatched(0, "", {}))

    def _gone(self) -> None:
        self._stream = None

    def _take(self, request: AnswerIntent) -> Accepted:
        self._session.require_hello()
        if request.number != self._waits:
            raise NotFoundError(f"nobody waits for answer {request.number}", hint="answer within 3 s, once")
        self._waits, self._answer = 0, " ".join(request.text.split())[:MAX_SPOKEN]
        return Accepted()


class Notification(NamedTuple):
    """One that the app has sent with `notify`."""

    title: str
    text: str
    importance: Importance


class FakeNotifications:
    """What the app said on the screen for a moment."""

    def __init__(self, session: Session) -> None:
        self.sent: list[Notification] = []
        """Oldest first."""
        self._session = session
        session.end.calls[Notify] = self._notify

    def _notify(self, request: Notify) -> Notified:
        session = self._session
        grant = session.granted("notify", "the screen", "per_hour = 4")
        title, text = words_of(request)
        now = session.clock.monotonic()
        if not session.notice_rate.take(grant["per_hour"], now):
            said = f"{session.grants.app_id} has sent its {grant['per_hour']} notifications of this hour"
            raise ResourceExhaustedError(said, hint=f"wait {session.notice_rate.wait(now):.0f} s")
        self.sent.append(Notification(title, text, request.importance))
        return Notified(request.importance is Importance.LOW and is_moving(session.limits.driving_state))
