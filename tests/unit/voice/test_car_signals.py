# SPDX-License-Identifier: Apache-2.0
"""The car's speed and the wheel's voice key, and the audio focus, from servers that speak their protocols."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Stream
from ivi.daemon.process import Process
from ivi.model.audio import AudioKind, FocusChanged, FocusState, RequestFocus
from ivi.model.databroker import DatabrokerAnswer, DatabrokerRequest, Subscribe, ValuesUpdate
from ivi.model.services import ServicesAnswer, ServicesRequest
from ivi.model.signal import Datapoint, Value
from ivi.services.audio_focus.policy import Held, refused
from ivi.voice.car_signals import KEYS, SPEED, CarSignals
from ivi.voice.focus import Focus

WITHIN = 20.0  # seconds


async def until(good: Callable[[], bool]) -> None:
    """Wait for it."""
    deadline = time.monotonic() + WITHIN
    while not good():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.01)


class Broker:
    """Gives every subscriber what the test publishes."""

    def __init__(self, path: Path) -> None:
        self.values: dict[str, Value | None] = {SPEED: 0.0, KEYS[0]: "NONE", KEYS[1]: "NONE"}
        self.streams: list[tuple[set[str], Stream]] = []
        self.server = LinkServer(path, (DatabrokerRequest,), Process("databroker").status)
        self.server.router.on_stream(Subscribe, self._subscribe)

    async def _subscribe(self, request: Subscribe, stream: Stream) -> None:
        paths = set(request.paths)
        self.streams.append((paths, stream))
        stream.send(self._update({path: self.values[path] for path in paths}))
        await asyncio.get_running_loop().create_future()

    def publish(self, path: str, value: Value | None) -> None:
        """A new value."""
        self.values[path] = value
        for paths, stream in self.streams:
            if path in paths:
                stream.send(self._update({path: value}))

    @staticmethod
    def _update(values: dict[str, Value | None]) -> ValuesUpdate:
        now = time.monotonic_ns()
        return ValuesUpdate({path: Datapoint(value, now, now) for path, value in values.items()})


def test_speed_and_voice_key(run_dir: Path) -> None:
    speeds: list[float | None] = []
    presses: list[float] = []

    async def scenario() -> None:
        broker = Broker(run_dir / "databroker.sock")
        broker.values[KEYS[0]] = "VOICE"  # held since before we looked: no press
        await broker.server.start()
        client = LinkClient(run_dir / "databroker.sock", DatabrokerAnswer)
        following = asyncio.create_task(
            CarSignals(client, speeds.append, lambda: presses.append(time.monotonic())).follow()
        )
        try:
            await until(lambda: len(broker.streams) == 2 and bool(speeds))
            broker.publish(SPEED, 88.0)
            broker.publish(SPEED, None)
            await until(lambda: speeds == [0.0, 88.0, None])
            for key in ("MUTE", "NONE", "VOICE", "NONE"):
                broker.publish(KEYS[1], key)
            await until(lambda: len(presses) == 1)
            for key in ("NONE", "VOICE"):
                broker.publish(KEYS[0], key)
            await until(lambda: len(presses) == 2)
            await broker.server.stop()
            await until(lambda: speeds[-1] is None)
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
            await client.close()
            await broker.server.stop()

    asyncio.run(asyncio.wait_for(scenario(), 60))


class FocusGiver:
    """Gives the focus by the services' policy, and takes it when the test says so."""

    def __init__(self, path: Path) -> None:
        self.calls = False
        self.holders: list[Stream] = []
        self.given_back = 0
        self.server = LinkServer(path, (ServicesRequest,), Process("services").status)
        self.server.router.on_stream(RequestFocus, self._request)

    async def _request(self, request: RequestFocus, stream: Stream) -> None:
        held = [Held(1, AudioKind.CALL)] if self.calls else []
        if refused(held, request.kind):
            stream.send(FocusChanged(FocusState.REFUSED))
            return
        stream.send(FocusChanged(FocusState.GAINED))
        self.holders.append(stream)
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            self.given_back += 1


@pytest.fixture
def with_focus(run_dir: Path) -> Callable[[Callable[[FocusGiver, Focus, list[FocusState]], Awaitable[None]]], None]:
    """Runs a scenario with a service and a focus."""

    def run(scenario: Callable[[FocusGiver, Focus, list[FocusState]], Awaitable[None]]) -> None:
        async def main() -> None:
            giver = FocusGiver(run_dir / "services.sock")
            await giver.server.start()
            client = LinkClient(run_dir / "services.sock", ServicesAnswer)
            told: list[FocusState] = []
            focus = Focus(client, told.append)
            try:
                await scenario(giver, focus, told)
            finally:
                await focus.release()
                await client.close()
                await giver.server.stop()

        asyncio.run(asyncio.wait_for(main(), 60))

    return run


type WithFocus = Callable[[Callable[[FocusGiver, Focus, list[FocusState]], Awaitable[None]]], None]


def test_focus_is_held_and_given_back(with_focus: WithFocus) -> None:
    async def scenario(giver: FocusGiver, focus: Focus, told: list[FocusState]) -> None:
        assert await focus.hold()
        await until(lambda: len(giver.holders) == 1)
        giver.holders[0].send(FocusChanged(FocusState.DUCKED))
        giver.holders[0].send(FocusChanged(FocusState.PAUSED))
        await until(lambda: told == [FocusState.DUCKED, FocusState.PAUSED])
        await focus.release()
        await until(lambda: giver.given_back == 1)
        assert await focus.hold()

    with_focus(scenario)


def test_a_call_refuses_it(with_focus: WithFocus) -> None:
    async def scenario(giver: FocusGiver, focus: Focus, _told: list[FocusState]) -> None:
        giver.calls = True
        assert not await focus.hold()

    with_focus(scenario)


def test_without_the_service_the_dialogue_goes_on(run_dir: Path) -> None:
    async def scenario() -> None:
        client = LinkClient(run_dir / "services.sock", ServicesAnswer)
        assert await Focus(client, lambda _state: None).hold()
        assert await Focus(None, lambda _state: None).hold()
        await client.close()

    asyncio.run(scenario())
