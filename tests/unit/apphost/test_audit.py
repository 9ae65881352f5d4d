# SPDX-License-Identifier: Apache-2.0
import asyncio
import sqlite3
from pathlib import Path

import pytest

from ivi.apphost.audit import RECORDS_BURST, Audit, AuditLog
from ivi.model.errors import ConfigurationError


def test_records_chain_and_survive_opening_again(tmp_path: Path) -> None:
    path = tmp_path / "audit.db"
    log = AuditLog(path)
    first = log.append("dev.ivi.a", "vehicle.read", "Vehicle.Speed", "allowed", "granted")
    log.close()
    log = AuditLog(path)
    second = log.append("dev.ivi.b", "vehicle.read", "Vehicle.Speed", "denied", "not granted")
    assert (first.seq, second.seq) == (1, 2)
    assert log.verify()
    assert log.newest("dev.ivi.b", 10) == [second]
    assert log.newest("", 10) == [first, second]
    assert path.stat().st_mode & 0o777 == 0o600
    log.close()


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit SET decision = 'allowed' WHERE seq = 2",
        "UPDATE audit SET time_ns = time_ns + 1 WHERE seq = 3",
        "DELETE FROM audit WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 1",
    ],
)
def test_tampering_is_refused_and_seen_when_forced(tmp_path: Path, tampering: str) -> None:
    path = tmp_path / "audit.db"
    log = AuditLog(path)
    for number in range(3):
        log.append("dev.ivi.a", "vehicle.read", f"Vehicle.{number}", "denied", "not granted")
    other = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        other.execute(tampering)
    assert log.verify()
    other.executescript("DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete;")
    other.execute(tampering)
    other.close()
    assert not log.verify()
    log.close()


def test_repeats_are_counted_and_the_first_is_written_at_once(tmp_path: Path) -> None:
    async def drive() -> None:
        audit = Audit(tmp_path / "audit.db")
        for _ in range(100):
            audit.record("dev.ivi.a", "vehicle.read", "Vehicle.X", allowed=False, reason="not granted")
        assert audit.written == 1
        records, verified = await audit.newest("dev.ivi.a", 10)
        assert verified
        assert [record.reason for record in records] == ["not granted", "not granted (99 more within 1 s)"]
        await audit.close()

    asyncio.run(drive())


def test_a_flood_of_different_denials_is_summed_up(tmp_path: Path) -> None:
    async def drive() -> None:
        audit = Audit(tmp_path / "audit.db")
        for number in range(1000):
            audit.record("dev.ivi.a", "vehicle.read", f"Vehicle.X{number}", allowed=False, reason="not granted")
        assert audit.written <= RECORDS_BURST + 5
        audit.record("dev.ivi.b", "vehicle.read", "Vehicle.Y", allowed=False, reason="not granted")
        neighbour, _ = await audit.newest("dev.ivi.b", 10)
        assert len(neighbour) == 1
        records, verified = await audit.newest("dev.ivi.a", 1000)
        assert verified
        assert "further decisions came too fast" in records[-1].reason
        await audit.close()

    asyncio.run(drive())


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "audit.db").mkdir()
    with pytest.raises(ConfigurationError, match=r"audit\.db"):
        AuditLog(tmp_path / "audit.db")
