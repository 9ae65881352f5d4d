# SPDX-License-Identifier: Apache-2.0
"""The bytes that one app may still move today, in front of the ledger on disk, for all of its connections and lives."""

import asyncio
import logging
import sqlite3

from ivi.apphost.egress.ledger import BLOCK, TrafficLedger

log = logging.getLogger(__name__)


class Budget:
    """Hands out bytes from blocks that were booked before."""

    def __init__(self, app_id: str, ledger: TrafficLedger) -> None:
        self._app_id, self._ledger = app_id, ledger
        self._booked = 0
        self._booking = asyncio.Lock()
        self._connections = 0

    async def take(self, count: int, limit: int) -> bool:
        """Take `count` bytes of a day that allows `limit`. False when fewer are left or the ledger is broken."""
        while self._booked < count:
            async with self._booking:
                if self._booked >= count:
                    continue
                try:
                    got = await self._ledger.book(self._app_id, limit, max(BLOCK, count - self._booked))
                except sqlite3.Error:
                    log.exception("the traffic ledger cannot be written", extra={"app": self._app_id})
                    return False
                self._booked += got
                if self._booked < count:
                    return False
        self._booked -= count
        return True

    def begin(self) -> None:
        """A connection begins."""
        self._connections += 1

    async def end(self, host: str, sent: int, received: int) -> None:
        """A connection has ended; with the last one, what is left of the block goes back."""
        self._connections -= 1
        try:
            await self._ledger.add(self._app_id, host, sent, received)
            if not self._connections and self._booked:
                unused, self._booked = self._booked, 0
                await self._ledger.give_back(self._app_id, unused)
        except sqlite3.Error:
            log.exception("the traffic ledger cannot be written", extra={"app": self._app_id})
