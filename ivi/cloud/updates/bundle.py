# SPDX-License-Identifier: Apache-2.0
"""Unpacking what was fetched into a folder: only plain files and folders, only below it, and no more than was said."""

import os
import shutil
import tarfile
from pathlib import Path
from typing import IO

import zstandard

from ivi.cloud.updates.artefact import Artefact, Form
from ivi.cloud.updates.refusal import UpdateRefusedError, Why

MAX_FILES = 20_000
CHUNK = 1 << 20  # bytes
_EXECUTABLE = 0o100


def unpack(one: Artefact, file: Path, folder: Path) -> None:
    """Put an artefact's content into `folder`, which exists and is empty.

    Raises UpdateRefusedError for an archive that is not what it has to be, OSError when the disk does not take it.
    """
    if one.form is Form.FILE:
        with file.open("rb") as source, (folder / one.path.rpartition("/")[2]).open("wb") as target:
            shutil.copyfileobj(source, target, CHUNK)
        return
    try:
        with file.open("rb") as source:
            if one.form is Form.TAR_ZSTD:
                with zstandard.ZstdDecompressor(max_window_size=128 << 20).stream_reader(source) as stream:
                    _untar(stream, one, folder)
            else:
                _untar(source, one, folder)
    except (tarfile.TarError, zstandard.ZstdError, EOFError, UnicodeError) as error:
        raise UpdateRefusedError(Why.MALFORMED, f"{one.path} cannot be unpacked: {error}") from error


def _untar(stream: IO[bytes], one: Artefact, folder: Path) -> None:
    left, count = one.unpacked, 0
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for member in archive:
            count += 1
            left -= member.size
            if count > MAX_FILES or left < 0:
                raise UpdateRefusedError(
                    Why.ENDLESS, f"{one.path} holds more than the {one.unpacked} bytes or {MAX_FILES} files it may"
                )
            path = _place(member.name, one, folder)
            if member.isdir():
                path.mkdir(parents=True, exist_ok=True)
            elif member.isreg() and (content := archive.extractfile(member)) is not None:
                _write(content, path, executable=bool(member.mode & _EXECUTABLE), one=one)
            else:
                raise UpdateRefusedError(Why.MALFORMED, f"{one.path}: {member.name!r} is neither file nor folder")


def _place(name: str, one: Artefact, folder: Path) -> Path:
    parts = [part for part in name.split("/") if part not in {"", "."}]
    if name.startswith("/") or ".." in parts or "\0" in name:
        raise UpdateRefusedError(Why.MALFORMED, f"{one.path}: {name!r} leads out of its folder")
    return folder.joinpath(*parts)


def _write(content: IO[bytes], path: Path, *, executable: bool, one: Artefact) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o755 if executable else 0o644)
    except FileExistsError as error:
        raise UpdateRefusedError(Why.MALFORMED, f"{one.path} holds {path.name!r} twice") from error
    with os.fdopen(descriptor, "wb") as file:
        shutil.copyfileobj(content, file, CHUNK)
