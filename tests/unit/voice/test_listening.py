# SPDX-License-Identifier: Apache-2.0
"""The listening loop, driven block by block: what begins and ends a dialogue, and who may interrupt whom."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import numpy as np
import pytest

from ivi.model.errors import ResourceExhaustedError, UnavailableError
from ivi.voice.echo import Echo, loudness
from ivi.voice.listening import BLOCK_SECONDS, WAIT_SECONDS, Listening
from ivi.voice.listening_parts import Opened, Reply, State
from ivi.voice.tts.earcons import Earcon
from ivi.voice.vad import Edge

SAMPLES = 800
QUIET, SPEECH, WORD = b"quiet", b"speech", b"wake"


def block(kind: bytes) -> bytes:
    """A block that the stand-ins below take for what it is called; its samples are silence to the echo."""
    return kind.ljust(2 * SAMPLES, b"\0")


class Word:
    """Hears WORD."""

    def heard(self, pcm: bytes) -> str | None:
        return "hey jarvis" if pcm.startswith(WORD) else None

    def reset(self) -> None:
        pass


class Detector:
    """Speech begins and ends with the first block of each kind."""

    def __init__(self) -> None:
        self.speaking = False

    def heard(self, pcm: bytes) -> Edge | None:
        before, self.speaking = self.speaking, pcm.startswith(SPEECH)
        if before == self.speaking:
            return None
        return Edge.BEGIN if self.speaking else Edge.END

    def restart(self) -> None:
        self.speaking = False


class Mouth:
    """Speaks until the test says that it is over."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.signals: list[Earcon] = []
        self.cut: list[str] = []
        self.ducked = False
        self._end: asyncio.Event = asyncio.Event()
        self._speaking = ""

    async def say(self, text: str) -> bool:
        self.said.append(text)
        self._speaking = text
        self._end = asyncio.Event()
        return True

    async def finished(self) -> bool:
        await self._end.wait()
        return True

    async def signal(self, earcon: Earcon) -> None:
        self.signals.append(earcon)

    def stop(self) -> None:
        if self._speaking:
            self.cut.append(self._speaking)
        self.end()

    def duck(self, *, ducked: bool) -> None:
        self.ducked = ducked

    def end(self) -> None:
        """The sentence is over."""
        self._speaking = ""
        self._end.set()


class Assistant:
    """Answers each sentence with the next reply; a sentence is how many blocks of it were speech."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.sentences: list[tuple[int, str, Opened]] = []
        self.states: list[State] = []
        self.focus = True
        self.held = 0
        self.enough = -1
        """Blocks of speech after which a sentence is complete before its end."""
        self.failure: UnavailableError | None = None

    async def sentence(self, blocks: AsyncIterator[bytes], context: str, opened: Opened) -> Reply:
        speech = 0
        async for sound in blocks:
            speech += sound.startswith(SPEECH)
            if speech == self.enough:
                break
        self.sentences.append((speech, context, opened))
        if self.failure is not None:
            raise self.failure
        return self.replies.pop(0) if self.replies else Reply("Okay.", understood=True)

    def listens(self, state: State, context: str) -> None:
        self.states.append(state)

    async def hold_focus(self) -> bool:
        self.held += 1
        return self.focus

    def release_focus(self) -> None:
        self.held -= 1


class Cabin:
    """All of it, and the time."""

    def __init__(self) -> None:
        self.assistant, self.mouth, self.echo = Assistant(), Mouth(), Echo()
        self.detector = Detector()
        self.ear = Listening(self.assistant, self.mouth, self.echo, Word(), self.detector)
        self.now = 0.0

    def expect(self, state: State) -> None:
        """What it is doing."""
        assert self.ear.state is state

    async def hear(self, kind: bytes, seconds: float = BLOCK_SECONDS) -> None:
        """So much sound of one kind; everything that follows from it happens before this returns."""
        for _ in range(round(seconds / BLOCK_SECONDS)):
            await self.sound(block(kind))

    async def sound(self, pcm: bytes | None) -> None:
        """One block."""
        self.now += BLOCK_SECONDS
        self.ear.take(pcm, self.now)
        for _ in range(12):  # turns of the loop
            await asyncio.sleep(0)

    async def asked(self, *replies: Reply) -> None:
        """Woken, a sentence, and now it answers."""
        self.assistant.replies += replies
        await self.hear(WORD)
        await self.hear(QUIET, 0.5)
        await self.hear(SPEECH, 1.0)
        await self.hear(QUIET, 0.5)
        self.expect(State.ANSWERING)


@pytest.fixture
def scene() -> Callable[[Callable[[Cabin], Awaitable[None]]], Cabin]:
    """Runs a scene in a cabin and ends the dialogue after it."""

    def run(play: Callable[[Cabin], Awaitable[None]]) -> Cabin:
        async def main() -> Cabin:
            cabin = Cabin()
            try:
                async with asyncio.timeout(20):
                    await play(cabin)
            finally:
                await cabin.ear.stop()
            return cabin

        return asyncio.run(main())

    return run


type Scene = Callable[[Callable[[Cabin], Awaitable[None]]], Cabin]


def test_nothing_happens_without_the_word(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        await cabin.hear(SPEECH, 30)
        await cabin.hear(QUIET, 30)

    cabin = scene(play)
    assert (cabin.assistant.states, cabin.mouth.signals, cabin.assistant.sentences) == ([], [], [])


def test_woken_it_takes_a_sentence_and_answers(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        await cabin.asked()
        assert cabin.assistant.held == 1
        cabin.mouth.end()
        await cabin.hear(QUIET)
        cabin.expect(State.IDLE)

    cabin = scene(play)
    assert cabin.assistant.sentences == [(20, "home", Opened.WAKE_WORD)]
    assert cabin.assistant.states == [State.LISTENING, State.THINKING, State.ANSWERING, State.IDLE]
    assert cabin.mouth.said == ["Okay."]
    assert cabin.mouth.signals == [Earcon.LISTENING]
    assert cabin.assistant.held == 0


def test_who_goes_on_speaking_after_the_word_hears_no_earcon(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        await cabin.hear(WORD)
        await cabin.hear(SPEECH, 1.0)
        await cabin.hear(QUIET, 0.1)

    cabin = scene(play)
    assert cabin.mouth.signals == []
    assert cabin.assistant.sentences == [(20, "home", Opened.WAKE_WORD)]


def test_after_the_word_nobody_speaks(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        await cabin.hear(WORD)
        await cabin.hear(QUIET, WAIT_SECONDS + 0.2)
        cabin.expect(State.IDLE)

    cabin = scene(play)
    assert cabin.assistant.sentences == []
    assert cabin.mouth.signals == [Earcon.LISTENING, Earcon.CANCELLED]
    assert cabin.mouth.said == []


def test_a_sentence_without_end_is_cut(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        await cabin.hear(WORD)
        await cabin.hear(SPEECH, 12.1)
        cabin.expect(State.ANSWERING)

    cabin = scene(play)
    assert 11 < cabin.assistant.sentences[0][0] * BLOCK_SECONDS <= 12.5


def test_the_key_gives_its_presser_the_answer(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        pressing = asyncio.create_task(cabin.ear.press())
        await cabin.hear(QUIET)
        assert cabin.mouth.signals == [Earcon.LISTENING]
        with pytest.raises(ResourceExhaustedError, match="listens already"):
            await cabin.ear.press()
        await cabin.hear(SPEECH, 0.5)
        await cabin.hear(QUIET)
        assert await pressing == (Reply("Okay.", understood=True), True)

    assert scene(play).assistant.sentences == [(10, "home", Opened.KEY)]


def test_the_key_and_nobody_speaks(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        cabin.assistant.replies.append(Reply("I heard nothing.", understood=False))
        pressing = asyncio.create_task(cabin.ear.press())
        await cabin.hear(QUIET, WAIT_SECONDS + 0.2)
        reply, spoken = await pressing
        assert (reply.answer, spoken) == ("I heard nothing.", True)

    assert scene(play).assistant.sentences == [(0, "home", Opened.KEY)]


def test_who_pressed_and_left_is_not_listened_to(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        pressing = asyncio.create_task(cabin.ear.press())
        await cabin.hear(QUIET)
        pressing.cancel()
        await cabin.hear(QUIET, 0.1)
        cabin.expect(State.IDLE)

    assert scene(play).assistant.sentences == []


def test_the_wheel_s_key_toggles(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        cabin.ear.toggle()
        await cabin.hear(QUIET, 0.2)
        cabin.expect(State.LISTENING)
        cabin.ear.toggle()
        await cabin.hear(QUIET, 0.2)
        cabin.expect(State.IDLE)
        cabin.ear.toggle()
        await cabin.hear(SPEECH, 0.5)
        await cabin.hear(QUIET, 0.2)
        cabin.expect(State.ANSWERING)
        cabin.ear.toggle()  # in an answer it asks for the next sentence
        await cabin.hear(QUIET, 0.2)
        cabin.expect(State.LISTENING)

    cabin = scene(play)
    assert cabin.mouth.cut == ["Okay."]
    assert cabin.assistant.sentences == [(10, "home", Opened.KEY)]


def test_follow_up_needs_no_word(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        await cabin.asked(Reply("Which one?", understood=True, context="choice", follow_up=5.0))
        cabin.mouth.end()
        await cabin.hear(QUIET, 2)
        cabin.expect(State.FOLLOW_UP)
        await cabin.hear(SPEECH, 0.5)
        await cabin.hear(QUIET, 0.2)

    cabin = scene(play)
    assert cabin.assistant.sentences[1] == (10, "choice", Opened.FOLLOW_UP)
    assert cabin.mouth.said == ["Which one?", "Okay."]
    assert cabin.mouth.signals == [Earcon.LISTENING]


def test_a_question_from_the_screen_is_answered_by_voice(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        question = Reply("Shall I close it?", understood=True, context="confirm", follow_up=5.0)
        assert await cabin.ear.ask(question)
        cabin.expect(State.ANSWERING)
        assert cabin.assistant.held == 1
        cabin.mouth.end()
        await cabin.hear(QUIET, 2)
        cabin.expect(State.FOLLOW_UP)
        await cabin.hear(SPEECH, 0.5)
        await cabin.hear(QUIET, 0.2)
        cabin.mouth.end()
        await cabin.hear(QUIET)
        cabin.expect(State.IDLE)

    cabin = scene(play)
    assert cabin.assistant.sentences == [(10, "confirm", Opened.FOLLOW_UP)]
    assert cabin.mouth.said == ["Shall I close it?", "Okay."]
    assert cabin.assistant.held == 0


def test_a_question_from_the_screen_that_is_touched_ends_by_itself(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        question = Reply("Shall I close it?", understood=True, context="confirm", follow_up=5.0)
        await cabin.ear.ask(question)
        cabin.mouth.end()
        await cabin.hear(QUIET, 2)
        assert await cabin.ear.ask(question), "the next one, while the first still waits"
        cabin.mouth.end()
        await cabin.hear(QUIET, 5.2)
        cabin.expect(State.IDLE)
        cabin.assistant.focus = False
        assert not await cabin.ear.ask(question), "in a call nothing is said, and nobody is listened to"
        await cabin.hear(SPEECH, 2)

    assert scene(play).assistant.sentences == []


def test_follow_up_ends_by_itself(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        await cabin.asked(Reply("Done.", understood=True, follow_up=5.0))
        cabin.mouth.end()
        await cabin.hear(QUIET, 4.8)
        cabin.expect(State.FOLLOW_UP)
        await cabin.hear(QUIET, 0.4)
        cabin.expect(State.IDLE)
        await cabin.hear(SPEECH, 2)

    cabin = scene(play)
    assert len(cabin.assistant.sentences) == 1
    assert cabin.mouth.signals == [Earcon.LISTENING]


def test_talk_among_passengers_after_an_answer_is_let_be(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        await cabin.asked(Reply("Done.", understood=True, follow_up=5.0), Reply("Sorry?", understood=False))
        cabin.mouth.end()
        await cabin.hear(SPEECH, 1)
        await cabin.hear(QUIET, 0.3)
        cabin.expect(State.IDLE)

    assert scene(play).mouth.said == ["Done."]


def test_an_answer_to_a_question_that_was_not_understood_is_asked_again(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        question = Reply("Really?", understood=True, context="confirm", follow_up=5.0)
        await cabin.asked(question, Reply("Sorry, really?", understood=False, context="confirm", follow_up=5.0))
        cabin.mouth.end()
        await cabin.hear(QUIET)
        await cabin.hear(SPEECH, 1)
        await cabin.hear(QUIET, 0.3)
        cabin.expect(State.ANSWERING)

    assert scene(play).mouth.said == ["Really?", "Sorry, really?"]


def test_the_driver_interrupts(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        await cabin.asked(Reply("A long answer.", understood=True), Reply("Okay.", understood=True))
        await cabin.hear(QUIET, 1)
        await cabin.hear(SPEECH, 0.05)
        assert cabin.mouth.cut == []
        await cabin.hear(SPEECH, 0.45)
        assert cabin.mouth.cut == ["A long answer."]
        cabin.expect(State.LISTENING)
        await cabin.hear(QUIET, 0.2)

    cabin = scene(play)
    assert cabin.ear.barge_ins == 1
    assert cabin.assistant.sentences[1] == (10, "home", Opened.BARGE_IN)


def test_the_end_of_the_driver_s_own_sentence_is_no_interruption(scene: Scene) -> None:
    """The car acts before the speaker has ended, and so it may answer before, too."""

    async def play(cabin: Cabin) -> None:
        cabin.assistant.enough = 10
        await cabin.hear(WORD)
        await cabin.hear(SPEECH, 0.5)
        cabin.expect(State.ANSWERING)
        await cabin.hear(SPEECH, 0.25)
        await cabin.hear(QUIET, 1)
        assert cabin.mouth.cut == []

    assert scene(play).ear.barge_ins == 0


def test_an_interruption_that_was_not_understood_may_be_said_again(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        await cabin.asked(Reply("A long answer.", understood=True), Reply("Sorry?", understood=False))
        await cabin.hear(QUIET, 1)
        await cabin.hear(SPEECH, 0.5)
        await cabin.hear(QUIET, 0.2)
        cabin.expect(State.FOLLOW_UP)
        await cabin.hear(SPEECH, 0.5)
        await cabin.hear(QUIET, 0.2)
        cabin.expect(State.ANSWERING)

    cabin = scene(play)
    assert cabin.mouth.said == ["A long answer.", "Okay."]
    assert [opened for *_, opened in cabin.assistant.sentences[1:]] == [Opened.BARGE_IN, Opened.FOLLOW_UP]


def test_a_bump_does_not_interrupt(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        await cabin.asked()
        await cabin.hear(QUIET, 1)
        for _ in range(10):
            await cabin.hear(SPEECH)
            await cabin.hear(QUIET, 0.2)

    cabin = scene(play)
    assert cabin.ear.barge_ins == 0
    assert not cabin.mouth.ducked


class OwnVoice:
    """Something that we say, and what a microphone makes of it 0.1 s later."""

    def __init__(self) -> None:
        generator = np.random.default_rng(7)
        syllables = np.repeat(generator.uniform(0, 1, 60) ** 2, 1600)
        self.samples = (generator.normal(0, 3_000, len(syllables)) * syllables).clip(-32768, 32767).astype(np.int16)
        self.bands = loudness(self.samples)

    def blocks(self) -> list[bytes]:
        echo = np.concatenate((np.zeros(1_600), self.samples * 0.3)).astype("<i2")
        return [echo[at : at + SAMPLES].tobytes() for at in range(0, len(echo) - SAMPLES, SAMPLES)]


class EverSpeech(Detector):
    """Takes every sound for speech, as a detector does with our own voice."""

    def heard(self, pcm: bytes) -> Edge | None:
        return super().heard(SPEECH if any(pcm) and not pcm.startswith((QUIET, WORD)) else QUIET)


def test_our_own_voice_neither_interrupts_nor_wakes_us(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        ear = cabin.ear = Listening(cabin.assistant, cabin.mouth, cabin.echo, Word(), EverSpeech())
        await cabin.asked()
        own = OwnVoice()
        cabin.echo.playing(own.bands, cabin.now)
        for number, sound in enumerate(own.blocks()):
            await cabin.sound(sound)
            if number == 40:
                ear._wake_word = _Always()
                await cabin.sound(own.blocks()[number + 1])
                ear._wake_word = Word()
        assert ear.own_wakes == 1
        assert (ear.barge_ins, ear.wakes) == (0, 1)
        assert cabin.mouth.cut == []

    scene(play)


class _Always(Word):
    def heard(self, pcm: bytes) -> str | None:
        return "hey jarvis"


def test_the_word_interrupts_an_answer(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        await cabin.asked(Reply("A long answer.", understood=True))
        await cabin.hear(QUIET, 1)
        await cabin.hear(WORD)
        await cabin.hear(QUIET, 0.5)
        cabin.expect(State.LISTENING)

    cabin = scene(play)
    assert cabin.mouth.cut == ["A long answer."]
    assert cabin.ear.wakes == 2
    assert cabin.assistant.held == 0


def test_cancel_in_every_state(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        cabin.ear.cancel()
        await cabin.hear(WORD)
        cabin.ear.cancel()
        await cabin.hear(QUIET, 0.2)
        cabin.expect(State.IDLE)
        await cabin.hear(WORD)
        await cabin.hear(SPEECH, 1)
        cabin.ear.cancel()
        await cabin.hear(SPEECH, 0.2)
        cabin.expect(State.IDLE)
        await cabin.asked(Reply("Stopped.", understood=True), Reply("Done.", understood=True, follow_up=5.0))
        cabin.ear.cancel()
        await cabin.hear(QUIET, 0.2)
        cabin.expect(State.IDLE)

    scene(play)


def test_a_lost_microphone_ends_the_sentence(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        pressing = asyncio.create_task(cabin.ear.press())
        await cabin.hear(SPEECH, 0.5)
        await cabin.sound(None)
        with pytest.raises(UnavailableError, match="the microphone was lost"):
            await pressing
        await cabin.hear(QUIET, 0.2)
        cabin.expect(State.IDLE)
        await cabin.hear(WORD)
        await cabin.hear(SPEECH, 0.5)
        await cabin.hear(QUIET, 0.2)
        cabin.expect(State.ANSWERING)  # it is back

    scene(play)


def test_a_call_has_the_sound(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        cabin.assistant.focus = False
        with pytest.raises(UnavailableError, match="taken"):
            await cabin.ear.press()
        await cabin.hear(QUIET)
        cabin.expect(State.IDLE)

    assert scene(play).assistant.held == 0


def test_an_error_ends_the_dialogue_and_not_the_loop(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        cabin.assistant.failure = UnavailableError("the recogniser is gone")
        await cabin.hear(WORD)
        await cabin.hear(SPEECH, 0.5)
        await cabin.hear(QUIET, 0.2)
        cabin.expect(State.IDLE)
        cabin.assistant.failure = None
        await cabin.asked()

    assert scene(play).mouth.said == ["Okay."]


def test_without_a_detector_the_recogniser_finds_the_end(scene: Scene) -> None:
    async def play(cabin: Cabin) -> None:
        cabin.ear = Listening(cabin.assistant, cabin.mouth, cabin.echo, None, None)
        pressing = asyncio.create_task(cabin.ear.press())
        await asyncio.sleep(0)
        await cabin.hear(SPEECH, 3)
        await cabin.hear(QUIET, WAIT_SECONDS - 2.9)
        assert (await pressing)[0].understood

    assert scene(play).assistant.sentences[0][0] == 60
