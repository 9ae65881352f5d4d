# SPDX-License-Identifier: Apache-2.0
"""The name that sounds most like what was heard, for names that no grammar can hold.

Free decoding writes a name that it does not know with words that it does ("call a lean a" for Elena): the letters are
far apart, the sounds are not. So both are compared sound by sound. A library of string distances would be quicker; for
the hundreds of names of a phone book some milliseconds are quick enough.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ivi.voice.lexicon.dictionary import Lexicon

LIKE = 0.72  # of 1; below it two names are taken for different ones
AHEAD = 0.08  # by which the best must lead the next one, or a question is due
MAX_NAMES = 5_000  # compared at once
CHANGE, VOWEL_CHANGE = 1.0, 0.5  # cost of another sound; vowels vary with the speaker, and so do voiced pairs
_VOWELS = frozenset(["AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW"])
_PAIRS = {
    frozenset(pair.split()) for pair in ("B P", "D T", "G K", "V F", "Z S", "ZH SH", "DH TH", "JH CH", "M N", "N NG")
}


@dataclass(frozen=True)
class Likeness:
    """A name and how much it sounds like what was heard."""

    name: str
    score: float
    """0 to 1."""


def alike(text: str, names: Iterable[str], lexicon: Lexicon, limit: int = 3) -> list[Likeness]:
    """The names that sound like the text, the likest first; none when nothing comes near."""
    heard = _sounds(text, lexicon)
    found = []
    for _, name in zip(range(MAX_NAMES), dict.fromkeys(names), strict=False):
        sounds = _sounds(name, lexicon)
        longest = max(len(heard), len(sounds))
        if not sounds or not heard or abs(len(heard) - len(sounds)) > (1 - LIKE) * longest:
            continue
        score = 1 - _distance(heard, sounds, (1 - LIKE) * longest) / longest
        if score >= LIKE:
            found.append(Likeness(name, score))
    return sorted(found, key=lambda each: (-each.score, each.name))[:limit]


def nearest(text: str, names: Iterable[str], lexicon: Lexicon) -> Likeness | None:
    """The one name that is meant; None when none comes near or two are as near, so that one has to ask."""
    found = alike(text, names, lexicon, 2)
    if len(found) > 1:
        lead = found[0].score - found[1].score
        if lead < AHEAD and (lead == 0 or found[0].score < 1):
            return None
    return found[0] if found else None


def likeness(first: Sequence[str], second: Sequence[str]) -> float:
    """How much two rows of sounds are alike, 0 to 1."""
    longest = max(len(first), len(second), 1)
    return 1 - _distance(first, second, longest) / longest


def _sounds(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The usual pronunciation of the words, one after the other; empty when none can be pronounced."""
    pronounced = (lexicon.pronounce(word) for word in text.casefold().split())
    return tuple(phone for found in pronounced if found for phone in found[0])


def _cost(first: str, second: str) -> float:
    if first == second:
        return 0.0
    near = (first in _VOWELS and second in _VOWELS) or frozenset((first, second)) in _PAIRS
    return VOWEL_CHANGE if near else CHANGE


def _distance(first: Sequence[str], second: Sequence[str], most: float) -> float:
    """Least cost of changing one into the other, by Wagner and Fischer; above `most` any cost above it."""
    row = [float(at) for at in range(len(second) + 1)]
    for at, phone in enumerate(first, 1):
        above, row = row, [float(at)]
        for place, other in enumerate(second, 1):
            row.append(min(above[place] + 1, row[place - 1] + 1, above[place - 1] + _cost(phone, other)))
        if min(row) > most:
            break
    return max(row[-1], min(row))
