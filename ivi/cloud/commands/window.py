# SPDX-License-Identifier: Apache-2.0
"""Which counters of an issuer were used: the newest, and a bit for each of the 64 before it (RFC 4303, 3.4.3).

Commands may arrive out of order, never twice. What is older than the window cannot be told from a copy and is refused.
Bit 0 stands for the counter just before the newest one.
"""

from typing import NamedTuple

WIDTH = 64
_MASK = (1 << WIDTH) - 1


class Window(NamedTuple):
    """State of one issuer; a new one has used nothing."""

    newest: int = 0
    seen: int = 0
    """Bits of the counters before `newest`."""

    def take(self, counter: int) -> "Window | None":
        """The window after this counter, or None when it was used before or is too old to know."""
        ahead = counter - self.newest
        if ahead > WIDTH:
            return Window(counter, 0)
        if ahead > 0:
            return Window(counter, (self.seen << ahead | 1 << (ahead - 1)) & _MASK)
        if ahead == 0 or ahead < -WIDTH:
            return None
        bit = 1 << (-ahead - 1)
        return None if self.seen & bit else Window(self.newest, self.seen | bit)
