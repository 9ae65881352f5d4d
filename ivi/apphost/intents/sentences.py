# SPDX-License-Identifier: Apache-2.0
"""An app's sentences, one file a language: `sentences/en.toml` in its folder, read as strictly as its manifest.

[intents."charging.find"]
sentences = ["find [a] charger [near {place}]"]

[lists]
place = ["home", { said = "the office", value = "office" }]
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec

from ivi.apphost.intents.template import TemplateError, Values, parse, plain_words
from ivi.apphost.manifest import Manifest, VoiceIntents
from ivi.model.app_intents import Phrase
from ivi.model.errors import ConfigurationError

FOLDER = "sentences"
MAX_FILE = 32 << 10  # bytes
MAX_PHRASES = 300  # sentences of one app in one language
_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?", re.ASCII)

type Said = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class ListValue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value that is said otherwise than the app calls it."""

    said: Said
    value: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class IntentSentences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one intent can be said."""

    sentences: Annotated[list[str], msgspec.Meta(min_length=1, max_length=30)]


class SentencesFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file."""

    intents: dict[str, IntentSentences]
    lists: dict[str, Annotated[list[Said | ListValue], msgspec.Meta(min_length=1, max_length=50)]] = {}


@dataclass(frozen=True)
class _Source:
    """A file with what it takes to name a line of it."""

    path: Path
    text: str

    def error(self, quoted: str, message: str, fix: str) -> ConfigurationError:
        """An error at the first line that has `quoted`."""
        lines = self.text.splitlines()
        line = next((number for number, line in enumerate(lines, 1) if quoted in line), 0)
        place = f"{self.path}, line {line}" if line else str(self.path)
        return ConfigurationError(f"{place}: {message}", hint=fix)


def load(folder: Path, manifest: Manifest) -> dict[str, list[Phrase]]:
    """Every sentence of an app, by language; empty when its manifest asks for no intents.

    Raises ConfigurationError that names the file, the line and the fix.
    """
    intents = {name for grant in manifest.permission if isinstance(grant, VoiceIntents) for name in grant.intents}
    files = sorted((folder / FOLDER).glob("*.toml")) if intents else []
    if intents and not files:
        text = f"{folder}: the manifest asks for intents, and there is no sentence for them"
        raise ConfigurationError(text, hint=f"write {FOLDER}/en.toml")
    found: dict[str, list[Phrase]] = {}
    for path in files:
        if _LANGUAGE.fullmatch(path.stem) is None:
            raise ConfigurationError(f"{path} is not named after a language", hint="name it en.toml or en-GB.toml")
        found[path.stem] = _read(path, intents)
    return found


def _read(path: Path, intents: set[str]) -> list[Phrase]:
    try:
        if path.stat().st_size > MAX_FILE:
            raise ConfigurationError(f"{path} is larger than {MAX_FILE} bytes", hint="write fewer sentences")
        source = _Source(path, path.read_bytes().decode())
        file = msgspec.convert(tomllib.loads(source.text), SentencesFile)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path} cannot be read: {error}", hint="correct the line") from error
    except (msgspec.ValidationError, RecursionError) as error:
        raise ConfigurationError(f"{path}: {error}".replace("`$.", "`"), hint="see docs/sdk-facilities.md") from error
    for name in file.intents:
        if name not in intents:
            fix = f'add it to [[permission]] use = "voice" intents = ["{name}"]'
            raise source.error(name, f"the manifest does not ask for the intent {name!r}", fix)
    lists = {name: [_value(source, value) for value in values] for name, values in file.lists.items()}
    phrases: dict[str, Phrase] = {}
    for name, intent in file.intents.items():
        for template in intent.sentences:
            for phrase in _phrases(source, name, template, lists, MAX_PHRASES - len(phrases)):
                other = phrases.setdefault(phrase.text, phrase)
                if other.intent != name:
                    text = f"{phrase.text!r} means {other.intent} already"
                    raise source.error(template, text, "let each sentence mean one thing")
    return list(phrases.values())


def _value(source: _Source, value: str | ListValue) -> tuple[str, str]:
    said, meant = (value, value) if isinstance(value, str) else (value.said, value.value)
    try:
        return " ".join(plain_words(said)), meant
    except TemplateError as error:
        raise source.error(said, str(error), error.fix) from error


def _phrases(source: _Source, intent: str, template: str, lists: Values, room: int) -> list[Phrase]:
    try:
        parsed = parse(template, lists)
    except TemplateError as error:
        raise source.error(template, str(error), error.fix) from error
    if (count := parsed.count()) > room:
        text = f"this sentence stands for {count}, and there is room for {room} of {MAX_PHRASES}"
        raise source.error(template, text, "use fewer choices and shorter lists")
    return [Phrase(" ".join(spoken.words), intent, dict(spoken.slots)) for spoken in parsed.spoken() if spoken.words]
