# SPDX-License-Identifier: Apache-2.0
"""Where fields begin and end, from nothing but how bits flip.

The lower bits of a number flip more often than the higher ones, and a higher bit flips only together with lower ones (a
carry, or a jump). Both are weighed for each bit against the run of bits below it; where neither holds is a border. At a
byte's edge the same test says in which byte the number goes on, and with that the byte order.
"""

import math
from functools import cached_property

from ivi.providers.can.learning.field import BYTE, Field, Order, above, below
from ivi.providers.can.learning.recording import Track

SIGN = 0.02  # share of frames in which the two highest bits of a signed number may differ
COPIES = 3  # bits that are always the same are a sign and its copies
SELDOM = 20  # flips; fewer may be alike by chance
JUMPING, CARRIED = 0.45, 0.95  # share of a bit's flips that another bit of its number joins
TELLING = 0.12  # a chance nearer to these tells nothing
ORDERS: tuple[Order, ...] = ("little", "big")
DOWN = 1.0  # noise below the lowest bit rather belongs to the field
HOLE = 8.0  # a bit that never changes, below bits that do, is rather a gap between fields
CONTEXT = 5  # bits below that are looked at
BUSY = 0.3  # share of the updates in which a bit flips that is noise
NOISE = 0.45  # share from which the lowest bit of a number is all noise
CLIFF = 16  # a number's neighbouring bits do not differ more than this in how often they flip
ENOUGH = 12.0  # natural logarithm of odds; more evidence of one sort does not outweigh the other sorts
SURPRISE = 2.0  # standard deviations by which a higher bit may flip more often than the one below


class Links:
    """How strongly a bit belongs on top of a run of bits of one id. Positive: one field; negative: a border."""

    def __init__(self, track: Track, taken: frozenset[int] = frozenset()) -> None:
        self.track = track
        self.taken = taken

    @cached_property
    def updates(self) -> int:
        """In how many frames anything changed (counters and checksums aside)."""
        union = 0
        for bit, changes in enumerate(self.track.flips):
            if bit not in self.taken:
                union |= changes
        return max(1, union.bit_count())

    def free(self, bit: int) -> bool:
        """Whether the bit exists, changes, and is of no counter or checksum."""
        return 0 <= bit < len(self.track.planes) and bit not in self.taken and self.track.rates[bit] > 0

    def strength(self, chain: list[int], upper: int) -> float:
        """Natural logarithm of the odds that `upper` continues the run `chain` (least significant first)."""
        if not self.free(upper) or not chain or not self.free(chain[-1]):
            return -ENOUGH
        track, lower = self.track, chain[-1]
        if self._is_sign(chain) and not self._alike(lower, upper):
            return -ENOUGH
        often, seldom = track.rates[lower], track.rates[upper]
        changes = track.flips[upper]
        score = _odds((changes & track.flips[lower]).bit_count(), seldom, often / self.updates)
        if len(chain) > 1:
            active = 0
            for bit in chain:
                active |= track.flips[bit]
            score += _odds((changes & active).bit_count(), seldom, active.bit_count() / self.updates)
        if often >= BUSY * self.updates:
            score += 1.0  # among noise little evidence speaks for a border, so it must be clear
        # A number that moves by several steps in each frame flips its lowest bits by chance, and the next more often.
        if often < NOISE * self.updates and (seldom - often) / math.sqrt(seldom + often) > SURPRISE:
            score -= 2 * math.log2(seldom / often)
        if often > CLIFF * seldom:
            score -= 2.0
        return score + (0.1 if upper % BYTE else -0.1)  # with no evidence: a field rather ends at a byte's edge

    def _is_sign(self, chain: list[int]) -> bool:
        """Whether the run ends with copies of a sign: nothing is above them."""
        top = chain[-COPIES:]
        often = self.track.rates[top[-1]]
        return len(top) == COPIES and often > SELDOM and all(self._alike(top[-1], bit) for bit in top[:-1])

    def _alike(self, one: int, other: int) -> bool:
        """Whether two bits have the same value in nearly all frames."""
        track = self.track
        differ = (track.planes[one] ^ track.planes[other]).bit_count()
        return differ <= SIGN * min(len(track.times), track.rates[one])

    @cached_property
    def _best(self) -> tuple[Order, list[Field]]:
        cuts = {order: _cut(self, order) for order in ORDERS}
        order = max(ORDERS, key=lambda order: cuts[order][1])
        return order, cuts[order][0]

    @property
    def order(self) -> Order:
        """The byte order in which more fields run across bytes' edges."""
        return self._best[0]

    @property
    def fields(self) -> list[Field]:
        """The fields in that order."""
        return self._best[1]

    def crossings(self, field: Field) -> float:
        """Borders inside the field, and how much its ends cut a run: 0 for a field that fits the flips."""
        bits = field.bits
        cost = 0.0
        under, over = below(bits[0], field.order), above(bits[-1], field.order)
        if self.free(under):
            cost += max(0.0, self.strength([under], bits[0]) + DOWN)
        if self.free(over):
            cost += max(0.0, self.strength(list(bits[-CONTEXT:]), over))
        for at in range(1, len(bits)):
            if not self.track.rates[bits[at - 1]] and self.track.rates[bits[-1]] > 2:  # noqa: PLR2004  # not by chance
                cost += HOLE
            if self.free(bits[at]) and self.free(bits[at - 1]):
                cost += max(0.0, -self.strength(list(bits[max(0, at - CONTEXT) : at]), bits[at]))
        return cost

    def opposed(self, lower: int, upper: int) -> float:
        """Share of the upper bit's flips after which the two differ (10... or 01...), as after a carry."""
        changes = self.track.flips[upper]
        differ = (self.track.planes[lower] ^ self.track.planes[upper]) >> 1
        return (changes & differ).bit_count() / max(1, self.track.rates[upper])


def _odds(hits: int, tries: int, chance: float) -> float:
    """Logarithm of how much better "of one field" explains the hits than chance does.

    In a number that jumps a bit flips with every second flip of another one; in a smooth one the carry makes it nearly
    every flip. The better of the two counts.
    """
    chance = min(max(chance, 0.005), 0.995)
    best = -ENOUGH
    for rate in (JUMPING, CARRIED):
        odds = hits * math.log(rate / chance) + (tries - hits) * math.log((1 - rate) / (1 - chance))
        best = max(best, odds if rate - chance > TELLING else 0.0)
    return min(best, ENOUGH)


def links_of(track: Track, taken: frozenset[int] = frozenset()) -> Links:
    """The links of these frames, measured once."""
    known = track.notes.get(("links", taken))
    if isinstance(known, Links):
        return known
    links = Links(track, taken)
    track.notes["links", taken] = links
    return links


def find_fields(track: Track, taken: frozenset[int] = frozenset()) -> list[Field]:
    """Fields of the bits that change and are not `taken` (by counters and checksums)."""
    links = links_of(track, taken)
    return links.fields


def _cut(links: Links, order: Order) -> tuple[list[Field], float]:
    """Fields in this byte order, and how well they run across the bytes' edges."""
    track = links.track
    fields: list[Field] = []
    used: set[int] = set()
    across = 0.0
    for low in sorted(filter(links.free, range(len(track.planes))), key=lambda bit: significance(bit, order)):
        if low in used:
            continue
        chain = [low]
        while (upper := above(chain[-1], order)) not in used:
            strength = links.strength(chain, upper)
            if strength <= 0 or _flag(links, chain, upper):
                break
            across += 0 if upper % BYTE else strength
            chain.append(upper)
        used |= set(chain)
        fields.append(Field(low, len(chain), order, is_signed(track, chain)))
    return fields, across


def significance(bit: int, order: Order) -> int:
    """Sorts bits so that the less significant of a field come first."""
    return bit if order == "little" else -(bit // BYTE) * BYTE + bit % BYTE


def _flag(links: Links, chain: list[int], upper: int) -> bool:
    """Whether two bits that always flip together are flags of their own: they rise and fall together, uncarried."""
    last = chain[-1]
    alone = len(chain) == 1 and links.track.flips[last] == links.track.flips[upper]
    return alone and links.opposed(last, upper) == 0


def is_signed(track: Track, chain: list[int]) -> bool:
    """Two's complement shows at its top: where 0 turns to -1 all the highest bits flip at once, to the same value."""
    if len(chain) < 4:  # noqa: PLR2004  # nothing to tell a sign by
        return False
    top, second = track.planes[chain[-1]], track.planes[chain[-2]]
    return (top ^ second).bit_count() <= SIGN * len(track.times) and track.rates[chain[-1]] > 0
