# SPDX-License-Identifier: Apache-2.0
"""What goes over a bus: load, rates, gaps and jitter per id, ids that are unknown, silent, or change their length."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ivi.providers.can.frame import ERROR, EXTENDED, ID_MASK, REMOTE
from ivi.providers.recording.load import Rates, seconds
from ivi.providers.replay.entry import LogEntry, id_text

MAX_IDS = 8192  # ids that are told apart on one bus; a bus that makes up more is broken
_NS = 1_000_000_000


@dataclass
class IdStatistics:
    """One id on one bus. Gaps in ns; their spread by Welford's running sums."""

    key: int
    frames: int = 0
    length: int = -1
    length_changes: int = 0
    first_ns: int = 0
    last_ns: int = 0
    least_ns: int = 0
    most_ns: int = 0
    bus_seconds: float = 0.0
    """Without stuffing."""
    _mean: float = 0.0
    _spread: float = 0.0

    def add(self, entry: LogEntry) -> None:
        """Count a frame."""
        self.frames += 1
        if self.length not in {-1, entry.length}:
            self.length_changes += 1
        self.length = entry.length
        if self.frames == 1:
            self.first_ns = self.last_ns = entry.time_ns
            return
        gap = max(entry.time_ns - self.last_ns, 0)
        self.last_ns = max(self.last_ns, entry.time_ns)
        self.least_ns = gap if self.frames == 2 else min(self.least_ns, gap)  # noqa: PLR2004  # the first gap
        self.most_ns = max(self.most_ns, gap)
        off = gap - self._mean
        self._mean += off / (self.frames - 1)
        self._spread += off * (gap - self._mean)

    @property
    def mean_ns(self) -> float:
        """Mean gap."""
        return self._mean

    @property
    def jitter_ns(self) -> float:
        """Standard deviation of the gaps."""
        return math.sqrt(self._spread / (self.frames - 1)) if self.frames > 1 else 0.0


@dataclass
class ChannelStatistics:
    """One bus."""

    ids: dict[int, IdStatistics] = field(default_factory=dict)
    frames: int = 0
    error_frames: int = 0
    uncounted: int = 0
    """Frames with ids beyond MAX_IDS."""
    first_ns: int = 0
    last_ns: int = 0
    bus_seconds: float = 0.0
    bus_seconds_worst: float = 0.0
    peak: float = 0.0
    """Most bus seconds within one second, with the worst stuffing."""
    _second: int = -1
    _in_second: float = 0.0


class BusStatistics:
    """Counts frames of any number of buses."""

    def __init__(self, rates: Rates | None = None) -> None:
        self._rates = rates or Rates()
        self.channels: dict[str, ChannelStatistics] = {}

    def expect(self, channel: str) -> None:
        """Show a bus even when nothing comes on it."""
        self.channels.setdefault(channel, ChannelStatistics())

    def feed(self, entries: Iterable[LogEntry]) -> None:
        """Count frames."""
        for entry in entries:
            channel = self.channels.get(entry.channel)
            if channel is None:
                channel = self.channels[entry.channel] = ChannelStatistics()
            self._count(channel, entry)

    def _count(self, channel: ChannelStatistics, entry: LogEntry) -> None:
        channel.first_ns = channel.first_ns or entry.time_ns
        channel.last_ns = max(channel.last_ns, entry.time_ns)
        if entry.key & ERROR:
            channel.error_frames += 1
            return
        channel.frames += 1
        least, worst = seconds(entry, self._rates)
        channel.bus_seconds += least
        channel.bus_seconds_worst += worst
        second = (entry.time_ns - channel.first_ns) // _NS
        if second != channel._second:  # running sums of the same module
            channel._second, channel._in_second = second, 0.0
        channel._in_second += worst
        channel.peak = max(channel.peak, channel._in_second)
        key = entry.key & (EXTENDED | REMOTE | ID_MASK)
        known = channel.ids.get(key)
        if known is None:
            if len(channel.ids) >= MAX_IDS:
                channel.uncounted += 1
                return
            known = channel.ids[key] = IdStatistics(key)
        known.add(entry)
        known.bus_seconds += least

    def report(
        self, names: Mapping[int, str] | None = None, cycles: Mapping[int, float] | None = None, span: float = 0.0
    ) -> dict[str, Any]:
        """All numbers, ready for JSON. `names` and `cycles` (s) are a DBC's; `span` in s, 0: that of the stamps."""
        heard = {key for channel in self.channels.values() for key in channel.ids}
        silent = {key: cycle for key, cycle in (cycles or {}).items() if key not in heard}
        return {
            "bitrate": self._rates.nominal,
            "data_bitrate": self._rates.data,
            "dbc": names is not None,
            "silent_ids": [
                {"id": id_text(key), "name": (names or {}).get(key), "cycle_ms": round(cycle * 1000, 3)}
                for key, cycle in sorted(silent.items())
            ],
            "buses": {
                name: _channel_report(channel, names, cycles or {}, span)
                for name, channel in sorted(self.channels.items())
            },
        }


def _channel_report(
    channel: ChannelStatistics, names: Mapping[int, str] | None, cycles: Mapping[int, float], span: float
) -> dict[str, Any]:
    span = span or (channel.last_ns - channel.first_ns) / _NS
    ordered = sorted(channel.ids.values(), key=lambda item: (-item.bus_seconds, item.key))
    ids = [_id_report(item, names, cycles, span) for item in ordered]
    return {
        "seconds": round(span, 6),
        "frames": channel.frames,
        "frames_per_s": _per(channel.frames, span),
        "error_frames": channel.error_frames,
        "load_percent": _per(100 * channel.bus_seconds, span),
        "load_percent_worst_stuffing": _per(100 * channel.bus_seconds_worst, span),
        "peak_second_percent_worst_stuffing": round(100 * channel.peak / min(span, 1), 3) if span > 0 else None,
        "ids": ids,
        "ids_beyond_bound_frames": channel.uncounted,
        "unknown_ids": [] if names is None else [item["id"] for item in ids if item["name"] is None],
    }


def _id_report(
    item: IdStatistics, names: Mapping[int, str] | None, cycles: Mapping[int, float], span: float
) -> dict[str, Any]:
    cycle = cycles.get(item.key)
    gaps = item.frames > 1
    return {
        "id": id_text(item.key) + ("R" if item.key & REMOTE else ""),
        "name": None if names is None else names.get(item.key),
        "frames": item.frames,
        "frames_per_s": _per(item.frames, span),
        "load_percent": _per(100 * item.bus_seconds, span),
        "length": item.length,
        "length_changes": item.length_changes,
        "gap_min_ms": round(item.least_ns / 1e6, 3) if gaps else None,
        "gap_mean_ms": round(item.mean_ns / 1e6, 3) if gaps else None,
        "gap_max_ms": round(item.most_ns / 1e6, 3) if gaps else None,
        "jitter_ms": round(item.jitter_ns / 1e6, 3) if gaps else None,
        "cycle_ms": None if cycle is None else round(cycle * 1000, 3),
    }


def _per(amount: float, span: float) -> float | None:
    """`amount` for each second; None when there was no time."""
    return round(amount / span, 3) if span > 0 else None
