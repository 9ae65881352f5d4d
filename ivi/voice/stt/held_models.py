# SPDX-License-Identifier: Apache-2.0
"""The grammars that the worker keeps loaded, so that a change of context costs a fraction of a millisecond.

Vosk binds a grammar to the model when it loads it, so that each context holds the acoustic part once: 2.5 MB of the
shipped model, 15 to 25 ms to load. A model that keeps its own graphs is held once for all its contexts.
"""

import ctypes
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ivi.model.errors import ConfigurationError
from ivi.voice.grammar.overlay import PHRASES
from ivi.voice.stt.early_commit import Sentences
from ivi.voice.stt.libvosk import Model, Recogniser
from ivi.voice.stt.protocol import ANYTHING, MAX_CONTEXTS
from ivi.voice.stt.second_opinion import SecondOpinion


@dataclass(frozen=True)
class Context:
    """A loaded grammar."""

    model: Model
    phrases: tuple[str, ...] | None
    sentences: Sentences | None
    opinion: SecondOpinion | None = None
    """Of the grammar of any words only."""

    def recogniser(self, rate: int) -> Recogniser:
        """A recogniser that hears one sentence in this context."""
        return Recogniser(self.model, rate, self.phrases)


class HeldModels:
    """Contexts by name."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self._library = library
        self._contexts: dict[str, tuple[Path, Context]] = {}
        self._models: dict[Path, Model] = {}

    def get(self, name: str) -> Context | None:
        """The context, if it is held."""
        held = self._contexts.get(name)
        return held[1] if held is not None else None

    def hold(self, folders: Mapping[str, Path]) -> dict[str, str]:
        """Hold these and no others; what went wrong, by name. A context that fails to load keeps its last grammar."""
        failed = dict.fromkeys(list(folders)[MAX_CONTEXTS:], f"more than {MAX_CONTEXTS} contexts")
        for name in [name for name in self._contexts if name not in folders]:
            del self._contexts[name]
        for name, folder in list(folders.items())[:MAX_CONTEXTS]:
            if name in self._contexts and self._contexts[name][0] == folder:
                continue
            try:
                self._contexts[name] = (folder, self._load(name, folder))
            except ConfigurationError as error:
                failed[name] = error.message
        self._release()
        return failed

    def _load(self, name: str, folder: Path) -> Context:
        if (folder / PHRASES).is_file():
            return Context(self._model((folder / "am").resolve().parent), _phrases(folder / PHRASES), None)
        if not folder.is_dir():
            raise ConfigurationError(f"no model folder {folder}", hint="copy the model again")
        opinion = SecondOpinion.read(folder) if name == ANYTHING else None
        return Context(self._model(folder), None, Sentences.read(folder), opinion)

    def _model(self, folder: Path) -> Model:
        if folder not in self._models:
            self._models[folder] = Model(self._library, folder)
        return self._models[folder]

    def _release(self) -> None:
        used = {id(context.model) for _, context in self._contexts.values()}
        for folder in [folder for folder, model in self._models.items() if id(model) not in used]:
            self._models.pop(folder).close()


def _phrases(source: Path) -> tuple[str, ...]:
    """Checked here, because vosk dies of a list that is not one."""
    try:
        phrases = json.loads(source.read_bytes())
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{source} is damaged: {error}", hint="remove the voice's cache") from error
    if not isinstance(phrases, list) or not phrases or not all(isinstance(phrase, str) for phrase in phrases):
        raise ConfigurationError(f"{source} is no list of phrases", hint="remove the voice's cache")
    return tuple(phrases)
