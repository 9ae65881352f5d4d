# SPDX-License-Identifier: Apache-2.0
"""A voice process of its own with a virtual microphone and loudspeaker (PulseAudio null sinks), and without sound."""

import asyncio
import signal
import subprocess
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ivi.daemon.link_client import LinkClient
from ivi.model.errors import UnavailableError
from ivi.model.status import GetStatus, ProcessStatus
from ivi.model.voice import DialogueUpdate, Phase, PushToTalk, SayText, SubscribeDialogue, Understood, VoiceAnswer
from ivi.voice.dialogue import car as paths

if TYPE_CHECKING:
    from tests.integration.voice.conftest import StandInCar

type CarAt = Callable[[Path], "StandInCar"]

STARTS_WITHIN = 20.0  # seconds, on a loaded machine
SENTENCE = "set the temperature to twenty one degrees"


async def _until[T](ask: Callable[[], Awaitable[T]], good: Callable[[T], bool]) -> T:
    """The first good answer; a process that does not serve yet is asked again."""
    deadline = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            answer = await ask()
            if good(answer):
                return answer
        except UnavailableError:
            if time.monotonic() > deadline:
                raise
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.05)


async def _status(client: LinkClient) -> ProcessStatus:
    status = await client.call(GetStatus())
    assert isinstance(status, ProcessStatus)
    return status


async def _pressed(client: LinkClient) -> Understood:
    answer = await client.call(PushToTalk(), timeout=20)
    assert isinstance(answer, Understood)
    return answer


async def _spoken_after_listening(client: LinkClient, wav: Path) -> Understood:
    """Press, wait until the car says that it listens, and only then speak."""
    listening = asyncio.Event()

    def see(update: DialogueUpdate) -> None:
        if update.phase == Phase.LISTENING:
            listening.set()

    watching = asyncio.create_task(client.follow(SubscribeDialogue(), see))
    pressing = asyncio.create_task(_pressed(client))
    try:
        listened = asyncio.create_task(listening.wait())
        await asyncio.wait((listened, pressing), return_when=asyncio.FIRST_COMPLETED, timeout=STARTS_WITHIN)
        listened.cancel()
        if not pressing.done():
            player = await asyncio.create_subprocess_exec("paplay", "--device=ear", str(wav))
            try:
                return await pressing
            finally:
                if player.returncode is None:
                    player.kill()
                await player.wait()
        return await pressing
    finally:
        watching.cancel()


@pytest.mark.usefixtures("sound_server", "voice_process")
def test_a_sentence_into_the_microphone(run_dir: Path, spoken: Callable[..., bytes], serve_car: CarAt) -> None:
    wav = run_dir.parent / "sentence.wav"
    wav.write_bytes(spoken(SENTENCE))

    async def scenario() -> None:
        car = serve_car(run_dir / "databroker.sock")
        await car.server.start()
        client = LinkClient(run_dir / "voice.sock", VoiceAnswer | ProcessStatus)
        try:
            await _until(lambda: _status(client), lambda status: status.counters["grammar_sentences"] != 0)
            answer = await _spoken_after_listening(client, wav)
            assert (answer.sentence, answer.intent, answer.ok) == (SENTENCE, "SetTemperature", True)
            assert car.actuations == [{paths.DRIVER_TEMPERATURE: 21.0, paths.PASSENGER_TEMPERATURE: 21.0}]
            assert answer.spoken
            assert "No microphone" not in {problem.what for problem in (await _status(client)).problems}
        finally:
            await client.close()
            await car.server.stop()

    asyncio.run(asyncio.wait_for(scenario(), 60))


@pytest.mark.usefixtures("sound_server", "voice_process")
def test_nobody_speaks(run_dir: Path, serve_car: CarAt) -> None:
    async def scenario() -> None:
        car = serve_car(run_dir / "databroker.sock")
        await car.server.start()
        client = LinkClient(run_dir / "voice.sock", VoiceAnswer | ProcessStatus)
        try:
            await _until(lambda: _status(client), lambda status: status.uptime_s > 0)
            answer = await client.call(PushToTalk(), timeout=20)
            assert (answer.sentence, answer.intent, answer.ok) == ("", "", False)
            assert car.actuations == []
        finally:
            await client.close()
            await car.server.stop()

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_without_a_microphone_the_rest_works(
    run_dir: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, serve_car: CarAt
) -> None:
    nothing = run_dir.parent / "asound.conf"
    nothing.write_text("")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(nothing))
    monkeypatch.setenv("PULSE_SERVER", f"unix:{run_dir}/none")
    request.getfixturevalue("voice_process")

    async def scenario() -> None:
        car = serve_car(run_dir / "databroker.sock")
        await car.server.start()
        client = LinkClient(run_dir / "voice.sock", VoiceAnswer | ProcessStatus)
        try:
            status = await _until(lambda: _status(client), lambda status: bool(status.problems))
            [problem] = [problem for problem in status.problems if problem.what == "No microphone"]
            assert problem.hint
            with pytest.raises(UnavailableError, match="no microphone: ") as caught:
                await client.call(PushToTalk(), timeout=20)
            assert caught.value.hint
            answer = await client.call(SayText(SENTENCE))
            assert (answer.ok, answer.spoken) == (True, False)
            assert len(car.actuations) == 1
        finally:
            await client.close()
            await car.server.stop()

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_sigterm_ends_it_and_its_recogniser(run_dir: Path, voice_process: "subprocess.Popen[bytes]") -> None:
    async def ready() -> None:
        client = LinkClient(run_dir / "voice.sock", VoiceAnswer | ProcessStatus)
        try:
            await _until(lambda: _status(client), lambda status: status.counters["recogniser_pid"] != 0)
            pids.append(int((await _status(client)).counters["recogniser_pid"]))
        finally:
            await client.close()

    pids: list[int] = []
    asyncio.run(asyncio.wait_for(ready(), 60))
    voice_process.send_signal(signal.SIGTERM)
    assert voice_process.wait(10) == 0
    assert not Path(f"/proc/{pids[0]}").exists()


def test_killed_process_leaves_no_recogniser(run_dir: Path, voice_process: "subprocess.Popen[bytes]") -> None:
    async def worker() -> int:
        client = LinkClient(run_dir / "voice.sock", VoiceAnswer | ProcessStatus)
        try:
            status = await _until(lambda: _status(client), lambda status: status.counters["recogniser_pid"] != 0)
            return int(status.counters["recogniser_pid"])
        finally:
            await client.close()

    pid = asyncio.run(asyncio.wait_for(worker(), 60))
    voice_process.kill()
    voice_process.wait(5)
    deadline = time.monotonic() + 10
    while _alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _alive(pid)


def _alive(pid: int) -> bool:
    """Whether the process still runs; a zombie that nobody has waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
