# SPDX-License-Identifier: Apache-2.0
"""Runs attacks one by one, each in a child process so that one that is killed ends only itself.

As an app it gets its link from ivi.sdk.boot; outside any sandbox it is `python -m escapes.main FD`. Over the link comes
one line of JSON with what it is told, and one line goes back for each attack.
"""

import json
import os
import select
import signal
import socket
import sys
from typing import Any

from escapes import exhaustion, kernel, leaks, network, privilege, processes, reading, running, writing
from escapes.registry import ATTACKS, Attack, DeniedError, Told

MODULES = (reading, writing, running, privilege, processes, kernel, network, exhaustion, leaks)
PATIENCE = 20.0  # seconds of one attack


def attempt(attack: Attack, told: Told) -> tuple[bool, str]:
    """Whether it succeeded, and what it got or what stopped it."""
    try:
        return True, attack.run(told)
    except DeniedError as error:
        return False, str(error)
    except OSError as error:
        return False, error.strerror or str(error)
    except (MemoryError, RuntimeError, OverflowError) as error:
        return False, f"{type(error).__name__}: {error}"


def in_a_child(attack: Attack, told: Told) -> tuple[bool, str]:
    """The same, in a process of its own that is killed when it takes too long."""
    answer, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(answer)
        try:
            os.write(tell, json.dumps(attempt(attack, told)).encode())
        finally:
            os._exit(0)
    os.close(tell)
    said = b""
    while select.select([answer], [], [], PATIENCE)[0]:
        part = os.read(answer, 65536)
        said += part
        if not part:
            break
    else:
        os.kill(child, signal.SIGKILL)
    os.close(answer)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if said:
        succeeded, text = json.loads(said)
        return bool(succeeded), str(text)
    return False, f"killed by {signal.Signals(-status).name}" if status < 0 else "it did not end"


class Main:
    """The app."""

    def run(self, fd: int) -> None:
        """Serve one request, and wait to be ended."""
        link = socket.socket(fileno=fd)
        with link.makefile("rwb") as file:
            told: dict[str, Any] = json.loads(file.readline())
            told["link"] = fd
            for key in told["attacks"]:
                run = in_a_child if told["fork"] else attempt
                succeeded, text = run(ATTACKS[key], told)
                file.write(json.dumps([key, succeeded, text[:200]]).encode() + b"\n")
                file.flush()
            file.readline()


if __name__ == "__main__":
    Main().run(int(sys.argv[1]))
