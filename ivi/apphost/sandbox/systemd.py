# SPDX-License-Identifier: Apache-2.0
"""Starts one app as a transient unit of systemd, with a user of its own that exists only as long as it runs.

For a car whose host is a root service: systemd builds the box, so the host needs no user namespaces, and the app's user
is nobody else's. Nothing is inherited from systemd, so link and filter go over a socket at the unit's standard input,
and ivi.sdk.boot takes them over. What the unit is, ivi.apphost.sandbox.unit says.
"""

import asyncio
import contextlib
import itertools
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from functools import cache
from pathlib import Path

from ivi.apphost.sandbox import process_tree, seccomp
from ivi.apphost.sandbox.box import Box, Layer
from ivi.apphost.sandbox.boxed import BoxedChild
from ivi.apphost.sandbox.bubblewrap import memory_file
from ivi.apphost.sandbox.cgroup import CONTROLLERS, Group
from ivi.apphost.sandbox.launcher import Child
from ivi.apphost.sandbox.runtime import runtime
from ivi.apphost.sandbox.unit import command, empty_root
from ivi.daemon.paths import state_dir
from ivi.model.errors import ConfigurationError, UnavailableError

LEAST_VERSION = 257  # PrivatePIDs= and BindLogSockets=; Debian 13
START_TIMEOUT = 15.0  # seconds until the unit has taken its descriptors over
WORDS_TIMEOUT, WORDS_MAX = 2.0, 500  # seconds and bytes for what a unit says that did not come up
_CREDENTIALS = struct.Struct("3i")  # pid, uid, gid of struct ucred
_number = itertools.count(1)


class UnitGroup(Group):
    """The control group of a unit, which systemd makes and removes."""

    def remove(self) -> None:
        """Leave it to systemd."""


class UnitChild(BoxedChild):
    """An app's running unit. Its `process` is systemd-run, which ends with the unit."""

    def __init__(self, process: Process, main_pid: int, group: Group, layers: frozenset[Layer]) -> None:
        super().__init__(process, main_pid, group, layers)
        self._unit_group = group

    def pids(self) -> list[int]:
        """Processes of the unit."""
        return self._unit_group.pids()

    def signal_abort(self) -> None:
        """SIGABRT to the app, which is its box's process 1 and has a handler for it."""
        self.thaw()
        process_tree.send(self.pids(), signal.SIGABRT)


class SystemdLauncher:
    """Boxes made by systemd. The host has to be root and a unit itself, so that no app outlives it."""

    name = "systemd"

    async def spawn(self, box: Box, link_fd: int) -> Child:
        """Start a unit and hand it the link.

        Raises ConfigurationError where systemd cannot be asked, UnavailableError where it refuses.
        """
        host = host_unit()
        if not may_start_units() or host is None:
            raise ConfigurationError(
                "this process may not start units",
                hint=f"run the app host as a root service of systemd {LEAST_VERSION} or newer, or install bubblewrap",
            )
        python = runtime()
        name = f"ivi-app-{os.getpid()}-{next(_number)}"
        given = {"link": link_fd, **box.extra_fds} if link_fd >= 0 else dict(box.extra_fds)
        ours, theirs = socket.socketpair()
        filter_fd = memory_file(seccomp.load(box.filter_kind))
        try:
            given["filter"] = filter_fd
            # The answer comes with the sender's number as this machine knows it; it is asked for before it is sent.
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            socket.send_fds(ours, [b"x"], list(given.values()))
            words = command(box, python, empty_root(state_dir() / "apps"), list(given))
            process = await _run(name, host, words, theirs)
            theirs.close()
            try:
                return await _adopt(process, ours)
            except (UnavailableError, OSError) as error:
                said = await _last_words(process)
                await _stop(name, process)
                raise UnavailableError(f"the unit did not start: {said or error}", hint="see `ivi doctor`") from error
        finally:
            os.close(filter_fd)
            ours.close()
            theirs.close()


async def _run(name: str, host: str, unit: list[str], given: socket.socket) -> Process:
    """Ask systemd for the unit. It ends with the host's, but does not wait for it: the host may still be starting."""
    words = [
        "systemd-run", "--quiet", "--pipe", "--wait", "--collect", "--service-type=exec", f"--unit={name}",
        f"--property=BindsTo={host}", "--expand-environment=no", *unit,
    ]  # fmt: skip
    try:
        return await asyncio.create_subprocess_exec(
            *words, stdin=given.fileno(), stdout=PIPE, stderr=STDOUT, env={"PATH": "/usr/bin:/bin"}, cwd="/"
        )
    except OSError as error:
        raise UnavailableError(f"systemd-run could not be started: {error.strerror}") from error


async def _adopt(process: Process, ours: socket.socket) -> UnitChild:
    """Wait until the boot stage has taken its descriptors over; who it is, the kernel says."""
    ours.setblocking(False)
    ready = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(ours.fileno(), ready.set)
    ended = asyncio.create_task(process.wait())
    answered = asyncio.create_task(ready.wait())
    try:
        await asyncio.wait([ended, answered], timeout=START_TIMEOUT, return_when=asyncio.FIRST_COMPLETED)
        if not answered.done():
            raise UnavailableError("it ended" if ended.done() else f"no answer within {START_TIMEOUT:g} s")
        pid = _sender(ours)
    finally:
        loop.remove_reader(ours.fileno())
        ended.cancel()
        answered.cancel()
    group = UnitGroup(*_group(pid))
    return UnitChild(process, pid, group, frozenset({Layer.NAMESPACES, Layer.SCRATCH, Layer.OWN_UID}) | group.layers)


def _sender(ours: socket.socket) -> int:
    """The process that answered. Raises UnavailableError when nobody did."""
    data, ancillary, _, _ = ours.recvmsg(1, socket.CMSG_SPACE(_CREDENTIALS.size))
    for level, kind, found in ancillary:
        if data and (level, kind) == (socket.SOL_SOCKET, socket.SCM_CREDENTIALS):
            pid: int = _CREDENTIALS.unpack(found[: _CREDENTIALS.size])[0]
            return pid
    raise UnavailableError("the box ended before it answered")


def _group(pid: int) -> tuple[Path, frozenset[Layer]]:
    """The unit's control group, and what the kernel limits in it."""
    lines = Path(f"/proc/{pid}/cgroup").read_text(encoding="utf-8").splitlines()
    folder = Path("/sys/fs/cgroup", next(line[4:] for line in lines if line.startswith("0::/")))
    found = {"cgroup.freeze": Layer.CGROUP_FREEZE, **{f"{name}.max": layer for name, layer in CONTROLLERS.items()}}
    return folder, frozenset(layer for name, layer in found.items() if (folder / name).exists())


async def _last_words(process: Process) -> str:
    """What a unit said that did not come up; it has ended or is about to."""
    said = b""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(WORDS_TIMEOUT):
            while (
                process.stdout is not None and len(said) < WORDS_MAX and (part := await process.stdout.read(WORDS_MAX))
            ):
                said += part
    return said.decode(errors="replace").strip()


async def _stop(name: str, process: Process) -> None:
    """End a unit that did not come up, and systemd-run."""
    with contextlib.suppress(OSError):
        stopping = await asyncio.create_subprocess_exec(
            "systemctl", "kill", "--signal=KILL", f"{name}.service", stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL
        )
        await stopping.wait()
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    await process.wait()


def host_unit() -> str | None:
    """The service that this process belongs to; an app's unit ends with it."""
    try:
        text = Path("/proc/self/cgroup").read_text(encoding="utf-8")
    except OSError:
        return None
    found = re.search(r"^0::.*/([^/]+\.service)(/.*)?$", text, re.MULTILINE)
    return found[1] if found else None


@cache
def may_start_units() -> bool:
    """Whether systemd runs this machine, is new enough, and takes orders from this user."""
    if os.getuid() != 0 or not Path("/run/systemd/system").is_dir() or shutil.which("systemd-run") is None:
        return False
    return _version() >= LEAST_VERSION


def _version() -> int:
    try:
        said = subprocess.run(["systemd-run", "--version"], capture_output=True, text=True, timeout=10, check=True)
        return int(said.stdout.split()[1])
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return 0
