# SPDX-License-Identifier: Apache-2.0
"""Fast receive on a CAN_RAW socket: `recvmmsg` through ctypes, kernel timestamps, an exact count of lost frames.

One system call fetches up to BATCH frames. Each has a slot of 128 bytes, control messages first and the frame behind
them, so that one `struct` pass over the slots yields time, id, length and payload of all. Sources: linux/can.h,
linux/can/raw.h, socket(7) (SO_TIMESTAMPNS, SO_RXQ_OVFL, SO_RCVBUFFORCE), cmsg(3), recvmmsg(2).
"""

import ctypes
import errno
import os
import socket
import struct
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from ivi.providers.can.batch import Fields, FrameBatch, FrameList
from ivi.providers.can.frame import ODD, REMOTE, Frame

BATCH = 64  # frames in one system call; more per call brings nothing measurable and 128 bytes each
SO_RCVBUFFORCE, SO_TIMESTAMPNS, SO_RXQ_OVFL = 33, 35, 40  # asm-generic/socket.h
SOL_CAN_RAW, CAN_RAW_FILTER, CAN_RAW_ERR_FILTER = 101, 1, 2  # linux/can/raw.h
FILTER_MAX = 512  # CAN_RAW_FILTER_MAX: ids that the kernel compares for one socket
# linux/can/error.h: controller problems, bus-off, restart, transmit time-out. Not every single bus error: an unplugged
# connector makes thousands a second.
ERROR_CLASSES = 0x00000001 | 0x00000004 | 0x00000040 | 0x00000100

BUFFER = 4 << 20  # bytes asked for; the kernel doubles it for its own bookkeeping
BUFFER_LEAST = 1 << 20  # bytes; below this the loss of frames under load is likely
SKB = 960  # bytes that one waiting classic frame occupies, at most: 766 and 960 were seen; 212,992 hold 221 frames
BUSY_BUS = 4505  # frames per second of a full 500 kbit/s bus with 8-byte frames

_SLOT, _CONTROL, _FRAME = 128, 56, 72  # bytes: a slot, its room for control messages, a struct canfd_frame
_CLASSIC_SIZE = 16  # bytes of a struct can_frame
_HEADER, _LENGTH_AT, _CONTROLLEN_AT = 64, 56, 40  # struct mmsghdr on 64-bit Linux: size, msg_len, msg_controllen
_TIME_SPACE, _TIME_AND_DROPS = 32, 52  # bytes of the control messages: time alone; time and drop counter
_U32 = 1 << 32
_NS = 1_000_000_000

# cmsghdr of the timestamp, seconds, nanoseconds, cmsghdr and number of the drop counter, then the frame
_CLASSIC = struct.Struct(f"=16xqq24xIBxxx8s{_SLOT - _CONTROL - _CLASSIC_SIZE}x")
_FD = struct.Struct("=16xqq24xIBxxx64s")
_HEAD = struct.Struct(f"={_CONTROL}xIB{_SLOT - _CONTROL - 5}x")  # id and length of either
_TIME = struct.Struct("=16xqq")
_TIME_HEADER = struct.Struct("=QiiQQQiiI")
_KEY_TOP = _CONTROL + 3  # offset of the id's highest byte, where the flags are (little-endian)
_REGULAR = bytes(top for top in range(256) if not (top << 24) & ODD)
_frame = tuple.__new__


class _IoVec(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("len", ctypes.c_size_t)]


class _MsgHdr(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_void_p),
        ("namelen", ctypes.c_uint),
        ("iov", ctypes.c_void_p),
        ("iovlen", ctypes.c_size_t),
        ("control", ctypes.c_void_p),
        ("controllen", ctypes.c_size_t),
        ("flags", ctypes.c_int),
    ]


class _MMsgHdr(ctypes.Structure):
    _fields_ = [("hdr", _MsgHdr), ("len", ctypes.c_uint)]


@dataclass(frozen=True)
class Prepared:
    """What became of a socket's receive buffer."""

    buffer: int
    """Bytes, as the kernel counts them."""
    warning: str = ""
    hint: str = ""


def prepare(sock: socket.socket) -> Prepared:
    """Enlarge the receive buffer, switch on timestamps and the drop counter, choose the error frames."""
    sock.setblocking(False)
    sock.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    sock.setsockopt(socket.SOL_SOCKET, SO_RXQ_OVFL, 1)
    if sock.family == getattr(socket, "AF_CAN", None):
        sock.setsockopt(SOL_CAN_RAW, CAN_RAW_ERR_FILTER, ERROR_CLASSES)
    return enlarge(sock, BUFFER)


def enlarge(sock: socket.socket, wanted: int) -> Prepared:
    """Make room for `wanted` bytes: as root (CAP_NET_ADMIN) beyond the machine's limit, else up to it."""
    try:
        sock.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, wanted)
    except PermissionError:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, wanted)
    size = sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)
    if size >= BUFFER_LEAST:
        return Prepared(size)
    frames = size // SKB
    return Prepared(
        size,
        f"its receive buffer holds {frames} frames, {frames * 1000 // BUSY_BUS} ms of a full 500 kbit/s bus",
        f"sysctl -w net.core.rmem_max={BUFFER}, or give ivi CAP_NET_ADMIN",
    )


def filter_ids(sock: socket.socket, wanted: Collection[tuple[int, int]]) -> bool:
    """Let the kernel keep back every id but these (id, mask); False when there are more than it can compare.

    A filter that compares all bits and the kind of the id and wants no remote frames is one that the kernel finds by
    index instead of by search (net/can/af_can.c, can_rcv_list_find).
    """
    if not 0 < len(wanted) <= FILTER_MAX:
        return False
    filters = b"".join(struct.pack("=II", key, mask | REMOTE) for key, mask in sorted(wanted))
    sock.setsockopt(SOL_CAN_RAW, CAN_RAW_FILTER, filters)
    return True


class SlotBatch(FrameBatch):
    """Slots of the receiver, all with classic data frames."""

    __slots__ = ("_slots",)

    def __init__(self, slots: bytes) -> None:
        self._slots = slots

    def __len__(self) -> int:
        return len(self._slots) // _SLOT

    def __iter__(self) -> Iterator[Frame]:
        new, kind = _frame, Frame
        return (new(kind, (time_ns, key, data[:size])) for time_ns, key, size, data in self.fields())

    @property
    def newest_ns(self) -> int:
        """See FrameBatch."""
        seconds, rest = _TIME.unpack_from(self._slots, len(self._slots) - _SLOT)
        newest: int = seconds * _NS + rest
        return newest

    def fields(self) -> Iterator[Fields]:
        """See FrameBatch."""
        ns_per_s = _NS
        for seconds, rest, key, length, data in _CLASSIC.iter_unpack(self._slots):
            yield seconds * ns_per_s + rest, key, length, data

    def heads(self) -> Iterable[tuple[int, int]]:
        """See FrameBatch."""
        return _HEAD.iter_unpack(self._slots)


class SocketcanReceiver:
    """Reads a prepared socket in batches. 64-bit Linux."""

    def __init__(self, sock: socket.socket) -> None:
        self.odd: list[Frame] = []
        self.fd_keys: list[int] = []
        self.dropped = 0
        """Frames that did not fit the receive buffer, exact up to the last frame read."""
        self._descriptor = sock.fileno()
        self._drops_seen = 0
        self._receive = ctypes.CDLL(None, use_errno=True).recvmmsg
        self._slots = ctypes.create_string_buffer(BATCH * _SLOT)
        self._vectors = (_IoVec * BATCH)()
        self._headers = (_MMsgHdr * BATCH)()
        for index in range(BATCH):
            slot = ctypes.addressof(self._slots) + index * _SLOT
            vector = self._vectors[index]
            vector.base, vector.len = slot + _CONTROL, _FRAME
            header = self._headers[index].hdr
            header.iov, header.iovlen = ctypes.addressof(vector), 1
            header.control, header.controllen = slot, _CONTROL
        self._slot_view = memoryview(self._slots).cast("B")
        self._header_view = memoryview(self._headers).cast("B")
        self._template = bytes(self._header_view)  # the kernel overwrites lengths; this restores them all at once

    def read(self) -> FrameBatch:
        """Data frames that wait, at most BATCH; remote and error frames go to `odd`. Raises OSError."""
        count = self._receive(self._descriptor, self._headers, BATCH, socket.MSG_DONTWAIT, None)
        self.odd, self.fd_keys = [], []
        if count <= 0:
            number = ctypes.get_errno()
            if count == 0 or number in {errno.EAGAIN, errno.EINTR}:
                return FrameList()
            raise OSError(number, os.strerror(number))
        headers = self._header_view[: count * _HEADER]
        slots = self._slot_view[: count * _SLOT]
        sizes = bytes(headers[_LENGTH_AT::_HEADER])
        self._count_drops(headers, slots, count)
        headers[:] = self._template[: count * _HEADER]
        odd = bool(bytes(slots[_KEY_TOP::_SLOT]).translate(None, _REGULAR))
        if not odd and sizes.count(_CLASSIC_SIZE) == count:
            return SlotBatch(bytes(slots))
        return self._sort(slots, sizes)

    def _sort(self, slots: memoryview, sizes: bytes) -> FrameList:
        """The same with remote, error and FD frames among them."""
        frames = [
            _frame(Frame, (s * _NS + ns, key, data[:length])) for s, ns, key, length, data in _FD.iter_unpack(slots)
        ]
        self.fd_keys = [frame.key for frame, size in zip(frames, sizes, strict=True) if size > _CLASSIC_SIZE]
        self.odd = [frame for frame in frames if frame.key & ODD]
        return FrameList(frame for frame in frames if not frame.key & ODD)

    def _count_drops(self, headers: memoryview, slots: memoryview, count: int) -> None:
        """Take the kernel's drop counter, which rides on frames that arrived after a loss.

        It counts from the socket's start and wraps at 32 bits, so the newest frame's is enough.
        """
        last = headers[(count - 1) * _HEADER + _CONTROLLEN_AT]
        if last < _TIME_AND_DROPS:
            return
        drops = _TIME_HEADER.unpack_from(slots, (count - 1) * _SLOT)[-1]
        self.dropped += (drops - self._drops_seen) % _U32
        self._drops_seen = drops
