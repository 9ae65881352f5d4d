# SPDX-License-Identifier: Apache-2.0
"""The dialogue as a state machine without sound, clock or car: what is open, and what the next sentence does to it.

`take` gets the meaning of one whole sentence and says what to do. It never sees words that were heard in part.
"""

from dataclasses import dataclass, field, replace

from ivi.model.signal import Scalar
from ivi.voice.dialogue.owners import Limits
from ivi.voice.dialogue.policy import CONTEXT_OF_SLOT, When, rule
from ivi.voice.nlu.context_grammar import CHOICE, CONFIRM, HOME
from ivi.voice.nlu.language import Match

OPEN_FOR = 20.0  # seconds that a question stays open; a later "yes" answers nothing
CORRECTED_FOR = 60.0  # seconds in which "no, the other one" still means what was done last
MAX_CHOICES = 6
OTHER_ZONE = {"driver": "passenger", "passenger": "driver", "rear_left": "rear_right", "rear_right": "rear_left"}

type Slots = dict[str, Scalar]


@dataclass(frozen=True)
class Command:
    """An intent with its slots, and the sentence it came from."""

    intent: str
    slots: Slots
    sentence: str = ""
    confidence: float = 1.0


@dataclass(frozen=True)
class Question:
    """What the car has asked."""

    number: int
    command: Command
    """What is done after the answer."""
    context: str
    slot: str = ""
    """What is missing; empty when a yes is."""
    choices: tuple[str, ...] = ()
    at: float = 0.0
    unsure: bool = False
    """Whether it is asked because the words were not sure."""


# -- what to do -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Act:
    """Do it. `instead`: take back first what was done last."""

    command: Command
    instead: bool = False


@dataclass(frozen=True)
class Ask:
    """Ask this and wait."""

    question: Question


@dataclass(frozen=True)
class Say:
    """Only a general answer, by its key."""

    key: str
    ok: bool = True
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Special:
    """One of the intents about the dialogue itself: Undo, Why, Repeat, Help."""

    intent: str


type Step = Act | Ask | Say | Special


@dataclass
class Done:
    """What was done last."""

    command: Command
    at: float
    choices: tuple[str, ...] = ()
    """Among which the driver chose."""
    slot: str = ""


class Conversation:
    """One for the car; zones only tell who spoke."""

    def __init__(self) -> None:
        self.question: Question | None = None
        self.last: Done | None = None
        self._numbers = 0

    def context(self, now: float) -> str:
        """What may be said next."""
        self._expire(now)
        return self.question.context if self.question is not None else HOME

    def take(self, match: Match, sentence: str, confidence: float, limits: Limits, now: float) -> Step:
        """The next step for a sentence with a meaning."""
        self._expire(now)
        about = _ABOUT.get(match.intent)
        if about is not None:
            return about(self, match, limits, now)
        question, self.question = self.question, None
        choices = question.choices if question is not None else ()
        _ = choices  # a new command leaves the open question behind
        return self._consider(Command(match.intent, dict(match.slots), sentence, confidence), limits, now)

    def take_text(self, text: str, limits: Limits, now: float) -> Step:
        """Free words for a slot that is dictated."""
        self._expire(now)
        if self.question is None or not self.question.slot:
            return Say("nothing_asked", ok=False)
        return self._fill({self.question.slot: text}, limits, now)

    def choose(self, command: Command, slot: str, choices: tuple[str, ...], now: float) -> Ask:
        """An action found more than one: ask which."""
        return self._ask(command, CHOICE, now, slot=slot, choices=choices[:MAX_CHOICES])

    def done(self, command: Command, now: float) -> None:
        """It was done."""
        before = self.last
        self.last = Done(command, now)
        if before is not None and before.slot and before.command.intent == command.intent:
            self.last.choices, self.last.slot = before.choices, before.slot

    def forget(self) -> None:
        """Nothing is open any more, and there is nothing to correct."""
        self.question = self.last = None

    # -- one command --------------------------------------------------------------------------------------------------
    def _consider(
        self, command: Command, limits: Limits, now: float, *, agreed: bool = False, instead: bool = False
    ) -> Step:
        """By the policy: refuse, ask what is missing, ask for a yes, or do it."""
        rules = rule(command.intent)
        if rules.when is When.PARKED and not limits.parked:
            return Say("when_parked", ok=False)
        if rules.when is When.SETUP and not limits.setup:
            return Say("when_parked", ok=False)
        for slot in rules.needs:
            if slot not in command.slots:
                return self._ask(command, CONTEXT_OF_SLOT[slot], now, slot=slot)
        unsure = rules.unsure(command.confidence)
        if (rules.risky or unsure) and not agreed:
            return self._ask(command, CONFIRM, now, unsure=unsure and not rules.risky)
        self.question = None
        return Act(command, instead)

    def _ask(
        self,
        command: Command,
        context: str,
        now: float,
        *,
        slot: str = "",
        choices: tuple[str, ...] = (),
        unsure: bool = False,
    ) -> Ask:
        self._numbers += 1
        self.question = Question(self._numbers, command, context, slot, choices, now, unsure)
        return Ask(self.question)

    def _fill(self, slots: Slots, limits: Limits, now: float) -> Step:
        question = self.question
        if question is None:
            return Say("nothing_asked", ok=False)
        self.question = None
        command = replace(question.command, slots={**question.command.slots, **slots}, confidence=1.0)
        if question.choices:
            self.last = Done(command, now, question.choices, question.slot)
        return self._consider(command, limits, now, agreed=bool(question.choices))

    def _expire(self, now: float) -> None:
        if self.question is not None and now - self.question.at >= OPEN_FOR:
            self.question = None
        if self.last is not None and now - self.last.at > CORRECTED_FOR:
            self.last = None

    # -- sentences about the dialogue ---------------------------------------------------------------------------------
    def _yes(self, _match: Match, limits: Limits, now: float) -> Step:
        question = self.question
        if question is None or question.context != CONFIRM:
            return Say("nothing_asked", ok=False)
        self.question = None
        return self._consider(question.command, limits, now, agreed=True)

    def _no(self, _match: Match, _limits: Limits, _now: float) -> Step:
        if self.question is None:
            return Say("no_undo_hint" if self.last is not None else "nothing_asked", ok=self.last is not None)
        self.question = None
        return Say("left")

    def _cancel(self, _match: Match, _limits: Limits, _now: float) -> Step:
        self.question = None
        return Say("cancelled")

    def _number(self, match: Match, limits: Limits, now: float) -> Step:
        """A bare number answers a question for one, or corrects the one before."""
        question = self.question
        if question is not None and question.slot and CONTEXT_OF_SLOT.get(question.slot) == "number":
            return self._fill(_numbers_for(question.slot, match.slots), limits, now)
        return self._correct(match, limits, now)

    def _given(self, match: Match, limits: Limits, now: float) -> Step:
        """A bare name answers a question for one."""
        question = self.question
        if question is None or not question.slot:
            return Say("nothing_asked", ok=False)
        [value] = list(match.slots.values())[:1] or [""]
        if question.choices and value not in question.choices:
            fits = [name for name in question.choices if str(value).lower() in name.lower().split()]
            if len(fits) != 1:
                return Say("no_such_choice", ok=False, values={"count": str(len(question.choices))})
            value = fits[0]
        return self._fill({question.slot: value}, limits, now)

    def _pick(self, match: Match, limits: Limits, now: float) -> Step:
        question = self.question
        if question is None or not question.choices:
            return Say("nothing_asked", ok=False)
        place = int(match.slots.get("ordinal", 1))
        place = len(question.choices) if place < 0 else place
        if not 1 <= place <= len(question.choices):
            return Say("no_such_choice", ok=False, values={"count": str(len(question.choices))})
        return self._fill({question.slot: question.choices[place - 1]}, limits, now)

    def _correct(self, match: Match, limits: Limits, now: float) -> Step:
        """ "I said twenty one": the same again with another number."""
        command = self._correctable()
        slot = rule(command.intent).value if command is not None else ""
        if command is None or not slot:
            return Say("nothing_to_correct", ok=False)
        kept = {name: value for name, value in command.slots.items() if name != "half"}
        changed = replace(command, slots={**kept, **_numbers_for(slot, match.slots)}, confidence=1.0)
        return self._consider(changed, limits, now, instead=self.question is None)

    def _correct_zone(self, match: Match, limits: Limits, now: float) -> Step:
        command = self._correctable()
        if command is None or not rule(command.intent).zoned:
            return Say("nothing_to_correct", ok=False)
        zone = match.slots.get("zone") or OTHER_ZONE.get(str(command.slots.get("zone", "driver")), "")
        if not zone:
            return Say("nothing_to_correct", ok=False)
        instead = self.question is None
        changed = replace(command, slots={**command.slots, "zone": zone}, confidence=1.0)
        return self._consider(changed, limits, now, instead=instead)

    def _other(self, match: Match, limits: Limits, now: float) -> Step:
        """ "No, the other one": the next of what could be chosen, or the other seat."""
        last = self.last
        if self.question is None and last is not None and last.slot and len(last.choices) > 1:
            names = last.choices
            now_at = (
                names.index(str(last.command.slots.get(last.slot)))
                if last.command.slots.get(last.slot) in names
                else -1
            )
            name = names[(now_at + 1) % len(names)]
            changed = replace(last.command, slots={**last.command.slots, last.slot: name})
            self.last = Done(changed, now, names, last.slot)
            return self._consider(changed, limits, now, agreed=True, instead=True)
        return self._correct_zone(match, limits, now)

    def _correctable(self) -> Command | None:
        if self.question is not None:
            return self.question.command
        return self.last.command if self.last is not None else None

    def _special(self, match: Match, _limits: Limits, _now: float) -> Step:
        return Special(match.intent)


def _numbers_for(slot: str, said: Slots) -> Slots:
    """The slots that a bare number fills."""
    number = said.get("number", 0)
    if slot == "temperature":
        return {slot: number, "half": said.get("half", 0)}
    filled: Slots = {slot: number}
    if slot == "hour" and "minute" in said:
        filled["minute"] = said["minute"]
    return filled


_ABOUT = {
    "Yes": Conversation._yes,
    "No": Conversation._no,
    "Cancel": Conversation._cancel,
    "GiveNumber": Conversation._number,
    "GiveTime": Conversation._number,
    "GivePlace": Conversation._given,
    "GiveContact": Conversation._given,
    "GiveChoice": Conversation._given,
    "Pick": Conversation._pick,
    "CorrectNumber": Conversation._correct,
    "CorrectZone": Conversation._correct_zone,
    "OtherOne": Conversation._other,
    "Undo": Conversation._special,
    "Why": Conversation._special,
    "Repeat": Conversation._special,
    "Help": Conversation._special,
}
ABOUT = frozenset(_ABOUT)
"""Intents about the dialogue itself; all others have an action."""
