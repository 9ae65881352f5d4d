# SPDX-License-Identifier: Apache-2.0
"""Where things lie: sockets, durable state, and the data that ships with the program."""

import os
import tempfile
from pathlib import Path

from ivi.model.errors import ConfigurationError

MAX_SOCKET_PATH = 107  # bytes; sun_path of Linux without its terminating zero


def runtime_dir() -> Path:
    """Folder of the sockets: $IVI_RUNTIME_DIR, else $XDG_RUNTIME_DIR/ivi, else ivi-<uid> in the temporary folder."""
    if given := os.environ.get("IVI_RUNTIME_DIR"):
        return Path(given)
    if xdg := os.environ.get("XDG_RUNTIME_DIR"):
        return Path(xdg) / "ivi"
    return Path(tempfile.gettempdir()) / f"ivi-{os.getuid()}"


def state_dir() -> Path:
    """Folder of durable state: $IVI_STATE_DIR, else $XDG_STATE_HOME/ivi, else ~/.local/state/ivi."""
    if given := os.environ.get("IVI_STATE_DIR"):
        return Path(given)
    if xdg := os.environ.get("XDG_STATE_HOME"):
        return Path(xdg) / "ivi"
    return Path.home() / ".local" / "state" / "ivi"


def updated(kind: str, name: str) -> Path | None:
    """Folder of what an update has installed in the place of what ships with the program (docs/cloud-updates.md)."""
    folder = state_dir() / "updates" / "current" / kind / name
    return folder if folder.is_dir() else None


def make_private(folder: Path) -> Path:
    """Create the folder for this user alone and return it.

    Raises ConfigurationError when it belongs to somebody else: in a shared temporary folder another user could have
    made it first and would then own our sockets.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner = folder.stat().st_uid
    except OSError as error:
        raise ConfigurationError(
            f"cannot use the folder {folder}: {error.strerror}", hint="set IVI_RUNTIME_DIR"
        ) from error
    if owner != os.getuid():
        raise ConfigurationError(f"{folder} belongs to another user", hint="set IVI_RUNTIME_DIR to a folder of yours")
    return folder


def socket_path(process: str) -> Path:
    """The socket that a process serves. Raises ConfigurationError when the path is too long for a Unix socket."""
    path = runtime_dir() / f"{process}.sock"
    if len(os.fsencode(path)) > MAX_SOCKET_PATH:
        raise ConfigurationError(
            f"socket path is longer than {MAX_SOCKET_PATH} bytes: {path}", hint="set IVI_RUNTIME_DIR"
        )
    return path


def resource(*parts: str) -> Path:
    """A file or folder that ships with the program (`qml`, `can_dbc`, …), installed or in a checkout.

    Raises ConfigurationError when the installation lacks it.
    """
    package = Path(__file__).resolve().parents[1]
    for base in (package / "share", package.parent):
        path = base.joinpath(*parts)
        if path.exists():
            return path
    raise ConfigurationError(f"{'/'.join(parts)} is missing from this installation", hint="install ivi again")
