# SPDX-License-Identifier: Apache-2.0
"""Tells the supervisor that started us how far we are (sd_notify protocol, one datagram)."""

import os
import socket


def notify(state: str) -> bool:
    """Send ``state`` (for example ``READY=1``) to $NOTIFY_SOCKET; False when nobody asked or nobody listens."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return False
    # systemd hands out abstract addresses with a leading @ in place of the NUL byte.
    address = "\0" + address[1:] if address.startswith("@") else address
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        sock.setblocking(False)
        try:
            sock.sendto(state.encode(), address)
        except OSError:
            return False  # readiness is a courtesy; the work goes on without it
    return True
