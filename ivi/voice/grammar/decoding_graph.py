# SPDX-License-Identifier: Apache-2.0
"""The graph from sounds to words (HCLr.fst) of a model whose phones we know, built for just the words that are wanted.

A loop of words with optional silence between them. The word stands on the first arc of its phones, which is where the
composition with the grammar prunes; phones are one-state models with a self-loop. Other speech is ONE phone of its own:
a loop over all phones would make the recogniser's lattices explode.
"""

from collections.abc import Iterable, Mapping

from ivi.voice.grammar import openfst
from ivi.voice.grammar.model_files import NOISE, SILENCE, Phones
from ivi.voice.grammar.openfst import Arc, Node
from ivi.voice.lexicon.letter_to_sound import Pronunciation

SILENCE_COST = 0.7  # natural log units, of silence between two words and of its absence: both are as likely
NOISE_COST = 1.0  # natural log units of beginning to hear other speech
_LOOP = 1  # the state between words


class _Graph:
    def __init__(self, phones: Phones) -> None:
        self.nodes = [Node(), Node(final=openfst.ONE)]
        self._phones = phones

    def arc(self, source: int, arc: Arc) -> None:
        self.nodes[source].arcs.append(arc)

    def phone(self, source: int, name: str, word: int = 0, cost: float = 0.0, loop_cost: float = 0.0) -> int:
        """Enter a phone and stay in it for a while; the state inside it."""
        state = len(self.nodes)
        entering = self._phones.enter(name)
        self.arc(source, Arc(entering, word, cost, state))
        self.nodes.append(Node([Arc(entering - 1, 0, loop_cost, state)]))
        return state

    def close(self, source: int) -> None:
        """The end of a word: on to the next one, with or without silence."""
        self.arc(source, Arc(0, 0, SILENCE_COST, _LOOP))
        self.arc(self.phone(source, SILENCE, 0, SILENCE_COST), Arc(0, 0, 0.0, _LOOP))


def build(phones: Phones, words: Mapping[int, Iterable[Pronunciation]], garbage: int, frame_cost: float) -> bytes:
    """The file. `words`: pronunciations by the word's number; `frame_cost`: of each frame of other speech."""
    graph = _Graph(phones)
    graph.arc(0, Arc(0, 0, SILENCE_COST, _LOOP))
    graph.arc(graph.phone(0, SILENCE, 0, SILENCE_COST), Arc(0, 0, 0.0, _LOOP))
    graph.close(graph.phone(_LOOP, NOISE, garbage, NOISE_COST, frame_cost))
    for number in sorted(words):
        for pronunciation in sorted(set(words[number])):
            state = _LOOP
            for at, name in enumerate(phones.placed(pronunciation)):
                state = graph.phone(state, name, number if at == 0 else 0)
            graph.close(state)
    for node in graph.nodes:
        node.arcs.sort(key=lambda arc: arc.olabel)
    return openfst.write(graph.nodes, openfst.OUTPUT_SORTED)
