# SPDX-License-Identifier: Apache-2.0
"""One frame of a log or a bus with everything that a log can keep: what recording, playing and counting share."""

import math
from typing import NamedTuple

import can

from ivi.providers.can.frame import ERROR, EXTENDED, ID_MASK, REMOTE, Frame

FD, BRS, ESI, TX = 0x01, 0x02, 0x04, 0x10  # flags; the values that our own bus uses in its records
STANDARD_MAX = 0x7FF  # 11 bits
CLASSIC_MAX = 8  # bytes of payload
FD_LENGTHS = (*range(9), 12, 16, 20, 24, 32, 48, 64)  # bytes of payload by length code (ISO 11898-1)
_NS_PER_US = 1000


class LogEntry(NamedTuple):
    """One frame."""

    time_ns: int
    """Nanoseconds since 1970, or since the start of the log where the format knows no date."""
    key: int
    """Id with bit 31 for extended, 30 for remote and 29 for error frames (linux/can.h)."""
    length: int
    """Bytes of payload; for a remote frame how many it asks for."""
    flags: int
    """FD, BRS, ESI, TX (sent by the recorder's own machine)."""
    data: bytes
    channel: str
    """Name of the bus, e.g. can0."""

    def frame(self) -> Frame:
        """What the translator takes."""
        return Frame(self.time_ns, self.key, self.data)

    def message(self) -> can.Message:
        """The same as a python-can message."""
        remote = bool(self.key & REMOTE)
        return can.Message(
            timestamp=self.time_ns / 1e9,
            arbitration_id=self.key & ID_MASK,
            is_extended_id=bool(self.key & EXTENDED),
            is_remote_frame=remote,
            is_error_frame=bool(self.key & ERROR),
            is_fd=bool(self.flags & FD),
            bitrate_switch=bool(self.flags & BRS),
            error_state_indicator=bool(self.flags & ESI),
            is_rx=not self.flags & TX,
            dlc=self.length,
            data=None if remote else self.data,
        )


def from_message(message: can.Message, channel: str) -> LogEntry:
    """The entry of a python-can message; its stamp is rounded to microseconds, the resolution that a float can keep."""
    key = message.arbitration_id
    key |= EXTENDED if message.is_extended_id else 0
    # CAN FD has no remote frames; python-can's ASC reader takes an empty FD frame for one
    remote = message.is_remote_frame and not message.is_fd
    key |= REMOTE if remote else 0
    key |= ERROR if message.is_error_frame else 0
    flags = 0
    if message.is_fd:
        flags = FD | (BRS if message.bitrate_switch else 0) | (ESI if message.error_state_indicator else 0)
    flags |= 0 if message.is_rx else TX
    data = b"" if remote else bytes(message.data or b"")
    stamp = message.timestamp if math.isfinite(message.timestamp) else 0.0
    return LogEntry(round(stamp * 1e6) * _NS_PER_US, key, message.dlc if remote else len(data), flags, data, channel)


def fault(entry: LogEntry) -> str:
    """Why no CAN bus could carry this frame; empty when one can."""
    number = entry.key & ID_MASK
    if not entry.key & (EXTENDED | ERROR) and number > STANDARD_MAX:
        return f"standard id {number:#x} has more than 11 bits"
    if entry.flags & FD:
        return "" if entry.length in FD_LENGTHS else f"a CAN FD frame cannot have {entry.length} bytes"
    return "" if entry.length <= CLASSIC_MAX else f"a classic frame cannot have {entry.length} bytes"


def id_text(key: int) -> str:
    """An id as candump writes it: three hexadecimal digits, eight for an extended one."""
    return f"{key & ID_MASK:08X}" if key & EXTENDED else f"{key & ID_MASK:03X}"


def parse_id(text: str) -> int | None:
    """The key of a hexadecimal id: up to three digits standard, eight extended, else by its size; None when neither.

    Four to seven digits of a number that would fit a standard id say neither, so they are refused.
    """
    digits = text.removeprefix("0x").removeprefix("0X")
    try:
        number = int(digits, 16)
    except ValueError:
        return None
    if not 0 <= number <= ID_MASK or not digits.isalnum():
        return None
    if len(digits) <= 3 and number <= STANDARD_MAX:  # noqa: PLR2004  # digits of a standard id
        return number
    if len(digits) == 8 or number > STANDARD_MAX:  # noqa: PLR2004  # digits of an extended id
        return number | EXTENDED
    return None
