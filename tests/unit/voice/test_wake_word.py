# SPDX-License-Identifier: Apache-2.0
"""The wake word hears its word, once, in noise too, and nothing else."""

from collections.abc import Callable

import numpy as np
import pytest

from ivi.model.errors import ConfigurationError, UnavailableError
from ivi.voice import wake_word, wav
from ivi.voice.wake_word import RATE, WakeWords

pytest.importorskip("pymicro_wakeword")

BLOCK = 1600  # bytes: 50 ms
SECOND = 2 * RATE  # bytes
VOICES = ["en-us+belinda", "en-us+rob", "en-gb-scotland+shelby"]  # three that speak it clearly enough
OTHER_SPEECH = (
    "Hey, charge us some more. The jar is on the table, Davis. Okay, now you do it. Travis said hello. "
    "Hey there, the service is good. Set the temperature to twenty one degrees."
)


def heard(words: WakeWords, pcm: bytes) -> list[str]:
    """The words, in order."""
    return [word for at in range(0, len(pcm), BLOCK) if (word := words.heard(pcm[at : at + BLOCK])) is not None]


def in_noise(pcm: bytes, snr: float) -> bytes:
    """The speech with white noise below it by this many dB, and two seconds around it."""
    speech = np.frombuffer(pcm, "<i2").astype(np.float32)
    line = np.concatenate((np.zeros(RATE, np.float32), speech, np.zeros(RATE, np.float32)))
    level = float(np.sqrt(np.mean(speech**2))) / 10 ** (snr / 20)
    line += np.random.default_rng(5).normal(0, level, len(line)).astype(np.float32)
    return np.clip(line, -32768, 32767).astype("<i2").tobytes()


@pytest.mark.parametrize("voice", VOICES)
def test_its_word_wakes_once(say: Callable[..., wav.Sound], voice: str) -> None:
    words = WakeWords()
    assert heard(words, bytes(SECOND) + say("hey jarvis", voice).pcm + bytes(SECOND)) == ["hey jarvis"]


def test_again_after_a_pause(say: Callable[..., wav.Sound]) -> None:
    spoken = bytes(SECOND) + say("hey jarvis", VOICES[0]).pcm + bytes(2 * SECOND)
    assert heard(WakeWords(), spoken + spoken) == ["hey jarvis"] * 2


def test_in_noise(say: Callable[..., wav.Sound]) -> None:
    woken = [heard(WakeWords(), in_noise(say("hey jarvis", voice).pcm, 15)) for voice in VOICES]
    assert woken.count(["hey jarvis"]) >= 2, woken


def test_several_words_at_a_time(say: Callable[..., wav.Sound]) -> None:
    words = WakeWords(("hey jarvis", "okay nabu"))
    first = say("hey jarvis", VOICES[0]).pcm
    second = say("okay nabu").pcm
    pause = bytes(2 * SECOND)
    assert heard(words, pause + first + pause + second + pause) == ["hey jarvis", "okay nabu"]


def test_other_speech_noise_and_silence_do_not_wake(say: Callable[..., wav.Sound]) -> None:
    words = WakeWords(("hey jarvis", "okay nabu"))
    noise = np.random.default_rng(6).normal(0, 4_000, 20 * RATE).clip(-32768, 32767).astype("<i2").tobytes()
    speech = b"".join(say(OTHER_SPEECH, voice).pcm for voice in ("en-us", "en-gb", *VOICES))
    assert heard(words, speech + bytes(5 * SECOND) + noise) == []


def test_reset_forgets_half_a_word(say: Callable[..., wav.Sound]) -> None:
    words = WakeWords()
    pcm = bytes(SECOND) + say("hey jarvis", VOICES[0]).pcm + bytes(SECOND)
    whole = WakeWords()
    at = next(at for at in range(0, len(pcm), BLOCK) if whole.heard(pcm[at : at + BLOCK]))
    cut = (at - SECOND // 4) // BLOCK * BLOCK  # a quarter of a second before it is complete
    assert heard(words, pcm[:cut]) == []
    words.reset()
    assert heard(words, pcm[cut:]) == []
    assert heard(words, pcm) == ["hey jarvis"]


def test_a_word_without_a_model_is_named_with_those_that_have_one() -> None:
    with pytest.raises(ConfigurationError, match="'hello car'") as caught:
        WakeWords(("hello car",))
    assert "hey jarvis" in str(caught.value.hint)


def test_a_word_that_wakes_by_itself_is_not_offered() -> None:
    assert "hey mycroft" not in wake_word.known()
    with pytest.raises(ConfigurationError, match="woke 20 times"):
        WakeWords(("hey mycroft",))


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wake_word, "PACKAGE", "no_such_package")
    with pytest.raises(UnavailableError) as caught:
        WakeWords()
    assert "pymicro-wakeword" in str(caught.value.hint)
