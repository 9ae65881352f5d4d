# SPDX-License-Identifier: Apache-2.0
"""What both serving ends of the link (asyncio's and Qt's) do with a Unix socket: claim its path, read its peer."""

import os
import socket
import struct
from pathlib import Path

from ivi.model.errors import UnavailableError

_UCRED = struct.Struct("3i")
PROBE = 1.0  # seconds that a socket's server has to accept before it counts as unusable


def listen_at(path: Path) -> socket.socket:
    """A socket bound to `path`, readable by this user alone; the file that a dead server left is removed.

    Raises UnavailableError when a live process serves it, or the folder cannot be used.
    """
    _remove_stale(path)
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK)
    try:
        sock.bind(os.fspath(path))
        path.chmod(0o600)
    except OSError as error:
        sock.close()
        raise UnavailableError(f"cannot serve {path}: {error.strerror}", hint="set IVI_RUNTIME_DIR") from error
    return sock


def peer_of(sock: socket.socket) -> tuple[int, int]:
    """Process id and user id at the other end, as the kernel knows them (SO_PEERCRED, unix(7))."""
    pid, uid, _gid = _UCRED.unpack(sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _UCRED.size))
    return pid, uid


def _remove_stale(path: Path) -> None:
    if not path.exists():
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC) as probe:
        probe.settimeout(PROBE)
        try:
            probe.connect(os.fspath(path))
        except (ConnectionRefusedError, FileNotFoundError):
            path.unlink(missing_ok=True)
            return
        except OSError as error:
            raise UnavailableError(f"{path} cannot be used: {error.strerror}", hint="remove the file") from error
    raise UnavailableError(f"another copy serves {path}", hint="stop it first, or set IVI_RUNTIME_DIR")
