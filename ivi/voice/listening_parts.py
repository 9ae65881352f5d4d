# SPDX-License-Identifier: Apache-2.0
"""What the listening loop is made of: its states, and what it asks of wake word, detector, mouth and dialogue."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ivi.voice.tts.earcons import Earcon
from ivi.voice.vad import Edge


class State(StrEnum):
    """What the ear is doing."""

    IDLE = "idle"
    LISTENING = "listening"
    THINKING = "thinking"
    ANSWERING = "answering"
    FOLLOW_UP = "follow_up"


class Opened(StrEnum):
    """What began a sentence."""

    KEY = "key"
    WAKE_WORD = "wake_word"
    FOLLOW_UP = "follow_up"
    BARGE_IN = "barge_in"


@dataclass(frozen=True)
class Reply:
    """What the dialogue made of a sentence."""

    answer: str
    understood: bool
    context: str = "home"
    """What may be said next."""
    follow_up: float = 0.0
    """Seconds in which the next sentence needs no wake word."""


class WakeWord(Protocol):
    """See wake_word.WakeWords."""

    def heard(self, pcm: bytes) -> str | None:
        """The word that was completed in this sound."""
        ...

    def reset(self) -> None:
        """Forget the sound so far."""
        ...


class Detector(Protocol):
    """See vad.SpeechDetector."""

    @property
    def speaking(self) -> bool:
        """Whether somebody speaks."""
        ...

    def heard(self, pcm: bytes) -> Edge | None:
        """What this sound changed."""
        ...

    def restart(self) -> None:
        """Take it that nobody speaks."""
        ...


class Mouth(Protocol):
    """See tts.speaker.Speaker."""

    async def say(self, text: str) -> bool:
        """Begin to speak; False when it cannot."""
        ...

    async def finished(self) -> bool:
        """Wait for the end."""
        ...

    async def signal(self, earcon: Earcon) -> None:
        """Begin an earcon."""
        ...

    def stop(self) -> None:
        """Be silent."""
        ...

    def duck(self, *, ducked: bool) -> None:
        """Be quieter."""
        ...


class Assistant(Protocol):
    """What the ear serves: the rest of the voice process."""

    async def sentence(self, blocks: AsyncIterator[bytes], context: str, opened: Opened) -> Reply:
        """Recognise and handle a sentence. Raises IviError."""
        ...

    def listens(self, state: State, context: str) -> None:
        """The ear's state has changed: tell the screen."""
        ...

    async def hold_focus(self) -> bool:
        """Ask for the car's sound; False when a call or the like does not give it."""
        ...

    def release_focus(self) -> None:
        """Give it back."""
        ...
