# SPDX-License-Identifier: Apache-2.0
"""Which sentences are believed after a hearing without their grammar."""

import pytest

from ivi.voice.dialogue.policy import MIN_CONFIDENCE, SURE
from ivi.voice.grammar import contexts
from ivi.voice.process import MODEL
from ivi.voice.stt.protocol import ANYTHING
from ivi.voice.stt.second_opinion import BELIEVED, CERTAIN, PASSING, UNSURE, SecondOpinion


@pytest.fixture(scope="module")
def opinion(tmp_path_factory: pytest.TempPathFactory) -> SecondOpinion:
    """Of the shipped model's words and one more."""
    grammar = {"home": contexts.of_sentences(["call kowalska"])}
    made = contexts.build(MODEL, contexts.with_anything(grammar), tmp_path_factory.mktemp("grammar"))
    return SecondOpinion.read(made[ANYTHING].path)


@pytest.mark.parametrize(
    ("sentence", "freely", "believed"),
    [
        ("turn on the air conditioning", "turn on the air conditioning", 1.0),
        ("turn on the air conditioning", "turn there conditioning", 1.0),
        ("turn on the air conditioning", "turn that seven the live thing room", 0.0),
        ("call kowalska", "call kowalska", 1.0),
        ("what is the battery of the phone", "what is the [unk] answer", UNSURE),
        ("what is the battery of the phone", "", 0.0),
        ("yes", "seven", 1.0),  # too short to tell
    ],
)
def test_believed_when_it_sounds_the_same(opinion: SecondOpinion, sentence: str, freely: str, believed: float) -> None:
    found = opinion.believe(sentence, freely)
    assert found == believed or (believed == 0.0 and found < PASSING.like)


def test_sure_words_need_to_sound_less_alike(opinion: SecondOpinion) -> None:
    """A strange voice: the grammar is sure, the free hearing is half right. Nothing in common stays a no."""
    sentence, freely = "turn on the air conditioning", "conditioning"
    assert opinion.believe(sentence, freely) == UNSURE
    assert opinion.believe(sentence, freely, CERTAIN) == 1.0
    assert opinion.believe(sentence, "what is seven", CERTAIN) < PASSING.when_certain


def test_what_sounds_a_little_alike_is_asked_about() -> None:
    assert MIN_CONFIDENCE < UNSURE < SURE
    for sounds, confidence in ((7, 0.8), (20, 0.8), (7, CERTAIN), (20, CERTAIN)):
        assert PASSING.of(sounds, confidence) < BELIEVED.of(sounds, confidence) < MIN_CONFIDENCE
