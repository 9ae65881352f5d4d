# SPDX-License-Identifier: Apache-2.0
"""Whoever really pays: a wallet, a payment service. ivi has none of its own yet; this is what one implements."""

from dataclasses import dataclass
from typing import Protocol

from ivi.model.app.payment_order import Order


@dataclass(frozen=True)
class Receipt:
    """How a payment ended, for good."""

    approved: bool
    number: str = ""
    """The payer's own number for it."""
    reason: str = ""
    """Why it was not approved, in plain words for the driver."""


class PaymentMethod(Protocol):
    """One way to pay."""

    @property
    def label(self) -> str:
        """What the driver knows it as, e.g. `Card ending in 1234`; never a whole number."""

    async def pay(self, order: Order) -> Receipt:
        """Pay once. The same `order.key` again must give the same receipt and never pay again.

        Raises IviError when the outcome is not known.
        """

    async def find(self, key: str) -> Receipt | None:
        """How the payment with this key ended; None when there never was one. Raises IviError when it cannot say."""
