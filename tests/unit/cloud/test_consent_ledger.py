# SPDX-License-Identifier: Apache-2.0
"""The ledger of consents: whatever is changed in it, cut off from it or put back is found."""

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivi.cloud.consent.entry import What
from ivi.cloud.consent.keeping import KEY_FILE, LEDGER_FILE, open_ledger
from ivi.cloud.consent.ledger import BrokenLedgerError, Ledger
from ivi.cloud.consent.purposes import Terms
from ivi.cloud.consent.signing_key import load_or_make
from ivi.model.errors import ConfigurationError

CARE = Terms("care", "driving", "fleet", 30)
RESEARCH = Terms("research", "location", "maker", 365, 1000, 60)
ENTRIES = 5


def fill(folder: Path) -> None:
    """A ledger with some entries."""
    ledger, broken = open_ledger(folder / LEDGER_FILE, folder / KEY_FILE, 1)
    assert not broken
    ledger.add(What.AGREED, at_ms=2, by="the driver", purpose="care", terms=CARE)
    ledger.add(What.AGREED, at_ms=3, by="the driver", purpose="research", terms=RESEARCH)
    ledger.add(What.REVOKED, at_ms=4, by="the driver", purpose="care")
    ledger.add(What.AGREED, at_ms=5, by="the driver", purpose="care", terms=CARE)
    ledger.close()


@pytest.fixture(scope="module")
def written() -> Iterator[Path]:
    """A folder with a filled ledger; tests work on copies."""
    with tempfile.TemporaryDirectory() as name:
        fill(Path(name))
        yield Path(name)


@contextlib.contextmanager
def copied(written: Path) -> Iterator[Path]:
    """A copy of the folder."""
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(written, name, dirs_exist_ok=True)
        yield Path(name)


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Ledger]:
    """The ledger as it is there, unchecked."""
    ledger = Ledger(folder / LEDGER_FILE, load_or_make(folder / KEY_FILE))
    try:
        yield ledger
    finally:
        ledger.close()


def tamper(folder: Path, *statements: tuple[str, tuple[object, ...]]) -> None:
    """What somebody with the file does; the triggers are no obstacle for him."""
    with contextlib.closing(sqlite3.connect(folder / LEDGER_FILE, isolation_level=None)) as db:
        db.executescript("drop trigger no_change; drop trigger no_cut;")
        for statement, values in statements:
            db.execute(statement, values)


def is_broken(folder: Path) -> bool:
    """Whether the check finds it."""
    with opened(folder) as ledger:
        try:
            ledger.check()
        except BrokenLedgerError:
            return True
    return False


def test_what_was_agreed_holds_over_a_restart(written: Path) -> None:
    """Agreements that were not taken back, in the terms of the newest."""
    with copied(written) as folder, opened(folder) as ledger:
        ledger.check()
        assert len(ledger.entries) == ENTRIES
        assert [(one.number, one.terms) for one in ledger.active()] == [(3, RESEARCH), (5, CARE)]
        assert [one.number for one in ledger.untold()] == [1, 2, 3, 4, 5]
        ledger.tell(4)
        assert [one.number for one in ledger.untold()] == [5]


def test_the_files_are_the_drivers_alone(written: Path) -> None:
    """Rights of the key, the ledger and the copy of its head."""
    for name in (KEY_FILE, LEDGER_FILE, "consent.head"):
        assert (written / name).stat().st_mode & 0o777 == 0o600


def test_nothing_is_changed_by_accident(written: Path) -> None:
    """The file itself refuses."""
    with copied(written) as folder, contextlib.closing(sqlite3.connect(folder / LEDGER_FILE)) as db:
        for statement in ("delete from entry where number = 5", "update entry set signed = x'00'"):
            with pytest.raises(sqlite3.DatabaseError, match="only added to"):
                db.execute(statement)


@settings(max_examples=120, deadline=None)
@given(number=st.integers(1, ENTRIES), place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_every_flipped_bit_is_found(written: Path, number: int, place: float, bit: int) -> None:
    """Of any entry, at any place."""
    with copied(written) as folder:
        with opened(folder) as ledger:
            ledger.check()
            signed = bytearray(ledger.entries[number - 1].signed)
        signed[int(place * len(signed))] ^= 1 << bit
        tamper(folder, ("update entry set signed = ? where number = ?", (bytes(signed), number)))
        assert is_broken(folder)


@settings(max_examples=60, deadline=None)
@given(copy=st.booleans(), place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_every_flipped_bit_of_the_head_is_found(written: Path, copy: bool, place: float, bit: int) -> None:
    """Of the head in the file, and of its copy beside."""
    with copied(written) as folder:
        head = bytearray((folder / "consent.head").read_bytes())
        head[int(place * len(head))] ^= 1 << bit
        if copy:
            (folder / "consent.head").write_bytes(head)
        else:
            tamper(folder, ("update head set signed = ?", (bytes(head),)))
        assert is_broken(folder)


@given(kept=st.integers(0, ENTRIES - 1), with_head=st.booleans())
@settings(max_examples=20, deadline=None)
def test_every_cut_tail_is_found(written: Path, kept: int, with_head: bool) -> None:
    """Also when the head goes with it."""
    with copied(written) as folder:
        cut: list[tuple[str, tuple[object, ...]]] = [("delete from entry where number > ?", (kept,))]
        tamper(folder, *cut, *([("delete from head", ())] if with_head else []))
        assert is_broken(folder)


@given(st.permutations(range(1, ENTRIES + 1)).filter(lambda order: order != list(range(1, ENTRIES + 1))))
@settings(max_examples=20, deadline=None)
def test_entries_in_another_order_are_found(written: Path, order: list[int]) -> None:
    """Each is signed, and none is in its place."""
    with copied(written) as folder:
        with opened(folder) as ledger:
            ledger.check()
            signed = [entry.signed for entry in ledger.entries]
        changes = [
            ("update entry set signed = ? where number = ?", (signed[source - 1], number))
            for number, source in enumerate(order, 1)
        ]
        tamper(folder, *changes)
        assert is_broken(folder)


def test_an_older_file_put_back_is_found(written: Path) -> None:
    """A file from before a consent was taken back agrees to what was taken back."""
    with copied(written) as folder, copied(written) as before:
        ledger, _ = open_ledger(folder / LEDGER_FILE, folder / KEY_FILE, 9)
        ledger.add(What.REVOKED, at_ms=9, by="the driver", purpose="care")
        ledger.close()
        for name in (LEDGER_FILE, f"{LEDGER_FILE}-wal", f"{LEDGER_FILE}-shm"):
            (folder / name).unlink(missing_ok=True)
            if (before / name).exists():
                shutil.copy(before / name, folder / name)
        assert is_broken(folder)


def test_a_copy_that_lags_behind_is_mended(written: Path) -> None:
    """As a process leaves it that is killed between commit and copy."""
    with copied(written) as folder:
        old = (folder / "consent.head").read_bytes()
        ledger, _ = open_ledger(folder / LEDGER_FILE, folder / KEY_FILE, 9)
        ledger.add(What.REVOKED, at_ms=9, by="the driver", purpose="care")
        ledger.close()
        new = (folder / "consent.head").read_bytes()
        (folder / "consent.head").write_bytes(old)
        assert not is_broken(folder)
        assert (folder / "consent.head").read_bytes() == new != old


@pytest.mark.parametrize("damage", ["entry", "file", "key", "gone"])
def test_a_broken_ledger_counts_for_nothing(written: Path, damage: str) -> None:
    """It is set aside, a new one begins, and nothing is agreed to."""
    with copied(written) as folder:
        if damage == "entry":
            tamper(folder, ("delete from entry where number = 4", ()))
        elif damage == "file":
            (folder / LEDGER_FILE).write_bytes(b"no database" * 1000)
            (folder / f"{LEDGER_FILE}-wal").unlink(missing_ok=True)
        elif damage == "key":
            (folder / KEY_FILE).unlink()
        else:
            (folder / LEDGER_FILE).unlink()
            (folder / f"{LEDGER_FILE}-wal").unlink(missing_ok=True)
        ledger, broken = open_ledger(folder / LEDGER_FILE, folder / KEY_FILE, 10)
        try:
            assert "does not count" in broken
            assert [entry.what for entry in ledger.entries] == [What.BEGAN]
            assert not ledger.active()
            assert [path for path in folder.iterdir() if "corrupt" in path.name]
        finally:
            ledger.close()
        again, broken = open_ledger(folder / LEDGER_FILE, folder / KEY_FILE, 11)
        again.close()
        assert not broken


def test_a_key_that_is_none_is_said(tmp_path: Path) -> None:
    """And nothing is made in its place."""
    (tmp_path / KEY_FILE).write_text("no key")
    with pytest.raises(ConfigurationError, match="cannot use the key"):
        open_ledger(tmp_path / LEDGER_FILE, tmp_path / KEY_FILE, 1)
