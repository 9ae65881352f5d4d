# SPDX-License-Identifier: Apache-2.0
"""False wakes: how often the wake word is heard in speech and music in which nobody said it."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ivi.voice.report.noise import NOISES, RATE, Pcm, mixed
from ivi.voice.report.speech import Spoken
from ivi.voice.wake_word import DEFAULT, WakeWords

BLOCK = RATE // 20  # samples: 50 ms
TALK_RATIOS = (25.0, 10.0, 0.0)
"""Signal to noise in dB of the talk, one after the other."""
MUSIC_EVERY = 6  # sentences, after which there is music alone
MUSIC_SECONDS = 12.0


@dataclass(frozen=True, slots=True)
class Wakes:
    """What was played, and how often it woke."""

    hours: float
    wakes: int
    cpu_seconds: float

    @property
    def per_hour(self) -> float:
        """Wakes in an hour; 0 when nothing was played."""
        return self.wakes / self.hours if self.hours else 0.0


def false_wakes(talk: Sequence[Spoken], hours: float, seed: int) -> Wakes:
    """Play talk and music for so many hours of sound, as fast as the computer can.

    Raises UnavailableError without the wake word's package.
    """
    words = WakeWords(DEFAULT)
    try:
        played, wakes = 0, 0
        begin = time.process_time()
        for samples in _sound(talk, seed):
            for start in range(0, len(samples) - BLOCK + 1, BLOCK):
                wakes += words.heard(samples[start : start + BLOCK].tobytes()) is not None
            played += len(samples)
            if played >= hours * 3600 * RATE:
                break
        return Wakes(played / RATE / 3600, wakes, time.process_time() - begin)
    finally:
        words.close()


def _sound(talk: Sequence[Spoken], seed: int) -> Iterator[Pcm]:
    """Without end: sentences in noises and with pauses, and music between them."""
    chance = np.random.default_rng(seed)
    kinds = list(NOISES)
    number = 0
    while talk:
        said = talk[int(chance.integers(len(talk)))]
        pause = np.zeros(int(chance.uniform(0.2, 1.2) * RATE))
        kind = kinds[number % len(kinds)]
        yield mixed(np.concatenate([said.samples, pause]), kind, TALK_RATIOS[number % len(TALK_RATIOS)], seed + number)
        number += 1
        if number % MUSIC_EVERY == 0:
            song = NOISES["music"](int(MUSIC_SECONDS * RATE), np.random.default_rng(seed + number))
            yield np.asarray(song / np.abs(song).max() * 20_000, np.int16)
