# SPDX-License-Identifier: Apache-2.0
"""Keeps the recogniser's grammars up to date with what the language, the apps and the names of the moment allow."""

import asyncio
import contextlib
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

from ivi.daemon.process import Counter, Process
from ivi.model.errors import DeadlineError, IviError, UnavailableError
from ivi.model.status import Problem
from ivi.voice.grammar_maker import Made, Wish
from ivi.voice.grammar_making import TIMEOUT, make
from ivi.voice.nlu.context_grammar import HOME
from ivi.voice.nlu.language import Language
from ivi.voice.stt.recogniser import Recogniser

log = logging.getLogger(__name__)

SHOWN_DROPPED = 5  # sentences named in the log when words are missing
AGAIN = 30.0  # seconds after which the first grammars are tried again
SETTLE = 0.5  # seconds: names and apps come in groups


class SpokenGrammars:
    """A grammar for each context of a language, made for one model, and the recogniser that hears with them."""

    def __init__(self, process: Process, language: Language, model: Path, cache: Path) -> None:
        """`cache` holds what is made for the next start."""
        self._process = process
        self._language = language
        self._model = model
        self._cache = cache
        self._sentences: tuple[str, ...] = ()
        self._made: dict[str, Made] = {}
        self._why_not: IviError | None = None
        self._changed = asyncio.Event()
        self._tried = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None
        self.recogniser = Recogniser({})

    async def start(self) -> None:
        """Make the grammars and start the recogniser, both in the background."""
        self._keeper = asyncio.get_running_loop().create_task(self._keep())

    async def stop(self) -> None:
        """End the recogniser, and what is being made."""
        if self._keeper is not None:
            self._keeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeper
        await self.recogniser.stop()

    async def ready(self) -> None:
        """Wait until the recogniser has grammars.

        Raises what kept them from being made the first time, or DeadlineError.
        """
        try:
            async with asyncio.timeout(TIMEOUT):
                await self._tried.wait()
        except TimeoutError as error:
            raise DeadlineError("the voice grammar is still being made", hint="try again in a moment") from error
        if not self._made:
            why = self._why_not or UnavailableError("there is no voice grammar")
            raise UnavailableError(why.message, hint=why.hint)

    def apps(self, sentences: Sequence[str]) -> None:
        """Apps understand these sentences from now on; they can be spoken some seconds later."""
        self._sentences = tuple(sentences)
        self._changed.set()

    async def names(self, _names: Mapping[str, Sequence[str]]) -> None:
        """The language's lists of names have changed; they can be spoken some seconds later."""
        self._changed.set()

    def counters(self) -> dict[str, Counter]:
        """For the process's status."""
        return {
            "worker_restarts": self.recogniser.restarts,
            "recogniser_pid": self.recogniser.pid or 0,
            "grammar_sentences": self._made[HOME].sentences if self._made else 0,
        }

    async def _keep(self) -> None:
        """Make them once, and again after changes; the old grammars count until then, and if it fails."""
        self._changed.clear()
        await self._renew("The voice has no grammar: sentences can be typed but not spoken")
        self._tried.set()
        await self.recogniser.start()  # only now: not everything at the same moment
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(None if self._made else AGAIN):
                    await self._changed.wait()
            await asyncio.sleep(SETTLE)
            self._changed.clear()
            await self._renew("New names and sentences of apps cannot be spoken")

    async def _renew(self, what: str) -> None:
        names = {name: tuple(listed) for name, listed in self._language.names.items() if listed}
        wish = Wish(str(self._language.source), str(self._model), str(self._cache), names, self._sentences)
        try:
            self._made = await make(wish)
            await self.recogniser.load({name: Path(made.path) for name, made in self._made.items()})
        except IviError as error:
            self._why_not = error
            log.warning("no new grammar", extra={"error": str(error)})
            self._process.report("sentences", Problem(what, error.message, error.hint))
            return
        self._process.resolve("sentences")
        self._report_dropped()

    def _report_dropped(self) -> None:
        dropped = sorted({text for made in self._made.values() for text in made.dropped})
        if dropped:
            some = "; ".join(dropped[:SHOWN_DROPPED])
            log.warning("what cannot be spoken", extra={"count": len(dropped), "some": some})
            what = f"{len(dropped)} sentences or names can be typed but not spoken"
            self._process.report("sentences", Problem(what, str(self._model), f"write them in Latin letters: {some}"))
