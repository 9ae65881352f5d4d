# SPDX-License-Identifier: Apache-2.0
"""Unpacks a model's archive, which may hold anything until this is done."""

import gzip
import lzma
import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from ivi.model.errors import InvalidArgumentError
from ivi.voice.grammar.model_files import NEEDED

MAX_FILES = 2_000
MAX_GROWTH = 12  # unpacked bytes for each packed one
MIN_UNPACKED = 50_000_000  # bytes that small archives may have too

_CANNOT_UNPACK = (
    zipfile.BadZipFile,
    tarfile.TarError,
    NotImplementedError,  # zipfile's word for a compression, a version or an encryption that it does not know
    RuntimeError,  # zipfile's word for a file that is encrypted, and for a decompressor that this Python lacks
    zlib.error,  # damaged deflate data
    lzma.LZMAError,  # damaged LZMA data
    gzip.BadGzipFile,  # an OSError; others are the disk's, and the caller says so
    EOFError,  # data that ends early
    ValueError,  # a name that says of itself that it is UTF-8, and is not
)
"""What zipfile and tarfile raise for an archive that is damaged, or made in a way that they cannot read."""


def unpack(archive: Path, folder: Path) -> None:
    """The model's files in `folder`, without the archive's own outer folder.

    Raises InvalidArgumentError for a damaged archive, one that would write elsewhere, is too big or holds no model.
    """
    allowed = max(MIN_UNPACKED, MAX_GROWTH * archive.stat().st_size)
    try:
        for count, (name, size, file) in enumerate(_members(archive)):
            allowed -= size
            if count >= MAX_FILES or allowed < 0:
                raise InvalidArgumentError(f"{archive.name} unpacks to more than a model", hint="get another file")
            _write(folder, name, file, archive)
    except _CANNOT_UNPACK as error:
        raise InvalidArgumentError(f"{archive.name} is damaged: {error}", hint="get the file again") from error
    _lift(folder)
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if missing:
        raise InvalidArgumentError(
            f"{archive.name} holds no small vosk model: no {missing[0]}", hint="take one whose name says small"
        )


def _members(archive: Path) -> Iterator[tuple[str, int, IO[bytes]]]:
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as packed:
            for member in packed.infolist():
                if not member.is_dir():
                    with packed.open(member) as file:
                        yield member.filename, member.file_size, file
        return
    with tarfile.open(archive) as packed_tar:
        for entry in packed_tar:
            if entry.isdir():
                continue
            content = packed_tar.extractfile(entry) if entry.isreg() else None
            if content is None:
                raise InvalidArgumentError(f"{archive.name}: {entry.name} is no plain file", hint="get another file")
            yield entry.name, entry.size, content


def _write(folder: Path, name: str, file: IO[bytes], archive: Path) -> None:
    place = PurePosixPath(name)
    if place.is_absolute() or ".." in place.parts or "\\" in name or "\0" in name:
        raise InvalidArgumentError(f"{archive.name} would write outside its folder: {name!r}", hint="get another file")
    target = folder / place
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        shutil.copyfileobj(file, out)


def _lift(folder: Path) -> None:
    """Take the files out of the one folder that archives usually hold."""
    inside = list(folder.iterdir())
    if len(inside) == 1 and inside[0].is_dir() and inside[0].name not in {"am", "conf", "graph"}:
        outer = inside[0].rename(folder / ".outer")
        for each in outer.iterdir():
            each.rename(folder / each.name)
        outer.rmdir()


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """An empty folder next to `folder`, on the same disk; removed unless it was moved away."""
    new = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)
