# SPDX-License-Identifier: Apache-2.0
"""Fields that follow a known value: which bits, in what order, with which scale and offset."""

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from statistics import fmean

from ivi.model.errors import InvalidArgumentError
from ivi.providers.can.learning.ends import extended
from ivi.providers.can.learning.field import Field, Order
from ivi.providers.can.learning.lines import Line, fit, rounded
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
FEW = 0.1  # share of the most readings below which a field does not make others less sure
RARE = 20  # frames; fewer are a message that is sent on request, such as a command
DOUBT = 0.75  # by which such a message is less sure
GAIN = 0.8  # the rest must shrink to this share before a lag is believed
PROBES = 12  # fields by which the lag is found
TRIALS = math.log(1e5)  # fields that are tried: so much more likely is a chance resemblance
WHOLE = 6.0  # logarithm of odds for a field that the flips alone cut out just so
FRESH_LEAST = 4.0  # readings that are fresh evidence at least, however alike neighbouring errors are
RIVAL = 3.0  # a field may leave this many times more unexplained than the best and still be as sure
FLOOR = 2e-4  # unexplained share below which differences are timing
PER_ID = 8  # fields of one id at most


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
    # a message that is sent now and then has few readings, and few are easily explained
    enough = max((len(reference.at(track.times, lag)[0]) for track in thin.values()), default=0) * FEW
    best = max((one.explained for one in found if len(thin[one.key].times) >= enough), default=0.0)
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
        field = _cut(matches, links, _fresh(track, matches, reference, lag)).field
        line = _line(track, field, reference, lag)
        if line is not None:
            field = extended(field, line, links, used)
            yield _propose(whole, track, field, reference, lag)
        used |= set(field.bits)


def _fresh(track: Track, matches: list[Match], reference: Reference, lag: float) -> float:
    """How many readings are evidence of their own: neighbouring errors that are alike come from one cause (a lag)."""
    field = max(matches, key=lambda match: match.explained).field
    indices, values = reference.at(track.times, lag)
    raw = field.values([track.payloads[index] for index in indices])
    line = fit(raw, values, robust=False)
    if line is None:
        return FRESH_LEAST
    errors = [value - line.scale * x - line.offset for x, value in zip(raw, values, strict=True)]
    power = math.fsum(error * error for error in errors)
    alike = math.fsum(one * other for one, other in pairwise(errors)) / power if power > 0 else 0.0
    alike = min(max(alike, 0.0), 1.0)
    return max(FRESH_LEAST, len(errors) * (1 - alike) / (1 + alike))


def _cut(matches: list[Match], links: Links, fresh: float) -> Match:
    """Of the fields that follow about as well as the best one, the one whose ends are borders by the bits' flips."""
    best = max(matches, key=lambda match: match.explained)
    core = set(best.field.bits[-3:])
    rest = (1 - best.explained) * CLOSE + 1e-7
    near = [match for match in matches if 1 - match.explained <= rest and core & set(match.field.bits)]
    order = links.order
    cut = {field.bits for field in links.fields}

    def score(match: Match) -> float:
        fits = -fresh / 2 * math.log(1 - match.explained + 1e-9)
        other = 0.5 if match.field.order != order else 0.0
        whole = WHOLE if match.field.bits in cut else 0.0
        return fits + whole - links.crossings(match.field) - other - 0.1 * match.field.signed

    return max(near, key=score)


def _line(track: Track, field: Field, reference: Reference, lag: float) -> Line | None:
    indices, values = reference.at(track.times, lag)
    return fit(field.values([track.payloads[index] for index in indices]), values)


def _propose(whole: Track, track: Track, field: Field, reference: Reference, lag: float) -> Proposal:
    indices, values = reference.at(track.times, lag)
    raw = field.values([track.payloads[index] for index in indices])
    line = fit(raw, values) or Line(1.0, 0.0, 0.0, 0.0, 0.0)
    mean = fmean(values)
    spread = math.sqrt(fmean((value - mean) ** 2 for value in values))
    explained = max(0.0, 1 - (line.rest / spread) ** 2)
    scale, offset = rounded(line, raw)
    sure = confidence(explained, min(reference.turns(), len(indices) - 2))
    sure *= DOUBT if len(whole.times) < RARE else 1.0
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
