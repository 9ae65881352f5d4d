# SPDX-License-Identifier: Apache-2.0
"""No two ways to write the same sounds: they would share the certainty of what was heard, and neither would be sure."""

from collections import defaultdict
from pathlib import Path

import pytest

from ivi.voice.grammar import contexts, openfst
from ivi.voice.grammar.model_files import read_lexicon, read_words
from ivi.voice.nlu.language import Language
from ivi.voice.process import MODEL, SENTENCES

DICTATION = "dictation"  # any words: there the ear cannot tell


@pytest.fixture(scope="module")
def language() -> Language:
    return Language(SENTENCES)


def test_nothing_is_written_in_two_ways(language: Language, tmp_path: Path) -> None:
    """One word or two, from the same place in a sentence to the same place."""
    for context, made in contexts.build(MODEL, language.contexts(), tmp_path).items():
        if context == DICTATION:
            continue
        nodes = openfst.read((made.path / "graph/Gr.fst").read_bytes())
        assert nodes is not None
        sounds = {word: said[0] for word, said in read_lexicon(made.path).items()}
        names = {number: word for word, number in read_words(made.path).items() if word in sounds}
        written = defaultdict(set)
        for place, node in enumerate(nodes):
            for arc in node.arcs:
                if (word := names.get(arc.olabel)) is None:
                    continue
                written[place, arc.target, sounds[word]].add(word)
                for second in nodes[arc.target].arcs:
                    if (other := names.get(second.olabel)) is not None:
                        written[place, second.target, sounds[word] + sounds[other]].add(f"{word} {other}")
        assert len(written) > 1
        assert [sorted(words) for words in written.values() if len(words) > 1] == []


@pytest.mark.parametrize(
    ("one", "other", "context"),
    [("open my window half way", "open my window halfway", "home"), ("OK", "okay", "confirm")],
)
def test_the_other_spelling_can_be_typed(language: Language, one: str, other: str, context: str) -> None:
    found = language.parse(one, context)
    assert found is not None
    assert found == language.parse(other, context)
