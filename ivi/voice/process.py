# SPDX-License-Identifier: Apache-2.0
"""The voice process: what its socket answers, from microphone, file or typed text to an action and a spoken answer."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path

from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Session, Stream
from ivi.daemon.paths import state_dir
from ivi.daemon.process import Counter, Process
from ivi.model.errors import ConfigurationError, DeadlineError, IviError, ResourceExhaustedError, UnavailableError
from ivi.model.status import Problem
from ivi.model.voice import DialogueUpdate, Phase, PushToTalk, SayText, SayWav, SubscribeDialogue, Understood
from ivi.voice import microphone, sound_devices, wav
from ivi.voice.app_intents import AppSpeech
from ivi.voice.dialogue.answers import Answers
from ivi.voice.dialogue.car import Car
from ivi.voice.dialogue.dialogue import Dialogue, Exchange
from ivi.voice.grammar.contexts import build, of_sentences
from ivi.voice.grammar.overlay import Overlay
from ivi.voice.microphone import Microphone
from ivi.voice.nlu.app_sentences import AppSentences
from ivi.voice.nlu.context_grammar import HOME
from ivi.voice.nlu.language import Language
from ivi.voice.sound_devices import SoundDevices
from ivi.voice.stt.protocol import Heard
from ivi.voice.stt.recogniser import Recogniser
from ivi.voice.tts import espeak

log = logging.getLogger(__name__)

MODEL = Path(__file__).parent / "models" / "en-us-command"
SENTENCES = Path(__file__).parent / "sentences" / "en.yaml"
LISTEN_SECONDS = 6.0  # push-to-talk ends then, if the speaker has not paused before
ANSWER_SHOWN = 6.0  # seconds after which the screen is told that the dialogue is over
SHOWN_DROPPED = 5  # sentences named in the log when words are missing


class Voice:
    """Sentences in, actions and answers out. It works without microphone, loudspeaker and espeak-ng, with less."""

    def __init__(
        self,
        process: Process,
        databroker: LinkClient,
        *,
        model: Path = MODEL,
        sentences: Path = SENTENCES,
        cache: Path | None = None,
        apphost: LinkClient | None = None,
    ) -> None:
        """Reads the sentences and prepares the model; `cache` (default: state folder/voice) holds its grammar.

        With `apphost` sentences of apps are understood too.

        Raises ConfigurationError when the model or the sentences cannot be used.
        """
        self._process = process
        language = self._language = Language(sentences)
        self._model = model
        self._cache = cache if cache is not None else state_dir() / "voice"
        self._apps = AppSpeech(apphost, language.code, self._apps_changed) if apphost is not None else None
        self._following: asyncio.Task[None] | None = None
        answers = Answers(language.answers, language.examples, language.intents, sentences)
        grammar = build(model, {HOME: of_sentences(language.sentences(), language.code)}, self._cache)[HOME]
        self._report_dropped(grammar.dropped, model)
        self._dialogue = Dialogue(language, answers, Car(databroker), self._tell, self._apps)
        self._recogniser = Recogniser({HOME: grammar.path})
        self._speaker = espeak.Speaker()
        self._devices = SoundDevices()
        self._watchers: set[Stream] = set()
        self._latest = DialogueUpdate(Phase.IDLE)
        self._end_of_answer: asyncio.TimerHandle | None = None
        self._one_at_a_time = asyncio.Lock()
        self._listening = False
        self._looking: asyncio.Task[None] | None = None
        self._grammar_sentences = grammar.sentences
        self._counts = {"sentences": 0, "understood": 0, "rejected": 0, "sentences_lost": 0}
        self._last: dict[str, Counter] = {"last_sentence": "", "last_intent": "", "last_ok": False}
        process.add_counters(self._counters)

    async def start(self) -> None:
        """Start the recogniser and look for sound devices, both in the background."""
        await self._recogniser.start()
        self._looking = asyncio.get_running_loop().create_task(self._look())
        if self._apps is not None:
            self._following = asyncio.get_running_loop().create_task(self._apps.follow())

    async def stop(self) -> None:
        """Be silent, end the recogniser, and end the streams."""
        if self._end_of_answer is not None:
            self._end_of_answer.cancel()
        for task in (self._looking, self._following):
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
        await self._speaker.stop()
        await self._recogniser.stop()

    def serve(self, server: LinkServer) -> None:
        """Answer the requests of ivi.model.voice on this server."""
        server.router.on_call(SayText, self._say_text)
        server.router.on_call(SayWav, self._say_wav)
        server.router.on_call(PushToTalk, self._push_to_talk)
        server.router.on_stream(SubscribeDialogue, self._subscribe)

    # -- requests -----------------------------------------------------------------------------------------------------
    async def _say_text(self, request: SayText, _session: Session) -> Understood:
        async with self._one_at_a_time:
            return await self._answered(self._dialogue.typed(request.text))

    async def _say_wav(self, request: SayWav, _session: Session) -> Understood:
        sound = wav.read(request.wav)
        async with self._one_at_a_time:
            return await self._answered(self._listened(sound.blocks(), sound.rate))

    async def _push_to_talk(self, _request: PushToTalk, _session: Session) -> Understood:
        if self._listening:
            raise ResourceExhaustedError("the car listens already", hint="speak now")
        self._listening = True
        try:
            async with self._one_at_a_time:
                await self._speaker.stop()  # it would hear itself
                return await self._answered(self._from_microphone())
        finally:
            self._listening = False

    async def _subscribe(self, _request: SubscribeDialogue, stream: Stream) -> None:
        self._watchers.add(stream)
        try:
            stream.send(self._latest)
            await asyncio.get_running_loop().create_future()  # until the reader leaves
        finally:
            self._watchers.discard(stream)

    # -- one sentence -------------------------------------------------------------------------------------------------
    async def _from_microphone(self) -> Exchange:
        if not self._devices.microphone:
            await self._look()  # one may have been connected since
        if not self._devices.microphone:
            raise UnavailableError(f"no microphone: {self._devices.why_not}", hint=self._devices.hint)
        ear = Microphone()
        try:
            await ear.open()
        except UnavailableError as error:
            self._process.report("microphone", Problem("No microphone", error.message, error.hint))
            raise
        self._process.resolve("microphone")
        try:
            return await self._listened(ear.blocks(LISTEN_SECONDS), microphone.RATE)
        finally:
            await ear.close()

    async def _listened(self, blocks: AsyncIterator[bytes], rate: int) -> Exchange:
        self._tell(DialogueUpdate(Phase.LISTENING))
        heard = await self._recognised(blocks, rate)
        if heard is None:
            return self._dialogue.lost("recogniser_failed")
        return await self._dialogue.heard(heard)

    async def _recognised(self, blocks: AsyncIterator[bytes], rate: int) -> Heard | None:
        """None when the recogniser lost the sentence; a microphone that fails is the caller's error."""
        source = _Source(blocks)
        try:
            heard = await self._recogniser.hear(source.blocks(), rate)
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

    async def _answered(self, exchanging: Awaitable[Exchange]) -> Understood:
        with contextlib.ExitStack() as ended:  # also when the caller has gone: the screen must not show that we listen
            ended.callback(self._tell, DialogueUpdate(Phase.IDLE))
            exchange = await exchanging
            ended.pop_all()
        self._count(exchange)
        spoken = bool(self._devices.loudspeaker) and await self._speaker.say(exchange.answer)
        self._tell(DialogueUpdate(Phase.ANSWERED, exchange.sentence, exchange.answer, exchange.ok))
        self._end_of_answer = asyncio.get_running_loop().call_later(
            ANSWER_SHOWN, self._tell, DialogueUpdate(Phase.IDLE)
        )
        return Understood(
            exchange.sentence,
            exchange.intent,
            exchange.slots,
            exchange.ok,
            exchange.answer,
            spoken,
            exchange.confidence,
        )

    def _tell(self, update: DialogueUpdate) -> None:
        if self._end_of_answer is not None:
            self._end_of_answer.cancel()
            self._end_of_answer = None
        self._latest = update
        for stream in self._watchers:
            stream.send(update)

    # -- what is known of itself --------------------------------------------------------------------------------------
    async def _look(self) -> None:
        """Say what is missing on this machine before somebody speaks in vain."""
        self._devices = await sound_devices.look()
        if not self._devices.microphone:
            self._process.report("microphone", Problem("No microphone", self._devices.why_not, self._devices.hint))
        if espeak.program() is None:
            self._process.report(
                "speech", Problem("Answers are shown, not spoken", espeak.PROGRAM, f"apt-get install {espeak.PROGRAM}")
            )

    async def _apps_changed(self, apps: AppSentences) -> None:
        """Build the grammar with the apps' sentences and let the recogniser load it; typed ones count at once."""

        def anew() -> Overlay:
            sentences = of_sentences([*self._language.sentences(), *apps.matches], self._language.code)
            return build(self._model, {HOME: sentences}, self._cache)[HOME]

        try:
            grammar = await asyncio.to_thread(anew)
        except ConfigurationError as error:
            self._process.report("sentences", Problem("Sentences of apps cannot be spoken", error.message, error.hint))
            return
        self._process.resolve("sentences")
        self._report_dropped(grammar.dropped, self._model)
        self._grammar_sentences = grammar.sentences
        try:
            await self._recogniser.load({HOME: grammar.path})
        except IviError as error:
            self._process.report("sentences", Problem("Sentences of apps cannot be spoken", error.message, error.hint))

    def _report_dropped(self, dropped: tuple[str, ...], model: Path) -> None:
        if dropped:
            some = "; ".join(dropped[:SHOWN_DROPPED])
            log.warning("sentences that cannot be spoken", extra={"count": len(dropped), "some": some})
            what = f"{len(dropped)} sentences can be typed but not spoken"
            self._process.report("sentences", Problem(what, str(model), f"use words that the model has: {some}"))

    def _count(self, exchange: Exchange) -> None:
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
            "worker_restarts": self._recogniser.restarts,
            "recogniser_pid": self._recogniser.pid or 0,
            "grammar_sentences": self._grammar_sentences,
            **self._last,
        }


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
