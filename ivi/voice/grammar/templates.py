# SPDX-License-Identifier: Apache-2.0
"""Sentence templates (hassil) straight to an automaton over words, without writing out every sentence.

A template becomes a small network whose arcs carry pieces of text; pieces that stand side by side without a space are
one word ("turn[ed]"). Lists become networks of their own once and are spliced in where they are used. Words that cannot
be pronounced are left out with every sentence that needs them, and told.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field

from hassil.expression import (
    Alternative,
    Expression,
    ListReference,
    Permutation,
    RuleReference,
    Sentence,
    Sequence,
    TextChunk,
)
from hassil.intents import Intents, RangeSlotList, SlotList, TextSlotList
from hassil.numbers import get_rbnf_engine

from ivi.model.errors import ConfigurationError

MAX_DEPTH = 40  # of rules in rules; more is a circle
MAX_PERMUTED = 5  # items that may come in any order: 120 ways
_STRIPPED = str.maketrans(dict.fromkeys('.,!?;:"()-_/\u2026\u2013\u2014', " ") | {"\u2019": "'"})


@dataclass
class Network:
    """States with arcs that carry text, a space (" ") or nothing (""); state 0 begins and `end` ends."""

    arcs: list[list[tuple[str, int]]] = field(default_factory=lambda: [[]])

    def state(self) -> int:
        """A new state."""
        self.arcs.append([])
        return len(self.arcs) - 1

    def arc(self, source: int, text: str, target: int) -> None:
        """A new arc."""
        self.arcs[source].append((text, target))

    def splice(self, source: int, other: "Network", end: int) -> int:
        """A copy of another network from this state on; the state where it ends."""
        base = len(self.arcs)
        self.arcs += [[(text, target + base) for text, target in arcs] for arcs in other.arcs]
        self.arc(source, "", base)
        return base + end


@dataclass
class Compiler:
    """Compiles the templates of one set of intents."""

    lists: Mapping[str, SlotList]
    rules: Mapping[str, Sentence]
    language: str
    wildcards: set[str] = field(default_factory=set)
    """Lists that stand for any text; a sentence with one cannot be in a strict grammar."""
    _made: dict[tuple[str, int], tuple[Network, int] | None] = field(default_factory=dict)

    def add(self, network: Network, source: int, expression: Expression, depth: int = 0) -> int | None:
        """Add an expression behind this state; the state behind it, or None when nobody can say it.

        Raises ConfigurationError for a list or rule that is not there, or rules in a circle.
        """
        if depth > MAX_DEPTH:
            raise ConfigurationError("an expansion rule contains itself", hint="correct the sentence templates")
        following = depth + 1
        if isinstance(expression, TextChunk):
            return self._text(network, source, expression.original_text)
        if isinstance(expression, Sequence):
            return self._chain(network, source, expression.items, following)
        if isinstance(expression, Alternative):
            ends = [self.add(network, source, item, following) for item in expression.items]
            return _joined(network, ends)
        if isinstance(expression, Permutation):
            return self._permuted(network, source, expression, following)
        if isinstance(expression, RuleReference):
            rule = self.rules.get(expression.rule_name)
            if rule is None:
                raise ConfigurationError(f"no rule <{expression.rule_name}>", hint="add it to expansion_rules")
            return self.add(network, source, rule.expression, following)
        if isinstance(expression, ListReference):
            return self._list(network, source, expression)
        raise ConfigurationError(f"unknown part of a sentence: {expression!r}", hint="correct the sentence templates")

    def _text(self, network: Network, source: int, text: str) -> int:
        text = text.casefold().translate(_STRIPPED)
        pieces = text.split()
        if text[:1] == " ":
            source = _step(network, source, " ")
        for at, piece in enumerate(pieces):
            if at:
                source = _step(network, source, " ")
            source = _step(network, source, piece)
        return _step(network, source, " ") if pieces and text[-1] == " " else _step(network, source, "")

    def _chain(self, network: Network, source: int, items: list[Expression], depth: int) -> int | None:
        state: int | None = source
        for item in items:
            if state is None:
                return None
            state = self.add(network, state, item, depth)
        return state

    def _permuted(self, network: Network, source: int, expression: Permutation, depth: int) -> int | None:
        if len(expression.items) > MAX_PERMUTED:
            raise ConfigurationError(f"more than {MAX_PERMUTED} parts in any order", hint="split the sentence template")
        if not expression.items:
            return source
        ends: list[int | None] = []
        for item, rest in expression.iterate_permutations():
            first = self.add(network, _step(network, source, ""), item, depth)
            if first is not None:
                ends.append(self._permuted(network, _step(network, first, " "), rest, depth) if rest.items else first)
        return _joined(network, ends)

    def _list(self, network: Network, source: int, reference: ListReference) -> int | None:
        made = self._inline(reference) if reference.is_inline_range else self._named(reference.list_name)
        if made is None:
            return None
        before = _step(network, source, reference.prefix or "")
        return _step(network, network.splice(before, *made), reference.suffix or "")

    def _inline(self, reference: ListReference) -> tuple[Network, int] | None:
        bounds = reference.get_inline_range()
        if bounds is None:
            return None
        return self._alternatives(RangeSlotList(None, *bounds))

    def _named(self, name: str) -> tuple[Network, int] | None:
        values = self.lists.get(name)
        if values is None:
            raise ConfigurationError(f"no list {{{name}}}", hint="add it to lists")
        key = (name, id(values))
        if key not in self._made:
            self._made[key] = self._alternatives(values)
            if self._made[key] is None and not isinstance(values, TextSlotList | RangeSlotList):
                self.wildcards.add(name)
        return self._made[key]

    def _alternatives(self, values: SlotList) -> tuple[Network, int] | None:
        network = Network()
        if isinstance(values, TextSlotList):
            ends = [self.add(network, 0, value.text_in) for value in values.values]
        elif isinstance(values, RangeSlotList):
            language = values.words_language or self.language
            ends = [
                self._text(network, 0, words)
                for number in values.get_numbers()
                for words in number_words(number, language)
            ]
        else:
            return None
        end = _joined(network, ends)
        return None if end is None else (network, end)


@functools.cache
def number_words(number: float, language: str) -> tuple[str, ...]:
    """The ways to say a number, without the written forms."""
    spoken = set(get_rbnf_engine(language).format_number(number).text_by_ruleset.values())
    return tuple(sorted(text.replace("\u00ad", "") for text in spoken if not any(sign.isdigit() for sign in text)))


def _step(network: Network, source: int, text: str) -> int:
    target = network.state()
    network.arc(source, text, target)
    return target


def _joined(network: Network, ends: list[int | None]) -> int | None:
    reached = [end for end in ends if end is not None]
    if not reached:
        return None
    join = network.state()
    for end in reached:
        network.arc(end, "", join)
    return join


type WordArcs = list[tuple[str, int]]


def words_from(network: Network, start: int, end: int) -> tuple[WordArcs, bool]:
    """Words that may come next at a place between words, with the place behind each; whether all may end here."""
    found: dict[tuple[str, int], None] = {}
    may_end = False
    seen = {("", start)}
    waiting = [("", start)]
    while waiting:
        word, state = waiting.pop()
        if state == end:
            if word:
                found[word, end] = None
            else:
                may_end = True
        for text, target in network.arcs[state]:
            if text == " " and word:
                found[word, target] = None
                continue
            step = (word + text.strip(), target)
            if step not in seen:
                seen.add(step)
                waiting.append(step)
    return list(found), may_end


def network_of(intents: Intents) -> tuple[Network, int, set[str]]:
    """All templates side by side: the network, the state where it ends, and the lists that stand for any text.

    Raises ConfigurationError for a template that cannot be compiled, with its text and its intent.
    """
    network = Network()
    ends: list[int | None] = []
    wildcards: set[str] = set()
    shared = Compiler(intents.slot_lists, intents.expansion_rules, intents.language, wildcards)
    for name, intent in intents.intents.items():
        for block in intent.data:
            compiler = shared
            if block.slot_lists or block.expansion_rules:
                lists = {**intents.slot_lists, **block.slot_lists}
                rules = {**intents.expansion_rules, **block.expansion_rules}
                compiler = Compiler(lists, rules, intents.language, wildcards)
            for sentence in block.sentences:
                try:
                    ends.append(compiler.add(network, 0, sentence.expression))
                except ConfigurationError as error:
                    where = f"sentence {sentence.text!r} of {name}"
                    raise ConfigurationError(f"{where}: {error.message}", hint=error.hint) from error
    end = _joined(network, ends)
    return network, network.state() if end is None else end, wildcards
