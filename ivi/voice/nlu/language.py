# SPDX-License-Identifier: Apache-2.0
"""One language: a folder with a file of sentence templates and answers for each domain, checked when it is loaded.

A domain's file has `intents`, each with `data` (templates of hassil; a mapping of `sentences` and `slots` where a
template says more than its words), an `example` and `answers`; and the `lists`, `expansion_rules`, `skip_words` and
`spellings` that its templates need. An intent that belongs to a context of the dialogue says so with `context`. Texts
of general answers are under `answers`, what is asked for a missing slot under `questions`, what is confirmed under
`confirm`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hassil.errors import HassilError
from hassil.expression import TextChunk
from hassil.intents import Intents, TextSlotList, TextSlotValue
from hassil.parser import ParseError
from hassil.recognize import recognize_best
from hassil.sample import sample_intents

from ivi.model.errors import ConfigurationError
from ivi.model.signal import Scalar
from ivi.voice.lexicon.dictionary import Lexicon
from ivi.voice.lexicon.nearest import nearest
from ivi.voice.nlu.context_grammar import CONTEXTS, DICTATION, HOME, ContextGrammar
from ivi.voice.nlu.sentence_files import SentenceFiles, read_folder

MAX_TEXT = 200  # characters of a typed sentence; more is no command
_SPACES = re.compile(r"[\s,!?;:]+|\.(?!\d)")  # the point of a number stays
NAMES = ("contact", "place", "title", "choice", "app")
"""Lists that are filled at run time; what no file gives them is empty."""
NOBODY = "\u2014"
"""Stands in a list without names: hassil wants one value, and nobody says this one."""


@dataclass(frozen=True)
class Match:
    """What a sentence means."""

    intent: str
    slots: dict[str, Scalar] = field(default_factory=dict)


class Language:
    """A language's files, and the sentences of each context."""

    def __init__(self, source: Path) -> None:
        """`source` is the language's folder. Raises ConfigurationError when it is missing or not usable."""
        self.source = source
        self.files: SentenceFiles = read_folder(source)
        self._names: dict[str, tuple[str, ...]] = {}
        self._grammars = {context: self._intents_of(context) for context in CONTEXTS if context != DICTATION}
        spellings = self.files.spellings
        self._spellings = [(_whole(written), spoken) for written, spoken in spellings.items()]

    @property
    def code(self) -> str:
        """Of the language, e.g. `en`."""
        return self.files.language

    @property
    def intents(self) -> tuple[str, ...]:
        """Names of all intents, those of contexts too."""
        return tuple(self.files.intents)

    @property
    def templates(self) -> int:
        """How many sentence templates there are."""
        return sum(len(block["sentences"]) for entry in self.files.intents.values() for block in entry["data"])

    @property
    def names(self) -> Mapping[str, Sequence[str]]:
        """Names that are known now, by list."""
        return self._names

    def use_names(self, names: Mapping[str, Sequence[str]]) -> None:
        """Fill the lists of names: contacts, places, titles, what can be chosen."""
        for name in NAMES:
            if name in names:
                self._names[name] = tuple(names[name])
        for intents in self._grammars.values():
            self._fill(intents)

    def contexts(
        self, names: Mapping[str, Sequence[str]] | None = None, sentences: Sequence[str] = ()
    ) -> dict[str, ContextGrammar]:
        """What may be said in each context; `sentences` are whole ones besides, for home."""
        if names:
            self.use_names(names)
        listed = frozenset(NAMES)
        found = {
            context: ContextGrammar(intents, tuple(sentences) if context == HOME else (), listed)
            for context, intents in self._grammars.items()
        }
        found[DICTATION] = ContextGrammar(self._grammars["confirm"], (), listed, free=True)
        return found

    def sentences(self, context: str = HOME, only: frozenset[str] | None = None) -> list[str]:
        """Every sentence of a context (or of `only` some intents), sorted, in plain words as a recogniser writes them.

        For small sets: the whole of home stands for millions. Ranges expand to digits and to hyphenated words; the
        digits are dropped, because nobody can speak them.
        """
        intents = self._grammars[context]
        try:
            sampled = {
                text
                for _, text in sample_intents(
                    intents, language=intents.language, intent_names=set(only) if only is not None else None
                )
            }
        except HassilError as error:
            raise ConfigurationError(f"{self.source}: {error}", hint="correct the file") from error
        spoken = (" ".join(text.replace("-", " ").split()) for text in sampled)
        return sorted({text for text in spoken if text and NOBODY not in text and not any(map(str.isdigit, text))})

    def parse(self, text: str, context: str = HOME) -> Match | None:
        """The intent of a sentence, or None. Numbers may be words or digits."""
        plain = self.plain(text)
        grammar = self._grammars.get(context)
        if not plain or grammar is None:
            return None
        result = recognize_best(plain, grammar, language=grammar.language)
        if result is None:
            return None
        return Match(result.intent.name, {name: entity.value for name, entity in result.entities.items()})

    def sounds_like(self, text: str, context: str) -> Match | None:
        """What it means when a name that was said alone was heard or written as something that only sounds like it.

        None when no name comes near, or two come as near.
        """
        names = (name for listed in self._names.values() for name in listed)
        found = nearest(self.plain(text), names, Lexicon(self.code))
        return self.parse(found.name, context) if found is not None else None

    def plain(self, text: str) -> str:
        """Small letters, no punctuation, and the written forms of `spellings` as words."""
        plain = text[:MAX_TEXT].lower().replace("\u2019", "'")
        for written, spoken in self._spellings:
            plain = written.sub(spoken, plain)
        return _SPACES.sub(" ", plain).strip()

    def _intents_of(self, context: str) -> Intents:
        """hassil's templates of one context, each of them parsed: a bad one must be known now."""
        chosen = {name: entry for name, entry in self.files.intents.items() if context in entry["contexts"]}
        lists = {**{name: {"values": [NOBODY]} for name in NAMES}, **self.files.lists}
        data = {
            "language": self.files.language,
            "intents": {name: {"data": entry["data"]} for name, entry in chosen.items()},
            "lists": lists,
            "expansion_rules": self.files.rules,
            "skip_words": self.files.skip_words,
        }
        try:
            intents = Intents.from_dict(data)
        except (HassilError, ParseError, KeyError, TypeError, ValueError, AttributeError, AssertionError) as error:
            raise ConfigurationError(f"{self.source}: bad list or rule: {error!r}", hint="correct it") from error
        for name, intent in intents.intents.items():
            for block in intent.data:
                try:
                    _ = block.sentences
                except (HassilError, ParseError, ValueError, AssertionError) as error:
                    where = f"{chosen[name]['file']}: {name}"
                    raise ConfigurationError(f"{where}: bad sentence template: {error}", hint="correct it") from error
        return intents

    def _fill(self, intents: Intents) -> None:
        for name, values in self._names.items():
            spoken = {_said(value): value for value in values} or {NOBODY: NOBODY}
            entries = [
                TextSlotValue(text_in=TextChunk(heard), value_out=value) for heard, value in spoken.items() if heard
            ]
            intents.slot_lists[name] = TextSlotList(name, entries or [TextSlotValue(TextChunk(NOBODY), NOBODY)])


def _said(name: str) -> str:
    """The words of a name as they are spoken; those with digits are left out: nobody knows how they are said."""
    words = _SPACES.sub(" ", name.lower().replace("-", " ").replace("(", " ").replace(")", " ")).split()
    return " ".join([word for word in words if not any(map(str.isdigit, word))] or words)


def _whole(written: str) -> re.Pattern[str]:
    """Finds this writing, but not inside a longer word."""
    before = r"(?<!\w)" if written[:1].isalnum() else ""
    after = r"(?!\w)" if written[-1:].isalnum() else ""
    return re.compile(before + re.escape(written) + after)


def example_of(files: SentenceFiles, intent: str) -> str:
    """The sentence that stands for an intent; empty when it has none."""
    entry: dict[str, Any] = files.intents.get(intent, {})
    return str(entry.get("example", ""))
