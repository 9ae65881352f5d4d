# SPDX-License-Identifier: Apache-2.0
"""Asks the driver on the host's own sheets: bounded, expiring, one at a time for an app, and never too often.

Whoever wants an answer awaits `ask`. Nothing here calls the screen: it follows a stream and answers. Cancelling the
task that awaits `ask` (an app's call whose deadline passed, an app that died) withdraws the question.
"""

import asyncio
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass

from ivi.daemon.link_server import Router, Session, Stream
from ivi.model.errors import ResourceExhaustedError, UnavailableError
from ivi.model.prompts import (
    AnswerPrompt,
    Prompt,
    PromptAction,
    PromptItem,
    PromptKind,
    PromptsUpdate,
    PromptTaken,
    SubscribePrompts,
)

MAX_OPEN = 8  # questions of all apps: as many that they caused, that the host has about them, and of each that wait
MAX_ITEMS = 40  # lines of one sheet
MAX_TITLE, MAX_TEXT = 120, 600  # characters
LONGEST = 600.0  # seconds that a question may stay open
RECOGNISED = 0.6  # seconds that a sheet must have been on the screen: nobody agrees to what popped up under a finger
BURST, REFILL = 3.0, 20.0  # questions that an app may ask at once; seconds until it may ask one more

ALLOW, REFUSE, LATER = "allow", "refuse", "later"
"""Ids of the usual actions; each sheet has its own titles for them."""


@dataclass(frozen=True)
class Question:
    """What to ask. Words are the host's; what is quoted from the app says so."""

    app_id: str
    app_name: str
    kind: PromptKind
    title: str
    text: str
    actions: tuple[PromptAction, ...]
    items: tuple[PromptItem, ...] = ()
    seconds: float = 30.0
    """Until it is withdrawn, counted from when it may be shown."""
    set_up: bool = False
    """Whether answering takes reading: it waits, without running out, until the car is parked."""
    from_app: bool = True
    """Whether the app caused it; those are limited in rate."""


@dataclass(frozen=True)
class Decided:
    """What the driver chose. `choice` is the id of an action, or empty when the question ran out."""

    choice: str
    chosen: frozenset[str] = frozenset()


class _Open:
    """A question that waits for its answer."""

    def __init__(self, number: int, question: Question, *, shown: bool) -> None:
        self.id, self.question = number, question
        self.answer: asyncio.Future[Decided] = asyncio.get_running_loop().create_future()
        self.shown_at: float | None = None
        self._expires = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self.show(shown)

    def show(self, shown: bool) -> None:
        """Put it on the screen, or take it off again; its time starts anew when it comes back."""
        if shown and self.shown_at is None:
            seconds = min(self.question.seconds, LONGEST)
            self.shown_at = time.monotonic()
            self._expires = self.shown_at + seconds
            self._timer = asyncio.get_running_loop().call_later(seconds, self.decide, Decided(""))
        elif not shown:
            self.shown_at = None
            self.stop_time()

    def stop_time(self) -> None:
        """It no longer runs out."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def decide(self, decided: Decided) -> None:
        """Take the first answer."""
        if not self.answer.done():
            self.answer.set_result(decided)

    def view(self) -> Prompt:
        """As the screen gets it."""
        asked = self.question
        return Prompt(
            self.id, asked.app_id, asked.app_name[:MAX_TITLE], asked.kind, asked.title[:MAX_TITLE],
            asked.text[:MAX_TEXT], list(asked.items[:MAX_ITEMS]), list(asked.actions), int(self._expires * 1e9),
        )  # fmt: skip


class Prompts:
    """All open questions; on the screen the one that came there first."""

    def __init__(self, may_set_up: Callable[[], bool]) -> None:
        """`may_set_up` says whether questions that take reading may be shown now."""
        self.asked = self.ran_out = self.refused_to_ask = 0
        """Counters for the status."""
        self._may_set_up = may_set_up
        self._open: dict[int, _Open] = {}
        self._numbers = itertools.count(1)
        self._watchers: set[Stream] = set()
        self._tokens: dict[str, tuple[float, float]] = {}

    def serve(self, router: Router) -> None:
        """Answer the screen."""
        router.on_stream(SubscribePrompts, self._subscribe)
        router.on_call(AnswerPrompt, self._answer)

    @property
    def watched(self) -> bool:
        """Whether a screen follows."""
        return bool(self._watchers)

    async def ask(self, question: Question) -> Decided:
        """Show a question and wait for the driver; cancel to withdraw it.

        Raises UnavailableError when an app asks and no screen is there, ResourceExhaustedError when this app has a
        question open, asks too often, or too many questions are open.
        """
        self._admit(question)
        self.asked += 1
        waiting = _Open(next(self._numbers), question, shown=self._may_show(question))
        self._open[waiting.id] = waiting
        self._publish()
        try:
            decided = await waiting.answer
        finally:
            waiting.stop_time()
            del self._open[waiting.id]
            self._publish()
        self.ran_out += not decided.choice
        return decided

    def has_open(self, app_id: str) -> bool:
        """Whether a question of this app is on the screen."""
        return any(waiting.question.app_id == app_id for waiting in self._open.values() if waiting.shown_at is not None)

    def driving_changed(self) -> None:
        """Take questions that need reading off the screen, or put them back."""
        changed = False
        for waiting in self._open.values():
            shown = self._may_show(waiting.question)
            changed = changed or shown != (waiting.shown_at is not None)
            waiting.show(shown)
        if changed:
            self._publish()

    def _may_show(self, question: Question) -> bool:
        return not question.set_up or self._may_set_up()

    def _admit(self, question: Question) -> None:
        if question.from_app and not self._watchers:
            raise UnavailableError("no screen is there to ask the driver", hint="try again when the screen is on")
        # What waits until the car is parked may wait for hours: it keeps nothing off the screen meanwhile.
        shown = self._may_show(question)
        beside = [one.question for one in self._open.values() if (one.shown_at is not None) is shown]
        if any(one.app_id == question.app_id for one in beside):
            self.refused_to_ask += 1
            raise ResourceExhaustedError(
                f"a question of {question.app_id} is open already", hint="wait for the driver's answer"
            )
        crowd = sum(one.from_app is question.from_app for one in beside)
        if crowd >= MAX_OPEN or (question.from_app and not self._take_token(question.app_id)):
            self.refused_to_ask += 1
            raise ResourceExhaustedError("the driver is asked too often", hint=f"ask again {REFILL:g} s later")

    def _take_token(self, app_id: str) -> bool:
        now = time.monotonic()
        tokens, since = self._tokens.get(app_id, (BURST, now))
        tokens = min(BURST, tokens + (now - since) / REFILL)
        self._tokens[app_id] = (tokens - 1 if tokens >= 1 else tokens, now)
        return tokens >= 1

    # -- for the screen -----------------------------------------------------------------------------------------------
    def _publish(self) -> None:
        update = self._update()
        for stream in self._watchers:
            stream.send(update)

    def _update(self) -> PromptsUpdate:
        shown = [(waiting.shown_at, waiting.id) for waiting in self._open.values() if waiting.shown_at is not None]
        return PromptsUpdate([self._open[number].view() for _, number in sorted(shown)])

    async def _subscribe(self, _request: SubscribePrompts, stream: Stream) -> None:
        stream.send(self._update())
        self._watchers.add(stream)
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            self._watchers.discard(stream)

    async def _answer(self, request: AnswerPrompt, _session: Session) -> PromptTaken:
        waiting = self._open.get(request.id)
        if waiting is None or waiting.answer.done() or waiting.shown_at is None:
            return PromptTaken(taken=False, reason="that question is no longer open")
        if request.choice not in {action.id for action in waiting.question.actions}:
            return PromptTaken(taken=False, reason=f"the sheet has no button {request.choice[:40]!r}")
        switches = {item.key for item in waiting.question.items if item.choice}
        if not switches.issuperset(request.chosen):
            return PromptTaken(taken=False, reason="the sheet has no such line to switch")
        if time.monotonic() - waiting.shown_at < RECOGNISED:
            return PromptTaken(taken=False, reason="that was too quick to have been read")
        waiting.decide(Decided(request.choice, frozenset(request.chosen)))
        return PromptTaken(taken=True)
