# SPDX-License-Identifier: Apache-2.0
"""Learns a letter-to-sound table from a pronouncing dictionary.

Letters and phones are aligned first (each letter gives no, one or two phones; Viterbi re-estimation from a start that
prefers the diagonal), then contexts that decide are collected, and those that say nothing new or were seen too seldom
are left out.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

from ivi.voice.lexicon.letter_to_sound import Pronunciation, context

ROUNDS = 4  # of the alignment; more change nothing
SEEN = 2  # words that must show a context, except a whole one
MOST = 2  # phones of one letter

type Pairs = list[tuple[str, Pronunciation]]
type Scores = dict[tuple[str, Pronunciation], float]


def learn(pairs: Pairs) -> dict[str, Pronunciation]:
    """The table of these words and their pronunciations."""
    scores = _first_scores(pairs)
    aligned: list[tuple[str, list[Pronunciation]]] = []
    for _ in range(ROUNDS):
        aligned = [(word, cut) for word, phones in pairs if (cut := align(word, phones, scores)) is not None]
        scores = _scores(
            Counter((letter, part) for word, cut in aligned for letter, part in zip(word, cut, strict=True))
        )
    return _table(aligned)


def _scores(counts: Counter[tuple[str, Pronunciation]]) -> Scores:
    of_letter: Counter[str] = Counter()
    for (letter, _), count in counts.items():
        of_letter[letter] += count
    return {key: math.log(count / of_letter[key[0]]) for key, count in counts.items()}


def _first_scores(pairs: Pairs) -> Scores:
    """How often a letter and a phone stand at about the same place of a word."""
    counts: Counter[tuple[str, Pronunciation]] = Counter()
    for word, phones in pairs:
        for at, letter in enumerate(word):
            middle = round(at * (len(phones) - 1) / max(1, len(word) - 1))
            for place in range(max(0, middle - 1), min(len(phones), middle + 2)):
                counts[letter, (phones[place],)] += 1
    return _scores(counts)


def align(word: str, phones: Pronunciation, scores: Scores) -> list[Pronunciation] | None:
    """Phones of each letter, by the best sum of scores; None when there are more phones than letters can give."""
    unseen, many = -12.0, -4.0
    best: dict[int, tuple[float, tuple[Pronunciation, ...]]] = {0: (0.0, ())}
    for letter in word:
        following: dict[int, tuple[float, tuple[Pronunciation, ...]]] = {}
        for used, (score, path) in best.items():
            for count in range(min(MOST, len(phones) - used) + 1):
                part = phones[used : used + count]
                gain = scores.get((letter, part), unseen + (many if count > 1 else 0))
                there = following.get(used + count)
                if there is None or score + gain > there[0]:
                    following[used + count] = (score + gain, (*path, part))
        best = following
    found = best.get(len(phones))
    return None if found is None else list(found[1])


def _table(aligned: Iterable[tuple[str, list[Pronunciation]]]) -> dict[str, Pronunciation]:
    counts: defaultdict[str, Counter[Pronunciation]] = defaultdict(Counter)
    for word, cut in aligned:
        for at, part in enumerate(cut):
            around = context(word, at)
            for length in range(1, len(around) + 1):
                counts[around[:length]][part] += 1
    table: dict[str, Pronunciation] = {}
    for around in sorted(counts, key=len):  # parents first
        part, count = counts[around].most_common(1)[0]
        if len(around) > 1 and (sum(counts[around].values()) < SEEN or _inherited(table, around) == part):
            continue
        if len(around) == 1 or count * 2 > sum(counts[around].values()):
            table[around] = part
    return table


def _inherited(table: dict[str, Pronunciation], around: str) -> Pronunciation | None:
    for length in range(len(around) - 1, 0, -1):
        if around[:length] in table:
            return table[around[:length]]
    return None
