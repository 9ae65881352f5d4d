# SPDX-License-Identifier: Apache-2.0
"""Speech for the tests of the ear, from espeak-ng."""

import asyncio
from collections.abc import Callable

import numpy as np
import pytest

from ivi.voice import wav
from ivi.voice.resampler import Resampler
from ivi.voice.tts import espeak

RATE = 16_000


@pytest.fixture
def say() -> Callable[..., wav.Sound]:
    """Renders a sentence as the ear gets it: 16 kHz, a quarter of full scale, with a quiet room's noise."""
    if espeak.program() is None:
        pytest.skip("espeak-ng is not installed")

    def render(text: str, voice: str = "en-us") -> wav.Sound:
        sound = wav.read(asyncio.run(espeak.render(text, voice=voice)))
        samples = Resampler(sound.rate, RATE)(np.frombuffer(sound.pcm, "<i2").astype(np.float32))
        samples *= 8_000 / float(np.abs(samples).max())
        return wav.Sound(samples.astype("<i2").tobytes(), RATE)

    return render
