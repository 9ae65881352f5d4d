# SPDX-License-Identifier: Apache-2.0
"""Compares a sentence with what is heard without a grammar: other speech that a grammar bent into a command differs.

A grammar of whole sentences turns "what is the capital of France" into the command that sounds most like it, often with
full confidence, because no other sentence comes as near. Without a grammar the same sound gives other words. The words
need not be right, so they are compared sound by sound.
"""

from collections.abc import Mapping
from pathlib import Path

from ivi.voice.grammar.model_files import read_lexicon
from ivi.voice.lexicon.letter_to_sound import Pronunciation
from ivi.voice.lexicon.nearest import likeness

LIKE = 0.6  # of 1; below it a sentence is not believed. Commands had 0.67 and more at 5 dB, other speech up to 0.64
LIKE_WHEN_SHORT = 0.5  # for less than BRIEF sounds, of which one weighs much
LIKE_WHEN_SURE = 0.4
"""For words that the grammar's hearing is all but certain of. A voice unlike those that trained the model is heard
badly without a grammar and well with one. Of the right commands of such voices that were refused, half were so sure;
other speech that came as far had a confidence of 0.92 to 0.98."""
CERTAIN = 0.99  # of the least certain word
BRIEF = 10
SHORT = 7  # sounds; a shorter sentence is one word or two, and a single sound would decide


class SecondOpinion:
    """The pronunciations of all words that may be compared."""

    def __init__(self, sounds: Mapping[str, Pronunciation]) -> None:
        self._sounds = sounds

    @classmethod
    def read(cls, model: Path) -> "SecondOpinion":
        """From the folder of a grammar of any words."""
        return cls({word: sounds[0] for word, sounds in read_lexicon(model).items()})

    def believe(self, sentence: str, freely: str, confidence: float = 0.0) -> float:
        """1 when the sentence sounds like what was heard freely or is too short to tell, else how much it does.

        `confidence` is that of the sentence: the surer it is, the less it has to sound alike.
        """
        expected = self._of(sentence)
        if len(expected) < SHORT:
            return 1.0
        found = likeness(expected, self._of(freely))
        enough = LIKE_WHEN_SHORT if len(expected) < BRIEF else LIKE
        if confidence >= CERTAIN:
            enough = min(enough, LIKE_WHEN_SURE)
        return 1.0 if found >= enough else found

    def _of(self, text: str) -> Pronunciation:
        return tuple(phone for word in text.split() for phone in self._sounds.get(word, ()))
