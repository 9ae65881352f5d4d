# SPDX-License-Identifier: Apache-2.0
"""What the driver says to an app, between the voice process's end and the SDK's, over real links."""

import asyncio
import socket
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.process import Process
from ivi.model import app_intents
from ivi.model.app import AnswerIntent
from ivi.model.app_intents import AppIntents, AppPhrases, AppSaid, Phrase, SayToApp, SubscribeAppIntents
from ivi.model.errors import DeadlineError, NotFoundError, PermissionDeniedError, UnavailableError
from ivi.sdk.connection import Connection
from ivi.sdk.voice import follow_intents

if TYPE_CHECKING:
    from tests.unit.apphost.facilities.conftest import Bench

VOICE = """
[[permission]]
use = "voice"
intents = ["chargers.find"]
reason = "finds chargers"
"""
PHRASES = {"en": [Phrase("find a charger", "chargers.find", {}), Phrase("hidden", "chargers.other", {})], "de": []}


class VoiceEnd:
    """Runs a coroutine as the voice process would, in the host's loop, from the app's thread."""

    def __init__(self, bench: "Bench") -> None:
        self._bench = bench
        self._loop: asyncio.AbstractEventLoop | None = None

    def run(self, script: Callable[[Connection, "VoiceEnd"], None]) -> None:
        original = self._bench.link.open

        async def remember(sock: socket.socket) -> None:
            self._loop = asyncio.get_running_loop()
            await original(sock)

        self._bench.link.open = remember  # type: ignore[method-assign]  # where the loop is known
        self._bench.run(lambda connection: script(connection, self))

    def say(self, intent: str = "chargers.find", slots: dict[str, str] | None = None) -> "asyncio.Future[AppSaid]":
        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(self._call(SayToApp("dev.ivi.test", intent, slots or {})), self._loop)  # type: ignore[return-value]  # a concurrent future, which has result()

    async def _call(self, request: SayToApp) -> AppSaid:
        path = self._bench.folder / "apphost.sock"
        server = LinkServer(path, (app_intents.Request,), Process("apphost").status)
        self._bench.intents.serve(server.router)
        await server.start()
        client = LinkClient(path, app_intents.Answer)
        try:
            said: AppSaid = await client.call(request)
            return said
        finally:
            await client.close()
            await server.stop()


def dispatch_until(connection: Connection, done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 15
    while not done():
        assert time.monotonic() < deadline
        connection.dispatch(0.02)


def test_a_sentence_reaches_the_app_and_its_answer_comes_back_plain(bench_of: "Callable[[str], Bench]") -> None:
    bench = bench_of(VOICE)
    bench.intents.add(bench.app, bench.rights, PHRASES)

    def script(connection: Connection, voice: VoiceEnd) -> None:
        heard: list[Any] = []

        def on_intent(intent: str, slots: dict[str, str]) -> str:
            heard.append((intent, slots))
            return "Three  chargers\x1b[31m\nnearby" + "!" * 500

        follow_intents(connection, on_intent)
        saying = voice.say(slots={"place": "home"})
        dispatch_until(connection, saying.done)
        assert heard == [("chargers.find", {"place": "home"})]
        said = saying.result().text
        assert said.startswith("Three chargers[31mnearby!!!")
        assert len(said) == 200
        with pytest.raises(NotFoundError, match="nobody waits"):
            connection.call(AnswerIntent(1, "again"))

    VoiceEnd(bench).run(script)


def test_an_app_that_is_silent_absent_or_ungranted_is_named(bench_of: "Callable[[str], Bench]") -> None:
    bench = bench_of(VOICE)
    bench.intents.add(bench.app, bench.rights, PHRASES)

    def script(connection: Connection, voice: VoiceEnd) -> None:
        absent = voice.say()
        dispatch_until(connection, absent.done)
        assert isinstance(absent.exception(), UnavailableError)
        other = voice.say("chargers.other")
        dispatch_until(connection, other.done)
        assert isinstance(other.exception(), NotFoundError)

        def too_slow(_intent: str, _slots: dict[str, str]) -> str:
            time.sleep(3.5)
            return "late"

        follow_intents(connection, too_slow)
        saying = voice.say()
        dispatch_until(connection, saying.done)
        assert isinstance(saying.exception(), DeadlineError)

    VoiceEnd(bench).run(script)


def test_without_the_permission_nobody_listens(bench_of: "Callable[[str], Bench]") -> None:
    def script(connection: Connection) -> None:
        with pytest.raises(PermissionDeniedError) as denied:
            follow_intents(connection, lambda _intent, _slots: "")
        assert 'use = "voice"' in denied.value.hint

    bench_of("").run(script)


def test_the_voice_process_hears_of_granted_sentences_only(bench_of: "Callable[[str], Bench]") -> None:
    bench = bench_of(VOICE)

    async def drive() -> None:
        server = LinkServer(bench.folder / "apphost.sock", (app_intents.Request,), Process("apphost").status)
        bench.intents.serve(server.router)
        await server.start()
        client = LinkClient(bench.folder / "apphost.sock", app_intents.Answer)
        events: asyncio.Queue[AppIntents] = asyncio.Queue()
        following = asyncio.create_task(client.follow(SubscribeAppIntents("en"), events.put_nowait))
        async with asyncio.timeout(10):
            assert await events.get() == AppIntents([])
            bench.intents.add(bench.app, bench.rights, PHRASES)
            phrase = Phrase("find a charger", "chargers.find", {})
            assert await events.get() == AppIntents([AppPhrases("dev.ivi.test", "Test", [phrase])])
            assert bench.intents.intents("de") == AppIntents([])
            bench.rights.change(())
            assert await events.get() == AppIntents([])
            bench.intents.remove("dev.ivi.test")
            assert await events.get() == AppIntents([])
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        await client.close()
        await server.stop()
        await bench.provisions.close()
        await bench.audit.close()

    asyncio.run(drive())
