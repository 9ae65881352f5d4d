# SPDX-License-Identifier: Apache-2.0
"""Opens the app's way out: hands the car's proxy a socket of this box, and tells Python's HTTP libraries of it.

The box's network has only a loopback. The proxy itself runs outside; it answers on the socket made here, so nothing
has to be forwarded. `urllib`, `requests`, `httpx` and whatever else heeds HTTPS_PROXY work unchanged.
"""

import os
import socket

BACKLOG = 16
ROOTS = "/etc/ssl/roots.pem"
"""Where the box has the root certificates of the car."""


def open_outlet(control_fd: int, port: int, environment: dict[str, str] | None = None) -> None:
    """Hand the listening socket out through `control_fd`, which is closed, and set the proxy variables.

    Raises OSError when the box has no loopback or the host is gone.
    """
    into = os.environ if environment is None else environment
    with (
        socket.socket(fileno=control_fd) as control,
        socket.create_server(("127.0.0.1", port), backlog=BACKLOG) as made,
    ):
        socket.send_fds(control, [b"listener"], [made.fileno()])
    address = f"http://127.0.0.1:{port}"
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"):
        # Libraries differ in which writing they read.
        into[name] = into[name.lower()] = address
    for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
        into[name] = ROOTS
