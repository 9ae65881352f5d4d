# SPDX-License-Identifier: Apache-2.0
"""Plays a log onto a CAN bus, each frame at its time, in a process that does nothing else."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import can

from ivi.model.errors import ConfigurationError, UnavailableError
from ivi.providers.replay.entry import LogEntry
from ivi.providers.replay.timeline import Lateness, Timeline

SLICE = 0.1  # seconds; the longest sleep without a look at `stopping`
AHEAD = 4096  # frames that are read before they are due; a burst of more is read while it is played
WAKE = 0.001  # seconds before a frame is due in which nothing is read ahead any more
BATCH = 100  # frames that go out in one call when several are due
SEND_TIMEOUT = 5.0  # seconds that a bus may take for one frame before it counts as busy for ever


@dataclass
class PlayResult:
    """What was played."""

    frames: int = 0
    seconds: float = 0.0
    lateness: Lateness = field(default_factory=Lateness)


def play(
    timeline: Timeline, bus: can.BusABC, speed: float, stopping: Callable[[], bool], seconds: float | None = None
) -> PlayResult:
    """Play until the log ends, `stopping()` or `seconds` are over; speed 0 is as fast as the bus takes frames.

    Raises UnavailableError when the bus takes no more, ConfigurationError where the log is damaged.
    """
    result = PlayResult()
    started = time.monotonic()
    batch: list[LogEntry] = []
    oldest = started  # when the first frame of the batch was due
    ahead = _Ahead(timeline)
    for due_ns, entry in ahead:
        due = started + due_ns / 1e9 / speed if speed else started
        if due > time.monotonic():
            _send(bus, batch, oldest if speed else 0.0, result)
            ahead.fill(due - WAKE)
            if not _sleep_until(due, stopping, None if seconds is None else started + seconds):
                break
        elif len(batch) >= BATCH:
            _send(bus, batch, oldest if speed else 0.0, result)
            if stopping() or (seconds is not None and time.monotonic() - started >= seconds):
                break
        oldest = oldest if batch else due
        batch.append(entry)
    else:
        _send(bus, batch, oldest if speed else 0.0, result)
        if ahead.error is not None:
            raise ahead.error
    result.seconds = time.monotonic() - started
    return result


class _Ahead:
    """Reads frames in the time that would be slept, so that a burst with one stamp goes out at once."""

    def __init__(self, timeline: Timeline) -> None:
        self._source = iter(timeline)
        self._waiting: deque[tuple[int, LogEntry]] = deque()
        self.error: ConfigurationError | None = None

    def __iter__(self) -> Iterator[tuple[int, LogEntry]]:
        """Ends where the log does; `error` says when it is damaged there."""
        while True:
            if self._waiting:
                yield self._waiting.popleft()
            elif self.error is not None or (following := self._next()) is None:
                return
            else:
                yield following

    def fill(self, until: float) -> None:
        """Read until this monotonic time, the bound, or the end."""
        while len(self._waiting) < AHEAD and time.monotonic() < until and (following := self._next()) is not None:
            self._waiting.append(following)

    def _next(self) -> tuple[int, LogEntry] | None:
        try:
            return next(self._source, None)
        except ConfigurationError as error:
            self.error = error
            return None


def _sleep_until(due: float, stopping: Callable[[], bool], end: float | None) -> bool:
    """Sleep in slices; False when the play is over."""
    while (wait := due - time.monotonic()) > 0:
        if stopping() or (end is not None and time.monotonic() >= end):
            return False
        time.sleep(min(wait, SLICE))
    return not stopping()


def _send(bus: can.BusABC, batch: list[LogEntry], oldest: float, result: PlayResult) -> None:
    if not batch:
        return
    if oldest:
        result.lateness.add(max(time.monotonic() - oldest, 0.0), len(batch))
    at_once: Any = getattr(bus, "send_batch", None)
    try:
        if at_once is not None:
            at_once(_records(batch), SEND_TIMEOUT)
        else:
            for entry in batch:
                bus.send(entry.message(), SEND_TIMEOUT)
    except (can.CanError, OSError, ValueError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise UnavailableError(
            f"the bus took no more after {result.frames} frames: {reason}", hint="is it alive, and does it carry FD?"
        ) from error
    result.frames += len(batch)
    batch.clear()


def _records(batch: Iterable[LogEntry]) -> list[tuple[int, int, int, int, bytes]]:
    """Records of our own bus, stamped by it (time 0); the flag "sent by me" is the log's, not the bus's."""
    return [(0, entry.key, entry.length, entry.flags & 0x07, entry.data) for entry in batch]
