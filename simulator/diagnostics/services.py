# SPDX-License-Identifier: Apache-2.0
"""UDS services of an ECU (ISO 14229-1): a request in, the response, a refusal or a routine that takes its time."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from simulator.diagnostics import faults
from simulator.diagnostics.access import DEFAULT, EXTENDED, PROGRAMMING, Access
from simulator.diagnostics.faults import FaultMemory
from simulator.diagnostics.obd import Obd
from simulator.diagnostics.parts import EcuSpec, Live
from simulator.diagnostics.refusal import Nrc, Refusal

P2, P2_STAR = 0.05, 5.0  # s; what the ECU promises
SUPPRESS = 0x80  # bit of a sub-function: no positive response wanted
STATUS_AVAILABLE = 0xFF
DTC_FORMAT = 0x00  # SAE J2012
SNAPSHOT_RECORD = 0x01
EXTENDED_RECORD = 0x01
ALL_RECORDS = 0xFF
ROUTINE_START, ROUTINE_STOP, ROUTINE_RESULT = 1, 2, 3
IDENTIFIERS_MAX = 8  # in one ReadDataByIdentifier
STANDING = 1.0  # km/h; below, the car counts as standing

FAULT_SWITCH = 0xFE00
"""Data identifier of the simulator's own (range of system suppliers): write code and 1 or 0 to provoke or heal."""
CYCLE_SWITCH = 0xFE01
"""Write n: n operation cycles pass."""
ALL_CODES = 0xFFFFFF


@dataclass(frozen=True, slots=True)
class Later:
    """An answer that takes ``seconds``; the ECU says "pending" until then."""

    seconds: float
    make: Callable[[], bytes]


class Services:
    """The services of one ECU."""

    def __init__(self, spec: EcuSpec, live: Live, rng: random.Random) -> None:
        self.spec = spec
        self.access = Access(rng)
        self._live = live
        self._written: dict[int, bytes] = {}
        self._results: dict[int, bytes] = {}
        self.memory = FaultMemory(spec.kinds, lambda: self._record(spec.snapshot))
        self._obd = Obd(self.memory, live, spec.name) if spec.obd else None
        self._table: dict[int, Callable[[bytes, float], bytes | Later]] = {
            0x10: self._session,
            0x11: self._reset,
            0x14: self._clear,
            0x19: self._faults,
            0x22: self._read,
            0x27: self._security,
            0x2E: self._write,
            0x31: self._routine,
            0x3E: self._present,
        }

    def answer(self, request: bytes, now: float) -> bytes | Later:
        """The positive response, empty when none is wanted. Raises Refusal."""
        self.access.hear(now)
        service = request[0]
        if self._obd is not None and service in self._obd.SERVICES:
            return self._obd.answer(request)
        handler = self._table.get(service)
        if handler is None:
            raise Refusal(Nrc.SERVICE_NOT_SUPPORTED)
        return handler(request, now)

    def _session(self, request: bytes, _now: float) -> bytes:
        wanted, quiet = _subfunction(request, 2)
        if wanted not in {DEFAULT, PROGRAMMING, EXTENDED}:
            raise Refusal(Nrc.SUBFUNCTION_NOT_SUPPORTED)
        if wanted == PROGRAMMING:
            if self.access.session == DEFAULT:
                raise Refusal(Nrc.SUBFUNCTION_NOT_IN_SESSION)
            self._need_standing()
        self.access.enter(wanted)
        timing = round(P2 * 1000).to_bytes(2) + round(P2_STAR * 100).to_bytes(2)
        return b"" if quiet else bytes([0x50, wanted]) + timing

    def _reset(self, request: bytes, _now: float) -> bytes:
        kind, quiet = _subfunction(request, 2)
        if kind not in {1, 3}:  # hard, soft
            raise Refusal(Nrc.SUBFUNCTION_NOT_SUPPORTED)
        self._need_session()
        self._need_standing()
        self.access.enter(DEFAULT)
        self.memory.begin_cycle()
        return b"" if quiet else bytes([0x51, kind])

    def _clear(self, request: bytes, _now: float) -> bytes:
        _length(request, 4)
        if not self.memory.clear(int.from_bytes(request[1:4])):
            raise Refusal(Nrc.OUT_OF_RANGE)
        return b"\x54"

    def _faults(self, request: bytes, _now: float) -> bytes:
        report, quiet = _subfunction(request)
        match report:
            case 0x01:  # number by status mask
                _length(request, 3)
                count = len(self.memory.matching(request[2]))
                body = bytes([STATUS_AVAILABLE, DTC_FORMAT]) + count.to_bytes(2)
            case 0x02:  # codes by status mask
                _length(request, 3)
                body = bytes([STATUS_AVAILABLE]) + _codes(self.memory.matching(request[2]))
            case 0x04:
                body = self._snapshot(request)
            case 0x06:
                body = self._extended(request)
            case 0x0A:  # all codes that the ECU knows
                _length(request, 2)
                body = bytes([STATUS_AVAILABLE]) + _codes(self.memory.all())
            case _:
                raise Refusal(Nrc.SUBFUNCTION_NOT_SUPPORTED)
        return b"" if quiet else bytes([0x59, report]) + body

    def _snapshot(self, request: bytes) -> bytes:
        fault = self._named(request, SNAPSHOT_RECORD)
        body = fault.kind.code.to_bytes(3) + bytes([fault.status])
        if not fault.snapshot:
            return body
        return body + bytes([SNAPSHOT_RECORD, len(self.spec.snapshot)]) + fault.snapshot

    def _extended(self, request: bytes) -> bytes:
        fault = self._named(request, EXTENDED_RECORD)
        counters = bytes([EXTENDED_RECORD, fault.occurrences, fault.clean_cycles])
        return fault.kind.code.to_bytes(3) + bytes([fault.status]) + (counters if fault.occurrences else b"")

    def _named(self, request: bytes, record: int) -> faults.Fault:
        _length(request, 6)
        fault = self.memory.get(int.from_bytes(request[2:5]))
        if fault is None or request[5] not in {record, ALL_RECORDS}:
            raise Refusal(Nrc.OUT_OF_RANGE)
        return fault

    def _read(self, request: bytes, _now: float) -> bytes:
        if len(request) < 3 or len(request) % 2 == 0 or len(request) > 1 + 2 * IDENTIFIERS_MAX:  # noqa: PLR2004
            raise Refusal(Nrc.WRONG_LENGTH)
        wanted = [int.from_bytes(request[at : at + 2]) for at in range(1, len(request), 2)]
        known = [identifier for identifier in wanted if identifier in self.spec.data]
        if not known:
            raise Refusal(Nrc.OUT_OF_RANGE)
        return b"\x62" + self._record(known)

    def _write(self, request: bytes, _now: float) -> bytes:
        if len(request) < 4:  # noqa: PLR2004  # service, identifier, at least one byte
            raise Refusal(Nrc.WRONG_LENGTH)
        identifier, value = int.from_bytes(request[1:3]), request[3:]
        if identifier == FAULT_SWITCH:
            self._switch_fault(value)
        elif identifier == CYCLE_SWITCH:
            for _ in range(value[0]):
                self.memory.begin_cycle()
        else:
            self._need_session()
            if identifier not in self.spec.writable:
                raise Refusal(Nrc.OUT_OF_RANGE)
            if len(value) != self.spec.writable[identifier]:
                raise Refusal(Nrc.WRONG_LENGTH)
            self._need_key()
            self._written[identifier] = value
        return b"\x6e" + request[1:3]

    def _switch_fault(self, value: bytes) -> None:
        if len(value) != 4:  # noqa: PLR2004  # code, on or off
            raise Refusal(Nrc.WRONG_LENGTH)
        code = int.from_bytes(value[:3])
        switch = self.memory.fail if value[3] else self.memory.heal
        codes = [fault.kind.code for fault in self.memory.all()] if code == ALL_CODES else [code]
        if not all(switch(code) for code in codes):
            raise Refusal(Nrc.OUT_OF_RANGE)

    def _security(self, request: bytes, now: float) -> bytes:
        self._need_session()
        level, quiet = _subfunction(request)
        if level not in {1, 2}:
            raise Refusal(Nrc.SUBFUNCTION_NOT_SUPPORTED)
        if self.access.locked_out(now):
            raise Refusal(Nrc.DELAY_NOT_EXPIRED)
        if level == 1:
            seed = self.access.seed()
            return b"" if quiet else bytes([0x67, level]) + seed
        if not self.access.awaits_key:
            raise Refusal(Nrc.SEQUENCE_ERROR)
        unlocked, locked_out = self.access.try_key(request[2:], now)
        if not unlocked:
            raise Refusal(Nrc.TOO_MANY_ATTEMPTS if locked_out else Nrc.INVALID_KEY)
        return b"" if quiet else bytes([0x67, level])

    def _routine(self, request: bytes, _now: float) -> bytes | Later:
        self._need_session()
        if len(request) < 4:  # noqa: PLR2004  # service, what to do, identifier
            raise Refusal(Nrc.WRONG_LENGTH)
        action, identifier = request[1] & ~SUPPRESS, int.from_bytes(request[2:4])
        if action not in {ROUTINE_START, ROUTINE_STOP, ROUTINE_RESULT}:
            raise Refusal(Nrc.SUBFUNCTION_NOT_SUPPORTED)
        routine = self.spec.routines.get(identifier)
        if routine is None:
            raise Refusal(Nrc.OUT_OF_RANGE)
        head = bytes([0x71, action]) + request[2:4]
        if action == ROUTINE_RESULT:
            if identifier not in self._results:
                raise Refusal(Nrc.SEQUENCE_ERROR)
            return head + self._results[identifier]
        if routine.secured:
            self._need_key()
        if routine.standing:
            self._need_standing()
        if action == ROUTINE_STOP:
            raise Refusal(Nrc.SEQUENCE_ERROR)  # ours run to their end before anybody can stop them

        def finish() -> bytes:
            self._results[identifier] = routine.result
            return head + routine.result

        return Later(routine.seconds, finish)

    def _present(self, request: bytes, _now: float) -> bytes:
        zero, quiet = _subfunction(request, 2)
        if zero:
            raise Refusal(Nrc.SUBFUNCTION_NOT_SUPPORTED)
        return b"" if quiet else b"\x7e\x00"

    def _record(self, identifiers: list[int] | tuple[int, ...]) -> bytes:
        return b"".join(
            identifier.to_bytes(2) + (self._written.get(identifier) or self.spec.data[identifier](self._live))
            for identifier in identifiers
        )

    def _need_session(self) -> None:
        if self.access.session == DEFAULT:
            raise Refusal(Nrc.SERVICE_NOT_IN_SESSION)

    def _need_key(self) -> None:
        if not self.access.unlocked:
            raise Refusal(Nrc.ACCESS_DENIED)

    def _need_standing(self) -> None:
        if self._live("ESC_Speed") > STANDING:
            raise Refusal(Nrc.CONDITIONS_NOT_CORRECT)


def _length(request: bytes, exact: int) -> None:
    if len(request) != exact:
        raise Refusal(Nrc.WRONG_LENGTH)


def _subfunction(request: bytes, exact: int = 0) -> tuple[int, bool]:
    """Sub-function, and whether a positive response is unwanted."""
    if len(request) < 2 or (exact and len(request) != exact):  # noqa: PLR2004  # service and sub-function
        raise Refusal(Nrc.WRONG_LENGTH)
    return request[1] & ~SUPPRESS, bool(request[1] & SUPPRESS)


def _codes(found: list[faults.Fault]) -> bytes:
    return b"".join(fault.kind.code.to_bytes(3) + bytes([fault.status]) for fault in found)
