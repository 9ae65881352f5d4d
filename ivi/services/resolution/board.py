# SPDX-License-Identifier: Apache-2.0
"""What is off now and what was: faults by their source, with when they began, and those that are over.

A source that did not answer says nothing new: what it said before stays. One that is gone takes its faults along
without calling them solved.
"""

from collections import deque
from collections.abc import Mapping, Sequence

import msgspec

from ivi.model.resolution import MAX_FAULTS, MAX_SOLVED, Fault, Resolution, Severity, SolvedFault

_ORDER = {Severity.LOST: 0, Severity.LIMITED: 1, Severity.WAITING: 2}


class Board:
    """The list that the screen shows."""

    def __init__(self) -> None:
        self._by_source: dict[str, dict[str, Fault]] = {}
        self._suspects: dict[str, set[str]] = {}
        """Ids that were seen for the first time at the last look: a start or a restart is no news."""
        self._solved: deque[SolvedFault] = deque(maxlen=MAX_SOLVED)
        self.view = Resolution([], [])
        """What is to be told now."""

    def take(self, found: Mapping[str, Sequence[Fault] | None], gone: frozenset[str], now_ms: int) -> bool:
        """One look at all sources (None: no answer). Returns whether the view changed."""
        for source, faults in found.items():
            if source in gone:
                self._by_source.pop(source, None)
                self._suspects.pop(source, None)
            elif faults is not None:
                self._settle(source, faults, now_ms)
        return self._redraw()

    def fault(self, number: str) -> Fault | None:
        """The fault of this id, while it lasts."""
        return next((one for one in self.view.faults if one.id == number), None)

    def _settle(self, source: str, faults: Sequence[Fault], now_ms: int) -> None:
        known = self._by_source.setdefault(source, {})
        suspects = self._suspects.get(source, set())
        seen = {fault.id: fault for fault in faults}
        for number, fault in seen.items():
            if number in known:
                known[number] = msgspec.structs.replace(fault, since_ms=known[number].since_ms)
            elif number in suspects:
                known[number] = msgspec.structs.replace(fault, since_ms=now_ms)
        for number in [number for number in known if number not in seen]:
            over = known.pop(number)
            self._solved.appendleft(SolvedFault(over.id, over.sentence, over.since_ms, now_ms))
        self._suspects[source] = set(seen) - set(known)

    def _redraw(self) -> bool:
        everything = {fault.id: fault for faults in self._by_source.values() for fault in faults.values()}
        ordered = sorted(everything.values(), key=lambda one: (_ORDER[one.severity], one.since_ms, one.id))
        again = set(everything)
        solved = [one for one in self._solved if one.id not in again]
        view = Resolution(ordered[:MAX_FAULTS], solved, max(0, len(ordered) - MAX_FAULTS))
        changed = view != self.view
        self.view = view
        return changed
