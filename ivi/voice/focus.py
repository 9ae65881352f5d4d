# SPDX-License-Identifier: Apache-2.0
"""The voice's audio focus: media is silent while the driver speaks and is answered, and a call silences the voice."""

import asyncio
import contextlib
import logging
from collections.abc import Callable

from ivi.daemon.link_client import LinkClient
from ivi.model.audio import AudioKind, FocusChanged, FocusState, RequestFocus
from ivi.model.errors import IviError

log = logging.getLogger(__name__)

ANSWER_TIMEOUT = 0.3  # seconds; without an answer the dialogue goes on: a missing service must not make the car deaf
OWNER = "voice"
SILENCED = frozenset({FocusState.REFUSED, FocusState.LOST, FocusState.PAUSED})


class Focus:
    """Holds the focus for one dialogue at a time."""

    def __init__(self, services: LinkClient | None, changed: Callable[[FocusState], None]) -> None:
        """`changed` hears of every later state while it is held."""
        self._services = services
        self._changed = changed
        self._holding: asyncio.Task[None] | None = None
        self._first: asyncio.Future[FocusState] | None = None

    async def hold(self) -> bool:
        """Ask for it; False when it is refused. True, too, when nobody answers."""
        await self.release()
        if self._services is None:
            return True
        loop = asyncio.get_running_loop()
        self._first = first = loop.create_future()
        self._holding = loop.create_task(self._follow(self._services, first))
        try:
            async with asyncio.timeout(ANSWER_TIMEOUT):
                state = await asyncio.shield(first)
        except TimeoutError:
            return True
        return state not in SILENCED

    async def release(self) -> None:
        """Give it back."""
        holding, self._holding = self._holding, None
        if holding is not None:
            holding.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await holding

    async def _follow(self, services: LinkClient, first: asyncio.Future[FocusState]) -> None:
        try:
            async for event in services.stream(RequestFocus(AudioKind.VOICE, OWNER)):
                if not isinstance(event, FocusChanged):
                    continue
                if not first.done():
                    first.set_result(event.state)
                else:
                    self._changed(event.state)
        except IviError as error:
            log.info("no audio focus", extra={"error": str(error)})
        finally:
            if not first.done():
                first.set_result(FocusState.GAINED)
