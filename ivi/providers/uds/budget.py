# SPDX-License-Identifier: Apache-2.0
"""How much of a bus the tester may use: bits of a frame at worst, and a bucket that hands them out.

The tester pays for its own frames and, before it asks or lets an ECU go on, for the answer: the next consecutive frames
leave the ECU only after our flow control, so both directions stay in the budget. In any second the bus carries at most
``rate`` bits of ours. What an ECU sends unasked ("response pending", a babbling one) is paid afterwards.
"""

import threading
import time

from ivi.model.errors import ConfigurationError, ResourceExhaustedError

LEAST_RATE = 1000  # bits/s; below, an ECU's own time-outs end a transfer between two blocks
BURST_SHARE = 0.2  # of a second's bits that may leave at once
MARGIN = 0.9  # of the rest is handed out: threads wake up late, and answers come later than they were paid
DEBT_MAX = 1.0  # seconds' worth of bits that foreign frames may cost us
BLOCK_MAX = 8  # consecutive frames between two flow controls
FRAME = 8  # bytes of payload, padded


def frame_bits(length: int = FRAME, *, extended: bool = False) -> int:
    """Bits of a classic data frame on the wire, with the most stuffing and the space after it (ISO 11898-1)."""
    fixed, stuffed = (67, 54) if extended else (47, 34)
    return fixed + 8 * length + (stuffed + 8 * length - 1) // 4


class Budget:
    """A share of a bus. May be used from several threads; who comes first is served first."""

    def __init__(self, bit_rate: int = 500_000, share: float = 0.02) -> None:
        """``share`` of ``bit_rate``, e.g. 0.02 for 2 percent. Raises ConfigurationError when that is too little."""
        self.rate = bit_rate * share
        if not 0 < share <= 1 or self.rate < LEAST_RATE:
            raise ConfigurationError(
                f"{share:.4%} of {bit_rate} bit/s is no budget to diagnose with",
                hint=f"at least {LEAST_RATE} bit/s and at most the whole bus",
            )
        self.burst = self.rate * BURST_SHARE
        self.block = max(1, min(BLOCK_MAX, int(self.burst // frame_bits()) - 1))
        """Consecutive frames that one flow control lets through."""
        self._fill = (self.rate - self.burst) * MARGIN  # bits/s
        self._tokens = self.burst
        self._at = time.monotonic()
        self._lock = threading.Lock()
        self.spent = 0  # bits

    def take(self, bits: int, deadline: float) -> None:
        """Wait until ``bits`` may go on the bus. Raises ResourceExhaustedError when not by ``deadline``."""
        with self._lock:
            now = self._refill()
            lacking = min(bits, self.burst) - self._tokens
            wait = max(lacking, 0.0) / self._fill
            if now + wait > deadline:
                raise ResourceExhaustedError(
                    "the bus-load budget does not allow the request in time",
                    hint="ask for less at once, or allow the tester a larger share of the bus",
                )
            self._tokens -= bits
            self.spent += bits
        if wait:
            time.sleep(wait)

    def charge(self, bits: int) -> None:
        """Pay for frames that came unasked."""
        with self._lock:
            self._refill()
            self._tokens = max(self._tokens - bits, -DEBT_MAX * self.rate)
            self.spent += bits

    def _refill(self) -> float:
        now = time.monotonic()
        self._tokens = min(self.burst, self._tokens + (now - self._at) * self._fill)
        self._at = now
        return now
