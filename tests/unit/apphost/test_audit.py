# SPDX-License-Identifier: Apache-2.0
"""What becomes a record: sums by the minute, single decisions, floods, and the words for people."""

import asyncio
from pathlib import Path

from ivi.apphost.audit import MAX_KINDS, RECORDS_BURST, Audit
from ivi.apphost.ledger import OTHERS


def test_repeats_are_counted_and_the_first_is_written_at_once(tmp_path: Path) -> None:
    async def drive() -> None:
        audit = Audit(tmp_path / "ledger.db")
        for _ in range(100):
            audit.record("dev.ivi.a", "vehicle.read", "Vehicle.X", allowed=False, reason="not granted")
        assert audit.written == 1
        answer = await audit.newest("dev.ivi.a", 10)
        assert answer.verified
        assert [(record.reason, record.count) for record in answer.records] == [("not granted", 1), ("not granted", 99)]
        await audit.close()

    asyncio.run(drive())


def test_a_flood_of_different_denials_is_summed_up(tmp_path: Path) -> None:
    async def drive() -> None:
        audit = Audit(tmp_path / "ledger.db")
        for number in range(1000):
            audit.record("dev.ivi.a", "vehicle.read", f"Vehicle.X{number}", allowed=False, reason="not granted")
        assert audit.written <= RECORDS_BURST + 5
        audit.record("dev.ivi.b", "vehicle.read", "Vehicle.Y", allowed=False, reason="not granted")
        assert len((await audit.newest("dev.ivi.b", 10)).records) == 1
        answer = await audit.newest("dev.ivi.a", 1000)
        assert answer.verified
        listed = sum(record.count for record in answer.records if record.action == "vehicle.read")
        assert "further decisions came too fast" in answer.records[-1].reason
        assert listed + answer.records[-1].count == 1000
        await audit.close()

    asyncio.run(drive())


def test_what_was_read_and_sent_adds_up(tmp_path: Path) -> None:
    async def drive() -> None:
        audit = Audit(tmp_path / "ledger.db")
        for _ in range(60):
            audit.read("dev.ivi.a", "Vehicle.Speed")
            audit.sent("dev.ivi.a", "api.partner.example:443", 1500)
        audit.tick(float("inf"))
        audit.read("dev.ivi.a", "Vehicle.Speed", 5)
        answer = await audit.newest("dev.ivi.a", 100)
        read = [record for record in answer.records if record.action == "vehicle.read"]
        sent = [record for record in answer.records if record.action == "net.send"]
        assert sum(record.count for record in read) == 65
        assert sum(record.bytes for record in sent) == 60 * 1500
        assert len(answer.records) <= 6
        assert read[0].words == "read how fast the car drives (Vehicle.Speed)"
        assert sent[-1].words == "sent 88.5 kB to api.partner.example:443"
        await audit.close()

    asyncio.run(drive())


def test_each_actuation_and_each_decision_stands_for_itself(tmp_path: Path) -> None:
    async def drive() -> None:
        audit = Audit(tmp_path / "ledger.db")
        for degrees in (19, 20, 21):
            audit.record("a", "vehicle.actuate", "Vehicle.Cabin.X", allowed=True, reason=f"set to {degrees}")
        for _ in range(2):
            audit.note("a", "revoke", "net", allowed=False, reason="you took back the right to …")
        answer = await audit.newest("a", 100)
        assert [record.reason for record in answer.records[:3]] == ["set to 19", "set to 20", "set to 21"]
        assert [record.action for record in answer.records[3:]] == ["revoke", "revoke"]
        # An app that floods is summed like anything else.
        for _ in range(1000):
            audit.record("a", "vehicle.actuate", "Vehicle.Cabin.X", allowed=True, reason="set to 22")
        assert audit.written < 100
        records = (await audit.newest("a", 1000)).records
        assert sum(record.count for record in records if record.action == "vehicle.actuate") == 1003
        await audit.close()

    asyncio.run(drive())


def test_allowed_records_that_an_app_makes_up_take_neither_the_disk_nor_the_ledger_from_others(tmp_path: Path) -> None:
    async def drive() -> None:
        audit = Audit(tmp_path / "ledger.db")
        for number in range(5000):
            audit.record("a", "payment", f"made up {number}", allowed=True, reason="granted")
            audit.sent("a", f"h{number}.partner.example:443", 10)
        assert audit.written <= 3 * RECORDS_BURST
        assert len(audit._counting) <= MAX_KINDS + 5
        audit.record("a", "vehicle.read", "Vehicle.X", allowed=False, reason="not granted")
        written = audit.written
        audit.read("b", "Vehicle.Speed")
        audit.sent("b", "api.partner.example:443", 70)
        assert audit.written == written + 2
        assert [(one.action, one.decision) for one in (await audit.newest("b", 10)).records] == [
            ("vehicle.read", "allowed"), ("net.send", "allowed"),
        ]  # fmt: skip
        records = (await audit.newest("a", 1000)).records
        assert {(one.action, one.decision) for one in records} == {
            ("payment", "allowed"), ("net.send", "allowed"), ("vehicle.read", "denied"),
        }  # fmt: skip
        assert sum(one.count for one in records if one.action == "payment") == 5000
        assert sum(one.bytes for one in records if one.action == "net.send") == 50_000
        assert OTHERS in {one.target for one in records}
        # The sums are written: there is room for new kinds again.
        audit.read("a", "Vehicle.Speed")
        assert "Vehicle.Speed" in {one.target for one in (await audit.newest("a", 10)).records}
        await audit.close()

    asyncio.run(drive())


def test_what_an_app_reads_leaves_its_actuations_their_place(tmp_path: Path) -> None:
    async def drive() -> None:
        audit = Audit(tmp_path / "ledger.db")
        for number in range(300):
            audit.read("a", f"Vehicle.X{number}")
        for degrees in (19, 20):
            audit.record("a", "vehicle.actuate", "Vehicle.Cabin.X", allowed=True, reason=f"set to {degrees}")
        records = (await audit.newest("a", 1000)).records
        assert [one.reason for one in records if one.action == "vehicle.actuate"] == ["set to 19", "set to 20"]
        assert sum(one.count for one in records if one.action == "vehicle.read") == 300
        await audit.close()

    asyncio.run(drive())
