# SPDX-License-Identifier: Apache-2.0
"""Pronunciations of words that no dictionary has, from their letters and what stands around them.

Each letter gives no, one or two phones. Which, is decided by the longest known context of that letter: the letter, the
one after it, the one before it, the second after it and so on (an information-gain tree, see Daelemans and van den
Bosch, "Language-Independent Data-Oriented Grapheme-to-Phoneme Conversion", 1997, kept as a table of its prefixes).
"""

import unicodedata
from collections.abc import Mapping

type Pronunciation = tuple[str, ...]
"""Phones in the writing of CMUdict, without stress."""

PAD = "_"  # before the first and after the last letter
ORDER = (0, 1, -1, 2, -2, 3, -3, 4)  # places of the letters that decide, the most telling first
VOWELS = frozenset("aeiouyäöü")
_WHOLE = {
    "ß": "ss",
    "æ": "ae",
    "ø": "o",
    "œ": "oe",
    "ł": "l",
    "đ": "d",
    "ð": "th",
    "þ": "th",
    "\u0131": "i",
    "\u2019": "'",
}
LETTERS: dict[str, Pronunciation] = {
    letter: tuple(phones.split())
    for letter, phones in {
        "a": "EY", "b": "B IY", "c": "S IY", "d": "D IY", "e": "IY", "f": "EH F", "g": "JH IY", "h": "EY CH",
        "i": "AY", "j": "JH EY", "k": "K EY", "l": "EH L", "m": "EH M", "n": "EH N", "o": "OW", "p": "P IY",
        "q": "K Y UW", "r": "AA R", "s": "EH S", "t": "T IY", "u": "Y UW", "v": "V IY",
        "w": "D AH B AH L Y UW", "x": "EH K S", "y": "W AY", "z": "Z IY",
    }.items()
}  # fmt: skip
"""How English letters are named; words without a vowel are spelt with them."""


def context(word: str, at: int, order: tuple[int, ...] = ORDER) -> str:
    """The letter at this place and its surroundings, in the order in which they decide."""
    return "".join(word[at + step] if 0 <= at + step < len(word) else PAD for step in order)


def plain(word: str, keep: str = "") -> str:
    """The word in small letters without accents, except letters of `keep`; empty when letters of another script remain.

    Apostrophes and hyphens are left out: they are not heard.
    """
    letters = []
    for letter in unicodedata.normalize("NFC", word.lower()):
        if letter in keep:
            letters.append(letter)
            continue
        base = unicodedata.normalize("NFKD", _WHOLE.get(letter, letter))
        letters += [part for part in base if not unicodedata.combining(part)]
    kept = [letter for letter in letters if letter not in "'-."]
    return "".join(kept) if all(letter in LETTERS or letter in keep for letter in kept) else ""


class LetterToSound:
    """One language's table."""

    def __init__(self, table: Mapping[str, Pronunciation], keep: str = "") -> None:
        """`table`: contexts to phones. `keep`: letters with accents that have sounds of their own here."""
        self._table = table
        self._keep = keep

    def pronounce(self, word: str) -> Pronunciation | None:
        """The phones of a word; None for letters of another script or no letters at all."""
        spelt = plain(word, self._keep)
        if not spelt:
            return None
        if not VOWELS & set(spelt):
            return tuple(phone for letter in spelt for phone in LETTERS[letter])
        phones = [phone for at in range(len(spelt)) for phone in self._phones(context(spelt, at))]
        return tuple(phones) or None

    def _phones(self, around: str) -> Pronunciation:
        for length in range(len(around), 0, -1):
            found = self._table.get(around[:length])
            if found is not None:
                return found
        return ()
