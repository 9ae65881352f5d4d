# SPDX-License-Identifier: Apache-2.0
"""Answers the screen and the command line on behalf of the uplink: its state in numbers, a flush, what a link costs."""

import asyncio
import contextlib
from typing import Protocol

from ivi.daemon.link_server import Router, Session, Stream
from ivi.model.cloud import Flush, LinkCost, SetLinkCost, SubscribeUplink, Uplink
from ivi.model.errors import UnavailableError

FLUSH_WAIT = 4.0  # seconds; below the link's usual deadline, so that the caller gets numbers and not a DeadlineError
UPDATE_PERIOD = 1.0  # seconds between updates of the numbers; a change of state is told at once


class Numbered(Protocol):
    """The uplink, as far as it is asked here."""

    @property
    def is_running(self) -> bool:
        """Whether the outboxes are open."""

    def snapshot(self) -> Uplink:
        """The present state in numbers."""

    def set_cost(self, cost: LinkCost) -> None:
        """What the connection costs from now on."""

    async def settle(self) -> None:
        """Take no more samples, and commit what waits in memory."""


class UplinkDesk:
    """Requests of ivi.model.cloud."""

    def __init__(self, uplink: Numbered) -> None:
        self._uplink = uplink
        self._changed: set[asyncio.Event] = set()
        self._progress = asyncio.Event()

    def serve(self, router: Router) -> None:
        """Answer on a router whose union includes CloudRequest."""
        router.on_stream(SubscribeUplink, self._subscribe)
        router.on_call(Flush, self._flush)
        router.on_call(SetLinkCost, self._set_cost)

    def changed(self) -> None:
        """The state is another."""
        for event in self._changed:
            event.set()

    def progress(self) -> None:
        """Rows were acknowledged."""
        self._progress.set()

    async def _subscribe(self, _request: SubscribeUplink, stream: Stream) -> None:
        self._require_running()
        changed = asyncio.Event()
        self._changed.add(changed)
        told: Uplink | None = None
        try:
            while stream.open:
                changed.clear()
                if (now := self._uplink.snapshot()) != told:
                    stream.send(now)
                    told = now
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(UPDATE_PERIOD):
                        await changed.wait()
        finally:
            self._changed.discard(changed)

    async def _flush(self, _request: Flush, _session: Session) -> Uplink:
        self._require_running()
        await self._uplink.settle()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FLUSH_WAIT):
                while self._uplink.snapshot().waiting:
                    self._progress.clear()
                    await self._progress.wait()
        return self._uplink.snapshot()

    async def _set_cost(self, request: SetLinkCost, _session: Session) -> Uplink:
        self._require_running()
        self._uplink.set_cost(request.cost)
        return self._uplink.snapshot()

    def _require_running(self) -> None:
        """The socket may be served a moment before the outbox is open, and a moment longer."""
        if not self._uplink.is_running:
            raise UnavailableError("the uplink is not running yet, or not any more", hint="ask again in a moment")
