# SPDX-License-Identifier: Apache-2.0
"""Which apps crashed too often, over restarts: each gets one more try after the next start of the car."""

import json
import logging
from pathlib import Path

from ivi.model.errors import ConfigurationError

log = logging.getLogger(__name__)


class Quarantine:
    """A small file: app id to the version that crashed."""

    def __init__(self, path: Path) -> None:
        """Read the file. One that cannot be read is put aside and said; nobody is in quarantine then."""
        self._path = path
        self._versions: dict[str, str] = {}
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            self._versions = {str(app): str(version) for app, version in dict(data).items()}
        except FileNotFoundError:
            pass
        except (OSError, ValueError) as error:
            log.warning("the quarantine cannot be read: it begins empty", extra={"file": str(path), "why": str(error)})

    def __contains__(self, app: tuple[str, str]) -> bool:
        """Whether this (id, version) crashed too often before."""
        return self._versions.get(app[0]) == app[1]

    def put(self, app_id: str, version: str) -> None:
        """Remember a version that crashed too often. Raises ConfigurationError when it cannot be written."""
        self._write({**self._versions, app_id: version})

    def release(self, app_id: str) -> None:
        """The app has proved itself, or the driver wants it. Raises ConfigurationError when it cannot be written."""
        if app_id in self._versions:
            self._write({app: version for app, version in self._versions.items() if app != app_id})

    def _write(self, versions: dict[str, str]) -> None:
        self._versions = versions
        new = self._path.with_suffix(".new")
        try:
            new.write_text(json.dumps(versions), encoding="utf-8")
            new.replace(self._path)
        except OSError as error:
            text = f"the quarantine {self._path} cannot be written: {error.strerror}"
            raise ConfigurationError(text, hint="check the disk and IVI_STATE_DIR") from error
