# SPDX-License-Identifier: Apache-2.0
"""A pronouncing dictionary's file, and the lexicon that answers for every word that can be pronounced at all."""

import functools
from collections.abc import Mapping
from pathlib import Path

from ivi.model.errors import ConfigurationError
from ivi.voice.lexicon.graphemes import Graphemes
from ivi.voice.lexicon.letter_to_sound import LetterToSound, Pronunciation

DATA = Path(__file__).parent / "data"
KEEP = {"de": "äöüß"}
"""Letters that have sounds of their own in a language; elsewhere ü is a u."""


def read(source: Path) -> dict[str, list[Pronunciation]]:
    """The words of a file with lines `word phones…`; one word may have several lines.

    Raises ConfigurationError when the file is missing or damaged.
    """
    words: dict[str, list[Pronunciation]] = {}
    try:
        for line in source.read_text(encoding="utf-8").splitlines():
            word, *phones = line.partition("#")[0].split() or ("#",)
            if word != "#":
                words.setdefault(word, []).append(tuple(phones))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"cannot read {source}: {error}", hint="install ivi again") from error
    return words


def read_table(source: Path) -> dict[str, Pronunciation]:
    """A table of rules: one a line, what is written and its phones. Raises ConfigurationError as `read` does."""
    return {word: pronunciations[-1] for word, pronunciations in read(source).items()}


class Lexicon:
    """Pronunciations of one language's words, with the phones of English."""

    def __init__(self, language: str, known: Mapping[str, list[Pronunciation]] | None = None) -> None:
        """`known` (of a model) goes before the dictionary, and both before the letters.

        Raises ConfigurationError for a language without data.
        """
        self._known = known or {}
        self._written, self._rules = _data(language)

    def pronounce(self, word: str) -> list[Pronunciation]:
        """How the word may sound, the usual way first; empty when its letters have no sounds here."""
        found = self._known.get(word) or self._written.get(word)
        if found:
            return found
        by_letters = self._rules.pronounce(word)
        return [by_letters] if by_letters else []

    def is_written(self, word: str) -> bool:
        """Whether the model or the dictionary has the word, so that nothing was guessed."""
        return word in self._known or word in self._written


@functools.cache
def _data(language: str) -> tuple[dict[str, list[Pronunciation]], LetterToSound | Graphemes]:
    keep = KEEP.get(language, "")
    table, groups = DATA / f"{language}.sounds", DATA / f"{language}.graphemes"
    rules: LetterToSound | Graphemes
    if table.is_file():
        rules = LetterToSound(read_table(table), keep)
    elif groups.is_file():
        rules = Graphemes(read_table(groups), keep)
    else:
        have = ", ".join(sorted(file.stem for file in DATA.iterdir()))
        raise ConfigurationError(f"no pronunciations for language {language}", hint=f"there are some for {have}")
    words = DATA / f"{language}.words"
    return (read(words) if words.is_file() else {}), rules
