# SPDX-License-Identifier: Apache-2.0
"""A fresh control group for each start of an app, where this process was given a tree of its own (cgroup v2).

Without controllers the core files still give freeze, kill and processor time, also beside a v1 hierarchy. Whatever is
missing is not claimed: `Group.layers` has what was really set. A fresh group each time, because pages that a dead app
left in shared memory stay charged to the group it died in. Kernel: Documentation/admin-guide/cgroup-v2.rst.
"""

import atexit
import contextlib
import itertools
import logging
import os
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ivi.apphost.sandbox.box import Box, Layer
from ivi.apphost.sandbox.process_tree import descendants

log = logging.getLogger(__name__)

CONTROLLERS = {"memory": Layer.CGROUP_MEMORY, "pids": Layer.CGROUP_PIDS, "cpu": Layer.CGROUP_CPU}
PERIOD_US = 100_000  # of the processor quota
HIGH = 0.9  # part of the memory limit from which the kernel slows the app down and reclaims
OWN_MB = 16  # MiB beside the app's own memory: bubblewrap and page tables
NAME = "ivi-apps-"  # and the number of the process whose boxes are below
LEAF = "host"  # below the group that is divided: what must not be in it itself
BUSY_FOR = 0.5  # seconds that the kernel may need to count out the dead of a group
_number = itertools.count(1)
_left: set[Path] = set()


class Group:
    """The control group of one box."""

    def __init__(self, folder: Path, layers: frozenset[Layer]) -> None:
        self.folder = folder
        self.layers = layers

    def add(self, pids: Iterable[int]) -> None:
        """Move processes in; children that they make later are born here. Raises OSError when one has gone."""
        for pid in pids:
            (self.folder / "cgroup.procs").write_text(str(pid))

    def pids(self) -> list[int]:
        """Processes in the group."""
        return [int(word) for word in self._read("cgroup.procs").split()]

    def freeze(self, frozen: bool) -> None:
        """Stop all of it where it is, or let it go on."""
        (self.folder / "cgroup.freeze").write_text("1" if frozen else "0")

    def kill(self) -> None:
        """SIGKILL to all, frozen or not (kernel 5.14)."""
        with contextlib.suppress(OSError):
            (self.folder / "cgroup.kill").write_text("1")

    def memory(self) -> int | None:
        """Bytes in use; None without the memory controller."""
        text = self._read("memory.current")
        return int(text) if text else None

    def cpu_time(self) -> float | None:
        """Seconds of processor time of all that ever was in the group; None when the kernel does not say."""
        for line in self._read("cpu.stat").splitlines():
            name, _, value = line.partition(" ")
            if name == "usage_usec":
                return int(value) / 1e6
        return None

    def remove(self) -> None:
        """Take the group away, now or, while the kernel still counts the dead in it, with the next one."""
        _left.add(self.folder)
        _sweep()

    def _read(self, name: str) -> str:
        try:
            return (self.folder / name).read_text(encoding="ascii").strip()
        except OSError:
            return ""


def new_group(box: Box) -> Group | None:
    """A fresh group with the box's limits; None where this process may not make one."""
    base = _base()
    if base is None:
        return None
    _sweep()
    _clean_up_at_exit()
    _remove_orphans(base)
    parent = base / f"{NAME}{os.getpid()}"
    folder = parent / f"box-{next(_number)}"
    try:
        parent.mkdir(exist_ok=True)
        active = _enable(base) & _enable(parent)
        folder.mkdir()
    except OSError as error:
        log.info("no control group for apps", extra={"path": str(parent), "reason": error.strerror})
        with contextlib.suppress(OSError):
            parent.rmdir()
        return None
    layers = {Layer.CGROUP_FREEZE} if (folder / "cgroup.freeze").exists() else set()
    for controller in sorted(active):
        with contextlib.suppress(OSError):
            for name, value in limits(box)[controller].items():
                (folder / name).write_text(value)
            layers.add(CONTROLLERS[controller])
    return Group(folder, frozenset(layers))


@cache
def _clean_up_at_exit() -> None:
    atexit.register(clean_up)


def clean_up() -> None:
    """Take away what is left of this process's groups; call it when no box runs any more."""
    base = _base()
    if base is None:
        return
    parent = base / f"{NAME}{os.getpid()}"
    deadline = time.monotonic() + BUSY_FOR
    while not remove_tree(parent) and time.monotonic() < deadline:
        time.sleep(0.01)


def remove_tree(folder: Path) -> bool:
    """Remove a group and those below it as far as they are empty. Returns whether it is gone."""
    try:
        below = [path for path in folder.iterdir() if path.is_dir()]
    except FileNotFoundError:
        return True
    for path in below:
        remove_tree(path)
    with contextlib.suppress(OSError):
        folder.rmdir()
    return not folder.exists()


@cache
def _remove_orphans(base: Path) -> None:
    """Remove the empty groups of hosts that were killed and could not; looked for once."""
    for folder in base.glob(f"{NAME}*"):
        number = folder.name.removeprefix(NAME)
        if number.isdecimal() and not Path("/proc", number).exists():
            remove_tree(folder)


def _sweep() -> None:
    for folder in list(_left):
        try:
            folder.rmdir()
        except FileNotFoundError:
            _left.discard(folder)
        except OSError as error:
            log.debug("a control group is still busy", extra={"path": str(folder), "reason": error.strerror})
        else:
            _left.discard(folder)


def limits(box: Box) -> dict[str, dict[str, str]]:
    """What the files of each controller get."""
    most = (box.memory_mb + OWN_MB) << 20
    memory = {"memory.max": str(most), "memory.high": str(int(most * HIGH)), "memory.oom.group": "1"}
    if Path("/proc/swaps").exists() and len(Path("/proc/swaps").read_text(encoding="ascii").splitlines()) > 1:
        memory["memory.swap.max"] = "0"
    return {
        "memory": memory,
        "pids": {"pids.max": str(box.tasks + 1)},
        "cpu": {"cpu.max": f"{box.cpu_percent * PERIOD_US // 100} {PERIOD_US}"},
    }


def _base() -> Path | None:
    """The group of this process, if it is ours to divide: delegated to us, or the root of the tree for root."""
    try:
        own = next(
            line[3:] for line in Path("/proc/self/cgroup").read_text(encoding="utf-8").splitlines() if line[:3] == "0::"
        )
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines()
        point = next(line.split()[4] for line in mounts if line.partition(" - ")[2].startswith("cgroup2 "))
    except (OSError, StopIteration):
        return None
    base = Path(point) / own.lstrip("/")
    if base.name == LEAF and _is_ours(base.parent, Path(point)):
        return base.parent  # this process, or the one that started it, moved there; see _enable
    return base if _is_ours(base, Path(point)) else None


def _is_ours(base: Path, root: Path) -> bool:
    return os.access(base / "cgroup.procs", os.W_OK) and (base == root or _delegated(base))


def _delegated(base: Path) -> bool:
    """Whether systemd (Delegate=) or an administrator gave us this group: marked so, or owned by our user."""
    for mark in ("user.delegate", "trusted.delegate"):
        with contextlib.suppress(OSError):
            if os.getxattr(base, mark) == b"1":
                return True
    return os.getuid() != 0 and base.stat().st_uid == os.getuid()


def _enable(folder: Path) -> set[str]:
    """Hand the controllers to the groups below; returns those that are handed down."""
    offered = set((folder / "cgroup.controllers").read_text(encoding="ascii").split()) & set(CONTROLLERS)
    for controller in offered:
        try:
            (folder / "cgroup.subtree_control").write_text(f"+{controller}")
        except OSError:
            # A group with processes of its own may have none below: the host moves to a leaf first.
            with contextlib.suppress(OSError):
                _move_host(folder)
                (folder / "cgroup.subtree_control").write_text(f"+{controller}")
    handed = set((folder / "cgroup.subtree_control").read_text(encoding="ascii").split())
    return handed & set(CONTROLLERS)


def _move_host(folder: Path) -> None:
    leaf = folder / LEAF
    leaf.mkdir(exist_ok=True)
    ours = set(descendants(os.getpid()))
    for pid in (folder / "cgroup.procs").read_text(encoding="ascii").split():
        if int(pid) in ours:
            (leaf / "cgroup.procs").write_text(pid)
