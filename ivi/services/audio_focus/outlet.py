# SPDX-License-Identifier: Apache-2.0
"""Where the car's sound comes out: the default sink of the user's sound server (PulseAudio, or PipeWire in its place).

It is spoken to by `pactl`, which both have. A server that is not running is not started by a question about it.
"""

import asyncio
import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from ivi.model.errors import UnavailableError

PROGRAM = "pactl"
TIMEOUT = 3.0  # seconds for one answer
KNOCK = 0.1  # seconds between two questions while we wait for the first event
KNOCKS = 50
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
        starting = asyncio.get_running_loop().create_task(_listener())
        knocking: asyncio.Task[None] | None = None
        heard = False
        try:
            process = await asyncio.shield(starting)
            knocking = asyncio.get_running_loop().create_task(self._knock())
            while process.stdout is not None and (line := await process.stdout.readline()):
                if not heard or b" on sink " in line or b" on server" in line:
                    heard = True
                    knocking.cancel()
                    yield None
        finally:
            if knocking is not None:
                knocking.cancel()
                await asyncio.gather(knocking, return_exceptions=True)
            with contextlib.suppress(UnavailableError):
                process = await starting  # a start that is cut short would leave its process behind
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()

    async def _knock(self) -> None:
        """Be an event ourselves until the first is heard: `pactl` does not say when it has begun to listen."""
        with contextlib.suppress(UnavailableError):
            for _ in range(KNOCKS):
                await self._ask("get-default-sink")
                await asyncio.sleep(KNOCK)

    async def _ask(self, *words: str) -> str:
        program, environment = _program(), _environment()
        # In a thread: it ends by itself in any case, also when nobody waits for it any more.
        return await asyncio.to_thread(_answer, [program, *words], environment)


def _answer(command: list[str], environment: dict[str, str]) -> str:
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, stdin=subprocess.DEVNULL, timeout=TIMEOUT, env=environment
        )
    except subprocess.TimeoutExpired as error:
        raise UnavailableError("The sound server does not answer.", hint="it is asked again") from error
    except OSError as error:
        raise UnavailableError(f"The volume cannot be set: {error.strerror}", hint="it is tried again") from error
    if done.returncode:
        no_sink = b"No such entity" in done.stderr or b"Failed to get sink" in done.stderr
        raise UnavailableError("There is no loudspeaker." if no_sink else _NO_SERVER, hint="it is asked again")
    return done.stdout.decode(errors="replace")


async def _listener() -> asyncio.subprocess.Process:
    try:
        return await asyncio.create_subprocess_exec(
            _program(), "subscribe", stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL, env=_environment(),
        )  # fmt: skip
    except OSError as error:
        raise UnavailableError(
            f"The sound server cannot be asked: {error.strerror}", hint="it is tried again"
        ) from error


def _program() -> str:
    program = shutil.which(PROGRAM)
    if program is None:
        raise UnavailableError("The program that sets the volume is not installed.", hint="install pulseaudio-utils")
    return program


def _environment() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C", "PULSE_SERVER": server()}


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
