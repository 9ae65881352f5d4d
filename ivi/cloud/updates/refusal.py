# SPDX-License-Identifier: Apache-2.0
"""Why an update is refused: one word for the record, one sentence for people."""

from enum import StrEnum

from ivi.model.errors import PermissionDeniedError


class Why(StrEnum):
    """Kinds of refusals; most are the attack classes of the TUF specification (1.0.34, 1.5.2)."""

    EXPIRED = "expired"
    """Freeze attack, or a repository that nobody looks after, or our clock is far ahead."""
    ROLLED_BACK = "rolled_back"
    """Older metadata than what was seen before."""
    UNSIGNED = "unsigned"
    """Too few signatures of keys that count for it."""
    ALTERED = "altered"
    """Length or hash differ: another file, or a mix of files of different times."""
    MISMATCH = "mismatch"
    """Director and image repository do not say the same."""
    NOT_THERE = "not_there"
    """The director names a target that no role may or does sign: e.g. a partner's outside its own paths."""
    NEEDS = "needs"
    """It needs something that the director does not have this car install."""
    ENDLESS = "endless"
    """More bytes than there may be."""
    SLOW = "slow"
    """The server keeps the connection open and sends next to nothing."""
    MALFORMED = "malformed"
    NOT_OURS = "not_ours"
    """Made for another vehicle."""


class UpdateRefusedError(PermissionDeniedError):
    """Something of an update must not be used."""

    def __init__(self, why: Why, message: str, *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.why = why
