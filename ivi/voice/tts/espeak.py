# SPDX-License-Identifier: Apache-2.0
"""espeak-ng as a separate program: renders sentences, for the car's answers and for tests that speak to it."""

import array
import random
import shutil
import sys

from ivi.daemon.program import run
from ivi.model.errors import DeadlineError, InternalError, UnavailableError
from ivi.voice import wav
from ivi.voice.tts.synthesizer import MAX_TEXT

PROGRAM = "espeak-ng"
WORDS_PER_MINUTE = 150
RENDER_TIMEOUT = 10.0  # seconds; a sentence takes some tens of milliseconds
NOISE = 16  # quantisation steps, standard deviation: about 55 dB under the voice, as a quiet room
MARGIN = 0.3  # seconds of that noise before and after the sentence


def program() -> str | None:
    """Where espeak-ng is, or None."""
    return shutil.which(PROGRAM)


async def render(text: str, *, voice: str = "en-us") -> bytes:
    """A WAV file of the spoken text as a microphone would give it: in a quiet room's noise, with a pause around it.

    It has espeak-ng's own rate (22,050 Hz). Raises what Espeak.render raises.
    """
    return wav.write(_in_a_room(await Espeak(voice).render(text)))


class Espeak:
    """A process for each sentence: it takes some tens of milliseconds from start to end."""

    def __init__(self, voice: str = "en-us") -> None:
        self._voice = voice

    @property
    def name(self) -> str:
        """Program and voice."""
        return f"{PROGRAM} {self._voice} {WORDS_PER_MINUTE}"

    async def render(self, text: str) -> wav.Sound:
        """16-bit mono at espeak-ng's own rate (22,050 Hz).

        Raises UnavailableError without espeak-ng, DeadlineError when it hangs, InternalError when it fails.
        """
        path = program()
        if path is None:
            raise UnavailableError(f"{PROGRAM} is not installed", hint=f"apt-get install {PROGRAM}")
        arguments = ("-v", self._voice, "-s", str(WORDS_PER_MINUTE), "--stdout", "--", text[:MAX_TEXT])
        try:
            ended = await run((path, *arguments), RENDER_TIMEOUT)
        except TimeoutError as error:
            raise DeadlineError(f"{PROGRAM} did not end within {RENDER_TIMEOUT:g} s") from error
        except OSError as error:
            raise UnavailableError(f"{PROGRAM} cannot be started: {error.strerror}") from error
        if ended.status or not ended.output:
            raise InternalError(f"{PROGRAM} ended with {ended.status} and {len(ended.output)} bytes of sound")
        return wav.read(ended.output)

    async def stop(self) -> None:
        """Nothing runs between sentences."""


def _in_a_room(sound: wav.Sound) -> wav.Sound:
    """The sound with a little noise and a pause around it: real recordings are never digitally silent."""
    noise = random.Random(1)  # noqa: S311  # seeded: the same text is the same file
    samples = array.array("h", sound.pcm)
    if sys.byteorder == "big":
        samples.byteswap()
    pause = [0] * int(MARGIN * sound.rate)
    noisy = array.array(
        "h", (max(-32768, min(32767, sample + round(noise.gauss(0, NOISE)))) for sample in (*pause, *samples, *pause))
    )
    if sys.byteorder == "big":
        noisy.byteswap()
    return wav.Sound(noisy.tobytes(), sound.rate)
