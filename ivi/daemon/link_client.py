# SPDX-License-Identifier: Apache-2.0
"""The asking end of the link, for asyncio: calls with deadlines, streams, and following a stream across restarts."""

import asyncio
import contextlib
import logging
import os
import random
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

import msgspec

from ivi.model import link
from ivi.model.errors import DeadlineError, IviError, LinkError, UnavailableError, from_wire

log = logging.getLogger(__name__)

CONNECT_TIMEOUT = 2.0  # seconds
CALL_TIMEOUT = 5.0  # seconds
STREAM_QUEUE = 256  # events a reader of ours may fall behind before the oldest is dropped
READ_SIZE = 64 << 10  # bytes taken from the socket at once
RETRY_FIRST, RETRY_LAST = 0.05, 1.0  # seconds between attempts to connect again


class _OpenStream:
    """Events of one stream on their way to the one coroutine that reads it."""

    def __init__(self) -> None:
        self.dropped_here = 0
        self.dropped_there = 0
        """As the server counts it; every event brings the sum so far."""
        self._items: deque[msgspec.Raw | IviError | None] = deque()
        self._waiter: asyncio.Future[None] | None = None

    def put(self, item: msgspec.Raw | IviError | None) -> None:
        if len(self._items) >= STREAM_QUEUE:
            self._items.popleft()
            self.dropped_here += 1
        self._items.append(item)
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def get(self) -> msgspec.Raw | IviError | None:
        """The next event, the error that ended the stream, or None for its end in order."""
        while not self._items:
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        return self._items.popleft()


class _Listener:
    """Events of one stream, handed on in the turn of the loop that read them: no task has to wake for each."""

    def __init__(self, decode: Callable[[msgspec.Raw], Any], on_event: Callable[[Any], None]) -> None:
        self.dropped_here = 0
        self.dropped_there = 0
        """See _OpenStream."""
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done when the stream has ended, with the error that ended it."""
        self._decode = decode
        self._on_event = on_event

    def put(self, item: msgspec.Raw | IviError | None) -> None:
        if self.ended.done():
            return
        if isinstance(item, IviError):
            self.ended.set_exception(item)
        elif item is None:
            self.ended.set_result(None)
        else:
            try:
                self._on_event(self._decode(item))
            except Exception as error:  # noqa: BLE001  # whoever waits for the end has it
                self.ended.set_exception(error)


class _Connection(asyncio.BufferedProtocol):
    """One connection to the server. It reads into one buffer of its own, and hands on what it read at once."""

    def __init__(self, client: "LinkClient") -> None:
        self.transport: asyncio.Transport
        self._client = client
        self._frames = link.FrameReader()
        self._buffer = memoryview(bytearray(READ_SIZE))

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See asyncio.BaseProtocol."""
        self.transport = cast("asyncio.Transport", transport)

    def get_buffer(self, _sizehint: int) -> memoryview:
        """See asyncio.BufferedProtocol."""
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        """See asyncio.BufferedProtocol."""
        try:
            for frame in self._frames.feed(self._buffer[:nbytes]):
                self._client.take(link.decode_downward(frame))
        except LinkError as error:
            self._client.ended(self, error)

    def connection_lost(self, exc: Exception | None) -> None:
        """See asyncio.BaseProtocol."""
        name = self._client.path.stem
        why = f"connection to {name} was lost: {exc}" if exc else f"{name} closed the connection"
        self._client.ended(self, LinkError(why))


class LinkClient:
    """A connection to one process's socket. It connects when first used and again after the process came back."""

    def __init__(self, path: Path, answers: object) -> None:
        self.path = path
        self.dropped = 0
        """Events that were lost because this process was slow, as the server and we counted them."""
        self._decoder: link.BodyDecoder[Any] = link.BodyDecoder(answers)
        self._connection: _Connection | None = None
        self._connecting = asyncio.Lock()
        self._next_id = 0
        self._calls: dict[int, asyncio.Future[Any]] = {}
        self._streams: dict[int, _OpenStream | _Listener] = {}

    async def __aenter__(self) -> Self:
        """Nothing happens before the first call."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        await self.close()

    async def call(self, request: msgspec.Struct, timeout: float = CALL_TIMEOUT) -> Any:  # noqa: ANN401, ASYNC109  # the caller knows its protocol; the deadline travels
        """The server's answer.

        Raises UnavailableError when the process is away, DeadlineError after `timeout` seconds, LinkError when the
        connection ends first, or the error that the server reports.
        """
        await self._connect()
        call_id = self._take_id()
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._calls[call_id] = answer
        self._write(link.Call(call_id, max(1, int(timeout * 1000)), link.pack(request)))
        try:
            async with asyncio.timeout(timeout + 0.5):
                return await answer
        except TimeoutError as error:
            raise DeadlineError(
                f"{self.path.stem} did not answer {type(request).__name__} within {timeout:g} s"
            ) from error
        finally:
            self._calls.pop(call_id, None)

    async def stream(self, request: msgspec.Struct) -> AsyncIterator[Any]:
        """Events of a stream until the server ends it.

        Raises UnavailableError, LinkError when the connection ends, or the error that the server reports.
        """
        await self._connect()
        stream = _OpenStream()
        with self._opened(request, stream):
            while (item := await stream.get()) is not None:
                if isinstance(item, IviError):
                    raise item
                yield self._decoder.decode(item)

    async def listen(self, request: msgspec.Struct, on_event: Callable[[Any], None]) -> None:
        """Hand each event of a stream to `on_event` as it arrives, until the server ends the stream.

        Quicker than `stream`, and nothing waits in this process: `on_event` is called while the socket is read, so it
        has to be short. Raises as `stream`, and whatever `on_event` raises.
        """
        await self._connect()
        listener = _Listener(self._decoder.decode, on_event)
        with self._opened(request, listener):
            try:
                await listener.ended
            except asyncio.CancelledError:
                if not listener.ended.cancelled():
                    listener.ended.exception()  # it ended in the same turn: nobody else will ask why
                raise

    async def follow(
        self,
        request: msgspec.Struct,
        on_event: Callable[[Any], None],
        on_state: Callable[[bool, str], None] | None = None,
    ) -> None:
        """Listen to a stream for ever, connecting again whenever the process comes back. Cancel the task to end it.

        `on_state(connected, reason)` is called when the stream begins to flow and when it stops.
        """
        wait = RETRY_FIRST
        connected = False

        def take(event: Any) -> None:  # noqa: ANN401  # see listen
            nonlocal connected, wait
            if not connected:
                connected, wait = True, RETRY_FIRST
                if on_state is not None:
                    on_state(True, "")
            on_event(event)

        while True:
            reason = "the stream ended"
            connected = False
            try:
                await self.listen(request, take)
            except IviError as error:
                reason = str(error)
            if on_state is not None:
                on_state(False, reason)
            await asyncio.sleep(wait * random.uniform(0.8, 1.2))  # noqa: S311  # spreads reconnects; no secret
            wait = min(RETRY_LAST, wait * 2)

    async def close(self) -> None:
        """Close the connection; calls that wait end with LinkError."""
        if self._connection is not None:
            self.ended(self._connection, LinkError(f"link to {self.path.stem} was closed"))
            await asyncio.sleep(0)  # the transport closes its socket in the loop's next turn

    @contextlib.contextmanager
    def _opened(self, request: msgspec.Struct, stream: _OpenStream | _Listener) -> Iterator[None]:
        """Open a stream on the connection that there is; cancelled in the end unless the server was first."""
        call_id = self._take_id()
        self._streams[call_id] = stream
        self._write(link.Call(call_id, 0, link.pack(request)))
        try:
            yield
        finally:
            self.dropped += stream.dropped_here
            if self._streams.pop(call_id, None) is not None and self._connection is not None:
                self._write(link.Cancel(call_id))

    # -- connection ---------------------------------------------------------------------------------------------------
    async def _connect(self) -> None:
        async with self._connecting:
            if self._connection is not None and not self._connection.transport.is_closing():
                return
            loop = asyncio.get_running_loop()
            try:
                async with asyncio.timeout(CONNECT_TIMEOUT):
                    path = os.fspath(self.path)
                    _, connection = await loop.create_unix_connection(lambda: _Connection(self), path)
            except (OSError, TimeoutError) as error:
                raise UnavailableError(
                    f"{self.path.stem} is not running (no answer at {self.path})", hint="start it with `ivi run`"
                ) from error
            if connection.transport.is_closing():
                raise LinkError(f"{self.path.stem} closed the connection")
            self._connection = connection

    def take(self, envelope: link.Downward) -> None:
        """Hand what came to the stream or the call that waits for it."""
        if isinstance(envelope, link.Event):
            if stream := self._streams.get(envelope.id):
                self.dropped += envelope.dropped - stream.dropped_there
                stream.dropped_there = envelope.dropped
                stream.put(envelope.body)
            return
        error = (
            from_wire(envelope.code, envelope.message, envelope.hint) if isinstance(envelope, link.Failure) else None
        )
        if stream := self._streams.pop(envelope.id, None):
            stream.put(error)
        future = self._calls.pop(envelope.id, None)
        if future is None or future.done():
            return
        if isinstance(envelope, link.Failure):
            future.set_exception(from_wire(envelope.code, envelope.message, envelope.hint))
            return
        try:
            future.set_result(self._decoder.decode(envelope.body))
        except LinkError as broken:
            future.set_exception(broken)

    def ended(self, connection: _Connection, error: IviError) -> None:
        """A connection is of no use any more: what waits for it ends with this error."""
        connection.transport.close()
        if connection is not self._connection:
            return
        self._connection = None
        calls, self._calls = self._calls, {}
        for future in calls.values():
            if not future.done():
                future.set_exception(error)
        streams, self._streams = self._streams, {}
        for stream in streams.values():
            stream.put(error)

    def _write(self, envelope: link.Upward) -> None:
        if self._connection is None:
            raise LinkError(f"link to {self.path.stem} was closed")
        self._connection.transport.write(link.encode(envelope))

    def _take_id(self) -> int:
        self._next_id += 1
        return self._next_id
