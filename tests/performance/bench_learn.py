# SPDX-License-Identifier: Apache-2.0
"""How much of a hidden, shuffled layout is learned: recall and precision of the actions, values and fields.

Recall: the signals that were asked for (one per action and per known value) and are among the accepted proposals.
Precision: the accepted proposals that are a field of the hidden layout whose true signal really follows. A field is
right when at least 90 % of the bits in either are in both; "exact" when start, length and byte order agree. Bits that
never changed in the 60 s are counted as they are in the hidden layout, although nothing can show them; the figures
"observable" leave them out.
"""

import json
import statistics
import time
from collections import Counter
from dataclasses import replace

from shuffled_car import COMMANDED, REFERENCES, TARGETS, Drive, Placed, correlation, drive

from ivi.providers.can.learning import marks
from ivi.providers.can.learning.action import find_action
from ivi.providers.can.learning.field import Field, shared
from ivi.providers.can.learning.proposal import Proposal
from ivi.providers.can.learning.recording import Recording, sort_frames
from ivi.providers.can.learning.reference import Reference
from ivi.providers.can.learning.survey import fixed_bits, survey
from ivi.providers.can.learning.value import find_value

SEEDS = (11, 12)
OVERLAP = 0.9
FOLLOWS = 0.97  # |r| from which a true signal follows a reference; actions: or share of time in which both move or rest

type Counts = Counter[str]


def observable(recording: Recording, placed: Placed) -> Field | None:
    """The part of a signal between the lowest and the highest of its bits that changed."""
    rates = recording.tracks[placed.key].rates if placed.key in recording.tracks else []
    changed = [at for at, bit in enumerate(placed.field.bits) if rates and rates[bit]]
    if not changed:
        return None
    low, high = changed[0], changed[-1]
    return replace(placed.field, low=placed.field.bits[low], length=high - low + 1)


def same(one: Field, other: Field) -> bool:
    """Start, length and order agree; in one byte both orders are the same field."""
    return one.bits == other.bits


def judge(proposals: list[Proposal], wanted: str, allowed: set[str], truth: Drive, recording: Recording) -> Counts:
    """Counts of one question."""
    counts: Counts = Counter(asked=1)
    accepted = [proposal for proposal in proposals if proposal.accepted]
    target = truth.truth[wanted]
    seen = observable(recording, target)
    of_id = [proposal.field for proposal in accepted if proposal.key == target.key]
    counts["exact"] += any(same(field, target.field) for field in of_id)
    counts["found"] += any(shared(field, target.field) >= OVERLAP for field in of_id)
    counts["exact_seen"] += seen is not None and any(_covers(field, seen, target.field) for field in of_id)
    for proposal in accepted:
        counts["accepted"] += 1
        fits = [p for name, p in truth.truth.items() if p.key == proposal.key and name in allowed]
        counts["right"] += any(shared(proposal.field, p.field) >= OVERLAP for p in fits)
        counts["right_exact"] += any(same(proposal.field, p.field) for p in fits)
        parts = [(observable(recording, p), p.field) for p in fits]
        counts["right_seen"] += any(part is not None and _covers(proposal.field, part, whole) for part, whole in parts)
    return counts


def _covers(field: Field, seen: Field, whole: Field) -> bool:
    """All bits that changed and none of another signal, in the right order."""
    bits = set(field.bits)
    inside = bits <= set(whole.bits)
    return set(seen.bits) <= bits and inside and (field.one_byte or seen.one_byte or field.order == whole.order)


def followers(truth: Drive, reference: list[float]) -> set[str]:
    """Signals whose true values follow these, sampled every 50 ms."""
    return {name for name, values in truth.history.items() if abs(correlation(values, reference)) >= FOLLOWS}


def obeying(truth: Drive, target: list[float]) -> set[str]:
    """Signals that leave the value they mostly have when the target does (a light, a pedal), sampled every 50 ms."""
    wanted = away(target)
    return {
        name
        for name, values in truth.history.items()
        if sum(one == other for one, other in zip(away(values), wanted, strict=True)) >= FOLLOWS * len(wanted)
    }


def away(values: list[float]) -> list[bool]:
    """When a signal is not at the value that it mostly has."""
    rest = Counter(values).most_common(1)[0][0]
    return [value != rest for value in values]


def learn(seed: int) -> tuple[Counts, Counts, Counts, list[float]]:
    """Counts of values, actions and fields, and the seconds that reading, values and actions took."""
    truth = drive(seed)
    started = time.perf_counter()
    recording = sort_frames(truth.frames, "the drive")
    taken = fixed_bits(recording)
    read = time.perf_counter() - started
    values: Counts = Counter()
    actions: Counts = Counter()
    spent = []
    for what, (signal, *_) in REFERENCES.items():
        points = truth.references[what]
        started = time.perf_counter()
        known = Reference(what, [time for time, _ in points], [value for _, value in points])
        proposals = find_value(recording, known, taken)
        spent.append(time.perf_counter() - started)
        values += judge(proposals, signal, followers(truth, truth.history[signal]), truth, recording)
    for what, spans in truth.marks.items():
        started = time.perf_counter()
        proposals = find_action(recording, marks.Marks(what, tuple(spans)), taken)
        spent.append(time.perf_counter() - started)
        allowed = followers(truth, truth.history[TARGETS[what]]) | obeying(truth, truth.history[TARGETS[what]])
        if what in COMMANDED:
            allowed.add(COMMANDED[what][0])  # the head unit's own request, sent at each mark
        actions += judge(proposals, TARGETS[what], allowed, truth, recording)
    return values, actions, judge_fields(recording, truth), [read, statistics.median(spent), max(spent)]


def judge_fields(recording: Recording, truth: Drive) -> Counts:
    """How many changing signals `learn fields` cuts out exactly (of what can be seen), without knowing anything."""
    counts: Counts = Counter()
    cut = {(proposal.key, proposal.field.bits) for proposal in survey(recording)}
    places = {(p.key, seen.bits) for p in truth.truth.values() if (seen := observable(recording, p)) is not None}
    busy = {key for key, track in recording.tracks.items() if len(track.times) >= 20}
    places = {place for place in places if place[0] in busy}
    counts["signals"], counts["cut"], counts["right"] = len(places), len(cut), len(places & cut)
    return counts


def main() -> None:
    """Learn the shuffled cars and print the figures."""
    results = [learn(seed) for seed in SEEDS]
    values = sum((result[0] for result in results), Counter[str]())
    actions = sum((result[1] for result in results), Counter[str]())
    fields = sum((result[2] for result in results), Counter[str]())
    both = values + actions
    what = f"{len(REFERENCES)} known values, {len(TARGETS)} actions"
    method = f"{len(SEEDS)} shuffled layouts of ivi_ev, 60 s each; {what}"
    wide, exact = "bits in both / bits in either >= 0.9", "start, length and byte order"
    seen = "every bit that changed and none of another signal"

    def share(counts: Counts, part: str, whole: str) -> float:
        return round(counts[part] / max(1, counts[whole]), 3)

    rows = {
        "learn_recall": (share(both, "found", "asked"), wide),
        "learn_precision": (share(both, "right", "accepted"), wide),
        "learn_recall_exact": (share(both, "exact", "asked"), exact),
        "learn_precision_exact": (share(both, "right_exact", "accepted"), exact),
        "learn_recall_observable": (share(both, "exact_seen", "asked"), seen),
        "learn_precision_observable": (share(both, "right_seen", "accepted"), seen),
        "learn_recall_actions": (share(actions, "found", "asked"), wide),
        "learn_recall_values": (share(values, "found", "asked"), wide),
        "learn_precision_actions": (share(actions, "right", "accepted"), wide),
        "learn_precision_values": (share(values, "right", "accepted"), wide),
        "learn_fields_recall": (share(fields, "right", "signals"), "unsupervised; the observable part, exactly"),
        "learn_fields_precision": (share(fields, "right", "cut"), "unsupervised; the observable part, exactly"),
    }
    figures = {name: {"value": value, "unit": "", "method": f"{how}; {method}"} for name, (value, how) in rows.items()}
    for index, name in enumerate(("learn_read_s", "learn_question_s", "learn_question_max_s")):
        how = ("sort, counters and checksums", "one action or value, median", "one action or value, slowest")[index]
        value = round(statistics.median(result[3][index] for result in results), 2)
        figures[name] = {"value": value, "unit": "s", "method": f"{how}; a log of 60 s, about 73,500 frames"}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
