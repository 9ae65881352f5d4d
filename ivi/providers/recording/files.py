# SPDX-License-Identifier: Apache-2.0
"""Log files that stay whole: written in whole frames, rotated by size, the oldest deleted, nothing overwritten."""

import glob
import os
from pathlib import Path

from ivi.model.errors import ConfigurationError, ResourceExhaustedError
from ivi.providers.recording.formats import format_of
from ivi.providers.replay.entry import LogEntry, fault

CHUNK = 128 << 10  # bytes that wait at most for a write; the size of a BLF container
LEAST_FILE = 10_000  # bytes; smaller files would be mostly headers


class LogFile:
    """One file. Each write ends with a whole frame, so that a process that is killed leaves a readable file."""

    def __init__(self, path: Path, first: LogEntry) -> None:
        """Create the file. Raises ConfigurationError, ResourceExhaustedError."""
        self.path = path
        self._format = format_of(path)
        self._pending: list[bytes] = []
        self._waiting = 0
        self._size = 0
        self._descriptor = create(path)
        self._append(self._format.begin(first))

    @property
    def size(self) -> int:
        """Bytes on the disk and, not packed yet, those that wait."""
        return self._size + self._waiting

    def write(self, entry: LogEntry) -> bool:
        """Add a frame; False when the format cannot hold it. Raises ResourceExhaustedError when the disk is full."""
        data = b"" if fault(entry) else self._format.add(entry)
        self._pending.append(data)
        self._waiting += len(data)
        if self._waiting >= CHUNK:
            self.flush()
        return bool(data)

    def flush(self, *, to_disk: bool = False) -> None:
        """Hand everything to the kernel, with `to_disk` to the disk itself. Raises ResourceExhaustedError."""
        data = self._format.pack(b"".join(self._pending))
        self._pending.clear()
        self._waiting = 0
        if data:
            self._append(data)
            if header := self._format.header(self._size):
                os.pwrite(self._descriptor, header, 0)
        if to_disk:
            os.fdatasync(self._descriptor)

    def close(self) -> None:
        """Write what waits and close. Raises ResourceExhaustedError; the file is closed all the same."""
        try:
            self.flush()
            self._append(self._format.end())
        finally:
            os.close(self._descriptor)

    def abandon(self) -> None:
        """Close without what waits, after a write failed."""
        os.close(self._descriptor)

    def _append(self, data: bytes) -> None:
        """Write all or nothing: what a full disk took of it is taken back."""
        done = 0
        try:
            while done < len(data):
                done += os.write(self._descriptor, data[done:])
        except OSError as error:
            os.ftruncate(self._descriptor, self._size)
            os.lseek(self._descriptor, self._size, os.SEEK_SET)
            raise ResourceExhaustedError(
                f"cannot write {self.path} beyond {self._size} bytes: {error.strerror}",
                hint="free space, or bound the recording with --max-mb and --files",
            ) from error
        self._size += done


class RotatingLog:
    """FILE, then FILE's name with .2, .3, … before the ending; at most `files` of them stay."""

    def __init__(self, path: Path, max_bytes: int, files: int) -> None:
        """Raises ConfigurationError for an unknown format, an existing file, or bounds that make no sense."""
        format_of(path)
        if max_bytes < LEAST_FILE or files < 1:
            raise ConfigurationError(
                f"{files} files of {max_bytes} bytes are no useful bound",
                hint="--max-mb 0.01 or more, --files 1 or more",
            )
        for taken in (path, *path.parent.glob(f"{glob.escape(path.stem)}.[0-9]*{path.suffix}")):
            if taken.exists():
                raise ConfigurationError(f"{taken} exists", hint="recordings overwrite nothing: choose another name")
        if not path.parent.is_dir():
            raise ConfigurationError(f"there is no folder {path.parent}", hint="make it first")
        self._path = path
        self._max_bytes = max_bytes
        self._keep = files
        self._number = 0
        self._file: LogFile | None = None
        self.files: list[Path] = []
        """Files that stay, oldest first."""
        self.deleted = 0
        self.written = 0
        self.unfit = 0
        """Frames that the format cannot hold."""

    def write(self, entry: LogEntry) -> None:
        """Add a frame. Raises ResourceExhaustedError when the disk is full, ConfigurationError for a new file."""
        if self._file is not None and self._file.size >= self._max_bytes:
            self._file.flush()  # what waits gets smaller when it is packed
            if self._file.size >= self._max_bytes:
                self._rotate()
        if self._file is None:
            self._file = self._next(entry)
        if self._file.write(entry):
            self.written += 1
        else:
            self.unfit += 1

    def flush(self) -> None:
        """Bring everything to the disk. Raises ResourceExhaustedError."""
        if self._file is not None:
            self._file.flush(to_disk=True)

    def close(self) -> None:
        """End the file in order. Raises ResourceExhaustedError."""
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def abandon(self) -> None:
        """Close without another write."""
        file, self._file = self._file, None
        if file is not None:
            file.abandon()

    def _rotate(self) -> None:
        self.close()
        while len(self.files) >= self._keep:
            self.files.pop(0).unlink(missing_ok=True)
            self.deleted += 1

    def _next(self, first: LogEntry) -> LogFile:
        self._number += 1
        path = self._path if self._number == 1 else self._path.with_suffix(f".{self._number}{self._path.suffix}")
        file = LogFile(path, first)
        self.files.append(path)
        return file


def create(path: Path) -> int:
    """A new file for writing; its descriptor. Raises ConfigurationError when it exists or cannot be made."""
    try:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
    except FileExistsError as error:
        raise ConfigurationError(f"{path} exists", hint="recordings overwrite nothing: choose another name") from error
    except OSError as error:
        raise ConfigurationError(f"cannot write {path}: {error.strerror}", hint="choose a folder of yours") from error
