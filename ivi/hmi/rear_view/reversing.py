# SPDX-License-Identifier: Apache-2.0
"""When the rear view is on the screen: a pure rule on the selector and on what the driver wants.

R opens it; any other known position ends it. A position that is not known changes nothing: a picture that stands
stays, because a lost link says nothing about the car.
"""

from dataclasses import dataclass

from ivi.hmi.display import number
from ivi.model.signal import Value


def is_reverse(selected: Value | None, current: Value | None) -> bool | None:
    """Whether the car is in R, by SelectedGear, else by CurrentGear (VSS: negative is reverse); None when unknown."""
    for gear in (number(selected), number(current)):
        if gear is not None:
            return gear < 0
    return None


@dataclass(slots=True)
class Reversing:
    """Remembers what the driver closed."""

    open: bool = False
    reverse: bool | None = None
    _closed: bool = False

    def gear(self, reverse: bool | None) -> None:
        """The selector's position as it is known now."""
        if reverse is not None and reverse != self.reverse:
            self._closed = False
            self.open = reverse
        if reverse is not None:
            self.reverse = reverse

    def close(self) -> None:
        """The driver wants to see something else; the next R opens it again."""
        self.open, self._closed = False, True

    def reopen(self) -> None:
        """The driver wants it back."""
        if self._closed:
            self.open, self._closed = True, False

    @property
    def closed(self) -> bool:
        """Whether the driver has closed it and it could be opened again."""
        return self._closed and bool(self.reverse)
