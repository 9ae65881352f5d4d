# SPDX-License-Identifier: Apache-2.0
"""The ledger's file under attack: changed, cut, replaced, put back; and bounded without losing a sum."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from ivi.apphost.ledger import MAX_SEGMENTS, OTHERS, Entry, Ledger
from ivi.model.errors import ConfigurationError


def entry(number: int, app: str = "dev.ivi.a") -> Entry:
    return Entry(app, "vehicle.read", f"Vehicle.S{number}", "allowed", "granted", count=2, bytes=3)


def filled(path: Path, records: int = 4) -> None:
    ledger = Ledger(path)
    for number in range(records):
        ledger.append(entry(number))
    assert ledger.problem() == ""
    ledger.close()


def forced(path: Path, *statements: str) -> None:
    """What somebody with the file in his hands does."""
    other = sqlite3.connect(path, isolation_level=None)
    other.executescript("DROP TRIGGER ledger_no_update; DROP TRIGGER ledger_no_delete;")
    for statement in statements:
        other.execute(statement)
    other.close()


def problem(path: Path) -> str:
    ledger = Ledger(path)
    try:
        return ledger.problem()
    finally:
        ledger.close()


def test_records_chain_and_survive_opening_again(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    ledger = Ledger(path)
    (first,) = ledger.append(entry(1))
    ledger.close()
    ledger = Ledger(path)
    (second,) = ledger.append(entry(2, "dev.ivi.b"))
    assert (first.seq, second.seq) == (1, 2)
    assert ledger.problem() == ""
    assert ledger.newest("dev.ivi.b", 10) == ([second], 0)
    assert ledger.newest("", 1) == ([second], 1)
    assert ledger.newest("", 10, since_ns=second.time_ns) == ([second], 0)
    for name in ("ledger.db", "ledger.key", "ledger.anchor"):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    ledger.close()


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE ledger SET decision = 'denied' WHERE seq = 2",
        "UPDATE ledger SET count = 1 WHERE seq = 3",
        "UPDATE ledger SET time_ns = time_ns + 1 WHERE seq = 3",
        "DELETE FROM ledger WHERE seq = 2",
        "DELETE FROM ledger WHERE seq = 1",
        "DELETE FROM ledger WHERE seq >= 3",
        "DELETE FROM ledger WHERE seq = 4",
        "DELETE FROM ledger",
    ],
)
def test_tampering_is_refused_and_seen_when_forced(tmp_path: Path, tampering: str) -> None:
    path = tmp_path / "ledger.db"
    filled(path)
    other = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        other.execute(tampering)
    other.close()
    assert problem(path) == ""
    ledger = Ledger(path)
    forced(path, tampering)
    assert ledger.problem()
    ledger.close()


def test_a_cut_tail_stays_seen_after_new_records(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    filled(path)
    forced(path, "DELETE FROM ledger WHERE seq = 4")
    ledger = Ledger(path)
    ledger.append(entry(9), entry(10))
    ledger.close()
    assert "missing" in problem(path)


def test_a_history_that_was_hashed_anew_does_not_fit_the_anchor(tmp_path: Path) -> None:
    path, other = tmp_path / "ledger.db", tmp_path / "other" / "ledger.db"
    filled(path, 4)
    filled(other, 4)
    shutil.copy(other, path)
    for suffix in ("-wal", "-shm"):
        (tmp_path / f"ledger.db{suffix}").unlink(missing_ok=True)
    assert problem(path)


@pytest.mark.parametrize("name", ["ledger.anchor", "ledger.key"])
def test_without_its_anchor_nobody_vouches_for_it(tmp_path: Path, name: str) -> None:
    path = tmp_path / "ledger.db"
    filled(path)
    (tmp_path / name).unlink()
    assert problem(path)


def test_a_forged_anchor_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    filled(path)
    (tmp_path / "ledger.anchor").write_text('{"seq":2,"hash":"","mac":"00"}')
    ledger = Ledger(path)
    assert "missing" in ledger.problem()
    ledger.close()


def test_old_records_are_sealed_with_their_sums(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    ledger = Ledger(path, segment=10, live=20)
    total = 10 * (MAX_SEGMENTS + 8)
    for number in range(total):
        ledger.append(entry(number % 3, "dev.ivi.a" if number % 2 else "dev.ivi.b"))
    assert ledger.problem() == ""
    live, more = ledger.newest("", 1000)
    assert len(live) + more < 30
    sums = ledger.sums("")
    assert sum(one.count for one in sums) + 2 * (len(live) + more) == 2 * total
    assert sum(one.bytes for one in sums) + 3 * (len(live) + more) == 3 * total
    assert {one.app_id for one in ledger.sums("dev.ivi.a")} == {"dev.ivi.a"}
    ledger.close()
    assert problem(path) == ""
    other = sqlite3.connect(path, isolation_level=None)
    assert other.execute("SELECT count(*) FROM segment").fetchone()[0] == MAX_SEGMENTS
    other.execute("UPDATE segment SET sums = '[]' WHERE id = 3")
    other.close()
    assert "sealed" in problem(path)


def test_made_up_targets_do_not_grow_the_sums_without_bound(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.db", segment=1000, live=10)
    for start in range(0, 1010, 101):
        ledger.append(*(Entry("a", "vehicle.read", f"X{start + n}", "denied", "") for n in range(101)))
    sums = ledger.sums("a")
    assert len(sums) < 500
    assert sum(one.count for one in sums) == 1000
    assert any(one.target == OTHERS for one in sums)
    assert ledger.problem() == ""
    ledger.close()


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").mkdir()
    with pytest.raises(ConfigurationError, match=r"ledger\.db"):
        Ledger(tmp_path / "ledger.db")
