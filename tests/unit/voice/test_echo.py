# SPDX-License-Identifier: Apache-2.0
"""Our own voice in the microphone is known for what it is; the driver's, even over it, is not taken for ours."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from ivi.voice import wav
from ivi.voice.echo import ECHO, RATE, Echo, loudness
from ivi.voice.wake_word import WakeWords

BLOCK = 800  # samples
ANSWER = "Okay, the temperature is now twenty one degrees for both front seats."
DRIVER = "No, make it twenty degrees please."

type Say = Callable[..., wav.Sound]
type Line = NDArray[np.float64]


def samples(sound: wav.Sound) -> Line:
    """As numbers."""
    return np.frombuffer(sound.pcm, "<i2").astype(np.float64)


def in_the_cabin(own: Line, decibels: float, delay: float) -> Line:
    """What the microphone gets of our voice: later, quieter and with a short reverberation."""
    generator = np.random.default_rng(11)
    tail = generator.normal(0, 1, RATE // 8) * np.exp(-np.arange(RATE // 8) / (0.02 * RATE)) * 0.05
    tail[0] = 1.0
    return np.concatenate((np.zeros(int(delay * RATE)), np.convolve(own, tail))) * 10 ** (decibels / 20)


def similarities(echo: Echo, line: Line) -> list[tuple[float, float]]:
    """Time and similarity after each block, from the moment on that a whole window has been heard."""
    found = []
    pcm = np.clip(line + np.random.default_rng(12).normal(0, 30, len(line)), -32768, 32767).astype(np.int16)
    for at in range(0, len(pcm) - BLOCK, BLOCK):
        now = (at + BLOCK) / RATE
        echo.heard(pcm[at : at + BLOCK], now)
        found.append((now, echo.similarity()))
    return found


@pytest.mark.parametrize("decibels", [0, -10, -20])
@pytest.mark.parametrize("delay", [0.03, 0.15, 0.4])
def test_an_echo_is_ours(say: Say, decibels: float, delay: float) -> None:
    own = samples(say(ANSWER))
    echo = Echo()
    echo.playing(loudness(own.astype(np.int16)), 0.0)
    line = in_the_cabin(own, decibels, delay)
    found = [similar for now, similar in similarities(echo, line) if 1.0 < now < 3.0]
    assert min(found) > ECHO


@pytest.mark.parametrize("decibels", [-6, -12, -20])
def test_the_driver_over_it_is_not(say: Say, decibels: float) -> None:
    own, driver = samples(say(ANSWER)), samples(say(DRIVER, "en-gb+m3"))
    echo = Echo()
    echo.playing(loudness(own.astype(np.int16)), 0.0)
    line = in_the_cabin(own, decibels, 0.15)
    begin = int(1.2 * RATE)
    driver = driver[: len(line) - begin]
    line[begin : begin + len(driver)] += driver
    before = [similar for now, similar in similarities(echo, line) if 1.0 < now < 1.2]
    assert min(before) > ECHO
    echo = Echo()
    echo.playing(loudness(own.astype(np.int16)), 0.0)
    during = [similar for now, similar in similarities(echo, line) if 1.6 < now < 2.4]
    assert min(during) < ECHO - 0.05


def test_silence_and_other_speech_are_not_ours(say: Say) -> None:
    echo = Echo()
    assert echo.similarity() == 0
    assert not echo.own(1.0)
    driver = samples(say(DRIVER))
    assert max(similar for _, similar in similarities(echo, driver)) == 0
    echo = Echo()
    echo.playing(loudness(samples(say(ANSWER)).astype(np.int16)), 0.0)
    assert np.mean([similar for now, similar in similarities(echo, driver) if now > 1.0]) < ECHO


def test_what_was_cut_off_is_no_reference_any_more() -> None:
    echo = Echo()
    noise = (np.random.default_rng(13).normal(0, 3_000, 3 * RATE)).astype(np.int16)
    echo.playing(loudness(noise), 10.0)
    assert echo.sounding(11.0)
    echo.stopped(11.0)
    assert echo.sounding(11.2)
    assert not echo.sounding(12.0)
    assert not echo.own(14.0)


def test_the_wake_word_in_our_own_voice_is_ours_and_the_driver_s_is_not(say: Say) -> None:
    """With the real networks: our own answer holds the word; then the driver says it over another answer."""
    pytest.importorskip("pymicro_wakeword")
    word = samples(say("hey jarvis", "en-us+belinda"))
    pause = np.zeros(RATE)
    for own_says_it in (True, False):
        own = np.concatenate((pause, word, pause)) if own_says_it else samples(say(ANSWER))
        echo, words = Echo(), WakeWords()
        echo.playing(loudness(own.astype(np.int16)), 0.0)
        line = in_the_cabin(own, -10 if own_says_it else -20, 0.15)
        if not own_says_it:
            line = np.concatenate((line, np.zeros(2 * RATE)))
            line[RATE : RATE + len(word)] += word
        pcm = np.clip(line + np.random.default_rng(14).normal(0, 30, len(line)), -32768, 32767).astype(np.int16)
        woken = []
        for at in range(0, len(pcm) - BLOCK, BLOCK):
            now = (at + BLOCK) / RATE
            echo.heard(pcm[at : at + BLOCK], now)
            if words.heard(pcm[at : at + BLOCK].tobytes()):
                woken.append(echo.own(now))
        assert woken == [own_says_it]
