# SPDX-License-Identifier: Apache-2.0
"""Keeps the recogniser's grammars up to date with what the language, the apps and the names of the moment allow."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

from ivi.daemon.process import Counter, Process
from ivi.model.errors import IviError
from ivi.model.status import Problem
from ivi.voice.grammar.contexts import build, with_anything
from ivi.voice.grammar.overlay import Overlay
from ivi.voice.nlu.context_grammar import HOME
from ivi.voice.nlu.language import Language
from ivi.voice.stt.recogniser import Recogniser

log = logging.getLogger(__name__)

SHOWN_DROPPED = 5  # sentences named in the log when words are missing


class SpokenGrammars:
    """A grammar for each context of a language, built for one model, and the recogniser that hears with them."""

    def __init__(self, process: Process, language: Language, model: Path, cache: Path) -> None:
        """Builds them all; `cache` holds them for the next start.

        Raises ConfigurationError when the model or the sentences cannot be used.
        """
        self._process = process
        self._language = language
        self._model = model
        self._cache = cache
        self._sentences: tuple[str, ...] = ()
        self._renewing = asyncio.Lock()
        self._made = self._build()
        self._report_dropped()
        self.recogniser = Recogniser(self._folders())

    async def apps(self, sentences: Sequence[str]) -> None:
        """Apps understand these sentences from now on."""
        self._sentences = tuple(sentences)
        await self._renew("Sentences of apps cannot be spoken")

    async def names(self, _names: Mapping[str, Sequence[str]]) -> None:
        """The language's lists of names have changed."""
        await self._renew("New names cannot be spoken")

    def counters(self) -> dict[str, Counter]:
        """For the process's status."""
        return {
            "worker_restarts": self.recogniser.restarts,
            "recogniser_pid": self.recogniser.pid or 0,
            "grammar_sentences": self._made[HOME].sentences,
        }

    async def _renew(self, what: str) -> None:
        """Build in a thread what has changed and load it; the old grammars count until then, and if it fails."""
        async with self._renewing:
            try:
                self._made = await asyncio.to_thread(self._build)
                await self.recogniser.load(self._folders())
            except IviError as error:
                self._process.report("sentences", Problem(what, error.message, error.hint))
                return
        self._process.resolve("sentences")
        self._report_dropped()

    def _build(self) -> dict[str, Overlay]:
        contexts = self._language.contexts(sentences=self._sentences)
        return build(self._model, with_anything(contexts), self._cache)

    def _folders(self) -> dict[str, Path]:
        return {name: overlay.path for name, overlay in self._made.items()}

    def _report_dropped(self) -> None:
        dropped = sorted({text for overlay in self._made.values() for text in overlay.dropped})
        if dropped:
            some = "; ".join(dropped[:SHOWN_DROPPED])
            log.warning("what cannot be spoken", extra={"count": len(dropped), "some": some})
            what = f"{len(dropped)} sentences or names can be typed but not spoken"
            self._process.report("sentences", Problem(what, str(self._model), f"write them in Latin letters: {some}"))
