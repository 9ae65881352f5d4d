# SPDX-License-Identifier: Apache-2.0
"""Every word gets sounds: from the model, the dictionary or its letters; those that cannot are told apart."""

from pathlib import Path

import pytest

from ivi.model.errors import ConfigurationError
from ivi.voice.grammar.model_files import read_lexicon, read_phones
from ivi.voice.lexicon import dictionary
from ivi.voice.lexicon.dictionary import Lexicon
from ivi.voice.lexicon.letter_to_sound import LetterToSound, Pronunciation
from ivi.voice.process import MODEL
from tools.voice_lexicon.__main__ import GUESSED, add, read_cmudict, template_words
from tools.voice_lexicon.training import Pairs, align, learn


def sounds(text: str) -> tuple[str, ...]:
    """Phones from their names."""
    return tuple(text.split())


def test_the_models_words_are_read_back() -> None:
    lexicon = read_lexicon(MODEL)
    assert len(lexicon) == 584
    assert lexicon["temperature"] == [sounds("T EH M P R AH CH ER"), sounds("T EH M P ER AH CH ER")]
    assert ("DH", "AH") in lexicon["the"]


def test_every_word_of_the_sentences_has_a_pronunciation() -> None:
    """In the dictionary, not by its letters. `python -m tools.voice_lexicon` adds what is missing."""
    written = dictionary.read(dictionary.DATA / "en.words")
    assert template_words("en") - written.keys() == set()


def test_the_dictionary_has_only_phones_of_the_model() -> None:
    written = dictionary.read(dictionary.DATA / "en.words")
    phones = read_phones(MODEL)
    assert phones is not None
    assert all(phones.can_say(one) for every in written.values() for one in every)


@pytest.mark.parametrize(
    ("word", "phones"),
    [
        ("kowalska", "K AW AA L S K AH"),
        ("bmw", "B IY EH M D AH B AH L Y UW"),
        ("zoë", "Z OW"),
        ("müller", "M AH L ER"),
        ("o'brien", "OW B R AY IH N"),
        ("smith-jones", "S M IH TH JH OW N Z"),
    ],
)
def test_names_are_pronounced_by_their_letters(word: str, phones: str) -> None:
    assert Lexicon("en").pronounce(word) == [sounds(phones)]
    assert not Lexicon("en").is_written(word)


@pytest.mark.parametrize(
    ("word", "phones"),
    [
        ("heizung", "HH AY T S UH NG"),
        ("straße", "SH T R AA S AH"),
        ("öffne", "ER F N AH"),
        ("fünfzehn", "F UW N F T S EY N"),
        ("zwanzig", "T S V AA N T S IH SH"),
    ],
)
def test_german_is_pronounced_by_groups_of_letters(word: str, phones: str) -> None:
    assert Lexicon("de").pronounce(word) == [sounds(phones)]


@pytest.mark.parametrize("word", ["", "田中", "Зоя", "🚗", "42", "'", "müller2", "\u0627"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_other_scripts_have_no_sounds_here(word: str, language: str) -> None:
    assert Lexicon(language).pronounce(word) == []


def test_the_model_knows_better() -> None:
    assert Lexicon("en", {"tesla": [("T", "EH")]}).pronounce("tesla") == [("T", "EH")]
    assert Lexicon("en", {"tesla": [("T", "EH")]}).is_written("tesla")


def test_language_without_data() -> None:
    with pytest.raises(ConfigurationError, match="language xx"):
        Lexicon("xx")


def test_damaged_dictionary(tmp_path: Path) -> None:
    (tmp_path / "bad.words").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigurationError, match=r"bad\.words"):
        dictionary.read(tmp_path / "bad.words")
    with pytest.raises(ConfigurationError, match=r"none\.words"):
        dictionary.read(tmp_path / "none.words")


def test_learning_finds_a_rule_and_its_exception() -> None:
    pairs: Pairs = [(f"{first}lace", (first.upper(), "L", "EY", "S")) for first in "bfgps"]
    pairs += [(f"{first}lac", (first.upper(), "L", "AE", "K")) for first in "bfgps"]
    table = learn(pairs)
    rules = LetterToSound(table)
    ends = [(rules.pronounce(word) or ("",))[-1] for word in ("glace", "glac", "plac", "blace")]
    assert ends == ["S", "K", "K", "S"]


def test_alignment_gives_every_phone_to_a_letter() -> None:
    cut = align("box", ("B", "AA", "K", "S"), {("x", ("K", "S")): -0.1, ("b", ("B",)): -0.1, ("o", ("AA",)): -0.1})
    assert cut == [("B",), ("AA",), ("K", "S")]
    assert align("a", ("A", "B", "C"), {}) is None


def test_new_words_of_templates_are_added(tmp_path: Path) -> None:
    source = tmp_path / "cmu.dict"
    source.write_text(";;; a comment\nTESLA T EH1 S L AH0\nTESLA(2) T EH1 Z L AH0\n")
    cmudict = read_cmudict(source)
    words: dict[str, list[Pronunciation]] = {"the": [("DH", "AH")]}
    rules = LetterToSound(dictionary.read_table(dictionary.DATA / "en.sounds"))
    assert add(words, ["the", "tesla", "zorblax"], cmudict, rules) == {"zorblax"}
    assert words["tesla"] == [("T", "EH", "S", "L", "AH"), ("T", "EH", "Z", "L", "AH")]
    assert words["zorblax"]
    assert GUESSED.startswith("#")
