# SPDX-License-Identifier: Apache-2.0
"""Readiness and watchdog messages to the service manager: systemd, or ours with the same protocol (sd_notify(3))."""

import os
import socket


def notify(message: str) -> bool:
    """Send e.g. `READY=1`; False when nobody asked for it (no $NOTIFY_SOCKET) or the manager has gone."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return False
    if address.startswith("@"):
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sock:
        sock.setblocking(False)
        try:
            sock.sendto(message.encode(), address)
        except OSError:
            return False
    return True


def watchdog_interval() -> float | None:
    """Seconds between keep-alives: half of what the manager allows; None when it has set no watchdog."""
    usec = os.environ.get("WATCHDOG_USEC", "")
    if not usec.isdigit() or os.environ.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return None
    return int(usec) / 2e6
