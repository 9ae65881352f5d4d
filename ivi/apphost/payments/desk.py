# SPDX-License-Identifier: Apache-2.0
"""Takes an order through the driver's answer and whoever pays, so that one reference is paid at most once.

Money moves only after `agreed` is on the disk. From then on the order is no longer the app's: it is carried to its end
whether the app lives or not. When the end is not known (a crash, no answer), the payer is asked what happened; an order
is paid anew only after the payer has said that there was none.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from weakref import WeakValueDictionary

from ivi.apphost.payments.journal import AGREED, Entry, Journal
from ivi.apphost.payments.method import PaymentMethod, Receipt
from ivi.model.app.payment_order import Order
from ivi.model.app.payments import PaymentState, PaymentUpdate
from ivi.model.errors import InvalidArgumentError, IviError, UnavailableError

log = logging.getLogger(__name__)

PAY_TIMEOUT = 30.0  # seconds for whoever pays
CLOSE_TIMEOUT = 2.0  # seconds that a stop waits for payments under way; later ones are resolved at the next start

type Ask = Callable[[], Awaitable[tuple[PaymentState, str]]]
"""Asks the driver: ASKING means that he agreed; otherwise DECLINED or EXPIRED and why."""


class PaymentDesk:
    """One for the app host."""

    def __init__(self, journal: Journal, method: PaymentMethod | None = None) -> None:
        self.method = method
        """How this car pays; None while nothing is set up."""
        self._journal = journal
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="payments")
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._paying: dict[str, asyncio.Task[Entry]] = {}

    async def check(self, order: Order) -> None:
        """Raises InvalidArgumentError when the reference was used with other terms."""
        entry = await self._run(lambda: self._journal.find(order.key))
        if entry is not None and entry.terms != order.terms:
            text = f"the reference {order.reference!r} was used for another payment ({entry.terms[0]})"
            raise InvalidArgumentError(text, hint="give each payment a reference of its own")

    async def settle(self, order: Order, ask: Ask) -> PaymentUpdate:
        """The outcome of an order, from the journal or from the driver and the payer.

        Raises InvalidArgumentError when the reference was used with other terms, and UnavailableError when the journal
        cannot be written, or what `ask` raises; then nothing was agreed to.
        """
        lock = self._locks.setdefault(order.key, asyncio.Lock())
        async with lock:
            await self.check(order)
            entry = await self._run(lambda: self._journal.find(order.key))
            if entry is None:
                if self.method is None:
                    reason = "no way to pay is set up in this car"
                    return PaymentUpdate(order.reference, PaymentState.UNAVAILABLE, reason)
                entry = await self._agree(order, ask)
            if entry.state == AGREED:
                entry = await self._carry_out(order)
        if entry.state == AGREED:
            return PaymentUpdate(order.reference, PaymentState.UNKNOWN, entry.reason or "the payer has not answered")
        return PaymentUpdate(order.reference, PaymentState(entry.state), entry.reason, entry.receipt)

    async def _agree(self, order: Order, ask: Ask) -> Entry:
        try:
            state, reason = await ask()
        except asyncio.CancelledError:
            await asyncio.shield(self._write(order, PaymentState.EXPIRED, "the app withdrew it"))
            raise
        return await self._write(order, AGREED if state is PaymentState.ASKING else state, reason)

    async def _carry_out(self, order: Order) -> Entry:
        """Pay or find out, in a task of its own: an app that goes away does not stop it."""
        task = self._paying.get(order.key)
        if task is None:
            task = self._paying[order.key] = asyncio.create_task(self._pay(order))
            task.add_done_callback(lambda _done: self._paying.pop(order.key))
        return await asyncio.shield(task)

    async def _pay(self, order: Order) -> Entry:
        try:
            receipt = await self._receipt(order)
            if receipt.approved:
                return await self._write(order, PaymentState.PAID, receipt=receipt.number)
            return await self._write(order, PaymentState.DECLINED, receipt.reason or "the payer declined it")
        except (IviError, TimeoutError) as error:
            log.warning("the outcome of a payment is not known", extra={"key": order.key, "error": str(error)})
            return Entry(order.terms, AGREED, "the payer has not answered; it is looked up at the next request", "")

    async def _receipt(self, order: Order) -> Receipt:
        """What the payer has of this key already, or a first payment."""
        if self.method is None:
            raise UnavailableError("no way to pay is set up any more")
        async with asyncio.timeout(PAY_TIMEOUT):
            return await self.method.find(order.key) or await self.method.pay(order)

    async def _write(self, order: Order, state: PaymentState | str, reason: str = "", receipt: str = "") -> Entry:
        return await self._run(lambda: self._journal.write(order, state, reason, receipt))

    async def _run[R](self, work: Callable[[], R]) -> R:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        except sqlite3.Error as error:
            log.exception("the payments' journal cannot be used")
            raise UnavailableError("payments cannot be noted now", hint="check the car's disk") from error

    async def unresolved(self) -> int:
        """Payments that were agreed to and whose outcome is not known."""
        return await self._run(self._journal.unresolved)

    async def close(self) -> None:
        """Give payments under way a moment to end, and close the journal."""
        if self._paying:
            await asyncio.wait(self._paying.values(), timeout=CLOSE_TIMEOUT)
        late = list(self._paying.values())
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        await self._run(self._journal.close)
        self._thread.shutdown(wait=False)
