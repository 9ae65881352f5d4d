# SPDX-License-Identifier: Apache-2.0
"""A received frame without python-can's Message: a plain tuple, because thousands a second pass through here."""

from typing import NamedTuple

import can

EXTENDED = 0x80000000  # bit 31 of an id, as on SocketCAN
REMOTE = 0x40000000
ERROR = 0x20000000
ODD = REMOTE | ERROR
"""Frames that carry no signals."""
ID_MASK = 0x1FFFFFFF


class Frame(NamedTuple):
    """One frame. The hot paths build it with `tuple.__new__`, which saves a third of its cost."""

    time_ns: int
    """Wall clock of reception, nanoseconds since 1970."""
    key: int
    """Id with bit 31 for extended, 30 for remote and 29 for error frames (linux/can.h)."""
    data: bytes


def from_message(message: can.Message) -> Frame:
    """The frame of a python-can message."""
    key = message.arbitration_id
    key |= EXTENDED if message.is_extended_id else 0
    key |= REMOTE if message.is_remote_frame else 0
    key |= ERROR if message.is_error_frame else 0
    return Frame(int(message.timestamp * 1e9), key, bytes(message.data or b""))
