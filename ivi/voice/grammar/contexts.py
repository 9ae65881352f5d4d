# SPDX-License-Identifier: Apache-2.0
"""What may be said in each situation of a dialogue, made into a model folder for each."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from hassil.intents import Intents

from ivi.model.errors import ConfigurationError
from ivi.voice.grammar import automaton, templates
from ivi.voice.grammar.automaton import Automaton, Choices
from ivi.voice.grammar.model_files import NO_WORDS
from ivi.voice.grammar.overlay import Grammar, Overlay, Words, write
from ivi.voice.grammar.templates import Network
from ivi.voice.nlu.context_grammar import CONTACTS, HOME, NAVIGATION, ContextGrammar
from ivi.voice.stt.protocol import ANYTHING

NAMED = frozenset({CONTACTS, NAVIGATION})
"""Contexts whose names a model that takes no new words can only write with its own: they are matched by sound then."""


def with_anything(contexts: Mapping[str, ContextGrammar]) -> dict[str, ContextGrammar]:
    """The contexts and one more, in which all words of HOME may be said in any order."""
    home = contexts[HOME]
    return {**contexts, ANYTHING: ContextGrammar(home.intents, home.sentences, home.names, free=True)}


def build(model: Path, contexts: Mapping[str, ContextGrammar], folder: Path) -> dict[str, Overlay]:
    """An overlay of the model for each context, made now or found from last time.

    Raises ConfigurationError when the model cannot be used, a template is wrong, nothing can be said in a context, or
    the folder cannot be written.
    """
    words = Words.of(model)
    return {name: write(words, name, _compiled(words, name, context), folder) for name, context in contexts.items()}


def _compiled(words: Words, name: str, context: ContextGrammar) -> Grammar:
    language = context.intents.language
    network, end, wildcards = templates.network_of(context.intents)
    dropped = [f"{{{wildcard}}}" for wildcard in sorted(wildcards)]
    for text in sorted(set(context.sentences)):
        missing = [word for word in text.split() if not words.can_say(word, language)]
        if missing:
            dropped.append(f"{text} [{' '.join(missing)}]")
        else:
            _add_sentence(network, text, end)
    places = _Places(network, end)
    spoken = {word for word in places.words() if words.can_say(word, language)}
    dropped += sorted(places.words() - spoken)
    if context.free or (words.phones is None and name in NAMED):
        spoken |= set(words.numbers) - NO_WORDS
        return Grammar(None, dict.fromkeys(sorted(spoken), language), tuple(dropped))
    numbers = words.numbered(spoken)
    graph = automaton.determinize(0, lambda place: places.choices(place, numbers))
    if not graph.states[0].arcs:
        raise ConfigurationError(
            f"the voice model {words.model} knows the words of no sentence of {name}", hint="use another model"
        )
    return Grammar(graph, dict.fromkeys(sorted(spoken), language), tuple(dropped))


def _add_sentence(network: Network, text: str, end: int) -> None:
    state = 0
    for word in text.split():
        for piece in (word, " "):
            target = network.state()
            network.arc(state, piece, target)
            state = target
    network.arc(state, "", end)


class _Places:
    """The network as places between words, each looked at once."""

    def __init__(self, network: Network, end: int) -> None:
        self._network = network
        self._end = end
        self._known: dict[int, tuple[templates.WordArcs, bool]] = {}

    def words(self) -> set[str]:
        """All words that occur."""
        waiting, found = [0], set[str]()
        seen = {0}
        while waiting:
            for word, target in self._at(waiting.pop())[0]:
                found.add(word)
                if target not in seen:
                    seen.add(target)
                    waiting.append(target)
        return found

    def choices(self, place: int, numbers: Mapping[str, int]) -> Choices:
        """See automaton.determinize; words without a number are left out."""
        arcs, may_end = self._at(place)
        return [(numbers[word], target) for word, target in arcs if word in numbers], may_end

    def _at(self, place: int) -> tuple[templates.WordArcs, bool]:
        if place not in self._known:
            self._known[place] = templates.words_from(self._network, place, self._end)
        return self._known[place]


def sentences_of(graph: Automaton, numbers: Mapping[str, int]) -> Iterator[str]:
    """Every sentence of a grammar, in words."""
    words = {number: word for word, number in numbers.items()}
    return (" ".join(words[label] for label in labels) for labels in graph.sequences())


def of_sentences(sentences: Iterable[str], language: str = "en") -> ContextGrammar:
    """A context in which just these sentences count."""
    return ContextGrammar(Intents(intents={}, language=language), tuple(sentences))


def words_of(intents: Intents) -> set[str]:
    """Every word of these templates. Raises ConfigurationError for a template that is wrong."""
    network, end, _ = templates.network_of(intents)
    return _Places(network, end).words()
