# SPDX-License-Identifier: Apache-2.0
"""The asking end of the link on Qt's event loop: calls with deadlines, streams that survive a server's restart."""

import logging
import os
import random
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal, Slot

from ivi.model import link
from ivi.model.errors import DeadlineError, IviError, LinkError, ResourceExhaustedError, UnavailableError, from_wire

log = logging.getLogger(__name__)

CALL_TIMEOUT = 5.0  # seconds
RETRY_FIRST, RETRY_LAST = 50, 1000  # milliseconds between attempts to connect again
READ_SIZE = 1 << 16  # bytes
READS_PER_TURN = 16  # a flood leaves room for drawing: the rest is read in the next turn of the loop
MAX_UNSENT = 1 << 20  # bytes; a server that takes nothing for so long is away
MAX_CALLS = 64  # calls that wait for an answer


@dataclass(slots=True)
class _Waiting:
    """A call without its answer yet."""

    on_answer: Callable[[Any], None]
    timer: QTimer


@dataclass(slots=True)
class _Followed:
    """A stream that is opened again after every reconnect."""

    request: msgspec.Struct
    on_event: Callable[[Any], None]
    wait_ms: int = RETRY_FIRST
    ended: str = ""
    """Why it ended last, so that the same reason is logged once."""


class QtLink(QObject):
    """A connection to one process's socket. Once opened it stays wanted: it reconnects until it is closed.

    Answers and events arrive as calls of the given functions on the GUI thread; a failed call's answer is an IviError.
    """

    changed = Signal()
    """`connected` or `reason` changed."""

    def __init__(self, path: Path, answers: object, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self.connected = False
        self.reason = "not connected yet"
        self.dropped = 0
        """Events that servers dropped because we were slow, as they counted them."""
        self._decoder: link.BodyDecoder[Any] = link.BodyDecoder(answers)
        self._reader = link.FrameReader()
        self._sock: socket.socket | None = None
        self._notifiers: list[QSocketNotifier] = []
        self._unsent = bytearray()
        self._next_id = 0
        self._calls: dict[int, _Waiting] = {}
        self._streams: dict[int, _Followed] = {}
        self._stream_drops: dict[int, int] = {}
        self._followed: list[_Followed] = []
        self._when_read: list[Callable[[], object]] = []
        self._retry_ms = RETRY_FIRST
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(self._connect)

    def open(self) -> None:
        """Connect, now and whenever the connection is lost."""
        if self._sock is None and not self._retry.isActive():
            self._connect()

    def close(self) -> None:
        """End the connection for good; calls that wait fail."""
        self._followed.clear()
        self._end("closed")
        self._retry.stop()

    def call(self, request: msgspec.Struct, on_answer: Callable[[Any], None], timeout: float = CALL_TIMEOUT) -> None:
        """Ask. `on_answer` gets the answer, or an UnavailableError, DeadlineError, LinkError or the server's error."""
        if self._sock is None:
            on_answer(UnavailableError(f"{self.path.stem} is not running", hint="it is started again by itself"))
            return
        if len(self._calls) >= MAX_CALLS:
            on_answer(ResourceExhaustedError(f"{MAX_CALLS} calls of {self.path.stem} wait for an answer"))
            return
        call_id = self._take_id()
        timer = QTimer(self)
        timer.setSingleShot(True)
        late = DeadlineError(f"{self.path.stem} did not answer within {timeout:g} s")
        timer.timeout.connect(lambda: self._late(call_id, late))
        self._calls[call_id] = _Waiting(on_answer, timer)
        timer.start(round(timeout * 1000) + 200)  # the server's own deadline comes first, with a better reason
        self._write(link.Call(call_id, max(1, round(timeout * 1000)), link.pack(request)))

    def follow(self, request: msgspec.Struct, on_event: Callable[[Any], None]) -> Callable[[], None]:
        """Read a stream, again after each reconnect. Returns the function that ends it."""
        followed = _Followed(request, on_event)
        self._followed.append(followed)
        if self._sock is not None:
            self._start(followed)
        return lambda: self._unfollow(followed)

    def when_read(self, act: Callable[[], object]) -> None:
        """Call this each time that all which had come by then has been handed out: one frame may draw all of it."""
        self._when_read.append(act)

    # -- streams ------------------------------------------------------------------------------------------------------
    def _start(self, followed: _Followed) -> None:
        if self._sock is None or followed not in self._followed:
            return
        call_id = self._take_id()
        self._streams[call_id] = followed
        self._write(link.Call(call_id, 0, link.pack(followed.request)))

    def _unfollow(self, followed: _Followed) -> None:
        if followed in self._followed:
            self._followed.remove(followed)
        for call_id in [number for number, one in self._streams.items() if one is followed]:
            del self._streams[call_id]
            self._stream_drops.pop(call_id, None)
            self._write(link.Cancel(call_id))

    def _stream_ended(self, followed: _Followed, reason: str) -> None:
        """The server ended a stream while the connection stands, e.g. because it cannot serve it yet: try again."""
        if followed.ended != reason:
            log.info("a stream ended", extra={"of": self.path.stem, "reason": reason})
            followed.ended = reason
        QTimer.singleShot(followed.wait_ms, self, lambda: self._start(followed))
        followed.wait_ms = min(RETRY_LAST, followed.wait_ms * 2)

    # -- connection ---------------------------------------------------------------------------------------------------
    @Slot()
    def _connect(self) -> None:
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK)
        try:
            sock.connect(os.fspath(self.path))
        except OSError as error:
            sock.close()
            self._set_state(connected=False, reason=f"no answer at {self.path.name}: {error.strerror}")
            self._try_later()
            return
        self._sock = sock
        self._reader = link.FrameReader()
        read = QSocketNotifier(sock.fileno(), QSocketNotifier.Type.Read, self)
        read.activated.connect(self._readable)
        write = QSocketNotifier(sock.fileno(), QSocketNotifier.Type.Write, self)
        write.setEnabled(False)
        write.activated.connect(self._writable)
        self._notifiers = [read, write]
        self._retry_ms = RETRY_FIRST
        self._set_state(connected=True, reason="")
        for followed in list(self._followed):
            self._start(followed)

    def _try_later(self) -> None:
        self._retry.start(round(self._retry_ms * random.uniform(0.8, 1.2)))  # noqa: S311  # spreads reconnects; no secret
        self._retry_ms = min(RETRY_LAST, self._retry_ms * 2)

    def _set_state(self, *, connected: bool, reason: str) -> None:
        if (connected, reason) != (self.connected, self.reason):
            self.connected, self.reason = connected, reason
            self.changed.emit()

    def _end(self, reason: str) -> None:
        """Drop the connection and everything that hung on it."""
        for notifier in self._notifiers:
            notifier.setEnabled(False)
            notifier.deleteLater()
        self._notifiers = []
        if self._sock is not None:
            self._sock.close()
            self._sock = None
        self._unsent.clear()
        self._streams.clear()
        self._stream_drops.clear()
        calls, self._calls = self._calls, {}
        self._set_state(connected=False, reason=reason)
        for waiting in calls.values():
            _discard(waiting.timer)
            waiting.on_answer(LinkError(f"{self.path.stem} went away: {reason}"))

    def _lost(self, reason: str) -> None:
        self._end(reason)
        self._try_later()

    # -- bytes --------------------------------------------------------------------------------------------------------
    @Slot()
    def _readable(self) -> None:
        self._read()
        self._was_read()

    def _was_read(self) -> None:
        for act in self._when_read:
            act()

    def _read(self) -> None:
        for _ in range(READS_PER_TURN):
            if self._sock is None:
                return
            try:
                data = self._sock.recv(READ_SIZE)
            except BlockingIOError:
                return
            except OSError as error:
                self._lost(f"connection lost: {error.strerror}")
                return
            if not data:
                self._lost("it closed the connection")
                return
            try:
                for frame in self._reader.feed(data):
                    self._take(link.decode_downward(frame))
            except LinkError as error:
                log.warning("link ended", extra={"of": self.path.stem, "reason": error.message})
                self._lost(error.message)
                return
            if len(data) < READ_SIZE:
                return  # that was all; of what has come since, Qt tells

    @Slot()
    def _writable(self) -> None:
        if self._sock is None:
            return
        try:
            sent = self._sock.send(self._unsent)
        except BlockingIOError:
            return
        except OSError as error:
            self._lost(f"connection lost: {error.strerror}")
            return
        del self._unsent[:sent]
        if not self._unsent:
            self._notifiers[1].setEnabled(False)

    def _write(self, envelope: link.Upward) -> None:
        if self._sock is None:
            return
        self._unsent += link.encode(envelope)
        if len(self._unsent) > MAX_UNSENT:
            self._lost("it does not read its socket")
            return
        self._notifiers[1].setEnabled(True)
        self._writable()

    # -- envelopes ----------------------------------------------------------------------------------------------------
    def _take(self, envelope: link.Downward) -> None:
        if isinstance(envelope, link.Event):
            if followed := self._streams.get(envelope.id):
                self.dropped += max(0, envelope.dropped - self._stream_drops.get(envelope.id, 0))
                self._stream_drops[envelope.id] = envelope.dropped
                followed.wait_ms = RETRY_FIRST
                followed.on_event(self._decoder.decode(envelope.body))
            return
        error = (
            from_wire(envelope.code, envelope.message, envelope.hint) if isinstance(envelope, link.Failure) else None
        )
        if followed := self._streams.pop(envelope.id, None):
            self._stream_ended(followed, error.message if error else "the server ended it")
        elif waiting := self._calls.pop(envelope.id, None):
            _discard(waiting.timer)
            waiting.on_answer(self._answer(envelope))

    def _answer(self, envelope: link.Reply | link.Failure) -> msgspec.Struct | IviError:
        if isinstance(envelope, link.Failure):
            return from_wire(envelope.code, envelope.message, envelope.hint)
        try:
            answer: msgspec.Struct = self._decoder.decode(envelope.body)
        except LinkError as error:
            return error
        return answer

    def _late(self, call_id: int, error: DeadlineError) -> None:
        if waiting := self._calls.pop(call_id, None):
            _discard(waiting.timer)
            self._write(link.Cancel(call_id))
            waiting.on_answer(error)

    def _take_id(self) -> int:
        self._next_id += 1
        return self._next_id


def _discard(timer: QTimer) -> None:
    timer.stop()
    timer.deleteLater()
