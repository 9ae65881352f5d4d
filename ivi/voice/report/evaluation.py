# SPDX-License-Identifier: Apache-2.0
"""Plays spoken sentences in noise to the assistant's ear and notes what becomes of each."""

import random
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import numpy as np

from ivi.voice.report.drawn_sentences import Wanted
from ivi.voice.report.hearing import Hearing, Outcome
from ivi.voice.report.noise import NOISES, RATE, mixed
from ivi.voice.report.speech import Spoken
from ivi.voice.report.tally import Trial
from ivi.voice.wav import Sound

RATIOS = (20.0, 10.0, 5.0, 0.0)
"""Signal to noise in dB that are reported."""

FOREIGN_RATIOS = (20.0, 10.0)
"""Those at which unrelated speech is played, one after the other."""


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence as it will be played."""

    wanted: Wanted
    spoken: Spoken
    noise: str
    ratio: float
    seed: int

    def sound(self, tail: float = 0.0) -> Sound:
        """The sentence in its noise, which goes on for `tail` seconds."""
        speech = np.concatenate([self.spoken.samples, np.zeros(int(tail * RATE))])
        samples = mixed(speech, self.noise, self.ratio, self.seed)
        return Sound(samples.astype("<i2").tobytes(), RATE)


def cases(spoken: Sequence[tuple[Wanted, Spoken]], ratios: Sequence[float], seed: int) -> list[Case]:
    """Every sentence at every ratio, each in one noise; the noises take turns in an order that the seed shuffles."""
    chance = random.Random(seed)  # noqa: S311  # deals out noises, guards nothing
    kinds: list[str] = []
    out = []
    for ratio in ratios:
        for number, (wanted, said) in enumerate(spoken):
            if not kinds:
                kinds = chance.sample(list(NOISES), len(NOISES))
            out.append(Case(wanted, said, kinds.pop(), ratio, seed + number))
    return out


async def heard(hearing: Hearing, played: Sequence[Case]) -> AsyncIterator[Trial]:
    """What becomes of each case."""
    for case in played:
        outcome = await hearing.hear(case.sound())
        meant = hearing.language.parse(case.wanted.text)
        same = meant is not None and (outcome.intent, outcome.slots) == (meant.intent, meant.slots)
        yield Trial(case.wanted.text, case.wanted.intent, case.spoken.voice, case.noise, case.ratio, outcome, same)


async def foreign(hearing: Hearing, spoken: Sequence[Spoken], seed: int) -> AsyncIterator[tuple[Spoken, Outcome]]:
    """What becomes of speech that is not meant for the car, in noises that take turns."""
    kinds = list(NOISES)
    for number, said in enumerate(spoken):
        ratio = FOREIGN_RATIOS[number % len(FOREIGN_RATIOS)]
        samples = mixed(said.samples, kinds[number % len(kinds)], ratio, seed + number)
        yield said, await hearing.hear(Sound(samples.astype("<i2").tobytes(), RATE))
