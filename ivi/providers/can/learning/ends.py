# SPDX-License-Identifier: Apache-2.0
"""The upper end of a field whose highest bits never moved: the offset shows it, or else what is usual.

A charge that was always between 72 and 73 percent moved only the lower half of its field; the upper half shows in the
offset, which is 0 as soon as all of it is taken in. Bits that were always 0 show nothing: then the length is taken that
engineers choose most, most of all one that reaches just to the next field.
"""

import math
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace

from ivi.providers.can.learning.field import Field, Order, above
from ivi.providers.can.learning.lines import Line, round_scale
from ivi.providers.can.learning.segments import Links

LONGEST = 32  # bits
ODD = 1e-5  # a scale that rounding changes less than this was not rounded
OFFSETS = (10, 20, 30, 40, 50, 60, 64, 80, 100, 128, 200, 250, 256, 273.15, 300, 500, 900, 1000, 1024, 2048, 32768)
LENGTHS = {
    1: 344, 2: 136, 3: 51, 4: 96, 5: 11, 6: 20, 7: 16, 8: 152, 9: 8, 10: 25, 11: 23, 12: 27, 13: 8, 14: 22, 15: 3.4,
    16: 46, 18: 0.6, 24: 1.9, 28: 0.6, 29: 0.7, 32: 3.3,
}  # fmt: skip
"""How many of 1,000 signals have so many bits: 29,346 signals of 21 makes in public DBC files, makes weighing alike."""
RARE = 0.3  # the same for all other lengths
MEETS = 1.2  # natural logarithm of the odds for a field that ends where the next one begins
UNUSED = 0.15  # and against each bit that is never used


def extended(field: Field, line: Line, links: Links, used: AbstractSet[int]) -> Field:
    """The field with the constant bits above it that belong to it; one with a sign shows its upper end itself."""
    if field.signed:
        return field
    longer = list(_longer(field, links, used))
    scale = round_scale(line)
    # a slightly wrong scale moves the offset by more than the readings' noise; the middle of the values stays
    offset = line.offset + (line.scale - scale) * line.middle
    costs = {one: _offset_cost(offset - scale * constant, line, constant) for one, constant in longer}
    least = min(costs.values())
    best = [one for one, cost in costs.items() if cost == least]
    return max(best, key=lambda one: (usual(one, field, links), one.order == links.order, -one.length))


def usual(field: Field, seen: Field, links: Links) -> float:
    """How likely this length is, given what was seen of the field (natural logarithm, up to a constant)."""
    beyond = above(field.high, field.order)
    meets = not 0 <= beyond < len(links.track.planes) or links.track.rates[beyond] > 0
    return (
        math.log(LENGTHS.get(field.length, RARE))
        + (MEETS if meets and field.length > 1 else 0.0)
        - UNUSED * (field.length - seen.length)
    )


def lengthened(field: Field, links: Links, used: AbstractSet[int] = frozenset()) -> Field:
    """The most likely upper end where no readings help; only bits that were always 0 are taken in."""
    if field.signed:
        return field
    longer = [one for one, constant in _longer(field, links, used) if not constant]
    return max(longer, key=lambda one: (usual(one, field, links), one.order == links.order, -one.length))


def _longer(field: Field, links: Links, used: AbstractSet[int]) -> Iterator[tuple[Field, int]]:
    """The field with none, one, two... constant bits above it taken in, and what those bits add to its raw value."""
    yield field, 0
    orders: tuple[Order, ...] = ("little", "big") if field.one_byte else (field.order,)
    count = len(links.track.times)
    for order in orders:
        longer, constant = replace(field, order=order), 0
        while longer.length < LONGEST:
            bit = above(longer.high, order)
            if not 0 <= bit < len(links.track.planes) or links.track.rates[bit] or bit in used or bit in links.taken:
                break
            if links.track.planes[bit] & ((1 << count) - 1):
                constant += 1 << longer.length
            longer = replace(longer, length=longer.length + 1)
            yield longer, constant


def _offset_cost(offset: float, line: Line, constant: int) -> int:
    """0 for none, 1 for one that engineers choose, 2 for any other."""
    slack = 2 * line.rest + abs(line.scale) * 2
    if abs(round_scale(line) - line.scale) < ODD * abs(
        line.scale
    ):  # no round scale was found, so it is as it was fitted
        slack += 2 * line.scale_error * constant
    if abs(offset) <= slack:
        return 0
    return 1 if any(abs(abs(offset) - usual) <= slack for usual in OFFSETS) else 2
