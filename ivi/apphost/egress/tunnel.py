# SPDX-License-Identifier: Apache-2.0
"""Carries bytes both ways between an app and a host, within the app's day, until both ends are done or it is idle."""

import asyncio
import time
from collections.abc import Callable

from ivi.apphost.egress.budget import Budget

CHUNK = 16 << 10  # bytes


class Tunnel:
    """One connection; the counts are bytes that were taken from the budget."""

    def __init__(self, budget: Budget, limit: Callable[[], int], idle: float) -> None:
        self.sent = 0
        self.received = 0
        self.ended_by = ""
        """Why it was cut; empty when the ends closed it."""
        self._budget, self._limit, self._idle = budget, limit, idle
        self._moved = time.monotonic()

    async def carry(
        self,
        near_reader: asyncio.StreamReader,
        near_writer: asyncio.StreamWriter,
        far_reader: asyncio.StreamReader,
        far_writer: asyncio.StreamWriter,
        first: bytes,
    ) -> None:
        """Run to the end; `first` was read from the app already. Raises OSError when an end breaks."""
        if not await self._send(first, far_writer):
            return
        ways = [
            asyncio.create_task(self._upward(near_reader, far_writer)),
            asyncio.create_task(self._downward(far_reader, near_writer)),
        ]
        try:
            done, _ = await asyncio.wait(ways, return_when=asyncio.FIRST_EXCEPTION)
            for way in done:
                way.result()
        except _CutError as cut:
            self.ended_by = str(cut)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _upward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await self._read(reader):
            if not await self._send(data, writer):
                raise _CutError(self.ended_by)
        _finish(writer)

    async def _downward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await self._read(reader):
            await self._take(len(data))
            self.received += len(data)
            await self._write(data, writer)
        _finish(writer)

    async def _send(self, data: bytes, writer: asyncio.StreamWriter) -> bool:
        try:
            await self._take(len(data))
        except _CutError as cut:
            self.ended_by = str(cut)
            return False
        self.sent += len(data)
        await self._write(data, writer)
        return True

    async def _take(self, count: int) -> None:
        if not await self._budget.take(count, self._limit()):
            raise _CutError("the app has used what it may send and receive today")

    async def _read(self, reader: asyncio.StreamReader) -> bytes:
        """The next bytes; one silent direction is fine while the other one moves."""
        while True:
            left = self._moved + self._idle - time.monotonic()
            if left <= 0:
                raise _CutError(f"nothing moved for {self._idle:g} s")
            try:
                async with asyncio.timeout(left):
                    data = await reader.read(CHUNK)
            except TimeoutError:
                continue
            self._moved = time.monotonic()
            return data

    async def _write(self, data: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        try:
            async with asyncio.timeout(self._idle):
                await writer.drain()
        except TimeoutError as error:
            raise _CutError(f"an end took nothing for {self._idle:g} s") from error


class _CutError(Exception):
    """The tunnel is ended by us."""


def _finish(writer: asyncio.StreamWriter) -> None:
    if writer.can_write_eof():
        writer.write_eof()
