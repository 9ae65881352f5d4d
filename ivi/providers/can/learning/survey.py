# SPDX-License-Identifier: Apache-2.0
"""Every id of a recording cut into fields, without knowing anything: counters, checksums, flags, numbers, constants."""

from itertools import pairwise

from ivi.providers.can.learning.field import BYTE, Field
from ivi.providers.can.learning.kinds import MIN_FRAMES, find_checksum, find_counters
from ivi.providers.can.learning.proposal import Kind, Proposal
from ivi.providers.can.learning.recording import Recording, Track
from ivi.providers.can.learning.segments import Links, links_of

FEW_VALUES = 6  # a field with no more different values, none of them next to the last one, is a choice
EVIDENCE = 8.0  # logarithm of odds that counts as sure


def fixed_bits(recording: Recording) -> dict[int, frozenset[int]]:
    """Bits of counters and checksums by id: no physics, so no search looks at them."""
    return {key: _fixed(track)[0] for key, track in recording.tracks.items()}


def survey(recording: Recording) -> list[Proposal]:
    """Fields of all ids, by id and start."""
    found: list[Proposal] = []
    for track in recording.tracks.values():
        taken, proposals = _fixed(track)
        if len(track.times) >= MIN_FRAMES:
            links = links_of(track, taken)
            proposals += [_describe(track, links, field) for field in links.fields]
        found += sorted(proposals, key=lambda proposal: proposal.field.start)
    return found


def constant_bits(track: Track) -> int:
    """Payload bits that never changed."""
    return track.length * BYTE - sum(rate > 0 for rate in track.rates)


def _fixed(track: Track) -> tuple[frozenset[int], list[Proposal]]:
    proposals = []
    for counter in find_counters(track):
        values = counter.values(track.payloads)
        words = f"counts frames from {min(values)} to {max(values)}"
        proposals.append(_proposal(track, counter, Kind.COUNTER, 0.99, words))
    checksum = find_checksum(track)
    if checksum is not None:
        words = f"is the {checksum.rule} in all {len(set(track.payloads))} different payloads"
        proposals.append(_proposal(track, checksum.field, Kind.CHECKSUM, 0.99, words))
    return frozenset(bit for proposal in proposals for bit in proposal.field.bits), proposals


def _describe(track: Track, links: Links, field: Field) -> Proposal:
    values = field.values(track.payloads)
    different = len(set(values))
    changes = sum(one != other for one, other in pairwise(values))
    if field.length == 1:
        words = f"changes {changes} times"
        return _proposal(track, field, Kind.FLAG, 0.5 + 0.4 * min(1.0, changes / 10), words)
    kind = Kind.CHOICE if different <= FEW_VALUES and field.length <= BYTE else Kind.PHYSICAL
    weakest = min(links.strength(list(field.bits[:at]), field.bits[at]) for at in range(1, field.length))
    sure = 0.5 + 0.45 * min(1.0, max(0.0, weakest) / EVIDENCE)
    sign = "signed: its highest bits flip together" if field.signed else "unsigned"
    words = f"{different} different values from {min(values)} to {max(values)}, changes {changes} times, {sign}"
    return _proposal(track, field, kind, sure, words)


def _proposal(track: Track, field: Field, kind: Kind, sure: float, words: str) -> Proposal:
    values = field.values(track.payloads)
    return Proposal(
        track.key, track.length, field, kind, sure, words, low=min(values), high=max(values), cycle=track.cycle
    )
