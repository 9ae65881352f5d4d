# SPDX-License-Identifier: Apache-2.0
"""Aggregation at the edge: what the samples of a window add up to, signal by signal."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from ivi.cloud.campaigns.campaign import Windows
from ivi.cloud.campaigns.samples import Sample
from ivi.cloud.columns import Aggregate


@dataclass(slots=True)
class _Sum:
    """One signal in the present window."""

    low: float | None = None
    high: float | None = None
    total: float = 0.0
    numbers: int = 0
    last: object = None
    counts: list[int] = field(default_factory=list)


class Window:
    """The present window of one campaign. Texts, truths and lists have only a last value."""

    def __init__(self, asked: Windows) -> None:
        self.samples = 0
        """Samples since the window began."""
        self._asked = asked
        self._sums: dict[str, _Sum] = {}

    def add(self, sample: Sample) -> None:
        """Take a sample; one that is not available says nothing of its window."""
        value = sample.value
        if value is None:
            return
        self.samples += 1
        found = self._sums.setdefault(sample.path, _Sum())
        found.last = value
        if isinstance(value, bool) or not isinstance(value, int | float):
            return
        found.low = value if found.low is None else min(found.low, value)
        found.high = value if found.high is None else max(found.high, value)
        found.total += value
        found.numbers += 1
        if self._asked.bounds:
            found.counts = found.counts or [0] * (len(self._asked.bounds) + 1)
            found.counts[bisect_right(self._asked.bounds, value)] += 1

    def close(self, end_ms: int) -> Iterator[Sample]:
        """What the window adds up to, stamped with its end; a new one begins."""
        sums, self._sums, self.samples = self._sums, {}, 0
        for path, found in sums.items():
            for kind in self._asked.what:
                if (value := _value(kind, found)) is not None:
                    yield Sample(path, end_ms, value, kind)


def _value(kind: Aggregate, found: _Sum) -> object:
    if kind is Aggregate.LAST:
        return found.last
    if not found.numbers:
        return None
    made = {
        Aggregate.MIN: found.low,
        Aggregate.MAX: found.high,
        Aggregate.MEAN: found.total / found.numbers,
        Aggregate.HISTOGRAM: found.counts,
    }
    return made[kind]
