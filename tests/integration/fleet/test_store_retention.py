# SPDX-License-Identifier: Apache-2.0
"""What the fleet's database forgets, and what it never does, for SQLite and PostgreSQL."""

import asyncio
import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ivi.cloud.record import Record, encode_record
from ivi.cloud.wire import Frame, Kind
from ivi.daemon.process import Process
from ivi.fleet import ingest as ingest_module
from ivi.fleet.ingest import Ingest
from ivi.fleet.serve.issued import Issued, IssuedCommand, IssuedDocument
from ivi.fleet.store import retention as module
from ivi.fleet.store.reading import Reader
from ivi.fleet.store.recording import Item, Store
from ivi.fleet.store.retention import Limits, Retention

DAY_NS = 86_400 * 10**9
COMMAND = bytes(range(16))


@pytest.fixture
def store(fleet_database: str) -> Iterator[Store]:
    """Who records."""
    made = Store(fleet_database)
    yield made
    made.close()


def row(seq: int, kind: str, data: dict[str, Any], channel: str = "control") -> Item:
    """A record of now."""
    body = encode_record(Record(kind, time.time_ns() // 10**6 + seq, data))
    return "car", channel, Frame(Kind.RECORD, channel[:8].ljust(8, "-").encode(), seq, body)


def forget(store: Store, days: float, limits: Limits | None = None) -> int:
    """As if it were some days later."""
    keeper = Retention(store.database, limits)
    while keeper.step(time.time_ns() + round(days * DAY_NS)):
        pass
    return keeper.forgotten


def kinds(reader: Reader) -> list[str]:
    """Of all events of the car."""
    return sorted(event.kind for event in reader.events("car", limit=1000))


def a_year(store: Store) -> None:
    """A bit of everything."""
    store.add(
        [
            row(1, "command_epoch", {"epoch": b"12345678"}),
            row(2, "command", {"id": COMMAND, "state": "running", "reason": "", "result": {}}),
            row(3, "command", {"id": COMMAND, "state": "succeeded", "reason": "", "result": {}}),
            row(4, "consent", {"n": 1, "what": "agreed"}),
            row(5, "consent", {"n": 2, "what": "revoked"}),
            row(6, "usage", {"feature": "plan", "counter": 1, "total": 3}),
            row(7, "usage", {"feature": "plan", "counter": 2, "total": 5}),
            row(1, "position", {"id": COMMAND, "latitude": 1.0, "longitude": 2.0}, channel="events.locate"),
        ]
    )


def test_what_is_old_is_forgotten_and_what_is_now_stays(store: Store, fleet_database: str) -> None:
    """The newest of each kind, consents and receipts stay; a row that comes once more is no news."""
    a_year(store)
    assert forget(store, 0.5) == 0
    with contextlib.closing(Reader(fleet_database)) as reader:
        assert len(kinds(reader)) == 7
        assert len(reader.answers(COMMAND, "position")) == 1
        forget(store, 2)
        assert reader.answers(COMMAND, "position") == []
        assert len(kinds(reader)) == 7
        assert forget(store, 500) > 0
        assert kinds(reader) == ["command", "command_epoch", "consent", "consent", "usage"]
        assert reader.command("car", COMMAND) is None
        assert len(reader.usage("car")) == 2
        forget(store, 4000)
        assert kinds(reader) == ["command", "command_epoch", "usage"]
        assert [receipt.counter for receipt in reader.usage("car")] == [2]
        before = store.rows
        a_year(store)
        assert store.rows == before
        assert kinds(reader) == ["command", "command_epoch", "usage"]
        assert store.add([row(8, "refused", {"what": "x"})])
        assert "refused" in kinds(reader)


def test_the_ingest_forgets_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside its commits, without being asked."""
    monkeypatch.setattr(ingest_module, "FORGET_FIRST_S", 0.0)
    with contextlib.closing(Store(tmp_path / "fleet.db")) as store:
        store.add([row(seq, "refused", {"seq": seq}) for seq in range(1, 31)])

    async def run() -> None:
        process = Process("fleet")
        ingest = Ingest(process, broker="127.0.0.1:1", db=tmp_path / "fleet.db", limits=Limits(rows=10))
        await ingest.start()
        try:
            async with asyncio.timeout(20):
                while ingest._counters()["fleet_forgotten"] != 40:  # rows, and their events
                    await asyncio.sleep(0.01)
        finally:
            await ingest.stop()

    asyncio.run(run())


def test_for_ever_is_for_ever(store: Store, fleet_database: str) -> None:
    """Positions are not: they answered one question."""
    a_year(store)
    forget(store, 100_000, Limits(days=0, evidence_days=0))
    with contextlib.closing(Reader(fleet_database)) as reader:
        assert len(kinds(reader)) == 7
        assert reader.answers(COMMAND, "position") == []


def test_one_stream_has_a_limit(store: Store, fleet_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In several transactions; nothing behind a hole is touched, or the hole could never be filled."""
    monkeypatch.setattr(module, "ROWS", 10)
    store.add([row(seq, "refused", {"seq": seq}) for seq in [*range(1, 51), *range(60, 100)]])
    forget(store, 0, Limits(rows=20))
    with contextlib.closing(Reader(fleet_database)) as reader:
        found = sorted(event.data["seq"] for event in reader.events("car", limit=1000))
        assert found == [*range(31, 51), *range(60, 100)]
        (upto,) = store.add([row(seq, "refused", {"seq": seq}) for seq in range(51, 60)]).values()
        assert upto == 99


def test_commands_that_are_over_are_forgotten(store: Store, fleet_database: str) -> None:
    """And replaced documents; what waits and what holds now stays."""
    store.add([row(1, "refused", {})])
    now_ms = int(time.time() * 1000)
    with contextlib.closing(Issued(fleet_database)) as issued:
        for number, (expiry, issued_ms) in enumerate([(1, 1000), (1, now_ms), (now_ms // 1000 + 100, 1000)]):
            one = IssuedCommand(
                *("car", bytes([number]) * 16, "lock", {}, "owner", "anna", issued_ms, expiry, True, 0, 0, "")
            )
            issued.command(one, b"k", lambda counter: b"%d" % counter)
        issued.settle(now_ms)
        for version in (1, 2, 3):
            issued.document(IssuedDocument("car", "twin", version, {}, "anna", 1000, 0), lambda _: b"m")
        assert issued.prune(now_ms - 1000, limit=2) == 2
        assert issued.prune(now_ms - 1000) == 1
        assert issued.prune(now_ms - 1000) == 0
        assert {one.id[0] for one in issued.commands("car")} == {1, 2}
        newest = issued.newest("car", "twin")
        assert newest is not None
        assert newest.version == 3
