# SPDX-License-Identifier: Apache-2.0
"""What an app wants to be paid, checked before anybody sees it."""

import re
from dataclasses import dataclass
from decimal import Decimal

from ivi.model.errors import InvalidArgumentError
from ivi.model.templates.plain_text import fault_of

MAX_WHAT_FOR = 80  # characters
TARGET = "payment"
"""What every decision about an order is about: its reference is the app's own words, and stands in the reason."""
_REFERENCE = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
_AMOUNT = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,2})?", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_WITHOUT_CENTS = frozenset({"CLP", "ISK", "JPY", "KRW", "PYG", "UGX", "VND", "XAF", "XOF", "XPF"})
"""Currencies of ISO 4217 whose minor unit is none."""


@dataclass(frozen=True)
class Order:
    """One payment. Two orders with one key are the same payment."""

    app_id: str
    app_name: str
    reference: str
    amount: Decimal
    currency: str
    what_for: str

    @property
    def key(self) -> str:
        """Idempotency key towards whoever pays: unique in this car, the same at every attempt."""
        return f"{self.app_id}/{self.reference}"

    @property
    def shown_amount(self) -> str:
        """As the driver sees it, e.g. `12.50 EUR`."""
        places = Decimal(1) if self.currency in _WITHOUT_CENTS else Decimal("0.01")
        return f"{self.amount.quantize(places)} {self.currency}"

    @property
    def terms(self) -> tuple[str, str]:
        """What must be the same when a reference is used again."""
        return (self.shown_amount, self.what_for)


def order_of(app: tuple[str, str], reference: str, amount: str, currency: str, what_for: str) -> Order:
    """An order of an app (id and name). Raises InvalidArgumentError that names the field."""
    if _REFERENCE.fullmatch(reference) is None:
        raise InvalidArgumentError("reference has the wrong form", hint="use 1 to 64 of A-Z a-z 0-9 . _ -")
    if _AMOUNT.fullmatch(amount) is None or not Decimal(amount):
        raise InvalidArgumentError(f"amount {amount[:20]!r} has the wrong form", hint="write it like 12.50, above zero")
    if _CURRENCY.fullmatch(currency) is None:
        raise InvalidArgumentError(f"currency {currency[:20]!r} has the wrong form", hint="write it like EUR")
    if currency in _WITHOUT_CENTS and Decimal(amount) % 1:
        raise InvalidArgumentError(f"{currency} has no cents, and amount is {amount}", hint="write a whole number")
    if not 0 < len(what_for.strip()) <= MAX_WHAT_FOR or fault_of(what_for):
        raise InvalidArgumentError(
            "what_for is empty, too long or not plain text", hint=f"one line of up to {MAX_WHAT_FOR} characters"
        )
    return Order(app[0], app[1], reference, Decimal(amount), currency, what_for.strip())
