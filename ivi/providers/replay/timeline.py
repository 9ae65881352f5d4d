# SPDX-License-Identifier: Apache-2.0
"""When each frame of a log is due, counted from the start of the play: seek, loops, cut silences, rewritten ids.

Every due time is the frame's distance from the log's first stamp, never a sum of sleeps, so that nothing drifts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ivi.model.errors import ConfigurationError
from ivi.providers.can.frame import ERROR, EXTENDED, ID_MASK, REMOTE
from ivi.providers.replay.entry import LogEntry
from ivi.providers.replay.options import ReplayOptions

BACKWARDS = 1_000_000_000  # ns; frames out of order by less are played at once, more is a clock that was set
LEAST_LOOP_GAP = 1_000_000  # ns between the last frame and the first one again
_NS = 1_000_000_000
_ID = EXTENDED | ID_MASK


class Timeline:
    """Iterates over (due in ns since the start at speed 1, frame). Stamps of the frames go on evenly over loops."""

    def __init__(self, open_log: Callable[[], Iterator[LogEntry]], options: ReplayOptions) -> None:
        self._open = open_log
        self._options = options
        self._origin: int | None = None
        self._end = 0
        self.loops = 0
        """Times that the log began again."""
        self.gaps_cut = 0
        self.clock_steps = 0
        """Times that the stamps went back by more than a second."""

    def __iter__(self) -> Iterator[tuple[int, LogEntry]]:
        """Raises ConfigurationError when the log is damaged or has nothing to play."""
        base = 0
        while True:
            frames = 0
            for due, entry in self._once(base):
                frames += 1
                yield due, entry
            if not frames:
                where = f" on {self._options.channel}" if self._options.channel else ""
                after = f" after {self._options.seek:g} s" if self._options.seek else ""
                raise ConfigurationError(f"the recording has no frame{where}{after}", hint="see `ivi can stat LOG`")
            if not self._options.loop:
                return
            self.loops += 1
            base = self._end + max((self._end - base) // frames, LEAST_LOOP_GAP)

    def _once(self, base: int) -> Iterator[tuple[int, LogEntry]]:
        options = self._options
        max_gap = int(options.max_gap * _NS)
        start = previous = None
        shift = 0
        for entry in self._open():
            if start is None:
                start = previous = entry.time_ns + int(options.seek * _NS)
            if previous is None or (previous == start and entry.time_ns < start and options.seek):
                continue
            if options.channel and entry.channel != options.channel:
                continue
            step = entry.time_ns - previous
            if step < -BACKWARDS:
                shift -= step
                self.clock_steps += 1
            elif max_gap and step > max_gap:
                shift -= step - max_gap
                self.gaps_cut += 1
            previous = entry.time_ns
            due = base + entry.time_ns - start + shift
            self._end = max(self._end, due)
            self._origin = start if self._origin is None else self._origin
            yield due, self._renamed(entry._replace(time_ns=self._origin + due))

    def _renamed(self, entry: LogEntry) -> LogEntry:
        if not self._options.ids or (new := self._options.ids.get(entry.key & _ID)) is None:
            return entry
        return entry._replace(key=new | entry.key & (REMOTE | ERROR))


@dataclass
class Lateness:
    """How much later than due the frames were played."""

    frames: int = 0
    late: int = 0
    """Frames that were more than `limit` behind."""
    limit: float = 0.005  # seconds; a scheduler's slice, below what any cyclic message would notice
    worst: float = 0.0
    """Seconds."""
    total: float = 0.0
    """Seconds, summed over all frames."""

    def add(self, seconds: float, frames: int = 1) -> None:
        """Note frames that went out this long after they were due."""
        self.frames += frames
        self.total += seconds * frames
        self.worst = max(self.worst, seconds)
        if seconds > self.limit:
            self.late += frames

    @property
    def mean(self) -> float:
        """Seconds."""
        return self.total / self.frames if self.frames else 0.0
