# SPDX-License-Identifier: Apache-2.0
"""Writes an automaton as an OpenFst file, and changes one weight in one that is there.

The files are VectorFst with standard (tropical) arcs, version 2, without symbol tables.

Layout (fst/fst.h and fst/vector-fst.h of OpenFst 1.7): header, then for each state its final weight, the number of its
arcs and the arcs; all little-endian. The property bits say only what is always true of what this module writes.
"""

import math
import struct
from dataclasses import dataclass

from ivi.voice.grammar.automaton import Automaton

MAGIC = 2125659606
VERSION = 2
_HEADER = struct.Struct("<iQqqq")  # flags, properties, start state, number of states, number of arcs
_STATE = struct.Struct("<fq")  # final weight, number of arcs
_ARC = struct.Struct("<iifi")  # input label, output label, weight, following state

# fst/properties.h: expanded, mutable, acceptor, deterministic on input and output, no epsilons (both, input, output),
# sorted by input and output label.
_PROPERTIES = 0x1 | 0x2 | 0x10000 | 0x40000 | 0x100000 | 0x800000 | 0x2000000 | 0x8000000 | 0x10000000 | 0x40000000
_ONE, _ZERO = 0.0, math.inf  # of the tropical semiring: cost nothing, impossible


@dataclass(frozen=True)
class Arc:
    """One arc of the file; input and output label are the same, because grammars are acceptors."""

    label: int
    cost: float
    target: int


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
    rows: list[tuple[float, list[Arc]]] = [
        (_ONE if state.final else _ZERO, [Arc(label, _ONE, to) for label, to in sorted(state.arcs.items())])
        for state in automaton.states
    ]
    sink = len(rows)
    loop = Arc(garbage.label, garbage.cost, sink)
    rows.append((_ONE, [loop]))
    rows[0][1].append(loop)
    rows[0][1].sort(key=lambda arc: arc.label)
    return _header(len(rows), sum(len(arcs) for _, arcs in rows)) + b"".join(
        _state(final, arcs) for final, arcs in rows
    )


def with_loop_cost(data: bytes, label: int, cost: float) -> bytes | None:
    """The file with this cost on the self-loop of the state that the word `label` (an output label) leads to.

    In a decoding graph that loop is passed once for each frame, so a negative cost favours a one-phone word more the
    longer it lasts. None when the file is of another kind or has no such loop.
    """
    prefix = struct.pack("<i", MAGIC) + _text("vector") + _text("standard") + struct.pack("<i", VERSION)
    if not data.startswith(prefix):
        return None
    try:
        flags, _, _, states, _ = _HEADER.unpack_from(data, len(prefix))
        if flags:
            return None  # symbol tables or alignment follow
        targets, loops = _words_and_loops(data, len(prefix) + _HEADER.size, states, label)
    except struct.error:
        return None  # cut short
    found = [loops[state] for state in targets if state in loops]
    if not found:
        return None
    changed = bytearray(data)
    for at in found:
        ilabel, olabel, _, following = _ARC.unpack_from(changed, at)
        _ARC.pack_into(changed, at, ilabel, olabel, cost, following)
    return bytes(changed)


def _words_and_loops(data: bytes, at: int, states: int, label: int) -> tuple[set[int], dict[int, int]]:
    """States to which arcs with this output label lead, and where in the file each state's self-loop lies."""
    targets: set[int] = set()
    loops: dict[int, int] = {}
    for state in range(states):
        _, arcs = _STATE.unpack_from(data, at)
        at += _STATE.size
        for _ in range(arcs):
            _, olabel, _, following = _ARC.unpack_from(data, at)
            if following == state:
                loops[state] = at
            elif olabel == label:
                targets.add(following)
            at += _ARC.size
    return targets, loops


def _header(states: int, arcs: int) -> bytes:
    return (
        struct.pack("<i", MAGIC)
        + _text("vector")
        + _text("standard")
        + struct.pack("<i", VERSION)
        + _HEADER.pack(0, _PROPERTIES, 0, states, arcs)
    )


def _state(final: float, arcs: list[Arc]) -> bytes:
    head = _STATE.pack(final, len(arcs))
    return head + b"".join(_ARC.pack(arc.label, arc.label, arc.cost, arc.target) for arc in arcs)


def _text(value: str) -> bytes:
    data = value.encode()
    return struct.pack("<i", len(data)) + data
