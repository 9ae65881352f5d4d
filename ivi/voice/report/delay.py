# SPDX-License-Identifier: Apache-2.0
"""From the end of speech to the text, in real time: the blocks come when a microphone would give them."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from ivi.voice.report.evaluation import Case
from ivi.voice.report.hearing import Hearing
from ivi.voice.wav import BLOCK_SECONDS, Sound

TAIL = 1.5  # seconds of noise after the sentence: the microphone stays open


@dataclass(frozen=True, slots=True)
class Delay:
    """When the text of one sentence was there."""

    seconds: float
    """After the end of speech; below zero when the sentence was clear before its last sound died away."""
    early: bool
    """Whether the recogniser committed itself before the pause that ends a sentence."""


async def delays(hearing: Hearing, played: Sequence[Case]) -> AsyncIterator[Delay]:
    """The delay of each case that was accepted; what was not understood has none."""
    for case in played:
        sound = case.sound(TAIL)
        begin = time.monotonic()
        outcome = await hearing.hear(sound, _paced(sound, begin))
        if outcome.accepted:
            yield Delay(time.monotonic() - begin - case.spoken.end, outcome.early)


async def _paced(sound: Sound, begin: float) -> AsyncIterator[bytes]:
    """Each block when its last sample has been spoken."""
    number = 0
    async for block in sound.blocks():
        number += 1
        await asyncio.sleep(max(0.0, begin + number * BLOCK_SECONDS - time.monotonic()))
        yield block
