# SPDX-License-Identifier: Apache-2.0
"""The fleet's database for a process with an event loop: one thread asks it, one question after the other."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ivi.fleet.serve.issued import Issued
from ivi.fleet.store.reading import Reader
from ivi.model.errors import ResourceExhaustedError

MAX_WAITING = 200  # questions; more come only when the database stands still


class FleetData:
    """What cars reported, and what was issued to them."""

    def __init__(self, address: Path | str) -> None:
        """Nothing is opened before `open`."""
        self.address = address
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="fleet-data")
        self._waiting = 0

    async def open(self) -> None:
        """Open the database, or make it. Raises ConfigurationError."""
        self._issued = await self._run(lambda: Issued(self.address))
        self._reader = await self._run(lambda: Reader(self.address))

    async def close(self) -> None:
        """Answer what waits, then end the connections."""
        await self._run(self._reader.close)
        await self._run(self._issued.close)
        self._thread.shutdown()

    async def ask[T](self, work: Callable[[Reader, Issued], T]) -> T:
        """Run `work` in the thread. Raises what it raises, and ResourceExhaustedError when too much waits."""
        if self._waiting >= MAX_WAITING:
            raise ResourceExhaustedError("too many questions wait for the database", hint="try again in a moment")
        self._waiting += 1
        try:
            return await self._run(lambda: work(self._reader, self._issued))
        finally:
            self._waiting -= 1

    async def _run[T](self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)
