# SPDX-License-Identifier: Apache-2.0
"""Which sentences are believed after a hearing without their grammar."""

import pytest

from ivi.voice.grammar import contexts
from ivi.voice.process import MODEL
from ivi.voice.stt.protocol import ANYTHING
from ivi.voice.stt.second_opinion import CERTAIN, LIKE, LIKE_WHEN_SURE, SecondOpinion


@pytest.fixture(scope="module")
def opinion(tmp_path_factory: pytest.TempPathFactory) -> SecondOpinion:
    """Of the shipped model's words and one more."""
    grammar = {"home": contexts.of_sentences(["call kowalska"])}
    made = contexts.build(MODEL, contexts.with_anything(grammar), tmp_path_factory.mktemp("grammar"))
    return SecondOpinion.read(made[ANYTHING].path)


@pytest.mark.parametrize(
    ("sentence", "freely", "believed"),
    [
        ("turn on the air conditioning", "turn on the air conditioning", True),
        ("turn on the air conditioning", "turn there conditioning", True),
        ("turn on the air conditioning", "turn that seven the live thing room", False),
        ("call kowalska", "call kowalska", True),
        ("what is the battery of the phone", "what is the [unk] answer", False),
        ("what is the battery of the phone", "", False),
        ("yes", "seven", True),  # too short to tell
    ],
)
def test_believed_when_it_sounds_the_same(opinion: SecondOpinion, sentence: str, freely: str, believed: bool) -> None:
    found = opinion.believe(sentence, freely)
    assert (found == 1.0) is believed
    assert believed or found < LIKE


def test_sure_words_need_to_sound_less_alike(opinion: SecondOpinion) -> None:
    """A strange voice: the grammar is sure, the free hearing is half right. Nothing in common stays a no."""
    sentence, freely = "turn on the air conditioning", "conditioning"
    likeness = opinion.believe(sentence, freely)
    assert LIKE_WHEN_SURE < likeness < LIKE
    assert opinion.believe(sentence, freely, CERTAIN) == 1.0
    assert opinion.believe(sentence, "what is seven", CERTAIN) < LIKE_WHEN_SURE
