# SPDX-License-Identifier: Apache-2.0
"""The fake host's payments: how each ends is up to the test, and one reference is never paid twice."""

import re
from decimal import Decimal

from ivi.model.app import PaymentState, PaymentUpdate, RequestPayment
from ivi.model.errors import InvalidArgumentError
from ivi.sdk.harness.link import Stream
from ivi.sdk.harness.session import STANDING, Session

MAX_WHAT_FOR = 80  # characters
_REFERENCE = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
_AMOUNT = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,2})?", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_WITHOUT_CENTS = frozenset({"CLP", "ISK", "JPY", "KRW", "PYG", "UGX", "VND", "XAF", "XOF", "XPF"})
_AGAIN = {PaymentState.UNAVAILABLE, PaymentState.UNKNOWN}
"""Ends after which the same reference is tried anew."""


class FakePayments:
    """Who pays, and what was asked."""

    def __init__(self, session: Session) -> None:
        self.outcome = PaymentState.PAID
        """How the next payments end."""
        self.reason = ""
        """What the app is told of an outcome that is not `paid`."""
        self.asked: list[RequestPayment] = []
        """Every payment that the driver was asked for, oldest first."""
        self._session = session
        self._ended: dict[str, tuple[tuple[str, str], PaymentUpdate]] = {}
        session.end.openings[RequestPayment] = self._request

    def _request(self, request: RequestPayment, stream: Stream) -> None:
        session, reference = self._session, request.reference
        terms = _terms_of(request)
        session.granted(
            "payment", f"{terms[0]} for {reference}",
            f'max_amount = "{Decimal(request.amount)}" currency = "{request.currency}"',
            lambda grant: (
                grant["currency"] == request.currency and Decimal(request.amount) <= Decimal(grant["max_amount"])
            ),
        )  # fmt: skip
        state = session.limits.driving_state
        if state not in STANDING:
            reason = f"nothing is paid while the car is {state}"
            raise session.deny("payment", reference, reason, "ask when it stands")
        known = self._ended.get(reference)
        if known is not None and known[0] != terms:
            text = f"the reference {reference!r} was used for another payment ({known[0][0]})"
            raise InvalidArgumentError(text, hint="give each payment a reference of its own")
        session.count(stream)
        stream.send(PaymentUpdate(reference, PaymentState.ASKING))
        if known is None or known[1].state in _AGAIN:
            self.asked.append(request)
            paid = self.outcome is PaymentState.PAID
            receipt = f"receipt-{len(self.asked)}" if paid else ""
            update = PaymentUpdate(reference, self.outcome, "" if paid else self.reason, receipt)
            known = self._ended[reference] = (terms, update)
        stream.send(known[1])
        session.uncount(stream)
        stream.end()


def _terms_of(request: RequestPayment) -> tuple[str, str]:
    """The amount as the driver sees it, and what it is for. Raises InvalidArgumentError that names the field."""
    amount, currency, what_for = request.amount, request.currency, request.what_for
    if _REFERENCE.fullmatch(request.reference) is None:
        raise InvalidArgumentError("reference has the wrong form", hint="use 1 to 64 of A-Z a-z 0-9 . _ -")
    if _AMOUNT.fullmatch(amount) is None or not Decimal(amount):
        raise InvalidArgumentError(f"amount {amount[:20]!r} has the wrong form", hint="write it like 12.50, above zero")
    if _CURRENCY.fullmatch(currency) is None:
        raise InvalidArgumentError(f"currency {currency[:20]!r} has the wrong form", hint="write it like EUR")
    if currency in _WITHOUT_CENTS and Decimal(amount) % 1:
        raise InvalidArgumentError(f"{currency} has no cents, and amount is {amount}", hint="write a whole number")
    if not 0 < len(what_for.strip()) <= MAX_WHAT_FOR or not what_for.isprintable():
        hint = f"one line of up to {MAX_WHAT_FOR} characters"
        raise InvalidArgumentError("what_for is empty, too long or not plain text", hint=hint)
    places = Decimal(1) if currency in _WITHOUT_CENTS else Decimal("0.01")
    return f"{Decimal(amount).quantize(places)} {currency}", what_for.strip()
