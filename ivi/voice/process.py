# SPDX-License-Identifier: Apache-2.0
"""The voice process: what its socket answers, from microphone, file or typed text to an action and a spoken answer."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass, field
from pathlib import Path

from ivi.daemon import heap
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Session, Stream
from ivi.daemon.paths import state_dir
from ivi.daemon.process import Counter, Process
from ivi.model.errors import DeadlineError, InternalError, IviError, UnavailableError
from ivi.model.status import Problem
from ivi.model.voice import (
    AnswerDialogue,
    DialogueUpdate,
    Phase,
    PushToTalk,
    SayText,
    SayWav,
    SubscribeDialogue,
    Understood,
)
from ivi.voice import microphone, wav
from ivi.voice.app_intents import AppSpeech
from ivi.voice.car_signals import CarSignals
from ivi.voice.dialogue.attendance import Attendance
from ivi.voice.dialogue.dialogue import ANSWER_SHOWN, Dialogue, Exchange
from ivi.voice.listening_parts import Opened, Reply, State
from ivi.voice.nlu.app_sentences import AppSentences
from ivi.voice.nlu.language import Language
from ivi.voice.pipeline import Pipeline, Settings
from ivi.voice.spoken_grammars import SpokenGrammars
from ivi.voice.stt.protocol import Heard

log = logging.getLogger(__name__)

MODEL = Path(__file__).parent / "models" / "en-us-command"
SENTENCES = Path(__file__).parent / "sentences" / "en"
EARS = Settings()


class Voice:
    """Sentences in, actions and answers out. It works without microphone, loudspeaker and espeak-ng, with less."""

    def __init__(  # noqa: PLR0913  # a link to each neighbour
        self,
        process: Process,
        databroker: LinkClient,
        *,
        model: Path = MODEL,
        sentences: Path = SENTENCES,
        cache: Path | None = None,
        apphost: LinkClient | None = None,
        services: LinkClient | None = None,
        settings: Settings = EARS,
    ) -> None:
        """Reads the sentences; `cache` (default: state folder/voice) holds the grammars made of them and the model.

        With `apphost` sentences of apps are understood too.

        Raises ConfigurationError when the sentences cannot be used.
        """
        self._process = process
        language = self._language = Language(sentences)
        self._cache = cache if cache is not None else state_dir() / "voice"
        self._apps = AppSpeech(apphost, language.code, self._apps_changed) if apphost is not None else None
        self._following: asyncio.Task[None] | None = None
        self.attendance = Attendance(process, databroker, services, apphost, folder=self._cache)
        self._dialogue = Dialogue(language, self.attendance.world, self._tell, self._apps)
        self._grammars = SpokenGrammars(process, language, model, self._cache)
        self._recogniser = self._grammars.recogniser
        self._pipeline = Pipeline(process, self, services, self._cache / "spoken", settings)
        self._signals = CarSignals(databroker, self._pipeline.at_speed, self._pipeline.key)
        self._signalling: asyncio.Task[None] | None = None
        self._preparing: asyncio.Task[None] | None = None
        self._exchange: Exchange | None = None
        self._watchers: set[Stream] = set()
        self._latest = DialogueUpdate(Phase.IDLE)
        self._end_of_answer: asyncio.TimerHandle | None = None
        self._one_at_a_time = asyncio.Lock()
        self._counts = {"sentences": 0, "understood": 0, "rejected": 0, "sentences_lost": 0}
        self._last: dict[str, Counter] = {"last_sentence": "", "last_intent": "", "last_ok": False}
        process.add_counters(self._counters)

    async def start(self) -> None:
        """Start the recogniser and look for sound devices, both in the background."""
        await self._grammars.start()
        await self._pipeline.start()
        self.attendance.start(self._dialogue, self.announce, self._grammars.names)
        self._signalling = asyncio.get_running_loop().create_task(self._signals.follow())
        self._preparing = asyncio.get_running_loop().create_task(self._prepare())
        if self._apps is not None:
            self._following = asyncio.get_running_loop().create_task(self._apps.follow())

    async def _prepare(self) -> None:
        """Render what is always the same, and let go of what the start needed."""
        await self._pipeline.speaker.prepare(self._dialogue.answers.fixed())
        heap.give_back()

    async def stop(self) -> None:
        """Be silent, end the recogniser, and end the streams."""
        if self._end_of_answer is not None:
            self._end_of_answer.cancel()
        for task in (self._signalling, self._preparing, self._following):
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
        await self.attendance.stop()
        await self._pipeline.stop()
        await self._grammars.stop()

    def serve(self, server: LinkServer) -> None:
        """Answer the requests of ivi.model.voice on this server."""
        server.router.on_call(SayText, self._say_text)
        server.router.on_call(SayWav, self._say_wav)
        server.router.on_call(PushToTalk, self._push_to_talk)
        server.router.on_call(AnswerDialogue, self._touched)
        server.router.on_stream(SubscribeDialogue, self._subscribe)

    # -- requests -----------------------------------------------------------------------------------------------------
    async def _say_text(self, request: SayText, _session: Session) -> Understood:
        async with self._one_at_a_time:
            return await self._answered(self._dialogue.typed(request.text))

    async def _touched(self, request: AnswerDialogue, _session: Session) -> Understood:
        async with self._one_at_a_time:
            return await self._answered(self._dialogue.touched(request.question, request.choice))

    async def announce(self, text: str) -> None:
        """Say and show something that nobody asked for now, e.g. a reminder."""
        async with self._one_at_a_time:
            await self._pipeline.say(text)
            self._tell(DialogueUpdate(Phase.ANSWERED, "", text))
            self._hide_later()

    async def _say_wav(self, request: SayWav, _session: Session) -> Understood:
        sound = wav.read(request.wav)
        async with self._one_at_a_time:
            self._tell(self._dialogue.listening())
            return await self._answered(self._listened(sound.blocks(), sound.rate), answered_by_voice=False)

    async def _push_to_talk(self, _request: PushToTalk, _session: Session) -> Understood:
        reply, spoken = await self._pipeline.press()
        if not isinstance(reply, _Answer):
            raise InternalError("an answer of somebody else")
        return _understood(reply.exchange, spoken=spoken)

    async def _subscribe(self, _request: SubscribeDialogue, stream: Stream) -> None:
        self._watchers.add(stream)
        try:
            stream.send(self._latest)
            await asyncio.get_running_loop().create_future()  # until the reader leaves
        finally:
            self._watchers.discard(stream)

    # -- one sentence -------------------------------------------------------------------------------------------------
    async def sentence(self, blocks: AsyncIterator[bytes], context: str, _opened: Opened) -> Reply:
        """A sentence from the microphone. Raises UnavailableError when the microphone is lost in it."""
        async with self._one_at_a_time:
            exchange = self._exchange = await self._listened(blocks, microphone.RATE)
        self._count(exchange)
        return _reply(exchange)

    def listens(self, state: State, context: str) -> None:
        """Show what the ear does."""
        if state is State.LISTENING:
            self._tell(self._dialogue.listening())
        elif state is State.ANSWERING and self._exchange is not None:
            self._show(self._exchange)
        elif state is State.IDLE and self._latest.phase not in {Phase.ANSWERED, Phase.ASKING}:
            self._tell(DialogueUpdate(Phase.IDLE))

    async def _listened(self, blocks: AsyncIterator[bytes], rate: int) -> Exchange:
        heard = await self._recognised(blocks, rate)
        if heard is None:
            return self._dialogue.lost("recogniser_failed")
        return await self._dialogue.heard(heard)

    async def _recognised(self, blocks: AsyncIterator[bytes], rate: int) -> Heard | None:
        """None when the recogniser lost the sentence; a microphone that fails is the caller's error."""
        source = _Source(blocks)
        try:
            dialogue = self._dialogue
            await self._grammars.ready()
            heard = await self._recogniser.hear(source.blocks(), rate, dialogue.context, dialogue.partial)
        except (UnavailableError, DeadlineError) as error:
            if source.error is not None:
                raise
            self._counts["sentences_lost"] += 1
            self._process.report(
                "recogniser", Problem("Speech recognition failed", error.message, error.hint or "say it again")
            )
            return None
        self._process.resolve("recogniser")
        return heard

    async def _answered(self, exchanging: Awaitable[Exchange], *, answered_by_voice: bool = True) -> Understood:
        """What comes of a sentence that was typed, touched or sent; a question may be answered by voice, too."""
        with contextlib.ExitStack() as ended:  # also when the caller has gone: the screen must not show that we listen
            ended.callback(self._tell, DialogueUpdate(Phase.IDLE))
            exchange = await exchanging
            ended.pop_all()
        self._count(exchange)
        if exchange.question and answered_by_voice:
            self._exchange = exchange
            spoken = await self._pipeline.ask(_reply(exchange))
        else:
            await self._pipeline.answered()
            spoken = await self._pipeline.say(exchange.answer)
        self._show(exchange)
        return _understood(exchange, spoken=spoken)

    def _show(self, exchange: Exchange) -> None:
        self._tell(exchange.update())
        self._hide_later(exchange.shown_for)

    def _hide_later(self, seconds: float = ANSWER_SHOWN) -> None:
        loop = asyncio.get_running_loop()
        self._end_of_answer = loop.call_later(seconds, self._tell, DialogueUpdate(Phase.IDLE))

    def _tell(self, update: DialogueUpdate) -> None:
        if self._end_of_answer is not None:
            self._end_of_answer.cancel()
            self._end_of_answer = None
        self._latest = update
        for stream in self._watchers:
            stream.send(update)

    # -- what is known of itself --------------------------------------------------------------------------------------
    async def _apps_changed(self, apps: AppSentences) -> None:
        """Let the apps' sentences be heard too; typed ones count at once."""
        self._grammars.apps(tuple(apps.matches))

    def _count(self, exchange: Exchange) -> None:
        if exchange.next_context:
            self._recogniser.prepare(exchange.next_context)
        self._counts["sentences"] += 1
        self._counts["understood" if exchange.intent else "rejected"] += 1
        self._last = {
            "last_sentence": exchange.sentence,
            "last_intent": exchange.intent,
            "last_ok": exchange.ok,
        }
        log.info("sentence", extra={"intent": exchange.intent, "ok": exchange.ok, "confidence": exchange.confidence})

    def _counters(self) -> dict[str, Counter]:
        return {
            **self._counts,
            **self._grammars.counters(),
            **self._last,
        }


@dataclass(frozen=True)
class _Answer(Reply):
    """What the ear says, and what came of the sentence."""

    exchange: Exchange = field(kw_only=True)


def _reply(exchange: Exchange) -> _Answer:
    return _Answer(exchange.answer, bool(exchange.intent), exchange.next_context, exchange.follow_up, exchange=exchange)


def _understood(exchange: Exchange, *, spoken: bool) -> Understood:
    return Understood(
        exchange.sentence,
        exchange.intent,
        exchange.slots,
        exchange.ok,
        exchange.answer,
        spoken,
        exchange.confidence,
        exchange.question > 0,
    )


class _Source:
    """Passes blocks on and remembers whether their source failed, to tell a lost microphone from a lost recogniser."""

    def __init__(self, blocks: AsyncIterator[bytes]) -> None:
        self.error: IviError | None = None
        self._blocks = blocks

    async def blocks(self) -> AsyncIterator[bytes]:
        """The blocks."""
        try:
            async for block in self._blocks:
                yield block
        except IviError as error:
            self.error = error
            raise
