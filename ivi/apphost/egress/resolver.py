# SPDX-License-Identifier: Apache-2.0
"""Names to addresses without blocking the loop: the system's resolver on threads, bounded, with a deadline."""

import asyncio
import socket
import threading
from collections.abc import Callable
from typing import Protocol

from ivi.model.errors import DeadlineError, ResourceExhaustedError, UnavailableError

RESOLVE_TIMEOUT = 4.0  # seconds; the app's own deadline is usually 10 or more
MAX_WAITING = 16  # names that are looked up at a time, over all apps


class Resolver(Protocol):
    """Looks names up."""

    async def resolve(self, host: str, port: int) -> list[str]:
        """All addresses of a host. Raises UnavailableError, DeadlineError or ResourceExhaustedError."""


type LookUp = Callable[[str, int], list[str]]


class SystemResolver:
    """getaddrinfo(3). It cannot be cancelled, so it runs on daemon threads: one that hangs does not hold up a stop."""

    def __init__(self, timeout: float = RESOLVE_TIMEOUT, look_up: LookUp | None = None) -> None:
        self._timeout = timeout
        self._look_up = look_up or _getaddrinfo
        self._waiting = 0

    async def resolve(self, host: str, port: int) -> list[str]:
        """See Resolver."""
        if self._waiting >= MAX_WAITING:
            raise ResourceExhaustedError("too many names are being looked up", hint="try again in a few seconds")
        loop = asyncio.get_running_loop()
        found: asyncio.Future[list[str]] = loop.create_future()
        self._waiting += 1
        threading.Thread(target=self._work, args=(loop, found, host, port), name="resolver", daemon=True).start()
        try:
            async with asyncio.timeout(self._timeout):
                return await found
        except TimeoutError as error:
            raise DeadlineError(f"{host} could not be looked up within {self._timeout:g} s") from error
        except OSError as error:
            raise UnavailableError(f"{host} could not be looked up: {error.strerror or error}") from error

    def _work(self, loop: asyncio.AbstractEventLoop, found: asyncio.Future[list[str]], host: str, port: int) -> None:
        answer: list[str] | OSError
        try:
            answer = self._look_up(host, port)
        except (OSError, UnicodeError) as error:
            answer = error if isinstance(error, OSError) else OSError(str(error))
        try:
            loop.call_soon_threadsafe(self._done, found, answer)
        except RuntimeError:
            return  # the loop has ended meanwhile: nobody waits for this name any more

    def _done(self, found: asyncio.Future[list[str]], answer: list[str] | OSError) -> None:
        self._waiting -= 1
        if found.done():
            return
        if isinstance(answer, OSError):
            found.set_exception(answer)
        else:
            found.set_result(answer)


def _getaddrinfo(host: str, port: int) -> list[str]:
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in rows))
