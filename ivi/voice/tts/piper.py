# SPDX-License-Identifier: Apache-2.0
"""piper as a separate program: a natural voice, kept running because loading its network takes seconds.

It gets a line of text at a time and writes a WAV file for each into a folder of ours, and names the file in its output.
That is how piper 1.2 (on stdout) and 1.3 and later (in its log on stderr) both work.
"""

import asyncio
import contextlib
import re
import shutil
import tempfile
from pathlib import Path

from ivi.model.errors import DeadlineError, InternalError, UnavailableError
from ivi.voice import wav
from ivi.voice.tts.synthesizer import MAX_TEXT

PROGRAM = "piper"
RENDER_TIMEOUT = 8.0  # seconds for a sentence; half a second is usual
LOAD_TIMEOUT = 30.0  # seconds more for the first one
LONGEST_LINE = 1 << 16  # bytes of piper's own log


def program() -> str | None:
    """Where piper is, or None."""
    return shutil.which(PROGRAM)


class Piper:
    """One piper process for one voice."""

    def __init__(self, voice: Path) -> None:
        """`voice` is the .onnx file; its .onnx.json lies beside it."""
        self._voice = voice
        self._process: asyncio.subprocess.Process | None = None
        self._folder: Path | None = None
        self._one_at_a_time = asyncio.Lock()

    @property
    def name(self) -> str:
        """Program and voice."""
        return f"{PROGRAM} {self._voice.stem}"

    async def render(self, text: str) -> wav.Sound:
        """16-bit mono at the voice's own rate.

        Raises UnavailableError without piper or the voice, DeadlineError when it hangs, InternalError when it fails.
        """
        line = " ".join(text[:MAX_TEXT].split())
        async with self._one_at_a_time:
            process, wait = await self._running()
            try:
                async with asyncio.timeout(wait):
                    path = await self._written(process, line)
            except TimeoutError as error:
                await self._end()
                raise DeadlineError(f"{PROGRAM} did not speak within {wait:g} s") from error
            except OSError as error:
                await self._end()
                raise InternalError(f"{PROGRAM} ended in the middle of a sentence") from error
            try:
                return wav.read(await asyncio.to_thread(path.read_bytes))
            except OSError as error:
                raise InternalError(f"{PROGRAM} wrote no sound: {error.strerror}") from error
            finally:
                path.unlink(missing_ok=True)

    async def stop(self) -> None:
        """End the program."""
        async with self._one_at_a_time:
            await self._end()

    async def _written(self, process: asyncio.subprocess.Process, line: str) -> Path:
        """The file that the program names once it is complete."""
        if process.stdin is None or process.stdout is None or self._folder is None:
            raise InternalError(f"{PROGRAM} has no pipes")
        process.stdin.write(line.encode() + b"\n")
        await process.stdin.drain()
        named = re.compile(re.escape(str(self._folder)) + r"/\S+\.wav")
        last = ""
        while said := await process.stdout.readline():
            last = said.decode(errors="replace").strip()
            if match := named.search(last):
                return Path(match[0])
        await self._end()
        raise InternalError(f"{PROGRAM} ended: {last}", hint="try it by hand")

    async def _running(self) -> tuple[asyncio.subprocess.Process, float]:
        """The program, and how long its next sentence may take."""
        if self._process is not None and self._process.returncode is None:
            return self._process, RENDER_TIMEOUT
        await self._end()
        path = program()
        if path is None:
            raise UnavailableError(f"{PROGRAM} is not installed", hint="pip install piper-tts in a place of its own")
        if not self._voice.is_file():
            raise UnavailableError(f"{PROGRAM} has no voice {self._voice}", hint="put a voice's .onnx file there")
        self._folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="ivi-piper-"))
        try:
            self._process = await asyncio.create_subprocess_exec(
                *(path, "--model", str(self._voice), "--output_dir", str(self._folder)),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
                limit=LONGEST_LINE,
            )
        except OSError as error:
            raise UnavailableError(f"{PROGRAM} cannot be started: {error.strerror}") from error
        return self._process, LOAD_TIMEOUT + RENDER_TIMEOUT

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.communicate()  # to the end of its pipes, which closes them
        folder, self._folder = self._folder, None
        if folder is not None:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
