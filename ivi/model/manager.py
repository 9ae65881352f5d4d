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


type ManagerRequest = ListProcesses


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


type ManagerAnswer = ProcessTable
