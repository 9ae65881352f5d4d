# SPDX-License-Identifier: Apache-2.0
"""``IviBus``: python-can's view of our bus, with a fast path that builds no ``can.Message``."""

import contextlib
import os
import select
import socket
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from pathlib import Path

import can
from can.typechecking import AutoDetectedConfig, CanFilters

from simulator.bus import record
from simulator.bus.address import bus_dir, socket_path
from simulator.bus.record import BRS, ERR, ESI, FD, FLAGS_AT, ID_MASK, RECORD, RTR, SIZE, Record
from simulator.errors import BusAddressError

SEND_DEADLINE = 5.0  # seconds that a send without a timeout waits for the server
HELLO_DEADLINE = 2.0  # seconds until the server must have answered
READ_SIZE = SIZE * 800  # bytes

NO_FLAGS = b"\0"

_NS = itemgetter(0)  # of a record

type _Filter = tuple[int, int, bool | None]
"""can_id, can_mask, extended (None = both)."""


class IviBus(can.BusABC):
    """The bus of ``python -m simulator.bus`` as an ordinary python-can bus.

    ``channel`` is a name or, with a slash, the path of the socket. Waiting uses select, so that one thread may send
    while another receives. ``dropped`` counts frames that this reader lost because it was too slow.
    """

    def __init__(
        self,
        channel: str = "can0",
        can_filters: CanFilters | None = None,
        receive_own_messages: bool = False,
        **kwargs: object,
    ) -> None:
        """Join the bus. Raises can.CanInitializationError when no server listens."""
        self._matchers: tuple[_Filter, ...] = ()
        self._rest = b""
        self._tail = b""  # rest of a record that the socket took in part
        self._queue: deque[Record] = deque()
        self._lock = threading.Lock()
        self._polled = False
        self.dropped = 0
        self.frames_read = 0  # before filters
        try:
            path = socket_path(str(channel))
        except BusAddressError as error:
            raise can.CanInitializationError(error.line()) from error
        self._name = str(channel)
        self._sock = _connect(path, self._name, receive_own_messages)
        self.channel_info = f"ivi bus {channel} ({path})"
        self._can_protocol = can.CanProtocol.CAN_FD
        super().__init__(channel=channel, can_filters=can_filters, **kwargs)

    def fileno(self) -> int:
        """Readable while frames wait. After the first call recv() takes one frame per read, so that this stays true."""
        self._polled = True
        return self._sock.fileno()

    def send(self, msg: can.Message, timeout: float | None = None) -> None:
        """Send one frame, waiting ``timeout`` seconds (None: 5) for a busy server; raises can.CanOperationError."""
        self._write(_pack(msg), timeout)

    def send_batch(self, records: Iterable[Record], timeout: float | None = None) -> None:
        """Send records (ns, identifier with flags, length, flags, payload); ns 0 = now. As send() otherwise.

        A payload shorter than 64 bytes is padded.
        """
        records = list(records)
        if any(map(_NS, records)):
            now, pack = time.time_ns(), RECORD.pack
            data = b"".join([pack(ns or now, *rest) for ns, *rest in records])
        else:  # the clock is read when all is packed, so that the frames' time is the one at which they go out
            pack = record.UNTIMED.pack
            untimed = [pack(ident, size, flags, payload) for _, ident, size, flags, payload in records]
            stamp = record.TIME.pack(time.time_ns())
            data = stamp.join([b"", *untimed])
        self._write(data, timeout)

    def recv_batch(self, timeout: float | None = None) -> Iterator[Record]:
        """What has arrived after at most ``timeout`` s: (ns, identifier with flags, length, flags, 64-byte payload).

        0 = only what is there, None = wait for ever. Filters apply. Raises can.CanOperationError when the server is
        gone.
        """
        if self._queue:
            waiting, self._queue = self._queue, deque()
            return iter(waiting)
        return self._read(timeout, READ_SIZE)

    def recv_bytes(self, most: int) -> bytes:
        """What is there now, at most `most` records in the form of `simulator.bus.record`, without control records.

        For readers that take many records apart at once. Filters apply. Raises as `recv_batch`.
        """
        if not (self._queue or self._matchers):
            return self._receive_bytes(most * SIZE - len(self._rest))
        if not self._queue:
            self._queue.extend(self._read(0, most * SIZE - len(self._rest)))
        return b"".join([RECORD.pack(*self._queue.popleft()) for _ in range(min(most, len(self._queue)))])

    def shutdown(self) -> None:
        """Leave the bus; may be called again."""
        super().shutdown()
        self._sock.close()

    def _apply_filters(self, filters: CanFilters | None) -> None:
        self._matchers = tuple((entry["can_id"], entry["can_mask"], entry.get("extended")) for entry in filters or ())

    def _recv_internal(self, timeout: float | None) -> tuple[can.Message | None, bool]:
        if not self._queue:
            self._queue.extend(self._read(timeout, SIZE - len(self._rest) if self._polled else READ_SIZE))
            if not self._queue:
                return None, False
        return _message(self._queue.popleft(), self._name), True

    def _read(self, timeout: float | None, size: int) -> Iterator[Record]:
        records = RECORD.iter_unpack(self._receive(timeout, size))
        return filter(self._wanted, records) if self._matchers else records

    def _receive(self, timeout: float | None, size: int) -> bytes:
        """Whole records without control records; none when there are none in time."""
        try:
            if timeout != 0 and not select.select([self._sock], [], [], timeout)[0]:
                return b""
        except (OSError, ValueError) as error:  # ValueError: another thread closed the socket while we waited
            raise can.CanOperationError(f"{self.channel_info}: {error}") from error
        return self._receive_bytes(size)

    def _receive_bytes(self, size: int) -> bytes:
        """The same without waiting. One step for a reader that sleeps between two ticks: it calls as little as can be,
        because each function's code has to come from the main memory first."""
        try:
            data = self._sock.recv(size)
        except BlockingIOError:
            return b""
        except (OSError, ValueError) as error:
            raise can.CanOperationError(f"{self.channel_info}: {error}") from error
        if not data:
            raise can.CanOperationError(f"{self.channel_info}: the bus server is gone")
        if self._rest or len(data) % SIZE:
            data, self._rest = record.whole(self._rest, data)
        if data[FLAGS_AT::SIZE].strip(NO_FLAGS) and record.has_control(data):
            data = self._take_control(data)
        self.frames_read += len(data) // SIZE
        return data

    def _take_control(self, data: bytes) -> bytes:
        frames, controls = record.split_control(data)
        for _, verb, _, _, payload in controls:
            if verb == record.DROPPED:
                self.dropped = record.numbers(payload)[0]
        return frames

    def _wanted(self, entry: Record) -> bool:
        ident = entry[1]
        extended = bool(ident & record.EFF)
        ident &= ID_MASK
        return any(
            (ident ^ can_id) & mask == 0 and (kind is None or kind == extended) for can_id, mask, kind in self._matchers
        )

    def _write(self, data: bytes, timeout: float | None) -> None:
        """Write whole records. On a timeout a record that has begun counts as sent; its rest goes out with the next."""
        deadline = time.monotonic() + (SEND_DEADLINE if timeout is None else timeout)
        with self._lock:
            view = memoryview(self._tail + data)
            owed = len(self._tail)
            self._tail = b""
            sent = 0
            while sent < len(view):
                try:
                    sent += self._sock.send(view[sent:])
                except BlockingIOError:
                    if not self._writable(deadline):
                        begun = -(-max(sent - owed, 0) // SIZE)  # rounded up: records of which at least a byte is out
                        end = owed + begun * SIZE
                        self._tail = bytes(view[sent:end])
                        if end == len(view):
                            return
                        raise can.CanOperationError(
                            f"{self.channel_info}: the server takes no frames; {begun} of {len(data) // SIZE} sent"
                        ) from None
                except OSError as error:
                    raise can.CanOperationError(f"{self.channel_info}: cannot send: {error}") from error

    def _writable(self, deadline: float) -> bool:
        try:
            return bool(select.select([], [self._sock], [], max(deadline - time.monotonic(), 0))[1])
        except (OSError, ValueError) as error:  # ValueError: closed by another thread
            raise can.CanOperationError(f"{self.channel_info}: {error}") from error

    @staticmethod
    def _detect_available_configs() -> Sequence[AutoDetectedConfig]:
        """The named buses whose servers listen now."""
        return [
            AutoDetectedConfig(interface="ivi", channel=path.stem)
            for path in sorted(bus_dir().glob("*.sock"))
            if _listens(path)
        ]


def _listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(HELLO_DEADLINE)
        with contextlib.suppress(OSError):
            probe.connect(os.fspath(path))
            return True
    return False


def _connect(path: Path, channel: str, echo: bool) -> socket.socket:
    """A socket that is on the bus: everything sent from now on arrives."""
    sock = socket.socket(socket.AF_UNIX)
    try:
        sock.settimeout(HELLO_DEADLINE)
        sock.connect(os.fspath(path))
        welcome = _greet(sock, echo)
        sock.setblocking(False)
    except OSError as error:
        sock.close()
        raise can.CanInitializationError(
            f"no bus server answers on {path} ({error.strerror or error}); "
            f"start one with: ivi sim bus {channel} (or python -m simulator.bus {channel})"
        ) from error
    if not welcome:
        sock.close()
        raise can.CanInitializationError(f"what listens on {path} is no ivi bus of version {record.VERSION}")
    return sock


def _greet(sock: socket.socket, echo: bool) -> bool:
    """Exchange HELLO and WELCOME; False when the other end is something else."""
    sock.sendall(record.control(record.HELLO, record.VERSION, record.WANT_ECHO if echo else 0))
    answer = b""
    while len(answer) < SIZE and (piece := sock.recv(SIZE - len(answer))):
        answer += piece
    if len(answer) < SIZE:
        return False
    _, verb, _, flags, _ = RECORD.unpack(answer)
    return (verb, flags) == (record.WELCOME, record.CONTROL)


def _pack(msg: can.Message) -> bytes:
    ident = msg.arbitration_id
    if msg.is_extended_id:
        ident |= record.EFF
    if msg.is_remote_frame:
        ident |= RTR
    if msg.is_error_frame:
        ident |= ERR
    flags = FD if msg.is_fd else 0
    if msg.bitrate_switch:
        flags |= BRS
    if msg.error_state_indicator:
        flags |= ESI
    length = msg.dlc if msg.is_remote_frame else len(msg.data)
    return RECORD.pack(time.time_ns(), ident, length, flags, bytes(msg.data))


def _message(entry: Record, channel: str) -> can.Message:
    ns, ident, length, flags, data = entry
    remote = bool(ident & RTR)
    return can.Message(
        timestamp=ns * 1e-9,
        arbitration_id=ident & ID_MASK,
        is_extended_id=bool(ident & record.EFF),
        is_remote_frame=remote,
        is_error_frame=bool(ident & ERR),
        is_fd=bool(flags & FD),
        bitrate_switch=bool(flags & BRS),
        error_state_indicator=bool(flags & ESI),
        is_rx=not flags & record.ECHO,
        dlc=length,
        data=None if remote else data[:length],
        channel=channel,
    )
