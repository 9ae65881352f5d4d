# SPDX-License-Identifier: Apache-2.0
"""Gives one life of an app its proxy: the descriptor that the box inherits, and the proxy once the box has answered."""

import asyncio
import contextlib
import logging
import socket
from types import TracebackType
from typing import Self

from ivi.apphost.egress.gate import Gate
from ivi.apphost.egress.listener import receive_listener
from ivi.apphost.egress.proxy import Proxy
from ivi.apphost.facility import Life
from ivi.model.errors import IviError

log = logging.getLogger(__name__)

EGRESS = "egress"  # as ivi.sdk.boot knows it


class Outlet:
    """Use it around the life of a box: `async with Outlet(...) as outlet:` and `outlet.descriptors`."""

    def __init__(self, life: Life, gate: Gate, *, wanted: bool) -> None:
        """`wanted`: whether the manifest asks for `net` at all. What is granted is looked up at each connection."""
        self.descriptors: dict[str, int] = {}
        """What the box inherits, by name."""
        self._life, self._gate, self._wanted = life, gate, wanted
        self._theirs: socket.socket | None = None
        self._serving: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Make the descriptor and wait for the box in the background."""
        if self._wanted:
            ours, self._theirs = socket.socketpair()
            self.descriptors = {EGRESS: self._theirs.fileno()}
            self._serving = asyncio.create_task(self._serve(ours))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the proxy and all connections."""
        if self._serving is not None:
            self._serving.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._serving
        if self._theirs is not None:
            self._theirs.close()

    async def _serve(self, ours: socket.socket) -> None:
        try:
            listener = await receive_listener(ours)
            await Proxy(self._life, self._gate).serve(listener)
        except (IviError, OSError) as error:
            log.warning("an app has no way out", extra={"app": self._life.app.id, "reason": str(error)})
