# SPDX-License-Identifier: Apache-2.0
"""Compares a sentence with what is heard without a grammar: other speech that a grammar bent into a command differs.

A grammar of whole sentences turns "what is the capital of France" into the command that sounds most like it, often with
full confidence, because no other sentence comes as near. Without a grammar the same sound gives other words. The words
need not be right, so they are compared sound by sound.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ivi.voice.grammar.model_files import read_lexicon
from ivi.voice.lexicon.letter_to_sound import Pronunciation
from ivi.voice.lexicon.nearest import likeness

CERTAIN = 0.99  # of the least certain word
BRIEF = 10
SHORT = 7  # sounds; a shorter sentence is one word or two, and a single sound would decide


UNSURE = 0.75
"""Confidence of a sentence that only PASSING lets pass: the dialogue asks before it does such a one
(`ivi.voice.dialogue.policy.SURE`)."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How much of 1 a sentence has to sound like what was heard freely."""

    like: float
    when_brief: float
    """For less than BRIEF sounds, of which one weighs much."""
    when_certain: float
    """For words that the grammar's hearing is CERTAIN of. A voice unlike those that trained the model is heard badly
    without a grammar and well with one."""

    def of(self, sounds: int, confidence: float) -> float:
        """What a sentence of so many sounds and this confidence needs."""
        enough = self.when_brief if sounds < BRIEF else self.like
        return min(enough, self.when_certain) if confidence >= CERTAIN else enough


BELIEVED = Bar(0.6, 0.5, 0.4)
PASSING = Bar(0.4, 0.4, 0.25)
"""Of 640 commands of the tuning voices at 20, 10, 5 and 0 dB, BELIEVED lets 90, 85, 79 and 47 % pass, PASSING 91, 89,
83 and 56 %, no opinion at all 91, 89, 83 and 58 %; of commands taken for others at 0 dB 4, 8 and 10 %. Of 700 other
sentences they let one, two and three pass, all of them at 5 and 0 dB."""


class SecondOpinion:
    """The pronunciations of all words that may be compared."""

    def __init__(self, sounds: Mapping[str, Pronunciation]) -> None:
        self._sounds = sounds

    @classmethod
    def read(cls, model: Path) -> "SecondOpinion":
        """From the folder of a grammar of any words."""
        return cls({word: sounds[0] for word, sounds in read_lexicon(model).items()})

    def believe(self, sentence: str, freely: str, confidence: float = 0.0) -> float:
        """1 when the sentence sounds like what was heard freely or is too short to tell.

        UNSURE when it sounds a little like it, else how much it does. `confidence` is that of the sentence: the surer
        it is, the less it has to sound alike.
        """
        expected = self._of(sentence)
        if len(expected) < SHORT:
            return 1.0
        found = likeness(expected, self._of(freely))
        if found >= BELIEVED.of(len(expected), confidence):
            return 1.0
        return UNSURE if found >= PASSING.of(len(expected), confidence) else found

    def _of(self, text: str) -> Pronunciation:
        return tuple(phone for word in text.split() for phone in self._sounds.get(word, ()))
