# SPDX-License-Identifier: Apache-2.0
"""Fault memory: status bits through the life of a fault, ageing, snapshot and clearing."""

from collections.abc import Iterator

import pytest

from simulator.diagnostics import faults
from simulator.diagnostics.faults import AGED_AFTER, CLEARED, FaultKind, FaultMemory, code_number

CODE = 0x0A7F00


@pytest.fixture
def moments() -> Iterator[bytes]:
    return (bytes([number]) for number in range(100))


@pytest.fixture
def memory(moments: Iterator[bytes]) -> FaultMemory:
    return FaultMemory([FaultKind(CODE, lamp=True), FaultKind(1, trips=2)], lambda: next(moments))


def status(memory: FaultMemory, code: int = CODE) -> int:
    fault = memory.get(code)
    assert fault is not None
    return fault.status


@pytest.mark.parametrize(
    ("text", "number"),
    [("P0A7F", 0x0A7F00), ("u0100-00", 0xC10000), ("B1234-11", 0x923411), ("P4000", None), ("", None)],
)
def test_codes(text: str, number: int | None) -> None:
    assert code_number(text) == number


def test_nothing_is_tested_before_the_first_fault(memory: FaultMemory) -> None:
    assert status(memory) == CLEARED


def test_a_fault_is_confirmed_at_once_and_lights_its_lamp(memory: FaultMemory) -> None:
    assert memory.fail(CODE)
    assert status(memory) == 0xAF


def test_one_that_needs_two_trips_is_pending_first(memory: FaultMemory) -> None:
    memory.fail(1)
    assert status(memory, 1) == 0x27
    memory.begin_cycle()
    assert status(memory, 1) == 0x2F


def test_a_healed_fault_is_remembered_and_ages_away(memory: FaultMemory) -> None:
    memory.fail(CODE)
    memory.heal(CODE)
    assert status(memory) == 0xAE
    memory.begin_cycle()
    assert status(memory) & faults.PENDING, "pending until a whole cycle has passed without it"
    memory.begin_cycle()
    assert status(memory) == faults.CONFIRMED | faults.FAILED_SINCE_CLEAR
    for _ in range(AGED_AFTER):
        memory.begin_cycle()
    assert status(memory) == faults.FAILED_SINCE_CLEAR


def test_the_snapshot_is_of_the_first_moment(memory: FaultMemory) -> None:
    memory.fail(CODE)
    memory.fail(CODE)
    fault = memory.get(CODE)
    assert fault is not None
    assert (fault.snapshot, fault.occurrences) == (b"\x00", 1)


def test_a_cause_that_stays_comes_back_after_clearing(memory: FaultMemory) -> None:
    memory.fail(CODE)
    assert memory.clear(0xFFFFFF)
    assert status(memory) == CLEARED
    memory.begin_cycle()
    assert status(memory) & faults.CONFIRMED


def test_one_code_is_cleared_alone(memory: FaultMemory) -> None:
    memory.fail(CODE)
    memory.fail(1)
    assert memory.clear(1)
    assert (status(memory), status(memory, 1)) == (0xAF, CLEARED)
    assert not memory.clear(2)


def test_unknown_codes_are_refused(memory: FaultMemory) -> None:
    assert not memory.fail(5)
    assert not memory.heal(5)
