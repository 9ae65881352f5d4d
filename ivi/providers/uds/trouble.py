# SPDX-License-Identifier: Apache-2.0
"""Trouble codes as people write them (SAE J2012, ``P0A1F-00``) and their status byte in words (ISO 14229-1 annex D)."""

import re
from dataclasses import dataclass, field

from ivi.model.errors import InvalidArgumentError

LETTERS = "PCBU"
ALL = 0xFFFFFF
"""The group of all codes."""

STATUS_WORDS = (
    (0x01, "failed now"),
    (0x02, "failed in this cycle"),
    (0x04, "pending"),
    (0x08, "confirmed"),
    (0x10, "not tested since clear"),
    (0x20, "failed since clear"),
    (0x40, "not tested in this cycle"),
    (0x80, "warning lamp"),
)
STORED = 0x8D
"""Status mask of what a workshop wants to see: failed now, pending, confirmed or with its lamp on."""

_CODE = re.compile(r"([PCBU])([0-3])([0-9A-F]{3})(?:-([0-9A-F]{2}))?")


@dataclass(frozen=True, slots=True)
class Reading:
    """One value that an ECU gave."""

    identifier: int
    name: str
    value: str | int | float
    unit: str = ""
    raw: bytes = b""


@dataclass(frozen=True, slots=True)
class TroubleCode:
    """One code in an ECU's memory."""

    code: int
    status: int
    text: str = ""
    snapshot: tuple[Reading, ...] = field(default=())

    @property
    def name(self) -> str:
        """As in ``P0A1F-00``."""
        return format_code(self.code)

    @property
    def words(self) -> list[str]:
        """The status in words."""
        return status_words(self.status)


def format_code(code: int) -> str:
    """Three bytes as ``P0A1F-00``: letter, four digits, failure type."""
    high, kind = code >> 8, code & 0xFF
    return f"{LETTERS[high >> 14]}{high >> 12 & 3}{high & 0xFFF:03X}-{kind:02X}"


def format_obd(code: int) -> str:
    """Two bytes as ``P0A1F``; OBD-II has no failure type."""
    return format_code(code << 8)[:5]


def parse_code(text: str) -> int:
    """Three bytes of ``P0A1F-00`` or ``P0A1F``. Raises InvalidArgumentError."""
    found = _CODE.fullmatch(text.strip().upper())
    if found is None:
        raise InvalidArgumentError(f"{text!r} is no trouble code", hint="a letter P, C, B or U and digits: P0A1F-00")
    letter, first, rest, kind = found.groups()
    return (LETTERS.index(letter) << 14 | int(first) << 12 | int(rest, 16)) << 8 | int(kind or "0", 16)


def status_words(status: int) -> list[str]:
    """The bits that are set, in words."""
    return [word for bit, word in STATUS_WORDS if status & bit]
