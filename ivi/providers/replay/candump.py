# SPDX-License-Identifier: Apache-2.0
"""Lines of `candump -L`, read and written without loss.

python-can's writer forgets the length of remote frames and the class of error frames, and its reader takes most error
frames for data, so these lines are our own. The format is that of can-utils' lib.c:

    (1436509052.249713) can0 123#1122            standard id, payload
    (1436509052.249713) can0 12345678#R4         extended id, remote frame that asks for 4 bytes
    (1436509052.249713) can0 123##5112233 T      CAN FD with flags 5 (BRS 1, ESI 2, FDF 4), sent by this machine
    (1436509052.249713) can0 20000004#00040000   error frame
"""

import re

from ivi.providers.can.frame import ERROR, EXTENDED, ID_MASK, REMOTE
from ivi.providers.replay.entry import BRS, ESI, FD, TX, LogEntry, id_text

_LINE = re.compile(r"\((\d+)(?:\.(\d+))?\)\s+(\S+)\s+([0-9A-Fa-f]{1,8})#(\S*)(?:\s+([RTrt]))?\s*", re.ASCII)
_EXTENDED_DIGITS = 8
_FD_BRS, _FD_ESI, _FD_FDF = 1, 2, 4  # canfd_frame.flags of linux/can.h
_ERROR_LENGTH = 8  # bytes of the kernel's error frames


def parse(line: str) -> LogEntry:
    """The frame of one line. Raises ValueError that says what is wrong."""
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError("not a line of candump -L")
    seconds, fraction, channel, number, body, direction = found.groups()
    time_ns = int(seconds) * 1_000_000_000 + int((fraction or "0").ljust(9, "0")[:9])
    key = int(number, 16)
    if len(number) > 3:  # noqa: PLR2004  # candump writes standard ids with three digits, extended ones with eight
        key |= 0 if key & ERROR and len(number) == _EXTENDED_DIGITS else EXTENDED
    flags = TX if direction in {"T", "t"} else 0
    if body.startswith("#"):
        wire = int(body[1:2], 16)
        flags |= FD | (BRS if wire & _FD_BRS else 0) | (ESI if wire & _FD_ESI else 0)
        body = body[2:]
    body = body.partition("_")[0]  # a raw length code above 8 of a classic frame; the payload is 8 bytes all the same
    if body[:1] in {"R", "r"}:
        return LogEntry(time_ns, key | REMOTE, int(body[1:] or "0", 16), flags, b"", channel)
    data = bytes.fromhex(body)
    return LogEntry(time_ns, key, len(data), flags, data, channel)


def line(entry: LogEntry) -> str:
    """The line of one frame, with its end of line. Stamps have microseconds."""
    micros = entry.time_ns // 1000
    number = id_text(entry.key)
    body = entry.data.hex().upper()
    if entry.key & ERROR:
        number = f"{entry.key & ID_MASK | ERROR:08X}"
        body = entry.data.ljust(_ERROR_LENGTH, b"\0").hex().upper()
    elif entry.key & REMOTE:
        body = f"R{entry.length:X}" if entry.length else "R"
    elif entry.flags & FD:
        wire = _FD_FDF | (_FD_BRS if entry.flags & BRS else 0) | (_FD_ESI if entry.flags & ESI else 0)
        body = f"#{wire:X}{body}"
    direction = "T" if entry.flags & TX else "R"
    return f"({micros // 1_000_000}.{micros % 1_000_000:06d}) {entry.channel} {number}#{body} {direction}\n"
