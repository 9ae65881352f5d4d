# SPDX-License-Identifier: Apache-2.0
"""Messages of the voice process."""

from enum import StrEnum

import msgspec

MAX_WAV = 900_000  # bytes of one uploaded sentence: 28 s at 16 kHz mono, under the link's frame limit


class SayText(msgspec.Struct, array_like=True, frozen=True, tag="say_text"):
    """Handle a typed sentence as if it had been heard."""

    text: str


class SayWav(msgspec.Struct, array_like=True, frozen=True, tag="say_wav"):
    """Recognise and handle a spoken sentence. `wav` is a RIFF file, 16-bit mono PCM."""

    wav: bytes


class PushToTalk(msgspec.Struct, array_like=True, frozen=True, tag="push_to_talk"):
    """Listen to the microphone for one sentence."""


class SubscribeDialogue(msgspec.Struct, array_like=True, frozen=True, tag="subscribe_dialogue"):
    """Opens a stream of DialogueUpdate for the screen."""


class AnswerDialogue(msgspec.Struct, array_like=True, frozen=True, tag="answer_dialogue"):
    """The driver touched an answer to an open question: the same as saying it. Answered by Understood.

    Errors: not_found when that question is not open any more.
    """

    question: int
    """Number of the question that was on the screen."""
    choice: str
    """Id of one of its choices."""


type VoiceRequest = SayText | SayWav | PushToTalk | SubscribeDialogue | AnswerDialogue


class Phase(StrEnum):
    """Where the dialogue is."""

    IDLE = "idle"
    LISTENING = "listening"
    THINKING = "thinking"
    ACTING = "acting"
    ANSWERED = "answered"
    ASKING = "asking"
    """A question is open: `answer` holds it, `choices` what can be touched instead of said."""


class Understood(msgspec.Struct, array_like=True, frozen=True, tag="understood"):
    """Answer of SayText, SayWav and PushToTalk: what was heard, meant and done."""

    sentence: str
    """The words as recognised or typed; empty when nothing was heard."""
    intent: str
    """Name of the intent; empty when none matched."""
    slots: dict[str, bool | int | float | str]
    ok: bool
    """Whether the action happened in the car."""
    answer: str
    """What is spoken and shown."""
    spoken: bool
    """Whether the answer was also spoken aloud."""
    confidence: float = 1.0
    """Smallest word confidence of the recogniser, 0 to 1; 1 for typed text."""
    asked: bool = False
    """Whether `answer` is a question that waits to be answered."""


class DialogueChoice(msgspec.Struct, array_like=True, frozen=True):
    """One answer to an open question, to be touched or said."""

    id: str
    title: str


class DialogueUpdate(msgspec.Struct, array_like=True, frozen=True, tag="dialogue"):
    """One event of SubscribeDialogue."""

    phase: Phase
    sentence: str = ""
    """What was heard; while it listens, the words so far."""
    answer: str = ""
    ok: bool = True
    context: str = "home"
    """What may be said next: `home`, `confirm`, `choice`, `number`, `navigation`, `contacts` or `dictation`."""
    suggestions: list[str] = []
    """Sentences that may be said now, where somebody should see them."""
    question: int = 0
    """Number of the open question; 0 for none."""
    choices: list[DialogueChoice] = []
    """Its answers; never more than six."""
    page: str = ""
    """A page that the driver asked for by name; empty for none."""


type VoiceAnswer = Understood | DialogueUpdate
