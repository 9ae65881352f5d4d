# SPDX-License-Identifier: Apache-2.0
"""The dialogue's state machine, without sound, clock or car."""

import pytest

from ivi.model.services import DrivingState, UxRestriction, UxRestrictions
from ivi.model.signal import Scalar
from ivi.voice.dialogue.actions import ACTIONS
from ivi.voice.dialogue.conversation import ABOUT, OPEN_FOR, Act, Ask, Command, Conversation, Say, Special, Step
from ivi.voice.dialogue.owners import Limits, limits_of
from ivi.voice.dialogue.policy import CONTEXT_OF_SLOT, RULES, rule
from ivi.voice.nlu.language import Match

PARKED = Limits(parked=True, setup=True, texts=True, rows=0, reason="parked")
DRIVING = Limits(reason="driving at 50 km/h")


class Talk:
    """A conversation with a clock that the test moves."""

    def __init__(self, limits: Limits = PARKED) -> None:
        self.conversation, self.limits, self.now = Conversation(), limits, 0.0

    def say(self, intent: str, confidence: float = 1.0, **slots: Scalar) -> Step:
        """What a sentence leads to; what is to be done counts as done."""
        self.now += 1
        step = self.conversation.take(Match(intent, slots), intent.lower(), confidence, self.limits, self.now)
        if isinstance(step, Act):
            self.conversation.done(step.command, self.now)
        return step

    @property
    def context(self) -> str:
        return self.conversation.context(self.now)


def done(step: Step) -> tuple[str, dict[str, Scalar]]:
    assert isinstance(step, Act), step
    return step.command.intent, step.command.slots


def asked(step: Step) -> str:
    assert isinstance(step, Ask), step
    return step.question.slot or step.question.context


def test_what_is_complete_is_done_at_once() -> None:
    talk = Talk()
    assert done(talk.say("SetTemperature", temperature=21)) == ("SetTemperature", {"temperature": 21})
    assert talk.context == "home"


def test_a_missing_slot_is_asked_for() -> None:
    talk = Talk()
    assert asked(talk.say("SetTemperature", zone="passenger")) == "temperature"
    assert talk.context == "number"
    found = done(talk.say("GiveNumber", number=21, half=0.5))
    assert found == ("SetTemperature", {"zone": "passenger", "temperature": 21, "half": 0.5})
    assert talk.context == "home"


def test_two_missing_slots_are_asked_for_one_after_the_other() -> None:
    talk = Talk()
    assert asked(talk.say("SetReminder")) == "minutes"
    assert asked(talk.say("GiveNumber", number=10)) == "text"
    assert talk.context == "dictation"
    step = talk.conversation.take_text("buy bread", PARKED, talk.now)
    assert done(step) == ("SetReminder", {"minutes": 10, "text": "buy bread"})


def test_what_is_risky_is_done_after_a_yes() -> None:
    talk = Talk()
    assert asked(talk.say("CloseWindow", zone="driver")) == "confirm"
    assert talk.context == "confirm"
    assert done(talk.say("Yes")) == ("CloseWindow", {"zone": "driver"})


@pytest.mark.parametrize("answer", ["No", "Cancel"])
def test_what_is_risky_is_left_otherwise(answer: str) -> None:
    talk = Talk()
    talk.say("CloseWindow")
    assert isinstance(talk.say(answer), Say)
    assert talk.context == "home"
    assert talk.say("Yes") == Say("nothing_asked", ok=False)


def test_a_late_yes_answers_nothing() -> None:
    talk = Talk()
    talk.say("CloseWindow")
    talk.now += OPEN_FOR
    assert talk.context == "home"
    assert talk.say("Yes") == Say("nothing_asked", ok=False)


def test_another_command_leaves_the_question() -> None:
    talk = Talk()
    talk.say("CloseWindow")
    assert done(talk.say("DomeLight", active=True))[0] == "DomeLight"
    assert talk.say("Yes") == Say("nothing_asked", ok=False)


def test_unsure_words_are_confirmed_when_they_would_change_something() -> None:
    talk = Talk()
    step = talk.say("DomeLight", confidence=0.75, active=True)
    assert isinstance(step, Ask)
    assert step.question.unsure
    assert done(talk.say("Yes"))[0] == "DomeLight"
    assert done(talk.say("ReadRange", confidence=0.75))[0] == "ReadRange"


def test_a_number_is_corrected() -> None:
    talk = Talk()
    talk.say("SetTemperature", temperature=25, half=0.5, zone="driver")
    step = talk.say("CorrectNumber", number=21)
    assert done(step) == ("SetTemperature", {"temperature": 21, "half": 0, "zone": "driver"})
    assert isinstance(step, Act)
    assert step.instead


def test_a_number_is_corrected_in_a_question() -> None:
    talk = Talk()
    talk.say("SetWindow", percent=80)
    assert asked(talk.say("CorrectNumber", number=30)) == "confirm"
    assert done(talk.say("Yes")) == ("SetWindow", {"percent": 30})


def test_the_other_seat_was_meant() -> None:
    talk = Talk()
    talk.say("SeatHeating", level=2, zone="driver")
    step = talk.say("CorrectZone", zone="passenger")
    assert done(step) == ("SeatHeating", {"level": 2, "zone": "passenger"})
    assert isinstance(step, Act)
    assert step.instead
    assert done(talk.say("OtherOne"))[1]["zone"] == "driver"


def test_correcting_what_cannot_be_corrected() -> None:
    talk = Talk()
    assert talk.say("CorrectNumber", number=3) == Say("nothing_to_correct", ok=False)
    talk.say("DomeLight", active=True)
    for intent in ("CorrectNumber", "CorrectZone", "OtherOne"):
        assert talk.say(intent, number=3, zone="passenger") == Say("nothing_to_correct", ok=False)


def test_choosing_by_place_by_name_and_another_one() -> None:
    talk = Talk()
    names = ("Anna Weber", "Anna Berg", "Annabel")
    command = Command("PlayTitle", {"title": "anna"})
    talk.conversation.choose(command, "title", names, talk.now)
    assert talk.context == "choice"
    assert done(talk.say("Pick", ordinal=2))[1] == {"title": "Anna Berg"}
    assert done(talk.say("OtherOne"))[1] == {"title": "Annabel"}
    talk.conversation.choose(command, "title", names, talk.now)
    assert done(talk.say("Pick", ordinal=-1))[1] == {"title": "Annabel"}
    talk.conversation.choose(command, "title", names, talk.now)
    assert done(talk.say("GiveChoice", choice="Anna Weber"))[1] == {"title": "Anna Weber"}
    talk.conversation.choose(command, "title", names, talk.now)
    assert done(talk.say("GiveChoice", choice="berg"))[1] == {"title": "Anna Berg"}
    talk.conversation.choose(command, "title", names, talk.now)
    for unclear in ("anna", "Peter"):
        assert talk.say("GiveChoice", choice=unclear) == Say("no_such_choice", ok=False, values={"count": "3"})
    assert talk.context == "choice"
    assert talk.say("Pick", ordinal=5) == Say("no_such_choice", ok=False, values={"count": "3"})


def test_no_more_than_six_are_offered() -> None:
    talk = Talk()
    names = tuple(f"Track {number}" for number in range(20))
    step = talk.conversation.choose(Command("PlayTitle", {}), "title", names, talk.now)
    assert len(step.question.choices) == 6


def test_answers_without_a_question() -> None:
    talk = Talk()
    for intent in ("Yes", "GivePlace", "Pick"):
        assert talk.say(intent, place="home") == Say("nothing_asked", ok=False), intent


@pytest.mark.parametrize("intent", sorted(name for name, one in RULES.items() if one.when != "always"))
def test_what_needs_a_parked_car_is_refused_while_driving(intent: str) -> None:
    talk = Talk(DRIVING)
    assert talk.say(intent, active=True, hour=7, value="large") == Say("when_parked", ok=False)
    assert not isinstance(Talk(PARKED).say(intent, active=True, hour=7, value="large"), Say)


def test_driving_off_between_question_and_yes() -> None:
    talk = Talk(PARKED)
    assert asked(talk.say("OpenBoot")) == "confirm"
    talk.limits = DRIVING
    assert talk.say("Yes") == Say("when_parked", ok=False)


def test_nobody_says_what_is_allowed() -> None:
    assert limits_of(None) == Limits()
    assert not limits_of(None).parked
    moving = UxRestrictions(DrivingState.MOVING, [UxRestriction.NO_SETUP, UxRestriction.NO_TEXT_MESSAGE], "driving", 6)
    assert limits_of(moving) == Limits(parked=False, setup=False, texts=False, rows=6, reason="driving")
    assert limits_of(UxRestrictions(DrivingState.PARKED, [], "parked")).setup


def test_sentences_about_the_dialogue() -> None:
    talk = Talk()
    for intent in ("Undo", "Why", "Repeat", "Help"):
        assert talk.say(intent) == Special(intent)
    talk.say("CloseWindow")
    talk.say("Why")
    assert talk.context == "confirm", "asking why leaves the question open"


def test_the_policy_speaks_of_real_intents_and_slots() -> None:
    assert RULES.keys() <= ACTIONS.keys()
    assert ABOUT & ACTIONS.keys() == set()
    for one in RULES.values():
        assert set(one.needs) <= CONTEXT_OF_SLOT.keys()
    assert not rule("ReadRange").changes
    for intent in ("CloseWindow", "UnlockDoors", "OpenBoot", "CloseBoot"):
        assert rule(intent).risky
