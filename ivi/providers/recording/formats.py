# SPDX-License-Identifier: Apache-2.0
"""How each log format is written: bytes before, for, between and after the frames.

All but candump's lines are our own as well, because python-can's writers forget CAN FD, remote and error frames (TRC),
pad no milliseconds (ASC: a date 900 ms off) or lose up to 128 KiB when they are killed (BLF).
"""

import re
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from ivi.model.errors import ConfigurationError
from ivi.providers.can.frame import ERROR, EXTENDED, ID_MASK, REMOTE
from ivi.providers.replay import blf, candump
from ivi.providers.replay.entry import BRS, ESI, FD, FD_LENGTHS, TX, LogEntry

RECORDED = ("asc", "blf", "log", "trc")
_NS_PER_MS = 1_000_000
_DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_TRC_EPOCH_DAYS = 25569  # days from 1899-12-30, PEAK's (and spreadsheets') day 0, to 1970-01-01


class LogFormat(Protocol):
    """Turns frames into bytes. One object writes one file."""

    def begin(self, first: LogEntry) -> bytes:
        """What stands before the first frame."""
        ...

    def add(self, entry: LogEntry) -> bytes:
        """One frame; empty when the format cannot hold it."""
        ...

    def pack(self, pending: bytes) -> bytes:
        """What goes to the disk for the frames since the last call."""
        ...

    def end(self) -> bytes:
        """What stands after the last frame."""
        ...

    def header(self, size: int) -> bytes:
        """What the file's first bytes are now that it has `size` bytes; empty when they do not change."""
        ...


def format_of(file: Path) -> LogFormat:
    """The format that a file's name asks for. Raises ConfigurationError."""
    match file.suffix.lower():
        case ".log":
            return CandumpFormat()
        case ".asc":
            return AscFormat()
        case ".trc":
            return TrcFormat()
        case ".blf":
            return BlfFormat()
        case ".db":
            raise ConfigurationError(f"{file}: databases lose frames when they are closed", hint="record .blf or .log")
    raise ConfigurationError(f"{file}: no format to record in", hint=f"formats: {', '.join(RECORDED)}")


class _Text:
    """What text formats have in common."""

    def pack(self, pending: bytes) -> bytes:
        """See LogFormat."""
        return pending

    def end(self) -> bytes:
        """See LogFormat."""
        return b""

    def header(self, size: int) -> bytes:  # the interface of LogFormat
        """See LogFormat."""
        return b""


class CandumpFormat(_Text):
    """`candump -L`; stamps in microseconds."""

    def begin(self, first: LogEntry) -> bytes:  # the interface of LogFormat
        """See LogFormat."""
        return b""

    def add(self, entry: LogEntry) -> bytes:
        """See LogFormat."""
        return candump.line(entry).encode()


class AscFormat(_Text):
    """Vector's ASCII log; stamps in microseconds since a start in whole milliseconds, local time."""

    def __init__(self) -> None:
        self._start_ns = 0

    def begin(self, first: LogEntry) -> bytes:
        """See LogFormat."""
        self._start_ns = first.time_ns // _NS_PER_MS * _NS_PER_MS
        local = datetime.fromtimestamp(self._start_ns // 1_000_000_000, UTC).astimezone()
        milli = self._start_ns // _NS_PER_MS % 1000
        # English names whatever the locale says: these are words of the format
        date = f"{_DAYS[local.weekday()]} {_MONTHS[local.month - 1]} {local:%d %H:%M:%S}.{milli:03d} {local:%Y}"
        return (
            f"date {date}\nbase hex  timestamps absolute\ninternal events logged\nBegin Triggerblock {date}\n"
            "   0.000000 Start of measurement\n"
        ).encode()

    def add(self, entry: LogEntry) -> bytes:
        """See LogFormat."""
        micros = max(entry.time_ns - self._start_ns, 0) // 1000
        stamp = f"{micros // 1_000_000:4d}.{micros % 1_000_000:06d}"
        channel = bus_number(entry.channel) + 1
        if entry.key & ERROR:
            return f"{stamp} {channel}  ErrorFrame\n".encode()
        number = f"{entry.key & ID_MASK:X}{'x' if entry.key & EXTENDED else ''}"
        direction = "Tx" if entry.flags & TX else "Rx"
        if entry.flags & FD:
            return self._flexible(entry, f"{stamp} CANFD {channel:3d} {direction:<4} {number:>8}").encode()
        kind = f"r {entry.length:x}" if entry.key & REMOTE else f"d {entry.length:x} {entry.data.hex(' ').upper()}"
        return f"{stamp} {channel}  {number:<15} {direction:<4} {kind}\n".encode()

    @staticmethod
    def _flexible(entry: LogEntry, begin: str) -> str:
        brs, esi = int(bool(entry.flags & BRS)), int(bool(entry.flags & ESI))
        code = FD_LENGTHS.index(entry.length)
        flags = 1 << 12 | brs << 13 | esi << 14
        # Duration, length and, behind the flags, CRC and four settings of the bit timing; all unknown
        tail = f"{0:>8} {0:>4} {flags:>8X} {0:>8} {0:>8} {0:>8} {0:>8} {0:>8}"
        return f"{begin} {'':>33} {brs} {esi} {code:x} {entry.length:2d} {entry.data.hex(' ').upper()} {tail}\n"

    def end(self) -> bytes:
        """See LogFormat."""
        return b"End TriggerBlock\n"


class TrcFormat(_Text):
    """PEAK's trace, version 2.1; stamps in microseconds since the start. It has no place for error frames' contents."""

    def __init__(self) -> None:
        self._start_ns = 0
        self._number = 0

    def begin(self, first: LogEntry) -> bytes:
        """See LogFormat."""
        self._start_ns = first.time_ns // _NS_PER_MS * _NS_PER_MS
        days, rest = divmod(self._start_ns, 86_400_000_000_000)
        fraction = f"{rest / 86_400_000_000_000:.12f}"[1:]
        moment = datetime.fromtimestamp(self._start_ns // 1_000_000_000, UTC)
        return (
            f";$FILEVERSION=2.1\r\n;$STARTTIME={days + _TRC_EPOCH_DAYS}{fraction}\r\n"
            f";$COLUMNS=N,O,T,B,I,d,R,L,D\r\n;\r\n;   Start time: {moment:%Y-%m-%d %H:%M:%S} UTC\r\n"
            ";   Number, offset [ms], type, bus, id [hex], direction, reserved, length code, data [hex]\r\n"
        ).encode()

    def add(self, entry: LogEntry) -> bytes:
        """See LogFormat."""
        if entry.key & ERROR:
            return b""
        self._number += 1
        micros = max(entry.time_ns - self._start_ns, 0) // 1000
        kind, code = "RR" if entry.key & REMOTE else "DT", entry.length
        if entry.flags & FD:
            kind = {0: "FD", BRS: "FB", ESI: "FE", BRS | ESI: "BI"}[entry.flags & (BRS | ESI)]
            code = FD_LENGTHS.index(entry.length)
        number = f"{entry.key & ID_MASK:08X}" if entry.key & EXTENDED else f"{entry.key & ID_MASK:04X}"
        direction = "Tx" if entry.flags & TX else "Rx"
        return (
            f"{self._number:>7} {micros // 1000:>9}.{micros % 1000:03d} {kind} {bus_number(entry.channel) + 1:>2} "
            f"{number:>8} {direction} -  {code:<4} {entry.data.hex(' ').upper()}\r\n"
        ).encode()


class BlfFormat:
    """Vector's binary log, one container per flush; stamps in nanoseconds since a start in whole milliseconds."""

    def __init__(self) -> None:
        self._start_ns = self._stop_ns = 0
        self._objects = 0
        self._unpacked = blf.HEADER_SIZE

    def begin(self, first: LogEntry) -> bytes:
        """See LogFormat."""
        self._start_ns = self._stop_ns = first.time_ns // _NS_PER_MS * _NS_PER_MS
        return self.header(blf.HEADER_SIZE)

    def add(self, entry: LogEntry) -> bytes:
        """See LogFormat."""
        kind, body = _blf_body(entry)
        head = blf.OBJECT.size + blf.STAMP.size
        stamp = blf.STAMP.pack(2, 0, 0, max(entry.time_ns - self._start_ns, 0))
        self._stop_ns = max(self._stop_ns, entry.time_ns)
        self._objects += 1
        base = blf.OBJECT.pack(b"LOBJ", head, 1, head + len(body), kind)
        return base + stamp + body + bytes(len(body) % 4)

    def pack(self, pending: bytes) -> bytes:
        """See LogFormat."""
        if not pending:
            return b""
        packed = zlib.compress(pending, 1)  # three times as fast as the default, 6 % larger
        size = blf.OBJECT.size + blf.CONTAINER.size + len(packed)
        base = blf.OBJECT.pack(b"LOBJ", blf.OBJECT.size, 1, size, blf.T_CONTAINER)
        self._unpacked += blf.OBJECT.size + blf.CONTAINER.size + len(pending)
        return base + blf.CONTAINER.pack(blf.ZLIB, len(pending)) + packed + bytes(size % 4)

    def end(self) -> bytes:
        """See LogFormat."""
        return b""

    def header(self, size: int) -> bytes:
        """See LogFormat."""
        times = (*_system_time(self._start_ns), *_system_time(self._stop_ns))
        fields = (5, 0, 0, 0, 2, 6, 8, 1, size, self._unpacked, self._objects, 0)  # 5: written by something else
        return blf.FILE_HEADER.pack(b"LOGG", blf.HEADER_SIZE, *fields, *times).ljust(blf.HEADER_SIZE, b"\0")


def _blf_body(entry: LogEntry) -> tuple[int, bytes]:
    channel = bus_number(entry.channel) + 1
    number = entry.key & (EXTENDED | ID_MASK)
    flags = blf.TX_FLAG if entry.flags & TX else 0
    if entry.key & ERROR:
        return blf.T_ERROR_EXT, blf.ERROR_EXT.pack(
            channel, 0, 0, 0, 0, min(entry.length, 8), 0, number, 0, entry.data[:8]
        )
    if entry.flags & FD:
        kind = 1 | (2 if entry.flags & BRS else 0) | (4 if entry.flags & ESI else 0)
        code = FD_LENGTHS.index(entry.length)
        return blf.T_FD, blf.FLEXIBLE.pack(channel, flags, code, number, 0, 0, kind, entry.length, entry.data)
    flags |= blf.REMOTE_FLAG if entry.key & REMOTE else 0
    return blf.T_CLASSIC, blf.CLASSIC.pack(channel, flags, entry.length, number, entry.data)


def _system_time(time_ns: int) -> tuple[int, ...]:
    moment = datetime.fromtimestamp(time_ns // 1_000_000_000, UTC)
    day = (moment.year, moment.month, moment.isoweekday() % 7, moment.day)
    return (*day, moment.hour, moment.minute, moment.second, time_ns // _NS_PER_MS % 1000)


def bus_number(channel: str) -> int:
    """The number at the end of a bus's name, for formats that number buses: can0 is 0, a name without one too."""
    found = re.search(r"\d{1,2}$", channel)
    return int(found[0]) if found else 0
