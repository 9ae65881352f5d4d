# SPDX-License-Identifier: Apache-2.0
"""Payments of an app: its permission, the driving state, and the sheet on which the host asks the driver."""

import asyncio
from decimal import Decimal

from ivi.apphost.facilities.granted import granted
from ivi.apphost.facility import Life
from ivi.apphost.manifest import Payment
from ivi.apphost.permissions import Decision
from ivi.apphost.prompts import ALLOW, REFUSE, Question
from ivi.daemon.link_server import Router, Stream
from ivi.model.app.payment_order import TARGET, Order, order_of
from ivi.model.app.payments import PaymentState, PaymentUpdate, RequestPayment
from ivi.model.errors import IviError
from ivi.model.prompts import PromptAction, PromptItem, PromptKind
from ivi.model.services import DrivingState

ANSWER_WITHIN = 60.0  # seconds that the sheet stays
LOOK = 0.25  # seconds between looks at the driving state while the sheet is open
STANDING = frozenset({DrivingState.PARKED, DrivingState.IDLING})


class Payments:
    """Payments of one life."""

    def __init__(self, life: Life) -> None:
        self._life = life

    def serve(self, router: Router) -> None:
        """Register the stream."""
        router.on_stream(RequestPayment, self._request)

    def close(self) -> None:
        """What the driver has agreed to goes on without the app; what is only asked is withdrawn with its stream."""

    async def _request(self, request: RequestPayment, stream: Stream) -> None:
        life = self._life
        order = order_of(
            (life.app.id, life.app.name), request.reference, request.amount, request.currency, request.what_for
        )
        granted(
            life,
            Payment,
            TARGET,
            f'max_amount = "{order.amount}" currency = "{order.currency}"',
            lambda grant: grant.currency == order.currency and order.amount <= Decimal(grant.max_amount),
            about=f"{order.shown_amount} for {order.reference}",
        )
        if life.car.driving.state not in STANDING:
            reason = f"nothing is paid while the car is {life.car.driving.state.value}"
            decision = Decision(allowed=False, reason=reason, hint="ask when it stands")
            life.judge("payment", TARGET, decision, about=order.reference)
        await life.car.provisions.desk.check(order)
        agreed = False

        async def ask() -> tuple[PaymentState, str]:
            nonlocal agreed
            state, reason = await self._ask(order)
            agreed = state is PaymentState.ASKING
            return state, reason

        with life.counted_stream():
            stream.send(PaymentUpdate(order.reference, PaymentState.ASKING))
            try:
                outcome = await life.car.provisions.desk.settle(order, ask)
            except IviError as error:
                outcome = PaymentUpdate(order.reference, PaymentState.UNAVAILABLE, str(error))
            self._note(order, outcome, agreed=agreed)
            stream.send(outcome)

    async def _ask(self, order: Order) -> tuple[PaymentState, str]:
        """Ask the driver as long as the car stands."""
        asking = asyncio.create_task(self._life.car.prompts.ask(self._question(order)))
        try:
            while not asking.done():
                await asyncio.wait({asking}, timeout=LOOK)
                if self._life.car.driving.state not in STANDING and not asking.done():
                    return PaymentState.EXPIRED, "the car drove off"
            choice = asking.result().choice
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
        if choice == ALLOW:
            return PaymentState.ASKING, ""
        return (PaymentState.DECLINED, "the driver declined it") if choice else (PaymentState.EXPIRED, "no answer came")

    def _question(self, order: Order) -> Question:
        method = self._life.car.provisions.desk.method
        return Question(
            order.app_id, order.app_name, PromptKind.PAYMENT,
            title=f"Pay {order.shown_amount}?",
            text=f"{order.app_name} says it is for: {order.what_for}",
            items=(
                PromptItem("amount", "Amount", order.shown_amount),
                PromptItem("method", "Paid with", method.label if method else ""),
            ),
            actions=(PromptAction(ALLOW, f"Pay {order.shown_amount}", primary=True), PromptAction(REFUSE, "Do not")),
            seconds=ANSWER_WITHIN,
        )  # fmt: skip

    def _note(self, order: Order, outcome: PaymentUpdate, *, agreed: bool) -> None:
        """Audit how it ended. What the driver has agreed to stands for itself; an end that is told again is summed."""
        said = f"{outcome.state.value}: {order.shown_amount} {outcome.receipt or outcome.reason}".rstrip()
        audit = self._life.car.audit
        write = audit.note if agreed else audit.record
        paid = outcome.state is PaymentState.PAID
        write(order.app_id, "payment", TARGET, allowed=paid, reason=f"{order.reference}: {said}")
