# SPDX-License-Identifier: Apache-2.0
"""What one app's sandbox is built from, and the names of the layers that may hold it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

THREADS = 16  # threads of an app beside the first of each process; ivi.sdk.boot counts with the same number


class Layer(StrEnum):
    """One thing that holds an app. `ivi doctor` and `ivi status` name those that are active, and no others."""

    NAMESPACES = "namespaces"
    """User, mount, pid, net, ipc, uts and cgroup namespaces; a view of the machine with no /proc and no /sys."""
    SECCOMP = "seccomp"
    LANDLOCK = "landlock"
    RLIMITS = "rlimits"
    MDWE = "mdwe"
    """Memory is never writable and executable (PR_SET_MDWE, kernel 6.3)."""
    SCRATCH = "scratch"
    """What the app may write is bounded in bytes and in files, and nothing in it can be run."""
    DATA_QUOTA = "data-quota"
    """/data outlives the app and is an image of fixed size. Without it /data is part of the scratch space."""
    OWN_UID = "own-uid"
    """The app's user is not the host's user outside the sandbox either."""
    PROCESS_LIMIT = "process-limit"
    CGROUP_FREEZE = "cgroup-freeze"
    CGROUP_MEMORY = "cgroup-memory"
    CGROUP_PIDS = "cgroup-pids"
    CGROUP_CPU = "cgroup-cpu"
    RESOURCE_WATCH = "resource-watch"
    """The host measures memory, processor time and files of the box and acts (ivi.apphost.watch)."""


INSIDE = frozenset({Layer.LANDLOCK, Layer.RLIMITS, Layer.MDWE})
"""Layers that the app's own process sets before any code of the app is loaded (ivi.sdk.boot)."""


@dataclass(frozen=True)
class Box:
    """One app as its sandbox needs it."""

    memory_mb: int
    processes: int
    tmp_mb: int
    entry: str
    """`package.module:Class`, or `--probe`."""
    package: str = ""
    """Name under which `app_dir` is imported."""
    app_dir: Path | None = None
    data_dir: Path | None = None
    """Where the host keeps the app's data image. Nothing is kept where no quota can be had; see Layer.DATA_QUOTA."""
    data_mb: int = 16
    """MiB of /data."""
    cpu_percent: int = 50
    """Processor time in percent of one core, as an average over seconds."""
    roots: Path | None = None
    """Root certificates for an app that may use the network."""
    net: bool = False
    """Whether the filter has TCP sockets. They reach the box's own loopback and nothing else."""
    mdwe: bool = True
    """False for an app that makes code at run time, such as one on a JavaScript engine."""
    extra_fds: Mapping[str, int] = field(default_factory=dict)
    """Further descriptors that the app inherits, by name; inside they are in ivi.sdk.inherited.descriptors."""

    @property
    def filter_kind(self) -> str:
        """Which of the shipped system call filters this app gets."""
        return ("solo" if self.processes == 1 else "family") + ("-net" if self.net else "")

    @property
    def tasks(self) -> int:
        """Processes and threads that may live at once, bubblewrap's own init included."""
        return self.processes + 1 + THREADS
