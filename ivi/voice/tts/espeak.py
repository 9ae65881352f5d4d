# SPDX-License-Identifier: Apache-2.0
"""espeak-ng as a separate program: speaks an answer through the car's output, or renders a sentence to a WAV file."""

import array
import asyncio
import contextlib
import logging
import random
import shutil
import sys

from ivi.model.errors import DeadlineError, InternalError, UnavailableError
from ivi.voice import wav

log = logging.getLogger(__name__)

PROGRAM = "espeak-ng"
WORDS_PER_MINUTE = 150
RENDER_TIMEOUT = 10.0  # seconds; a sentence takes some tens of milliseconds
SPEAK_TIMEOUT = 20.0  # seconds; no answer is longer
FAILS_WITHIN = 0.2  # seconds in which a program that cannot play has ended
NOISE = 16  # quantisation steps, standard deviation: about 55 dB under the voice, as a quiet room
MARGIN = 0.3  # seconds of that noise before and after the sentence
MAX_TEXT = 500  # characters


def program() -> str | None:
    """Where espeak-ng is, or None."""
    return shutil.which(PROGRAM)


async def render(text: str, *, voice: str = "en-us") -> bytes:
    """A WAV file of the spoken text: 16-bit mono at espeak-ng's own rate (22,050 Hz), in the noise of a quiet room.

    Raises UnavailableError without espeak-ng, DeadlineError when it hangs, InternalError when it fails.
    """
    process = await _start(text, voice, "--stdout", stdout=asyncio.subprocess.PIPE)
    try:
        async with asyncio.timeout(RENDER_TIMEOUT):
            data, _ = await process.communicate()
    except TimeoutError as error:
        raise DeadlineError(f"{PROGRAM} did not end within {RENDER_TIMEOUT:g} s") from error
    finally:
        await _end(process)
    if process.returncode or not data:
        raise InternalError(f"{PROGRAM} ended with {process.returncode} and {len(data)} bytes of sound")
    return wav.write(_in_a_room(wav.read(data)))


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


class Speaker:
    """Speaks one answer at a time through the default output; a new one ends the one before."""

    def __init__(self, voice: str = "en-us") -> None:
        self.spoken = 0
        self._voice = voice
        self._process: asyncio.subprocess.Process | None = None
        self._watching: asyncio.Task[None] | None = None

    async def say(self, text: str) -> bool:
        """Begin to speak; False when there is no program or it could not play. Does not wait for the end."""
        await self.stop()
        try:
            process = await _start(text, self._voice, stdout=asyncio.subprocess.DEVNULL)
        except UnavailableError:
            return False
        self._process = process
        try:
            async with asyncio.timeout(FAILS_WITHIN):
                await process.wait()
        except TimeoutError:
            self.spoken += 1
            self._watching = asyncio.get_running_loop().create_task(self._watch(process))
            return True
        self._process = None
        return False  # speech takes longer than that: it could not play

    async def stop(self) -> None:
        """Be silent."""
        if self._watching is not None:
            self._watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watching
            self._watching = None
        if self._process is not None:
            await _end(self._process)
            self._process = None

    async def _watch(self, process: asyncio.subprocess.Process) -> None:
        try:
            async with asyncio.timeout(SPEAK_TIMEOUT):
                await process.wait()
        except TimeoutError:
            log.warning("espeak-ng did not finish speaking", extra={"seconds": SPEAK_TIMEOUT})
            await _end(process)


async def _start(text: str, voice: str, *options: str, stdout: int) -> asyncio.subprocess.Process:
    path = program()
    if path is None:
        raise UnavailableError(f"{PROGRAM} is not installed", hint=f"apt-get install {PROGRAM}")
    arguments = ("-v", voice, "-s", str(WORDS_PER_MINUTE), *options, "--", text[:MAX_TEXT])
    try:
        return await asyncio.create_subprocess_exec(
            path, *arguments, stdin=asyncio.subprocess.DEVNULL, stdout=stdout, stderr=asyncio.subprocess.DEVNULL
        )
    except OSError as error:
        raise UnavailableError(f"{PROGRAM} cannot be started: {error.strerror}") from error


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
