# SPDX-License-Identifier: Apache-2.0
"""Pronunciations by groups of letters, for languages that are written nearly as they are spoken."""

from collections.abc import Mapping

from ivi.voice.lexicon.letter_to_sound import LETTERS, VOWELS, Pronunciation, plain

BEGIN, END = "^", "$"


class Graphemes:
    """One language's groups of letters; at each place of a word the longest that fits counts."""

    def __init__(self, groups: Mapping[str, Pronunciation], keep: str = "") -> None:
        """`keep`: letters with accents that have sounds of their own here."""
        self._groups = groups
        self._keep = keep
        self._longest = max(map(len, groups), default=1)

    def pronounce(self, word: str) -> Pronunciation | None:
        """The phones of a word; None for letters of another script or no letters at all."""
        spelt = plain(word, self._keep)
        if not spelt:
            return None
        if not VOWELS & set(spelt):
            return tuple(phone for letter in spelt for phone in LETTERS.get(letter, ()))
        phones: list[str] = []
        rest = BEGIN + spelt + END
        while rest:
            group = next((rest[:size] for size in range(self._longest, 0, -1) if rest[:size] in self._groups), rest[0])
            phones += self._groups.get(group, ())
            rest = rest[len(group) :]
        return tuple(phones) or None
