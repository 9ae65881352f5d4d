# SPDX-License-Identifier: Apache-2.0
"""OpenFst files in pure Python: writes an automaton, writes and reads any small graph.

The files are VectorFst with standard (tropical) arcs, version 2, without symbol tables.

Layout (fst/fst.h and fst/vector-fst.h of OpenFst 1.7): header, then for each state its final weight, the number of its
arcs and the arcs; all little-endian. The property bits say only what is always true of what this module writes.
"""

import math
import struct
from dataclasses import dataclass, field

from ivi.voice.grammar.automaton import Automaton

MAGIC = 2125659606
VERSION = 2
_HEADER = struct.Struct("<iQqqq")  # flags, properties, start state, number of states, number of arcs
_STATE = struct.Struct("<fq")  # final weight, number of arcs
_ARC = struct.Struct("<iifi")  # input label, output label, weight, following state

# fst/properties.h
_FILE = 0x1 | 0x2  # expanded, mutable
OUTPUT_SORTED = 0x40000000
# Acceptor, deterministic on input and output, no epsilons (both, input, output), sorted by input label too.
_GRAMMAR = 0x10000 | 0x40000 | 0x100000 | 0x800000 | 0x2000000 | 0x8000000 | 0x10000000 | OUTPUT_SORTED
ONE, ZERO = 0.0, math.inf  # of the tropical semiring: cost nothing, impossible


@dataclass(frozen=True, slots=True)
class Arc:
    """One arc; label 0 is epsilon."""

    ilabel: int
    olabel: int
    cost: float
    target: int


@dataclass(slots=True)
class Node:
    """One state: its arcs, and what it costs to end here (ZERO: not possible)."""

    arcs: list[Arc] = field(default_factory=list)
    final: float = ZERO


@dataclass(frozen=True)
class Garbage:
    """A path beside the sentences, one word or more, that absorbs any other speech. Sentences cost nothing."""

    label: int
    cost: float
    """Of each such word; above zero, or the recogniser tries to hear as many as it can."""


def to_bytes(automaton: Automaton, garbage: Garbage) -> bytes:
    """The file. Raises ValueError when a sentence begins with the garbage label: it would not be deterministic."""
    if garbage.label in automaton.states[0].arcs:
        raise ValueError(f"label {garbage.label} is both garbage and the first word of a sentence")
    nodes = [
        Node([Arc(label, label, ONE, to) for label, to in sorted(state.arcs.items())], ONE if state.final else ZERO)
        for state in automaton.states
    ]
    sink = len(nodes)
    loop = Arc(garbage.label, garbage.label, garbage.cost, sink)
    nodes.append(Node([loop], ONE))
    nodes[0].arcs.append(loop)
    nodes[0].arcs.sort(key=lambda arc: arc.ilabel)
    return write(nodes, _GRAMMAR)


def word_loop(costs: dict[int, float]) -> bytes:
    """The file of a grammar that accepts any sequence of these words, each at its cost."""
    arcs = [Arc(label, label, cost, 0) for label, cost in sorted(costs.items())]
    return write([Node(arcs, ONE)], _GRAMMAR)


def write(nodes: list[Node], properties: int) -> bytes:
    """The file of these states; the first is where it begins. `properties` are OpenFst's bits that hold for it."""
    head = _prefix() + _HEADER.pack(0, _FILE | properties, 0, len(nodes), sum(len(node.arcs) for node in nodes))
    parts = [head]
    for node in nodes:
        parts.append(_STATE.pack(node.final, len(node.arcs)))
        parts += [_ARC.pack(arc.ilabel, arc.olabel, arc.cost, arc.target) for arc in node.arcs]
    return b"".join(parts)


def read(data: bytes) -> list[Node] | None:
    """The states of a file; None when it is of another kind, holds symbol tables, is cut short or begins elsewhere."""
    prefix = _prefix()
    if not data.startswith(prefix):
        return None
    try:
        flags, _, start, states, _ = _HEADER.unpack_from(data, len(prefix))
        if flags or start != 0:
            return None  # symbol tables or alignment follow, or the states would have to be renumbered
        return _nodes(data, len(prefix) + _HEADER.size, states)
    except struct.error:
        return None  # cut short


def _nodes(data: bytes, at: int, states: int) -> list[Node]:
    nodes = []
    for _ in range(states):
        final, arcs = _STATE.unpack_from(data, at)
        at += _STATE.size
        end = at + arcs * _ARC.size
        if not at <= end <= len(data):
            raise struct.error("fewer arcs than the state says")
        nodes.append(Node([Arc(*row) for row in _ARC.iter_unpack(data[at:end])], final))
        at = end
    return nodes


def with_loop_cost(data: bytes, label: int, cost: float) -> bytes | None:
    """The file with this cost on the self-loop of the state that the word `label` (an output label) leads to.

    In a decoding graph that loop is passed once for each frame, so a negative cost favours a one-phone word more the
    longer it lasts. None when the file is of another kind or has no such loop.
    """
    nodes = read(data)
    if nodes is None:
        return None
    targets = {arc.target for node in nodes for arc in node.arcs if arc.olabel == label}
    found = False
    for state in sorted(targets):
        if not 0 <= state < len(nodes):
            return None
        arcs = nodes[state].arcs
        for index, arc in enumerate(arcs):
            if arc.target == state:
                arcs[index] = Arc(arc.ilabel, arc.olabel, cost, state)
                found = True
    if not found:
        return None
    properties = _HEADER.unpack_from(data, len(_prefix()))[1]
    return write(nodes, properties & ~_UNWEIGHTED)


_UNWEIGHTED = 0x200000000  # no weights but one and zero


def _prefix() -> bytes:
    return struct.pack("<i", MAGIC) + _text("vector") + _text("standard") + struct.pack("<i", VERSION)


def _text(value: str) -> bytes:
    data = value.encode()
    return struct.pack("<i", len(data)) + data
