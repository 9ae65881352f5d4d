# SPDX-License-Identifier: Apache-2.0
"""Messages of the manager: which processes there are and how they do."""

from enum import StrEnum

import msgspec


class ProcessState(StrEnum):
    """Life of a process in the table."""

    WAITING = "waiting"
    STARTING = "starting"
    READY = "ready"
    RESTARTING = "restarting"
    FAILED = "failed"
    STOPPED = "stopped"


class ListProcesses(msgspec.Struct, array_like=True, frozen=True, tag="list_processes"):
    """All processes of the table that were started."""


class RestartProcess(msgspec.Struct, array_like=True, frozen=True, tag="restart_process"):
    """End a process in order and start it again, also one that has given up. Answered by ProcessTable.

    Errors: not_found for a name that this run has not.
    """

    name: str


class GetProcessLog(msgspec.Struct, array_like=True, frozen=True, tag="get_process_log"):
    """The newest lines that a process has logged. Answered by ProcessLog. Errors: not_found, unavailable."""

    name: str
    limit: int = 40


type ManagerRequest = ListProcesses | RestartProcess | GetProcessLog


class ProcessView(msgspec.Struct, array_like=True, frozen=True):
    """One process as the manager sees it."""

    name: str
    state: ProcessState
    pid: int
    """0 while it does not run."""
    restarts: int
    rss_mb: float
    """Resident memory now, with its children, MB."""
    peak_mb: float
    reason: str
    """Why it is not ready, in plain words."""


class ProcessTable(msgspec.Struct, array_like=True, frozen=True, tag="process_table"):
    """Answer of ListProcesses."""

    processes: list[ProcessView]


class ProcessLogLine(msgspec.Struct, array_like=True, frozen=True):
    """One line of a log."""

    time_ms: int
    """Milliseconds since 1970; 0 for a line that is not structured."""
    level: str
    """`debug`, `info`, `warning`, `error`, `critical`; empty for a line that is not structured."""
    text: str


class ProcessLog(msgspec.Struct, array_like=True, frozen=True, tag="process_log"):
    """Answer of GetProcessLog; the newest line is the last."""

    name: str
    lines: list[ProcessLogLine]


type ManagerAnswer = ProcessTable | ProcessLog
