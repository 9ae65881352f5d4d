# SPDX-License-Identifier: Apache-2.0
"""Finds out which layers of the sandbox hold on this machine, by building one and asking from inside."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from ivi.apphost.sandbox.bubblewrap import Box, spawn
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


async def probe() -> SandboxReport:
    """Build a sandbox like an app's and report. Never raises IviError: what is wrong becomes `problem`."""
    try:
        child = await spawn(Box(memory_mb=64, processes=2, tmp_mb=1, entry="--probe"), link_fd=-1)
    except ConfigurationError as error:
        return SandboxReport(usable=False, problem=Problem(f"Apps are off: {error.message}", "sandbox", error.hint))
    except IviError as error:
        return SandboxReport(usable=False, problem=_problem(error.message, error.hint))
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
    return _read(dict(word.split("=", 1) for word in said.split() if "=" in word))


async def _answer(stream: asyncio.StreamReader) -> str:
    """All that the probe says: bubblewrap writes a complaint in pieces, of which the first is only its own name."""
    said = b""
    while len(said) < _WORD_LIMIT and (piece := await stream.read(_WORD_LIMIT - len(said))):
        said += piece
    return said.decode(errors="replace")


def _read(found: dict[str, str]) -> SandboxReport:
    """The report from the words that ivi.sdk.boot prints."""
    if found.get("seccomp") != "1":
        return SandboxReport(
            usable=False, problem=_problem("the system call filter is not in force", "use a kernel with SECCOMP_FILTER")
        )
    layers = ["namespaces", "seccomp", "rlimits"]
    weaker: list[Problem] = []
    if found.get("landlock", "0") != "0":
        layers.append("landlock")
    else:
        weaker.append(
            Problem(
                "The kernel has no Landlock", "sandbox", "boot a kernel with CONFIG_SECURITY_LANDLOCK and lsm=landlock"
            )
        )
    if found.get("mdwe") == "1":
        layers.append("mdwe")
    else:
        weaker.append(Problem("The kernel cannot forbid writable code", "sandbox", "kernel 6.3 or newer has it"))
    if found.get("process_limit") == "1":
        layers.append("process-limit")
    else:
        weaker.append(
            Problem(
                "Apps that may fork are not limited in number",
                "sandbox",
                "run ivi as an ordinary user: root has no process limit",
            )
        )
    return SandboxReport(usable=True, layers=layers, weaker=weaker)


def _problem(message: str, hint: str) -> Problem:
    """What the screen says while no app can run."""
    if "nknown option" in message:
        hint = "install bubblewrap 0.8 or newer"
    return Problem(f"Apps are off: {message}", "sandbox", _kernel_hint() or hint)


def _kernel_hint() -> str:
    """What a switch of this kernel would explain, if one does."""
    if _switch("kernel/apparmor_restrict_unprivileged_userns") == "1":
        return (
            "AppArmor forbids user namespaces to ordinary programs (Ubuntu 23.10 and up): install an AppArmor profile "
            "for bwrap, or sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0"
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
