# SPDX-License-Identifier: Apache-2.0
"""How long a frame holds the bus (ISO 11898-1), with no and with the most bit stuffing; the truth lies between.

Classic: 47 + 8n bits with a standard id, 67 + 8n with an extended one, interframe space included; of these 34 (54) + 8n
can be stuffed, at most one bit after the first five and each four more. CAN FD is counted in its two rates; a bit in
which the rate switches counts as slow.
"""

from dataclasses import dataclass

from ivi.providers.can.frame import EXTENDED, REMOTE
from ivi.providers.replay.entry import BRS, FD, LogEntry

CLASSIC_BITS, CLASSIC_STUFFED = {False: 47, True: 67}, {False: 34, True: 54}
FD_HEAD_BITS = {False: 17, True: 36}  # start of frame up to the bit that switches the rate
FD_CONTROL_BITS = 5  # error state and length code
FD_COUNT_BITS = 4  # stuff count and its parity
FD_TAIL_BITS = 13  # CRC and acknowledge delimiters, acknowledge, end of frame, interframe space
FD_CRC = ((16, 17, 6), (64, 21, 7))  # payload up to (bytes), bits of the CRC, its fixed stuff bits


@dataclass(frozen=True)
class Rates:
    """Bit rates of a bus, bit/s."""

    nominal: int = 500_000
    data: int = 2_000_000
    """Of the payload of CAN FD frames that switch the rate."""


def seconds(entry: LogEntry, rates: Rates) -> tuple[float, float]:
    """Time on the bus without stuffing, and with the worst."""
    extended = bool(entry.key & EXTENDED)
    payload = 0 if entry.key & REMOTE else 8 * len(entry.data)
    if not entry.flags & FD:
        bits = CLASSIC_BITS[extended] + payload
        stuff = (CLASSIC_STUFFED[extended] + payload - 1) // 4
        return bits / rates.nominal, (bits + stuff) / rates.nominal
    crc, fixed = next((crc, fixed) for size, crc, fixed in FD_CRC if len(entry.data) <= size)
    slow = FD_HEAD_BITS[extended] + FD_TAIL_BITS
    fast = FD_CONTROL_BITS + payload + FD_COUNT_BITS + crc + fixed
    rate = rates.data if entry.flags & BRS else rates.nominal
    stuff_slow = (FD_HEAD_BITS[extended] - 1) // 4
    stuff_fast = (FD_CONTROL_BITS + payload) // 4
    return (
        slow / rates.nominal + fast / rate,
        (slow + stuff_slow) / rates.nominal + (fast + stuff_fast) / rate,
    )
