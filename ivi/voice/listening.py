# SPDX-License-Identifier: Apache-2.0
"""The loop: woken or pressed, an earcon, a sentence, an answer, and for some seconds more sentences without the word.

The sound itself is the clock: every deadline is counted in blocks, so a late machine is not taken for a silent driver.
"""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable

import numpy as np

from ivi.model.errors import IviError, ResourceExhaustedError, UnavailableError
from ivi.voice.echo import Echo
from ivi.voice.listening_parts import Assistant, Detector, Mouth, Opened, Reply, State, WakeWord
from ivi.voice.tts.earcons import Earcon
from ivi.voice.utterance import Ending, Utterance
from ivi.voice.vad import Edge

log = logging.getLogger(__name__)

BLOCK_SECONDS = 0.05
WAIT_SECONDS = 6.0  # for the first word after the key or the wake word
LONGEST = 12.0  # seconds of one sentence
BEFORE = 0.4  # seconds of sound from before speech was noticed; the first consonant is in them
BEFORE_BARGE_IN = 0.8  # the same, where our own voice had to be told from the driver's first
AGAIN_SECONDS = 5.0  # after an interruption that was not understood, being half covered by our own voice
AFTER_WAKE = 0.05  # seconds before the wake word was noticed that may belong to the sentence
EARCON_AFTER = 0.3  # seconds after the wake word: who goes on speaking is not interrupted
GRACE = 0.3  # seconds of an answer in which the end of the driver's own sentence may still be heard
BARGE_IN = 0.1  # seconds of speech that is not ours before we fall silent
SUSPICION = 0.75  # likeness to our own voice below which we become quiet to hear better


class Listening:
    """Takes the microphone's blocks one by one and runs one dialogue at a time."""

    def __init__(
        self,
        assistant: Assistant,
        mouth: Mouth,
        echo: Echo,
        wake_word: WakeWord | None,
        detector: Detector | None,
    ) -> None:
        """Without a wake word only the key begins; without a detector the recogniser alone finds the end."""
        self.state = State.IDLE
        self.wakes = self.own_wakes = self.barge_ins = 0
        """Times that the wake word counted, that it was our own voice, and that somebody interrupted us."""
        self._assistant = assistant
        self._mouth = mouth
        self._echo = echo
        self._wake_word = wake_word
        self._detector = detector
        self._before: deque[bytes] = deque(maxlen=round(BEFORE_BARGE_IN / BLOCK_SECONDS))
        self._in_state = 0.0
        self._allowed = WAIT_SECONDS
        self._context = "home"
        self._utterance = Utterance()
        self._foreign = 0.0
        self._suspected = False
        self._opened = Opened.KEY
        self._earcon_due = False
        self._turn: asyncio.Task[None] | None = None
        self._result: asyncio.Future[tuple[Reply, bool]] | None = None
        self._signals: set[asyncio.Task[None]] = set()

    # -- what begins and ends a dialogue ------------------------------------------------------------------------------
    async def press(self) -> tuple[Reply, bool]:
        """The key: what came of the sentence, and whether it is also spoken.

        Raises ResourceExhaustedError while it listens already, or what went wrong.
        """
        if self.state in {State.LISTENING, State.THINKING}:
            raise ResourceExhaustedError("the car listens already", hint="speak now")
        await self._end_turn()
        self._result = result = asyncio.get_running_loop().create_future()
        self._open(Opened.KEY)
        try:
            return await asyncio.shield(result)
        except asyncio.CancelledError:
            if self._result is result:  # who asked has gone, and with them the wish to be heard
                self.cancel()
            raise

    async def ask(self, reply: Reply) -> bool:
        """Say a question that came up on the screen and listen for its answer without the word; whether it is spoken.

        While somebody speaks it is only said.
        """
        if self.state in {State.LISTENING, State.THINKING}:
            return await self._mouth.say(reply.answer)
        await self._end_turn()
        self._result = result = asyncio.get_running_loop().create_future()
        self._turn = asyncio.get_running_loop().create_task(self._converse(Opened.KEY, None, reply))
        try:
            spoken: bool = (await asyncio.shield(result))[1]
        except IviError:  # a call has the car's sound, and its ear
            return False
        return spoken

    def toggle(self) -> None:
        """A key of the car: listen, or stop listening."""
        if self.state in {State.LISTENING, State.FOLLOW_UP}:
            self.cancel()
        elif self.state is not State.THINKING:
            self._begin_turn(Opened.KEY)

    def cancel(self) -> None:
        """Be silent and listen no more."""
        self._utterance.end(Ending.CANCELLED)
        self._mouth.stop()

    async def stop(self) -> None:
        """End the dialogue that runs."""
        await self._end_turn()

    # -- the sound ----------------------------------------------------------------------------------------------------
    def take(self, block: bytes | None, at: float) -> None:
        """The microphone's next block, which ended at this time of the echo's clock; None when it was lost."""
        if block is None:
            self._lost()
            return
        self._in_state += BLOCK_SECONDS
        self._echo.heard(np.frombuffer(block, "<i2"), at)
        self._before.append(block)
        if self.state in {State.IDLE, State.ANSWERING, State.FOLLOW_UP} and self._woken(block, at):
            return
        if self.state is State.LISTENING:
            self._listen(block, at)
        elif self.state is State.ANSWERING:
            self._interrupted(block, at)
        elif self.state is State.FOLLOW_UP:
            self._wait(block, at)

    def _woken(self, block: bytes, at: float) -> bool:
        word = self._wake_word.heard(block) if self._wake_word is not None else None
        if word is None:
            return False
        if self._echo.own(at):
            self.own_wakes += 1
            log.info("our own voice said the wake word", extra={"word": word})
            return False
        self.wakes += 1
        log.info("woken", extra={"word": word})
        self._before = deque(self._latest(AFTER_WAKE), maxlen=self._before.maxlen)
        self._begin_turn(Opened.WAKE_WORD)
        return True

    def _listen(self, block: bytes, at: float) -> None:
        """Waiting for the first word, or in a sentence."""
        utterance = self._utterance
        if self._detector is None:
            if not utterance.begun:
                utterance.begin(())
            utterance.feed(block)
            if self._in_state >= WAIT_SECONDS:
                utterance.end(Ending.TOO_LONG)
            return
        edge = self._detector.heard(block)
        if utterance.begun:
            utterance.feed(block)
            if edge is Edge.END:
                utterance.end(Ending.PAUSE)
            elif self._in_state >= LONGEST:
                utterance.end(Ending.TOO_LONG)
            return
        if edge is Edge.BEGIN:
            if self._echo.own(at):
                self._detector.restart()  # it was our earcon
            else:
                self._in_state = 0.0
                utterance.begin(self._latest(BEFORE))
                return
        if self._earcon_due and self._in_state >= EARCON_AFTER:
            self._earcon_due = False
            self._signal(Earcon.LISTENING)
        if self._in_state >= self._allowed:
            utterance.end(Ending.NOTHING)

    def _interrupted(self, block: bytes, at: float) -> None:
        """While we speak: somebody else does too."""
        if self._detector is None:
            return
        if self._in_state <= GRACE:
            self._detector.heard(block)
            self._detector.restart()
            return
        self._detector.heard(block)
        if not self._detector.speaking:
            self._foreign = 0.0
            self._suspect(suspected=False)
            return
        similar = self._echo.similarity() if self._echo.sounding(at) else 0.0
        self._suspect(suspected=similar < SUSPICION)
        self._foreign = 0.0 if self._echo.own(at) else self._foreign + BLOCK_SECONDS
        if self._foreign >= BARGE_IN:
            self.barge_ins += 1
            self._begin_sentence(Opened.BARGE_IN)
            self._mouth.stop()

    def _suspect(self, *, suspected: bool) -> None:
        """Be quieter while it may be the driver who speaks; only we undo what we did, others turn us down, too."""
        if suspected is not self._suspected:
            self._suspected = suspected
            self._mouth.duck(ducked=suspected)

    def _wait(self, block: bytes, at: float) -> None:
        """After an answer: another sentence, or the end."""
        if self._detector is not None:
            self._detector.heard(block)
            if self._detector.speaking and self._echo.own(at):
                self._detector.restart()  # the end of our own answer
            elif self._detector.speaking:
                self._begin_sentence(Opened.FOLLOW_UP)
                return
        if self._in_state >= self._allowed:
            self._utterance.end(Ending.NOTHING)

    def _begin_sentence(self, opened: Opened) -> None:
        """Somebody speaks without having been asked to."""
        self._opened = opened
        self._enter(State.LISTENING)
        self._utterance.begin(self._latest(BEFORE_BARGE_IN if opened is Opened.BARGE_IN else BEFORE))

    def _lost(self) -> None:
        self._before.clear()
        if self._wake_word is not None:
            self._wake_word.reset()
        self._utterance.end(Ending.LOST)

    # -- a dialogue ---------------------------------------------------------------------------------------------------
    def _begin_turn(self, opened: Opened) -> None:
        """From the wake word or the car's key: nobody waits for what comes of it."""
        if self._turn is not None and not self._turn.done():
            self._turn.cancel()
        self._open(opened)

    def _open(self, opened: Opened) -> None:
        before = self._turn
        self._mouth.stop()
        self._context = "home"
        self._new_utterance(State.LISTENING)
        self._earcon_due = opened is Opened.WAKE_WORD
        if opened is Opened.KEY:
            self._before.clear()
            self._signal(Earcon.LISTENING)
        self._turn = asyncio.get_running_loop().create_task(self._converse(opened, before))

    async def _converse(self, opened: Opened, before: asyncio.Task[None] | None, question: Reply | None = None) -> None:
        """Sentence after sentence until nobody goes on; a question may be the first."""
        if before is not None:
            await asyncio.gather(before, return_exceptions=True)
        try:
            if not await self._assistant.hold_focus():
                raise UnavailableError("the car's sound is taken", hint="try again after the call")
            if question is not None:
                if not await self._answer(question, opened):
                    return
                opened = self._opened
            while True:
                reply = await self._sentence(opened)
                if reply is None or not await self._answer(reply, opened):
                    break
                opened = self._opened
        except IviError as error:
            log.warning("the dialogue ended", extra={"error": str(error)})
            self._fail(error)
        finally:
            self._suspect(suspected=False)
            self._assistant.release_focus()
            if self._turn is asyncio.current_task():
                self._enter(State.IDLE)
            self._fail(UnavailableError("the dialogue was cancelled", hint="press again"))

    async def _sentence(self, opened: Opened) -> Reply | None:
        """One sentence; None when there was none and nobody waits to be told."""
        utterance = self._utterance
        spoken = await utterance.decided()
        if not spoken and utterance.ending is Ending.LOST:
            raise UnavailableError("the microphone was lost", hint="connect it again")
        if not spoken and (opened is not Opened.KEY or utterance.ending is Ending.CANCELLED):
            if opened is not Opened.FOLLOW_UP:
                await self._mouth.signal(Earcon.CANCELLED)
            return None
        async with contextlib.aclosing(self._passing(utterance)) as blocks:
            reply = await self._assistant.sentence(blocks, self._context, opened)
        return None if utterance.ending is Ending.CANCELLED else reply

    async def _passing(self, utterance: Utterance) -> AsyncGenerator[bytes]:
        """The utterance's blocks; from their end on the car thinks."""
        try:
            async for block in utterance.blocks():
                yield block
        finally:
            utterance.end(Ending.PAUSE)
            if self._utterance is utterance:
                self._enter(State.THINKING)

    async def _answer(self, reply: Reply, opened: Opened) -> bool:
        """Say it; whether a sentence follows."""
        unasked = opened in {Opened.FOLLOW_UP, Opened.BARGE_IN} and self._context == "home"
        self._context = reply.context
        if not reply.understood and unasked:
            # People in a car also talk to each other; but who interrupts us wants something.
            return opened is Opened.BARGE_IN and await self._follow_up(AGAIN_SECONDS, Earcon.LISTENING)
        self._new_utterance(State.ANSWERING)
        spoken = await self._mouth.say(reply.answer)
        if self._result is not None and not self._result.done():
            self._result.set_result((reply, spoken))
        if spoken:
            self._in_state = 0.0
            await self._mouth.finished()
        if self.state is State.LISTENING:  # interrupted
            return True
        if not reply.follow_up or self._utterance.ending is not None:
            return False
        return await self._follow_up(reply.follow_up)

    async def _follow_up(self, seconds: float, earcon: Earcon | None = None) -> bool:
        """Wait so long for another sentence; whether there is one."""
        self._new_utterance(State.FOLLOW_UP)
        self._allowed = seconds
        if earcon is not None:
            self._signal(earcon)
        await self._utterance.decided()
        return self._utterance.begun

    # -- small things -------------------------------------------------------------------------------------------------
    def _latest(self, seconds: float) -> list[bytes]:
        """The sound of the last moments."""
        return list(self._before)[-round(seconds / BLOCK_SECONDS) :]

    def _new_utterance(self, state: State) -> None:
        self._utterance.end(Ending.CANCELLED)
        self._utterance = Utterance()
        self._allowed = WAIT_SECONDS
        self._foreign = 0.0
        self._earcon_due = False
        if self._detector is not None:
            self._detector.restart()
        self._enter(state)

    def _enter(self, state: State) -> None:
        self._in_state = 0.0
        if state is not self.state:
            self.state = state
            self._assistant.listens(state, self._context)

    def _signal(self, earcon: Earcon) -> None:
        signal = asyncio.get_running_loop().create_task(self._mouth.signal(earcon))
        self._signals.add(signal)
        signal.add_done_callback(self._signals.discard)

    def _fail(self, error: IviError) -> None:
        """Tell who pressed the key, if anybody still waits."""
        if self._result is not None and not self._result.done():
            self._result.set_exception(error)
            self._result.exception()  # seen, should nobody wait
        self._result = None

    async def _end_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None and not turn.done():
            turn.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await turn
        self._mouth.stop()


type Clock = Callable[[], float]
type Next = Callable[[], Awaitable[bytes | None]]


async def run(listening: Listening, next_block: Next, clock: Clock) -> None:
    """Give the loop the microphone's sound until cancelled."""
    while True:
        listening.take(await next_block(), clock())
