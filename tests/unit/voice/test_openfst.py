# SPDX-License-Identifier: Apache-2.0
"""The grammar's automaton and its OpenFst file, read back by OpenFst's own tools where they are installed."""

import random
import shutil
import struct
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivi.voice.grammar import automaton, openfst
from ivi.voice.process import MODEL

GARBAGE = openfst.Garbage(label=1, cost=0.5)
WORDS = st.lists(st.integers(2, 9), min_size=1, max_size=6).map(tuple)


@given(st.sets(WORDS, min_size=1, max_size=40), WORDS)
def test_accepts_exactly_the_sentences(sentences: set[tuple[int, ...]], other: tuple[int, ...]) -> None:
    graph = automaton.build(sentences)
    assert all(graph.accepts(sentence) for sentence in sentences)
    assert graph.accepts(other) == (other in sentences)
    assert not graph.accepts(())


@given(st.sets(WORDS, min_size=1, max_size=40))
def test_no_two_states_are_equal(sentences: set[tuple[int, ...]]) -> None:
    states = automaton.build(sentences).states
    assert len({(state.final, tuple(state.arcs.items())) for state in states}) == len(states)
    assert all(list(state.arcs) == sorted(state.arcs) for state in states)


def test_order_of_sentences_does_not_matter() -> None:
    sentences = [(2, 3), (2, 3, 4), (5, 4), (2, 4), (3,)]
    shuffled = sentences * 2
    random.Random(7).shuffle(shuffled)
    assert openfst.to_bytes(automaton.build(sentences), GARBAGE) == openfst.to_bytes(automaton.build(shuffled), GARBAGE)


def test_equal_endings_are_shared() -> None:
    many = {(2 + first, *range(20, 30)) for first in range(10)}
    assert len(automaton.build(many).states) == 12


def test_garbage_must_not_begin_a_sentence() -> None:
    with pytest.raises(ValueError, match="label 1"):
        openfst.to_bytes(automaton.build([(1, 2)]), GARBAGE)


def test_layout_of_the_file() -> None:
    data = openfst.to_bytes(automaton.build([(2,)]), GARBAGE)
    assert struct.unpack_from("<i", data) == (0x7EB2FDD6,)
    assert data[8:14] == b"vector"
    assert data[18:26] == b"standard"
    start, states, arcs = struct.unpack_from("<qqq", data, 42)
    assert (start, states, arcs) == (0, 3, 3)


def test_loop_cost_changes_one_weight() -> None:
    """The loop of the state behind word 1 gets the cost; the file changes in those four bytes only."""
    data = openfst.to_bytes(automaton.build([(2,)]), GARBAGE)
    changed = openfst.with_loop_cost(data, 1, -1.5)
    assert changed is not None
    differing = [at for at in range(len(data)) if data[at] != changed[at]]
    assert len(changed) == len(data)
    assert 1 <= len(differing) <= 4
    assert differing[-1] - differing[0] < 4
    assert struct.pack("<f", -1.5) in changed
    assert struct.pack("<f", -1.5) not in data


@pytest.mark.parametrize("keep", [0, 3, 30, 60, 100])
def test_loop_cost_of_another_file(keep: int) -> None:
    data = openfst.to_bytes(automaton.build([(2, 3), (3, 2)]), GARBAGE)
    assert openfst.with_loop_cost(data[:keep], 1, -1.5) is None
    assert openfst.with_loop_cost(data, 77, -1.5) is None
    assert openfst.with_loop_cost(b"\xd6\xfd\xb2\x7e" + bytes(keep), 1, -1.5) is None


def _tool(name: str, *arguments: str) -> str:
    program = shutil.which(name)
    if program is None:
        pytest.skip(f"{name} is not installed (Debian: libfst-tools)")
    return subprocess.run([program, *arguments], check=True, capture_output=True, text=True, timeout=30).stdout


def test_openfst_reads_what_was_meant(tmp_path: Path) -> None:
    file = tmp_path / "Gr.fst"
    file.write_bytes(openfst.to_bytes(automaton.build([(2, 3), (2, 4, 3)]), GARBAGE))
    rows = {tuple(line.split("\t")) for line in _tool("fstprint", str(file)).splitlines()}
    finals = {row[0] for row in rows if len(row) == 1}
    garbage = {row for row in rows if "1" in row[2:4]}
    assert garbage == {("0", "4", "1", "1", "0.5"), ("4", "4", "1", "1", "0.5")}
    assert rows - garbage == {
        ("0", "1", "2", "2"),
        ("1", "2", "3", "3"),
        ("1", "3", "4", "4"),
        ("3", "2", "3", "3"),
        ("2",),
        ("4",),
    }
    assert finals == {"2", "4"}


def test_openfst_agrees_with_the_properties(tmp_path: Path) -> None:
    rng = random.Random(3)
    sentences = {tuple(rng.randrange(2, 40) for _ in range(rng.randrange(1, 9))) for _ in range(500)}
    file = tmp_path / "Gr.fst"
    file.write_bytes(openfst.to_bytes(automaton.build(sentences), GARBAGE))
    facts = dict(line.rsplit(None, 1) for line in _tool("fstinfo", "--info_type=long", str(file)).splitlines())
    for property_ in ("acceptor", "input deterministic", "output deterministic", "input label sorted"):
        assert facts[property_] == "y", property_
    assert facts["# of input/output epsilons"] == "0"
    assert facts["# of states"] == facts["# of coaccessible states"] == facts["# of accessible states"]


def test_openfst_sees_the_garbage_loop_of_the_shipped_model(tmp_path: Path) -> None:
    graph = MODEL / "graph/HCLr.fst"
    changed = openfst.with_loop_cost(graph.read_bytes(), 1, -1.25)
    assert changed is not None
    (tmp_path / "HCLr.fst").write_bytes(changed)
    before = _tool("fstprint", str(graph)).splitlines()
    after = _tool("fstprint", str(tmp_path / "HCLr.fst")).splitlines()
    [(old, new)] = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    source, target, *_ = old.split("\t")
    assert source == target
    assert new == f"{old}\t-1.25"


def test_openfst_finds_the_same_language(tmp_path: Path) -> None:
    """OpenFst compiles, determinizes and minimizes the sentences itself and finds our file equivalent and as small."""
    sentences = [(2, 3), (2, 3, 4), (5, 4), (2, 4), (3,), (5, 3, 4), (6, 3, 4)]
    rows, state = ["0 900 1 1 0.5", "900 900 1 1 0.5", "900"], 1
    for sentence in sentences:
        source = 0
        for label in sentence:
            rows.append(f"{source} {state} {label} {label}")
            source, state = state, state + 1
        rows.append(str(source))
    text, theirs, ours = tmp_path / "a.txt", tmp_path / "theirs.fst", tmp_path / "ours.fst"
    # The state of the first line is the start state.
    text.write_text("\n".join(rows) + "\n")
    ours.write_bytes(openfst.to_bytes(automaton.build(sentences), GARBAGE))
    _tool("fstcompile", str(text), str(theirs))
    _tool("fstdeterminize", str(theirs), str(tmp_path / "det.fst"))
    _tool("fstminimize", str(tmp_path / "det.fst"), str(tmp_path / "min.fst"))
    _tool("fstequivalent", str(tmp_path / "det.fst"), str(ours))
    states = [
        line.split()[-1]
        for name in ("min.fst", "ours.fst")
        for line in _tool("fstinfo", str(tmp_path / name)).splitlines()
        if line.startswith("# of states")
    ]
    assert states[0] == states[1]
