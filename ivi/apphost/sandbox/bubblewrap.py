# SPDX-License-Identifier: Apache-2.0
"""Starts one app under bubblewrap, and ends it so that nothing of it is left.

Without bubblewrap or the filter nothing is started. What only the app's own process can set (limits, Landlock, MDWE) is
done by ivi.sdk.boot before the app's code is loaded. There is no /proc in the box: mountinfo would name folders of the
host, and no file of it is needed. There is no terminal device either.
"""

import asyncio
import contextlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ivi.apphost.sandbox import seccomp
from ivi.apphost.sandbox.box import INSIDE, Box, Layer
from ivi.apphost.sandbox.boxed import BoxedChild
from ivi.apphost.sandbox.cgroup import Group, new_group
from ivi.apphost.sandbox.launcher import Child
from ivi.apphost.sandbox.runtime import runtime
from ivi.apphost.sandbox.scratch import Scratch, scratch
from ivi.model.errors import ConfigurationError, UnavailableError

__all__ = ["Box", "BubblewrapLauncher", "Child", "program", "spawn"]

SPAWN_TIMEOUT = 5.0  # seconds until bubblewrap has built the box
OOM_SCORE = 500  # of 1000
UID = "1000"  # inside
ROOTS = "/etc/ssl/roots.pem"  # inside; as ivi.sdk.outlet tells HTTP libraries
SDK = "/sdk"  # inside; the app's own folder is put on Python's path by ivi.sdk.boot, once the process is confined
DEVICES = ("null", "zero", "urandom")


class BubblewrapLauncher:
    """Boxes made by bubblewrap.

    `without` leaves layers out. It exists to measure what each layer stops; the program never uses it.
    """

    name = "bwrap"

    def __init__(self, without: frozenset[Layer] = frozenset()) -> None:
        self._without = without

    async def spawn(self, box: Box, link_fd: int) -> Child:
        """Start a box that inherits `link_fd`. Call it from the main thread: --die-with-parent follows a thread.

        Raises ConfigurationError without bubblewrap or a filter, UnavailableError when the kernel refuses the box.
        """
        python = runtime()
        app = [str(path) for path in (box.app_dir, box.roots) if path is not None]
        writable = scratch(box, [*python.sources, *app], prefix=sys.base_prefix, plain=Layer.SCRATCH in self._without)
        group = None if Layer.CGROUP_FREEZE in self._without else new_group(box)
        self._refuse_unlimited(box, writable, group)
        try:
            with _pipes(box, self._without) as (filter_fd, info, block):
                words = arguments(box, Descriptors(link_fd, filter_fd, info[1]), writable, self._without)
                process = await _start([*words[0], "--block-fd", str(block[0]), *words[1]], [
                    link_fd, filter_fd, info[1], block[0], *box.extra_fds.values(),
                ])  # fmt: skip
                os.close(info[1])
                info[1] = -1
                return await self._adopt(process, info, block[1], group, writable)
        except (ConfigurationError, UnavailableError):
            if group is not None:
                group.remove()
            raise

    async def _adopt(
        self, process: asyncio.subprocess.Process, info: list[int], block: int, group: Group | None, writable: Scratch
    ) -> Child:
        """Learn the box's process 1, put it into its group, and let it go on."""
        layers = {Layer.NAMESPACES} | writable.layers | (group.layers if group else set())
        try:
            read, info[0] = info[0], -1
            child = BoxedChild(process, await _init_pid(read), group, frozenset(layers - self._without))
            if group is not None:
                # Moving a process takes the kernel some 10 ms, for which other apps must not wait.
                await asyncio.to_thread(group.add, [child.init_pid])
            _die_first(child.init_pid)
            os.write(block, b"x")
        except (UnavailableError, OSError) as error:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            said = await process.stdout.read(500) if process.stdout else b""
            await process.wait()
            text = said.decode(errors="replace").strip() or str(error)
            raise UnavailableError(f"the sandbox could not be built: {text}", hint="see `ivi doctor`") from error
        return child

    def _refuse_unlimited(self, box: Box, writable: Scratch, group: Group | None) -> None:
        """No app may fork where nothing counts its processes. Raises ConfigurationError."""
        counted = os.getuid() != 0 or Layer.OWN_UID in writable.layers
        counted = counted or (group is not None and Layer.CGROUP_PIDS in group.layers)
        if box.processes > 1 and not counted and not self._without and box.entry != "--probe":
            if group is not None:
                group.remove()
            raise ConfigurationError(
                f"nothing limits the number of processes here, and the app asks for {box.processes}",
                hint="run ivi as an ordinary user, or with a delegated control group that has the pids controller",
            )


async def spawn(box: Box, link_fd: int) -> Child:
    """Start a box with all layers that this machine has; see BubblewrapLauncher.spawn."""
    return await BubblewrapLauncher().spawn(box, link_fd)


def program() -> str:
    """Path of bubblewrap. Raises ConfigurationError where it is not installed."""
    found = shutil.which("bwrap")
    if found is None:
        raise ConfigurationError(
            "bubblewrap (bwrap) is not installed: apps stay off", hint="sudo apt install bubblewrap"
        )
    return found


class Descriptors(NamedTuple):
    """What bubblewrap inherits: the app's link, the filter (-1 for none) and the pipe for its own words."""

    link: int
    filter: int
    info: int


def arguments(
    box: Box, fds: Descriptors, writable: Scratch, without: frozenset[Layer] = frozenset()
) -> tuple[list[str], list[str]]:
    """The command line of a box in two parts; further options of bubblewrap may stand between them."""
    python = runtime()
    binds = [writable.moved.get(word, word) for word in python.arguments]
    environment = {
        "PATH": "/usr/bin", "HOME": "/data", "LANG": "C.UTF-8", "PYTHONPATH": SDK, "PYTHONUNBUFFERED": "1",
        **python.environment,
    }  # fmt: skip
    devices = [word for name in DEVICES for word in ("--dev-bind", f"/dev/{name}", f"/dev/{name}")]
    devices += ["--symlink", "urandom", "/dev/random"]
    app: list[str] = []
    if box.roots is not None:
        app += ["--ro-bind", writable.moved.get(str(box.roots), str(box.roots)), ROOTS]
    if box.app_dir is not None:
        app += ["--ro-bind", writable.moved.get(str(box.app_dir), str(box.app_dir)), f"/app/{box.package}"]
    apart = ["--unshare-all", "--unshare-user", "--disable-userns", "--uid", UID, "--gid", UID, "--hostname", "app"]
    whole: list[str] = []
    if Layer.NAMESPACES in without:
        apart, devices, whole = [], [], _whole_machine(binds)
    options = [
        *writable.prefix, program(), *apart, "--die-with-parent", "--new-session", "--cap-drop", "ALL",
        *binds, *devices, *writable.mounts, *whole, "--chdir", "/data", *app,
        "--remount-ro", "/", "--clearenv",
        *(word for name, value in environment.items() for word in ("--setenv", name, value)),
        *(["--seccomp", str(fds.filter)] if fds.filter >= 0 else []), "--info-fd", str(fds.info),
    ]  # fmt: skip
    return options, ["--", *boot_command(python.python, box, fds.link, without)]


def _whole_machine(there: list[str]) -> list[str]:
    """In the place of namespaces, to measure what they stop: all of this machine, as it is, over what is `there`."""
    words: list[str] = []
    for path in map(str, Path("/").iterdir()):
        if not Path(path).is_symlink():
            words += ["--dev-bind", path, path]
        elif path not in there:
            words += ["--symlink", str(Path(path).readlink()), path]
    return words


def boot_command(
    python: str, box: Box, link_fd: int, without: frozenset[Layer] = frozenset(), handover: str = ""
) -> list[str]:
    """The command inside: Python without site-packages, without the working folder, writing no .pyc, then the app."""
    left_out = sorted(without & INSIDE | ({Layer.MDWE} if not box.mdwe else set()))
    return [
        python, "-s", "-S", "-P", "-B", "-m", "ivi.sdk.boot",
        f"link={link_fd}", f"memory={box.memory_mb}", f"processes={box.processes}", f"net={int(box.net)}",
        *([f"without={','.join(left_out)}"] if left_out else []),
        *([f"handover={handover}"] if handover else [f"fd.{name}={fd}" for name, fd in box.extra_fds.items()]),
        f"entry={box.entry}",
    ]  # fmt: skip


@contextlib.contextmanager
def _pipes(box: Box, without: frozenset[Layer]) -> Iterator[tuple[int, list[int], list[int]]]:
    """The filter's descriptor, the pipe that bubblewrap writes to and the one that it waits on; closed at the end."""
    filter_fd = -1 if Layer.SECCOMP in without else memory_file(seccomp.load(box.filter_kind))
    info, block = list(os.pipe()), list(os.pipe())
    try:
        yield filter_fd, info, block
    finally:
        for fd in (filter_fd, *info, *block):
            if fd >= 0:
                os.close(fd)


async def _start(words: list[str], inherited: list[int]) -> asyncio.subprocess.Process:
    try:
        return await asyncio.create_subprocess_exec(
            *words,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            pass_fds=[fd for fd in inherited if fd >= 0],
            env={"PATH": "/usr/bin:/bin:/usr/sbin:/sbin"},
            cwd="/",
        )
    except OSError as error:
        raise UnavailableError(f"bubblewrap could not be started: {error.strerror}", hint="see `ivi doctor`") from error


def _die_first(pid: int) -> None:
    """When memory runs out, the kernel looks here before it looks at anything of the car."""
    Path(f"/proc/{pid}/oom_score_adj").write_text(str(OOM_SCORE), encoding="ascii")


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


def memory_file(data: bytes) -> int:
    """A descriptor that reads these bytes."""
    fd = os.memfd_create("filter", 0)
    os.write(fd, data)
    os.lseek(fd, 0, os.SEEK_SET)
    return fd
