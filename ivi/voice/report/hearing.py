# SPDX-License-Identifier: Apache-2.0
"""The assistant's ear and understanding as the report measures them: the real worker, grammar, threshold and parser."""

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ivi.model.errors import DeadlineError, UnavailableError
from ivi.model.signal import Scalar
from ivi.voice.dialogue.policy import MIN_CONFIDENCE
from ivi.voice.grammar.contexts import build, with_anything
from ivi.voice.grammar.model_files import GARBAGE
from ivi.voice.nlu.context_grammar import HOME
from ivi.voice.nlu.language import Language
from ivi.voice.stt.recogniser import Recogniser
from ivi.voice.wav import Sound

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one sentence."""

    text: str
    confidence: float
    intent: str
    slots: dict[str, Scalar]
    accepted: bool
    """Whether the assistant would act on it: it means something, and the words are sure enough."""
    early: bool = False
    """Whether the recogniser was sure before the pause that ends a sentence."""


class Hearing:
    """Hears one sentence after the other; all contexts' grammars are known, as in the car."""

    def __init__(self, model: Path, language: Language, folder: Path) -> None:
        """Raises ConfigurationError when the model cannot be used. `folder` keeps the made grammars."""
        self.language = language
        self.lost = 0
        """Sentences that the recogniser did not answer in time."""
        contexts = language.contexts()
        made = build(model, with_anything(contexts), folder)
        self.grammar = made[HOME]
        """That of the first context, in which every conversation begins."""
        self.contexts = tuple(contexts)
        self._recogniser = Recogniser({name: overlay.path for name, overlay in made.items()})

    async def __aenter__(self) -> Self:
        await self._recogniser.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._recogniser.stop()

    @property
    def worker(self) -> int | None:
        """Process id of the recogniser's worker."""
        return self._recogniser.pid

    def prepare(self, context: str) -> None:
        """Have a context loaded for the next sentence, as the voice process does while it asks a question."""
        self._recogniser.prepare(context)

    async def hear(self, sound: Sound, blocks: AsyncIterator[bytes] | None = None, *, context: str = HOME) -> Outcome:
        """The sentence in this sound; `blocks` gives it in another rhythm than as fast as it is taken.

        A recogniser that hangs or crashes loses the sentence, as in the car: it is not accepted, and `lost` counts it.
        """
        try:
            heard = await self._recogniser.hear(blocks or sound.blocks(), sound.rate, context)
        except (DeadlineError, UnavailableError) as error:
            log.warning("the recogniser lost a sentence", extra={"error": str(error)})
            self.lost += 1
            return Outcome("", 0.0, "", {}, accepted=False)
        text = "" if GARBAGE in heard.text.split() else heard.text
        match = self.language.parse(text) if text else None
        accepted = match is not None and heard.confidence > MIN_CONFIDENCE
        intent, slots = (match.intent, match.slots) if match is not None else ("", {})
        return Outcome(text, heard.confidence, intent, slots, accepted, heard.early)


def described(outcome: Outcome) -> dict[str, Any]:
    """The outcome as `ivi voice transcribe --json` prints it."""
    return {
        "text": outcome.text,
        "confidence": round(outcome.confidence, 3),
        "intent": outcome.intent,
        "slots": outcome.slots,
        "accepted": outcome.accepted,
    }
