# SPDX-License-Identifier: Apache-2.0
"""How one bus and its signals do: rates, ages, time-outs and bad frames. Pure: the time comes with each call."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from ivi.model.health import SignalHealth
from ivi.providers.can.batch import FrameBatch
from ivi.providers.can.checksums import Faults
from ivi.providers.can.dbc import LoadedDbc, frame_key
from ivi.providers.can.frame import ERROR, REMOTE, Frame
from ivi.providers.can.j1939 import ParameterGroups
from ivi.vss.mapping import DbcMapping, FromDbc

TIMEOUT_CYCLES = 5  # frames of a cyclic message that may be missing before its values are "not available"
TIMEOUT_LEAST = 1.0  # seconds; shorter cycles do not time out faster, so that one hiccup does not blank the screen
WINDOW = 1.0  # seconds between two marks of the counts; a rate is taken over one to two of them
MANY = 2000  # frames that may wait to be counted
MAX_STRANGERS = 4096  # ids that the DBC does not have and that are kept apart; a babbling node may invent 2^29

_ANY_LENGTH = 64  # bytes; the most that a frame carries, and what an id that is none of ours may have


@dataclass(slots=True)
class _Watch:
    """One path and when it is stale."""

    path: str
    limit: float | None
    """Seconds."""
    stale: bool = False
    timeouts: int = 0


@dataclass(slots=True)
class _Message:
    """A message that feeds paths."""

    name: str
    watches: list[_Watch] = field(default_factory=list)
    heard: float | None = None
    """When it last came, monotonic seconds."""
    stale: bool = False
    """Whether some of its paths are."""

    def revive(self) -> None:
        """It has come again."""
        self.stale = False
        for watch in self.watches:
            watch.stale = False


@dataclass(frozen=True)
class _Mark:
    at: float
    total: int
    counts: Counter[int]


class SignalWatch:
    """Counts the frames of one bus, and knows which paths have gone stale."""

    def __init__(self, dbc: LoadedDbc, mapping: DbcMapping, faults: Mapping[int, Faults] | None = None) -> None:
        """`faults`: of each message that is checked; one of which no frame is good counts as silent."""
        self.error_frames = 0
        self.remote_frames = 0
        self.fd_unexpected = 0
        """FD frames of messages that the DBC calls classic; they are decoded all the same."""
        self.last_frame: float | None = None
        """When the last data frame came, monotonic seconds."""
        self._counts: Counter[int] = Counter()
        self._overlong = 0
        self._waiting: list[FrameBatch] = []
        self._uncounted = 0
        self._latest: dict[int, None] = {}
        self._total = 0
        messages = {frame_key(message): message for message in dbc.database.messages}
        self._lengths = {key: message.length for key, message in messages.items()}
        self._classic = {key for key, message in messages.items() if not message.is_fd and message.length <= 8}  # noqa: PLR2004  # bytes of a classic frame
        self._messages = _messages(dbc, mapping)
        self._groups = ParameterGroups(messages)
        self._grouped = frozenset(self._groups.keys)
        self._timed = [
            (key, message)
            for key, message in self._messages.items()
            if any(watch.limit is not None for watch in message.watches)
        ]
        self._marks: deque[_Mark] = deque(maxlen=2)
        self._faults = faults or {}
        self._accepted = dict.fromkeys(self._faults, 0)

    def note(self, frames: FrameBatch) -> None:
        """Take data frames. They are only put aside; counting many at once is cheaper than a few at a time."""
        self._waiting.append(frames)
        self._uncounted += len(frames)
        if self._uncounted >= MANY:
            self._count()

    def _count(self) -> None:
        """Count what was put aside; a step of the interpreter for each id, not for each frame of the bus."""
        if not self._waiting:
            return
        found = Counter(chain.from_iterable([frames.heads() for frames in self._waiting]))
        self._total += self._uncounted
        self._waiting, self._uncounted = [], 0
        counts, lengths, latest = self._counts, self._lengths, self._latest
        for (key, size), count in found.items():
            counts[key] += count
            latest[key] = None
            if size > lengths.get(key, _ANY_LENGTH):
                self._overlong += count

    def note_odd(self, frames: Iterable[Frame]) -> None:
        """Take remote and error frames."""
        for frame in frames:
            if frame.key & ERROR:
                self.error_frames += 1
            elif frame.key & REMOTE:
                self.remote_frames += 1

    def note_fd(self, keys: Iterable[int]) -> None:
        """Take the ids of frames that came in the FD format."""
        self.fd_unexpected += sum(key in self._classic for key in keys)

    def tick(self, now: float) -> dict[int, list[str]]:
        """Paths that have gone stale since the last tick, by the id of their message. Call it some times a second."""
        self._count()
        if self._latest:
            self.last_frame = now
            for message in self._came():
                message.heard = now
                if message.stale:
                    message.revive()
            self._latest = {}
        if not self._marks or now - self._marks[-1].at >= WINDOW:
            self._forget_strangers()
            self._marks.append(_Mark(now, self._total, self._counts.copy()))
        return {key: paths for key, message in self._timed if (paths := _gone_stale(message, now))}

    def _is_good(self, key: int) -> bool:
        """Whether a frame of this message has passed its checks since the last look."""
        faults = self._faults.get(key)
        if faults is None:
            return True
        before, self._accepted[key] = self._accepted[key], faults.accepted
        return faults.accepted > before

    def _came(self) -> Iterator[_Message]:
        """Messages that feed paths and have come well since the last tick, under whichever id."""
        messages, lengths = self._messages, self._lengths
        for key in self._latest:
            known = key if key in lengths else self._groups.find(key)
            message = None if known is None else messages.get(known)
            if message is not None and known is not None and self._is_good(known):
                yield message

    def rate(self, now: float) -> float:
        """Frames per second of the bus."""
        if not self._marks or now <= self._marks[0].at:
            return 0.0
        return (self._total - self._marks[0].total) / (now - self._marks[0].at)

    @property
    def overlong(self) -> int:
        """Frames longer than their message; what is beyond is ignored."""
        self._count()
        return self._overlong

    @property
    def timeouts(self) -> int:
        """How often a path became stale."""
        return sum(watch.timeouts for _key, message in self._timed for watch in message.watches)

    @property
    def stale(self) -> int:
        """How many paths are stale now."""
        return sum(watch.stale for _key, message in self._timed for watch in message.watches)

    def signals(self, bus: str, now: float) -> list[SignalHealth]:
        """Every path that this bus feeds."""
        return [
            SignalHealth(
                watch.path,
                bus,
                message.name,
                self._message_rate(key, now),
                None if message.heard is None else max(0.0, now - message.heard),
                watch.limit,
                watch.stale,
                watch.timeouts,
                self._faults[key].checksum if key in self._faults else 0,
                self._faults[key].counter if key in self._faults else 0,
            )
            for key, message in self._messages.items()
            for watch in message.watches
        ]

    def _message_rate(self, key: int, now: float) -> float:
        if not self._marks or now <= self._marks[0].at:
            return 0.0
        keys = [key]
        if key in self._grouped:
            keys = [
                other
                for other in self._counts
                if other == key or (other not in self._lengths and self._groups.find(other) == key)
            ]
        before = self._marks[0]
        return sum(self._counts[other] - before.counts[other] for other in keys) / (now - before.at)

    def _forget_strangers(self) -> None:
        if len(self._counts) > len(self._lengths) + MAX_STRANGERS:
            self._counts = Counter({key: count for key, count in self._counts.items() if key in self._lengths})


def _gone_stale(message: _Message, now: float) -> list[str]:
    if message.heard is None:
        return []
    age = now - message.heard
    paths = []
    for watch in message.watches:
        if watch.limit is not None and age > watch.limit and not watch.stale:
            watch.stale = message.stale = True
            watch.timeouts += 1
            paths.append(watch.path)
    return paths


def _messages(dbc: LoadedDbc, mapping: DbcMapping) -> dict[int, _Message]:
    """The messages that feed paths, with each path's time limit: the overlay's, else five cycles, else none."""
    carriers: dict[str, list[int]] = {}
    names: dict[int, str] = {}
    cycles: dict[int, int | None] = {}
    for message in dbc.database.messages:
        key = frame_key(message)
        names[key], cycles[key] = message.name, message.cycle_time
        for signal in message.signals:
            carriers.setdefault(signal.name, []).append(key)
    found: dict[int, _Message] = {}
    for rule in mapping.reads:
        key = _carrier(rule, carriers, names)
        found.setdefault(key, _Message(names[key])).watches.append(_Watch(rule.path, _limit(rule, cycles[key])))
    return found


def _carrier(rule: FromDbc, carriers: Mapping[str, list[int]], names: Mapping[int, str]) -> int:
    """The message of a rule that the translator has accepted already."""
    keys = carriers[rule.signal]
    return next(key for key in keys if not rule.message or names[key] == rule.message)


def _limit(rule: FromDbc, cycle_ms: int | None) -> float | None:
    if rule.timeout_ms is not None:
        return rule.timeout_ms / 1000
    return max(TIMEOUT_LEAST, TIMEOUT_CYCLES * cycle_ms / 1000) if cycle_ms else None
