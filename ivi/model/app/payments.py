# SPDX-License-Identifier: Apache-2.0
"""Asking the driver to pay. The host draws the sheet and moves the money; an app sees only how it ended."""

from enum import StrEnum

import msgspec


class PaymentState(StrEnum):
    """How a payment stands."""

    ASKING = "asking"
    """The sheet is on the screen."""
    PAID = "paid"
    DECLINED = "declined"
    """By the driver or by whoever pays."""
    EXPIRED = "expired"
    """Nobody answered in time, or the car drove off."""
    UNAVAILABLE = "unavailable"
    """It could not be asked, e.g. because no way to pay is set up. Nothing was paid; the reference is still free."""
    UNKNOWN = "unknown"
    """The driver agreed, and whether it was paid is not known yet: ask again with the same reference, pay nothing."""


class RequestPayment(msgspec.Struct, array_like=True, frozen=True, tag="request_payment"):
    """Opens a stream of PaymentUpdate that ends with the outcome.

    The same reference again gets the outcome that it had, and never pays twice; with other terms it is refused.
    """

    reference: str
    """The app's own name for this payment: 1 to 64 of A-Z a-z 0-9 . _ -"""
    amount: str
    """A decimal number, e.g. `12.50`."""
    currency: str
    """ISO 4217, e.g. `EUR`."""
    what_for: str
    """In plain words for the driver, up to 80 characters."""


type Request = RequestPayment


class PaymentUpdate(msgspec.Struct, array_like=True, frozen=True, tag="payment"):
    """One event of RequestPayment."""

    reference: str
    state: PaymentState
    reason: str = ""
    """In plain words; empty when paid."""
    receipt: str = ""
    """The payer's number for it, when paid."""


type Answer = PaymentUpdate
