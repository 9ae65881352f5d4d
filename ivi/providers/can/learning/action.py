# SPDX-License-Identifier: Apache-2.0
"""Bits and fields that are on while something is pressed, and off in between."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from ivi.providers.can.learning.ends import lengthened
from ivi.providers.can.learning.field import Field, above
from ivi.providers.can.learning.marks import Marks
from ivi.providers.can.learning.planes import plane
from ivi.providers.can.learning.proposal import Kind, Proposal
from ivi.providers.can.learning.recording import Recording, Track
from ivi.providers.can.learning.segments import find_fields, links_of

DELAYS = (0.0, -0.1, 0.1, 0.2, -0.2, 0.3, 0.5, 0.75, 1.0, -0.35, -0.5)  # seconds from the mark to the frame
SLACK = 0.2  # seconds around a mark in which a person's timing leaves it open
LEAST = 0.7  # share by which a bit must follow to be proposed
FULL = 0.8  # share of a press in which a bit must be on to count as following it
EXTRA = 2  # times a bit may change for each edge of the marks; more is a coincidence of something busy
RARE = 4  # frames for each edge of the marks; fewer are a message that is sent on request, such as a command
DOUBT = 0.75  # by which such a message is less sure


@dataclass(frozen=True)
class _Window:
    """The marks as seen in one id's frames, with one delay."""

    pressed: int
    """Plane of the frames in which it certainly was pressed, and of those in which it certainly was not."""
    released: int
    presses: tuple[int, ...]
    """One plane per press."""
    pauses: tuple[int, ...]
    """One plane per pause, the ends included."""


@dataclass(frozen=True)
class _Score:
    value: float
    followed: int
    on: float
    off: float
    delay: float
    inverted: bool


def find_action(recording: Recording, marks: Marks, taken: dict[int, frozenset[int]]) -> list[Proposal]:
    """Fields that follow the marks, best first. `taken`: bits of counters and checksums by id."""
    found: list[Proposal] = []
    for key, track in recording.tracks.items():
        found += _of_track(track, marks, taken.get(key, frozenset()))
    return sorted(found, key=lambda proposal: -proposal.confidence)


def _of_track(track: Track, marks: Marks, taken: frozenset[int]) -> Iterator[Proposal]:
    changing = [bit for bit, rate in enumerate(track.rates) if rate and bit not in taken]
    if not changing:
        return

    @lru_cache(maxsize=len(DELAYS))
    def window(delay: float) -> _Window:
        return _window(track, marks, delay)

    limit = 2 * len(marks.spans) * EXTRA
    bits = {bit: _score(track.planes[bit], window, len(marks.spans)) for bit in changing if track.rates[bit] <= limit}
    good = {bit: score for bit, score in bits.items() if score.value >= LEAST}
    for found in _fields(track, taken, good, window, len(marks.spans)):
        yield _propose(track, marks, taken, found)


def _fields(
    track: Track,
    taken: frozenset[int],
    good: dict[int, _Score],
    window: Callable[[float], _Window],
    presses: int,
) -> Iterator[tuple[Field, _Score, bool]]:
    """Fields that stand at one value in the pauses and leave it in the presses; then bits of no such field."""
    done: set[int] = set()
    moving: list[tuple[Field, _Score]] = []
    for field in find_fields(track, taken):
        if field.length == 1:
            continue
        score = _score(_away(track, field, window(0.0).released), window, presses)
        alone = max((good[bit].value for bit in field.bits if bit in good), default=0.0)
        if score.value >= LEAST and score.value >= alone:
            done |= set(field.bits)
            moving.append((field, score))
    links = links_of(track, taken)
    yield from ((lengthened(field, links), score, True) for field, score in _joined(moving))
    for bits in _neighbours(track, [bit for bit in good if bit not in done]):
        field = Field(bits[0], len(bits), "little")
        if len(bits) > 1:
            field = lengthened(field, links, done | good.keys())
        yield field, max((good[bit] for bit in bits), key=lambda score: score.value), False


def _joined(found: list[tuple[Field, _Score]]) -> list[tuple[Field, _Score]]:
    """Fields that touch and follow the same presses are one: a pedal that only knows two places hides its carries."""
    joined: list[tuple[Field, _Score]] = []
    for field, score in found:
        if joined and above(joined[-1][0].high, field.order) == field.low:
            below, better = joined[-1]
            longer = replace(below, length=below.length + field.length, signed=False)
            joined[-1] = longer, max(better, score, key=lambda one: one.value)
        else:
            joined.append((field, score))
    return joined


def _neighbours(track: Track, bits: list[int]) -> Iterator[list[int]]:
    """Runs of bits in one byte that flip in the same frames: one choice field.

    Two flags that merely switch together (both beams of one lever) flip at the same time too, so two bits are one
    number only if they flip to different sides; three or more that are always alike are rather a choice such as 7.
    """
    for _, group in groupby(sorted(bits), key=lambda bit: bit // 8):
        run: list[int] = []
        for bit in group:
            if run and bit == run[-1] + 1 and track.flips[bit] == track.flips[run[-1]]:
                run.append(bit)
                continue
            yield from _flags(track, run)
            run = [bit]
        yield from _flags(track, run)


def _flags(track: Track, run: list[int]) -> Iterator[list[int]]:
    """A run as it is when it is one number, else bit by bit."""
    if len(run) == 2 and not _differs(track, *run):  # noqa: PLR2004  # two that are alike
        yield from ([bit] for bit in run)
    elif run:
        yield run


def _differs(track: Track, one: int, other: int) -> bool:
    count = len(track.times)
    return (track.planes[one] ^ track.planes[other]).bit_count() > count // 2


def _away(track: Track, field: Field, released: int) -> int:
    """Plane of the frames in which the field is not at the value it has in most of the pauses."""
    away = 0
    quiet = released.bit_count()
    for bit in field.bits:
        bits = track.planes[bit]
        resting = 2 * (bits & released).bit_count() > quiet
        away |= ~bits & ((1 << len(track.times)) - 1) if resting else bits
    return away


def _window(track: Track, marks: Marks, delay: float) -> _Window:
    states = [marks.pressed(time, delay, SLACK) for time in track.times]
    presses: list[list[int]] = [[] for _ in marks.spans]
    pauses: list[list[int]] = [[] for _ in range(len(marks.spans) + 1)]
    at = 0
    for index, (time, state) in enumerate(zip(track.times, states, strict=True)):
        while at < len(marks.spans) and time - delay > marks.spans[at][1]:
            at += 1
        if state is not None:
            (presses if state else pauses)[at].append(index)
    return _Window(
        plane([state is True for state in states]),
        plane([state is False for state in states]),
        tuple(sum(1 << index for index in indices) for indices in presses if indices),
        tuple(sum(1 << index for index in indices) for indices in pauses if indices),
    )


def _score(bits: int, window: Callable[[float], _Window], presses: int) -> _Score:
    best = _Score(0.0, 0, 0.0, 0.0, 0.0, inverted=False)
    for delay in DELAYS:
        seen = window(delay)
        inside, outside = seen.pressed.bit_count(), seen.released.bit_count()
        if not inside or not outside:
            continue
        on = (bits & seen.pressed).bit_count() / inside
        off = 1 - (bits & seen.released).bit_count() / outside
        inverted = on + off < 1
        if inverted:
            on, off = 1 - on, 1 - off
        if on + off - 1 <= best.value - 0.01:  # a later delay must be worth it
            continue
        hits = sum(_share(bits, press, inverted) >= FULL for press in seen.presses)
        quiet = sum(_share(bits, pause, inverted) <= 1 - FULL for pause in seen.pauses)
        share = (hits + quiet) / (presses + max(1, len(seen.pauses)))
        value = max(0.0, on + off - 1) * share
        if value > best.value:
            best = _Score(value, hits, on, off, delay, inverted)
    return best


def _share(bits: int, among: int, inverted: bool) -> float:
    share = (bits & among).bit_count() / among.bit_count()
    return 1 - share if inverted else share


def _part_of_number(track: Track, taken: frozenset[int], bit: int) -> bool:
    """Whether other bits of the bit's field change at other times."""
    number = next((field for field in find_fields(track, taken) if bit in field.bits), None)
    return number is not None and any(track.rates[other] > 2 * track.rates[bit] for other in number.bits)


def _propose(track: Track, marks: Marks, taken: frozenset[int], found: tuple[Field, _Score, bool]) -> Proposal:
    field, score, moving = found
    count = len(marks.spans)
    # every press and every pause halves the chance that something else did the same by accident
    sure = score.value * (1 - 0.5 ** (2 * score.followed - 1))
    rare = len(track.times) < RARE * 2 * count
    part = not moving and field.length == 1 and _part_of_number(track, taken, field.low)
    sure *= (DOUBT if rare else 1.0) * (DOUBT if part else 1.0)
    verb = "moves" if moving else "is off" if score.inverted else "is on"
    words = (
        f"{verb} in {score.followed} of {count} presses of {marks.label}, during {score.on:.1%} of the pressed time, "
        f"and rests {score.off:.1%} of the rest; {score.delay:+.2f} s from the marks"
        f"{'; but it looks like one bit of a number' if part else ''}"
        f"{'; a message that is sent only now and then' if rare else ''}"
    )
    raw = field.values(track.payloads)
    kind = Kind.FLAG if field.length == 1 else Kind.PHYSICAL if len(set(raw)) > 4 else Kind.CHOICE  # noqa: PLR2004
    return Proposal(
        track.key,
        track.length,
        field,
        kind,
        sure,
        words,
        low=min(raw),
        high=max(raw),
        cycle=track.cycle,
        inverted=score.inverted and not moving,
    )
