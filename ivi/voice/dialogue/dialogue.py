# SPDX-License-Identifier: Apache-2.0
"""One exchange: a sentence, what it means, what the car does, and the answer, with each step told to who watches."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from ivi.model.errors import IviError, NotFoundError
from ivi.model.signal import Scalar
from ivi.model.voice import DialogueChoice, DialogueUpdate, Phase
from ivi.voice.app_intents import AppSpeech
from ivi.voice.dialogue.actions import ACTIONS
from ivi.voice.dialogue.answers import Answers
from ivi.voice.dialogue.conversation import OPEN_FOR, Act, Ask, Command, Conversation, Question, Say, Special, Step
from ivi.voice.dialogue.outcome import Outcome, Undo
from ivi.voice.dialogue.policy import MIN_CONFIDENCE, SURE, rule
from ivi.voice.dialogue.world import World
from ivi.voice.grammar.model_files import GARBAGE
from ivi.voice.nlu.context_grammar import CHOICE, CONFIRM, CONTACTS, DICTATION, HOME, NAVIGATION
from ivi.voice.nlu.language import Language, Match
from ivi.voice.stt.protocol import Heard

log = logging.getLogger(__name__)

FOLLOW_UP = 6.0  # seconds after an answer in which the next sentence needs no wake word
ANSWER_SHOWN = 6.0  # seconds
ASKED_FOR = 10.0  # seconds after a question
MAX_UNDO = 10  # steps that can be taken back, one after the other
NAMED = frozenset({CHOICE, NAVIGATION, CONTACTS})
"""Contexts in which a name is asked for."""
MISSED = 2  # sentences in one question that are not understood; the next one leaves the question


@dataclass(frozen=True)
class Exchange:
    """What was said, meant, done and is to be answered."""

    sentence: str
    intent: str
    slots: dict[str, Scalar]
    ok: bool
    answer: str
    confidence: float = 1.0
    next_context: str = HOME
    """Where the next sentence is heard."""
    follow_up: float = 0.0
    """Seconds in which the next sentence needs no wake word; 0 for none."""
    shown: str = ""
    """What the screen shows in place of `answer`, where it must not be read; empty for the same."""
    question: int = 0
    choices: tuple[DialogueChoice, ...] = ()
    suggestions: tuple[str, ...] = ()
    page: str = ""

    def update(self) -> DialogueUpdate:
        """What the screen is told of it."""
        return DialogueUpdate(
            Phase.ASKING if self.question else Phase.ANSWERED,
            self.sentence,
            self.shown or self.answer,
            self.ok or self.question > 0,
            self.next_context,
            list(self.suggestions),
            self.question,
            list(self.choices),
            self.page,
        )

    @property
    def shown_for(self) -> float:
        """Seconds that it stays on the screen: a question as long as it can be answered."""
        return OPEN_FOR if self.question else ANSWER_SHOWN


@dataclass(frozen=True)
class _Turn:
    """The last thing done, for "why" and "put it back"."""

    sentence: str
    answer: str
    reason: str = ""


class Dialogue:
    """Turns sentences into actions in the car. One sentence at a time: the caller sees to it."""

    def __init__(
        self,
        language: Language,
        world: World,
        tell: Callable[[DialogueUpdate], None],
        apps: AppSpeech | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`apps` takes sentences that the car itself does not understand. Raises ConfigurationError."""
        self._language = language
        self.answers = Answers(language, frozenset(ACTIONS))
        self._world = world
        self._tell = tell
        self._apps = apps
        self._clock = clock
        self._talk = Conversation()
        self._undo: list[Undo | None] = []  # None: done, and not to be taken back by itself
        self._turn: _Turn | None = None
        self._missed = 0

    @property
    def context(self) -> str:
        """What may be said next."""
        return self._talk.context(self._clock())

    async def typed(self, text: str, zone: str = "") -> Exchange:
        """Handle a typed sentence."""
        return await self._handle(text.strip(), 1.0, zone)

    async def heard(self, heard: Heard, zone: str = "") -> Exchange:
        """Handle what the recogniser heard as a whole; other speech and unsure words are not acted on.

        `zone` is the seat that spoke, where the microphones tell: `driver` or `passenger`.
        """
        if not heard.text:
            return self.lost("nothing_heard")
        if GARBAGE in heard.text.split():
            return self._refused("", heard.confidence)
        needed = SURE if self.context == CONFIRM else MIN_CONFIDENCE  # a "yes" must be one
        if heard.confidence <= needed:
            return self._refused(heard.text, heard.confidence)
        return await self._handle(heard.text, heard.confidence, zone)

    def partial(self, words: str) -> None:
        """Words so far, for the screen only: what is heard in part is never acted on."""
        self._tell(self.listening(words))

    def listening(self, words: str = "") -> DialogueUpdate:
        """The update that says so, with what may be said now."""
        question = self._talk.question if self.context != HOME else None
        asked = self.answers.ask(question) if question is not None else ""
        return DialogueUpdate(
            Phase.LISTENING,
            words,
            asked,
            context=self.context,
            suggestions=self.answers.suggestions(self.context),
            question=question.number if question is not None else 0,
            choices=list(self._choices(question)),
        )

    async def touched(self, question: int, choice: str) -> Exchange:
        """The driver touched an answer: the same as saying it. Raises NotFoundError when it is not asked any more."""
        asked = self._talk.question
        if self.context == HOME or asked is None or asked.number != question:
            raise NotFoundError("this question is not open any more", hint="say or touch it again")
        intent, slots = _touched(choice, asked)
        if not intent:
            raise NotFoundError(f"there is no answer {choice[:40]!r} to this question")
        step = self._talk.take(Match(intent, slots), choice, 1.0, self._world.services.limits, self._clock())
        return await self._do(step, "", intent, slots, 1.0)

    def lost(self, reason: str) -> Exchange:
        """No sentence: `reason` is the key of a general answer."""
        return replace(self._refused("", 0.0), answer=self.answers.general(reason))

    # -- one sentence -------------------------------------------------------------------------------------------------
    async def _handle(self, sentence: str, confidence: float, zone: str) -> Exchange:
        context = self.context
        self._tell(DialogueUpdate(Phase.THINKING, sentence, context=context))
        match = None
        if context not in {HOME, DICTATION}:
            match = self._language.parse(sentence, context)
        if context == DICTATION:
            match = self._language.parse(sentence, CONFIRM)  # "cancel" is no text
            if match is None or match.intent not in {"Cancel"}:
                step = self._talk.take_text(self._language.plain(sentence), self._world.services.limits, self._clock())
                return await self._do(step, sentence, "GiveText", {}, confidence)
        match = match or self._language.parse(sentence)
        if match is None and context in NAMED:
            match = self._language.sounds_like(sentence, context)
        if match is None:
            return await self._to_app(sentence, confidence)
        slots = dict(match.slots)
        if zone and "zone" not in slots and rule(match.intent).zoned:
            slots["zone"] = zone
        step = self._talk.take(
            Match(match.intent, slots), sentence, confidence, self._world.services.limits, self._clock()
        )
        return await self._do(step, sentence, match.intent, slots, confidence)

    async def _do(
        self, step: Step, sentence: str, intent: str, slots: dict[str, Scalar], confidence: float
    ) -> Exchange:
        self._missed = 0
        match step:
            case Act(command, instead):
                return await self._act(command, sentence, confidence, instead=instead)
            case Ask(question):
                return self._asked(question, sentence, confidence)
            case Special(name):
                return await self._special(name, sentence, confidence)
            case Say(key, ok, values):
                answer = self.answers.general(key, **values)
                if key == "when_parked":
                    self._turn = _Turn(sentence, answer, self._world.services.limits.reason)
                return self._closed(Exchange(sentence, intent, slots, ok, answer, confidence))

    async def _act(self, command: Command, sentence: str, confidence: float, *, instead: bool) -> Exchange:
        self._tell(DialogueUpdate(Phase.ACTING, sentence, context=HOME))
        try:
            if instead and self._undo and (take_back := self._undo.pop()) is not None:
                await take_back()
            outcome = await ACTIONS[command.intent](self._world, command.slots)
        except IviError as error:
            log.warning("the car did not do it", extra={"intent": command.intent, "error": str(error)})
            return self._ended(
                command, sentence, confidence, Outcome(ok=False, answer="", said=self.answers.failure(error))
            )
        if outcome.choose[1]:
            step = self._talk.choose(command, *outcome.choose, self._clock())
            return self._asked(step.question, sentence, confidence)
        if outcome.ok:
            self._talk.done(command, self._clock())
            if rule(command.intent).changes:
                self._undo = [*self._undo, outcome.undo][-MAX_UNDO:]
        return self._ended(command, sentence, confidence, outcome)

    def _ended(self, command: Command, sentence: str, confidence: float, outcome: Outcome) -> Exchange:
        answer = self.answers.of(command.intent, outcome)
        self._turn = _Turn(sentence or command.sentence, answer)
        hidden = outcome.private and not self._world.services.limits.texts
        exchange = Exchange(sentence, command.intent, dict(command.slots), outcome.ok, answer, confidence)
        shown = self.answers.general("private") if hidden else ""
        return self._closed(replace(exchange, page=outcome.page, shown=shown))

    def _closed(self, exchange: Exchange) -> Exchange:
        """The answer ends it; the next sentence may follow without the wake word."""
        return replace(exchange, next_context=self.context, follow_up=FOLLOW_UP if exchange.ok else 0.0)

    def _asked(self, question: Question, sentence: str, confidence: float) -> Exchange:
        command = question.command
        answer = self.answers.ask(question)
        return Exchange(
            sentence,
            command.intent,
            dict(command.slots),
            False,
            answer,
            confidence,
            question.context,
            ASKED_FOR,
            question=question.number,
            choices=self._choices(question),
            suggestions=tuple(self.answers.suggestions(question.context)),
        )

    def _choices(self, question: Question | None) -> tuple[DialogueChoice, ...]:
        if question is None:
            return ()
        if question.choices:
            return tuple(DialogueChoice(str(place), name) for place, name in enumerate(question.choices, 1))
        if question.context == CONFIRM:
            yes, no = self.answers.word("touch", "yes"), self.answers.word("touch", "no")
            return (DialogueChoice("yes", yes), DialogueChoice("no", no))
        return (DialogueChoice("no", self.answers.word("touch", "cancel")),)

    # -- sentences about the dialogue ---------------------------------------------------------------------------------
    async def _special(self, intent: str, sentence: str, confidence: float) -> Exchange:
        said = Exchange(sentence, intent, {}, True, "", confidence)
        turn = self._turn
        match intent:
            case "Undo":
                return self._closed(await self._undone(said))
            case "Why" if turn is not None:
                reason = f" {turn.reason[:1].upper()}{turn.reason[1:]}." if turn.reason else ""
                answer = self.answers.general("why", sentence=turn.sentence, answer=turn.answer) + reason
            case "Repeat" if turn is not None:
                answer = turn.answer
            case "Help":
                suggestions = self.answers.suggestions(self.context)
                answer = self.answers.general("help", examples=self.answers.listed(suggestions[:3]))
                said = replace(said, suggestions=tuple(suggestions))
            case _:
                key = "why_nothing" if intent == "Why" else "repeat_nothing"
                return self._closed(replace(said, ok=False, answer=self.answers.general(key)))
        return self._closed(replace(said, answer=answer))

    async def _undone(self, said: Exchange) -> Exchange:
        """Have it as it was before the last thing done."""
        if not self._undo:
            return replace(said, ok=False, answer=self.answers.general("nothing_to_undo"))
        take_back = self._undo.pop()
        if take_back is None:
            return replace(said, ok=False, answer=self.answers.general("not_undone"))
        self._tell(DialogueUpdate(Phase.ACTING, said.sentence))
        try:
            await take_back()
        except IviError as error:
            log.warning("it could not be put back", extra={"error": str(error)})
            return replace(said, ok=False, answer=self.answers.failure(error))
        self._talk.forget()
        answer = self.answers.general("undone")
        self._turn = _Turn(said.sentence, answer)
        return replace(said, answer=answer)

    # -- others' sentences --------------------------------------------------------------------------------------------
    async def _to_app(self, sentence: str, confidence: float) -> Exchange:
        """Whose sentence it is, if an app's; the car's own come first, so no app can take one over."""
        found = self._apps.known.match(self._language.plain(sentence)) if self._apps is not None else None
        if self._apps is None or found is None:
            return self._refused(sentence, confidence)
        self._talk.question = None
        self._tell(DialogueUpdate(Phase.ACTING, sentence))
        try:
            answer = await self._apps.say(found) or self.answers.general("app_done")
        except IviError as error:
            log.warning("the app did not do it", extra={"app": found.app_id, "error": str(error)})
            ok, answer = False, self.answers.general("app_failed", app=found.app_name)
        else:
            ok = True
        self._turn = _Turn(sentence, answer)
        intent = f"{found.app_id}/{found.phrase.intent}"
        return self._closed(Exchange(sentence, intent, dict(found.phrase.slots), ok, answer, confidence))

    def _refused(self, sentence: str, confidence: float) -> Exchange:
        """Not understood. An open question stays open, twice."""
        context = self.context
        if context != HOME:
            self._missed += 1
            if self._missed > MISSED:
                self._missed = 0
                self._talk.question = None
                context = HOME
        question = self._talk.question if context != HOME else None
        return Exchange(
            sentence,
            "",
            {},
            False,
            self.answers.not_understood(context),
            confidence,
            context,
            ASKED_FOR if question is not None else 0.0,
            question=question.number if question is not None else 0,
            choices=self._choices(question),
            suggestions=tuple(self.answers.suggestions(context)),
        )

    def use_names(self, names: Mapping[str, Sequence[str]]) -> None:
        """Contacts, places, titles and apps that may be named."""
        self._language.use_names(names)

    def reminder(self, text: str) -> str:
        """The words of a reminder that is due."""
        return self.answers.general("reminder", text=text)


def _touched(choice: str, question: Question) -> tuple[str, dict[str, Scalar]]:
    """The intent of a touched answer; empty for one that the question does not have."""
    if choice == "no":
        return ("No", {}) if question.context == CONFIRM else ("Cancel", {})
    if choice == "yes" and question.context == CONFIRM:
        return "Yes", {}
    if choice.isdigit() and 1 <= int(choice) <= len(question.choices):
        return "Pick", {"ordinal": int(choice)}
    return "", {}
