# SPDX-License-Identifier: Apache-2.0
"""A box that runs below this process: measured, frozen and ended through its process 1 and its control group."""

import asyncio
import contextlib
import logging
import os
import signal
from asyncio.subprocess import Process
from pathlib import Path

from ivi.apphost.sandbox import process_tree
from ivi.apphost.sandbox.box import Layer
from ivi.apphost.sandbox.cgroup import Group

log = logging.getLogger(__name__)

KILL_TIMEOUT = 2.0  # seconds until the kernel has taken a killed box down
WRITABLE = ("/tmp", "/data", "/dev/shm")  # noqa: S108  # inside
DUMP_TIMEOUT = 0.5  # seconds that a hung app gets to write where it hangs


class BoxedChild:
    """A running box; see ivi.apphost.sandbox.launcher.Child."""

    def __init__(self, process: Process, init_pid: int, group: Group | None, layers: frozenset[Layer]) -> None:
        self.process = process
        self.init_pid = init_pid
        """The box's process 1 as this machine numbers it; when it ends, all of the box does."""
        self.layers = layers
        self._group = group
        try:
            self._init_fd = os.pidfd_open(init_pid)
        except ProcessLookupError:
            if group is not None:
                group.remove()
            raise

    def pids(self) -> list[int]:
        """Processes of the box, its process 1 first."""
        return process_tree.descendants(self.init_pid) if self._lives() else []

    def memory(self) -> int:
        """Bytes in use: what the group is charged, or the tree's proportional set size."""
        charged = self._group.memory() if self._group else None
        return charged if charged is not None else process_tree.memory(self.init_pid) if self._lives() else 0

    def cpu_time(self) -> float:
        """Seconds of processor time since the start."""
        used = self._group.cpu_time() if self._group else None
        return used if used is not None else process_tree.cpu_time(self.init_pid) if self._lives() else 0.0

    def files(self) -> int:
        """Files and folders in the writable space, seen through /proc/PID/root; 0 where that is not allowed."""
        used: dict[int, int] = {}
        for folder in WRITABLE:
            with contextlib.suppress(OSError):
                path = Path(f"/proc/{self.init_pid}/root{folder}")
                if path.is_symlink():  # it would lead to this machine's own folder
                    continue
                found = os.statvfs(path)
                used[path.stat().st_dev] = found.f_files - found.f_ffree
        return sum(used.values())

    def freeze(self) -> None:
        """Stop all processes of the box where they are."""
        if self._group is not None and Layer.CGROUP_FREEZE in self._group.layers:
            with contextlib.suppress(OSError):
                self._group.freeze(True)
        elif self._lives():
            process_tree.stop(self.init_pid)

    def thaw(self) -> None:
        """Let them go on."""
        if self._group is not None and Layer.CGROUP_FREEZE in self._group.layers:
            with contextlib.suppress(OSError):
                self._group.freeze(False)
        elif self._lives():
            process_tree.go_on(self.init_pid)

    def signal_abort(self) -> None:
        """SIGABRT to the app; ivi.sdk.boot has faulthandler on. The box's process 1 is bubblewrap's and is spared."""
        self.thaw()
        process_tree.send([pid for pid in self.pids() if pid != self.init_pid], signal.SIGABRT)

    async def dump(self) -> None:
        """Have a hung app write its traceback to its output."""
        self.signal_abort()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DUMP_TIMEOUT):
                await self.process.wait()

    async def kill(self) -> None:
        """End the box at once: its process 1 takes the whole pid namespace along."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._init_fd, signal.SIGKILL)
        if self._group is not None:
            self._group.kill()
        try:
            async with asyncio.timeout(KILL_TIMEOUT):
                await self.process.wait()
        except TimeoutError:
            log.error("bubblewrap did not end with its box", extra={"pid": self.process.pid})  # noqa: TRY400  # no trace needed
            with contextlib.suppress(ProcessLookupError):
                self.process.kill()
            await self.process.wait()

    def close(self) -> None:
        """Release the handle on process 1 and the control group."""
        os.close(self._init_fd)
        if self._group is not None:
            self._group.remove()

    def _lives(self) -> bool:
        """Whether init_pid is still our box and no later process of the same number."""
        try:
            signal.pidfd_send_signal(self._init_fd, 0)
        except ProcessLookupError:
            return False
        return True
