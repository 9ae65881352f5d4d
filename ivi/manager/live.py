# SPDX-License-Identifier: Apache-2.0
"""What `ivi run` prints: a line for each change of a process, and one line of numbers that is rewritten."""

import sys
import time
from collections.abc import Mapping
from typing import TextIO

from ivi.manager.child import Child
from ivi.model.manager import ProcessState
from ivi.model.status import ProcessStatus

_WORDS = {
    ProcessState.WAITING: "waits",
    ProcessState.STARTING: "starts",
    ProcessState.READY: "is ready",
    ProcessState.RESTARTING: "died and is started again",
    ProcessState.FAILED: "cannot run",
    ProcessState.STOPPED: "stopped",
}


class LiveStatus:
    """Prints for people; on a terminal the last line is rewritten, in a file there are only lines of change."""

    def __init__(self, output: TextIO | None = None) -> None:
        self._output = output or sys.stdout
        self._started = time.monotonic()
        self._terminal = self._output.isatty()
        self._shown = False
        self._problems: set[tuple[str, str, str]] = set()
        self._seen: set[tuple[str, str, str]] = set()

    def change(self, child: Child) -> None:
        """A process changed its state. Starting without a reason is no news."""
        if child.state is ProcessState.STARTING and not child.reason:
            return
        reason = f": {child.reason}" if child.reason else ""
        self.say(f"{child.spec.name:<11} {_WORDS[child.state]}{reason}")

    def say(self, text: str) -> None:
        """One line that stays."""
        if self._shown:
            self._output.write("\r\033[K")
            self._shown = False
        self._output.write(f"{time.monotonic() - self._started:6.1f} s  {text}\n")
        self._output.flush()

    def problems(self, statuses: Mapping[str, ProcessStatus]) -> None:
        """Say what is newly off and what works again; what lasts for one look only (a start, a restart) is no news."""
        now = {(name, problem.what, problem.hint) for name, status in statuses.items() for problem in status.problems}
        lasting = (now & self._seen) - self._problems
        for name, what, hint in sorted(lasting):
            self.say(f"{name:<11} {what} ({hint})")
        for name, what, _hint in sorted(self._problems - now):
            if name in statuses:
                self.say(f"{name:<11} works again, after: {what}")
        self._problems = {known for known in self._problems | lasting if known in now or known[0] not in statuses}
        self._seen = now

    def numbers(self, statuses: Mapping[str, ProcessStatus], megabytes: float) -> None:
        """Rewrite the line of numbers; nothing when the output is no terminal."""
        if not self._terminal:
            return
        data = statuses["databroker"].counters if "databroker" in statuses else {}
        cloud = statuses["cloud"].counters if "cloud" in statuses else {}
        parts = [
            f"{data.get('frames_received', 0):,} frames",
            f"{data.get('frames_dropped', 0)} dropped",
            f"{data.get('signals_current', 0)} signals",
            f"{cloud.get('mqtt_acknowledged', 0)} rows at the fleet",
            f"{megabytes:.0f} MB",
        ]
        self._output.write("\r\033[K" + f"{time.monotonic() - self._started:6.1f} s  " + " · ".join(parts))
        self._output.flush()
        self._shown = True
