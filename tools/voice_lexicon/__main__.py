# SPDX-License-Identifier: Apache-2.0
"""Pronunciations for the words of the sentence templates: `python -m tools.voice_lexicon --cmudict FILE`.

Adds every word of ivi/voice/sentences/en that ivi/voice/lexicon/data/en.words lacks. Without a dictionary, or when the
dictionary lacks the word too, the letters decide; such lines are marked and worth a look. `--words FILE` adds words of
a list where the letters alone would be wrong, and `--learn` makes en.sounds anew from the dictionary (2 minutes).
"""

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from ivi.voice.grammar.contexts import words_of
from ivi.voice.lexicon import dictionary
from ivi.voice.lexicon.letter_to_sound import LetterToSound, Pronunciation
from ivi.voice.nlu.language import NOBODY, Language
from tools.voice_lexicon.training import learn

SENTENCES = Path(dictionary.__file__).parents[1] / "sentences"
WORDS = dictionary.DATA / "en.words"
SOUNDS = dictionary.DATA / "en.sounds"
GUESSED = "# by its letters"
HEADER = """# Pronunciations of English words: word, phones. Facts of the CMU Pronouncing Dictionary (BSD, see
# docs/licenses), without stress. `python -m tools.voice_lexicon` adds the words of new sentence templates.
"""
SOUNDS_HEADER = """# Learned by `python -m tools.voice_lexicon --learn` from the CMU Pronouncing Dictionary (BSD, see
# docs/licenses): a letter with what stands around it (see ivi/voice/lexicon/letter_to_sound.py), and its phones.
"""
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")
_VARIANT = re.compile(r"\(\d+\)$")

type Words = dict[str, list[Pronunciation]]


def template_words(language: str) -> set[str]:
    """Every word of the sentence templates of a language."""
    contexts = Language(SENTENCES / language).contexts()
    return {word for context in contexts.values() for word in words_of(context.intents) if word != NOBODY}


def read_cmudict(source: Path) -> Words:
    """A dictionary in CMU's format, without stress marks."""
    words: Words = {}
    for line in source.read_text(encoding="utf-8", errors="replace").splitlines():
        word, *phones = line.split() or (";;;",)
        if not word.startswith(";;;"):
            plain = tuple(phone.rstrip("012") for phone in phones)
            words.setdefault(_VARIANT.sub("", word.lower()), []).append(plain)
    return words


def write_words(words: Words, guessed: set[str]) -> None:
    """The dictionary's file."""
    lines = [
        f"{word} {' '.join(phones)}{f'  {GUESSED}' if word in guessed else ''}\n"
        for word in sorted(words)
        for phones in words[word]
    ]
    WORDS.write_text(HEADER + "".join(lines), encoding="utf-8")


def write_sounds(cmudict: Words) -> None:
    """The letter-to-sound table's file."""
    pairs = [(word, found) for word, every in sorted(cmudict.items()) if word.isalpha() for found in every[:1]]
    pairs = [(word, phones) for word, phones in pairs if word.isascii() and len(word) > 1]
    table = learn(pairs)
    lines = (f"{around} {' '.join(phones)}".rstrip() + "\n" for around, phones in sorted(table.items()))
    SOUNDS.write_text(SOUNDS_HEADER + "".join(lines), encoding="utf-8")


def add(words: Words, wanted: Iterable[str], cmudict: Words, rules: LetterToSound) -> set[str]:
    """Add pronunciations of the wanted words that are missing; those that only the letters gave."""
    guessed = set()
    for word in sorted(set(wanted) - words.keys()):
        found = cmudict.get(word)
        if found is None:
            by_letters = rules.pronounce(word)
            if by_letters is None:
                sys.stderr.write(f"{word}: cannot be pronounced\n")
                continue
            found = [by_letters]
            guessed.add(word)
        words[word] = list(dict.fromkeys(found))
    return guessed


def main(arguments: list[str]) -> int:
    """Exit status 0; what was guessed is printed."""
    parser = argparse.ArgumentParser(prog="python -m tools.voice_lexicon", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--cmudict", type=Path, help="a file in CMUdict's format")
    parser.add_argument("--words", type=Path, help="further words, one a line")
    parser.add_argument("--learn", action="store_true", help="make the letter-to-sound table anew")
    options = parser.parse_args(arguments)
    if options.learn and not options.cmudict:
        parser.error("--learn needs --cmudict")
    cmudict = read_cmudict(options.cmudict) if options.cmudict else {}
    if options.learn:
        write_sounds(cmudict)
    rules = LetterToSound(dictionary.read_table(SOUNDS))
    words = dictionary.read(WORDS) if WORDS.is_file() else {}
    guessed = set(re.findall(rf"^(\S+).*{GUESSED}$", WORDS.read_text(encoding="utf-8"), re.M)) if words else set()
    for word in guessed & cmudict.keys():
        del words[word]
    guessed -= cmudict.keys()
    new = add(words, template_words("en"), cmudict, rules)
    if options.words:
        listed = [word for word in options.words.read_text(encoding="utf-8").split() if _WORD.fullmatch(word)]
        kept = [word for word in listed if word in cmudict and cmudict[word] != [rules.pronounce(word)]]
        add(words, kept, cmudict, rules)
    write_words(words, guessed | new)
    sys.stdout.write(f"{len(words)} words; by their letters: {', '.join(sorted(new)) or 'none'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
