# SPDX-License-Identifier: Apache-2.0
"""Payments through a real link, journal and sheet; only whoever pays is a stand-in, since ivi has none."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ivi.apphost.payments.desk import PaymentDesk
from ivi.apphost.payments.journal import AGREED, Journal
from ivi.apphost.payments.method import PaymentMethod, Receipt
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.process import Process
from ivi.model import prompts
from ivi.model.app import PaymentState, PaymentUpdate, RequestPayment
from ivi.model.app.payment_order import Order, order_of
from ivi.model.errors import InvalidArgumentError, PermissionDeniedError, UnavailableError
from ivi.model.prompts import AnswerPrompt, Prompt, PromptsUpdate, SubscribePrompts
from ivi.model.services import DrivingState, UxRestrictions
from ivi.sdk.connection import Connection
from ivi.sdk.payments import request_payment

if TYPE_CHECKING:
    from tests.unit.apphost.facilities.conftest import Bench

PAYMENT = """
[[permission]]
use = "payment"
max_amount = "50.00"
currency = "EUR"
reason = "pays for parking"
"""
PARKED = UxRestrictions(DrivingState.PARKED, [], "parked")
MOVING = UxRestrictions(DrivingState.MOVING, [], "moving")
TERMS = ("12.5", "EUR", "Parking until 18:00")


class TestCard:
    """Pays from a purse that it keeps in memory, and fails when a test says so."""

    __test__ = False
    label = "Test card ending in 0000"

    def __init__(self) -> None:
        self.paid: dict[str, Receipt] = {}
        self.charges = 0
        self.fail_before = self.fail_after = False
        self.slow = 0.0

    async def pay(self, order: Order) -> Receipt:
        if self.fail_before:
            raise UnavailableError("the payer is away")
        await asyncio.sleep(self.slow)
        self.charges += 1
        self.paid[order.key] = Receipt(approved=order.amount < 40, number=f"R{self.charges}", reason="not enough money")
        if self.fail_after:
            raise UnavailableError("the answer was lost")
        return self.paid[order.key]

    async def find(self, key: str) -> Receipt | None:
        return self.paid.get(key)


class Driver:
    """Follows the sheets as the screen does, and answers each as told."""

    def __init__(self, folder: Path, answer: str) -> None:
        self.sheets: list[Prompt] = []
        self.answer = answer
        self._path = folder / "apphost.sock"
        self._client = LinkClient(self._path, prompts.Answer)
        self._answering: list[asyncio.Task[None]] = []

    async def attend(self, bench: "Bench") -> None:
        server = LinkServer(self._path, (prompts.Request,), Process("apphost").status)
        bench.prompts.serve(server.router)
        await server.start()
        try:
            await self._client.follow(SubscribePrompts(), self._took)
        finally:
            await asyncio.gather(*self._answering)
            await self._client.close()
            await server.stop()

    def _took(self, update: PromptsUpdate) -> None:
        for sheet in update.prompts:
            if sheet.id not in {seen.id for seen in self.sheets}:
                self.sheets.append(sheet)
                if self.answer:
                    self._answering.append(asyncio.get_running_loop().create_task(self._agree(sheet)))

    async def _agree(self, sheet: Prompt) -> None:
        await asyncio.sleep(0.7)  # nobody agrees to what has just popped up
        await self._client.call(AnswerPrompt(sheet.id, self.answer))


class Shop:
    """A bench with a driver and a card; `pay` is the app's."""

    def __init__(self, bench: "Bench", answer: str = "allow", *, card: bool = True) -> None:
        self.bench = bench
        self.card = TestCard()
        self.driver = Driver(bench.folder, answer)
        bench.provisions.desk.method = self.card if card else None
        self.during: Callable[[], Any] | None = None
        self._drive: Callable[[UxRestrictions], None] = lambda _ux: None

    def run(self, script: Callable[[Callable[..., PaymentUpdate]], None], ux: UxRestrictions = PARKED) -> None:
        loop: list[asyncio.AbstractEventLoop] = []
        original = self.bench.drive

        async def with_driver(ux: UxRestrictions) -> None:
            loop.append(asyncio.get_running_loop())
            self.loop = loop[0]
            self._attending = asyncio.create_task(self.driver.attend(self.bench))
            async with asyncio.timeout(10):
                while not self.bench.prompts.watched:
                    await asyncio.sleep(0.005)
            await original(ux)

        self.bench.drive = with_driver  # type: ignore[method-assign]  # the bench's own hook before the app runs
        self._drive = lambda ux: asyncio.run_coroutine_threadsafe(original(ux), loop[0]).result(10)

        def as_app(connection: Connection) -> None:
            def pay(reference: str = "order-1", *terms: str) -> PaymentUpdate:
                got: list[PaymentUpdate] = []
                request_payment(connection, RequestPayment(reference, *(terms or TERMS)), got.append)
                if self.during is not None:
                    self.during()
                deadline = time.monotonic() + 20
                while not got:
                    assert time.monotonic() < deadline
                    connection.dispatch(0.1)
                return got[0]

            try:
                script(pay)
            finally:
                loop[0].call_soon_threadsafe(self._attending.cancel)

        self.bench.run(as_app, ux)

    def drive(self, ux: UxRestrictions) -> None:
        """Have the car in this state; called from the app's thread."""
        self._drive(ux)


def test_an_agreed_payment_is_paid_once_however_often_it_is_asked(bench_of: "Callable[[str], Bench]") -> None:
    shop = Shop(bench_of(PAYMENT))

    def script(pay: Callable[..., PaymentUpdate]) -> None:
        first = pay()
        assert first == PaymentUpdate("order-1", PaymentState.PAID, "", "R1")
        assert pay() == first
        assert pay("order-1", "12.50", "EUR", "Parking until 18:00") == first, "12.5 is 12.50"
        with pytest.raises(InvalidArgumentError, match=r"was used for another payment \(12\.50 EUR\)"):
            pay("order-1", "13.00", "EUR", "Parking until 18:00")

    shop.run(script)
    assert shop.card.charges == 1
    [sheet] = shop.driver.sheets
    assert sheet.title == "Pay 12.50 EUR?"
    assert [(item.title, item.text) for item in sheet.items] == [
        ("Amount", "12.50 EUR"), ("Paid with", "Test card ending in 0000"),
    ]  # fmt: skip
    assert sheet.text == "Test says it is for: Parking until 18:00"


def test_the_ledger_counts_payments_under_one_name_whatever_the_app_calls_them(
    bench_of: "Callable[[str], Bench]",
) -> None:
    shop = Shop(bench_of(PAYMENT))
    recorded: list[tuple[str, str, str]] = []

    def script(pay: Callable[..., PaymentUpdate]) -> None:
        assert pay("order-7").receipt == "R1"
        for _ in range(150):  # an end that is told again, and more attempts than are listed one by one
            pay("order-7")
        shop.drive(MOVING)
        with pytest.raises(PermissionDeniedError, match="nothing is paid while the car is moving"):
            pay("order-8")
        newest = asyncio.run_coroutine_threadsafe(shop.bench.audit.newest("dev.ivi.test", 1000), shop.loop)
        recorded.extend((one.target, one.decision, one.words) for one in newest.result(10).records)

    shop.run(script)
    assert {target for target, _, _ in recorded} == {"payment"}
    assert [words for _, _, words in recorded][:2] == [
        "was allowed payment: 12.50 EUR for order-7: granted by its manifest",
        "was allowed payment: order-7: paid: 12.50 EUR R1",
    ]
    assert any("was refused payment: order-8: nothing is paid" in words for _, _, words in recorded)


def test_declining_is_an_answer_for_good(bench_of: "Callable[[str], Bench]") -> None:
    shop = Shop(bench_of(PAYMENT), "refuse")

    def script(pay: Callable[..., PaymentUpdate]) -> None:
        assert pay() == pay() == PaymentUpdate("order-1", PaymentState.DECLINED, "the driver declined it")

    shop.run(script)
    assert shop.card.charges == 0
    assert len(shop.driver.sheets) == 1


def test_the_payer_may_decline_too(bench_of: "Callable[[str], Bench]") -> None:
    shop = Shop(bench_of(PAYMENT))
    declined = PaymentUpdate("order-1", PaymentState.DECLINED, "not enough money")

    def script(pay: Callable[..., PaymentUpdate]) -> None:
        assert pay("order-1", "45", "EUR", "A feast") == declined

    shop.run(script)


def test_without_a_way_to_pay_nobody_is_asked(bench_of: "Callable[[str], Bench]") -> None:
    shop = Shop(bench_of(PAYMENT), card=False)

    def script(pay: Callable[..., PaymentUpdate]) -> None:
        assert pay().state is PaymentState.UNAVAILABLE
        shop.bench.provisions.desk.method = shop.card
        assert pay().state is PaymentState.PAID, "the reference was not used up"

    shop.run(script)


def test_a_car_that_drives_off_takes_the_sheet_away(bench_of: "Callable[[str], Bench]") -> None:
    shop = Shop(bench_of(PAYMENT), "")

    def drive_off() -> None:
        deadline = time.monotonic() + 10
        while not shop.driver.sheets:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        shop.drive(MOVING)

    def script(pay: Callable[..., PaymentUpdate]) -> None:
        shop.during = drive_off
        assert pay() == PaymentUpdate("order-1", PaymentState.EXPIRED, "the car drove off")
        shop.during = None
        with pytest.raises(PermissionDeniedError, match="nothing is paid while the car is moving"):
            pay("order-2")

    shop.run(script)
    assert not shop.bench.prompts.has_open("dev.ivi.test")


@pytest.mark.parametrize(
    ("reference", "terms", "error", "text"),
    [
        ("order-1", ("50.01", "EUR", "x"), PermissionDeniedError, "no permission payment"),
        ("order-1", ("1.00", "USD", "x"), PermissionDeniedError, "no permission payment"),
        ("order-1", ("0", "EUR", "x"), InvalidArgumentError, "amount"),
        ("order-1", ("-1", "EUR", "x"), InvalidArgumentError, "amount"),
        ("order-1", ("1e3", "EUR", "x"), InvalidArgumentError, "amount"),
        ("order-1", ("1.005", "EUR", "x"), InvalidArgumentError, "amount"),
        ("order-1", ("1.50", "JPY", "x"), InvalidArgumentError, "no cents"),
        ("order-1", ("1", "eur", "x"), InvalidArgumentError, "currency"),
        ("order 1", ("1", "EUR", "x"), InvalidArgumentError, "reference"),
        ("order-1", ("1", "EUR", "two\nlines"), InvalidArgumentError, "what_for"),
        ("order-1", ("1", "EUR", " "), InvalidArgumentError, "what_for"),
    ],
)
def test_what_may_not_be_asked_is_refused_by_name(
    bench_of: "Callable[[str], Bench]", reference: str, terms: tuple[str, ...], error: type[Exception], text: str
) -> None:
    shop = Shop(bench_of(PAYMENT))

    def script(pay: Callable[..., PaymentUpdate]) -> None:
        with pytest.raises(error, match=text):
            pay(reference, *terms)

    shop.run(script)
    assert shop.driver.sheets == []


def test_a_lost_answer_is_looked_up_and_never_paid_again(bench_of: "Callable[[str], Bench]") -> None:
    shop = Shop(bench_of(PAYMENT))
    shop.card.fail_after = True

    def script(pay: Callable[..., PaymentUpdate]) -> None:
        assert pay().state is PaymentState.UNKNOWN
        assert pay() == PaymentUpdate("order-1", PaymentState.PAID, "", "R1")

    shop.run(script)
    assert shop.card.charges == 1
    assert len(shop.driver.sheets) == 1


# -- the desk alone ---------------------------------------------------------------------------------------------------
ORDER = order_of(("dev.ivi.test", "Test"), "order-1", *TERMS)


async def agree() -> tuple[PaymentState, str]:
    return PaymentState.ASKING, ""


def desk_at(folder: Path, card: PaymentMethod) -> PaymentDesk:
    return PaymentDesk(Journal(folder / "payments.db"), card)


def test_a_host_that_dies_between_yes_and_paid_asks_the_payer_first(tmp_path: Path) -> None:
    for paid_before in (True, False):
        folder = tmp_path / str(paid_before)
        folder.mkdir()
        card = TestCard()

        async def drive(folder: Path, card: TestCard, *, paid_before: bool) -> None:
            journal = Journal(folder / "payments.db")
            journal.write(ORDER, AGREED)  # the last thing that the dying host did
            journal.close()
            if paid_before:
                await card.pay(ORDER)
            desk = desk_at(folder, card)
            assert await desk.unresolved() == 1

            async def never() -> tuple[PaymentState, str]:
                pytest.fail("the driver has agreed already")

            assert (await desk.settle(ORDER, never)).state is PaymentState.PAID
            assert await desk.unresolved() == 0
            await desk.close()

        asyncio.run(drive(folder, card, paid_before=paid_before))
        assert card.charges == 1


def test_an_app_that_leaves_while_it_is_paid_finds_it_paid(tmp_path: Path) -> None:
    card = TestCard()
    card.slow = 0.3

    async def drive() -> None:
        desk = desk_at(tmp_path, card)
        first = asyncio.create_task(desk.settle(ORDER, agree))
        await asyncio.sleep(0.1)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        second, third = await asyncio.gather(desk.settle(ORDER, agree), desk.settle(ORDER, agree))
        assert second == third == PaymentUpdate("order-1", PaymentState.PAID, "", "R1")
        await desk.close()

    asyncio.run(drive())
    assert card.charges == 1


def test_a_withdrawn_question_is_expired(tmp_path: Path) -> None:
    async def drive() -> None:
        desk = desk_at(tmp_path, TestCard())
        asked = asyncio.Event()

        async def never() -> tuple[PaymentState, str]:
            asked.set()
            await asyncio.get_running_loop().create_future()
            raise AssertionError

        asking = asyncio.create_task(desk.settle(ORDER, never))
        await asked.wait()
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        assert (await desk.settle(ORDER, agree)).state is PaymentState.EXPIRED
        await desk.close()

    asyncio.run(drive())


def test_nothing_is_paid_when_the_journal_cannot_be_written(tmp_path: Path) -> None:
    card = TestCard()

    async def drive() -> None:
        desk = desk_at(tmp_path, card)
        release, locked = threading.Event(), threading.Event()

        def hold() -> None:
            other = sqlite3.connect(tmp_path / "payments.db", isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            locked.set()
            release.wait(20)
            other.close()

        holding = threading.Thread(target=hold)
        holding.start()
        await asyncio.to_thread(locked.wait, 10)
        try:
            with pytest.raises(UnavailableError, match="cannot be noted"):
                await desk.settle(ORDER, agree)
        finally:
            release.set()
            holding.join(10)
        assert card.charges == 0
        assert (await desk.settle(ORDER, agree)).state is PaymentState.PAID
        await desk.close()

    asyncio.run(drive())


def test_the_steps_of_a_payment_cannot_be_rewritten(tmp_path: Path) -> None:
    asyncio.run(_paid(tmp_path))
    db = sqlite3.connect(tmp_path / "payments.db")
    assert [row[0] for row in db.execute("SELECT state FROM step ORDER BY number")] == ["agreed", "paid"]
    for statement in ("DELETE FROM step", "UPDATE step SET state = 'declined'"):
        with pytest.raises(sqlite3.Error, match="append-only"):
            db.execute(statement)
    db.close()


async def _paid(folder: Path) -> None:
    desk = desk_at(folder, TestCard())
    assert (await desk.settle(ORDER, agree)).state is PaymentState.PAID
    await desk.close()


def test_amounts_are_shown_with_the_currencys_own_places() -> None:
    assert ORDER.amount == Decimal("12.5")
    assert ORDER.shown_amount == "12.50 EUR"
    assert order_of(("a.b", "A"), "r", "500", "JPY", "x").shown_amount == "500 JPY"
