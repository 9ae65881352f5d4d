# SPDX-License-Identifier: Apache-2.0
"""The sentences of the report are drawn from the templates, and the talk is not."""

from ivi.voice.nlu.language import Language
from ivi.voice.process import SENTENCES
from ivi.voice.report import foreign
from ivi.voice.report.drawn_sentences import drawn, spelt


def test_each_drawn_sentence_means_its_intent() -> None:
    """And the same seed draws the same sentences."""
    language = Language(SENTENCES)
    sentences = list(drawn(language, 2, 1))
    assert sentences == list(drawn(language, 2, 1))
    assert sentences != list(drawn(language, 2, 2))
    assert len(sentences) == len({wanted.text for wanted in sentences})
    for wanted in sentences:
        match = language.parse(wanted.text)
        assert match is not None
        assert match.intent == wanted.intent


def test_talk_holds_no_command() -> None:
    """Otherwise accepting it would be right."""
    language = Language(SENTENCES)
    talk = foreign.sentences(600, 3)
    assert len(set(talk)) == 600
    assert [text for text in talk if language.parse(text) is not None] == []


def test_numbers_are_spelt_as_they_are_spoken() -> None:
    """The recogniser knows no digits."""
    assert [spelt(number) for number in (0, 21, 80, 101, 999)] == [
        "zero",
        "twenty one",
        "eighty",
        "one hundred one",
        "nine hundred ninety nine",
    ]
