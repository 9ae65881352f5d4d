# SPDX-License-Identifier: Apache-2.0
"""Typed and spoken sentences reach the car through real sockets and the real recogniser process."""

import array
import asyncio
import itertools
import os
import random
import signal
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import pytest

from ivi.model.errors import (
    DeadlineError,
    InvalidArgumentError,
    IviError,
    NotFoundError,
    PermissionDeniedError,
    UnavailableError,
)
from ivi.model.signal import Value
from ivi.model.voice import DialogueUpdate, Phase, SayText, SayWav, SubscribeDialogue, Understood
from ivi.voice import wav
from ivi.voice.dialogue import car as paths
from ivi.voice.tts import espeak

if TYPE_CHECKING:
    from tests.integration.voice.conftest import Rig

type Scenario = Callable[["Rig"], Awaitable[None]]
type WithVoice = Callable[[Scenario], None]

BOTH = {paths.DRIVER_TEMPERATURE: 21.0, paths.PASSENGER_TEMPERATURE: 21.0}


def test_typed_temperature_sets_both_front_seats(with_voice: WithVoice) -> None:
    async def scenario(rig: "Rig") -> None:
        answer = await rig.client.call(SayText("Set the temperature to twenty one degrees."))
        assert rig.car.actuations == [BOTH]
        assert (answer.intent, answer.ok, answer.answer) == ("SetTemperature", True, "Okay, 21 degrees.")
        assert rig.counter("last_intent") == "SetTemperature"
        assert rig.counter("last_sentence") == "Set the temperature to twenty one degrees."
        assert rig.counter("last_ok") is True

    with_voice(scenario)


SPOKEN: list[tuple[str, str, dict[str, Value]]] = [
    ("set the temperature to twenty one degrees", "SetTemperature", dict(BOTH)),
    ("set the driver temperature to nineteen and a half degrees", "SetTemperature", {paths.DRIVER_TEMPERATURE: 19.5}),
    ("make it warmer", "ChangeTemperature", {paths.DRIVER_TEMPERATURE: 21.0, paths.PASSENGER_TEMPERATURE: 23.0}),
    ("turn on the air conditioning", "AirConditioning", {paths.AIR_CONDITIONING: True}),
    ("turn off the rear defrost", "Defrost", {paths.REAR_DEFROST: False}),
    ("set the fan to sixty percent", "SetFan", {paths.FAN_SPEED: 60}),
    ("turn the fan down", "ChangeFan", {paths.FAN_SPEED: 30}),
]


@pytest.mark.parametrize("voice", ["en-us", "en-gb", "en-us+f3"])
def test_spoken_commands(with_voice: WithVoice, spoken: Callable[..., bytes], voice: str) -> None:
    sounds = {text: spoken(text, voice) for text, _, _ in SPOKEN}

    async def scenario(rig: "Rig") -> None:
        for text, intent, expected in SPOKEN:
            rig.car.values = {paths.DRIVER_TEMPERATURE: 20.0, paths.PASSENGER_TEMPERATURE: 22.0, paths.FAN_SPEED: 40}
            rig.car.actuations.clear()
            answer = await rig.client.call(SayWav(sounds[text]), timeout=15)
            assert (answer.sentence, answer.intent, answer.ok) == (text, intent, True)
            assert rig.car.actuations == [expected]
            assert answer.confidence > 0.7
        assert rig.counter("understood") == len(SPOKEN)
        assert rig.counter("worker_restarts") == 0

    with_voice(scenario)


def test_spoken_questions(with_voice: WithVoice, spoken: Callable[..., bytes]) -> None:
    expected = {
        "how far can i drive": "You can drive about 283 kilometers.",
        "how much battery is left": "The battery is at 64 percent.",
        "what is the temperature outside": "It is -3 degrees outside.",
        "how warm is it in here": "It is 22 degrees in the cabin.",
        "how fast am i": "The car stands still.",
    }
    sounds = {text: spoken(text) for text in expected}

    async def scenario(rig: "Rig") -> None:
        rig.car.values = {
            paths.RANGE: 282_900,
            paths.STATE_OF_CHARGE: 63.7,
            paths.OUTSIDE_TEMPERATURE: -3.2,
            paths.CABIN_TEMPERATURE: 21.5,
            paths.SPEED: 0.2,
        }
        for text, wanted in expected.items():
            answer = await rig.client.call(SayWav(sounds[text]), timeout=15)
            assert (answer.sentence, answer.answer, answer.ok) == (text, wanted, True)
        assert rig.car.actuations == []

    with_voice(scenario)


UNRELATED = [
    "please remember to buy milk and eggs",
    "i think we should leave now",
    "my brother works in a hospital near the river",
    "it is going to be a long winter this year",
    "we had dinner with my parents on friday evening",
    "there is a lot of traffic on the bridge",
    "the weather in london is terrible today",
    "turn left at the next corner",
    "what did the teacher say about the homework",
    "the recipe needs two onions and some garlic",
]


def test_other_speech_does_nothing(with_voice: WithVoice, spoken: Callable[..., bytes]) -> None:
    sounds = [spoken(text) for text in UNRELATED]

    async def scenario(rig: "Rig") -> None:
        for text, sound in zip(UNRELATED, sounds, strict=True):
            answer = await rig.client.call(SayWav(sound), timeout=15)
            assert (answer.intent, answer.ok) == ("", False), text
            assert answer.answer.startswith("Sorry, I did not understand. You can say: ")
        assert rig.car.actuations == []
        assert rig.counter("rejected") == len(UNRELATED)

    with_voice(scenario)


def test_out_of_range_is_answered_not_sent(with_voice: WithVoice) -> None:
    async def scenario(rig: "Rig") -> None:
        for text in ("set the temperature to thirty five degrees", "set the temperature to 15.5"):
            answer = await rig.client.call(SayText(text))
            assert (answer.intent, answer.ok, answer.answer) == ("SetTemperature", False, "I can set 16 to 28 degrees.")
        assert rig.car.actuations == []

    with_voice(scenario)


def test_limits_of_the_unit(with_voice: WithVoice) -> None:
    async def scenario(rig: "Rig") -> None:
        rig.car.values = {paths.DRIVER_TEMPERATURE: 28.0, paths.PASSENGER_TEMPERATURE: 28.0, paths.FAN_SPEED: 0}
        answer = await rig.client.call(SayText("make it warmer"))
        assert (answer.ok, answer.answer) == (False, "It is at 28 degrees already. I can set 16 to 28 degrees.")
        answer = await rig.client.call(SayText("turn the fan down"))
        assert (answer.ok, answer.answer) == (False, "The fan is at 0 percent already.")
        rig.car.values[paths.DRIVER_TEMPERATURE] = None
        answer = await rig.client.call(SayText("make it cooler"))
        assert (answer.ok, answer.answer) == (False, "I do not know the present setting, so I changed nothing.")
        rig.car.values[paths.RANGE] = None
        answer = await rig.client.call(SayText("what's my range?"))
        assert (answer.ok, answer.answer) == (False, "The car does not report that at the moment.")
        assert rig.car.actuations == []

    with_voice(scenario)


@pytest.mark.parametrize(
    ("refusal", "answer"),
    [
        (DeadlineError("x"), "The car did not confirm it."),
        (UnavailableError("x"), "The car does not answer at the moment."),
        (NotFoundError("x"), "This car cannot do that."),
        (InvalidArgumentError("x"), "The car did not accept that value."),
        (PermissionDeniedError("x"), "That is not allowed."),
        (IviError("x"), "Sorry, that did not work."),
    ],
)
def test_failures_are_said_plainly(with_voice: WithVoice, refusal: IviError, answer: str) -> None:
    async def scenario(rig: "Rig") -> None:
        rig.car.refusal = refusal
        understood = await rig.client.call(SayText("turn on the air conditioning"))
        assert (understood.intent, understood.ok, understood.answer) == ("AirConditioning", False, answer)

    with_voice(scenario)


def test_car_away(with_voice: WithVoice) -> None:
    async def scenario(rig: "Rig") -> None:
        await rig.car.server.stop()
        understood = await rig.client.call(SayText("turn on the air conditioning"))
        assert (understood.ok, understood.answer) == (False, "The car does not answer at the moment.")

    with_voice(scenario)


def test_screen_sees_each_phase(with_voice: WithVoice, spoken: Callable[..., bytes]) -> None:
    sound = spoken("turn on the air conditioning")

    async def scenario(rig: "Rig") -> None:
        seen: list[DialogueUpdate] = []
        started, answered = asyncio.Event(), asyncio.Event()

        def see(update: DialogueUpdate) -> None:
            seen.append(update)
            started.set()
            if update.phase == Phase.ANSWERED:
                answered.set()

        watching = asyncio.create_task(rig.client.follow(SubscribeDialogue(), see))
        await asyncio.wait_for(started.wait(), 10)
        understood: Understood = await rig.client.call(SayWav(sound), timeout=15)
        await asyncio.wait_for(answered.wait(), 10)
        watching.cancel()
        phases = [phase for phase, _ in itertools.groupby(update.phase for update in seen)]
        assert any(update.phase is Phase.LISTENING and update.sentence for update in seen), "the words so far are shown"
        assert phases == [Phase.IDLE, Phase.LISTENING, Phase.THINKING, Phase.ACTING, Phase.ANSWERED]
        assert seen[-1].answer == understood.answer == "Okay, air conditioning on."
        assert seen[-1].sentence == "turn on the air conditioning"

    with_voice(scenario)


def test_killed_recogniser_costs_at_most_a_sentence(with_voice: WithVoice, spoken: Callable[..., bytes]) -> None:
    sound = spoken("set the temperature to twenty one degrees")

    async def scenario(rig: "Rig") -> None:
        await rig.client.call(SayWav(sound), timeout=15)
        first = int(str(rig.counter("recogniser_pid")))
        assert first > 0
        os.kill(first, signal.SIGKILL)
        rig.car.actuations.clear()
        killed = time.monotonic()
        while not rig.car.actuations and time.monotonic() < killed + 10:
            await rig.client.call(SayWav(sound), timeout=15)
        assert rig.car.actuations == [BOTH]
        assert time.monotonic() - killed < 5
        assert rig.counter("recogniser_pid") not in {0, first}
        assert rig.counter("worker_restarts") == 1

    with_voice(scenario)


def test_hanging_recogniser_is_replaced(with_voice: WithVoice, spoken: Callable[..., bytes]) -> None:
    sound = spoken("set the temperature to twenty one degrees")

    async def scenario(rig: "Rig") -> None:
        await rig.client.call(SayWav(sound), timeout=15)
        rig.car.actuations.clear()
        first = int(str(rig.counter("recogniser_pid")))
        assert first > 0
        os.kill(first, signal.SIGSTOP)
        lost = await rig.client.call(SayWav(sound), timeout=15)
        assert (lost.ok, lost.answer) == (False, "Sorry, I lost that sentence. Please say it again.")
        assert "Speech recognition failed" in rig.problems()
        assert rig.counter("sentences_lost") == 1
        again = await rig.client.call(SayWav(sound), timeout=15)
        assert again.ok
        assert "Speech recognition failed" not in rig.problems()
        assert rig.car.actuations == [BOTH]

    with_voice(scenario)


def test_bad_file_is_refused_with_a_reason(with_voice: WithVoice) -> None:
    async def scenario(rig: "Rig") -> None:
        with pytest.raises(InvalidArgumentError, match="not a WAV file"):
            await rig.client.call(SayWav(b"ID3 this is a song"))
        assert rig.counter("sentences") == 0

    with_voice(scenario)


def test_long_other_speech_and_noise_take_no_time(with_voice: WithVoice, spoken: Callable[..., bytes]) -> None:
    """The garbage path must not make the recogniser consider countless ways to hear nothing."""
    speech = wav.read(spoken(". ".join(UNRELATED[:5])))
    noise = random.Random(2)
    hiss = array.array("h", (round(noise.gauss(0, 4000)) for _ in range(15 * 16000))).tobytes()

    async def scenario(rig: "Rig") -> None:
        for sound in (speech, wav.Sound(hiss, 16000)):
            started = time.monotonic()
            answer = await rig.client.call(SayWav(wav.write(sound)), timeout=60)
            assert (answer.intent, answer.ok) == ("", False)
            assert time.monotonic() - started < sound.seconds + 4, "a loaded machine hears as fast as it is spoken"
        assert rig.counter("sentences_lost") == 0

    with_voice(scenario)


def test_silence_is_not_a_command(with_voice: WithVoice) -> None:
    async def scenario(rig: "Rig") -> None:
        for seconds in (0.1, 3.0):
            answer = await rig.client.call(SayWav(wav.write(wav.Sound(bytes(int(32000 * seconds)), 16000))), timeout=15)
            assert (answer.intent, answer.ok) == ("", False)
        assert rig.car.actuations == []

    with_voice(scenario)


def test_answers_are_text_without_espeak(with_voice: WithVoice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    assert espeak.program() is None

    async def scenario(rig: "Rig") -> None:
        answer = await rig.client.call(SayText("cancel"))
        assert (answer.ok, answer.answer, answer.spoken) == (True, "Okay.", False)
        deadline = time.monotonic() + 10
        while "Answers are shown, not spoken" not in rig.problems() and time.monotonic() < deadline:
            await asyncio.sleep(0.02)
        assert "Answers are shown, not spoken" in rig.problems()

    with_voice(scenario)
