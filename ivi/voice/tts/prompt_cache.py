# SPDX-License-Identifier: Apache-2.0
"""Spoken sentences kept on disk, so that an answer that was given before sounds at once."""

import contextlib
import hashlib
import logging
import os
import tempfile
from pathlib import Path

from ivi.model.errors import InvalidArgumentError
from ivi.voice import wav
from ivi.voice.wav import Sound

log = logging.getLogger(__name__)

MOST_BYTES = 24 << 20  # about 9 minutes at 22,050 samples a second
SUFFIX = ".wav"


class PromptCache:
    """Sounds by what they say and how. A file that is broken or cannot be written is only a sound to be made again."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        """`folder` is made when the first sound is kept."""
        self._folder = folder
        self._most = most_bytes
        self._bytes: int | None = None

    def get(self, *key: str) -> Sound | None:
        """What was kept under this key."""
        path = self._path(key)
        try:
            sound = wav.read(path.read_bytes())
            os.utime(path)
        except FileNotFoundError:
            return None
        except (OSError, InvalidArgumentError) as error:
            log.warning("a kept sentence cannot be read", extra={"file": str(path), "error": str(error)})
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        return sound

    def put(self, sound: Sound, *key: str) -> None:
        """Keep it; what was not used for longest goes when there is too much."""
        data = wav.write(sound)
        path = self._path(key)
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._make_room(len(data))
            with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as file:
                file.write(data)
            Path(file.name).replace(path)
        except OSError as error:
            log.warning("a sentence cannot be kept", extra={"folder": str(self._folder), "error": str(error)})
            self._bytes = None
            return
        self._bytes = (self._bytes or 0) + len(data)

    def _make_room(self, wanted: int) -> None:
        if self._bytes is not None and self._bytes + wanted <= self._most:
            return
        files = []
        for path in self._folder.iterdir():
            with contextlib.suppress(FileNotFoundError):
                status = path.stat()
                files.append((status.st_mtime, status.st_size, path))
        self._bytes = sum(size for _, size, _ in files)
        for _, size, path in sorted(files):
            if self._bytes + wanted <= self._most:
                break
            path.unlink(missing_ok=True)
            self._bytes -= size

    def _path(self, key: tuple[str, ...]) -> Path:
        return self._folder / (hashlib.sha256("\0".join(key).encode()).hexdigest()[:40] + SUFFIX)
