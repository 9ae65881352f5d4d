# SPDX-License-Identifier: Apache-2.0
"""The volume of a real PulseAudio with a null sink: set by calls and the wheel's keys, and followed from outside."""

import asyncio
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

import pytest

from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Stream
from ivi.daemon.process import Process
from ivi.model.audio import (
    AudioKind,
    ChangeVolume,
    FocusState,
    RequestFocus,
    SetMuted,
    SetVolume,
    Sound,
    SubscribeSound,
)
from ivi.model.databroker import DatabrokerAnswer, DatabrokerRequest, Subscribe, ValuesUpdate
from ivi.model.errors import InvalidArgumentError, UnavailableError
from ivi.model.services import ServicesAnswer, ServicesRequest
from ivi.model.signal import Datapoint
from ivi.services.audio_focus.outlet import Outlet
from ivi.services.audio_focus.service import AudioFocusService
from ivi.services.audio_focus.volume import Volume

DEADLINE = 20.0  # seconds
LEFT = "Vehicle.Chassis.SteeringWheel.Keys.Left"


def _clear(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    monkeypatch.setenv("PULSE_RUNTIME_PATH", str(folder))


@pytest.fixture
def loudspeaker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A sound server with one loudspeaker that nobody hears; its runtime folder."""
    if missing := [name for name in ("pulseaudio", "pactl") if shutil.which(name) is None]:
        pytest.skip(f"{', '.join(missing)} not installed (Debian: pulseaudio, pulseaudio-utils)")
    _clear(monkeypatch, tmp_path)
    socket = tmp_path / "native"
    environment = {**os.environ, "PULSE_STATE_PATH": str(tmp_path / "state"), "DBUS_SESSION_BUS_ADDRESS": "disabled:"}
    switches = ["--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "-n", "--disable-shm=yes"]
    load = ["--load=module-null-sink sink_name=cabin", f"--load=module-native-protocol-unix socket={socket}"]
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(["pulseaudio", *switches, *load], stdout=log, stderr=log, env=environment)
        try:
            deadline = time.monotonic() + DEADLINE
            while not socket.is_socket():
                if server.poll() is not None or time.monotonic() > deadline:
                    pytest.skip(f"PulseAudio does not run here: {(tmp_path / 'log').read_text()[-200:]}")
                time.sleep(0.02)
            yield tmp_path
        finally:
            server.terminate()
            server.wait(DEADLINE)


class Bench:
    """The audio service with a car that has keys on its wheel."""

    def __init__(self, folder: Path) -> None:
        self.heard: list[Sound] = []
        process = Process("services")
        self._keys: set[Stream] = set()
        self._car = LinkServer(folder / "databroker.sock", (DatabrokerRequest,), Process("databroker").status)
        self._car.router.on_stream(Subscribe, self._follow)
        self._databroker = LinkClient(folder / "databroker.sock", DatabrokerAnswer)
        self._server = LinkServer(folder / "services.sock", (ServicesRequest,), process.status)
        self.service = AudioFocusService(process, self._databroker)
        self.service.serve(self._server)
        self.client = LinkClient(folder / "services.sock", ServicesAnswer)
        self._following: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self._car.start()
        await self._server.start()
        await self.service.start()
        self._following = asyncio.create_task(self.client.follow(SubscribeSound(), self.heard.append, lambda *_: None))
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._following is not None
        self._following.cancel()
        await asyncio.gather(self._following, return_exceptions=True)
        await self.service.stop()
        for one in (self.client, self._databroker):
            await one.close()
        for server in (self._server, self._car):
            await server.stop()

    async def until(self, reached: Callable[[Sound], bool]) -> None:
        async with asyncio.timeout(DEADLINE):
            while not (self.heard and reached(self.heard[-1])):
                await asyncio.sleep(0.01)

    async def press(self, key: str) -> None:
        async with asyncio.timeout(DEADLINE):
            while not self._keys:
                await asyncio.sleep(0.01)
        for stream in self._keys:
            for value in ("NONE", key, "NONE") if key == "MUTE" else ("NONE", key):
                stream.send(ValuesUpdate({LEFT: Datapoint(value, 0, 0, "can:can0")}))

    async def _follow(self, _request: Subscribe, stream: Stream) -> None:
        self._keys.add(stream)
        stream.send(ValuesUpdate({LEFT: Datapoint("NONE", 0, 0, "can:can0")}))
        try:
            await asyncio.Event().wait()
        finally:
            self._keys.discard(stream)


async def _calls(folder: Path) -> None:
    async with Bench(folder) as bench:
        await bench.until(lambda sound: sound.volume is not None)
        said = await bench.client.call(SetVolume(42))
        assert (said.volume, said.muted) == (42, False)
        assert await Outlet().read() == bench.service._volume.level  # what the server says itself
        assert (await bench.client.call(ChangeVolume(1))).volume == 45, "a step goes to the next 5 percent"
        assert (await bench.client.call(ChangeVolume(-100))).volume == 0
        assert (await bench.client.call(SetMuted(True))).muted
        assert not (await bench.client.call(ChangeVolume(2))).muted, "louder ends the silence"
        with pytest.raises(InvalidArgumentError):
            await bench.client.call(SetVolume(101))
        await bench.until(lambda sound: sound.volume == 10)


async def _outside_and_keys(folder: Path) -> None:
    async with Bench(folder) as bench:
        await bench.until(lambda sound: sound.volume is not None)
        await Outlet().set_volume(30)
        await bench.until(lambda sound: sound.volume == 30)
        await bench.press("VOLUME_UP")  # and held
        await bench.until(lambda sound: sound.volume is not None and sound.volume >= 45)
        await bench.press("MUTE")
        await bench.until(lambda sound: sound.muted)


async def _holders(folder: Path) -> None:
    async with Bench(folder) as bench:

        async def hold(kind: AudioKind, owner: str) -> None:
            async for _ in bench.client.stream(RequestFocus(kind, owner)):
                pass

        music = asyncio.create_task(hold(AudioKind.MEDIA, "com.partner.tuneful"))
        await bench.until(lambda sound: [one.state for one in sound.holders] == [FocusState.GAINED])
        voice = asyncio.create_task(hold(AudioKind.VOICE, "voice"))
        await bench.until(
            lambda sound: (
                [(one.owner, one.state) for one in sound.holders]
                == [("voice", FocusState.GAINED), ("com.partner.tuneful", FocusState.PAUSED)]
            )
        )
        voice.cancel()
        await bench.until(lambda sound: [one.state for one in sound.holders] == [FocusState.GAINED])
        music.cancel()
        await bench.until(lambda sound: not sound.holders)
        await asyncio.gather(music, voice, return_exceptions=True)


def test_calls_set_the_real_volume(loudspeaker: Path) -> None:
    asyncio.run(_calls(loudspeaker))


def test_the_wheel_and_other_programs_change_it_too(loudspeaker: Path) -> None:
    asyncio.run(_outside_and_keys(loudspeaker))


def test_who_holds_the_sound_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _clear(monkeypatch, tmp_path)
    asyncio.run(_holders(tmp_path))


async def _nothing(folder: Path) -> None:
    async with Bench(folder) as bench:
        await bench.until(lambda sound: sound.reason == "No sound server is running.")
        assert bench.heard[-1].volume is None
        with pytest.raises(UnavailableError, match="sound server"):
            await bench.client.call(SetVolume(20))


def test_without_a_sound_server_it_says_so_and_starts_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("pactl") is None:
        pytest.skip("pactl not installed (Debian: pulseaudio-utils)")
    _clear(monkeypatch, tmp_path)
    asyncio.run(_nothing(tmp_path))
    assert not (tmp_path / "native").exists()


async def _comes_later(folder: Path) -> None:
    volume = Volume(lambda: None, retry=0.02)
    (folder / "native").rename(folder / "hidden")
    watching = asyncio.create_task(volume.watch())
    async with asyncio.timeout(DEADLINE):
        while volume.reason != "No sound server is running.":
            await asyncio.sleep(0.01)
        (folder / "hidden").rename(folder / "native")
        while volume.level is None:
            await asyncio.sleep(0.01)
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)


def test_a_sound_server_that_comes_later_is_found(loudspeaker: Path) -> None:
    asyncio.run(_comes_later(loudspeaker))
