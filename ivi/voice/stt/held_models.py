# SPDX-License-Identifier: Apache-2.0
"""The grammars that the worker knows, and those that it keeps loaded.

Vosk binds a grammar to the model when it loads it, so that each context holds the acoustic part once: 5 to 6 MB of the
shipped model, 20 to 40 ms to load. So the one in which every conversation begins stays loaded, and the one of a
question is loaded while the question is spoken; to change to a loaded one costs a fraction of a millisecond. A model
that keeps its own graphs is held once for all its contexts.
"""

import ctypes
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ivi.model.errors import ConfigurationError
from ivi.voice.grammar.model_files import PHRASES
from ivi.voice.nlu.context_grammar import HOME
from ivi.voice.stt.early_commit import Sentences
from ivi.voice.stt.libvosk import Model, Recogniser
from ivi.voice.stt.protocol import ANYTHING, MAX_CONTEXTS
from ivi.voice.stt.second_opinion import SecondOpinion

ALWAYS = frozenset({HOME, ANYTHING})
"""Contexts that stay loaded."""
SPARE = 1  # others that do: the question that is open


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
        self._folders: dict[str, Path] = {}
        self._loaded: dict[str, tuple[Path, Context]] = {}  # the latest used last
        self._models: dict[Path, Model] = {}

    @property
    def loaded(self) -> tuple[str, ...]:
        """Names of the contexts that can be heard in without loading."""
        return tuple(self._loaded)

    def get(self, name: str) -> Context | None:
        """The context, loaded now if it is not; None when there is none or it does not load any more.

        The context that was used longest ago may be released by this, so no sentence may be open.
        """
        folder = self._folders.get(name)
        if folder is None:
            return None
        held = self._loaded.pop(name, None)
        if held is None or held[0] != folder:
            try:
                held = (folder, self._load(name, folder))
            except ConfigurationError:
                return None
        self._loaded[name] = held
        self._release()
        return held[1]

    def hold(self, folders: Mapping[str, Path]) -> dict[str, str]:
        """Know these and no others; what went wrong, by name. A context that fails to load keeps its last grammar."""
        failed = dict.fromkeys(list(folders)[MAX_CONTEXTS:], f"more than {MAX_CONTEXTS} contexts")
        for name in [name for name in self._folders if name not in folders]:
            del self._folders[name]
        for name, folder in list(folders.items())[:MAX_CONTEXTS]:
            if self._folders.get(name) == folder:
                continue
            try:
                self._loaded[name] = (folder, self._load(name, folder))
            except ConfigurationError as error:
                failed[name] = error.message
            else:
                self._folders[name] = folder
                self._release()
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
        """Keep what is always needed and the latest of the others."""
        for name in [name for name in self._loaded if self._folders.get(name) != self._loaded[name][0]]:
            del self._loaded[name]
        others = [name for name in self._loaded if name not in ALWAYS]
        for name in others[:-SPARE]:
            del self._loaded[name]
        used = {id(context.model) for _, context in self._loaded.values()}
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
