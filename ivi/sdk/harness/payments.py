# SPDX-License-Identifier: Apache-2.0
"""The fake host's payments: how each ends is up to the test, and one reference is never paid twice."""

from decimal import Decimal

from ivi.model.app import PaymentState, PaymentUpdate, RequestPayment
from ivi.model.app.payment_order import TARGET, order_of
from ivi.model.errors import InvalidArgumentError
from ivi.model.templates.limits import is_moving
from ivi.sdk.harness.link import Stream
from ivi.sdk.harness.session import Session

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
        grants = session.grants
        order = order_of((grants.app_id, grants.app_id), reference, request.amount, request.currency, request.what_for)
        terms = order.terms
        session.granted(
            "payment", TARGET,
            f'max_amount = "{order.amount}" currency = "{order.currency}"',
            lambda grant: (
                grant["currency"] == order.currency and order.amount <= Decimal(grant["max_amount"])
            ),
        )  # fmt: skip
        state = session.limits.driving_state
        if is_moving(state):
            reason = f"nothing is paid while the car is {state}"
            raise session.deny("payment", TARGET, reason, "ask when it stands")
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
