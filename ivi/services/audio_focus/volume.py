# SPDX-License-Identifier: Apache-2.0
"""How loud the car is: follows the outlet, and sets it for the screen, the voice and the steering wheel's keys."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing

from ivi.model.errors import InvalidArgumentError, UnavailableError
from ivi.services.audio_focus.outlet import Level, Outlet

STEP = 5  # percent of one step
FULL = 100  # percent
RETRY = 5.0  # seconds between two looks for a sound server that is away


class Volume:
    """The outlet's level as it was read last. What is set counts when the outlet reports it."""

    def __init__(self, changed: Callable[[], None], outlet: Outlet | None = None, retry: float = RETRY) -> None:
        self._changed, self._retry = changed, retry
        self._outlet = outlet or Outlet()
        self._turn = asyncio.Lock()
        self._wanted: int | None = None
        self.level: Level | None = None
        self.reason = "Nothing is known of the loudspeakers yet."

    async def watch(self) -> None:
        """Follow the outlet until cancelled; one that is away is looked for again."""
        while True:
            try:
                await self._look()
                async with aclosing(self._outlet.changes()) as changes:  # type: ignore[type-var]  # they have aclose
                    async for _ in changes:
                        await self._look()
            except UnavailableError as error:
                self._take(None, error.message)
            await asyncio.sleep(self._retry)

    async def set(self, percent: int) -> None:
        """This loud. Raises InvalidArgumentError, UnavailableError."""
        if not 0 <= percent <= FULL:
            raise InvalidArgumentError(f"a volume of {percent} %", hint="0 to 100 percent")
        self._wanted = percent
        async with self._turn:
            # A finger on a slider asks faster than the outlet answers: who waited takes what was wanted last.
            wanted, self._wanted = self._wanted, None
            if wanted is not None:
                await self._set(wanted)

    async def change(self, steps: int) -> None:
        """So many steps louder or quieter than it is. Raises UnavailableError."""
        async with self._turn:
            await self._look()
            if self.level is not None:
                # From where a driver hears it: the steps of 5 percent, not of 3.
                place = (self.level.volume + (STEP - 1 if steps < 0 else 0)) // STEP + steps
                await self._set(min(FULL, max(0, place * STEP)))

    async def mute(self, *, muted: bool) -> None:
        """Silent or not. Raises UnavailableError."""
        async with self._turn:
            await self._outlet.set_muted(muted=muted)
            await self._look()

    async def _set(self, percent: int) -> None:
        await self._outlet.set_volume(percent)
        if percent > 0:
            await self._outlet.set_muted(muted=False)
        await self._look()

    async def _look(self) -> None:
        self._take(await self._outlet.read(), "")

    def _take(self, level: Level | None, reason: str) -> None:
        if (level, reason) != (self.level, self.reason):
            self.level, self.reason = level, reason
            self._changed()
