# SPDX-License-Identifier: Apache-2.0
"""What the learner proposes: a field, how sure it is, and why, in words."""

from dataclasses import dataclass
from enum import StrEnum

from ivi.providers.can.learning.field import Field

ACCEPT = 0.8  # confidence from which a proposal is written without being asked for


class Kind(StrEnum):
    """What a field is."""

    FLAG = "flag"
    COUNTER = "counter"
    CHECKSUM = "checksum"
    PHYSICAL = "physical"
    CHOICE = "choice"
    CONSTANT = "constant"


@dataclass(frozen=True)
class Proposal:
    """A field of one id."""

    key: int
    payload_length: int
    """Bytes."""
    field: Field
    kind: Kind
    confidence: float
    """0 to 1."""
    evidence: str
    scale: float = 1.0
    offset: float = 0.0
    low: float = 0.0
    """Smallest and largest value seen, scaled."""
    high: float = 0.0
    cycle: float = 0.0
    """Seconds from frame to frame."""
    inverted: bool = False
    """Whether a flag is 0 while the action lasts."""
    explained: float = 0.0
    """Share of a known value's variance that the field explains."""

    @property
    def accepted(self) -> bool:
        """Whether the learner would write it by itself."""
        return self.confidence >= ACCEPT
