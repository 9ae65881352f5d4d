# SPDX-License-Identifier: Apache-2.0
"""Fields that follow a known value: which bits, in what order, with which scale and offset."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from statistics import fmean, median

from ivi.model.errors import InvalidArgumentError
from ivi.providers.can.learning.field import Field, Order, above
from ivi.providers.can.learning.proposal import Kind, Proposal
from ivi.providers.can.learning.recording import Recording, Track
from ivi.providers.can.learning.reference import Reference
from ivi.providers.can.learning.regression import Match, Moments
from ivi.providers.can.learning.segments import Links, links_of

LEAST = 0.9  # of the reference's variance that a field must explain to be looked at
CLOSE = 1.5  # a field's unexplained rest may be this many times the best one's and still be the better cut
FRAMES = 1_200  # of an id that are compared; more do not tell more
MIN_FRAMES = 8
LAGS = (0.0, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, -0.1, -0.2, -0.3, -0.5)  # seconds that a reading may be late
GAIN = 0.8  # the rest must shrink to this share before a lag is believed
PROBES = 12  # fields by which the lag is found
TRIALS = math.log(1e5)  # fields that are tried: so much more likely is a chance resemblance
OUTLIER = 4.0  # median deviations from which a reading does not count in the regression
ROUNDS = 3
WHOLE = 6.0  # logarithm of odds for a field that the flips alone cut out just so
FRESH = 10  # neighbouring readings are alike: one of so many is fresh evidence
RIVAL = 3.0  # a field may leave this many times more unexplained than the best and still be as sure
FLOOR = 2e-4  # unexplained share below which differences are timing
USUAL = (1, 2, 4, 8, 10, 12, 16, 24, 32)  # lengths that engineers choose, bits
OFFSETS = (10, 20, 30, 40, 50, 60, 64, 80, 100, 128, 200, 250, 256, 273.15, 300, 500, 900, 1000, 1024, 2048, 32768)
PER_ID = 8  # fields of one id at most
MANTISSAS = (1.0, 2.0, 5.0, 2.5, 1.25, 4.0, 1.5, 3.0, 7.5, 6.25)  # of scales that engineers choose, most usual first


@dataclass(frozen=True)
class Line:
    """value = scale * raw + offset, and the typical distance of the readings from it."""

    scale: float
    offset: float
    rest: float
    """Root mean square of what the line does not explain, in the reference's unit."""
    scale_error: float
    """Standard error of the scale."""


def find_value(recording: Recording, reference: Reference, taken: dict[int, frozenset[int]]) -> list[Proposal]:
    """Fields that follow the reference, best first. `taken`: bits of counters and checksums by id.

    Raises InvalidArgumentError when no frame was recorded at the times of the readings.
    """
    thin = {key: track.thinned(FRAMES) for key, track in recording.tracks.items() if len(track.times) >= MIN_FRAMES}
    if not any(reference.at(track.times)[0] for track in thin.values()):
        raise InvalidArgumentError(
            f"no frame was recorded when {reference.name} was read",
            hint="times are seconds since the recording began",
        )
    lag = _find_lag(thin, reference, taken)
    found: list[Proposal] = []
    for key, track in thin.items():
        whole = recording.tracks[key]
        links = links_of(whole, taken.get(key, frozenset()))
        found += _search(whole, track, reference, lag, links)
    best = max((proposal.explained for proposal in found), default=0.0)
    found = [replace(one, confidence=one.confidence * _beside(one.explained, best)) for one in found]
    return sorted(found, key=lambda proposal: -proposal.confidence)


def _beside(explained: float, best: float) -> float:
    """How much less sure a field is beside a better one: torque resembles acceleration, until torque is found too."""
    allowed = RIVAL * max(1 - best, FLOOR)
    return min(1.0, math.sqrt(allowed / max(1 - explained, 1e-12)))


def _find_lag(tracks: dict[int, Track], reference: Reference, taken: dict[int, frozenset[int]]) -> float:
    """How late the reference was read, by the fields that resemble it most: human or GPS delay is the same for all."""
    best: list[tuple[float, Track, Field]] = []
    for key, track in tracks.items():
        matches = _matches(track, reference, 0.0, taken.get(key, frozenset()), 0.6)
        if matches:
            top = max(matches, key=lambda match: match.explained)
            best.append((top.explained, track, top.field))
    best.sort(key=lambda item: -item[0])
    if not best:
        return 0.0

    def resemblance(lag: float) -> float:
        return max(_explained(track, field, reference, lag) for _, track, field in best[:PROBES])

    coarse = max(LAGS, key=lambda lag: (resemblance(lag), -abs(lag)))
    if 1 - resemblance(coarse) > GAIN * (1 - resemblance(0.0)):
        return 0.0
    return max((coarse - 0.05, coarse, coarse + 0.05), key=resemblance)


def _explained(track: Track, field: Field, reference: Reference, lag: float) -> float:
    indices, values = reference.at(track.times, lag)
    if len(indices) < MIN_FRAMES:
        return 0.0
    line = fit(field.values([track.payloads[index] for index in indices]), values, robust=False)
    mean = fmean(values)
    spread = math.sqrt(fmean((value - mean) ** 2 for value in values))
    return 1 - (line.rest / spread) ** 2 if line is not None and spread else 0.0


def _matches(track: Track, reference: Reference, lag: float, taken: frozenset[int], least: float) -> list[Match]:
    indices, values = reference.at(track.times, lag)
    if len(indices) < MIN_FRAMES or len(set(values)) < 2:  # noqa: PLR2004
        return []
    moments = Moments([track.payloads[index] for index in indices], values)
    for bit in taken:
        moments.changing[bit] = False
    orders: tuple[Order, ...] = ("little", "big")
    return [match for order in orders for match in moments.matches(order, least)]


def _search(whole: Track, track: Track, reference: Reference, lag: float, links: Links) -> Iterator[Proposal]:
    matches = _matches(track, reference, lag, links.taken, LEAST)
    used: set[int] = set()
    for _ in range(PER_ID):
        matches = [match for match in matches if used.isdisjoint(match.field.bits)]
        if not matches:
            return
        field = _cut(matches, links, len(track.times)).field
        line = _line(track, field, reference, lag)
        if line is not None:
            field = _extended(field, line, links, used)
            yield _propose(whole, track, field, reference, lag)
        used |= set(field.bits)


def _cut(matches: list[Match], links: Links, frames: int) -> Match:
    """Of the fields that follow about as well as the best one, the one whose ends are borders by the bits' flips."""
    best = max(matches, key=lambda match: match.explained)
    core = set(best.field.bits[-3:])
    rest = (1 - best.explained) * CLOSE + 1e-7
    near = [match for match in matches if 1 - match.explained <= rest and core & set(match.field.bits)]
    order = links.order
    cut = {field.bits for field in links.fields}

    def score(match: Match) -> float:
        fits = -frames / FRESH / 2 * math.log(1 - match.explained + 1e-9)
        other = 0.5 if match.field.order != order else 0.0
        whole = WHOLE if match.field.bits in cut else 0.0
        return fits + whole - links.crossings(match.field) - other - 0.1 * match.field.signed

    return max(near, key=score)


def _extended(field: Field, line: Line, links: Links, used: set[int]) -> Field:
    """Take in the constant bits above that make the offset simplest, or, where they are 0, a usual length.

    A charge that was always between 72 and 73 percent moved only the lower half of its field; the upper half shows in
    the offset, which is 0 as soon as all of it is taken in.
    """
    if field.signed:
        return field
    best, best_cost = field, _offset_cost(line.offset, line)
    orders: tuple[Order, ...] = ("little", "big") if field.one_byte else (field.order,)
    count = len(links.track.times)
    for order in orders:
        longer, offset = replace(field, order=order), line.offset
        while longer.length < USUAL[-1]:
            bit = above(longer.high, order)
            if not 0 <= bit < len(links.track.planes) or links.track.rates[bit] or bit in used:
                break
            if links.track.planes[bit] & ((1 << count) - 1):
                offset -= line.scale * (1 << longer.length)
            longer = replace(longer, length=longer.length + 1)
            cost = _offset_cost(offset, line)
            unusual = longer.length not in USUAL or order != links.order
            if (cost, unusual, longer.length) < (best_cost, best.length not in USUAL, best.length):
                best, best_cost = longer, cost
    return best


def _offset_cost(offset: float, line: Line) -> int:
    """0 for none, 1 for one that engineers choose, 2 for any other."""
    slack = 2 * line.rest + abs(line.scale) * 2
    if abs(offset) <= slack:
        return 0
    return 1 if any(abs(abs(offset) - usual) <= slack for usual in OFFSETS) else 2


def _line(track: Track, field: Field, reference: Reference, lag: float) -> Line | None:
    indices, values = reference.at(track.times, lag)
    return fit(field.values([track.payloads[index] for index in indices]), values)


def _propose(whole: Track, track: Track, field: Field, reference: Reference, lag: float) -> Proposal:
    indices, values = reference.at(track.times, lag)
    raw = field.values([track.payloads[index] for index in indices])
    line = fit(raw, values) or Line(1.0, 0.0, 0.0, 0.0)
    mean = fmean(values)
    spread = math.sqrt(fmean((value - mean) ** 2 for value in values))
    explained = max(0.0, 1 - (line.rest / spread) ** 2)
    scale, offset = rounded(line, raw)
    sure = confidence(explained, reference.turns())
    everything = field.values(whole.payloads)
    ends = sorted((min(everything) * scale + offset, max(everything) * scale + offset))
    late = f", {lag:+.2f} s" if lag else ""
    words = (
        f"explains {explained:.2%} of {reference.name} ({len(indices)} readings, {reference.turns()} turns{late}), "
        f"typical distance {line.rest:.3g}"
    )
    return Proposal(
        whole.key,
        whole.length,
        field,
        Kind.PHYSICAL,
        sure,
        words,
        scale,
        offset,
        ends[0],
        ends[1],
        whole.cycle,
        explained=explained,
    )


def confidence(explained: float, turns: int) -> float:
    """How sure that a resemblance is no chance: what is explained, less what one of all tried fields would explain.

    A curve that only rises has no turns, and every other curve that only rises resembles it.
    """
    if explained >= 1:
        explained = 1 - 1e-12
    luck = TRIALS + turns / 2 * math.log(1 - explained)
    return explained * (1 - min(1.0, math.exp(min(0.0, luck)))) if explained > 0 else 0.0


def fit(raw: Iterable[int], values: list[float], *, robust: bool = True) -> Line | None:
    """Least squares, then again without the readings that lie far off; None when the raw value never changes."""
    points = list(zip(raw, values, strict=True))
    line = _least_squares(points)
    for _ in range(ROUNDS if robust else 0):
        if line is None:
            return None
        scale, offset = line.scale, line.offset
        distances = [abs(value - scale * x - offset) for x, value in points]
        limit = OUTLIER * 1.5 * median(distances) + 1e-12
        kept = [point for point, distance in zip(points, distances, strict=True) if distance <= limit]
        if len(kept) < max(MIN_FRAMES, len(points) // 2) or len(kept) == len(points):
            break
        again = _least_squares(kept)
        if again is None:
            break
        line = again
    if line is None:
        return None
    rest = math.sqrt(fmean((value - line.scale * x - line.offset) ** 2 for x, value in points))
    return replace(line, rest=rest)


def _least_squares(points: list[tuple[int, float]]) -> Line | None:
    count = len(points)
    middle, mean = fmean(x for x, _ in points), fmean(value for _, value in points)
    width = math.fsum((x - middle) ** 2 for x, _ in points)
    if width <= 0:
        return None
    scale = math.fsum((x - middle) * (value - mean) for x, value in points) / width
    offset = mean - scale * middle
    rest = math.sqrt(math.fsum((value - scale * x - offset) ** 2 for x, value in points) / count)
    return Line(scale, offset, rest, rest / math.sqrt(width))


def rounded(line: Line, raw: list[int]) -> tuple[float, float]:
    """Scale and offset as an engineer would have chosen them, where the readings allow it."""
    scale = _round_scale(line)
    middle = fmean(raw)
    offset = line.offset + (line.scale - scale) * middle
    # a lag, a rounded display and a slightly wrong scale all move the offset by about this much
    slack = max(2 * line.rest, abs(line.scale - scale) * max(abs(x) for x in raw), abs(scale) * 0.6)
    power = 10.0 ** math.floor(math.log10(max(abs(offset), slack, 1e-9)))
    for step in (power * 10, power, power / 2, power / 10, power / 20, power / 100):
        near = round(offset / step) * step
        if abs(near - offset) <= slack:
            return scale, near
    return scale, offset


def _round_scale(line: Line) -> float:
    size = abs(line.scale)
    slack = max(0.004 * size, 2 * line.scale_error)
    exponent = math.floor(math.log10(size))
    usual = [mantissa * 10.0**power for mantissa in MANTISSAS for power in (exponent, exponent + 1)]
    for candidate in usual:
        if abs(candidate - size) <= slack:
            return math.copysign(float(f"{candidate:.6g}"), line.scale)
    power = 2.0 ** round(math.log2(size))
    return math.copysign(power if abs(power - size) <= slack else float(f"{size:.5g}"), line.scale)
