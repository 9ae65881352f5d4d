# SPDX-License-Identifier: Apache-2.0
"""The part that asks the driver's leave: who may agree when, demos, full disks, copies of what was sent."""

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ivi.cloud.consent import part as part_module
from ivi.cloud.consent.copies import SentCopies
from ivi.cloud.consent.entry import Entry, What
from ivi.cloud.consent.ledger import Ledger
from ivi.cloud.consent.part import ConsentPart
from ivi.cloud.consent.purposes import Terms, terms_of
from ivi.cloud.delivery import DeliveryClass, Outgoing
from ivi.cloud.record import Record, decode_record
from ivi.cloud.telemetry import USE
from ivi.cloud.uplink import UplinkService
from ivi.daemon.link_client import LinkClient
from ivi.daemon.process import Process
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.errors import InvalidArgumentError, NotFoundError, ResourceExhaustedError, UnavailableError
from ivi.model.services import DrivingState

RESEARCH = Terms("research", "driving", "maker", 30)
WIDE = replace(RESEARCH, cell_m=1000, time_s=60)
CARE = terms_of(USE)
CLOSED_PORT = "127.0.0.1:9"  # discard: nobody serves it


class Drive:
    """What is known of the car's driving."""

    def __init__(self) -> None:
        self.driving = DrivingState.PARKED

    def start(self) -> None:
        """Nothing to follow."""

    async def stop(self) -> None:
        """Nothing was followed."""


class Car:
    """An uplink with its consents."""

    def __init__(self, folder: Path, demo: Terms | None = None) -> None:
        self.process, self.drive, self.folder = Process("cloud"), Drive(), folder
        self.consents = ConsentPart(self.process, self.drive, folder, demo=demo)
        self.uplink = UplinkService(
            self.process,
            LinkClient(folder / "databroker.sock", DatabrokerAnswer),
            broker=CLOSED_PORT,
            vehicle_id="car",
            state=folder,
            parts=[self.consents],
            gate=self.consents.gate,
            use=USE,
            keep=self.consents.keep,
        )
        self.consents.attach(lambda: self.uplink.rows)

    def put(self, terms: Terms) -> bool:
        """A row for these terms."""
        return self.uplink.put(Outgoing(DeliveryClass.TELEMETRY, b"row", terms.use))

    def told(self) -> list[Record]:
        """What the fleet is told of consents."""
        with contextlib.closing(sqlite3.connect(self.folder / "outbox-control.db")) as db:
            records = [decode_record(body) for (body,) in db.execute("select payload from outbox order by seq")]
        return [record for record in records if record.kind == "consent"]

    def problems(self) -> str:
        """All that is off, in one text."""
        return "\n".join(problem.what for problem in self.process.status().problems)


@contextlib.asynccontextmanager
async def running(folder: Path, demo: Terms | None = None) -> AsyncIterator[Car]:
    """A car between start and stop."""
    car = Car(folder, demo)
    await car.uplink.start()
    try:
        yield car
    finally:
        await car.uplink.stop()
        await car.consents.close()


def forget(folder: Path) -> None:
    """Somebody deletes all that is known of consents."""
    for path in folder.glob("consent*"):
        path.unlink()


async def until(condition: Callable[[], object]) -> None:
    """Wait until a condition holds, with a deadline."""
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.01)


def test_nothing_leaves_before_the_ledger_was_read(tmp_path: Path) -> None:
    """The gate is closed from its first moment, and after the end."""
    car = Car(tmp_path, CARE)
    assert not car.consents.gate.may_leave(USE, DeliveryClass.TELEMETRY)
    with pytest.raises(UnavailableError):
        car.consents.agree(CARE)


@pytest.mark.parametrize("state", [state for state in DrivingState if state is not DrivingState.PARKED])
def test_one_agrees_while_parked_and_takes_back_always(tmp_path: Path, state: DrivingState) -> None:
    """A state that is not known counts as driving."""

    async def play() -> None:
        async with running(tmp_path) as car:
            car.consents.agree(RESEARCH)
            car.drive.driving = state
            with pytest.raises(UnavailableError, match="parked"):
                car.consents.agree(CARE)
            assert car.put(RESEARCH)
            assert not car.put(CARE)
            assert car.consents.revoke("research") == 1
            assert not car.put(RESEARCH)

    asyncio.run(play())


@pytest.mark.parametrize(
    "narrow",
    [
        replace(WIDE, cell_m=2000),
        replace(WIDE, time_s=120),
        replace(WIDE, retention_days=7),
    ],
)
def test_who_agrees_to_less_sends_nothing_of_before(tmp_path: Path, narrow: Terms) -> None:
    """Rows that wait were made under the wider terms. Who agrees to the same again, or to more, loses nothing."""

    async def play() -> None:
        async with running(tmp_path) as car:
            car.consents.agree(WIDE)
            assert car.put(WIDE)
            streams = car.uplink.rows.streams("research")
            car.consents.agree(WIDE)
            assert car.uplink.rows.waiting("research") == 1
            car.consents.agree(narrow)
            assert car.uplink.rows.waiting("research") == 0
            assert car.uplink.rows.streams("research") != streams
            assert car.put(narrow)
            car.consents.agree(WIDE)
            assert car.uplink.rows.waiting("research") == 1

    asyncio.run(play())


def test_a_demo_agrees_openly_and_only_for_itself(tmp_path: Path) -> None:
    """Its consent says so, is not asked for twice, and ends with the first start without the demo."""

    async def play() -> None:
        for _ in range(2):
            async with running(tmp_path, CARE) as car:
                assert car.put(CARE)
                assert [(held.by, held.terms) for held in car.consents.held] == [("the demo run", CARE)]
                assert car.process.status().counters["privacy_note"] == ""
        async with running(tmp_path) as car:
            assert not car.put(CARE)
            assert car.uplink.rows.waiting("care") == 0
            assert car.consents.ledger.entries[-1].by == "a start without the demo"
            note = car.process.status().counters["privacy_note"]
            assert isinstance(note, str)
            assert "nobody has agreed" in note
            assert [record.data["what"] for record in car.told()] == ["began", "agreed", "revoked"]

    asyncio.run(play())


def test_what_the_driver_agreed_to_outlives_a_demo(tmp_path: Path) -> None:
    """A demo neither takes it over nor ends it."""

    async def play() -> None:
        async with running(tmp_path) as car:
            car.consents.agree(CARE)
        async with running(tmp_path, CARE) as car:
            assert [held.by for held in car.consents.held] == ["the driver"]
        async with running(tmp_path) as car:
            assert [held.by for held in car.consents.held] == ["the driver"]

    asyncio.run(play())


def test_wrong_words_are_said(tmp_path: Path) -> None:
    """Operation cannot be taken back; unknown purposes are named; nothing to take back is no failure."""

    async def play() -> None:
        async with running(tmp_path) as car:
            with pytest.raises(InvalidArgumentError, match="operation"):
                car.consents.revoke("operation")
            with pytest.raises(NotFoundError, match="spying"):
                car.consents.revoke("spying")
            assert car.consents.revoke("research") == 0
            assert [entry.what for entry in car.consents.ledger.entries] == [What.BEGAN]

    asyncio.run(play())


def test_rows_left_by_whoever_are_purged_at_the_start(tmp_path: Path) -> None:
    """A channel whose purpose nobody agrees to, from an older version or a ledger that is gone."""

    async def play() -> None:
        async with running(tmp_path) as car:
            car.consents.agree(RESEARCH)
            assert car.put(RESEARCH)
        forget(tmp_path)
        async with running(tmp_path) as car:
            assert car.uplink.rows.waiting("research") == 0
            assert not car.consents.gate.may_send("research")

    asyncio.run(play())


def test_a_ledger_changed_under_way_counts_for_nothing(tmp_path: Path) -> None:
    """Found by a look at it: everything stops, what waits is given up, and it is said."""

    async def play() -> None:
        async with running(tmp_path) as car:
            car.consents.agree(RESEARCH)
            assert car.put(RESEARCH)
            with contextlib.closing(sqlite3.connect(tmp_path / "consent.db", isolation_level=None)) as db:
                db.executescript("drop trigger no_cut; delete from entry where number = 2;")
            with pytest.raises(UnavailableError, match="were written") as found:
                car.consents.ledger.check()
            car.consents.distrust(found.value.message)
            assert not car.put(RESEARCH)
            assert car.uplink.rows.waiting("research") == 0
            assert "was changed, and nothing leaves" in car.problems()
            with pytest.raises(UnavailableError):
                car.consents.agree(RESEARCH)

    asyncio.run(play())


def test_a_disk_that_takes_nothing_does_not_keep_a_consent_alive(tmp_path: Path) -> None:
    """Taken back at once; written, purged and told when the disk is there again."""

    async def play() -> None:
        async with running(tmp_path) as car:
            car.consents.agree(RESEARCH)
            assert car.put(RESEARCH)
            ledger = car.consents.ledger
            with contextlib.closing(sqlite3.connect(tmp_path / "consent.db", isolation_level=None)) as other:
                ledger._db.execute("pragma busy_timeout = 1")
                other.execute("begin immediate")  # as good as a full disk: nobody else can write
                assert car.consents.revoke("research") == 1
                assert not car.put(RESEARCH)
                assert [held.purpose for held in car.consents.held] == []
                assert "not written yet, and nothing of it leaves" in car.problems()
                with pytest.raises(UnavailableError, match="not written yet"):
                    car.consents.agree(RESEARCH)
                other.execute("rollback")
            await until(lambda: ledger.entries[-1].what is What.REVOKED)
            await until(lambda: [one.data["what"] for one in car.told()] == ["began", "agreed", "revoked"])
            await until(lambda: "not written" not in car.problems())
            car.consents.agree(RESEARCH)

    asyncio.run(play())


def test_what_the_disk_never_took_does_not_come_back_with_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process ends before the revocation is written, and another that was written does not hide it."""
    monkeypatch.setattr(part_module, "RETRY", 600.0)

    async def play() -> None:
        async with running(tmp_path) as car:
            car.consents.agree(RESEARCH)
            car.consents.agree(CARE)
            with contextlib.closing(sqlite3.connect(tmp_path / "consent.db", isolation_level=None)) as other:
                car.consents.ledger._db.execute("pragma busy_timeout = 1")
                other.execute("begin immediate")
                car.consents.revoke("research")
                other.execute("rollback")
            car.consents.revoke("care")
            assert [one.purpose for one in car.consents.ledger.entries if one.what is What.REVOKED] == ["care"]
        async with running(tmp_path) as car:
            assert not car.consents.gate.may_send("research")
            assert car.consents.held == []
            assert "does not count" in car.problems()

    asyncio.run(play())


def test_what_the_disk_took_late_leaves_the_other_consents_alone(tmp_path: Path) -> None:
    """Once it is written the ledger counts again, over a restart too."""

    async def play() -> None:
        async with running(tmp_path) as car:
            car.consents.agree(RESEARCH)
            car.consents.agree(CARE)
            with contextlib.closing(sqlite3.connect(tmp_path / "consent.db", isolation_level=None)) as other:
                car.consents.ledger._db.execute("pragma busy_timeout = 1")
                other.execute("begin immediate")
                car.consents.revoke("research")
                assert not car.consents.ledger.copy.exists()
                other.execute("rollback")
            await until(car.consents.ledger.copy.exists)
        async with running(tmp_path) as car:
            assert [held.purpose for held in car.consents.held] == ["care"]

    asyncio.run(play())


def test_a_moment_without_the_disk_does_not_end_the_mending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is reported, and looked at again."""
    monkeypatch.setattr(part_module, "RETRY", 0.01)

    def unreadable(_ledger: Ledger) -> list[Entry]:
        raise UnavailableError("the disk does not answer")

    async def play() -> None:
        async with running(tmp_path) as car:
            with monkeypatch.context() as patch:
                patch.setattr(Ledger, "untold", unreadable)
                await until(lambda: "the disk does not answer" in car.problems())
            await until(lambda: "the disk does not answer" not in car.problems())

    asyncio.run(play())


def test_a_full_control_outbox_delays_only_the_telling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The consent is taken back all the same."""

    def full(_uplink: UplinkService, _outgoing: Outgoing) -> bool:
        raise ResourceExhaustedError("the outbox is full")

    async def play() -> None:
        async with running(tmp_path) as car:
            car.consents.agree(RESEARCH)
            with monkeypatch.context() as patch:
                patch.setattr(UplinkService, "put_now", full)
                car.consents.revoke("research")
                assert not car.put(RESEARCH)
                assert len(car.told()) == 2
            await until(lambda: len(car.told()) == 3)

    asyncio.run(play())


def test_damaged_copies_do_not_close_the_consents(tmp_path: Path) -> None:
    """They are set aside and made anew; what was agreed to holds, and can be taken back."""
    copies = tmp_path / "sent.db"

    async def play() -> None:
        async with running(tmp_path) as car:
            car.consents.agree(RESEARCH)
        copies.write_bytes(b"garbage" * 1000)
        async with running(tmp_path) as car:
            assert car.put(RESEARCH)
            assert "were damaged" in car.problems()
            car.consents.keep("telemetry.research", b"12345678", [(1, b"row")])
            assert car.consents.sent() == {"research": 1}
            assert car.consents.revoke("research") == 1

    asyncio.run(play())
    (aside,) = tmp_path.glob("sent.db.corrupt-*")
    assert aside.read_bytes().startswith(b"garbage")


def test_no_place_for_copies_does_not_close_the_consents(tmp_path: Path) -> None:
    """The same without any copies at all."""

    async def play() -> None:
        (tmp_path / "sent.db").mkdir()
        async with running(tmp_path) as car:
            car.consents.agree(RESEARCH)
            assert car.put(RESEARCH)
            assert "No copies are made" in car.problems()
            car.consents.keep("telemetry.research", b"12345678", [(1, b"row")])
            assert car.consents.sent() == {}
            assert car.consents.revoke("research") == 1

    asyncio.run(play())


def test_copies_are_bounded_and_each_is_there_once(tmp_path: Path) -> None:
    """The oldest make room; the same row twice is one copy."""
    copies = SentCopies(tmp_path / "sent.db", time.time, max_bytes=1000)
    for number in range(0, 100, 10):
        rows = [(seq, bytes(20)) for seq in range(number, number + 10)]
        copies.keep("telemetry.care", b"12345678", rows)
        copies.keep("control", b"abcdefgh", [(1, b"once")])
    counted = copies.count()
    copies.close()
    assert counted["operation"] <= 1
    assert 40 <= counted["care"] <= 50
    with contextlib.closing(sqlite3.connect(tmp_path / "sent.db")) as db:
        assert db.execute("select max(seq) from sent where channel = 'telemetry.care'").fetchone() == (99,)
    again = SentCopies(tmp_path / "sent.db", time.time, max_bytes=1000)
    assert again.count() == counted
    again.close()


def test_copies_are_dated_by_the_trusted_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wall clock that was never set neither dates a copy nor keeps one for ever."""

    async def play() -> None:
        async with running(tmp_path) as car:
            monkeypatch.setattr("time.time", lambda: 0.0)
            later = car.uplink.clock.now()
            car.consents.keep("telemetry.care", b"12345678", [(1, b"old")])
            car.uplink.clock.learn(later + 91 * 86_400)
            car.consents.keep("telemetry.care", b"12345678", [(2, b"new")])
            with contextlib.closing(sqlite3.connect(tmp_path / "sent.db")) as db:
                ((seq, at_ms),) = db.execute("select seq, at_ms from sent").fetchall()
            assert seq == 2
            assert at_ms >= int((later + 91 * 86_400) * 1000)

    asyncio.run(play())
