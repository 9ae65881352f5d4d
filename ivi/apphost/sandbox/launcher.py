# SPDX-License-Identifier: Apache-2.0
"""What every way of boxing an app offers to those who start and supervise apps, and the choice between the ways.

`bwrap` is the default: it needs no rights and no service manager. `systemd` starts each app as a transient unit with a
user of its own (DynamicUser); it needs systemd as process 1 and the right to start units, which on a car only root has.
"""

import os
from asyncio.subprocess import Process
from typing import Protocol

from ivi.apphost.sandbox.box import Box, Layer
from ivi.model.errors import ConfigurationError

CHOICE_VARIABLE = "IVI_APP_LAUNCHER"


class Child(Protocol):
    """A running box."""

    @property
    def process(self) -> Process:
        """What to wait for; its standard output is the app's. It ends when the box has."""
        ...

    @property
    def layers(self) -> frozenset[Layer]:
        """Layers that the launcher set for this box; what the app's own process sets is in the probe's report."""
        ...

    def pids(self) -> list[int]:
        """Processes of the box as this machine numbers them; empty when it has ended."""
        ...

    def memory(self) -> int:
        """Bytes of memory that the box uses now."""
        ...

    def cpu_time(self) -> float:
        """Seconds of processor time that the box has used since its start."""
        ...

    def files(self) -> int:
        """Files and folders in what the box may write; 0 where it cannot be seen."""
        ...

    def freeze(self) -> None:
        """Stop all processes of the box where they are."""
        ...

    def thaw(self) -> None:
        """Let them go on."""
        ...

    def signal_abort(self) -> None:
        """Have the app write the traceback of each thread to its output and end (SIGABRT)."""
        ...

    async def dump(self) -> None:
        """signal_abort, and wait a moment for the traceback."""
        ...

    async def kill(self) -> None:
        """End the box at once, all of it, frozen or not; returns when it has ended."""
        ...

    def close(self) -> None:
        """Release what the host holds for the box, which has to have ended."""
        ...


class Launcher(Protocol):
    """A way of boxing apps."""

    name: str

    async def spawn(self, box: Box, link_fd: int) -> Child:
        """Start a box whose app has the link at `link_fd`.

        Raises ConfigurationError when this machine lacks what it takes, UnavailableError when the box is refused.
        """
        ...


def choose() -> Launcher:
    """The launcher for this machine: the one that $IVI_APP_LAUNCHER names, else bwrap, else systemd where it can.

    Raises ConfigurationError when there is none.
    """
    # Here, because both import this module's protocols.
    from ivi.apphost.sandbox.bubblewrap import BubblewrapLauncher, program  # noqa: PLC0415
    from ivi.apphost.sandbox.systemd import SystemdLauncher, may_start_units  # noqa: PLC0415

    wanted = os.environ.get(CHOICE_VARIABLE, "")
    if wanted not in {"", "bwrap", "systemd"}:
        raise ConfigurationError(f"{CHOICE_VARIABLE} is {wanted!r}", hint="use bwrap or systemd, or leave it out")
    if wanted == "systemd":
        return SystemdLauncher()
    try:
        program()
    except ConfigurationError:
        if wanted or not may_start_units():
            raise
        return SystemdLauncher()
    return BubblewrapLauncher()
