# SPDX-License-Identifier: Apache-2.0
"""A TCP port for the demo's own broker, so that it never meets one that runs on this machine already."""

import socket

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """A port on loopback that was free a moment ago."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        sock.bind((LOOPBACK, 0))
        port: int = sock.getsockname()[1]
        return port
