# SPDX-License-Identifier: Apache-2.0
"""What the training voices say: the assistant's own sentences, others from patterns, and strings of frequent words.

The acoustic model knows phones, not words, so the strings matter as much as the commands: they keep it from learning
that "seat" is always followed by "heater", and every phone is met in them.
"""

import random
import re
from collections.abc import Callable, Container, Mapping, Sequence
from pathlib import Path

from ivi.voice.nlu.language import Language
from ivi.voice.process import SENTENCES
from ivi.voice.report.drawn_sentences import drawn

Pronunciations = Mapping[str, Sequence[Sequence[str]]]
"""Word to its pronunciations, each a list of ARPAbet phones without stress."""

HERE = Path(__file__).parent
UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
OWN, COMMANDS, NAMES, WORDS = 0.6, 0.5, 0.1, (2, 6)
"""Share of the assistant's own sentences, of commands from patterns among the rest, of names' strings among what then
remains, and how many words a string has."""

_SLOT = re.compile(r"\{(\w+)\}")


def spelt(number: int) -> str:
    """A number from 0 to 999 in English words; the recogniser knows no digits."""
    if number < len(UNITS):
        return UNITS[number]
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return TENS[number // 10] + (f" {UNITS[number % 10]}" if number % 10 else "")
    return f"{UNITS[hundreds]} hundred" + (f" {spelt(rest)}" if rest else "")


def own_sentences(each: int, seed: int, without: Container[str] = ()) -> list[list[str]]:
    """At most `each` sentences of each of the assistant's intents, but for those that are kept back for the tests."""
    found: dict[str, list[str]] = {}
    for wanted in drawn(Language(SENTENCES), each, seed):
        if wanted.text not in without:
            found.setdefault(wanted.intent, []).append(wanted.text)
    return list(found.values())


def read_dictionary(path: Path) -> dict[str, list[list[str]]]:
    """A dictionary in CMUdict's format: a line per pronunciation, the second of a word written ``word(2)``.

    What the assistant's sentences need besides comes from further.dict.
    """
    words: dict[str, list[list[str]]] = {}
    for line in (*path.read_text(encoding="utf-8").splitlines(), *_lines("further.dict")):
        word, *phones = line.split()
        words.setdefault(re.sub(r"\(\d+\)$", "", word), []).append([phone.rstrip("012") for phone in phones])
    return words


def installed_dictionary() -> Path:
    """CMUdict as the package pocketsphinx brings it. Raises ModuleNotFoundError without that package."""
    import pocketsphinx  # noqa: PLC0415  # only its data is wanted, and only when no other dictionary is given

    return Path(pocketsphinx.__file__).parent / "model" / "en-us" / "cmudict-en-us.dict"


class Texts:
    """Draws sentences; the same seed draws the same ones."""

    def __init__(self, pronunciations: Pronunciations, seed: int, own: Sequence[Sequence[str]] = ()) -> None:
        """`own`: sentences of each intent. Raises ValueError when the dictionary has nothing to draw from."""
        self._random = random.Random(seed)
        self._known = pronunciations
        self._own = [sentences for sentences in own if sentences]
        self._all = [sentence for sentences in self._own for sentence in sentences]
        self._patterns = _lines("patterns.txt")
        self._words = [word for word in _lines("words.txt") if word in pronunciations]
        self._names = [name for name in _lines("names.txt") if name in pronunciations]
        if not self._words or not self._names:
            raise ValueError("the dictionary knows none of the words or none of the names that are to be spoken")
        self._slots = self._makers()

    def sentence(self) -> str:
        """The next sentence, of words that the dictionary knows."""
        while True:
            if self._own and self._random.random() < OWN:
                text = self._own_sentence()
            else:
                text = self._command() if self._random.random() < COMMANDS else self._string()
            if all(word in self._known for word in text.split()):
                return text

    def _own_sentence(self) -> str:
        """Half of them from an intent at random, so that those with few sentences are met as well."""
        return self._random.choice(self._random.choice(self._own) if self._random.random() < 0.5 else self._all)  # noqa: PLR2004

    def _command(self) -> str:
        return _SLOT.sub(lambda found: self._slots[found[1]](), self._random.choice(self._patterns))

    def _string(self) -> str:
        source = self._names if self._random.random() < NAMES else self._words
        return " ".join(self._random.choices(source, k=self._random.randint(*WORDS)))

    def _makers(self) -> dict[str, Callable[[], str]]:
        def among(words: str) -> Callable[[], str]:
            return lambda: self._random.choice(words.split("|"))

        def number(low: int, high: int, step: int = 1) -> Callable[[], str]:
            return lambda: spelt(self._random.randrange(low, high + 1, step))

        lists = dict(line.split("=", 1) for line in _lines("lists.txt"))
        return {name: among(words) for name, words in lists.items()} | {
            "degrees": number(10, 32),
            "percent": number(0, 100, 5),
            "number": number(0, 120),
            "hour": number(1, 12),
            "name": lambda: self._random.choice(self._names),
        }


def _lines(name: str) -> list[str]:
    lines = (line.strip() for line in (HERE / name).read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]
