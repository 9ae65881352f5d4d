# SPDX-License-Identifier: Apache-2.0
"""Drives the car on a bus in real time: pacing, commands, and a bus that goes away and comes back."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import can

from simulator.bus.record import Record
from simulator.diagnostics.network import Network
from simulator.errors import ChannelError, SimulatorError
from simulator.vehicle.car import Car
from simulator.vehicle.port import Port, open_port
from simulator.vehicle.schedule import TICK

RETRY = 0.2  # s between two attempts to reach the bus
START_PATIENCE = 3.0  # s that the bus may need to appear at the start
FAULTS_AFTER = 1.0  # simulated s after which planned faults are there
BEHIND_MAX = 2.0  # s of lateness that is caught up; more is skipped and counted


@dataclass(slots=True)
class Totals:
    """What one drive did."""

    seconds: float = 0.0  # simulated
    frames: int = 0  # sent
    unsent: int = 0  # made while the bus was away
    reconnects: int = 0
    skipped: float = 0.0  # real seconds that were not caught up
    obeyed: int = 0
    ignored: int = 0
    refused: int = 0  # command frames that are short or whose checksum is wrong

    def line(self) -> str:
        """For people."""
        return (
            f"{self.seconds:.1f} s driven, {self.frames} frames sent, {self.unsent} not sent, "
            f"{self.reconnects} reconnects, {self.skipped:.1f} s skipped, "
            f"{self.obeyed} requests obeyed, {self.ignored} ignored, "
            f"{self.refused} command frames refused"
        )


class Drive:
    """A car on a channel."""

    def __init__(
        self,
        car: Car,
        address: str,
        speedup: float = 1.0,
        log: Callable[[str], None] = print,
        network: Network | None = None,
    ) -> None:
        """Nothing is opened yet; ``speedup`` = simulated seconds per second; ``network`` = ECUs that answer testers."""
        self._network = network or Network(lambda signal: car.values.get(signal, 0.0))
        self._asked = frozenset(self._network.identifiers)
        self._car = car
        self._address = address
        self._pause = TICK / speedup
        self._log = log
        self._port: Port | None = None
        self._retry_at = 0.0
        self._stopping = False
        self.totals = Totals()

    def open(self) -> None:
        """Join the bus, waiting a little for it; raises SimulatorError."""
        give_up = time.monotonic() + START_PATIENCE
        while self._port is None and not self._stopping:
            try:
                self._port = self._join()
            except can.CanError as error:
                if time.monotonic() >= give_up:
                    raise ChannelError(str(error)) from error
                time.sleep(RETRY)

    def stop(self) -> None:
        """Make run() return after this tick; safe from a signal handler."""
        self._stopping = True

    def run(self, duration: float | None = None) -> Totals:
        """Drive for ``duration`` simulated seconds, or until stop()."""
        due = time.monotonic()
        while not self._stopping and (duration is None or self._car.time < duration):
            self._tick()
            due += self._pause
            now = time.monotonic()
            if due > now:
                time.sleep(due - now)
            elif now - due > BEHIND_MAX:
                self.totals.skipped += now - due
                due = now
        self.totals.seconds = self._car.time
        self.totals.obeyed, self.totals.ignored = self._car.commands_obeyed, self._car.commands_ignored
        self.totals.refused = self._car.commands_refused
        return self.totals

    def close(self) -> None:
        """Leave the bus."""
        if self._port is not None:
            self._port.close()
            self._port = None

    def _tick(self) -> None:
        if self._port is None:
            self._reopen()
        try:
            if self._port is not None:
                for identifier, payload in self._port.receive():
                    if identifier in self._asked:
                        self._network.take(identifier, payload, time.monotonic())
                    else:
                        self._car.take(identifier, payload)
            records = self._car.tick() + self._answers()
            if self._port is None:
                self.totals.unsent += len(records)
                return
            self._port.send(records)
            self.totals.frames += len(records)
        except can.CanError as error:
            self._log(f"car: lost the bus ({error}); trying again every {RETRY} s")
            self.close()
            self._retry_at = time.monotonic() + RETRY

    def _join(self) -> Port:
        return open_port(self._address, [*self._car.commands, *self._asked])

    def _answers(self) -> list[Record]:
        """Frames of the ECUs to a tester; time 0 = to be stamped when sent."""
        if self._car.time >= FAULTS_AFTER:
            self._network.begin()
        if self._network.due_at() is None:
            return []
        return [(0, identifier, len(frame), 0, frame) for identifier, frame in self._network.due(time.monotonic())]

    def _reopen(self) -> None:
        if time.monotonic() < self._retry_at:
            return
        try:
            self._port = self._join()
        except (can.CanError, SimulatorError):
            self._retry_at = time.monotonic() + RETRY
            return
        self.totals.reconnects += 1
        self._log(f"car: back on {self._address}")
