# SPDX-License-Identifier: Apache-2.0
"""A process with everything below it, by proc(5): what it uses, and how it is paused and put last in the queue.

This works on every Linux and needs no rights beyond the user's own. Where the sandbox has a control group of its own,
the kernel holds the limits and this only watches.
"""

import contextlib
import os
import signal
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")  # bytes
TICK = os.sysconf("SC_CLK_TCK")  # clock ticks a second, the unit of /proc/PID/stat
APP_NICE = 10  # an app yields to everything that the car itself runs
OOM_SCORE = 600  # of 1000: when memory ends, apps go before the car's own processes

_UTIME, _STIME = 11, 12  # fields of /proc/PID/stat after the name


def members(pid: int) -> list[int]:
    """The process and all below it, parents first; empty when it has gone."""
    found, at = [pid] if Path(f"/proc/{pid}").exists() else [], 0
    while at < len(found):
        found += _children(found[at])
        at += 1
    return found


def memory(pids: list[int]) -> int:
    """Bytes that these processes hold: shared pages split among their users (PSS), or RSS where PSS is hidden."""
    return sum(_memory(pid) for pid in pids)


def cpu_time(pids: list[int]) -> float:
    """Seconds of CPU that these processes, which are alive, have used."""
    return sum(_cpu_time(pid) for pid in pids)


def freeze(pid: int) -> None:
    """Stop the tree. A process that forks meanwhile is caught by looking again until nothing new appears."""
    stopped: set[int] = set()
    while new := [one for one in members(pid) if one not in stopped]:
        for one in new:
            _send(one, signal.SIGSTOP)
        stopped.update(new)


def thaw(pid: int) -> None:
    """Let the tree go on, children last, so that a parent sees them stop and not die."""
    for one in members(pid):
        _send(one, signal.SIGCONT)


def yield_to_the_car(pids: list[int]) -> None:
    """Lower priority, and first in line when memory ends, for every thread. Going down is open to everybody."""
    for pid in pids:
        with contextlib.suppress(OSError):
            Path(f"/proc/{pid}/oom_score_adj").write_text(str(OOM_SCORE))
        for thread in _threads(pid):
            with contextlib.suppress(ProcessLookupError):
                os.setpriority(os.PRIO_PROCESS, thread, APP_NICE)


def put_last(pids: list[int]) -> None:
    """Only use time that nobody else wants (sched(7), SCHED_IDLE). An ordinary user cannot take that back."""
    for pid in pids:
        for thread in _threads(pid):
            with contextlib.suppress(ProcessLookupError):
                os.sched_setscheduler(thread, os.SCHED_IDLE, os.sched_param(0))


def _send(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _children(pid: int) -> list[int]:
    """Children of all threads of a process."""
    return [int(word) for path in Path(f"/proc/{pid}/task").glob("*/children") for word in _read(path).split()]


def _threads(pid: int) -> list[int]:
    try:
        return [int(name) for name in os.listdir(f"/proc/{pid}/task")]  # noqa: PTH208  # names, not paths
    except OSError:
        return []


def _memory(pid: int) -> int:
    for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) << 10
    fields = _read(Path(f"/proc/{pid}/statm")).split()
    return int(fields[1]) * PAGE if fields else 0


def _cpu_time(pid: int) -> float:
    # The name may contain blanks and brackets; what follows its last bracket may not.
    fields = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return (int(fields[_UTIME]) + int(fields[_STIME])) / TICK if fields else 0.0


def _read(path: Path) -> str:
    """A file of /proc; empty when its process has gone or is not ours to look into."""
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
