# SPDX-License-Identifier: Apache-2.0
"""The container of an .ivp: a zip of which, for given names and contents, exactly one byte sequence is accepted.

Entries are stored, never compressed: the same files give the same bytes with every zlib, and no decompressor faces a
stranger's file. The reader does not look for a zip somewhere in the file: it computes what each header has to be and
compares. What zip allows beyond that (descriptors, extra fields, zip64, comments, gaps, prefixes) has no place to be.
"""

import contextlib
import os
import stat
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from ivi.apphost.package.names import check_name, check_together
from ivi.model.errors import ConfigurationError, InvalidArgumentError

MAX_PACKAGE = 64 << 20  # bytes
MAX_ENTRIES = 4000
MAX_ENTRY = 32 << 20  # bytes
CHUNK = 1 << 18  # bytes that are read at a time

# APPNOTE.TXT of PKWARE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_MADE_BY, _NEEDED = 3 << 8 | 20, 10  # Unix, so that the mode counts; version 1.0 is enough for stored files
_TIME, _DATE = 0, 1 << 5 | 1  # 1980-01-01 00:00, the first that zip can say
_MODE = stat.S_IFREG | 0o644
_ZIP64 = 0xFFFFFFFF
_ENCRYPTED, _DESCRIPTOR = 1, 8  # bits of the flags
_HINT = "the file is damaged or was not made by `ivi app pack`; do not install it"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file in the archive."""

    name: str
    size: int
    crc: int
    header: int
    """Where its local header begins in the file."""

    @property
    def data(self) -> int:
        """Where its content begins in the file."""
        return self.header + _LOCAL.size + len(self.name)


def write(out: BinaryIO, contents: Iterable[tuple[str, bytes]]) -> None:
    """Write an archive of these files, in this order. Raises InvalidArgumentError for a name that no reader takes."""
    entries: list[Entry] = []
    position = 0
    for name, data in contents:
        check_name(name.encode())
        entry = Entry(name, len(data), zlib.crc32(data), position)
        entries.append(entry)
        out.write(_local_header(entry))
        out.write(data)
        position = entry.data + entry.size
    check_together(entry.name for entry in entries)
    directory = b"".join(_central_header(entry) for entry in entries)
    out.write(directory)
    out.write(_end_record(len(entries), len(directory), position))
    if len(entries) > MAX_ENTRIES or position > MAX_PACKAGE or any(entry.size > MAX_ENTRY for entry in entries):
        raise InvalidArgumentError(
            f"{len(entries)} files with {position >> 20} MiB are more than a package holds",
            hint=f"at most {MAX_ENTRIES} files of up to {MAX_ENTRY >> 20} MiB, {MAX_PACKAGE >> 20} MiB in all",
        )


class Archive:
    """An open package file whose whole layout has been checked; contents are checked (CRC-32) while they are read."""

    def __init__(self, path: Path) -> None:
        """Open and check. Raises InvalidArgumentError naming what and where, ConfigurationError for no such file."""
        self.path = path
        with contextlib.ExitStack() as undo:
            self._file = undo.enter_context(_open_regular(path))
            self.entries: Mapping[str, Entry] = {entry.name: entry for entry in self._layout()}
            undo.pop_all()

    def __enter__(self) -> Self:
        """Nothing more to open."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._file.close()

    def chunks(self, entry: Entry) -> Iterator[bytes]:
        """The content in pieces. Raises InvalidArgumentError at its end when the file changed or the CRC is wrong."""
        left, crc, position = entry.size, 0, entry.data
        while left:
            piece = os.pread(self._file.fileno(), min(left, CHUNK), position)
            if not piece:
                raise self.refusal(entry.name, "ends early: the file was changed while it was read")
            crc = zlib.crc32(piece, crc)
            left -= len(piece)
            position += len(piece)
            yield piece
        if crc != entry.crc:
            raise self.refusal(entry.name, "its content does not match its checksum")

    def read(self, name: str, limit: int) -> bytes:
        """A small file's content. Raises InvalidArgumentError when it is missing or larger than `limit` bytes."""
        entry = self.entries.get(name)
        if entry is None:
            raise self.refusal(name, "is missing")
        if entry.size > limit:
            raise self.refusal(name, f"has {entry.size} bytes, at most {limit} are allowed")
        return b"".join(self.chunks(entry))

    def refusal(self, where: str, what: str, hint: str = _HINT) -> InvalidArgumentError:
        """An error that names this file, the place in it and what is wrong there."""
        return InvalidArgumentError(f"{self.path.name}: {where}: {what}", hint=hint)

    # -- layout -------------------------------------------------------------------------------------------------------
    def _layout(self) -> list[Entry]:
        size = os.fstat(self._file.fileno()).st_size
        if size > MAX_PACKAGE:
            raise self.refusal("size", f"{size} bytes, at most {MAX_PACKAGE} are allowed")
        if size < _END.size:
            raise self.refusal("end", "the file is cut short or no package")
        count, length, start = self._end(size)
        directory = self._at(start, length)
        entries: list[Entry] = []
        position = offset = 0
        for number in range(count):
            entry, position = self._central(directory, position, number, offset)
            entries.append(entry)
            offset = entry.data + entry.size
            if offset > start:
                raise self.refusal(entry.name, "reaches into the directory: its size is wrong or entries overlap")
            if self._at(entry.header, entry.data - entry.header) != _local_header(entry):
                raise self.refusal(entry.name, "its local header differs from its directory entry")
        if position != length:
            raise self.refusal("directory", f"{length - position} bytes that belong to no entry")
        if offset != start:
            raise self.refusal("directory", f"{start - offset} bytes between the last entry and the directory")
        try:
            check_together(entry.name for entry in entries)
        except InvalidArgumentError as error:
            raise self.refusal("names", error.message) from error
        return entries

    def _end(self, size: int) -> tuple[int, int, int]:
        """Number of entries, length and start of the directory."""
        raw = self._at(size - _END.size, _END.size)
        signature, disk, first_disk, here, count, length, start, comment = _END.unpack(raw)
        if signature != b"PK\x05\x06":
            raise self.refusal("end", "the file is cut short, has bytes after its end, or is no package")
        if comment or disk or first_disk or here != count:
            raise self.refusal("end", "a comment or a second disk is announced")
        if _ZIP64 in {length, start} or count == _ZIP64 >> 16:
            raise self.refusal("end", "zip64 is not used in packages")
        if count > MAX_ENTRIES:
            raise self.refusal("end", f"{count} entries, at most {MAX_ENTRIES} are allowed")
        if start + length + _END.size != size:
            raise self.refusal("end", "the directory is not where the file says: bytes before, between or missing")
        return count, length, start

    def _central(self, directory: bytes, position: int, number: int, offset: int) -> tuple[Entry, int]:
        """The entry at `position` of the directory, which has to begin at `offset` of the file; and the next one's."""
        where = f"entry {number + 1}"
        head = directory[position : position + _CENTRAL.size]
        if len(head) < _CENTRAL.size or head[:4] != b"PK\x01\x02":
            raise self.refusal(where, "there is no directory entry here")
        fields = _CENTRAL.unpack(head)
        raw_name = directory[position + _CENTRAL.size : position + _CENTRAL.size + fields[10]]
        try:
            name = check_name(raw_name)
        except InvalidArgumentError as error:
            raise self.refusal(where, error.message) from error
        entry = Entry(name, size=fields[9], crc=fields[7], header=offset)
        if head != _central_header(entry)[: _CENTRAL.size]:
            raise self.refusal(name, _oddity(fields, entry))
        if entry.size > MAX_ENTRY:
            raise self.refusal(name, f"{entry.size} bytes, at most {MAX_ENTRY} are allowed")
        return entry, position + _CENTRAL.size + len(raw_name)

    def _at(self, position: int, length: int) -> bytes:
        data = os.pread(self._file.fileno(), length, position)
        if len(data) != length:
            raise self.refusal("size", "the file is cut short")
        return data


def _open_regular(path: Path) -> BinaryIO:
    """Open for reading without waiting on a pipe or waking a device."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
    except OSError as error:
        raise ConfigurationError(f"cannot read {path}: {error.strerror}", hint="check the path") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ConfigurationError(f"{path} is no file", hint="name an .ivp file")
    return os.fdopen(descriptor, "rb", buffering=0)


def _local_header(entry: Entry) -> bytes:
    name = entry.name.encode()
    return (
        _LOCAL.pack(
            b"PK\x03\x04", _NEEDED, 0, 0, _TIME, _DATE, entry.crc, entry.size, entry.size, len(name), 0
        )
        + name
    )  # fmt: skip


def _central_header(entry: Entry) -> bytes:
    name = entry.name.encode()
    return (
        _CENTRAL.pack(
            b"PK\x01\x02", _MADE_BY, _NEEDED, 0, 0, _TIME, _DATE, entry.crc, entry.size, entry.size, len(name),
            0, 0, 0, 0, _MODE << 16, entry.header,
        )
        + name
    )  # fmt: skip


def _end_record(count: int, length: int, start: int) -> bytes:
    return _END.pack(b"PK\x05\x06", 0, 0, count, count, length, start, 0)


def _oddity(fields: tuple[int, ...], entry: Entry) -> str:
    """What makes a directory entry differ from the one form that is accepted, in words."""
    _, _, _, flags, method, _, _, _, packed, size, _, extra, comment, disk, _, attributes, offset = fields
    mode = attributes >> 16
    findings = (
        (flags & _ENCRYPTED, "is encrypted"),
        (flags & _DESCRIPTOR, "has its size in a data descriptor after it"),
        (flags, f"has flags {flags:#x}"),
        (method, f"is compressed (method {method}); files in a package are stored"),
        (_ZIP64 in {packed, size, offset}, "uses zip64"),
        (packed != size, f"says {size} bytes but takes {packed}"),
        (extra or comment or disk, "has an extra field, a comment or another disk"),
        (stat.S_ISLNK(mode), "is a link"),
        (stat.S_IFMT(mode) != stat.S_IFREG, f"is no plain file (mode {mode:#o})"),
        (mode != _MODE, f"has mode {mode & 0o7777:#o}; only 0644 is allowed"),
        (offset != entry.header, f"begins at byte {offset} instead of {entry.header}: a gap, a prefix or an overlap"),
    )
    return next((text for found, text in findings if found), "has a time, a version or attributes that pack never sets")
