# SPDX-License-Identifier: Apache-2.0
"""Gets a file of known size and sum, going on where an earlier try stopped."""

import errno
import hashlib
import http.client
import os
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from ivi.model.errors import InvalidArgumentError, ResourceExhaustedError, UnavailableError

TRIES = 4  # connections for one file
TIMEOUT = 30.0  # seconds without a byte
BLOCK = 1 << 18  # bytes
GIVEN_UP = {400, 401, 403, 404, 410, 451}  # answers that another try does not change

type Progress = Callable[[int, int], None]
"""Told the bytes that are there, and those that there will be."""


def fetch(address: str, size: int, sha256: str, target: Path, progress: Progress) -> None:
    """The file at `target`; what there is of it already is kept and gone on from.

    Raises UnavailableError (the network; a later try goes on), InvalidArgumentError (another file than expected; it is
    removed) or ResourceExhaustedError (the disk).
    """
    last = ""
    for _ in range(TRIES):
        there = target.stat().st_size if target.exists() else 0
        if there > size:
            target.unlink()
        elif there == size:
            break
        try:
            _receive(address, size, target, progress)
        except (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError) as error:
            last = str(getattr(error, "reason", "") or error)
            if isinstance(error, urllib.error.HTTPError) and error.code in GIVEN_UP:
                raise UnavailableError(
                    f"{address} answers {error.code} {last}", hint="fetch --from a folder"
                ) from error
    if not target.exists() or target.stat().st_size != size:
        have = target.stat().st_size if target.exists() else 0
        what = f"{address}: {have} of {size} bytes came" + (f" ({last})" if last else "")
        raise UnavailableError(what, hint="do it again; it goes on from there")
    verify(target, size, sha256)


def verify(archive: Path, size: int, sha256: str, *, remove: bool = True) -> None:
    """Whether it is the expected file. Raises InvalidArgumentError when not, after removing it."""
    digest = hashlib.sha256()
    with archive.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    have = archive.stat().st_size
    if have == size and digest.hexdigest() == sha256:
        return
    if remove:
        archive.unlink()
    wrong = f"{have} bytes, not {size}" if have != size else f"its sha256 is {digest.hexdigest()}, not {sha256}"
    raise InvalidArgumentError(f"{archive.name} is another file: {wrong}", hint="get the file of the catalogue")


def room(folder: Path, needed: int) -> None:
    """Raises ResourceExhaustedError when the disk has less than `needed` bytes free."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise ResourceExhaustedError(
            f"{folder} has {free // 1_000_000} MB free, the model needs {needed // 1_000_000}", hint="make room"
        )


def full(error: OSError, folder: Path) -> ResourceExhaustedError | UnavailableError:
    """The error to raise for one of the disk."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return ResourceExhaustedError(f"the disk of {folder} is full", hint="make room, then do it again")
    return UnavailableError(f"cannot write to {folder}: {error.strerror}", hint="set IVI_STATE_DIR")


def _receive(address: str, size: int, target: Path, progress: Progress) -> None:
    there = target.stat().st_size if target.exists() else 0
    request = urllib.request.Request(address, headers={"Range": f"bytes={there}-"} if there else {})  # noqa: S310
    with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310  # the catalogue allows http(s) only
        goes_on = there > 0 and answer.status == http.HTTPStatus.PARTIAL_CONTENT
        done = there if goes_on else 0
        try:
            with target.open("ab" if goes_on else "wb") as file:
                while done <= size and (block := answer.read(BLOCK)):
                    file.write(block)
                    done += len(block)
                    progress(done, size)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            if isinstance(error, ConnectionError | TimeoutError):
                raise
            raise full(error, target.parent) from error
