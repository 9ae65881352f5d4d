# SPDX-License-Identifier: Apache-2.0
"""Messages about consent: what may leave the car and why, agreeing, taking back, and taking one's data along."""

import msgspec


class ShowPrivacy(msgspec.Struct, array_like=True, frozen=True, tag="show_privacy"):
    """All purposes, and what is agreed to. Answered with Privacy."""


class Agree(msgspec.Struct, array_like=True, frozen=True, tag="agree"):
    """The driver agrees, which is possible while the car is parked. Answered with Privacy.

    What is left empty (or below 0) is as the purpose offers it.
    """

    purpose: str
    category: str = ""
    recipient: str = ""
    retention_days: int = -1
    cell_m: int = -1
    """Edge of the cell that stands for a place, metres; 0 for the exact place."""
    time_s: int = -1
    """Moments become multiples of this, seconds; 0 for the exact moment."""


class Revoke(msgspec.Struct, array_like=True, frozen=True, tag="revoke"):
    """All of a purpose is taken back, at once. Answered with Revoked."""

    purpose: str


class ExportData(msgspec.Struct, array_like=True, frozen=True, tag="export_data"):
    """Write all that was recorded and sent, and all consents, into a new folder. Answered with Exported."""

    folder: str
    """An absolute path; the folder is new or empty."""


class VerifyConsents(msgspec.Struct, array_like=True, frozen=True, tag="verify_consents"):
    """Read the ledger again from its file, every signature and hash. Answered with Verified."""


type PrivacyRequest = ShowPrivacy | Agree | Revoke | ExportData | VerifyConsents


class Agreement(msgspec.Struct, array_like=True, frozen=True):
    """What holds, or what is offered."""

    category: str
    recipient: str
    retention_days: int
    """0 for as long as the law demands."""
    cell_m: int = 0
    time_s: int = 0
    by: str = ""
    """Who agreed; empty for an offer."""
    at_ms: int = 0
    """When, milliseconds since 1970."""


class PurposeView(msgspec.Struct, array_like=True, frozen=True):
    """One purpose."""

    name: str
    words: str
    """What it is for, in plain words."""
    asked: bool
    """Whether it needs consent; only `operation` does not."""
    by_name: bool
    """Whether the fleet keeps the data with the car's name."""
    agreements: list[Agreement]
    """What is agreed to now."""
    offer: Agreement | None = None
    """What would be agreed to when nothing is said in detail."""
    waiting: int = 0
    """Rows that wait to be sent."""
    sent: int = 0
    """Rows that the fleet has and of which a copy is in the car."""


class Privacy(msgspec.Struct, array_like=True, frozen=True, tag="privacy"):
    """Answer of ShowPrivacy."""

    purposes: list[PurposeView]
    entries: int
    """Of the ledger of consents."""
    key: str
    """Public key of the ledger, hexadecimal digits."""


class Revoked(msgspec.Struct, array_like=True, frozen=True, tag="privacy_revoked"):
    """Answer of Revoke."""

    purpose: str
    given_up: int
    """Rows that waited and will never be sent."""


class Exported(msgspec.Struct, array_like=True, frozen=True, tag="exported"):
    """Answer of ExportData."""

    folder: str
    files: list[str]
    rows: int


class Verified(msgspec.Struct, array_like=True, frozen=True, tag="verified"):
    """Answer of VerifyConsents."""

    entries: int
    key: str
    fault: str = ""
    """What is wrong with the ledger, in plain words; empty when it is whole."""


type PrivacyAnswer = Privacy | Revoked | Exported | Verified
