# SPDX-License-Identifier: Apache-2.0
"""Takes over the socket on which an app's box expects its proxy.

The box has a network of its own with nothing in it but a loopback, and a socket stays in the network in which it was
made. So the boot stage inside makes the listening socket and hands it out, once, over a socketpair: the proxy runs in
the host and answers at 127.0.0.1 inside, without a forwarder between them.
"""

import array
import asyncio
import os
import socket

from ivi.model.errors import DeadlineError, LinkError

HANDOVER_TIMEOUT = 15.0  # seconds; a box that has not answered its start by then is ended anyway
_WORD = 16  # bytes of the message that carries the socket


async def receive_listener(control: socket.socket, timeout: float = HANDOVER_TIMEOUT) -> socket.socket:  # noqa: ASYNC109  # the deadline is the point
    """The listening socket that comes over `control`, which is closed.

    Raises LinkError when something else came or nothing will, DeadlineError when it takes too long.
    """
    loop = asyncio.get_running_loop()
    control.setblocking(False)
    readable = asyncio.Event()
    loop.add_reader(control.fileno(), readable.set)
    try:
        async with asyncio.timeout(timeout):
            await readable.wait()
        return _checked(_receive(control))
    except TimeoutError as error:
        raise DeadlineError(f"the box did not hand out its proxy socket within {timeout:g} s") from error
    finally:
        loop.remove_reader(control.fileno())
        control.close()


def _receive(control: socket.socket) -> socket.socket:
    size = array.array("i").itemsize
    try:
        _, ancillary, _, _ = control.recvmsg(_WORD, socket.CMSG_LEN(size))
    except OSError as error:
        raise LinkError(f"the box did not hand out its proxy socket: {error.strerror}") from error
    fds = array.array("i")
    for level, kind, data in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            fds.frombytes(data[: len(data) - len(data) % size])
    if not fds:
        raise LinkError("the box ended before it handed out its proxy socket")
    for surplus in fds[1:]:
        os.close(surplus)
    return socket.socket(fileno=fds[0])


def _checked(listener: socket.socket) -> socket.socket:
    """Refuse what is no listening TCP socket: the app's own code runs soon after the boot stage."""
    try:
        is_listening = listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) == 1
    except OSError:
        is_listening = False
    if not is_listening or listener.family != socket.AF_INET or listener.type != socket.SOCK_STREAM:
        listener.close()
        raise LinkError("the box handed out something that is no listening socket")
    listener.setblocking(False)
    return listener
