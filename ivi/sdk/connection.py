# SPDX-License-Identifier: Apache-2.0
"""The app's end of the link: one blocking socket, no asyncio, so that an app starts fast and stays small."""

import functools
import select
import socket
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from ivi.model import link
from ivi.model.app import AppAnswer, AppRequest
from ivi.model.errors import DeadlineError, IviError, LinkError, UnavailableError, from_wire

CALL_TIMEOUT = 5.0  # seconds
MAX_HELD = 256  # events that wait for the app's loop before the oldest is dropped
RECEIVE = 1 << 16  # bytes

type OnEvent = Callable[[Any], None]


@functools.cache
def _answers() -> link.BodyDecoder[AppAnswer]:
    return link.BodyDecoder(AppAnswer)


class HostGoneError(LinkError):
    """The host has closed the link: the app's time is over."""


class Connection:
    """Calls and streams over one socket. Events that arrive during a call are kept for `dispatch`."""

    def __init__(self, sock: socket.socket) -> None:
        self.dropped = 0
        """Events lost because the app was slow, here or at the host."""
        self._socket = sock
        self._poll = select.poll()
        self._poll.register(sock.fileno(), select.POLLIN)
        self._frames = link.FrameReader()
        self._answers = _answers()
        self._next_id = 0
        self._replies: dict[int, link.Reply | link.Failure | None] = {}
        self._streams: dict[int, OnEvent] = {}
        self._begun: set[int] = set()
        self._events: deque[tuple[OnEvent, Any]] = deque()

    def now(self) -> float:
        """Seconds of the clock that deadlines and timers go by. The test harness has one of its own."""
        return time.monotonic()

    def call(self, request: AppRequest, timeout: float = CALL_TIMEOUT) -> Any:  # noqa: ANN401  # the protocol decides which answer
        """The host's answer. Raises the error that the host reports, DeadlineError, or HostGoneError."""
        call_id = self._open(request, int(timeout * 1000))
        self._replies[call_id] = None
        deadline = self.now() + timeout
        try:
            while (answer := self._replies[call_id]) is None:
                self._wait(deadline, type(request).__name__)
        finally:
            del self._replies[call_id]
        if isinstance(answer, link.Failure):
            raise from_wire(answer.code, answer.message, answer.hint)
        return self._answers.decode(answer.body)

    def post(self, request: AppRequest) -> None:
        """A call whose answer nobody waits for."""
        self._open(request, int(CALL_TIMEOUT * 1000))

    def stream(self, request: AppRequest, on_event: OnEvent, timeout: float = CALL_TIMEOUT) -> int:
        """Open a stream and wait for its first event, by which the host accepts it. Returns the stream's number.

        Raises the error that the host reports, e.g. PermissionDeniedError, or DeadlineError.
        """
        call_id = self._open(request, 0)
        self._streams[call_id] = on_event
        self._replies[call_id] = None
        deadline = self.now() + timeout
        try:
            while (answer := self._replies[call_id]) is None and call_id not in self._begun:
                self._wait(deadline, type(request).__name__)
        except IviError:
            self.cancel(call_id)
            raise
        finally:
            self._replies.pop(call_id, None)
        begun = call_id in self._begun
        if answer is not None:
            self._begun.discard(call_id)
        if begun:
            # It may be over already: what came of it waits for `dispatch`.
            return call_id
        if isinstance(answer, link.Failure):
            raise from_wire(answer.code, answer.message, answer.hint)
        if answer is not None:
            raise UnavailableError("the host ended the stream at once")
        return call_id

    def cancel(self, stream_id: int) -> None:
        """Close a stream."""
        self._begun.discard(stream_id)
        if self._streams.pop(stream_id, None) is not None:
            self._send(link.Cancel(stream_id))

    def dispatch(self, timeout: float) -> None:
        """Wait up to `timeout` seconds for events and hand those that came to their handlers."""
        if self._events:
            timeout = 0.0
        if self._readable(max(0.0, timeout)):
            self._receive()
        for _ in range(len(self._events)):
            on_event, body = self._events.popleft()
            on_event(body)

    def close(self) -> None:
        """Close the socket; the host takes that as the app's end."""
        self._socket.close()

    def _open(self, request: AppRequest, deadline_ms: int) -> int:
        self._next_id += 1
        self._send(link.Call(self._next_id, deadline_ms, link.pack(request)))
        return self._next_id

    def _send(self, envelope: link.Upward) -> None:
        try:
            self._write(link.encode(envelope))
        except OSError as error:
            raise HostGoneError(f"the host has closed the link: {error.strerror}") from error

    # The two places in which an app waits; the test harness has the fake host work there.
    def _write(self, frame: bytes) -> None:
        self._socket.sendall(frame)

    def _readable(self, timeout: float) -> bool:
        """Wait up to `timeout` seconds for something to read."""
        return bool(self._poll.poll(int(timeout * 1000 + 0.999)))

    def _wait(self, deadline: float, what: str) -> None:
        left = deadline - self.now()
        if left <= 0 or not self._readable(left):
            raise DeadlineError(f"the host did not answer {what} in time")
        self._receive()

    def _receive(self) -> None:
        try:
            data = self._socket.recv(RECEIVE)
        except OSError as error:
            raise HostGoneError(f"the host has closed the link: {error.strerror}") from error
        if not data:
            raise HostGoneError("the host has closed the link")
        for frame in self._frames.feed(data):
            self._take(link.decode_downward(frame))

    def _take(self, envelope: link.Downward) -> None:
        if isinstance(envelope, link.Event):
            if (on_event := self._streams.get(envelope.id)) is not None:
                self._begun.add(envelope.id)
                self._hold(on_event, self._answers.decode(envelope.body))
            return
        self._streams.pop(envelope.id, None)
        if envelope.id in self._replies:
            self._replies[envelope.id] = envelope
        else:
            self._begun.discard(envelope.id)

    def _hold(self, on_event: OnEvent, body: object) -> None:
        if len(self._events) >= MAX_HELD:
            self._events.popleft()
            self.dropped += 1
        self._events.append((on_event, body))


class NotConnected(Connection):
    """In place of the link before an app has started."""

    def __init__(self) -> None:
        """There is no socket."""

    def call(self, request: AppRequest, timeout: float = CALL_TIMEOUT) -> Any:  # noqa: ANN401  # as the real one
        """Raises UnavailableError."""
        raise UnavailableError(f"{type(request).__name__} came before the app has started", hint="do it in on_start")

    def stream(self, request: AppRequest, on_event: OnEvent, timeout: float = CALL_TIMEOUT) -> int:
        """Raises UnavailableError."""
        return int(self.call(request))
