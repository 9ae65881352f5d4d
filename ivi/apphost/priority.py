# SPDX-License-Identifier: Apache-2.0
"""Apps come after the car: in the queue for the processor, and first in line when memory ends."""

import contextlib
import os
from pathlib import Path

APP_NICE = 10  # an app yields to everything that the car itself runs
OOM_SCORE = 600  # of 1000


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


def _threads(pid: int) -> list[int]:
    try:
        return [int(path.name) for path in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:
        return []
