# SPDX-License-Identifier: Apache-2.0
"""Fault memory of an ECU: status bits as ISO 14229-1 annex D defines them, ageing, and a snapshot of the moment."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

FAILED = 0x01  # the test fails now
FAILED_THIS_CYCLE = 0x02
PENDING = 0x04  # failed in this or the last operation cycle
CONFIRMED = 0x08
NOT_TESTED_SINCE_CLEAR = 0x10
FAILED_SINCE_CLEAR = 0x20
NOT_TESTED_THIS_CYCLE = 0x40
LAMP = 0x80  # the ECU asks for its warning lamp

CLEARED = NOT_TESTED_SINCE_CLEAR | NOT_TESTED_THIS_CYCLE
AGED_AFTER = 40  # operation cycles without the fault after which it is forgotten
ALL_GROUPS = 0xFFFFFF
COUNTER_MAX = 255

_TEXT = re.compile(r"([PCBU])([0-3])([0-9A-F]{3})(?:-([0-9A-F]{2}))?")


def code_number(text: str) -> int | None:
    """``P0A1F-00`` (SAE J2012) as the three bytes on the bus; without ``-00`` the failure type is 0. None = no code."""
    found = _TEXT.fullmatch(text.strip().upper())
    if found is None:
        return None
    letter, first, rest, kind = found.groups()
    return ("PCBU".index(letter) << 14 | int(first) << 12 | int(rest, 16)) << 8 | int(kind or "0", 16)


@dataclass(frozen=True, slots=True)
class FaultKind:
    """A fault that an ECU can find."""

    code: int  # three bytes
    trips: int = 1  # operation cycles with the fault until it is confirmed
    lamp: bool = False


@dataclass(slots=True)
class Fault:
    """One entry of the memory."""

    kind: FaultKind
    status: int = CLEARED
    present: bool = False  # the cause is there, whatever the memory says
    failed_cycles: int = 0
    clean_cycles: int = 0  # ageing counter
    occurrences: int = 0
    snapshot: bytes = b""  # identifiers and values of the moment when it failed first

    def fail(self, snapshot: Callable[[], bytes]) -> None:
        """The test of this fault has failed."""
        self.present = True
        if not self.status & FAILED_THIS_CYCLE:
            self.failed_cycles += 1
        if not self.status & FAILED:
            self.occurrences = min(self.occurrences + 1, COUNTER_MAX)
        if not self.snapshot:
            self.snapshot = snapshot()
        self.clean_cycles = 0
        self.status |= FAILED | FAILED_THIS_CYCLE | PENDING | FAILED_SINCE_CLEAR
        self.status &= ~(NOT_TESTED_SINCE_CLEAR | NOT_TESTED_THIS_CYCLE)
        if self.failed_cycles >= self.kind.trips:
            self.status |= CONFIRMED | (LAMP if self.kind.lamp else 0)

    def heal(self) -> None:
        """The test has passed: the fault is gone now, and remembered."""
        self.present = False
        self.status &= ~(FAILED | NOT_TESTED_SINCE_CLEAR | NOT_TESTED_THIS_CYCLE)

    def begin_cycle(self, snapshot: Callable[[], bytes]) -> None:
        """A new operation cycle. A fault that is there is found again in it; one that is gone grows old."""
        tested_clean = not self.status & (FAILED_THIS_CYCLE | NOT_TESTED_THIS_CYCLE)
        if tested_clean:
            self.failed_cycles = 0
            self.status &= ~(PENDING | LAMP)
            if self.status & CONFIRMED:
                self._age()
        self.status &= ~(FAILED_THIS_CYCLE | FAILED)
        self.status |= NOT_TESTED_THIS_CYCLE
        if self.present:
            self.fail(snapshot)
        else:
            self.heal()

    def clear(self) -> None:
        """Forget everything. A cause that is still there is found again in the next operation cycle."""
        self.status = CLEARED
        self.failed_cycles = self.clean_cycles = self.occurrences = 0
        self.snapshot = b""

    def _age(self) -> None:
        self.clean_cycles += 1
        if self.clean_cycles >= AGED_AFTER:
            self.status &= ~CONFIRMED
            self.clean_cycles = 0
            self.snapshot = b""


class FaultMemory:
    """All faults that one ECU knows."""

    def __init__(self, kinds: Iterable[FaultKind], snapshot: Callable[[], bytes]) -> None:
        """``snapshot`` makes the record of this moment."""
        self._faults = {kind.code: Fault(kind) for kind in kinds}
        self._snapshot = snapshot
        self.clears = 0

    def get(self, code: int) -> Fault | None:
        """The fault with this code; None when the ECU does not know it."""
        return self._faults.get(code)

    def all(self) -> list[Fault]:
        """Every fault that the ECU knows."""
        return list(self._faults.values())

    def matching(self, mask: int) -> list[Fault]:
        """Faults of whose status at least one bit is in the mask."""
        return [fault for fault in self._faults.values() if fault.status & mask]

    def fail(self, code: int) -> bool:
        """Provoke a fault; False when the ECU does not know it."""
        fault = self.get(code)
        if fault is None:
            return False
        fault.fail(self._snapshot)
        return True

    def heal(self, code: int) -> bool:
        """Take the cause of a fault away; False when the ECU does not know it."""
        fault = self.get(code)
        if fault is None:
            return False
        fault.heal()
        return True

    def begin_cycle(self) -> None:
        """A new operation cycle for all."""
        for fault in self._faults.values():
            fault.begin_cycle(self._snapshot)

    def clear(self, group: int) -> bool:
        """Clear one code or, with 0xFFFFFF, all; False for a group that the ECU does not have."""
        chosen = self.all() if group == ALL_GROUPS else [self._faults[group]] if group in self._faults else []
        for fault in chosen:
            fault.clear()
        self.clears += bool(chosen)
        return bool(chosen)
