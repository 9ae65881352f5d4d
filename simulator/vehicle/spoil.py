# SPDX-License-Identifier: Apache-2.0
"""Faults of a sender: a wrong checksum, a counter that stands still, a message that falls silent."""

import math
import re
from dataclasses import dataclass
from enum import StrEnum

from simulator.errors import SimulatorError

FORM = "MESSAGE:checksum|counter|silent[@FROM[-TO]]"
_TEXT = re.compile(r"(?P<message>\w+):(?P<kind>\w+)(?:@(?P<first>\d+(?:\.\d+)?)(?:-(?P<last>\d+(?:\.\d+)?))?)?")


class Kind(StrEnum):
    """What goes wrong."""

    CHECKSUM = "checksum"
    COUNTER = "counter"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Spoil:
    """One fault of one message, from and until simulated seconds since the start."""

    message: str
    kind: Kind
    first: float = 0.0
    last: float = math.inf

    def holds(self, time: float) -> bool:
        """Whether it is there now."""
        return self.first <= time < self.last


def parse_spoil(text: str) -> Spoil:
    """``VCU_Drive:checksum@2-4``: from second 2 to second 4. Raises SimulatorError."""
    found = _TEXT.fullmatch(text)
    if found is None or found["kind"] not in set(Kind):
        raise SimulatorError(f"no such bus fault: {text!r}", FORM)
    first, last = float(found["first"] or 0), float(found["last"] or math.inf)
    if first >= last:
        raise SimulatorError(f"the bus fault {text!r} ends before it begins", FORM)
    return Spoil(found["message"], Kind(found["kind"]), first, last)
