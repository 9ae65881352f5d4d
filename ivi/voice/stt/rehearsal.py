# SPDX-License-Identifier: Apache-2.0
"""Does something in a copy of this process, so that here all stays as it was.

Vosk says how sure it is of its words only when a sentence is finished, and hears nothing more of it then. Finished in a
copy, it can be asked again and again: `fork` shares the memory until one of the two writes to it, so that a copy costs
some milliseconds, where hearing the sentence anew costs a twentieth of its length.
"""

import os
import signal
import sys
import traceback
from collections.abc import Callable

DEADLINE = 1.0  # seconds, after which the kernel ends the copy
_PIECE = 1 << 16  # bytes


def rehearse(work: Callable[[], bytes], deadline: float = DEADLINE) -> bytes:
    """What `work` returns in a copy of this process; empty when there was none, or it failed, crashed or took too long.

    Only for a process of one thread: locks that another one holds would never be released in the copy (fork(2)).
    """
    reading, writing = os.pipe()
    try:
        copy = os.fork()
    except OSError as error:  # no memory or no more processes: a sentence can be ended without a rehearsal
        os.close(reading)
        os.close(writing)
        sys.stderr.write(f"no copy of the process: {error.strerror}\n")
        return b""
    if copy == 0:
        _act(work, writing, deadline)
    os.close(writing)
    pieces = []
    try:
        while piece := os.read(reading, _PIECE):  # ends with the copy, which its timer bounds
            pieces.append(piece)
    finally:
        os.close(reading)
        _, status = os.waitpid(copy, 0)
    return b"".join(pieces) if status == 0 else b""


def _act(work: Callable[[], bytes], writing: int, deadline: float) -> None:
    """The copy's life: nothing of this process's own endings (buffers, exit handlers) happens twice."""
    status = 1
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # in the midst of the library, too
        signal.setitimer(signal.ITIMER_REAL, deadline)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(work())
        status = 0
    except BaseException:  # noqa: BLE001  # whatever it was, the copy must not go on as if it were the process
        traceback.print_exc(file=sys.stderr)
        sys.stderr.flush()
    finally:
        os._exit(status)
