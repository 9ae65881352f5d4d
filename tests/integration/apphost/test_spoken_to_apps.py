# SPDX-License-Identifier: Apache-2.0
"""A sentence, typed or spoken, reaches an app in its box through the voice process, and its answer comes back."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import socket_path
from ivi.daemon.process import Process
from ivi.model.apphost import ApphostAnswer, ApphostRequest
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.voice import SayText, SayWav, Understood, VoiceAnswer, VoiceRequest
from ivi.voice.grammar_maker import Wish
from ivi.voice.grammar_making import make
from ivi.voice.nlu.context_grammar import HOME
from ivi.voice.process import MODEL, Voice
from ivi.voice.process import SENTENCES as SPOKEN
from ivi.voice.tts import espeak

if TYPE_CHECKING:
    from tests.integration.apphost.conftest import Bench

MANIFEST = """
[app]
id = "dev.ivi.chargers"
name = "Chargers"
version = "0.1.0"
sdk = ">=1"
entry = "chargers.main:Main"
[[permission]]
use = "voice"
intents = ["chargers.find", "chargers.speed"]
reason = "finds chargers"
"""
SENTENCES = """
[intents."chargers.find"]
sentences = ["find [a] charger [near {place}]"]
[intents."chargers.speed"]
sentences = ["how fast am i", "surprise the chargers"]
[lists]
place = ["home", "work"]
"""
CODE = """
from ivi.sdk import App
class Main(App):
    def on_intent(self, intent, slots):
        if intent == "chargers.speed":
            raise SystemExit(3)
        return f"Two chargers near {slots.get('place', 'here')}."
"""


def test_typed_and_spoken_sentences_reach_the_app(tmp_path: Path, new_bench: "type[Bench]", sandbox: list[str]) -> None:
    folder = tmp_path / "chargers"
    (folder / "sentences").mkdir(parents=True)
    (folder / "manifest.toml").write_text(MANIFEST)
    (folder / "sentences" / "en.toml").write_text(SENTENCES)
    (folder / "main.py").write_text(CODE)

    async def drive() -> None:
        bench = new_bench([folder])
        server = LinkServer(socket_path("apphost"), (ApphostRequest,), bench.process.status)
        bench.host.serve(server)
        process = Process("voice")
        databroker = LinkClient(socket_path("databroker"), DatabrokerAnswer)
        apphost = LinkClient(socket_path("apphost"), ApphostAnswer)
        cache = tmp_path / "grammar"
        own = (await make(Wish(str(SPOKEN), str(MODEL), str(cache))))[HOME].sentences
        voice = Voice(process, databroker, cache=cache, apphost=apphost)
        voice_server = LinkServer(socket_path("voice"), (VoiceRequest,), process.status)
        voice.serve(voice_server)
        client = LinkClient(socket_path("voice"), VoiceAnswer)
        async with bench.running():
            await server.start()
            await voice_server.start()
            await voice.start()
            try:
                await bench.until(lambda: bench.process.status().counters["apps_running"] == 1, 30)
                # Its six ways to find, and its surprise; the car's own sentence stays the car's.
                await bench.until(lambda: process.status().counters["grammar_sentences"] == own + 7, 30)
                await converse(client)
                assert process.status().counters["worker_restarts"] == 0
            finally:
                await client.close()
                await voice_server.stop()
                await voice.stop()
                await apphost.close()
                await databroker.close()
                await server.stop()

    asyncio.run(drive())


async def converse(client: LinkClient) -> None:
    async def said(text: str) -> Understood:
        answer: Understood = await client.call(SayText(text), timeout=20)
        return answer

    found = await said("Find a charger near home!")
    assert (found.intent, found.slots, found.ok) == ("dev.ivi.chargers/chargers.find", {"place": "home"}, True)
    assert found.answer == "Two chargers near home."
    assert (await said("how fast am i")).intent == "ReadSpeed", "no app takes over the car's sentences"
    assert (await said("find a unicorn")).intent == ""
    if espeak.program() is not None:
        wav = await espeak.render("find charger near work", voice="en-us")
        heard: Understood = await client.call(SayWav(wav), timeout=30)
        assert (heard.sentence, heard.answer) == ("find charger near work", "Two chargers near work.")
    died = await said("surprise the chargers")
    assert (died.ok, died.answer) == (False, "Chargers does not answer at the moment.")


def test_a_bad_sentence_stops_the_app_with_its_line(tmp_path: Path, new_bench: "type[Bench]") -> None:
    folder = tmp_path / "chargers"
    (folder / "sentences").mkdir(parents=True)
    (folder / "manifest.toml").write_text(MANIFEST)
    (folder / "sentences" / "en.toml").write_text(SENTENCES.replace("{place}", "{palace}"))

    async def drive() -> None:
        bench = new_bench([folder])
        async with bench.running():
            [app] = bench.host.apps.values()
            assert app.state == "stopped_by_load_error"
            assert "en.toml, line 3: there is no list 'palace'" in app.reason

    asyncio.run(drive())


pytestmark = pytest.mark.timeout(180)
