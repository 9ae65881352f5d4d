# SPDX-License-Identifier: Apache-2.0
"""Both ends of a link in one thread: whenever the app would wait, the host's end works instead."""

import contextlib
import functools
import socket
from collections.abc import Callable
from typing import Any

import msgspec

from ivi.model import link
from ivi.model.app import AppRequest
from ivi.model.errors import DeadlineError, IviError, LinkError, NotFoundError
from ivi.sdk.connection import Connection
from ivi.sdk.harness.clock import HandClock

_RECEIVE = 1 << 18  # bytes
_NOTHING = msgspec.Raw(msgspec.msgpack.encode(None))


@functools.cache
def _requests() -> link.BodyDecoder[msgspec.Struct]:
    return link.BodyDecoder(AppRequest)


class Stream:
    """One open stream of the app."""

    def __init__(self, end: "HostEnd", number: int) -> None:
        self._end, self._number = end, number
        self.on_end: Callable[[], None] | None = None
        """Called when the app has cancelled it, or the link has ended."""

    def send(self, body: msgspec.Struct) -> None:
        """Send an event."""
        self._end.write(link.Event(self._number, 0, link.pack(body)))

    def end(self, error: IviError | None = None) -> None:
        """Nothing more comes, for this reason."""
        self._end.streams.pop(self._number, None)
        if error is None:
            self._end.write(link.Reply(self._number, _NOTHING))
        else:
            self._end.write(failure(self._number, error))


def failure(number: int, error: IviError) -> link.Failure:
    """An error as it travels."""
    return link.Failure(number, error.code, error.message, error.hint)


class HostEnd:
    """The host's end: answers each call with what its handler returns, at once and in order."""

    def __init__(self) -> None:
        self.closed_because = "no app was started"
        """Why the host ended the link; empty while it has not."""
        self.answers = True
        """False for a host that hears and never answers."""
        self.streams: dict[int, Stream] = {}
        self.calls: dict[type, Callable[[Any], msgspec.Struct]] = {}
        self.openings: dict[type, Callable[[Any, Stream], None]] = {}
        self._socket: socket.socket | None = None
        self._frames = link.FrameReader(link.MAX_APP_FRAME)
        self._requests = _requests()
        self._unsent = bytearray()

    def open(self, sock: socket.socket) -> None:
        """Serve this end of a new life's socketpair."""
        sock.setblocking(False)
        self._socket, self.closed_because = sock, ""
        self._frames = link.FrameReader(link.MAX_APP_FRAME)
        self._unsent.clear()

    def write(self, envelope: link.Downward) -> None:
        """Queue an envelope for the app."""
        self._unsent += link.encode(envelope)

    def work(self) -> bool:
        """Take what the app has sent, answer it, send what waits. False when there was nothing to do."""
        busy = False
        with contextlib.suppress(BlockingIOError):
            while self._socket is not None and (data := self._socket.recv(_RECEIVE)):
                busy = True
                self._take(data)
                if len(data) < _RECEIVE:
                    break
        with contextlib.suppress(BlockingIOError):
            while self._socket is not None and self._unsent:
                del self._unsent[: self._socket.send(self._unsent)]
                busy = True
        return busy

    def close(self, reason: str) -> None:
        """End the link."""
        if self._socket is not None:
            self.closed_because = reason
            for stream in list(self.streams.values()):
                self._ended(stream)
            self.streams.clear()
            self._socket.close()
            self._socket = None

    def _take(self, data: bytes) -> None:
        try:
            for frame in self._frames.feed(data):
                self._handle(link.decode_upward(frame))
        except LinkError as error:
            self.close(error.message)

    def _handle(self, envelope: link.Upward) -> None:
        if isinstance(envelope, link.Cancel):
            if (stream := self.streams.pop(envelope.id, None)) is not None:
                self._ended(stream)
            return
        request = self._requests.decode(envelope.body)
        if not self.answers:
            return
        try:
            if (opening := self.openings.get(type(request))) is not None:
                stream = self.streams[envelope.id] = Stream(self, envelope.id)
                try:
                    opening(request, stream)
                except IviError:
                    del self.streams[envelope.id]
                    raise
            elif (handler := self.calls.get(type(request))) is not None:
                self.write(link.Reply(envelope.id, link.pack(handler(request))))
            else:
                raise NotFoundError(f"{type(request).__name__} is not served here")
        except IviError as error:
            self.write(failure(envelope.id, error))

    def _ended(self, stream: Stream) -> None:
        if stream.on_end is not None:
            stream.on_end()


class AppEnd(Connection):
    """The app's end. Nobody waits here: the clock goes on by as much as the app would have waited."""

    def __init__(self, sock: socket.socket, host: HostEnd, clock: HandClock) -> None:
        super().__init__(sock)
        self._host, self._clock = host, clock
        sock.setblocking(False)

    def now(self) -> float:
        """The clock's."""
        return self._clock.monotonic()

    def _write(self, frame: bytes) -> None:
        left = memoryview(frame)
        while left:
            try:
                left = left[self._socket.send(left) :]
            except BlockingIOError:
                # The host would read meanwhile.
                if not self._host.work():
                    raise DeadlineError("the host does not read") from None

    def _readable(self, timeout: float) -> bool:
        while self._host.work():
            if self._poll.poll(0):
                return True
        if self._poll.poll(0):
            return True
        self._clock.waited(timeout)
        return False
