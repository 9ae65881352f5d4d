# SPDX-License-Identifier: Apache-2.0
"""Samples on their way into rows, and the buffer of what was before a trigger. Both are bounded; losses are counted."""

from collections import deque
from collections.abc import Iterable
from typing import NamedTuple

from ivi.cloud.columns import Aggregate, Batch, encode_columns, make_column
from ivi.cloud.consent.coarsening import EXACT, Precision, coarse_ms
from ivi.cloud.signal_table import SignalTable
from ivi.model.errors import InvalidArgumentError

MAX_HELD = 8_000  # samples that one campaign holds until its row is made
MAX_BODY = 64 << 10  # bytes of a row; half of what MQTT brokers take
RING_BYTES = 256 << 10  # what was before a trigger, for one campaign
LATE_MS = 3_600_000  # a sample that is older than what was told by more than this: the clock was set back
_SAMPLE_BYTES = 200  # what one costs in the ring besides a text or a list: the tuple and its numbers


class Sample(NamedTuple):
    """One value of one signal."""

    path: str
    t_ms: int
    """Milliseconds since 1970."""
    value: object
    aggregate: Aggregate = Aggregate.NONE


class Ring:
    """The newest samples, as long as they are young enough and fit."""

    def __init__(self, span_ms: int, limit: int = RING_BYTES) -> None:
        """Keeps `span_ms` milliseconds, and at most about `limit` bytes."""
        self.dropped = 0
        """Samples that were young enough and did not fit."""
        self._span, self._limit = span_ms, limit
        self._samples: deque[tuple[Sample, int]] = deque()
        self._bytes = 0

    def add(self, sample: Sample) -> None:
        """Take a sample; the oldest make room."""
        size = _size(sample.value)
        self._samples.append((sample, size))
        self._bytes += size
        self.expire(sample.t_ms)
        while self._bytes > self._limit:
            self._pop()
            self.dropped += 1

    def expire(self, now_ms: int) -> None:
        """Forget what is too old."""
        while self._samples and self._samples[0][0].t_ms < now_ms - self._span:
            self._pop()

    def take(self) -> list[Sample]:
        """All that is there, oldest first; then it is empty."""
        found = [sample for sample, _ in self._samples]
        self._samples.clear()
        self._bytes = 0
        return found

    def _pop(self) -> None:
        self._bytes -= self._samples.popleft()[1]


def _size(value: object) -> int:
    match value:
        case str():
            return _SAMPLE_BYTES + 4 * len(value)
        case list() | tuple():
            return _SAMPLE_BYTES + sum(map(_size, value))
        case dict():
            return _SAMPLE_BYTES + sum(map(_size, value.values()))
    return _SAMPLE_BYTES


class Held:
    """Samples of one campaign until the next row."""

    def __init__(self) -> None:
        self.dropped = 0
        """Samples for which there was no room."""
        self._samples: list[Sample] = []
        self._told: dict[tuple[str, Aggregate], int] = {}
        """The newest moment that each signal was told at, where moments are told roughly."""

    def __len__(self) -> int:
        """How many there are."""
        return len(self._samples)

    def add(self, samples: Iterable[Sample]) -> None:
        """Take samples as long as there is room."""
        for sample in samples:
            if len(self._samples) < MAX_HELD:
                self._samples.append(sample)
            else:
                self.dropped += 1

    def rows(self, campaign: str, table: SignalTable, precision: Precision = EXACT) -> list[tuple[bytes, int]]:
        """Bodies of rows, each with its number of samples; then nothing is held."""
        samples, self._samples = self._coarse(precision), []
        return self._encode(campaign, table, samples) if samples else []

    def _coarse(self, precision: Precision) -> list[Sample]:
        """Moments as they may be told. A signal is told once for each: by the row that is first to have it.

        Of its samples in that row the last one counts.
        """
        if not precision.time_s:
            return self._samples
        newest = {}
        for sample in self._samples:
            t_ms = coarse_ms(sample.t_ms, precision)
            told = self._told.get((sample.path, sample.aggregate))
            if told is None or not 0 <= told - t_ms < LATE_MS:
                newest[(sample.path, sample.aggregate, t_ms)] = sample._replace(t_ms=t_ms)
        for path, aggregate, t_ms in newest:
            told = self._told.get((path, aggregate), t_ms)
            self._told[(path, aggregate)] = max(told, t_ms) if told - t_ms < LATE_MS else t_ms
        return list(newest.values())

    def _encode(self, campaign: str, table: SignalTable, samples: list[Sample]) -> list[tuple[bytes, int]]:
        try:
            body = encode_columns(_batch(campaign, table, samples))
        except InvalidArgumentError:
            body = b""
        if body and len(body) <= MAX_BODY:
            return [(body, len(samples))]
        if len(samples) == 1:  # one value that is larger than a row
            self.dropped += 1
            return []
        half = len(samples) // 2
        return [*self._encode(campaign, table, samples[:half]), *self._encode(campaign, table, samples[half:])]


def _batch(campaign: str, table: SignalTable, samples: list[Sample]) -> Batch:
    start = min(sample.t_ms for sample in samples)
    series: dict[tuple[str, Aggregate], tuple[list[int], list[object]]] = {}
    for path, t_ms, value, aggregate in samples:
        times, values = series.setdefault((path, aggregate), ([], []))
        times.append(t_ms - start)
        values.append(value)
    columns = []
    for (path, aggregate), (times, values) in series.items():
        number = table.ids[path]
        columns.append(make_column(number, table.signals[number], times, values, aggregate))
    return Batch(campaign, start, table.hash, columns)
