# SPDX-License-Identifier: Apache-2.0
"""The serving end of the link: sessions, calls with deadlines, streams that never wait for a slow reader."""

import asyncio
import contextlib
import logging
import os
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any, cast

import msgspec

from ivi.daemon.shared_event import SharedEvent
from ivi.daemon.unix_socket import listen_at, peer_of
from ivi.model import link
from ivi.model.errors import (
    DeadlineError,
    InternalError,
    IviError,
    LinkError,
    NotFoundError,
    ResourceExhaustedError,
)
from ivi.model.status import GetStatus, ProcessStatus

log = logging.getLogger(__name__)

_NOTHING = msgspec.Raw(msgspec.msgpack.encode(None))
WRITE_HIGH = 256 << 10  # bytes waiting in a session before its streams begin to queue
WRITE_LOW = 64 << 10  # bytes at which they go on
NOT_READING = 10.0  # seconds a full session may stand still before it is closed
DRAIN = 1.0  # seconds that a stop waits for sessions to take their last bytes


@dataclass(frozen=True)
class Policy:
    """Bounds of one session."""

    max_frame: int = link.MAX_FRAME
    calls_per_s: float = 5000.0
    burst: float = 2000.0
    call_bytes: int = 0
    """A frame counts as one call more for each of these many bytes; 0 counts frames only."""
    in_flight: int = 256
    stream_queue: int = 64
    """Events of one stream that wait for a slow reader before the oldest is dropped."""
    partial_s: float = 5.0
    """Seconds a frame may take to arrive whole."""


class Stream:
    """The server's side of one open stream. `send` never blocks: a slow reader loses the oldest event."""

    def __init__(self, session: "Session", call_id: int) -> None:
        self.session = session
        self.dropped = 0
        self.on_writable: Callable[[], None] | None = None
        """Called when the reader has caught up; for publishers that merge instead of queueing."""
        self._id = call_id
        self._waiting: deque[msgspec.Raw] = deque()

    @property
    def writable(self) -> bool:
        """Whether an event would be written at once."""
        return not self.session.paused and not self._waiting

    @property
    def open(self) -> bool:
        """Whether the reader is still there."""
        return not self.session.closed

    def send(self, body: msgspec.Struct | msgspec.Raw) -> None:
        """Send an event, or keep it while the reader is slow."""
        raw = body if isinstance(body, msgspec.Raw) else link.pack(body)
        if self.writable:
            self.session.write(link.Event(self._id, self.dropped, raw))
            return
        if len(self._waiting) >= self.session.policy.stream_queue:
            self._waiting.popleft()
            self.dropped += 1
        self._waiting.append(raw)

    def discard(self) -> None:
        """Drop what waits for a slow reader, counted: it may no longer be told."""
        self.dropped += len(self._waiting)
        self._waiting.clear()

    def offer(self, event: SharedEvent) -> bool:
        """Send an event, or return False while the reader is slow; for publishers that keep what waits themselves."""
        session = self.session
        if session.paused or self._waiting:
            return False
        session.send(event.frame(self._id, self.dropped))
        return True

    def end(self) -> None:
        """Write what waited and tell the reader that nothing more comes."""
        while self._waiting:
            self.session.write(link.Event(self._id, self.dropped, self._waiting.popleft()))
        self.session.write(link.Reply(self._id, _NOTHING))

    def flush(self) -> None:
        """Write what waited; called by the session when its reader has caught up."""
        while self._waiting and not self.session.paused:
            self.session.write(link.Event(self._id, self.dropped, self._waiting.popleft()))
        if self.on_writable is not None and self.writable:
            self.on_writable()


type CallHandler[R] = Callable[[R, "Session"], Awaitable[msgspec.Struct]]
type StreamHandler[R] = Callable[[R, Stream], Awaitable[None]]


class Router:
    """Which coroutine answers which request. One router serves any number of sessions."""

    def __init__(self, requests: object) -> None:
        self._decoder: link.BodyDecoder[msgspec.Struct] = link.BodyDecoder(requests)
        self.calls: dict[type, CallHandler[Any]] = {}
        self.streams: dict[type, StreamHandler[Any]] = {}

    def on_call[R: msgspec.Struct](self, kind: type[R], handler: CallHandler[R]) -> None:
        """Answer requests of this kind with what the coroutine returns."""
        self.calls[kind] = handler

    def on_stream[R: msgspec.Struct](self, kind: type[R], handler: StreamHandler[R]) -> None:
        """Serve streams of this kind; the stream ends when the coroutine does."""
        self.streams[kind] = handler

    def decode(self, raw: msgspec.Raw) -> msgspec.Struct:
        """The request in a call's body. Raises LinkError when it is none of ours."""
        return self._decoder.decode(raw)


class Session(asyncio.Protocol):
    """One connected client: its calls in flight, its open streams, and the bounds that it must keep."""

    def __init__(self, router: Router, policy: Policy, on_closed: Callable[["Session", str], None]) -> None:
        self.policy = policy
        self.paused = False
        self.closed = False
        self.peer_pid = 0
        self.close_reason = ""
        self._router = router
        self._on_closed = on_closed
        self._reader = link.FrameReader(policy.max_frame)
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._open_streams: dict[int, Stream] = {}
        self._tokens, self._refilled = policy.burst, time.monotonic()
        self._held: deque[bytes] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._descriptor = -1
        self._backlog = False
        """Whether the transport keeps bytes that the socket did not take, so that more must go behind them."""

    # -- asyncio.Protocol ---------------------------------------------------------------------------------------------
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start reading."""
        self._transport = cast("asyncio.Transport", transport)
        self._descriptor = transport.get_extra_info("socket").fileno()
        self._transport.set_write_buffer_limits(high=WRITE_HIGH, low=WRITE_LOW)

    def data_received(self, data: bytes) -> None:
        """Cut frames and start what they ask for."""
        try:
            self._held.extend(self._reader.feed(data))
            self._work()
        except LinkError as error:
            self.fail(error.message)

    def pause_writing(self) -> None:
        """The reader is slow: streams begin to queue; a reader that stands still is cut off."""
        self.paused = True
        self._arm(NOT_READING, "it does not read its socket")

    def resume_writing(self) -> None:
        """The reader has caught up."""
        self.paused = False
        self._disarm()
        for stream in list(self._open_streams.values()):
            stream.flush()

    def connection_lost(self, exc: Exception | None) -> None:
        """End everything that was done for this client."""
        self.closed = True
        self._disarm()
        for task in self._tasks.values():
            task.cancel()
        self._on_closed(self, self.close_reason or (str(exc) if exc else ""))

    # -- sending ------------------------------------------------------------------------------------------------------
    def write(self, envelope: link.Downward) -> None:
        """Queue an envelope in the transport, unless the client has gone."""
        self.send(link.encode(envelope))

    def send(self, frame: bytes) -> None:
        """Queue an envelope that is a frame already, unless the client has gone."""
        transport = self._transport
        if self.closed or transport.is_closing():
            return
        if self._backlog and not transport.get_write_buffer_size():
            self._backlog = False
        if not self._backlog:  # straight to the socket: the transport's own way there costs as much as the call itself
            sent = _write_some(self._descriptor, frame)
            if sent == len(frame):
                return
            frame = frame[sent:]
            self._backlog = True
        transport.write(frame)

    def fail(self, reason: str) -> None:
        """End the session with a reason that the log and the owner see."""
        if not self.close_reason:
            self.close_reason = reason
            log.warning("link ended", extra={"reason": reason, "peer_pid": self.peer_pid})
            self._transport.abort()

    def close(self) -> None:
        """End the session in order: what is written already is still delivered."""
        self._transport.close()

    # -- calls --------------------------------------------------------------------------------------------------------
    def _work(self) -> None:
        """Handle held frames as far as the client's rate allows; then stop reading, so that the client waits."""
        now = time.monotonic()
        self._tokens = min(self.policy.burst, self._tokens + (now - self._refilled) * self.policy.calls_per_s)
        self._refilled = now
        while self._held and self._tokens >= 1:
            frame = self._held.popleft()
            # A large frame may take the tokens below zero: the debt delays the next one.
            self._tokens -= 1 + (len(frame) // self.policy.call_bytes if self.policy.call_bytes else 0)
            self._handle(link.decode_upward(frame))
        if self._held:
            self._transport.pause_reading()
            asyncio.get_running_loop().call_later(0.05, self._resume)
        elif self._reader.pending and not self.paused:
            self._arm(self.policy.partial_s, "a frame did not arrive whole in time")
        elif not self.paused:
            self._disarm()

    def _resume(self) -> None:
        if self.closed:
            return
        self._transport.resume_reading()
        try:
            self._work()
        except LinkError as error:
            self.fail(error.message)

    def _handle(self, envelope: link.Upward) -> None:
        if isinstance(envelope, link.Cancel):
            if task := self._tasks.get(envelope.id):
                task.cancel()
            return
        if envelope.id in self._tasks:
            raise LinkError(f"call id {envelope.id} is in use")
        if len(self._tasks) >= self.policy.in_flight:
            self._answer_error(
                envelope.id, ResourceExhaustedError(f"more than {self.policy.in_flight} calls in flight")
            )
            return
        request = self._router.decode(envelope.body)
        task = asyncio.get_running_loop().create_task(self._run(envelope, request))
        self._tasks[envelope.id] = task

    async def _run(self, envelope: link.Call, request: msgspec.Struct) -> None:
        try:
            if (stream_handler := self._router.streams.get(type(request))) is not None:
                stream = self._open_streams[envelope.id] = Stream(self, envelope.id)
                await stream_handler(request, stream)
                stream.end()
            elif (call_handler := self._router.calls.get(type(request))) is not None:
                async with asyncio.timeout(envelope.deadline_ms / 1000 if envelope.deadline_ms else None):
                    answer = await call_handler(request, self)
                self.write(link.Reply(envelope.id, link.pack(answer)))
            else:
                self._answer_error(envelope.id, NotFoundError(f"{type(request).__name__} is not served here"))
        except IviError as error:
            self._answer_error(envelope.id, error)
        except TimeoutError:
            self._answer_error(
                envelope.id, DeadlineError(f"{type(request).__name__} took over {envelope.deadline_ms} ms")
            )
        except Exception as error:  # border of a request: one defect must not end the process
            log.exception("request failed", extra={"request": type(request).__name__})
            self._answer_error(envelope.id, InternalError(f"{type(request).__name__} failed: {type(error).__name__}"))
        finally:
            self._tasks.pop(envelope.id, None)
            self._open_streams.pop(envelope.id, None)

    def _answer_error(self, call_id: int, error: IviError) -> None:
        self.write(link.Failure(call_id, error.code, error.message, error.hint))

    # -- the one timer of a session -----------------------------------------------------------------------------------
    def _arm(self, seconds: float, reason: str) -> None:
        self._disarm()
        self._timer = asyncio.get_running_loop().call_later(seconds, self.fail, reason)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _write_some(descriptor: int, data: bytes) -> int:
    """How much of `data` the socket took now; nothing on an error, which the transport meets and reports by itself."""
    try:
        return os.write(descriptor, data)
    except OSError:
        return 0


class LinkServer:
    """Serves one process's socket to this user's processes."""

    def __init__(
        self,
        path: Path,
        requests: tuple[object, ...],
        status: Callable[[], ProcessStatus],
        policy: Policy | None = None,
    ) -> None:
        self.router = Router(reduce(or_, (*requests, GetStatus)))
        self.sessions: set[Session] = set()
        self.closed_with: deque[str] = deque(maxlen=16)
        """Reasons of the newest forced ends, for `ivi status`."""
        self._path = path
        self._status = status
        self._policy = policy or Policy()
        self._server: asyncio.Server | None = None
        self._empty = asyncio.Event()
        self._empty.set()
        self.router.on_call(GetStatus, self._get_status)

    async def start(self) -> None:
        """Listen. Raises UnavailableError when another process serves this socket already."""
        sock = listen_at(self._path)
        self._server = await asyncio.get_running_loop().create_unix_server(self._accept, sock=sock)

    async def stop(self) -> None:
        """Stop listening, end all sessions, and wait a moment for their last bytes."""
        if self._server is None:
            return
        self._server.close()
        for session in list(self.sessions):
            session.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DRAIN):
                await self._empty.wait()
        for session in list(self.sessions):
            session.fail("the server stops")
        self._path.unlink(missing_ok=True)

    def _accept(self) -> Session:
        return _CheckedSession(self.router, self._policy, self._closed, self._opened)

    def _opened(self, session: Session) -> None:
        self.sessions.add(session)
        self._empty.clear()

    def _closed(self, session: Session, reason: str) -> None:
        self.sessions.discard(session)
        if not self.sessions:
            self._empty.set()
        if session.close_reason:
            self.closed_with.append(reason)

    async def _get_status(self, _request: GetStatus, _session: Session) -> ProcessStatus:
        return self._status()


class _CheckedSession(Session):
    """A session whose peer is checked when it connects: only processes of this user (or root) may talk to us."""

    def __init__(
        self,
        router: Router,
        policy: Policy,
        on_closed: Callable[[Session, str], None],
        on_opened: Callable[[Session], None],
    ) -> None:
        super().__init__(router, policy, on_closed)
        self._on_opened = on_opened

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Read the peer's credentials (SO_PEERCRED, unix(7)) before anything it says."""
        super().connection_made(transport)
        sock = transport.get_extra_info("socket")
        self.peer_pid, uid = peer_of(sock)
        self._on_opened(self)
        if uid not in (0, os.getuid()):
            self.fail(f"user {uid} may not connect")
