# SPDX-License-Identifier: Apache-2.0
"""Ear and mouth put together: microphone, wake word, detector, echo, loudspeaker and audio focus around the loop."""

import asyncio
import contextlib
import logging
import os
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ivi.daemon.link_client import LinkClient
from ivi.daemon.process import Counter, Process
from ivi.model.audio import FocusState
from ivi.model.errors import UnavailableError
from ivi.model.status import Problem
from ivi.voice import listening, wake_word
from ivi.voice.echo import Echo
from ivi.voice.focus import SILENCED, Focus
from ivi.voice.listening import Listening
from ivi.voice.listening_parts import Detector, Opened, Reply, State, WakeWord
from ivi.voice.microphone import Microphone
from ivi.voice.sound_devices import Looked
from ivi.voice.tts import espeak, piper, volume
from ivi.voice.tts.earcons import Earcon
from ivi.voice.tts.player import Player
from ivi.voice.tts.prompt_cache import PromptCache
from ivi.voice.tts.speaker import Speaker
from ivi.voice.tts.synthesizer import Synthesizer
from ivi.voice.vad import SpeechDetector
from ivi.voice.wake_word import WakeWords

log = logging.getLogger(__name__)

PIPER_VOICE = "IVI_PIPER_VOICE"  # environment: the .onnx file of a voice for piper


@dataclass(frozen=True)
class Settings:
    """What a driver or an installation chooses."""

    wake_words: Sequence[str] = wake_word.DEFAULT
    """Empty: only a key begins to listen."""
    voice: str = "en-us"
    """espeak-ng's, when piper is not there."""


class Brain(Protocol):
    """The dialogue, as the ear needs it."""

    async def sentence(self, blocks: AsyncIterator[bytes], context: str, opened: Opened) -> Reply:
        """Recognise and handle a sentence. Raises IviError."""
        ...

    def listens(self, state: State, context: str) -> None:
        """The ear's state has changed: tell the screen."""
        ...


class Pipeline:
    """Sound in, sound out. It works without microphone, loudspeaker, wake word, detector and synthesizer, with less."""

    def __init__(
        self, process: Process, brain: Brain, services: LinkClient | None, cache: Path, settings: Settings
    ) -> None:
        """`cache` is the folder of spoken sentences."""
        self._speed: float | None = None
        self._process = process
        self._brain = brain
        self._settings = settings
        self._echo = Echo()
        devices = Looked()
        self.microphone = Microphone(self._report, look=devices.now)
        player = Player(self._echo, devices.loudspeaker)
        self.speaker = Speaker(player, self._synthesizer(), PromptCache(cache), self._gain)
        self._focus = Focus(services, self._focus_changed)
        self._releasing: set[asyncio.Task[None]] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.listening = Listening(self, self.speaker, self._echo, self._words(), self._detector())
        self._hearing: asyncio.Task[None] | None = None
        process.add_counters(self._counters)

    async def start(self) -> None:
        """Open the microphone in the background and listen for the wake word."""
        loop = asyncio.get_running_loop()
        self._hearing = loop.create_task(listening.run(self.listening, self.microphone.block, time.monotonic))
        await self.microphone.start()

    async def stop(self) -> None:
        """Be silent and deaf."""
        await self.listening.stop()
        if self._hearing is not None:
            self._hearing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._hearing
        await self.microphone.stop()
        await self.speaker.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._focus.release()

    async def press(self) -> tuple[Reply, bool]:
        """The screen's key: what came of the sentence, and whether it is spoken. Raises IviError."""
        await self.microphone.wanted()
        return await self.listening.press()

    def key(self) -> None:
        """The steering wheel's key: listen, or stop listening."""
        if self.microphone.present:
            self.listening.toggle()
        else:
            self._keep(self.speaker.signal(Earcon.NOT_POSSIBLE))

    async def say(self, text: str) -> bool:
        """Begin to say something outside a dialogue, with the car's sound turned down; whether it is spoken."""
        if self.listening.state is not State.IDLE:
            return await self.speaker.say(text)  # the dialogue has the focus
        if not await self.hold_focus():
            return False
        spoken = await self.speaker.say(text)
        self._keep(self._until_said())
        return spoken

    async def ask(self, reply: Reply) -> bool:
        """Say a question that came up on the screen and listen for its answer; whether it is spoken."""
        if not self.microphone.present:
            return await self.say(reply.answer)
        return await self.listening.ask(reply)

    async def answered(self) -> None:
        """The open question was answered on the screen: wait no longer for a voice."""
        if self.listening.state is State.FOLLOW_UP:
            await self.listening.stop()

    async def _until_said(self) -> None:
        await self.speaker.finished()
        if self.listening.state is State.IDLE and not self.speaker.speaking:
            await self._focus.release()

    def at_speed(self, speed: float | None) -> None:
        """The car's speed in km/h, for the volume; None while it is not known."""
        self._speed = speed

    # -- what the loop asks -------------------------------------------------------------------------------------------
    async def sentence(self, blocks: AsyncIterator[bytes], context: str, opened: Opened) -> Reply:
        """See listening_parts.Assistant."""
        return await self._brain.sentence(blocks, context, opened)

    def listens(self, state: State, context: str) -> None:
        """See listening_parts.Assistant."""
        self._brain.listens(state, context)

    async def hold_focus(self) -> bool:
        """See listening_parts.Assistant."""
        if self._releasing:
            await asyncio.gather(*self._releasing)
        return await self._focus.hold()

    def release_focus(self) -> None:
        """See listening_parts.Assistant."""
        releasing = self._keep(self._focus.release())
        self._releasing.add(releasing)
        releasing.add_done_callback(self._releasing.discard)

    def _keep(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Do it on the side, until the process stops."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _focus_changed(self, state: FocusState) -> None:
        if state in SILENCED:
            self.listening.cancel()  # a call comes in
            self.speaker.stop()
        else:
            self.speaker.duck(ducked=state is FocusState.DUCKED)

    # -- parts that may be missing ------------------------------------------------------------------------------------
    def _words(self) -> WakeWord | None:
        return self._part("wake_word", "The car has no wake word: press the key", self._made_words)

    def _made_words(self) -> WakeWord | None:
        return WakeWords(self._settings.wake_words) if self._settings.wake_words else None

    def _detector(self) -> Detector | None:
        return self._part("detector", "The car does not notice who interrupts it", SpeechDetector)

    def _part[T](self, key: str, what: str, make: Callable[[], T]) -> T | None:
        try:
            return make()
        except UnavailableError as error:
            self._process.report(key, Problem(what, error.message, error.hint))
            return None

    def _synthesizer(self) -> Synthesizer | None:
        voice = os.environ.get(PIPER_VOICE)
        if voice and piper.program() is not None:
            return piper.Piper(Path(voice))
        if espeak.program() is not None:
            return espeak.Espeak(self._settings.voice)
        what = "Answers are shown, not spoken"
        self._process.report("speech", Problem(what, espeak.PROGRAM, f"apt-get install {espeak.PROGRAM}"))
        return None

    # -- what is known ------------------------------------------------------------------------------------------------
    def _gain(self) -> float:
        return volume.gain(self._speed, self.microphone.levels.noise if self.microphone.present else None)

    def _report(self, key: str, problem: Problem | None) -> None:
        if problem is None:
            self._process.resolve(key)
        else:
            self._process.report(key, problem)

    def _counters(self) -> dict[str, Counter]:
        noise = self.microphone.levels.noise
        layout = self.microphone.format
        return {
            "microphone": f"{layout.rate} Hz, {layout.channels} channels" if layout is not None else "",
            "microphone_lost": self.microphone.lost,
            "microphone_dropped": self.microphone.dropped,
            "noise_db": round(noise, 1) if noise is not None else 0.0,
            "listening": self.listening.state.value,
            "wakes": self.listening.wakes,
            "own_wakes_ignored": self.listening.own_wakes,
            "barge_ins": self.listening.barge_ins,
            "answers_spoken": self.speaker.spoken,
            "answers_prepared": self.speaker.prepared,
            "answers_from_cache": self.speaker.from_cache,
        }
