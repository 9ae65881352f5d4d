# SPDX-License-Identifier: Apache-2.0
"""The smallest deterministic automaton that accepts a finite set of word sequences.

Built from sorted sequences in one pass (Daciuk et al., "Incremental Construction of Minimal Acyclic Finite-State
Automata", 2000, algorithm 1): equal endings share their states, so thousands of sentences stay a few kilobytes.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

START = 0


@dataclass
class State:
    """Arcs by label, in rising order of the label, and whether a sequence may end here."""

    arcs: dict[int, int] = field(default_factory=dict)
    final: bool = False


@dataclass(frozen=True)
class Automaton:
    """States by number; START is where every sequence begins."""

    states: list[State]

    def accepts(self, labels: Iterable[int]) -> bool:
        """Whether exactly this sequence is one of the set."""
        state = self.states[START]
        for label in labels:
            following = state.arcs.get(label)
            if following is None:
                return False
            state = self.states[following]
        return state.final

    def count(self) -> int:
        """How many sequences there are."""
        known: dict[int, int] = {}

        def of(number: int) -> int:
            if number not in known:
                state = self.states[number]
                known[number] = int(state.final) + sum(of(following) for following in state.arcs.values())
            return known[number]

        return of(START)

    def sequences(self) -> Iterator[tuple[int, ...]]:
        """Every sequence, the smallest label first."""
        waiting: list[tuple[int, tuple[int, ...]]] = [(START, ())]
        while waiting:
            number, labels = waiting.pop()
            state = self.states[number]
            if state.final:
                yield labels
            waiting += [(state.arcs[label], (*labels, label)) for label in sorted(state.arcs, reverse=True)]


type Choices = tuple[Iterable[tuple[int, int]], bool]
"""Labels that may come next with the place behind each, and whether all may end here."""


def determinize(begin: int, choices: Callable[[int], Choices]) -> Automaton:
    """The minimal automaton of a network without circles in which one label may lead to several places.

    Places that the same labels lead to are taken together; sets of places from which the same sequences are left
    become one state, from the end backwards. Sequences without a label are left out.
    """
    building: list[State] = []
    shared: dict[tuple[bool, tuple[tuple[int, int], ...]], int] = {}
    known: dict[frozenset[int], int | None] = {}

    def state_of(places: frozenset[int]) -> int | None:
        if places not in known:
            following: dict[int, set[int]] = {}
            final = False
            for place in places:
                arcs, may_end = choices(place)
                final = final or may_end
                for label, target in arcs:
                    following.setdefault(label, set()).add(target)
            reached = ((label, state_of(frozenset(targets))) for label, targets in sorted(following.items()))
            kept = tuple((label, target) for label, target in reached if target is not None)
            known[places] = shared_state(final, kept) if kept or final else None
        return known[places]

    def shared_state(final: bool, arcs: tuple[tuple[int, int], ...]) -> int:
        number = shared.setdefault((final, arcs), len(building))
        if number == len(building):
            building.append(State(dict(arcs), final))
        return number

    first = state_of(frozenset({begin}))
    if first is None:
        return Automaton([State()])
    building.append(State(dict(building[first].arcs)))  # a state of its own: nobody says nothing, and nothing returns
    return _renumbered(building, len(building) - 1)


def build(sequences: Iterable[tuple[int, ...]]) -> Automaton:
    """The minimal automaton of the sequences. Empty sequences are left out: nobody says nothing."""
    building: list[State] = [State()]
    shared: dict[tuple[bool, tuple[tuple[int, int], ...]], int] = {}
    path: list[tuple[int, int, int]] = []  # (state, label, following state) along the newest sequence
    previous: tuple[int, ...] = ()
    for sequence in sorted(set(sequences)):
        if not sequence:
            continue
        common = _common_prefix(previous, sequence)
        _share(building, shared, path, common)
        state = path[-1][2] if path else START
        for label in sequence[common:]:
            building.append(State())
            building[state].arcs[label] = len(building) - 1
            path.append((state, label, len(building) - 1))
            state = len(building) - 1
        building[state].final = True
        previous = sequence
    _share(building, shared, path, 0)
    return _renumbered(building)


def _common_prefix(first: tuple[int, ...], second: tuple[int, ...]) -> int:
    length = 0
    while length < min(len(first), len(second)) and first[length] == second[length]:
        length += 1
    return length


def _share(
    building: list[State],
    shared: dict[tuple[bool, tuple[tuple[int, int], ...]], int],
    path: list[tuple[int, int, int]],
    keep: int,
) -> None:
    """Replace the states of the path beyond `keep` by equal ones that exist already, from the end backwards."""
    while len(path) > keep:
        source, label, target = path.pop()
        state = building[target]
        building[source].arcs[label] = shared.setdefault((state.final, tuple(state.arcs.items())), target)


def _renumbered(building: list[State], first: int = START) -> Automaton:
    """Only the states that are reached, numbered in the order of a breadth-first walk."""
    order = {first: 0}
    queue = [first]
    for old in queue:
        for following in building[old].arcs.values():
            if following not in order:
                order[following] = len(order)
                queue.append(following)
    return Automaton(
        [State({label: order[to] for label, to in building[old].arcs.items()}, building[old].final) for old in queue]
    )
