# SPDX-License-Identifier: Apache-2.0
"""Sentences of each intent, drawn at random from its templates; the same seed draws the same ones."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

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

from ivi.voice.nlu.context_grammar import HOME
from ivi.voice.nlu.language import NOBODY, Language

TRIES = 12  # drawings for a sentence that can be spoken and that means its intent
IN_VAIN = 60  # drawings without a new sentence, after which the intent is taken to have no more


@dataclass(frozen=True, slots=True)
class Wanted:
    """A sentence and the intent whose template it was drawn from."""

    text: str
    intent: str


class NotSpoken(Exception):  # noqa: N818  # no error: this drawing has no words, the next one may
    """What was drawn has no spoken form: a list that is known at run time only, a number in digits."""


@dataclass
class Drawing:
    """Draws from one set of templates."""

    rules: Mapping[str, Sentence]
    lists: Mapping[str, SlotList]
    chance: random.Random

    def text(self, expression: Expression) -> str:
        """One way to say it. Raises NotSpoken."""
        if isinstance(expression, TextChunk):
            return expression.original_text
        if isinstance(expression, Alternative):
            return self.text(self.chance.choice(expression.items)) if expression.items else ""
        if isinstance(expression, Permutation):
            return " ".join(self.text(item) for item in self.chance.sample(expression.items, len(expression.items)))
        if isinstance(expression, Sequence):
            return "".join(self.text(item) for item in expression.items)
        if isinstance(expression, RuleReference):
            return self.text(self.rules[expression.rule_name].expression)
        if isinstance(expression, ListReference):
            return self._value(expression)
        raise NotSpoken

    def _value(self, reference: ListReference) -> str:
        values = self.lists.get(reference.list_name)
        if isinstance(values, TextSlotList) and values.values:
            value = self.chance.choice(values.values).text_in
            said = self.text(value)
        elif isinstance(values, RangeSlotList):
            said = spelt(int(self.chance.choice(list(values.get_numbers()))))
        else:
            raise NotSpoken
        return f"{reference.prefix or ''}{said}{reference.suffix or ''}"


_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_BELOW_HUNDRED, _BELOW_THOUSAND = 100, 1000


def spelt(number: int) -> str:
    """A number from 0 to 999 in English words. Raises NotSpoken for any other."""
    if not 0 <= number < _BELOW_THOUSAND:
        raise NotSpoken
    if number < len(_UNITS):
        return _UNITS[number]
    if number < _BELOW_HUNDRED:
        return _TENS[number // 10] + (f" {_UNITS[number % 10]}" if number % 10 else "")
    rest = number % _BELOW_HUNDRED
    return f"{_UNITS[number // _BELOW_HUNDRED]} hundred" + (f" {spelt(rest)}" if rest else "")


def drawn(language: Language, each: int, seed: int) -> Iterator[Wanted]:
    """At most `each` different sentences of every intent, which the language understands as that intent.

    Intents whose templates need names that are known at run time only (contacts, places) give none here.
    """
    chance = random.Random(seed)  # noqa: S311  # chooses sentences, guards nothing
    intents = _templates(language)
    for name, intent in sorted(intents.intents.items()):
        templates = [(sentence, block) for block in intent.data for sentence in block.sentences]
        found: set[str] = set()
        in_vain = 0
        for _ in range(TRIES * each):
            if len(found) == each or not templates or in_vain == IN_VAIN:
                break
            in_vain += 1
            sentence, block = chance.choice(templates)
            drawing = Drawing(
                {**intents.expansion_rules, **block.expansion_rules}, {**intents.slot_lists, **block.slot_lists}, chance
            )
            try:
                text = " ".join(drawing.text(sentence.expression).split())
            except NotSpoken:
                continue
            plain = language.plain(text)
            match = language.parse(plain)
            if NOBODY in plain:
                continue
            if plain not in found and match is not None and match.intent == name and not any(map(str.isdigit, plain)):
                found.add(plain)
                in_vain = 0
                yield Wanted(plain, name)


def _templates(language: Language) -> Intents:
    """The templates of the context in which a conversation begins."""
    return language.contexts()[HOME].intents
