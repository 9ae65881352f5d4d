# SPDX-License-Identifier: Apache-2.0
"""Names by their sound: found where free decoding wrote them with other words, and not where they only look alike."""

import time

import pytest

from ivi.voice.lexicon.dictionary import Lexicon
from ivi.voice.lexicon.nearest import MAX_NAMES, alike, nearest
from ivi.voice.nlu.context_grammar import CONTACTS
from ivi.voice.nlu.language import Language
from ivi.voice.process import SENTENCES

NAMES = ["Elena Fischer", "Alina Fisher", "John Smith", "Joan Schmidt", "Kowalska", "Oslo", "Zürich", "田中"]
LEXICON = Lexicon("en")


@pytest.mark.parametrize(
    ("heard", "name"),
    [
        ("john smith", "John Smith"),
        ("jon smith", "John Smith"),
        ("cow al ska", "Kowalska"),
        ("co valska", "Kowalska"),
        ("oslo", "Oslo"),
        ("zurich", "Zürich"),
    ],
)
def test_the_name_that_sounds_like_it(heard: str, name: str) -> None:
    found = nearest(heard, NAMES, LEXICON)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("heard", ["", "turn on the light", "田中", "smith"])
def test_nothing_near(heard: str) -> None:
    assert nearest(heard, NAMES, LEXICON) is None


@pytest.mark.parametrize(
    ("heard", "both"), [("john smith", ["John Smith", "Jon Smith"]), ("sarah lee", ["Sara Lee", "Sarah Lee"])]
)
def test_two_that_sound_the_same_are_both_told(heard: str, both: list[str]) -> None:
    """Which one, has to be asked."""
    assert nearest(heard, both, LEXICON) is None
    assert {each.name for each in alike(heard, both, LEXICON)} == set(both)


def test_the_same_name_is_certain() -> None:
    found = alike("kowalska", NAMES, LEXICON)
    assert [(each.name, each.score) for each in found] == [("Kowalska", 1.0)]


def test_a_phone_book_is_quick_and_a_library_has_an_end() -> None:
    syllables = ["ka", "lo", "mi", "nu", "pe", "ri", "so", "ta"]
    names = [f"{a}{b}{c}" for a in syllables for b in syllables for c in syllables]
    began = time.perf_counter()
    assert nearest("peter brown", [*names, "peter brown", "peter brown"], LEXICON) is not None
    assert time.perf_counter() - began < 1.0, "514 names; some milliseconds are usual"
    assert nearest("kowalska", [*map(str, range(MAX_NAMES)), "kowalska"], LEXICON) is None


def test_a_name_alone_may_be_written_otherwise() -> None:
    """As the answer to "whom?": by a recogniser that has no such word, or by hand."""
    language = Language(SENTENCES)
    language.use_names({"contact": ["Kowalska", "Jonathan Meyer"]})
    found = language.sounds_like("co valska", CONTACTS)
    assert found is not None
    assert (found.intent, found.slots) == ("GiveContact", {"contact": "Kowalska"})
    assert language.sounds_like("johnathan myer", CONTACTS) is not None
    assert language.sounds_like("somebody else", CONTACTS) is None
