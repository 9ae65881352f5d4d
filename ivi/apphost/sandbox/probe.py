# SPDX-License-Identifier: Apache-2.0
"""Finds out which layers of the sandbox hold on this machine, by building one and asking from inside."""

import asyncio
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from ivi.apphost.sandbox.box import Box, Layer
from ivi.apphost.sandbox.launcher import Child, Launcher, choose
from ivi.model.errors import ConfigurationError, IviError
from ivi.model.status import Problem

PROBE_TIMEOUT = 10.0  # seconds; a cold disk has to bring the interpreter
_WORD_LIMIT = 4096  # bytes of the probe's answer


@dataclass(frozen=True)
class SandboxReport:
    """What was found. Apps run only when `usable`; `weaker` lists what is missing but does not forbid that."""

    usable: bool
    layers: list[str] = field(default_factory=list)
    problem: Problem | None = None
    weaker: list[Problem] = field(default_factory=list)


async def probe(launcher: Launcher | None = None) -> SandboxReport:
    """Build a sandbox like an app's and report. Never raises IviError: what is wrong becomes `problem`."""
    with tempfile.TemporaryDirectory(prefix="ivi-probe-") as folder:
        # Only root can have a data image, so only then is one tried.
        data = Path(folder) if os.getuid() == 0 else None
        box = Box(memory_mb=64, processes=2, tmp_mb=1, data_mb=2, data_dir=data, entry="--probe")
        try:
            child = await (launcher or choose()).spawn(box, -1)
        except ConfigurationError as error:
            return SandboxReport(usable=False, problem=Problem(f"Apps are off: {error.message}", "sandbox", error.hint))
        except IviError as error:
            return SandboxReport(usable=False, problem=_problem(error.message, error.hint))
        return await _ask(child)


async def _ask(child: Child) -> SandboxReport:
    """Let a box say what holds inside it, and add what was set from outside."""
    measured = child.memory() > 0
    try:
        async with asyncio.timeout(PROBE_TIMEOUT):
            said = await _answer(child.process.stdout) if child.process.stdout else ""
            status = await child.process.wait()
    except TimeoutError:
        await child.kill()
        return SandboxReport(usable=False, problem=_problem("the sandbox does not answer", "see `ivi doctor`"))
    finally:
        child.close()
    if status != 0:
        return SandboxReport(usable=False, problem=_problem(said.strip() or f"status {status}", "see `ivi doctor`"))
    outside = child.layers | ({Layer.RESOURCE_WATCH} if measured else set())
    return _read(dict(word.split("=", 1) for word in said.split() if "=" in word), frozenset(outside))


async def _answer(stream: asyncio.StreamReader) -> str:
    """All that the probe says: bubblewrap writes a complaint in pieces, of which the first is only its own name."""
    said = b""
    while len(said) < _WORD_LIMIT and (piece := await stream.read(_WORD_LIMIT - len(said))):
        said += piece
    return said.decode(errors="replace")


WEAKER = (
    (Layer.LANDLOCK, "The kernel has no Landlock", "boot a kernel with CONFIG_SECURITY_LANDLOCK and lsm=landlock"),
    (Layer.MDWE, "The kernel cannot forbid writable code", "kernel 6.3 or newer has it"),
    (
        Layer.PROCESS_LIMIT,
        "Apps that may fork are not limited in number, so they are not started",
        "run ivi as an ordinary user: root has no process limit",
    ),
    (
        Layer.SCRATCH,
        "What apps write is not limited in number of files, and programs in it could be run",
        "allow user namespaces to unshare(1), or see docs/security.md",
    ),
    (
        Layer.CGROUP_MEMORY,
        "The kernel does not limit the memory of an app's processes together: the host watches it",
        "run ivi as a service with Delegate=yes; on a Raspberry Pi boot with cgroup_enable=memory",
    ),
)
"""What a machine may lack: the layer, what its absence means, and how to get it."""


def _read(found: dict[str, str], outside: frozenset[Layer]) -> SandboxReport:
    """The report from the words that ivi.sdk.boot prints and the layers that the launcher set."""
    if found.get("seccomp") != "1":
        return SandboxReport(
            usable=False, problem=_problem("the system call filter is not in force", "use a kernel with SECCOMP_FILTER")
        )
    if found.get("neutral") != "1":
        return SandboxReport(usable=False, problem=_problem("the sandbox shows folders of this machine", ""))
    active = outside | {Layer.SECCOMP}
    for layer, word in (
        (Layer.RLIMITS, "rlimits"), (Layer.LANDLOCK, "landlock"), (Layer.MDWE, "mdwe"),
        (Layer.PROCESS_LIMIT, "process_limit"),
    ):  # fmt: skip
        if found.get(word, "0") != "0":
            active |= {layer}
    if Layer.CGROUP_PIDS in active:
        active |= {Layer.PROCESS_LIMIT}
    weaker = [Problem(what, "sandbox", hint) for layer, what, hint in WEAKER if layer not in active]
    return SandboxReport(usable=True, layers=[layer.value for layer in Layer if layer in active], weaker=weaker)


def _problem(message: str, hint: str) -> Problem:
    """What the screen says while no app can run."""
    if "nknown option" in message:
        hint = "install bubblewrap 0.8 or newer"
    return Problem(f"Apps are off: {message}", "sandbox", _kernel_hint() or hint)


def _kernel_hint() -> str:
    """What a switch of this kernel would explain, if one does."""
    if _switch("kernel/apparmor_restrict_unprivileged_userns") == "1":
        return (
            "AppArmor forbids user namespaces to ordinary programs (Ubuntu 23.10 and up): install the profile "
            "systemd/apparmor.d/ivi-bwrap, see docs/security.md"
        )
    if _switch("kernel/unprivileged_userns_clone") == "0":
        return "sudo sysctl kernel.unprivileged_userns_clone=1"
    if _switch("user/max_user_namespaces") == "0":
        return "sudo sysctl user.max_user_namespaces=15000"
    return ""


def _switch(name: str) -> str:
    try:
        return Path("/proc/sys", name).read_text(encoding="ascii").strip()
    except OSError:
        return ""
