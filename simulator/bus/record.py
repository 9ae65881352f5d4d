# SPDX-License-Identifier: Apache-2.0
"""The record that travels over the bus socket: 80 bytes for every frame, classic or FD.

====== ===== ===========================================================================================
offset bytes field (little-endian)
====== ===== ===========================================================================================
0      8     time in ns since 1970, taken by the sender
8      4     identifier; EFF, RTR and ERR in the three highest bits as in Linux' struct can_frame
12     1     payload length in bytes (for a remote frame: its length code)
13     1     flags: FD, BRS, ESI, ECHO, CONTROL
14     2     reserved, 0
16     64    payload, padded with zeros
====== ===== ===========================================================================================

A record with CONTROL is between client and server: the identifier is a verb and the payload begins with two 64-bit
numbers. A client starts with HELLO(version, flags) and is on the bus when WELCOME(version, queue) answers.
DROPPED(total) stands in the stream exactly where frames for this client were lost.
"""

import struct
from collections.abc import Iterable, Iterator
from itertools import compress

type Record = tuple[int, int, int, int, bytes]
"""ns, identifier with flags, length, flags, 64 bytes of payload."""

RECORD = struct.Struct("<QIBB2x64s")
SIZE = RECORD.size  # bytes
TIME, UNTIMED = struct.Struct("<Q"), struct.Struct("<IBB2x64s")  # the two parts of a record
PAYLOAD = 64  # bytes
FLAGS_AT = 13  # offset of the flags in a record

EFF, RTR, ERR = 0x80000000, 0x40000000, 0x20000000  # identifier bits: 29-bit, remote, error
ID_MASK = 0x1FFFFFFF
FD, BRS, ESI, ECHO, CONTROL = 0x01, 0x02, 0x04, 0x10, 0x80  # flags

VERSION = 1
HELLO, WELCOME, DROPPED = 1, 2, 3  # verbs
WANT_ECHO = 1  # flag of HELLO: send me my own frames too, marked ECHO

NUMBERS = struct.Struct("<QQ")


def control(verb: int, first: int, second: int = 0) -> bytes:
    """A control record with two numbers."""
    return RECORD.pack(0, verb, NUMBERS.size, CONTROL, NUMBERS.pack(first, second))


def numbers(payload: bytes) -> tuple[int, int]:
    """The two numbers of a control record."""
    first, second = NUMBERS.unpack_from(payload)
    return first, second


def whole(rest: bytes, data: bytes) -> tuple[bytes, bytes]:
    """Split a stream chunk into whole records and what is left of the last one."""
    data = rest + data if rest else data
    cut = len(data) - len(data) % SIZE
    return (data, b"") if cut == len(data) else (data[:cut], data[cut:])


def has_control(data: bytes) -> bool:
    """Whether a chunk of whole records holds a control record; one strided copy, so cheap for the many that do not."""
    return len(data) > 0 and max(data[FLAGS_AT::SIZE]) >= CONTROL


def split_control(data: bytes) -> tuple[bytes, Iterator[Record]]:
    """The frames of a chunk of whole records without its control records, and the control records."""
    flags = data[FLAGS_AT::SIZE]
    pieces: Iterable[bytes] = (data[at : at + SIZE] for at in range(0, len(data), SIZE))
    frames = b"".join(compress(pieces, [flag < CONTROL for flag in flags]))
    return frames, (record for record in RECORD.iter_unpack(data) if record[3] >= CONTROL)


def as_echo(data: bytes) -> bytes:
    """The same records marked as the reader's own."""
    marked = bytearray(data)
    marked[FLAGS_AT::SIZE] = bytes(flag | ECHO for flag in data[FLAGS_AT::SIZE])
    return bytes(marked)
