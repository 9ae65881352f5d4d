# SPDX-License-Identifier: Apache-2.0
"""Fetching artefacts piece by piece: goes on where it was cut off, within the day's bytes, and counts only when whole.

staging/<sha256>.part   what has come so far
staging/<sha256>        whole, and its hash is right
"""

import hashlib
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ivi.cloud.updates.artefact import Artefact
from ivi.cloud.updates.refusal import UpdateRefusedError, Why
from ivi.cloud.updates.transfer import CHUNK, Answer, Transfer
from ivi.daemon.durable_file import sync_folder, writing
from ivi.model.errors import NotFoundError, ResourceExhaustedError, UnavailableError

SPARE = 32 << 20  # bytes that stay free for everything else that runs
HASH_CHUNK = 4 << 20  # bytes
COUNT_EVERY = 1 << 20  # bytes between writing down how many came
_HTTP_OK, _HTTP_PARTIAL, _HTTP_RANGE = 200, 206, 416

type Spend = Callable[[int], int]
"""Takes a number of bytes that came, and tells how many more may come today."""


class Stage:
    """The folder of fetched artefacts."""

    def __init__(self, folder: Path, transfer: Transfer) -> None:
        """Nothing is made before the first fetch."""
        self.folder = folder
        self._transfer = transfer

    def path(self, one: Artefact) -> Path:
        """Where a whole artefact lies."""
        return self.folder / one.sha256

    def has(self, one: Artefact) -> int:
        """Bytes of it that are here."""
        for path in (self.path(one), self._part(one)):
            if path.exists():
                return path.stat().st_size
        return 0

    def is_whole(self, one: Artefact) -> bool:
        """Whether nothing is missing."""
        return self.path(one).exists()

    def _part(self, one: Artefact) -> Path:
        return self.folder / f"{one.sha256}.part"

    def check_room(self, artefacts: Iterable[Artefact]) -> None:
        """Raise ResourceExhaustedError when these, fetched and unpacked, would fill the disk."""
        need = SPARE
        for one in artefacts:
            need += one.length - self.has(one) + one.on_disk
        with writing(str(self.folder)):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            free = shutil.disk_usage(self.folder).free
        if free < need:
            raise ResourceExhaustedError(
                f"the update needs {need >> 20} MiB, {free >> 20} MiB are free", hint="free some space"
            )

    def fetch(self, one: Artefact, url: str, spend: Spend, stop: threading.Event) -> None:
        """Fetch what is missing; returns when it is whole and its hash is right.

        Raises ResourceExhaustedError (disk, or the day's bytes), UnavailableError, UpdateRefusedError. What has come
        stays and counts next time, unless its hash was wrong.
        """
        if self.is_whole(one):
            return
        part = self._part(one)
        with writing(one.path):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            have = part.stat().st_size if part.exists() else 0
            if have < one.length or not part.exists():
                self._fetch_most(one, url, have, spend, stop)
            self._finish(one, part)

    def _fetch_most(self, one: Artefact, url: str, have: int, spend: Spend, stop: threading.Event) -> None:
        try:
            self._fetch_rest(one, url, have, spend, stop)
        except ResourceExhaustedError:
            if self.has(one) != one.length:  # the last byte of the day may have been the last of the file
                raise

    def _fetch_rest(self, one: Artefact, url: str, have: int, spend: Spend, stop: threading.Event) -> None:
        if one.length and spend(0) <= 0:
            raise _used_up()
        headers = {"Range": f"bytes={have}-"} if have else {}
        with self._transfer.request(url, headers=headers) as answer:
            got = self._begin(answer, have, one)
            with self._part(one).open("r+b" if got else "wb") as file:
                file.seek(got)
                file.truncate()
                try:
                    for chunk in _metered(answer, spend, stop):
                        got += len(chunk)
                        if got > one.length:
                            break
                        file.write(chunk)
                finally:
                    file.flush()
                    os.fsync(file.fileno())
        if got > one.length:
            self._part(one).unlink()
            raise UpdateRefusedError(Why.ENDLESS, f"{url} has more than the {one.length} bytes that were signed")

    def _begin(self, answer: Answer, have: int, one: Artefact) -> int:
        """Where in the file the answer begins."""
        if answer.status == _HTTP_OK:
            return 0  # a server without ranges sends everything again
        if answer.status == _HTTP_PARTIAL and have:
            found = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", answer.header("Content-Range"))
            if found is not None and int(found[1]) == have:
                return have
        if answer.status == _HTTP_RANGE:
            self._part(one).unlink(missing_ok=True)
        if answer.status in {403, 404}:
            raise UnavailableError(f"{one.path} is not on the server", hint="it is tried again later")
        raise UnavailableError(f"{answer.url} answers {answer.status}", hint="it is tried again later")

    def _finish(self, one: Artefact, part: Path) -> None:
        if part.stat().st_size != one.length or self._digest(part) != one.sha256:
            part.unlink()
            raise UpdateRefusedError(
                Why.ALTERED, f"what came for {one.path} is not what was signed", hint="it is fetched again later"
            )
        part.replace(self.path(one))
        sync_folder(self.folder)

    def _digest(self, path: Path) -> str:
        """SHA-256 of a file; a large one takes minutes on a slow card, in which nobody must think that it hangs."""
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(HASH_CHUNK):
                digest.update(chunk)
                self._transfer.step()
        return digest.hexdigest()

    def check(self, one: Artefact) -> Path:
        """The whole file, hashed once more right before it is used. Raises NotFoundError, UpdateRefusedError."""
        path = self.path(one)
        try:
            digest = self._digest(path)
        except OSError as error:
            raise NotFoundError(f"{one.path} was not fetched: {error}", hint="it is fetched again") from error
        if digest != one.sha256:
            path.unlink()
            raise UpdateRefusedError(Why.ALTERED, f"{one.path} changed on the disk", hint="it is fetched again")
        return path

    def sweep(self, keep: Iterable[Artefact]) -> None:
        """Delete what nobody waits for any more."""
        wanted = {name for one in keep for name in (one.sha256, f"{one.sha256}.part")}
        with writing(str(self.folder)):
            for path in list(self.folder.iterdir()) if self.folder.is_dir() else ():
                if path.name not in wanted:
                    path.unlink(missing_ok=True)


def _metered(answer: Answer, spend: Spend, stop: threading.Event) -> Iterator[bytes]:
    """The chunks of an answer, until the day's bytes are used up or somebody says stop; every byte is counted."""
    uncounted = 0
    try:
        for chunk in answer.chunks():
            uncounted += len(chunk)
            yield chunk
            if stop.is_set():
                raise UnavailableError("fetching was stopped", hint="it goes on later")
            if uncounted >= COUNT_EVERY or uncounted + CHUNK >= spend(0):
                left, uncounted = spend(uncounted), 0
                if left <= 0:
                    raise _used_up()
    finally:
        spend(uncounted)


def _used_up() -> ResourceExhaustedError:
    return ResourceExhaustedError("the bytes for updates of this day are used up", hint="it goes on tomorrow")
