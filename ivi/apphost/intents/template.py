# SPDX-License-Identifier: Apache-2.0
"""Sentence templates in hassil's writing, as far as apps may use it, and every sentence that one stands for.

`find [a] (charger|station) [near {place}]`: words, `[optional]`, `(one|of|these)`, and `{list}` or `{list:slot}` for a
value of a list. How many sentences a template stands for is counted before one of them is made.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MAX_TEMPLATE = 200  # characters
MAX_DEPTH = 4  # brackets in brackets
_SIGN = re.compile(r"\s*(?:([\[\](){}|])|([^\s\[\](){}|<>]+))")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_NAME = re.compile(r"[a-z][a-z0-9_]*(?::[a-z][a-z0-9_]*)?", re.ASCII)
_CLOSING = {"[": "]", "(": ")"}

type Values = Mapping[str, list[tuple[str, str]]]
"""Lists by name: what is said and what the app gets for it."""


class TemplateError(ValueError):
    """A template that cannot be read; the message says what is wrong and `fix` what to write."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.fix = fix


@dataclass(frozen=True)
class Spoken:
    """A sentence, or a part of one, with the slots that it fills."""

    words: tuple[str, ...] = ()
    slots: tuple[tuple[str, str], ...] = ()

    def then(self, other: "Spoken") -> "Spoken":
        """Both, one after the other."""
        return Spoken(self.words + other.words, self.slots + other.slots)


@dataclass(frozen=True)
class Choice:
    """One of these; an empty sequence makes it optional."""

    ways: tuple["Sequence", ...]

    def count(self) -> int:
        """Sentences that it stands for, doubles included."""
        return sum(way.count() for way in self.ways)

    def spoken(self) -> Iterator[Spoken]:
        """Each of them."""
        for way in self.ways:
            yield from way.spoken()


@dataclass(frozen=True)
class Sequence:
    """All of these, in order."""

    parts: tuple[Choice | Spoken, ...] = ()

    def count(self) -> int:
        """See Choice."""
        total = 1
        for part in self.parts:
            total *= part.count() if isinstance(part, Choice) else 1
        return total

    def spoken(self, start: int = 0) -> Iterator[Spoken]:
        """See Choice."""
        if start == len(self.parts):
            yield Spoken()
            return
        part = self.parts[start]
        for first in part.spoken() if isinstance(part, Choice) else (part,):
            for rest in self.spoken(start + 1):
                yield first.then(rest)


def parse(template: str, lists: Values) -> Sequence:
    """Read a template. Raises TemplateError."""
    if len(template) > MAX_TEMPLATE:
        raise TemplateError(f"it is over {MAX_TEMPLATE} characters", "divide it into several sentences")
    found = _Reader(template, lists).alternatives("", 0)
    if len(found) > 1:
        raise TemplateError("a | stands outside of brackets", "write (one|other)")
    return found[0]


class _Reader:
    def __init__(self, template: str, lists: Values) -> None:
        self._lists = lists
        self._signs: list[str] = []
        at, text = 0, template.rstrip()
        while at < len(text):
            match = _SIGN.match(text, at)
            if match is None:
                raise TemplateError(f"{text[at:].strip()[0]!r} cannot stand here", "use words, [ ], ( | ) and { }")
            self._signs.append(match[1] or match[2])
            at = match.end()
        self._at = 0

    def alternatives(self, until: str, depth: int) -> list[Sequence]:
        """Sequences between | up to a closing bracket, which is taken."""
        if depth > MAX_DEPTH:
            raise TemplateError(f"brackets are nested more than {MAX_DEPTH} deep", "write several sentences")
        ways: list[Sequence] = []
        parts: list[Choice | Spoken] = []
        while self._at < len(self._signs):
            sign = self._next()
            if sign == "|":
                ways.append(_filled(parts))
                parts = []
            elif sign in _CLOSING:
                inner = self.alternatives(_CLOSING[sign], depth + 1)
                parts.append(Choice((*inner, Sequence()) if sign == "[" else tuple(inner)))
            elif sign == "{":
                parts.append(self._list())
            elif sign in "])}":
                if sign != until:
                    raise TemplateError(f"{sign!r} closes nothing", "give each bracket its partner")
                return [*ways, _filled(parts)]
            else:
                parts.append(Spoken((_word(sign),)))
        if until:
            raise TemplateError(f"{until!r} is missing", "give each bracket its partner")
        return [*ways, _filled(parts)]

    def _next(self) -> str:
        self._at += 1
        return self._signs[self._at - 1]

    def _list(self) -> Choice:
        name, closing = ([*self._signs[self._at : self._at + 2], "", ""])[:2]
        self._at += 2
        if _NAME.fullmatch(name) is None or closing != "}":
            raise TemplateError("{ } does not hold a name", "write {list} or {list:slot} in small letters")
        listed, _, slot = name.partition(":")
        if listed not in self._lists:
            raise TemplateError(f"there is no list {listed!r}", f"add [lists] {listed} = [...]")
        values = self._lists[listed]
        return Choice(
            tuple(Sequence((Spoken(tuple(said.split()), ((slot or listed, value),)),)) for said, value in values)
        )


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a list's value. Raises TemplateError when one is none."""
    words = tuple(_word(word) for word in text.split())
    if not words:
        raise TemplateError("a value is empty", "write what the driver says")
    return words


def _word(text: str) -> str:
    if _WORD.fullmatch(text) is None or any(letter.isdigit() for letter in text):
        raise TemplateError(f"{text!r} is no word that can be spoken", "use letters; write numbers as words")
    return text.casefold()


def _filled(parts: list[Choice | Spoken]) -> Sequence:
    if not parts:
        raise TemplateError("there is nothing between two signs", "write words there")
    return Sequence(tuple(parts))
