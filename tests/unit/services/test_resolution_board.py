# SPDX-License-Identifier: Apache-2.0
"""The list of faults: no news from one look, solved ones are told, and silence of a source solves nothing."""

from collections.abc import Sequence

from ivi.model.resolution import MAX_FAULTS, MAX_SOLVED, Fault, Severity
from ivi.services.resolution.board import Board


def fault(number: str, severity: Severity = Severity.LIMITED, sentence: str = "It is off.") -> Fault:
    return Fault(number, severity, sentence, "", [])


def look(board: Board, now: int, *, gone: frozenset[str] = frozenset(), **found: Sequence[Fault] | None) -> bool:
    return board.take(found, gone, now)


def test_a_fault_of_one_look_is_no_news() -> None:
    board = Board()
    assert not look(board, 1, voice=[fault("a")])
    assert not look(board, 2, voice=[])
    assert not look(board, 3, voice=[fault("a")])
    assert look(board, 4, voice=[fault("a")])
    assert [(one.id, one.since_ms) for one in board.view.faults] == [("a", 4)]
    # It stays the same fault while its words change.
    assert look(board, 5, voice=[fault("a", sentence="It is still off.")])
    assert (board.view.faults[0].since_ms, board.view.faults[0].sentence) == (4, "It is still off.")
    assert not look(board, 6, voice=[fault("a", sentence="It is still off.")])


def test_solved_ones_are_told_and_come_back() -> None:
    board = Board()
    for now in (1, 2):
        look(board, now, voice=[fault("a")])
    look(board, 3, voice=[])
    assert board.view.faults == []
    assert [(one.id, one.since_ms, one.solved_ms) for one in board.view.solved] == [("a", 2, 3)]
    for now in (4, 5):
        look(board, now, voice=[fault("a")])
    assert [one.id for one in board.view.faults] == ["a"]
    assert board.view.solved == []


def test_silence_solves_nothing_and_an_end_takes_all_along() -> None:
    board = Board()
    for now in (1, 2):
        look(board, now, voice=[fault("a")], cloud=[fault("b")])
    assert not look(board, 3, voice=None, cloud=None)
    assert look(board, 4, gone=frozenset({"voice"}), voice=None, cloud=None)
    assert [one.id for one in board.view.faults] == ["b"]
    assert board.view.solved == []
    assert board.fault("a") is None
    assert board.fault("b") is not None


def test_the_worst_is_first_and_the_list_is_bounded() -> None:
    board = Board()
    many = [fault(f"n{number:03}") for number in range(MAX_FAULTS + 5)]
    mixed = [fault("w", Severity.WAITING), *many, fault("l", Severity.LOST)]
    for now in (1, 2):
        look(board, now, all=mixed)
    assert len(board.view.faults) == MAX_FAULTS
    assert board.view.faults[0].id == "l"
    assert board.view.left_out == 7
    look(board, 3, all=[])
    assert len(board.view.solved) == MAX_SOLVED
