# SPDX-License-Identifier: Apache-2.0
"""One entry of the ledger of consents: what was agreed to or taken back, signed, with the hash of the one before."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ivi.cloud import cose
from ivi.cloud.consent.purposes import Terms
from ivi.cloud.consent.signing_key import SigningKey
from ivi.model.errors import InvalidArgumentError

CONTEXT = b"ivi-consent-1"
HEAD_CONTEXT = b"ivi-consent-head-1"
NOTHING = bytes(32)
"""What stands for the hash of the entry before the first."""


class What(StrEnum):
    """What an entry says."""

    BEGAN = "began"
    """The ledger was made; nothing is agreed to."""
    AGREED = "agreed"
    REVOKED = "revoked"
    """All of a purpose was taken back."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; the first has number 1."""

    number: int
    before: bytes
    """SHA-256 of the signed form of the entry before."""
    at_ms: int
    """Milliseconds since 1970 by the car's trusted clock."""
    what: What
    by: str
    """Who said it: `the driver`, `the demo run`, ..."""
    purpose: str = ""
    terms: Terms | None = None
    """Of an agreement."""
    signed: bytes = b""

    @property
    def digest(self) -> bytes:
        """What the next entry refers to."""
        return hashlib.sha256(self.signed).digest()

    def content(self) -> dict[str, object]:
        """The words of the entry, as they are signed."""
        words: dict[str, object] = {
            "n": self.number,
            "before": self.before,
            "t": self.at_ms,
            "what": str(self.what),
            "by": self.by,
        }
        if self.purpose:
            words["purpose"] = self.purpose
        if self.terms is not None:
            words["terms"] = terms_map(self.terms)
        return words


def terms_map(terms: Terms) -> dict[str, object]:
    """Terms as a CBOR map, besides the purpose."""
    return {
        "category": terms.category,
        "recipient": terms.recipient,
        "retention_days": terms.retention_days,
        "cell_m": terms.cell_m,
        "time_s": terms.time_s,
    }


def sign(entry: Entry, key: SigningKey) -> bytes:
    """The signed form."""
    return cose.sign(entry.content(), key.kid, key.private, CONTEXT)


def read(signed: bytes, keys: Mapping[bytes, Ed25519PublicKey]) -> Entry:
    """The entry in its signed form. Raises InvalidArgumentError or PermissionDeniedError."""
    value, _ = cose.verify(signed, keys, CONTEXT)
    match value:
        case {"n": int(number), "before": bytes(before), "t": int(at_ms), "what": str(what), "by": str(by), **rest}:
            pass
        case _:
            raise InvalidArgumentError("an entry lacks its number, hash, time, word or author")
    purpose, terms = rest.pop("purpose", ""), rest.pop("terms", None)
    if rest or not isinstance(purpose, str) or what not in What.__members__.values():
        raise InvalidArgumentError(f"entry {number} has words that are not known here")
    return Entry(number, before, at_ms, What(what), by, purpose, _terms(purpose, terms, number), signed)


def _terms(purpose: str, terms: object, number: int) -> Terms | None:
    match terms:
        case None:
            return None
        case {
            "category": str(category),
            "recipient": str(recipient),
            "retention_days": int(days),
            "cell_m": int(cell),
            "time_s": int(time),
        }:
            return Terms(purpose, category, recipient, days, cell, time)
    raise InvalidArgumentError(f"entry {number} has terms that are not known here")
