# SPDX-License-Identifier: Apache-2.0
"""Where the car's sound comes out: the default sink of the user's sound server (PulseAudio, or PipeWire in its place).

It is spoken to by `pactl`, which both have. A server that is not running is not started by a question about it.
"""

import asyncio
import contextlib
import os
import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from ivi.model.errors import UnavailableError

PROGRAM = "pactl"
TIMEOUT = 3.0  # seconds for one answer
SINK = "@DEFAULT_SINK@"
_PERCENT = re.compile(r"(\d+)%")
_NO_SERVER = "No sound server is running."


@dataclass(frozen=True, slots=True)
class Level:
    """How loud the default sink is."""

    volume: int
    """Percent."""
    muted: bool


class Outlet:
    """The default sink. Every method raises UnavailableError with a plain sentence when there is none."""

    async def read(self) -> Level:
        """How loud it is."""
        volume = _PERCENT.search(await self._ask("get-sink-volume", SINK))
        muted = await self._ask("get-sink-mute", SINK)
        if volume is None:
            raise UnavailableError("There is no loudspeaker.", hint="connect one to the car's computer")
        return Level(min(100, int(volume[1])), muted.rstrip().endswith("yes"))

    async def set_volume(self, percent: int) -> None:
        """How loud it shall be, 0 to 100."""
        await self._ask("set-sink-volume", SINK, f"{percent}%")

    async def set_muted(self, *, muted: bool) -> None:
        """Silent or not; the volume stays what it was."""
        await self._ask("set-sink-mute", SINK, "1" if muted else "0")

    async def changes(self) -> AsyncIterator[None]:
        """One item whenever something about sinks or the server has changed, for as long as the server runs."""
        process = await self._start("subscribe")
        try:
            while process.stdout is not None and (line := await process.stdout.readline()):
                if b" on sink " in line or b" on server" in line:
                    yield None
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _ask(self, *words: str) -> str:
        process = await self._start(*words)
        try:
            said, wrong = await asyncio.wait_for(process.communicate(), TIMEOUT)
        except TimeoutError as error:
            raise UnavailableError("The sound server does not answer.", hint="it is asked again") from error
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        if process.returncode:
            no_sink = b"No such entity" in wrong or b"Failed to get sink" in wrong
            raise UnavailableError("There is no loudspeaker." if no_sink else _NO_SERVER, hint="it is asked again")
        return said.decode(errors="replace")

    async def _start(self, *words: str) -> asyncio.subprocess.Process:
        program = shutil.which(PROGRAM)
        if program is None:
            raise UnavailableError(
                "The program that sets the volume is not installed.", hint="install pulseaudio-utils"
            )
        pipe = asyncio.subprocess.PIPE
        environment = {**os.environ, "LC_ALL": "C", "PULSE_SERVER": server()}
        try:
            return await asyncio.create_subprocess_exec(
                program, *words, stdin=asyncio.subprocess.DEVNULL, stdout=pipe, stderr=pipe, env=environment
            )
        except OSError as error:
            raise UnavailableError(f"The volume cannot be set: {error.strerror}", hint="it is tried again") from error


def server() -> str:
    """Address of the user's sound server. Raises UnavailableError when none is running.

    It is always named to `pactl`, because that would start a server of its own where it finds none.
    """
    if named := os.environ.get("PULSE_SERVER"):
        return named
    folder = os.environ.get("PULSE_RUNTIME_PATH") or os.environ.get("XDG_RUNTIME_DIR", "") + "/pulse"
    socket = Path(folder) / "native"
    if not socket.is_socket():
        raise UnavailableError(_NO_SERVER, hint="start PipeWire or PulseAudio for the user that ivi runs as")
    return f"unix:{socket}"
