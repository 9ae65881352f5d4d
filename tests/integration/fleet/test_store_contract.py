# SPDX-License-Identifier: Apache-2.0
"""The contract of the fleet's database, SQLite and PostgreSQL: each row once, and how far nothing is missing."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivi.cloud.wire import Frame, Kind, gap_frame
from ivi.fleet import report
from ivi.fleet.store.recording import Store, StreamKey
from ivi.model.errors import ConfigurationError, NotFoundError

STREAM, OTHER = b"stream-a", b"stream-b"
KEY = StreamKey("car", "t", STREAM)


@pytest.fixture
def store(fleet_database: str) -> Iterator[Store]:
    """An empty database of each kind."""
    made = Store(fleet_database)
    yield made
    made.close()


def rows(*seqs: int, stream: bytes = STREAM, vehicle: str = "car") -> list[tuple[str, str, Frame]]:
    """Records with these sequences."""
    return [(vehicle, "t", Frame(Kind.RECORD, stream, seq, b"%d" % seq)) for seq in seqs]


def gap(first: int, last: int, dropped: int = 0) -> tuple[str, str, Frame]:
    """A gap record."""
    return ("car", "t", gap_frame(STREAM, first, last, dropped))


def test_the_acknowledgement_is_the_unbroken_prefix(store: Store) -> None:
    """It waits for what is missing, then jumps."""
    assert store.add(rows(1, 2, 4, 5)) == {KEY: 2}
    assert store.add(rows(7)) == {KEY: 2}
    assert store.add(rows(3)) == {KEY: 5}
    assert store.add(rows(6)) == {KEY: 7}


def test_a_long_run_is_followed_to_its_end(store: Store) -> None:
    """Longer than one step of the search."""
    store.add(rows(*range(2, 4001)))
    assert store.add(rows(1)) == {KEY: 4000}


def test_a_row_that_comes_again_changes_nothing(store: Store, fleet_database: str) -> None:
    """The effect happens once; the acknowledgement is told again, because the car may not have heard it."""
    store.add(rows(1, 2))
    assert store.add(rows(2, 1, 2)) == {KEY: 2}
    assert (store.rows, store.duplicates) == (2, 3)
    assert [row.seq for row in report.rows(fleet_database)] == [1, 2]
    assert report.vehicles(fleet_database)[0].records == 2


def test_a_row_twice_in_one_batch_is_one_row(store: Store) -> None:
    """Also within a transaction."""
    store.add(rows(1, 1, 1))
    assert (store.rows, store.duplicates) == (1, 2)


def test_a_gap_closes_what_will_not_come(store: Store, fleet_database: str) -> None:
    """And it is on record how much was lost."""
    assert store.add(rows(1, 2, 8)) == {KEY: 2}
    assert store.add([gap(3, 7, 5)]) == {KEY: 8}
    assert report.gaps(fleet_database) == [report.StoredGap("car", 3, 7, 5)]


def test_a_gap_grows_and_older_news_of_it_is_ignored(store: Store, fleet_database: str) -> None:
    """Messages overtake each other when they are sent again."""
    store.add([gap(1, 4, 4)])
    store.add([gap(1, 9, 9)])
    assert store.add([gap(1, 4, 4)]) == {KEY: 9}
    assert [(found.last, found.dropped) for found in report.gaps(fleet_database)] == [(9, 9)]


def test_a_gap_may_cover_rows_that_arrived(store: Store) -> None:
    """The car gave them up before it heard that they had arrived; they stay."""
    store.add(rows(1, 2, 3))
    assert store.add([gap(2, 6, 5), *rows(7)]) == {KEY: 7}
    assert store.add(rows(4)) == {KEY: 7}
    assert store.rows == 5


def test_settled_starts_a_new_database_where_the_car_is(store: Store) -> None:
    """Rows that left the car long ago are not waited for."""
    settled = ("car", "t", Frame(Kind.SETTLED, STREAM, 5000))
    assert store.add([*rows(5001), settled]) == {KEY: 5001}
    assert store.add([("car", "t", Frame(Kind.SETTLED, STREAM, 10))]) == {KEY: 5001}


def test_streams_and_vehicles_are_apart(store: Store) -> None:
    """A car that uses another car's stream id reaches only its own rows."""
    store.add(rows(1, 2))
    complete = store.add([*rows(1, stream=OTHER), *rows(1, 2, 3, vehicle="thief")])
    assert complete == {StreamKey("car", "t", OTHER): 1, StreamKey("thief", "t", STREAM): 3}
    assert (store.rows, store.duplicates, store.streams) == (6, 0, 3)


def test_all_is_there_after_a_restart(store: Store, fleet_database: str) -> None:
    """The prefix too, also when a gap closed it."""
    store.add([*rows(1), gap(2, 3), *rows(4, 6)])
    again = Store(fleet_database)
    assert again.rows == 3
    assert again.add(rows(5)) == {KEY: 6}
    again.close()


def test_the_state_of_a_vehicle_follows_its_newest_start(store: Store, fleet_database: str) -> None:
    """A will of an older start that comes late is no news."""
    store.set_state("car", "online", 7)
    store.set_state("car", "offline", 6)
    assert report.vehicles(fleet_database)[0].state == "online"
    store.set_state("car", "offline", 7)
    store.add(rows(1))
    assert report.vehicles(fleet_database) == [report.VehicleSummary("car", 1, "offline", 7)]


@pytest.mark.parametrize(
    ("heard", "state"),
    [
        ([("online", 2), ("offline", 1)], "online"),
        ([("offline", 1), ("online", 1)], "offline"),
        ([("offline", 1), ("online", 2), ("online", 1)], "online"),
        ([("online", 0), ("offline", 0), ("online", 0)], "online"),
    ],
    ids=["late will", "late birth", "all mixed", "a car that does not count"],
)
def test_presence_is_that_of_the_newest_connection(
    store: Store, fleet_database: str, heard: list[tuple[str, int]], state: str
) -> None:
    """Two copies of the ingest heard one word each, and commit them in the other order."""
    for word, connection in heard:
        store.set_state("car", word, 7, connection)
    store.add(rows(1))
    assert report.vehicles(fleet_database)[0].state == state


def test_a_database_of_an_earlier_program_gets_the_column(tmp_path: Path) -> None:
    """And keeps what it has."""
    path = tmp_path / "fleet.db"
    Store(path).close()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("alter table vehicle drop column connection")
        db.execute("insert into vehicle(vehicle, state, epoch) values('car', 'online', 5)")
        db.commit()
    store = Store(path)
    store.set_state("car", "offline", 5, 1)
    store.add(rows(1))
    store.close()
    assert report.vehicles(path)[0].state == "offline"


def test_a_file_that_is_no_database_gives_one_line(tmp_path: Path) -> None:
    """The fleet's rows are nobody's to throw away: it says so and stops."""
    path = tmp_path / "text.db"
    path.write_text("no database\n" * 100)
    with pytest.raises(ConfigurationError, match="fleet's database"):
        Store(path)
    assert path.read_text().startswith("no database")


def test_a_report_of_nothing_says_so(tmp_path: Path) -> None:
    """And makes no file."""
    with pytest.raises(NotFoundError):
        report.rows(tmp_path / "absent.db")
    assert not (tmp_path / "absent.db").exists()
