# SPDX-License-Identifier: Apache-2.0
"""Reading Vector's binary logs (BLF) piece by piece, with a clear reason and place when one is damaged.

A file is a header and containers ("LOBJ", zlib), which hold objects: frames, errors, and much that is no traffic. An
object may go on in the next container. python-can's reader ends silently in a container that was cut off.
"""

import struct
import zlib
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from typing import BinaryIO

from ivi.providers.can.frame import ERROR, EXTENDED, ID_MASK, REMOTE
from ivi.providers.replay.entry import BRS, ESI, FD, FD_LENGTHS, TX, LogEntry

FILE_HEADER = struct.Struct("<4sLBBBBBBBBQQLL8H8H")
"""Signature, size, application and version, file size, unpacked size, objects, 0, start, stop (SYSTEMTIME)."""
HEADER_SIZE = 144  # bytes of a file's header with its padding
OBJECT = struct.Struct("<4sHHLL")
"""Signature, header size, header version, object size, type."""
STAMP = struct.Struct("<LHHQ")
"""Flags (1: 10 us, 2: ns), client, version, time since the start; the same in version 2 of the header."""
CONTAINER = struct.Struct("<H6xL4x")
"""Compression (0 none, 2 zlib), bytes when unpacked."""
CLASSIC = struct.Struct("<HBBL8s")
"""Channel, flags, length code, id, payload."""
FLEXIBLE = struct.Struct("<HBBLLBBB5x64s")
"""Channel, flags, length code, id, frame length, bits, FD flags, valid bytes, payload."""
FLEXIBLE_64 = struct.Struct("<BBBBLLLLLLLHBBL")
"""Channel, length code, valid bytes, tx count, id, frame length, flags, rates, offsets, bits, direction, end, CRC."""
ERROR_EXT = struct.Struct("<HHLBBBxLLH2x8s")
"""Channel, length, flags, ECC, position, length code, frame length, id, flags, payload."""

T_CLASSIC, T_ERROR, T_CONTAINER, T_ERROR_EXT, T_CLASSIC_2, T_FD, T_FD_64 = 1, 2, 10, 73, 86, 100, 101
REMOTE_FLAG, TX_FLAG = 0x80, 0x01  # of CLASSIC and FLEXIBLE
NO_COMPRESSION, ZLIB = 0, 2
TEN_MICROS = 1  # flag of a stamp in steps of 10 us
MAX_OBJECT = 16 << 20  # bytes; a container has 128 KiB, so a larger one is damage


class DamagedError(ValueError):
    """The file cannot be read further."""


def read(file: BinaryIO, size: int) -> Iterator[LogEntry]:
    """The frames of a BLF whose file has `size` bytes (0: unknown). Raises DamagedError with place and reason."""
    header = file.read(FILE_HEADER.size)
    if len(header) < FILE_HEADER.size or not header.startswith(b"LOGG"):
        raise DamagedError("it does not begin with a BLF header")
    fields = FILE_HEADER.unpack(header)
    start_ns = _time_ns(fields[14:22])
    at = max(fields[1], FILE_HEADER.size)
    file.read(at - FILE_HEADER.size)
    rest = b""
    while base := file.read(OBJECT.size):
        if len(base) < OBJECT.size:
            raise DamagedError(f"it ends inside an object at byte {at}")
        signature, _, _, length, kind = OBJECT.unpack(base)
        if signature != b"LOBJ" or not OBJECT.size <= length <= MAX_OBJECT:
            raise DamagedError(f"there is no object at byte {at}")
        body = file.read(length - OBJECT.size)
        if len(body) < length - OBJECT.size:
            raise DamagedError(f"it ends inside the object at byte {at}")
        file.read(length % 4)
        if kind == T_CONTAINER:
            rest = yield from _objects(rest + _unpack(body, at), start_ns, at)
        at += length + length % 4
    if rest.strip(b"\0"):
        raise DamagedError(f"it ends inside a frame at byte {at}")
    if size and fields[10] > size:
        raise DamagedError(f"{fields[10] - size} bytes are missing at its end")


def _unpack(body: bytes, at: int) -> bytes:
    if len(body) < CONTAINER.size:
        raise DamagedError(f"the container at byte {at} is too short")
    method, unpacked = CONTAINER.unpack_from(body)
    if method == NO_COMPRESSION:
        return body[CONTAINER.size :]
    if method != ZLIB or unpacked > MAX_OBJECT:
        raise DamagedError(f"the container at byte {at} is packed in a way that is not known ({method})")
    unpacker = zlib.decompressobj()
    try:
        data = unpacker.decompress(body[CONTAINER.size :], MAX_OBJECT)
    except zlib.error as error:
        raise DamagedError(f"the container at byte {at} cannot be unpacked: {error}") from error
    if not unpacker.eof:
        raise DamagedError(f"the container at byte {at} is not whole")
    return data


def _objects(data: bytes, start_ns: int, at: int) -> Generator[LogEntry, None, bytes]:
    """Frames among the objects; returns the bytes of an object that goes on in the next container."""
    place = 0
    while True:
        found = data.find(b"LOBJ", place, place + 8)  # padding of up to four bytes lies between objects
        if found < 0:
            if len(data) - place >= 8:  # noqa: PLR2004  # as above
                raise DamagedError(f"the container at byte {at} holds no object at its byte {place}")
            return data[place:]
        place = found
        if place + OBJECT.size > len(data):
            return data[place:]
        _, header_size, version, length, kind = OBJECT.unpack_from(data, place)
        if length < OBJECT.size or length > MAX_OBJECT:
            raise DamagedError(f"the container at byte {at} holds an object of {length} bytes")
        if place + length > len(data):
            return data[place:]
        if version in {1, 2} and kind in _PARSERS:
            try:
                flags, _, _, ticks = STAMP.unpack_from(data, place + OBJECT.size)
                time_ns = start_ns + ticks * (10_000 if flags == TEN_MICROS else 1)
                yield _PARSERS[kind](data[place + header_size : place + length], time_ns)
            except (struct.error, IndexError) as error:
                raise DamagedError(f"the container at byte {at} holds a frame that is too short") from error
        place += length


def _key(number: int) -> int:
    return number & (EXTENDED | ID_MASK)


def _channel(number: int) -> str:
    return f"can{max(number - 1, 0)}"


def _classic(body: bytes, time_ns: int) -> LogEntry:
    channel, flags, code, number, payload = CLASSIC.unpack_from(body)
    sent = TX if flags & TX_FLAG else 0
    length = min(code, len(payload))
    if flags & REMOTE_FLAG:
        return LogEntry(time_ns, _key(number) | REMOTE, length, sent, b"", _channel(channel))
    return LogEntry(time_ns, _key(number), length, sent, payload[:length], _channel(channel))


def _flexible(body: bytes, time_ns: int) -> LogEntry:
    channel, flags, _, number, _, _, fd, valid, payload = FLEXIBLE.unpack_from(body)
    kind = TX if flags & TX_FLAG else 0
    if fd & 1:
        kind |= FD | (BRS if fd & 2 else 0) | (ESI if fd & 4 else 0)
    data = payload[: min(valid, len(payload))]
    return LogEntry(time_ns, _key(number), len(data), kind, data, _channel(channel))


def _flexible_64(body: bytes, time_ns: int) -> LogEntry:
    fields = FLEXIBLE_64.unpack_from(body)
    channel, code, valid, number, fd, sent, extra = *fields[:3], fields[4], fields[6], fields[12], fields[13]
    kind = TX if sent else 0
    if fd & 0x1000:
        kind |= FD | (BRS if fd & 0x2000 else 0) | (ESI if fd & 0x4000 else 0)
    if fd & 0x0010:
        return LogEntry(time_ns, _key(number) | REMOTE, FD_LENGTHS[code & 15], kind, b"", _channel(channel))
    # The object may hold fewer bytes than are valid; Vector's own tools read zeros there (python-can issue 1905).
    end = (extra - OBJECT.size - STAMP.size) if extra else len(body)
    data = body[FLEXIBLE_64.size : end][:valid].ljust(valid, b"\0")
    return LogEntry(time_ns, _key(number), len(data), kind, data, _channel(channel))


def _error(body: bytes, time_ns: int) -> LogEntry:
    return LogEntry(time_ns, ERROR, 0, 0, b"", _channel(struct.unpack_from("<H", body)[0]))


def _error_ext(body: bytes, time_ns: int) -> LogEntry:
    fields = ERROR_EXT.unpack_from(body)
    data = fields[9][: FD_LENGTHS[fields[5] & 15]]
    return LogEntry(time_ns, ERROR | fields[7] & ID_MASK, len(data), 0, data, _channel(fields[0]))


_PARSERS = {
    T_CLASSIC: _classic,
    T_CLASSIC_2: _classic,
    T_FD: _flexible,
    T_FD_64: _flexible_64,
    T_ERROR: _error,
    T_ERROR_EXT: _error_ext,
}


def _time_ns(system: tuple[int, ...]) -> int:
    """Nanoseconds since 1970 of a SYSTEMTIME; 0 when it is none."""
    year, month, _, day, hour, minute, second, milli = system
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return 0
    return int(moment.timestamp()) * 1_000_000_000 + milli * 1_000_000
