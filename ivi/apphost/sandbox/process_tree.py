# SPDX-License-Identifier: Apache-2.0
"""A process and all below it, read from /proc: the fallback where no control group can be had (proc(5)).

Everything in a box stays below its process 1, which adopts orphans, so nothing can leave the tree by forking twice.
"""

import contextlib
import os
import signal
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")  # per second
_PAGE = os.sysconf("SC_PAGE_SIZE")  # bytes
_UTIME, _CHILDREN_STIME = 11, 15  # fields of /proc/PID/stat after the name, from utime to cstime
_ROUNDS = 8  # of stopping; a tree that still grows after that is stopped at the next call


def descendants(pid: int) -> list[int]:
    """The process and all below it, parents first; empty when it has gone."""
    found: list[int] = []
    todo = [pid]
    while todo:
        one = todo.pop()
        below = _children(one)
        if below is not None:
            found.append(one)
            todo += below
    return found


def memory(pid: int) -> int:
    """Bytes of the tree: proportional set size, or resident size where that may not be read."""
    return sum(_memory(one) for one in descendants(pid))


def cpu_time(pid: int) -> float:
    """Seconds of processor time of the tree, ended and waited-for children included."""
    ticks = 0
    for one in descendants(pid):
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = Path(f"/proc/{one}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
            ticks += sum(int(field) for field in fields[_UTIME:_CHILDREN_STIME])
    return ticks / _TICKS


def stop(pid: int) -> None:
    """SIGSTOP to all of the tree, again until no new process turns up, so that a fork does not slip through."""
    stopped: set[int] = set()
    for _ in range(_ROUNDS):
        new = set(descendants(pid)) - stopped
        if not new:
            return
        send(new, signal.SIGSTOP)
        stopped |= new


def go_on(pid: int) -> None:
    """SIGCONT to all of the tree."""
    send(descendants(pid), signal.SIGCONT)


def send(pids: "list[int] | set[int]", number: signal.Signals) -> None:
    """Signal these processes; those that have gone are no error."""
    for one in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(one, number)


def _children(pid: int) -> list[int] | None:
    """Child processes of all its threads; None when the process has gone."""
    found: list[int] = []
    try:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                found += map(int, (thread / "children").read_text(encoding="ascii").split())
    except OSError:
        return None
    return found


def _memory(pid: int) -> int:
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) << 10
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    return 0
