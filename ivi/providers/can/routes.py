# SPDX-License-Identifier: Apache-2.0
"""Where each frame of a bus goes: by its id to what is kept of its message.

Laid out for a processor whose caches have forgotten us: a databroker sleeps between two ticks of a bus, and every
look-up then waits for the main memory. A set or dictionary of ids costs three such waits for each frame, most of which
concern nobody; a list with a place for each standard id costs one, and neighbours share it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ivi.providers.can.compiled import ChangeDecoder
from ivi.providers.can.rules import Gate

STANDARD_IDS = 0x800


def _nothing(_data: bytes) -> None:
    """Decodes nothing."""


@dataclass(slots=True, eq=False)
class Line:
    """What is kept of one id."""

    function: ChangeDecoder = _nothing
    gate: Gate | None = None
    time_ns: int = 0
    data: bytes | None = None
    """The last good frame's time and payload; None before the first, and after a time-out."""
    repeats: bool = True
    """Whether a frame with the last payload has to be looked at, too."""


class Routes:
    """The lines of one bus."""

    def __init__(self, useless: Iterable[int]) -> None:
        """`useless`: ids whose frames are passed over."""
        self.stranger = Line()
        """Stands for every id that nobody has named."""
        self.standard: list[Line | None] = [self.stranger] * STANDARD_IDS
        """By standard id; None for one whose frames are passed over."""
        self.others: dict[int, Line | None] = {}
        """The same for ids with a flag, with `stranger` for what is absent."""
        for key in useless:
            if key < STANDARD_IDS:
                self.standard[key] = None
            else:
                self.others[key] = None

    def line(self, key: int) -> Line:
        """The line of an id that is of use."""
        line = self.standard[key] if key < STANDARD_IDS else self.others.get(key)
        if line is None or line is self.stranger:
            line = Line()
            if key < STANDARD_IDS:
                self.standard[key] = line
            else:
                self.others[key] = line
        return line
