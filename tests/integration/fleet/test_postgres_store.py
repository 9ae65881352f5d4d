# SPDX-License-Identifier: Apache-2.0
"""What only a server can do: be away, come back, cut a connection, and end one of two that wait for each other."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from postgres_server import PostgresServer, running, why_not

from ivi.cloud.wire import Frame, Kind
from ivi.fleet import report
from ivi.fleet.store.recording import Item, Store
from ivi.model.errors import ConfigurationError, UnavailableError


@pytest.fixture
def mortal() -> Iterator[PostgresServer]:
    """A server that this test may kill."""
    if why := why_not():
        pytest.skip(why)
    with running() as server:
        yield server


def rows(*seqs: int) -> list[Item]:
    """Rows of one car."""
    return [("car", "telemetry", Frame(Kind.RECORD, b"stream-1", seq, b"%d" % seq)) for seq in seqs]


def test_a_server_that_ends_at_once_keeps_what_was_committed(mortal: PostgresServer) -> None:
    """Without it rows are refused with a reason; with it again they are taken, by the same store."""
    address = mortal.database()
    store = Store(address)
    complete = store.add(rows(1, 2, 3))
    assert list(complete.values()) == [3]
    mortal.stop()
    with pytest.raises(UnavailableError, match=r"cannot use the fleet's database postgresql://.*/fleet0") as caught:
        store.add(rows(4))
    assert "it goes on when the server is back" in caught.value.hint
    with pytest.raises(ConfigurationError, match="cannot open the fleet's database"):
        Store(address)
    mortal.start()
    assert list(store.add(rows(3, 4)).values()) == [4]
    assert (store.rows, store.duplicates) == (4, 1)
    assert [row.seq for row in report.rows(address)] == [1, 2, 3, 4]
    store.close()


def test_a_connection_that_is_cut_is_opened_again(postgres: str) -> None:
    """Within one call; nobody hears of it."""
    store = Store(postgres)
    store.add(rows(1))
    with psycopg.connect(postgres, autocommit=True) as other:
        other.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where pid <> pg_backend_pid() and datname = current_database()"
        )
    assert list(store.add(rows(2)).values()) == [2]
    assert store.rows == 2
    store.close()


def test_a_deadlock_is_tried_again(postgres: str) -> None:
    """Somebody else holds the locks in the other order; PostgreSQL ends one of the two, and ours comes again."""
    store = Store(postgres)
    store.add(rows(1))
    with psycopg.connect(postgres) as other:
        store.database.run("create table extra(id bigint primary key, value bigint)")
        store.database.run("insert into extra values(1, 0)")
        store.database.run("set deadlock_timeout = '10s'")  # it looks once: by then the other one waits, too
        attempts = []
        holding, meeting = threading.Event(), threading.Event()

        def ours() -> int:
            attempts.append(1)
            store.database.run("update extra set value = value + 1 where id = 1")
            holding.set()
            assert meeting.wait(30)
            return store.database.run("update stream set seen_ns = 1")

        thread = threading.Thread(target=lambda: store.database.attempt(ours))
        other.execute("update stream set seen_ns = 2")
        other.execute("set deadlock_timeout = '60s'")  # so that it is ours that looks, and is ended
        thread.start()
        assert holding.wait(30)
        meeting.set()
        other.execute("update extra set value = value + 10 where id = 1")
        other.commit()
        thread.join(60)
    assert len(attempts) == 2
    assert store.database.rows("select value from extra") == [(11,)]
    assert store.database.rows("select seen_ns from stream") == [(1,)]
    store.close()


@pytest.mark.parametrize("address", ["postgresql://a:secret@127.0.0.1:1/none", "postgresql://a:secret@[::1/x"])
def test_an_address_that_cannot_be_used_is_one_line(address: str, root: Path, tmp_path: Path) -> None:
    """From the ingest, with the status of a wrong set-up, and without the password."""
    done = subprocess.run(
        [sys.executable, "-m", "ivi.fleet", "--db", address, "--broker", "127.0.0.1:1"],
        cwd=root,
        env={"IVI_RUNTIME_DIR": str(tmp_path / "run"), "IVI_STATE_DIR": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "fleet's database" in done.stderr.splitlines()[-1]
    assert "secret" not in done.stderr
