# SPDX-License-Identifier: Apache-2.0
"""The state of one bus in a word, and its problems: reported when they begin, taken back when they end."""

from collections.abc import Iterable

from ivi.daemon.process import Process
from ivi.model.status import Problem
from ivi.providers.can.bus_spec import BusSpec
from ivi.providers.can.condition import HINTS, Condition, condition_of, lost_by_controller
from ivi.providers.can.frame import ERROR, Frame

SILENT = 5.0  # seconds without a frame after which an open bus is called silent
CALM = 2.0  # seconds within its rate after which a bus no longer babbles
RECOVERED = 1.0  # seconds after bus-off at which a frame proves that the controller is back


class BusState:
    """Judges one bus from what its reader tells."""

    def __init__(self, process: Process, bus: BusSpec) -> None:
        self.reason = ""
        """Why the bus is away."""
        self.throttled = 0
        """How often reading paused because the bus brought more than its rate."""
        self.overflows = 0
        """How often the controller said that it lost frames."""
        self._process = process
        self._bus = bus
        self._open_since: float | None = None
        self._condition = Condition.ACTIVE
        self._condition_at: float | None = None
        self._babbled_at: float | None = None
        self._silent = False

    @property
    def word(self) -> str:
        """The worst that holds: see ivi.model.health.BusHealth."""
        if self._open_since is None:
            return "away"
        if self._condition in HINTS:
            return self._condition.value
        if self._babbled_at is not None:
            return "babbling"
        if self._silent:
            return "silent"
        return "ok" if self._condition is Condition.ACTIVE else self._condition.value

    def on_open(self, warning: str, hint: str, now: float) -> None:
        """The bus works; `warning` is what is off though it does."""
        self.reason = ""
        self._open_since = now
        self._resolve("")
        if warning:
            self._report("buffer", f"CAN bus {self._bus.name}: {warning}", hint)
        else:
            self._resolve("buffer")

    def on_failed(self, reason: str) -> None:
        """The bus is away; what it said of itself before is void."""
        self.reason = reason
        self._open_since = self._babbled_at = None
        self._silent = False
        self._set(Condition.ACTIVE)
        for kind in ("rate", "silent", "buffer"):
            self._resolve(kind)
        self._report("", f"The CAN bus {self._bus.name} is away: {reason}", "it is tried again each second")

    def on_throttled(self, now: float) -> None:
        """Reading paused because of the bus's rate."""
        self.throttled += 1
        self._babbled_at = now
        self._report(
            "rate",
            f"The CAN bus {self._bus.name} babbles: more than {self._bus.max_rate} frames per second; some are dropped",
            "find the node that sends too much, or raise rate= of --bus",
        )

    def on_odd(self, frames: Iterable[Frame]) -> None:
        """Error frames change the condition; the last one counts."""
        for frame in frames:
            if not frame.key & ERROR:
                continue
            self.overflows += lost_by_controller(frame)
            if (condition := condition_of(frame)) is not None:
                self._set(condition)

    def tick(self, now: float, last_frame: float | None) -> None:
        """Look at the clock: silence, the end of babbling, the return from bus-off."""
        if self._babbled_at is not None and now - self._babbled_at > CALM:
            self._babbled_at = None
            self._resolve("rate")
        if self._condition is Condition.OFF:
            if self._condition_at is None:
                self._condition_at = now
            elif last_frame is not None and last_frame > self._condition_at + RECOVERED:
                self._set(Condition.ACTIVE)
        if self._open_since is not None:
            self._judge_silence(now - max(self._open_since, last_frame or 0.0))

    def _judge_silence(self, quiet: float) -> None:
        if quiet > SILENT and not self._silent:
            self._silent = True
            self._report(
                "silent",
                f"The CAN bus {self._bus.name} is silent: no frame for {SILENT:g} s",
                "is the car awake, the bus plugged in, and the bit rate right?",
            )
        elif quiet <= SILENT and self._silent:
            self._silent = False
            self._resolve("silent")

    def _set(self, condition: Condition) -> None:
        if condition is self._condition:
            return
        self._condition, self._condition_at = condition, None
        hint = HINTS.get(condition, "")
        if hint:
            hint = hint.replace("CHANNEL", self._bus.channel)
            self._report("condition", f"The CAN bus {self._bus.name} is {condition.value}", hint)
        else:
            self._resolve("condition")

    def _report(self, kind: str, what: str, hint: str) -> None:
        self._process.report(self._key(kind), Problem(what, self._bus.address, hint))

    def _resolve(self, kind: str) -> None:
        self._process.resolve(self._key(kind))

    def _key(self, kind: str) -> str:
        return f"bus:{self._bus.name}:{kind}" if kind else f"bus:{self._bus.name}"
