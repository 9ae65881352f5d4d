# SPDX-License-Identifier: Apache-2.0
"""Notices saves in an app's folder as they happen, and says whether what was saved can run.

inotify(7) by ctypes: the kernel wakes us, so nothing is read while nobody works. Editors write in several steps (a new
file, a rename); what comes within a moment is one save.
"""

import asyncio
import contextlib
import ctypes
import os
import struct
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from ivi.apphost.intents import sentences
from ivi.apphost.manifest import Manifest, load
from ivi.model.errors import ConfigurationError, UnavailableError

QUIET = 0.02  # seconds without a further change that end a save
LONGEST = 0.2  # seconds after which a save counts even when changes go on
MAX_FOLDERS = 500  # that are watched
_NOT_RUN = {"__pycache__", "tests", "build", "dist"}
_CLOSE_WRITE, _MOVED_FROM, _MOVED_TO, _CREATE, _DELETE = 0x8, 0x40, 0x80, 0x100, 0x200
_MASK = _CLOSE_WRITE | _MOVED_FROM | _MOVED_TO | _CREATE | _DELETE
_EVENT = struct.Struct("iIII")  # wd, mask, cookie, length of the name
_FLAGS = os.O_CLOEXEC | os.O_NONBLOCK
_READ = 64 << 10  # bytes

_libc = ctypes.CDLL(None, use_errno=True)


class Saves:
    """Follows one app's folder while it is open."""

    def __init__(self, folder: Path) -> None:
        """Raises UnavailableError when the kernel does not watch folders for us."""
        self._folder = folder
        self._descriptor = _libc.inotify_init1(_FLAGS)
        if self._descriptor < 0:
            raise UnavailableError(f"saves cannot be noticed: {os.strerror(ctypes.get_errno())}")
        self._watches: dict[int, Path] = {}
        self._changed: dict[str, None] = {}
        self._woken = asyncio.Event()
        self._watch_all()
        asyncio.get_running_loop().add_reader(self._descriptor, self._read)

    def close(self) -> None:
        """Watch no more."""
        asyncio.get_running_loop().remove_reader(self._descriptor)
        os.close(self._descriptor)

    async def follow(self) -> AsyncIterator[list[str]]:
        """Names of the files of each save, below the folder, until the task is cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            await self._woken.wait()
            begun = loop.time()
            while loop.time() - begun < LONGEST:
                self._woken.clear()
                try:
                    async with asyncio.timeout(QUIET):
                        await self._woken.wait()
                except TimeoutError:
                    break
            self._woken.clear()
            changed, self._changed = sorted(self._changed), {}
            self._watch_all()
            yield self._lasting(changed)

    def _lasting(self, changed: list[str]) -> list[str]:
        """Those that are there now, or all when only removals happened: editors make files that live for a moment."""
        return [name for name in changed if (self._folder / name).exists()] or changed

    def _watch_all(self) -> None:
        """Watch every folder that there is now; one that is watched already stays so."""
        for folder in _folders(self._folder):
            wd = _libc.inotify_add_watch(self._descriptor, os.fsencode(folder), _MASK)
            if wd >= 0:
                self._watches[wd] = folder
            elif folder == self._folder:
                text = f"{folder} cannot be watched: {os.strerror(ctypes.get_errno())}"
                raise UnavailableError(text, hint="see fs.inotify.max_user_watches in sysctl")

    def _read(self) -> None:
        try:
            data = os.read(self._descriptor, _READ)
        except BlockingIOError:
            return
        at = 0
        while at < len(data):
            wd, _mask, _cookie, length = _EVENT.unpack_from(data, at)
            at += _EVENT.size
            name = os.fsdecode(data[at : at + length].rstrip(b"\0"))
            at += length
            folder = self._watches.get(wd)
            if folder is not None and name and _is_run(name):
                self._changed[os.fspath((folder / name).relative_to(self._folder))] = None
        if self._changed:
            self._woken.set()


def _folders(top: Path) -> Iterator[Path]:
    for count, (here, folders, _files) in enumerate(os.walk(top)):
        if count == MAX_FOLDERS:
            return
        folders[:] = [name for name in folders if _is_run(name)]
        yield Path(here)


def _is_run(name: str) -> bool:
    """Whether a file or folder of this name is part of what runs; editors' own files are not."""
    return name not in _NOT_RUN and not name.startswith((".", "#")) and not name.endswith(("~", ".pyc", ".swp", ".tmp"))


def check(folder: Path) -> Manifest:
    """Whether what is in the folder now could run. Raises ConfigurationError with file, line and fix when not."""
    manifest = load(folder)
    sentences.load(folder, manifest)
    for path in python_files(folder):
        with contextlib.suppress(FileNotFoundError):  # it went while we looked
            compile_file(path)
    return manifest


def python_files(folder: Path) -> list[Path]:
    """The app's own code, without its tests and what it vendors."""
    return [path for one in _folders(folder) if "vendor" not in one.parts for path in sorted(one.glob("*.py"))]


def compile_file(path: Path) -> None:
    """Raises ConfigurationError at the line that Python cannot read."""
    try:
        compile(path.read_bytes(), path, "exec", dont_inherit=True)
    except SyntaxError as error:
        line = (error.text or "").strip()
        text = f"{path}:{error.lineno or 1}: {error.msg}" + (f": {line}" if line else "")
        raise ConfigurationError(text, hint="correct the line") from error
    except ValueError as error:  # a zero byte
        raise ConfigurationError(f"{path}:1: {error}", hint="save it as text") from error
