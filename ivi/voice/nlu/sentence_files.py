# SPDX-License-Identifier: Apache-2.0
"""Reads the files of one language and puts them together; what is wrong is said with its file."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from ivi.model.errors import ConfigurationError
from ivi.voice.nlu.context_grammar import CONTEXTS, HOME

MAX_FILE = 256 << 10  # bytes


@dataclass
class SentenceFiles:
    """All domains of a language together."""

    language: str = ""
    intents: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By name: `data`, `example`, `answers`, `contexts`, `file`, `domain`."""
    lists: dict[str, Any] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)
    skip_words: list[str] = field(default_factory=list)
    spellings: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    """General ones."""
    questions: dict[str, str] = field(default_factory=dict)
    """What is asked for a missing slot: by `Intent.slot`, or by slot alone."""
    confirm: dict[str, str] = field(default_factory=dict)
    """What is asked before something is done: by intent."""
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    """How values of slots are said in answers: by slot and value."""
    suggestions: dict[str, list[str]] = field(default_factory=dict)
    """What to suggest, by context or page of the driving state."""


def read_folder(folder: Path) -> SentenceFiles:
    """The language of a folder. Raises ConfigurationError."""
    files = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    if not files:
        raise ConfigurationError(f"cannot read the sentences in {folder}: no .yaml there", hint="install ivi again")
    whole = SentenceFiles()
    for file in files:
        _add(whole, file, _load(file))
    if not whole.language or not whole.intents:
        raise ConfigurationError(f"{folder} has no intents or no language", hint="correct the files")
    return whole


def _load(file: Path) -> dict[str, Any]:
    try:
        if file.stat().st_size > MAX_FILE:
            raise ConfigurationError(f"{file} is larger than {MAX_FILE} bytes", hint="split it by domain")
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"cannot read the sentences {file}: {error}", hint="install ivi again") from error
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{file} is not YAML: {error}", hint="correct the file") from error
    if not isinstance(data, dict):
        raise ConfigurationError(f"{file} has no intents", hint="correct the file")
    return data


def _add(whole: SentenceFiles, file: Path, data: dict[str, Any]) -> None:
    whole.language = str(data.get("language") or whole.language)
    try:
        for name, entry in (data.get("intents") or {}).items():
            if not isinstance(name, str):
                raise ConfigurationError(f"{file}: {name!r} is no name of an intent", hint="put it in quotes")
            if name in whole.intents:
                raise ConfigurationError(f"{file}: {name} is in {whole.intents[name]['file']} too", hint="rename one")
            whole.intents[name] = _intent(entry, file)
        for target, key in (
            (whole.lists, "lists"),
            (whole.rules, "expansion_rules"),
            (whole.spellings, "spellings"),
            (whole.answers, "answers"),
            (whole.questions, "questions"),
            (whole.confirm, "confirm"),
            (whole.words, "words"),
            (whole.suggestions, "suggestions"),
        ):
            added: dict[str, Any] = data.get(key) or {}
            if twice := added.keys() & target.keys():
                raise ConfigurationError(f"{file}: {key} has {', '.join(sorted(twice))} again", hint="keep one of them")
            target.update(added)
        whole.skip_words.extend(data.get("skip_words") or [])
    except (AttributeError, TypeError, KeyError, ValueError) as error:
        raise ConfigurationError(f"{file}: {error!r}", hint="correct the file") from error


def _intent(entry: dict[str, Any], file: Path) -> dict[str, Any]:
    """An intent with its templates as hassil wants them."""
    plain = [one for one in entry["data"] if isinstance(one, str)]
    blocks = [dict(one) for one in entry["data"] if not isinstance(one, str)]
    contexts = entry.get("context", [HOME])
    contexts = [contexts] if isinstance(contexts, str) else list(contexts)
    if unknown := set(contexts) - set(CONTEXTS):
        raise ValueError(f"there is no context {', '.join(sorted(unknown))}")
    return {
        "data": ([{"sentences": plain}] if plain else []) + blocks,
        "example": str(entry.get("example", "")),
        "answers": {str(key): text for key, text in (entry.get("answers") or {}).items()},
        "contexts": contexts,
        "file": file.name,
        "domain": file.stem,
    }
