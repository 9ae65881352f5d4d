# SPDX-License-Identifier: Apache-2.0
"""Where a bus lives: a channel name or a path becomes the path of a Unix socket."""

import os
from pathlib import Path

from simulator.errors import BusAddressError, ChannelError

DEFAULT_CHANNEL = "can0"
IVI = "ivi"  # python-can's name of our interface
MAX_PATH = 107  # bytes; sun_path of sockaddr_un holds 108 with the closing NUL


def runtime_dir() -> Path:
    """Folder for sockets: $IVI_RUNTIME_DIR, else $XDG_RUNTIME_DIR/ivi, else /tmp/ivi-<uid>."""
    if own := os.environ.get("IVI_RUNTIME_DIR"):
        return Path(own)
    if session := os.environ.get("XDG_RUNTIME_DIR"):
        return Path(session) / "ivi"
    return Path(f"/tmp/ivi-{os.getuid()}")  # the server makes it 0700 and refuses somebody else's folder


def bus_dir() -> Path:
    """Folder of the named buses."""
    return runtime_dir() / "bus"


def socket_path(channel: str) -> Path:
    """Socket of ``channel``: a path when it contains a slash, else ``<runtime dir>/bus/<channel>.sock``.

    Raises BusAddressError when the name is empty or the path is longer than the kernel takes.
    """
    if not channel:
        raise BusAddressError("the CAN channel has no name", "give a name such as can0 or a socket path with a slash")
    path = Path(channel) if "/" in channel else bus_dir() / f"{channel}.sock"
    if len(os.fsencode(path)) > MAX_PATH:
        raise BusAddressError(
            f"socket path {path} has more than {MAX_PATH} bytes", "set IVI_RUNTIME_DIR to a shorter folder"
        )
    return path


def split_address(address: str) -> tuple[str, str]:
    """``interface:channel`` as two words; without a colon it is a channel of our own bus. Raises ChannelError."""
    interface, colon, channel = address.partition(":")
    if not colon:
        interface, channel = IVI, address
    if not interface or not channel:
        raise ChannelError(f"--can {address!r} is not INTERFACE:CHANNEL", f"for example ivi:{DEFAULT_CHANNEL}")
    return interface, channel
