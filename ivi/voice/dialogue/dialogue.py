# SPDX-License-Identifier: Apache-2.0
"""One exchange: a sentence, what it means, what the car does, and the answer, with each step told to who watches."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from ivi.model.errors import IviError
from ivi.model.signal import Scalar
from ivi.model.voice import DialogueUpdate, Phase
from ivi.voice.app_intents import AppSpeech
from ivi.voice.dialogue.actions import ACTIONS
from ivi.voice.dialogue.answers import Answers
from ivi.voice.dialogue.car import Car
from ivi.voice.grammar.model_files import GARBAGE
from ivi.voice.nlu.language import Language
from ivi.voice.stt.protocol import Heard

log = logging.getLogger(__name__)

MIN_CONFIDENCE = 0.7  # of the least certain word; at or below it the sentence counts as not understood


@dataclass(frozen=True)
class Exchange:
    """What was said, meant, done and is to be answered."""

    sentence: str
    intent: str
    slots: dict[str, Scalar]
    ok: bool
    answer: str
    confidence: float = 1.0


class Dialogue:
    """Turns sentences into actions in the car."""

    def __init__(
        self,
        language: Language,
        answers: Answers,
        vehicle: Car,
        tell: Callable[[DialogueUpdate], None],
        apps: AppSpeech | None = None,
    ) -> None:
        """`apps` takes sentences that the car itself does not understand."""
        self._language = language
        self._answers = answers
        self._vehicle = vehicle
        self._tell = tell
        self._apps = apps

    async def typed(self, text: str) -> Exchange:
        """Handle a typed sentence."""
        return await self._handle(text.strip(), 1.0)

    async def heard(self, heard: Heard) -> Exchange:
        """Handle what the recogniser heard; other speech and unsure words are not acted on."""
        if not heard.text:
            return self.lost("nothing_heard")
        if GARBAGE in heard.text.split():
            return self._refused("", heard.confidence)
        if heard.confidence <= MIN_CONFIDENCE:
            return self._refused(heard.text, heard.confidence)
        return await self._handle(heard.text, heard.confidence)

    def lost(self, reason: str) -> Exchange:
        """No sentence: `reason` is the key of a general answer."""
        return Exchange("", "", {}, ok=False, answer=self._answers.general(reason), confidence=0.0)

    async def _handle(self, sentence: str, confidence: float) -> Exchange:
        self._tell(DialogueUpdate(Phase.THINKING, sentence))
        match = self._language.parse(sentence)
        if match is None:
            return await self._to_app(sentence, confidence)
        self._tell(DialogueUpdate(Phase.ACTING, sentence))
        try:
            outcome = await ACTIONS[match.intent](self._vehicle, match.slots)
        except IviError as error:
            log.warning("the car did not do it", extra={"intent": match.intent, "error": str(error)})
            ok, answer = False, self._answers.failure(error)
        else:
            ok, answer = outcome.ok, self._answers.of(match.intent, outcome)
        return Exchange(sentence, match.intent, match.slots, ok, answer, confidence)

    async def _to_app(self, sentence: str, confidence: float) -> Exchange:
        """Whose sentence it is, if an app's; the car's own come first, so no app can take one over."""
        found = self._apps.known.match(self._language.plain(sentence)) if self._apps is not None else None
        if self._apps is None or found is None:
            return self._refused(sentence, confidence)
        self._tell(DialogueUpdate(Phase.ACTING, sentence))
        try:
            answer = await self._apps.say(found) or self._answers.general("app_done")
        except IviError as error:
            log.warning("the app did not do it", extra={"app": found.app_id, "error": str(error)})
            ok, answer = False, self._answers.app_failed(found.app_name)
        else:
            ok = True
        intent = f"{found.app_id}/{found.phrase.intent}"
        return Exchange(sentence, intent, dict(found.phrase.slots), ok, answer, confidence)

    def _refused(self, sentence: str, confidence: float) -> Exchange:
        return Exchange(sentence, "", {}, ok=False, answer=self._answers.not_understood(), confidence=confidence)
