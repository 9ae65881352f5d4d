# SPDX-License-Identifier: Apache-2.0
"""Day or night look: chosen by the light outside with hysteresis, and by hand until the light agrees again."""

DARK = 25.0  # percent of Vehicle.Exterior.LightIntensity at which night begins
BRIGHT = 40.0  # percent at which day begins; the gap keeps a shady road from flickering


class DayNight:
    """The choice. It starts dark: a dark screen by day is hard to read, a bright one at night blinds."""

    def __init__(self) -> None:
        self._dark_outside: bool | None = None
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
                self._dark_outside = low_beam
        elif intensity <= DARK:
            self._dark_outside = True
        elif intensity >= BRIGHT:
            self._dark_outside = False
        if self._by_hand is not None and self._by_hand == (
            self._dark_outside if self._preferred is None else self._preferred
        ):
            self._by_hand = None

    def toggle(self) -> None:
        """The driver wants the other look. It holds until the light asks for the same one."""
        wanted = not self.night
        self._by_hand = None if wanted == self._base else wanted
