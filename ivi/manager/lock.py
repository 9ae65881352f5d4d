# SPDX-License-Identifier: Apache-2.0
"""One run at a time in one runtime folder."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from ivi.model.errors import UnavailableError


class RunLock:
    """Holds `<runtime dir>/run.lock` while a run lasts; the kernel frees it however the run ends."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "run.lock"
        self._descriptor = -1

    def __enter__(self) -> Self:
        """Take the lock. Raises UnavailableError when another run has it."""
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            owner = os.read(self._descriptor, 32).decode("ascii", "replace").strip() or "unknown"
            os.close(self._descriptor)
            raise UnavailableError(
                f"ivi runs already in {self._path.parent} (process {owner})",
                hint="stop it first, or set IVI_RUNTIME_DIR to another folder",
            ) from error
        os.ftruncate(self._descriptor, 0)
        os.write(self._descriptor, f"{os.getpid()}\n".encode())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Free the lock."""
        os.close(self._descriptor)
