# SPDX-License-Identifier: Apache-2.0
"""The bus server: every record that one client writes goes to all others, in one order for everybody.

One thread, one selector. A reader that falls behind has a bounded queue; what does not fit is dropped for that reader
only, counted, and reported in its stream at the place of the gap. The socket's file mode is the access control.
"""

import contextlib
import fcntl
import os
import selectors
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import IO, NamedTuple, Self

from simulator.bus import record
from simulator.errors import BusServerError

QUEUE_FRAMES = 32768  # frames that a reader may fall behind: 27 s of this car, 2.6 MB
READ_SIZE = record.SIZE * 800  # bytes per read: one client cannot keep the others waiting for long
BACKLOG = 64  # connections that wait for accept


class Totals(NamedTuple):
    """What the server did."""

    clients: int = 0
    frames: int = 0  # read from clients
    dropped: int = 0  # not delivered, summed over readers

    def line(self) -> str:
        """For people."""
        return f"{self.clients} clients, {self.frames} frames, {self.dropped} dropped"


class _Client:
    """One connection. A plain class: dataclasses would add 1.5 MB to a server of 13."""

    __slots__ = ("dropped", "echo", "joined", "queue", "reported", "rest", "sock")

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.joined = False
        self.echo = False
        self.rest = b""  # the beginning of a record that is not complete yet
        self.queue = bytearray()  # what the socket did not take yet
        self.dropped = 0
        self.reported = 0  # part of dropped that this reader has been told


class BusServer:
    """A listening bus. Use as a context manager, or call close()."""

    def __init__(self, path: Path, queue_frames: int = QUEUE_FRAMES, log: Callable[[str], None] = print) -> None:
        """Listen on ``path``, at most ``queue_frames`` waiting for each reader; raises BusServerError."""
        self._path = path
        self._limit = queue_frames * record.SIZE
        self._log = log
        self._clients: set[_Client] = set()
        self._accepted = self._frames = self._dropped = 0
        self._stopping = False
        self._lock, self._listener = _listen(path)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._wake_in, self._wake_out = socket.socketpair()
        for sock in (self._listener, self._wake_in, self._wake_out):
            sock.setblocking(False)
        self._selector.register(self._wake_out, selectors.EVENT_READ)

    @property
    def totals(self) -> Totals:
        """Counts so far."""
        return Totals(self._accepted, self._frames, self._dropped)

    def stop(self) -> None:
        """Make run() return; safe from another thread and from a signal handler."""
        self._stopping = True
        with contextlib.suppress(OSError):
            self._wake_in.send(b"\0")

    def run(self) -> Totals:
        """Serve until stop(); returns the totals."""
        while not self._stopping:
            for key, events in self._selector.select():
                if key.fileobj is self._listener:
                    self._accept()
                elif isinstance(key.data, _Client) and key.data in self._clients:
                    self._serve(key.data, events)
        return self.totals

    def close(self) -> None:
        """End all connections and remove the socket."""
        for client in tuple(self._clients):
            self._leave(client)
        with contextlib.suppress(FileNotFoundError):
            self._path.unlink()
        for resource in (self._selector, self._listener, self._wake_in, self._wake_out, self._lock):
            resource.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _accept(self) -> None:
        try:
            sock, _ = self._listener.accept()
        except OSError:
            return  # gone again before we looked
        sock.setblocking(False)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        client = _Client(sock)
        self._clients.add(client)
        self._selector.register(sock, selectors.EVENT_READ, client)

    def _leave(self, client: _Client, reason: str = "") -> None:
        self._clients.discard(client)
        self._selector.unregister(client.sock)
        client.sock.close()
        if reason or client.dropped:
            self._log(f"bus {self._path}: a client left; {reason or f'{client.dropped} frames were dropped for it'}")

    def _serve(self, client: _Client, events: int) -> None:
        if events & selectors.EVENT_WRITE and not self._flush(client):
            return
        if not events & selectors.EVENT_READ:
            return
        try:
            data = client.sock.recv(READ_SIZE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._leave(client)
            return
        data, client.rest = record.whole(client.rest, data)
        if not client.joined or record.has_control(data):
            data = self._handshake(client, data)
        if data:
            self._spread(client, data)

    def _handshake(self, client: _Client, data: bytes) -> bytes:
        """Take the control records out of ``data``; end a client that sends frames without a HELLO of our version."""
        frames, controls = record.split_control(data)
        for _, verb, _, _, payload in controls:
            version, flags = record.numbers(payload)
            if verb != record.HELLO or version != record.VERSION:
                self._leave(client, f"it speaks version {version} of the bus protocol, this is {record.VERSION}")
                return b""
            if not client.joined:
                client.joined = True
                self._accepted += 1
            client.echo = bool(flags & record.WANT_ECHO)
            self._push(client, record.control(record.WELCOME, record.VERSION, self._limit // record.SIZE))
        if frames and not client.joined:
            self._leave(client, "it sent frames before its HELLO")
            return b""
        return frames

    def _spread(self, sender: _Client, data: bytes) -> None:
        self._frames += len(data) // record.SIZE
        for client in tuple(self._clients):
            if not client.joined:
                continue
            if client is not sender:
                self._push(client, data)
            elif client.echo:
                self._push(client, record.as_echo(data))

    def _push(self, client: _Client, data: bytes) -> None:
        """Write to a reader, or queue behind what already waits; whole records beyond the limit are dropped."""
        if client.queue:
            self._enqueue(client, data)
            return
        try:
            sent = client.sock.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            return  # its own read event ends it
        if sent < len(data):
            client.queue += data[sent:]
            self._selector.modify(client.sock, selectors.EVENT_READ | selectors.EVENT_WRITE, client)

    def _enqueue(self, client: _Client, data: bytes) -> None:
        room = max(self._limit - len(client.queue), 0) // record.SIZE * record.SIZE
        if room and client.dropped > client.reported:
            self._report(client)
        client.queue += data[:room]
        lost = max(len(data) - room, 0) // record.SIZE
        client.dropped += lost
        self._dropped += lost

    def _report(self, client: _Client) -> None:
        client.queue += record.control(record.DROPPED, client.dropped)
        client.reported = client.dropped

    def _flush(self, client: _Client) -> bool:
        """Write what waits; False when the client is gone."""
        try:
            del client.queue[: client.sock.send(client.queue)]
        except BlockingIOError:
            return True
        except OSError:
            self._leave(client)
            return False
        if not client.queue and client.dropped > client.reported:
            self._report(client)
        if not client.queue:
            self._selector.modify(client.sock, selectors.EVENT_READ, client)
        return True


def serve(path: Path, on_ready: Callable[[], None], queue_frames: int = QUEUE_FRAMES) -> Totals:
    """Serve until SIGTERM or SIGINT (main thread only); ``on_ready`` runs once it listens. Raises BusServerError."""
    with BusServer(path, queue_frames) as server:

        def stop(_signal: int, _frame: FrameType | None) -> None:
            server.stop()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        on_ready()
        return server.run()


def _listen(path: Path) -> tuple[IO[str], socket.socket]:
    """Lock and socket of the bus. The lock decides between two servers; a socket nobody listens on is stale."""
    with contextlib.ExitStack() as undo:
        try:
            _own_folder(path.parent)
            lock = undo.enter_context(path.with_name(path.name + ".lock").open("w"))
            listener = _bind(path) if _take(lock) and not _alive(path) else None
        except OSError as error:
            raise BusServerError(
                f"cannot listen on {path}: {error.strerror or error}", "give another channel"
            ) from error
        if listener is None:
            raise BusServerError(f"a bus server already listens on {path}", "use it, or stop it first")
        undo.pop_all()  # the caller closes them
        return lock, listener


def _own_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, mode=0o700)
    if folder.stat().st_uid not in {os.getuid(), 0}:
        raise BusServerError(f"{folder} belongs to another user", "set IVI_RUNTIME_DIR to a folder of yours")


def _take(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _alive(path: Path) -> bool:
    """Whether somebody listens on ``path``; raises BusServerError when it is no socket at all."""
    if not path.exists():
        return False
    if not path.is_socket():
        raise BusServerError(f"{path} is not a socket", "give another channel")
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(1)  # seconds; a listener with a full backlog is alive too
        try:
            probe.connect(str(path))
        except ConnectionRefusedError:
            return False
        except OSError:
            return True
    return True


def _bind(path: Path) -> socket.socket:
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX)
    mask = os.umask(0o177)  # the socket is made 0600, never open for a moment
    try:
        listener.bind(str(path))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    finally:
        os.umask(mask)
    return listener
