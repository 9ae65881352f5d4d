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


type VoiceRequest = SayText | SayWav | PushToTalk | SubscribeDialogue


class Phase(StrEnum):
    """Where the dialogue is."""

    IDLE = "idle"
    LISTENING = "listening"
    THINKING = "thinking"
    ACTING = "acting"
    ANSWERED = "answered"


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


class DialogueUpdate(msgspec.Struct, array_like=True, frozen=True, tag="dialogue"):
    """One event of SubscribeDialogue."""

    phase: Phase
    sentence: str = ""
    answer: str = ""
    ok: bool = True


type VoiceAnswer = Understood | DialogueUpdate
