# SPDX-License-Identifier: Apache-2.0
"""Starts one app under bubblewrap, and ends it so that nothing of it is left.

No layer is optional here: without bubblewrap or the filter nothing is started. What only the app's own process can set
(limits, Landlock, MDWE) is done by ivi.sdk.boot before the app's code is loaded.
"""

import asyncio
import contextlib
import json
import logging
import os
import shutil
import signal
from dataclasses import dataclass
from pathlib import Path

from ivi.apphost.sandbox import seccomp
from ivi.apphost.sandbox.runtime import runtime
from ivi.model.errors import ConfigurationError, UnavailableError

log = logging.getLogger(__name__)

SPAWN_TIMEOUT = 5.0  # seconds until bubblewrap has built the box
KILL_TIMEOUT = 2.0  # seconds until the kernel has taken a killed box down
DUMP_TIMEOUT = 0.5  # seconds that a hung app gets to write where it hangs
SHM_MB = 4  # MiB of /dev/shm
UID = "1000"  # inside; outside it is the user of the host process

PROC_MASK = (
    "cmdline", "cpuinfo", "diskstats", "interrupts", "kallsyms", "keys", "loadavg", "meminfo", "partitions",
    "sched_debug", "stat", "swaps", "sys/kernel/random/boot_id", "timer_list", "uptime", "version", "vmstat",
)  # fmt: skip
"""Files of /proc that name this machine or show its load."""


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
    roots: Path | None = None
    """Root certificates for an app that may use the network."""


class Child:
    """A running box."""

    def __init__(self, process: asyncio.subprocess.Process, init_pid: int) -> None:
        self.process = process
        self.init_pid = init_pid
        """The box's process 1 as this machine numbers it; when it ends, all of the box does."""
        self._init_fd = os.pidfd_open(init_pid)

    async def dump(self) -> None:
        """Have a hung app write its traceback to its output (SIGABRT; ivi.sdk.boot has faulthandler on)."""
        for pid in _children(self.init_pid):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGABRT)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DUMP_TIMEOUT):
                await self.process.wait()

    async def kill(self) -> None:
        """End the box at once: its process 1 takes the whole pid namespace along."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._init_fd, signal.SIGKILL)
        try:
            async with asyncio.timeout(KILL_TIMEOUT):
                await self.process.wait()
        except TimeoutError:
            log.error("bubblewrap did not end with its box", extra={"pid": self.process.pid})  # noqa: TRY400  # no trace needed
            with contextlib.suppress(ProcessLookupError):
                self.process.kill()
            await self.process.wait()

    def close(self) -> None:
        """Release the handle on process 1."""
        os.close(self._init_fd)


def program() -> str:
    """Path of bubblewrap. Raises ConfigurationError where it is not installed."""
    found = shutil.which("bwrap")
    if found is None:
        raise ConfigurationError(
            "bubblewrap (bwrap) is not installed: apps stay off", hint="sudo apt install bubblewrap"
        )
    return found


def arguments(box: Box, link_fd: int, filter_fd: int, info_fd: int, egress_fd: int = -1) -> list[str]:
    """The command line of a box."""
    python = runtime()
    environment = {
        "PATH": "/usr/bin", "HOME": "/data", "LANG": "C.UTF-8", "PYTHONPATH": "/sdk:/app", "PYTHONUNBUFFERED": "1",
        **python.environment,
        **({"IVI_EGRESS_FD": str(egress_fd)} if egress_fd >= 0 else {}),
    }  # fmt: skip
    return [
        program(),
        "--unshare-all", "--unshare-user", "--disable-userns", "--uid", UID, "--gid", UID, "--hostname", "app",
        "--die-with-parent", "--new-session", "--cap-drop", "ALL",
        *python.arguments,
        "--proc", "/proc", "--dev", "/dev",
        "--size", str(box.tmp_mb << 20), "--tmpfs", "/tmp", "--size", str(SHM_MB << 20), "--tmpfs", "/dev/shm",  # noqa: S108  # inside
        *_own(box),
        *_masks(),
        "--remount-ro", "/", "--clearenv",
        *(word for name, value in environment.items() for word in ("--setenv", name, value)),
        "--seccomp", str(filter_fd), "--info-fd", str(info_fd), "--",
        # -S and -s: no site-packages; -P: the working folder is no place for modules; -B: nothing is written.
        python.python, "-s", "-S", "-P", "-B", "-m", "ivi.sdk.boot",
        str(link_fd), str(box.memory_mb), str(box.processes), box.entry,
    ]  # fmt: skip


async def spawn(box: Box, link_fd: int, egress_fd: int = -1) -> Child:
    """Start a box that inherits `link_fd`, and `egress_fd` if it gets a way out.

    Call it from the main thread, since --die-with-parent follows a thread.
    Raises ConfigurationError without bubblewrap or a filter, UnavailableError when the kernel refuses the box.
    """
    filter_fd = _memory_file(seccomp.load("solo" if box.processes == 1 else "family"))
    info_read, info_write = os.pipe()
    try:
        process = await asyncio.create_subprocess_exec(
            *arguments(box, link_fd, filter_fd, info_write, egress_fd),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            pass_fds=[fd for fd in (link_fd, filter_fd, info_write, egress_fd) if fd >= 0],
            env={"PATH": "/usr/bin:/bin"},
            cwd="/",
        )
    except OSError as error:
        os.close(info_read)
        raise UnavailableError(f"bubblewrap could not be started: {error.strerror}", hint="see `ivi doctor`") from error
    finally:
        os.close(filter_fd)
        os.close(info_write)
    try:
        return Child(process, await _init_pid(info_read))
    except (UnavailableError, ProcessLookupError) as error:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        said = await process.stdout.read(500) if process.stdout else b""
        await process.wait()
        text = said.decode(errors="replace").strip() or str(error)
        raise UnavailableError(f"the sandbox could not be built: {text}", hint="see `ivi doctor`") from error


async def _init_pid(info_read: int) -> int:
    """Process 1 of the box, from what bubblewrap writes to --info-fd (a small JSON object)."""
    reader = asyncio.StreamReader(limit=4096)
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(info_read, "rb", buffering=0)
    )
    try:
        async with asyncio.timeout(SPAWN_TIMEOUT):
            return int(json.loads(await reader.read())["child-pid"])
    except (TimeoutError, ValueError, KeyError) as error:
        raise UnavailableError("bubblewrap did not say which process it started") from error
    finally:
        transport.close()


def _own(box: Box) -> list[str]:
    """The app's code, read-only, and its data folder."""
    words: list[str] = []
    if box.roots is not None:
        words += ["--ro-bind", str(box.roots), "/etc/ssl/roots.pem"]
    if box.app_dir is not None:
        words += ["--ro-bind", str(box.app_dir), f"/app/{box.package}"]
    if box.data_dir is not None:
        words += ["--bind", str(box.data_dir), "/data", "--chdir", "/data"]
    return words


def _masks() -> list[str]:
    present = (f"/proc/{name}" for name in PROC_MASK if Path("/proc", name).exists())
    return [word for path in present for word in ("--ro-bind", "/dev/null", path)]


def _memory_file(data: bytes) -> int:
    """A descriptor that reads these bytes."""
    fd = os.memfd_create("filter", 0)
    os.write(fd, data)
    os.lseek(fd, 0, os.SEEK_SET)
    return fd


def _children(pid: int) -> list[int]:
    """Child processes (proc(5), task/…/children); none when the process has gone."""
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except OSError:
        return []
