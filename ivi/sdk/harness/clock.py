# SPDX-License-Identifier: Apache-2.0
"""A clock that goes on by hand."""

from collections.abc import Callable

from ivi.sdk.timers import Clock

WALL = 1_767_225_600.0  # seconds since 1970 at the start of each test: 2026-01-01, 00:00 UTC


class HandClock(Clock):
    """Both of an app's clocks; they stand still until somebody advances them."""

    def __init__(self) -> None:
        super().__init__(lambda: self.now, lambda: WALL + self.now)
        self.now = 0.0
        """Seconds since the test began."""
        self._due: list[Callable[[], float]] = []
        self._turns: list[Callable[[], None]] = []

    def join(self, due: Callable[[], float], turn: Callable[[], None]) -> None:
        """Have `turn` called whenever the clock reaches the time that `due` answers."""
        self._due.append(due)
        self._turns.append(turn)

    def waited(self, seconds: float) -> None:
        """Somebody waited for an answer that did not come."""
        self.now += seconds

    def advance(self, seconds: float) -> None:
        """Let time pass; timers run in their order, each at its own time."""
        end = self.now + seconds
        self._turn()
        while (due := min((ask() for ask in self._due), default=end)) <= end:
            self.now = max(self.now, due)
            self._turn()
        self.now = max(self.now, end)
        self._turn()

    def _turn(self) -> None:
        for turn in self._turns:
            turn()
