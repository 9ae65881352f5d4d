# SPDX-License-Identifier: Apache-2.0
"""The serving end of the link on Qt's event loop: calls for tests, `ivi status` and remote service. No streams."""

import contextlib
import logging
import os
import socket
from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QSocketNotifier, Slot

from ivi.daemon.unix_socket import listen_at, peer_of
from ivi.model import link
from ivi.model.errors import IviError, LinkError, NotFoundError

log = logging.getLogger(__name__)

MAX_SESSIONS = 16
MAX_REQUEST = 64 << 10  # bytes; requests to the screen are short
MAX_UNSENT = 1 << 20  # bytes of answers that a client may leave unread before it is cut off

type Handler = Callable[[msgspec.Struct], msgspec.Struct]


class QtServer(QObject):
    """Serves one socket to this user's processes. Handlers answer at once or raise an IviError."""

    def __init__(self, path: Path, requests: object, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._decoder: link.BodyDecoder[msgspec.Struct] = link.BodyDecoder(requests)
        self._handlers: dict[type[msgspec.Struct], Handler] = {}
        self._sessions: set[_Session] = set()
        self._sock: socket.socket | None = None
        self._notifier: QSocketNotifier | None = None

    def on_call(self, kind: type[msgspec.Struct], handler: Handler) -> None:
        """Answer requests of this kind with what the function returns."""
        self._handlers[kind] = handler

    def start(self) -> None:
        """Listen. Raises UnavailableError when another copy serves the socket, or the folder cannot be used."""
        sock = listen_at(self._path)
        sock.listen(MAX_SESSIONS)
        self._sock = sock
        self._notifier = QSocketNotifier(sock.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._accept)

    def stop(self) -> None:
        """Stop listening and end all sessions."""
        for session in list(self._sessions):
            session.end("")
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier = None
        if self._sock is not None:
            self._sock.close()
            self._sock = None
            self._path.unlink(missing_ok=True)

    @Slot()
    def _accept(self) -> None:
        if self._sock is None:
            return
        with contextlib.suppress(BlockingIOError, ConnectionError):
            sock, _address = self._sock.accept()
            _pid, uid = peer_of(sock)
            if uid not in {0, os.getuid()} or len(self._sessions) >= MAX_SESSIONS:
                log.warning("a client was refused", extra={"uid": uid, "sessions": len(self._sessions)})
                sock.close()
                return
            self._sessions.add(_Session(sock, self))

    def forget(self, session: "_Session") -> None:
        """A session has ended."""
        self._sessions.discard(session)

    def answer(self, call: link.Call) -> link.Reply | link.Failure:
        """Run the handler of a call. Raises LinkError when the body is none of our requests."""
        request = self._decoder.decode(call.body)
        handler = self._handlers.get(type(request))
        if handler is None:
            return link.Failure(call.id, NotFoundError.code, f"{type(request).__name__} is not served here")
        try:
            return link.Reply(call.id, link.pack(handler(request)))
        except IviError as error:
            return link.Failure(call.id, error.code, error.message, error.hint)
        except Exception as error:  # border of a request: one defect must not leave a client waiting
            log.exception("request failed", extra={"request": type(request).__name__})
            return link.Failure(call.id, "internal", f"{type(request).__name__} failed: {type(error).__name__}")


class _Session(QObject):
    """One client."""

    def __init__(self, sock: socket.socket, server: QtServer) -> None:
        super().__init__(server)
        self._server = server
        self._sock: socket.socket | None = sock
        sock.setblocking(False)
        self._reader = link.FrameReader(MAX_REQUEST)
        self._unsent = bytearray()
        self._read = QSocketNotifier(sock.fileno(), QSocketNotifier.Type.Read, self)
        self._read.activated.connect(self._readable)
        self._write = QSocketNotifier(sock.fileno(), QSocketNotifier.Type.Write, self)
        self._write.setEnabled(False)
        self._write.activated.connect(self._writable)

    def end(self, reason: str) -> None:
        """Close; a reason is logged."""
        if self._sock is None:
            return
        if reason:
            log.warning("link ended", extra={"reason": reason})
        self._read.setEnabled(False)
        self._write.setEnabled(False)
        self._sock.close()
        self._sock = None
        self._server.forget(self)
        self.deleteLater()

    @Slot()
    def _readable(self) -> None:
        if self._sock is None:
            return
        try:
            data = self._sock.recv(1 << 16)
        except BlockingIOError:
            return
        except OSError as error:
            self.end(str(error))
            return
        if not data:
            self.end("")
            return
        try:
            for frame in self._reader.feed(data):
                envelope = link.decode_upward(frame)
                if isinstance(envelope, link.Call):  # a Cancel comes too late: calls are answered at once
                    self._send(self._server.answer(envelope))
        except LinkError as error:
            self.end(error.message)

    def _send(self, envelope: link.Downward) -> None:
        self._unsent += link.encode(envelope)
        if len(self._unsent) > MAX_UNSENT:
            self.end("it does not read its socket")
            return
        self._writable()

    @Slot()
    def _writable(self) -> None:
        if self._sock is None:
            return
        try:
            sent = self._sock.send(self._unsent)
        except BlockingIOError:
            sent = 0
        except OSError as error:
            self.end(str(error))
            return
        del self._unsent[:sent]
        self._write.setEnabled(bool(self._unsent))
