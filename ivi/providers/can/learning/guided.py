# SPDX-License-Identifier: Apache-2.0
"""Recording a live bus while a person is told what to press and when, or marks the presses with Enter."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import can

from ivi.model.errors import ConfigurationError, DeadlineError, UnavailableError
from ivi.providers.can.frame import Frame, from_message
from ivi.providers.can.learning.marks import Marks
from ivi.providers.can.learning.recording import MAX_FRAMES, Recording, sort_frames

WAIT = 0.05  # seconds of one look at the bus; how late a countdown may be
REACTION = 0.25  # seconds from the word on the screen to the finger
SILENT = 3.0  # seconds without a frame after which the bus is called silent
MARK_WAIT = 120.0  # seconds that a person may take for the next mark


@dataclass(frozen=True)
class Rhythm:
    """When the person shall press: `count` times, each held `hold` seconds, with `pause` seconds before each."""

    count: int = 5
    hold: float = 1.0
    pause: float = 2.0
    lead: float = 3.0
    """Seconds of countdown before the first."""

    def steps(self) -> list[tuple[float, str, bool]]:
        """What to say at which second, and whether it is pressed from then on."""
        found = [(float(second), f"{self.lead - second:.0f} …", False) for second in range(int(self.lead))]
        at = self.lead
        for number in range(1, self.count + 1):
            found.append((at, f"PRESS  ({number} of {self.count})", True))
            found.append((at + self.hold, "release", False))
            at += self.hold + self.pause
        found.append((at, "done", False))
        return found


def open_bus(address: str) -> can.BusABC:
    """Open `interface:channel`. Raises ConfigurationError, UnavailableError."""
    interface, _, channel = address.partition(":")
    if not interface or not channel:
        raise ConfigurationError(
            f"{address!r} names no CAN bus", hint="interface:channel, e.g. socketcan:can0 or ivi:can0"
        )
    try:
        return can.Bus(interface=interface, channel=channel)
    except (can.CanError, OSError, ValueError, ImportError) as error:
        raise UnavailableError(f"cannot open the CAN bus {address}: {error}", hint="is it up?") from error


def record_rhythm(address: str, label: str, rhythm: Rhythm, say: Callable[[str], None]) -> tuple[Recording, Marks]:
    """Record while the person follows the rhythm. Raises UnavailableError when the bus is silent."""
    steps = rhythm.steps()
    frames, began = _record(address, steps, say)
    presses = [start for start, _, pressed in steps if pressed]
    recording = sort_frames(frames, f"the bus {address}")
    shift = began - recording.began
    spans = tuple((start + shift + REACTION, start + shift + REACTION + rhythm.hold) for start in presses)
    return recording, Marks(label, spans)


def record_enter(
    address: str, label: str, count: int, enter: Callable[[float], bool], say: Callable[[str], None]
) -> tuple[Recording, Marks]:
    """Record while the person marks each press and each release. `enter(seconds)` waits so long for a mark.

    Raises UnavailableError when the bus is silent, DeadlineError when no mark comes for a long time.
    """
    frames: list[Frame] = []
    marks: list[float] = []
    with open_bus(address) as bus:
        say(f"press, and Enter as you do; release, and Enter again; {count} times")
        began = time.time()
        while len(marks) < 2 * count and len(frames) < MAX_FRAMES:
            _take(bus, time.monotonic() + WAIT, frames)
            if enter(0.0):
                marks.append(time.time())
                say(f"{'pressed' if len(marks) % 2 else 'released'} ({(len(marks) + 1) // 2} of {count})")
            if not frames and time.time() > began + SILENT:
                raise _silent(address)
            if time.time() > max([began, *marks]) + MARK_WAIT:
                raise DeadlineError(
                    f"no Enter for {MARK_WAIT:g} s ({len(marks)} of {2 * count} marks)", hint="start again"
                )
        _take(bus, time.monotonic() + 1.0, frames)
    recording = sort_frames(frames, f"the bus {address}")
    times = [mark - recording.began for mark in marks]
    return recording, Marks(label, tuple(zip(times[::2], times[1::2], strict=True)))


def record_for(address: str, seconds: float) -> Recording:
    """Record a live bus. Raises UnavailableError when it is silent."""
    frames, _ = _record(address, [(seconds, "", False)], lambda _: None)
    return sort_frames(frames, f"the bus {address}")


def _record(
    address: str, steps: list[tuple[float, str, bool]], say: Callable[[str], None]
) -> tuple[list[Frame], float]:
    """Frames, and the wall clock at second 0 of the steps."""
    frames: list[Frame] = []
    with open_bus(address) as bus:
        began, zero = time.time(), time.monotonic()
        for at, words, _ in steps:
            while time.monotonic() < zero + at and len(frames) < MAX_FRAMES:
                _take(bus, min(time.monotonic() + WAIT, zero + at), frames)
                if not frames and time.monotonic() > zero + SILENT:
                    raise _silent(address)
            if words:
                say(words)
    if not frames:
        raise _silent(address)
    return frames, began


def _take(bus: can.BusABC, until: float, frames: list[Frame]) -> None:
    while (left := until - time.monotonic()) > 0:
        try:
            message = bus.recv(left)
        except (can.CanError, OSError) as error:
            raise UnavailableError(f"the CAN bus failed: {error}", hint="see `ivi status`") from error
        if message is not None:
            frames.append(from_message(message))


def _silent(address: str) -> UnavailableError:
    return UnavailableError(f"no frame on {address}", hint="is the ignition on, and the bit rate right?")
