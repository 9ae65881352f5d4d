# SPDX-License-Identifier: Apache-2.0
"""The frames of one id turned by 90 degrees: one big integer per payload bit, whose bit k is that bit in frame k.

Everything that is asked of thousands of frames is then a few operations on integers of as many bits: how often a bit
flips is `(plane ^ plane >> 1).bit_count()`, how well it follows an action one XOR with the action's own plane.
"""

from collections.abc import Sequence

BYTE = 8

_TABLES = [bytes(ord("1") if value >> bit & 1 else ord("0") for value in range(256)) for bit in range(BYTE)]


def plane(flags: Sequence[bool]) -> int:
    """A plane from one truth per frame."""
    return int("0" + "".join("1" if flag else "0" for flag in reversed(flags)), 2)


def transpose(joined: bytes, length: int) -> list[int]:
    """Planes of all bits (number 8 * byte + bit) of payloads of `length` bytes that were joined."""
    planes = []
    for byte in range(length):
        column = joined[byte::length][::-1]
        planes += [int(column.translate(table) or b"0", 2) for table in _TABLES]
    return planes


def flips(bits: int, count: int) -> int:
    """Plane of the changes: bit k is set when frame k + 1 differs from frame k."""
    return (bits ^ bits >> 1) & ((1 << (count - 1)) - 1) if count > 1 else 0
