# SPDX-License-Identifier: Apache-2.0
"""Files that are there whole, or not at all, after a power cut; and what a disk that takes nothing is called."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ivi.model.errors import ResourceExhaustedError, UnavailableError

NEW = ".new-"  # prefix of what is being made; whoever starts next deletes it
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextlib.contextmanager
def writing(what: str) -> Iterator[None]:
    """Turn an OSError into ResourceExhaustedError for a full disk, else UnavailableError."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise ResourceExhaustedError(
                f"the disk is full: {what} could not be written", hint="free some space; nothing was changed"
            ) from error
        raise UnavailableError(
            f"{what} could not be written: {error.strerror or error}", hint="check the disk; nothing was changed"
        ) from error


def sync_folder(folder: Path) -> None:
    """Have a folder's names survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, data: bytes, prefix: str = NEW) -> None:
    """Replace a file; when this returns it survives a power cut. Raises OSError.

    `prefix` begins the name of what is being made, so that a start can find what a crash has left.
    """
    descriptor, making = tempfile.mkstemp(prefix=prefix, dir=path.parent)
    with contextlib.ExitStack() as undo:
        undo.callback(Path(making).unlink, missing_ok=True)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(making).replace(path)
        undo.pop_all()
    sync_folder(path.parent)
