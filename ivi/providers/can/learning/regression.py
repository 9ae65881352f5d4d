# SPDX-License-Identifier: Apache-2.0
"""The correlation of every possible field of an id with a reference, without looking at a field's values.

A field is a sum of bits, each with a power of two. So its covariance with the reference is that sum over the bits'
covariances, and its variance the double sum over those of the pairs; and those come from counting set bits of ANDed
planes. Thousands of fields cost what a few hundred population counts cost.
"""

import math
from dataclasses import dataclass

from ivi.providers.can.learning.field import Field, Order, above
from ivi.providers.can.learning.planes import transpose

MAX_LENGTH = 32  # bits of a field that is searched for
LEVELS = (1 << 16) - 1  # steps into which the reference is cut


@dataclass(frozen=True)
class Match:
    """A field and how much of the reference's variance it explains."""

    field: Field
    explained: float
    """r squared."""
    rising: bool


class Moments:
    """Covariances of the bits of some payloads with each other and with a reference."""

    def __init__(self, payloads: list[bytes], values: list[float]) -> None:
        """`values` of the reference, one for each payload."""
        count = len(values)
        low, high = min(values), max(values)
        unit = LEVELS / (high - low) if high > low else 0.0
        levels = [round((value - low) * unit) for value in values]
        width = LEVELS.bit_length() // 8
        reference = transpose(b"".join(level.to_bytes(width, "little") for level in levels), width)
        total = sum(levels)
        self.planes = transpose(b"".join(payloads), len(payloads[0]))
        self._count = count
        self._ones = [bits.bit_count() for bits in self.planes]
        self.changing = [0 < ones < count for ones in self._ones]
        self.spread = float(count * sum(level * level for level in levels) - total * total)
        """Variance of the reference, times count squared, in levels."""
        self._with_reference = [
            float(count * sum((bits & other).bit_count() << k for k, other in enumerate(reference)) - ones * total)
            if changing
            else 0.0
            for bits, ones, changing in zip(self.planes, self._ones, self.changing, strict=True)
        ]
        self._pairs: dict[tuple[int, int], float] = {}

    def pair(self, one: int, other: int) -> float:
        """Covariance of two bits, times count squared."""
        key = (one, other) if one < other else (other, one)
        found = self._pairs.get(key)
        if found is None:
            both = (self.planes[one] & self.planes[other]).bit_count()
            found = self._pairs[key] = float(self._count * both - self._ones[one] * self._ones[other])
        return found

    def matches(self, order: Order, least: float) -> list[Match]:
        """Fields in this byte order, their ends on changing bits, that explain at least `least` of the reference."""
        found: list[Match] = []
        if not self.spread:
            return found
        for low, changing in enumerate(self.changing):
            if changing:
                self._grow(low, order, least, found)
        return found

    def _grow(self, low: int, order: Order, least: float, found: list[Match]) -> None:
        covariance = variance = 0.0
        chain: list[tuple[int, float]] = []  # changing bits and their weights
        bit, weight = low, 1.0
        for length in range(1, MAX_LENGTH + 1):
            if not 0 <= bit < len(self.planes):
                return
            if self.changing[bit]:
                cross = 2 * weight * math.fsum(other * self.pair(bit, lower) for lower, other in chain)
                own = weight * weight * self.pair(bit, bit)
                part = weight * self._with_reference[bit]
                if length > 1:
                    self._keep(Field(low, length, order, True), covariance - part, variance + own - cross, least, found)
                covariance, variance = covariance + part, variance + own + cross
                self._keep(Field(low, length, order), covariance, variance, least, found)
                chain.append((bit, weight))
            bit, weight = above(bit, order), weight * 2

    def _keep(self, field: Field, covariance: float, variance: float, least: float, found: list[Match]) -> None:
        if variance > 0:
            explained = covariance * covariance / (variance * self.spread)
            if explained >= least:
                found.append(Match(field, min(explained, 1.0), covariance > 0))
