# SPDX-License-Identifier: Apache-2.0
"""Day or night look: chosen by the light outside with hysteresis, and by hand until the light agrees again.

Where no light is measured the headlamps decide, and where those are unknown too, the time of day.
"""

import time
from collections.abc import Callable

DARK = 25.0  # percent of Vehicle.Exterior.LightIntensity at which night begins
BRIGHT = 40.0  # percent at which day begins; the gap keeps a shady road from flickering
DWELL = 6.0  # seconds between two looks that the light asks for: a row of bridges must not flash at the driver
DAWN, DUSK = 7, 19  # hours of local time; the place is unknown, so these are the year's middle and err towards dark


class DayNight:
    """The choice. It starts dark: a dark screen by day is hard to read, a bright one at night blinds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock  # seconds
        self._dark_outside: bool | None = None
        self._measured: bool | None = None
        self._changed_at: float | None = None
        self._by_hand: bool | None = None
        self._preferred: bool | None = None

    @property
    def night(self) -> bool:
        """Whether the night look is shown."""
        if self._by_hand is not None:
            return self._by_hand
        return self._base is not False

    @property
    def _base(self) -> bool | None:
        """The look without what was done by hand; None while nobody knows."""
        return self._dark_outside if self._preferred is None else self._preferred

    @property
    def automatic(self) -> bool:
        """Whether the light decides."""
        return self._by_hand is None and self._preferred is None

    def prefer(self, night: bool | None) -> None:
        """What the driver has chosen for good: night, day, or None for the light outside."""
        if night != self._preferred:
            self._preferred = night
            self._by_hand = None

    def light(self, intensity: float | None, low_beam: bool | None = None) -> None:
        """What is measured: light in percent, or, when there is no such sensor, whether the low beam is on."""
        if intensity is None:
            if low_beam is not None:
                self._measured = low_beam
        elif intensity <= DARK:
            self._measured = True
        elif intensity >= BRIGHT:
            self._measured = False
        self.settle()

    def hour(self, hour: int) -> None:
        """The hour of the day, 0 to 23, which decides as long as nothing has been measured."""
        if self._measured is None:
            self._dark_outside = not DAWN <= hour < DUSK
            self._agree()

    @property
    def waiting(self) -> float:
        """Seconds until a measured change may show; 0 when none waits."""
        if self._measured == self._dark_outside or self._changed_at is None:
            return 0.0
        return max(0.0, self._changed_at + DWELL - self._clock())

    def settle(self) -> None:
        """Take over what is measured, if the last change is long enough ago."""
        if self._measured is not None and self._measured != self._dark_outside and self.waiting == 0.0:
            # The first look is no change: the driver has not seen another one for long.
            self._changed_at = self._clock() if self._dark_outside is not None else None
            self._dark_outside = self._measured
        self._agree()

    def _agree(self) -> None:
        if self._by_hand is not None and self._by_hand == self._base:
            self._by_hand = None

    def toggle(self) -> None:
        """The driver wants the other look. It holds until the light asks for the same one."""
        wanted = not self.night
        self._by_hand = None if wanted == self._base else wanted
