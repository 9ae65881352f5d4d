# SPDX-License-Identifier: Apache-2.0
"""Messages with wrong checksums or counters: a problem while it happens, numbers for the health report."""

from collections.abc import Mapping
from dataclasses import dataclass

from ivi.daemon.process import Process
from ivi.model.health import MessageHealth
from ivi.model.status import Problem
from ivi.providers.can.checksums import Faults

CALM = 5.0  # seconds without a fault after which a message is in order again
LOOK = 0.5  # seconds between two looks
SHOWN_AT = 3  # faults within CALM from which they are a problem; one lost frame is only counted


@dataclass(slots=True)
class _Watched:
    name: str
    faults: Faults
    seen: int = 0
    """Faults until the last look."""
    recent: int = 0
    """Faults since it was calm."""
    last: float | None = None
    """When the last fault was seen, monotonic seconds."""


class FaultWatch:
    """Judges the checked messages of one bus."""

    def __init__(self, process: Process, bus: str, faults: Mapping[int, Faults], names: Mapping[int, str]) -> None:
        self._process = process
        self._bus = bus
        self._watched = [_Watched(names[key], found) for key, found in faults.items()]
        self._looked = 0.0

    def tick(self, now: float) -> None:
        """Look for new faults, at most twice a second."""
        if now - self._looked < LOOK:
            return
        self._looked = now
        for watched in self._watched:
            new = watched.faults.total - watched.seen
            watched.seen += new
            if new:
                watched.last = now
                watched.recent += new
                if watched.recent >= SHOWN_AT:
                    self._report(watched)
            elif watched.last is not None and now - watched.last > CALM:
                watched.last, watched.recent = None, 0
                self._process.resolve(self._key(watched))

    def messages(self) -> list[MessageHealth]:
        """All checked messages."""
        return [
            MessageHealth(
                self._bus,
                watched.name,
                watched.faults.accepted,
                watched.faults.checksum,
                watched.faults.repeated,
                watched.faults.skipped,
                watched.last is not None,
            )
            for watched in self._watched
        ]

    def _report(self, watched: _Watched) -> None:
        self._process.report(
            self._key(watched),
            Problem(
                f"The message {watched.name} on the CAN bus {self._bus} has faults in its counter or checksum",
                f"{self._bus}/{watched.name}",
                "while no frame is good its values are not available; see `ivi health`, then look at its sender, or at "
                "counter and checksum in the overlay",
            ),
        )

    def _key(self, watched: _Watched) -> str:
        return f"bus:{self._bus}:message:{watched.name}"
