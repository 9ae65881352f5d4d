# SPDX-License-Identifier: Apache-2.0
"""The ECUs on the bus: physical and functional addresses, answers that take their time, and when to look again."""

import random
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from simulator.diagnostics.ecus import ECUS, FUNCTIONAL
from simulator.diagnostics.faults import ALL_GROUPS, code_number
from simulator.diagnostics.parts import EcuSpec, Live
from simulator.diagnostics.refusal import SILENT_WHEN_FUNCTIONAL, Nrc, Refusal, negative
from simulator.diagnostics.services import P2, P2_STAR, Later, Services
from simulator.diagnostics.transport import Endpoint
from simulator.errors import SimulatorError

FIRST_PENDING = P2 / 2  # s after which the first "pending" goes out
NEXT_PENDING = P2_STAR / 4  # s between two
ANSWERS_MAX = 4  # that wait for the one on its way; more requests than that are answered "busy" by silence

type Frame = tuple[int, bytes]
"""Identifier and eight bytes."""


@dataclass(slots=True)
class _Running:
    service: int
    answer: Later
    done_at: float
    pending_at: float


class Ecu:
    """One ECU: transport below, services above."""

    def __init__(self, spec: EcuSpec, live: Live, rng: random.Random) -> None:
        self.spec = spec
        self.services = Services(spec, live, rng)
        self._physical = Endpoint()
        self._functional = Endpoint()
        self._running: _Running | None = None
        self._answers: deque[bytes] = deque(maxlen=ANSWERS_MAX)

    @property
    def transport_faults(self) -> int:
        """Frames and transfers that broke ISO-TP."""
        return self._physical.faults + self._functional.faults

    def take(self, frame: bytes, now: float, *, functional: bool) -> None:
        """Handle a frame of the tester."""
        if functional and frame[:1] and frame[0] >> 4:
            return  # the functional address carries single frames only
        request = (self._functional if functional else self._physical).take(frame, now)
        if request:
            self._answer(request, now, functional=functional)

    def due(self, now: float) -> Iterator[Frame]:
        """Frames that go out now."""
        if self._running is not None:
            self._go_on(self._running, now)
        while self._answers and self._physical.send(self._answers[0], now):
            self._answers.popleft()
        for frame in self._physical.due(now):
            yield self.spec.response, frame

    def due_at(self) -> float | None:
        """When due() has something to do next; None = not before a frame arrives."""
        if self._answers and not self._physical.busy:
            return 0.0
        times = [self._physical.due_at()]
        if self._running is not None:
            times.append(min(self._running.done_at, self._running.pending_at))
        return min((time for time in times if time is not None), default=None)

    def _answer(self, request: bytes, now: float, *, functional: bool) -> None:
        if self._running is not None:
            if request[0] != 0x3E:  # noqa: PLR2004  # a tester may say that it is present while we work
                self._say(negative(request[0], Nrc.BUSY))
            return
        try:
            answer = self.services.answer(request, now)
        except Refusal as refusal:
            if not (functional and refusal.code in SILENT_WHEN_FUNCTIONAL):
                self._say(negative(request[0], refusal.code))
            return
        if isinstance(answer, Later):
            self._running = _Running(request[0], answer, now + answer.seconds, now + FIRST_PENDING)
            self._go_on(self._running, now)
        elif answer:
            self._say(answer)

    def _go_on(self, running: _Running, now: float) -> None:
        if now >= running.done_at:
            self._running = None
            self.services.access.keep(now)
            self._say(running.answer.make())
        elif now >= running.pending_at:
            running.pending_at = now + NEXT_PENDING
            self._say(negative(running.service, Nrc.PENDING))

    def _say(self, answer: bytes) -> None:
        if len(self._answers) < ANSWERS_MAX:
            self._answers.append(answer)


class Network:
    """All ECUs of the car."""

    def __init__(self, live: Live, seed: int = 1, specs: Iterable[EcuSpec] = ECUS) -> None:
        """``live`` reads the car's signals; the seed makes the seeds of security access."""
        rng = random.Random(f"diagnostics {seed}")
        self.ecus = {spec.name: Ecu(spec, live, rng) for spec in specs}
        self._planned: list[tuple[Ecu, int]] = []
        self._by_request = {ecu.spec.request: ecu for ecu in self.ecus.values()}

    @property
    def identifiers(self) -> list[int]:
        """Identifiers that the ECUs listen to."""
        return [*self._by_request, FUNCTIONAL]

    def take(self, identifier: int, frame: bytes, now: float) -> None:
        """Handle a frame; one for somebody else is none of our business."""
        if identifier == FUNCTIONAL:
            for ecu in self.ecus.values():
                ecu.take(frame, now, functional=True)
        elif identifier in self._by_request:
            self._by_request[identifier].take(frame, now, functional=False)

    def due(self, now: float) -> list[Frame]:
        """Frames that go out now."""
        return [frame for ecu in self.ecus.values() for frame in ecu.due(now)]

    def due_at(self) -> float | None:
        """When due() has something to do next; None = not before a frame arrives."""
        times = [ecu.due_at() for ecu in self.ecus.values()]
        return min((time for time in times if time is not None), default=None)

    def confirmed(self) -> int:
        """Codes in the memories of all ECUs that are confirmed."""
        return sum(len(ecu.services.memory.matching(0x08)) for ecu in self.ecus.values())

    def plan(self, fault: str) -> None:
        """Have begin() provoke ``BMS:P0A7F-00``, or ``BMS:all``. Raises SimulatorError for what this car has not."""
        name, _, code = fault.partition(":")
        ecu = self.ecus.get(name.upper())
        if ecu is None:
            raise SimulatorError(f"no ECU {name!r} in {fault!r}", f"one of {', '.join(self.ecus)}, as in BMS:P0A7F-00")
        memory = ecu.services.memory
        wanted = ALL_GROUPS if code.lower() == "all" else code_number(code)
        codes = [entry.kind.code for entry in memory.all()] if wanted == ALL_GROUPS else [wanted]
        for number in codes:
            if number is None or memory.get(number) is None:
                raise SimulatorError(f"{ecu.spec.name} knows no fault {code!r}", "docs/diagnostics.md lists them")
            self._planned.append((ecu, number))

    def begin(self) -> None:
        """Provoke what was planned; once the car has values, so that the snapshots hold some."""
        planned, self._planned = self._planned, []
        for ecu, number in planned:
            ecu.services.memory.fail(number)
