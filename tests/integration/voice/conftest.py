# SPDX-License-Identifier: Apache-2.0
"""The voice process's parts on real sockets, and a car below them that speaks the databroker's protocol."""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sound_server import NoSoundError, SoundServer, end

from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Session
from ivi.daemon.process import Process
from ivi.model.databroker import (
    Actuate,
    BatchActuate,
    DatabrokerAnswer,
    DatabrokerRequest,
    Done,
    GetValues,
    Values,
)
from ivi.model.errors import IviError, NotFoundError
from ivi.model.signal import Datapoint, Value
from ivi.model.status import ProcessStatus
from ivi.model.voice import VoiceAnswer, VoiceRequest
from ivi.voice.process import Voice
from ivi.voice.tts import espeak


class StandInCar:
    """Answers the databroker's requests; an actuation becomes the reported value unless `refusal` is set."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.values: dict[str, Value | None] = {}
        self.actuations: list[dict[str, Value]] = []
        self.refusal: IviError | None = None
        self.server = LinkServer(path, (DatabrokerRequest,), self._status)
        self.server.router.on_call(GetValues, self._get)
        self.server.router.on_call(Actuate, self._actuate)
        self.server.router.on_call(BatchActuate, self._batch)

    async def _get(self, request: GetValues, _session: Session) -> Values:
        unknown = [path for path in request.paths if path not in self.values]
        if unknown:
            raise NotFoundError(f"unknown path {unknown[0]}")
        now = time.monotonic_ns()
        return Values({path: Datapoint(self.values[path], time.time_ns(), now) for path in request.paths})

    async def _actuate(self, request: Actuate, _session: Session) -> Done:
        return self._take({request.path: request.value})

    async def _batch(self, request: BatchActuate, _session: Session) -> Done:
        return self._take(request.values)

    def _take(self, values: dict[str, Value]) -> Done:
        self.actuations.append(values)
        if self.refusal is not None:
            raise self.refusal
        self.values.update(values)
        return Done(1.0)

    @staticmethod
    def _status() -> ProcessStatus:
        return ProcessStatus("databroker", 0, "", 0.0, {}, [])


@dataclass
class Rig:
    """A voice process's parts in this process: its socket's client, the parts themselves, and the car below them."""

    car: StandInCar
    process: Process
    voice: Voice
    client: LinkClient

    def problems(self) -> set[str]:
        """What the process says is off."""
        return {problem.what for problem in self.process.status().problems}

    def counter(self, name: str) -> object:
        """One number of the process's status."""
        return self.process.status().counters[name]


@pytest.fixture
def sound_server(run_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    """A sound server of its own with a microphone that plays what is put into `ear`, and a loudspeaker `cabin`."""
    server = SoundServer(run_dir.parent / "sound")
    try:
        server.start()
    except NoSoundError as error:
        pytest.skip(str(error))
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def voice_process(run_dir: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A started voice process that does not serve yet, perhaps."""
    with (run_dir / "voice.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "ivi.manager.entry.voice"], stderr=log)
    try:
        yield process
    finally:
        end(process)


@asynccontextmanager
async def _rig(run_dir: Path, cache: Path) -> AsyncIterator[Rig]:
    car = StandInCar(run_dir / "databroker.sock")
    process = Process("voice")
    databroker = LinkClient(run_dir / "databroker.sock", DatabrokerAnswer)
    voice = Voice(process, databroker, cache=cache)
    server = LinkServer(run_dir / "voice.sock", (VoiceRequest,), process.status)
    voice.serve(server)
    client = LinkClient(run_dir / "voice.sock", VoiceAnswer)
    await car.server.start()
    await server.start()
    await voice.start()
    try:
        yield Rig(car, process, voice, client)
    finally:
        await client.close()
        await server.stop()
        await voice.stop()
        await databroker.close()
        await car.server.stop()


@pytest.fixture(scope="session")
def grammar_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the grammar of the session is kept, so that it is made once."""
    return tmp_path_factory.mktemp("grammar")


@pytest.fixture
def with_voice(run_dir: Path, grammar_cache: Path) -> Callable[[Callable[[Rig], Awaitable[None]]], None]:
    """Runs a scenario with a voice process's parts and a car."""

    def run(scenario: Callable[[Rig], Awaitable[None]]) -> None:
        async def main() -> None:
            async with asyncio.timeout(60), _rig(run_dir, grammar_cache) as rig:
                await scenario(rig)

        asyncio.run(main())

    return run


@pytest.fixture
def spoken() -> Callable[[str], bytes]:
    """Renders a sentence to a WAV file; one voice of espeak-ng unless another is named."""
    if espeak.program() is None:
        pytest.skip("espeak-ng is not installed")

    def render(text: str, voice: str = "en-us") -> bytes:
        return asyncio.run(espeak.render(text, voice=voice))

    return render


@pytest.fixture
def serve_car() -> Callable[[Path], StandInCar]:
    """Makes a car for a voice process of its own; to be started and stopped by the test, in its loop."""
    return StandInCar
