# SPDX-License-Identifier: Apache-2.0
"""One language: its sentence templates (hassil), the sentences they stand for, and the texts of the answers."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from hassil.errors import HassilError
from hassil.intents import Intents
from hassil.parser import ParseError
from hassil.recognize import recognize_best
from hassil.sample import sample_intents

from ivi.model.errors import ConfigurationError
from ivi.model.signal import Scalar

MAX_TEXT = 200  # characters of a typed sentence; more is no command
_SPACES = re.compile(r"[\s,!?;:]+|\.(?!\d)")  # the point of a number stays


@dataclass(frozen=True)
class Match:
    """What a sentence means."""

    intent: str
    slots: dict[str, Scalar] = field(default_factory=dict)


class Language:
    """A language's file, checked when it is loaded."""

    def __init__(self, source: Path) -> None:
        """Raises ConfigurationError when the file is missing or not usable."""
        self.source = source
        data = _load(source)
        try:
            self._intents = Intents.from_dict(data)
            for intent in self._intents.intents.values():
                for block in intent.data:
                    _ = block.sentences  # parsed lazily by hassil; a bad template must be known now
        except (HassilError, ParseError, KeyError, TypeError, ValueError, AttributeError, AssertionError) as error:
            raise ConfigurationError(f"{source}: bad sentence template: {error!r}", hint="correct the file") from error
        self.answers: dict[str, Any] = data.get("answers") or {}
        self.examples: tuple[str, ...] = tuple(data.get("examples") or ())
        spellings: dict[str, str] = data.get("spellings") or {}
        self._spellings = [(_whole(written), spoken) for written, spoken in spellings.items()]

    @property
    def code(self) -> str:
        """Of the language, e.g. `en`."""
        return self._intents.language

    @property
    def intents(self) -> tuple[str, ...]:
        """Names of all intents."""
        return tuple(self._intents.intents)

    def sentences(self) -> list[str]:
        """Every sentence that the templates stand for, sorted, in plain words as a recogniser writes them.

        Ranges expand to digits and to hyphenated words; the digits are dropped, because nobody can speak them.
        """
        try:
            sampled = {text for _, text in sample_intents(self._intents, language=self._intents.language)}
        except HassilError as error:
            raise ConfigurationError(f"{self.source}: {error}", hint="correct the file") from error
        spoken = (" ".join(text.replace("-", " ").split()) for text in sampled)
        return sorted({text for text in spoken if text and not any(letter.isdigit() for letter in text)})

    def parse(self, text: str) -> Match | None:
        """The intent of a sentence, or None. Numbers may be words or digits."""
        plain = self.plain(text)
        if not plain:
            return None
        result = recognize_best(plain, self._intents, language=self._intents.language)
        if result is None:
            return None
        return Match(result.intent.name, {name: entity.value for name, entity in result.entities.items()})

    def plain(self, text: str) -> str:
        """Small letters, no punctuation, and the written forms of `spellings` as words."""
        plain = text[:MAX_TEXT].casefold().replace("\u2019", "'")
        for written, spoken in self._spellings:
            plain = written.sub(spoken, plain)
        return _SPACES.sub(" ", plain).strip()


def _whole(written: str) -> re.Pattern[str]:
    """Finds this writing, but not inside a longer word."""
    before = r"(?<!\w)" if written[:1].isalnum() else ""
    after = r"(?!\w)" if written[-1:].isalnum() else ""
    return re.compile(before + re.escape(written) + after)


def _load(source: Path) -> dict[str, Any]:
    try:
        data = yaml.safe_load(source.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"cannot read the sentences {source}: {error}", hint="install ivi again") from error
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{source} is not YAML: {error}", hint="correct the file") from error
    if not isinstance(data, dict) or "intents" not in data or "language" not in data:
        raise ConfigurationError(f"{source} has no intents or no language", hint="correct the file")
    return data
