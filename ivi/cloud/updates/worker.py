# SPDX-License-Identifier: Apache-2.0
"""A thread that asks a server, and that is given up when nothing comes any more."""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ivi.cloud.updates.transfer import Transfer
from ivi.model.errors import DeadlineError

log = logging.getLogger(__name__)

STALL = 60.0  # seconds in which nothing at all comes, after which it is given up
GIVE_UP_WAIT = 15.0  # seconds until the thread has noticed


class Worker:
    """One thread with its transfer."""

    def __init__(self, name: str, transfer: Transfer, *, stall: float = STALL) -> None:
        """`name` is the thread's."""
        self.stopping = threading.Event()
        """What runs looks at it between two pieces."""
        self._name, self._transfer, self._stall = name, transfer, stall
        self._pool = ThreadPoolExecutor(1, name)

    async def _stalled(self) -> None:
        """Returns when nothing has come for a while: a head that drips in is no body whose rate could be too low."""
        steps = -1
        while steps != self._transfer.steps:
            steps = self._transfer.steps
            await asyncio.sleep(self._stall)

    async def run[T](self, work: Callable[[], T], limit: float | None) -> T:
        """Do it on the thread within `limit` seconds. Raises what it raises, and DeadlineError."""
        self._transfer.resume()
        self.stopping.clear()
        future = asyncio.wrap_future(self._pool.submit(work))
        stalled = asyncio.get_running_loop().create_task(self._stalled())
        try:
            waits: list[asyncio.Future[Any]] = [future, stalled]
            await asyncio.wait(waits, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            await self._give_up(future)
            raise
        finally:
            stalled.cancel()
        if not future.done():
            await self._give_up(future)
            raise DeadlineError(
                f"the server of the {self._name} did not answer in time", hint="it is tried again later"
            )
        return future.result()

    async def _give_up[T](self, future: "asyncio.Future[T]") -> None:
        """Have the thread end what it does; what it says then does not matter any more."""
        self.stopping.set()
        self._transfer.give_up()
        done, _ = await asyncio.wait([future], timeout=GIVE_UP_WAIT)
        if not done:
            log.warning("a thread still waits for its server", extra={"what": self._name})
        elif not future.cancelled() and (error := future.exception()) is not None:
            log.info("given up", extra={"reason": str(error)})

    def close(self) -> None:
        """End the thread and the connection."""
        self.stopping.set()
        self._transfer.give_up()
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._transfer.close()
