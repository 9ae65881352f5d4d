# SPDX-License-Identifier: Apache-2.0
"""Runs a short-lived program for its output, and leaves nothing of it behind, however it ends.

asyncio's own Process closes its pipes only when the program's end has been noticed: who is cancelled while the program
starts, or whose loop ends just after a kill, leaves them open.
"""

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from subprocess import DEVNULL, PIPE

_END_TIMEOUT = 2.0  # seconds for the end of a killed program
_STDOUT = 1  # file descriptor


@dataclass(frozen=True)
class Ended:
    """How a program ended."""

    status: int
    """Exit status; negative: the signal that ended it."""
    output: bytes
    """What it wrote to stdout."""


class _Collecting(asyncio.SubprocessProtocol):
    def __init__(self) -> None:
        self.output = bytearray()
        self.closed = asyncio.get_running_loop().create_future()
        """Done when the program has ended and its pipes are closed."""

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        if fd == _STDOUT:
            self.output += data

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.closed.done():
            self.closed.set_result(None)


async def run(arguments: Sequence[str], seconds: float, stdin: bytes = b"") -> Ended:
    """Run it, give it `stdin`, and wait for its end; stderr is thrown away.

    Raises TimeoutError when it has not ended within so many seconds, and OSError when it cannot be started. Then, and
    when the caller is cancelled, the program is killed.
    """
    loop = asyncio.get_running_loop()
    starting = asyncio.ensure_future(
        loop.subprocess_exec(
            _Collecting, *arguments, stdin=PIPE if stdin else DEVNULL, stdout=PIPE, stderr=DEVNULL, close_fds=True
        )
    )
    try:
        transport, protocol = await asyncio.shield(starting)
    except asyncio.CancelledError:
        with contextlib.suppress(OSError):
            await _end(*await starting)  # some milliseconds
        raise
    try:
        writing = transport.get_pipe_transport(0)
        if isinstance(writing, asyncio.WriteTransport):
            writing.write(stdin)
            writing.write_eof()
        async with asyncio.timeout(seconds):
            await asyncio.shield(protocol.closed)
    finally:
        await _end(transport, protocol)
    return Ended(transport.get_returncode() or 0, bytes(protocol.output))


async def _end(transport: asyncio.SubprocessTransport, protocol: _Collecting) -> None:
    """Close the pipes, kill what still runs, and see its end."""
    transport.close()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_END_TIMEOUT):
            await asyncio.shield(protocol.closed)
