# SPDX-License-Identifier: Apache-2.0
"""Telemetry in ClickHouse's engine: every sample once, whatever is copied again."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivi.cloud.columns import Aggregate, encode_columns, make_column
from ivi.cloud.columns import Batch as ColumnBatch
from ivi.cloud.record import Record, encode_record
from ivi.cloud.signal_table import Signal, SignalTable
from ivi.cloud.telemetry import Batch, encode_batch
from ivi.cloud.wire import Frame, Kind, gap_frame
from ivi.fleet import report
from ivi.fleet.sink.clickhouse import TABLE, ClickHouse, StoredSample
from ivi.fleet.sink.copying import Copier
from ivi.fleet.store.reading import Reader
from ivi.fleet.store.recording import Item, Store
from ivi.model.errors import ConfigurationError, UnavailableError
from ivi.model.signal import DataType, Value

SERVER = Path(__file__).with_name("clickhouse_server.py")
STREAM = b"\xff2345678"
START = 1_766_000_000 * 10**9


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running engine."""
    if importlib.util.find_spec("chdb") is None:
        pytest.skip("chdb is not installed")
    folder = tmp_path_factory.mktemp("chdb")
    with subprocess.Popen([sys.executable, str(SERVER), str(folder / "data")], stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            yield f"http://127.0.0.1:{int(process.stdout.readline())}/"
        finally:
            process.kill()


@pytest.fixture
def sink(engine: str) -> ClickHouse:
    """An empty table."""
    made = ClickHouse(engine)
    made.run(f"drop table if exists {TABLE}")
    made.prepare()
    return made


def rows(*seqs: int, channel: str = "telemetry", stream: bytes = STREAM) -> list[Item]:
    """Rows of two samples."""
    return [
        (
            *("car", channel),
            Frame(
                *(Kind.RECORD, stream, seq),
                encode_batch(
                    Batch(START + seq * 250_000_001, {"Vehicle.Speed": seq / 3, "Vehicle.Open": bool(seq % 2)})
                ),
            ),
        )
        for seq in seqs
    ]


def ask(sink: ClickHouse, what: str) -> list[list[str]]:
    """The table, without what was replaced."""
    return [line.split("\t") for line in sink.run(f"select {what}").splitlines()]


def test_every_sample_is_there_once(fleet_database: str, sink: ClickHouse) -> None:
    """Also when the copier has died between the insert and its note, and when a row came late."""
    store, copier = Store(fleet_database), Copier(fleet_database, sink)
    store.add([*rows(1, 2, 3, 5), ("car", "telemetry", Frame(Kind.RECORD, STREAM, 4, b"\xffno batch"))])
    store.add([*rows(8), *rows(1, channel="telemetry.research", stream=b"research")])
    assert copier.copy() == 6
    assert (copier.samples, copier.unreadable) == (10, 1)
    assert copier.copy() == 0
    store.database.run("update stream set copied = 0")
    assert copier.copy() == 6
    store.add([("car", "telemetry", gap_frame(STREAM, 6, 7, 2))])
    assert copier.copy() == 1
    store.add(rows(6))
    assert copier.copy() == 2
    assert ask(sink, f"count() from {TABLE} final where vehicle = 'car'") == [["12"]]
    speeds = ask(
        sink,
        f"seq, number, toUnixTimestamp64Nano(t), stream from {TABLE} final "
        "where path = 'Vehicle.Speed' and vehicle = 'car' order by t",
    )
    number = str(int.from_bytes(STREAM, "big"))
    assert [(int(seq), float(value), int(t), of) for seq, value, t, of in speeds] == [
        (seq, seq / 3, START + seq * 250_000_001, number) for seq in (1, 2, 3, 5, 6, 8)
    ]
    assert ask(sink, f"distinct vehicle, channel from {TABLE} final order by channel") == [
        ["car", "telemetry"],
        ["", "telemetry.research"],
    ]
    store.forget("telemetry.research", b"research")
    copier.copy()
    assert ask(sink, f"distinct channel from {TABLE} final") == [["telemetry"]]
    assert copier.copy() == 0
    copier.close()
    store.close()


def columns_row(seq: int, table: SignalTable) -> Item:
    """Five speeds in one row of columns, and a mean."""
    number = table.ids["Vehicle.Speed"]
    signal = table.signals[number]
    columns = [
        make_column(number, signal, [0, 100, 200, 300, 400], [seq + step / 4 for step in range(5)]),
        make_column(number, signal, [400], [seq + 0.5], Aggregate.MEAN),
    ]
    body = encode_columns(ColumnBatch("campaign", START // 10**6 + seq * 1000, table.hash, columns))
    return "car", "telemetry", Frame(Kind.RECORD, STREAM, seq, body)


def test_columns_wait_for_the_table_of_their_signals(fleet_database: str, sink: ClickHouse) -> None:
    """It may come later than they do. A forged one is not taken, and the rows wait for the true one."""
    store, copier, reader = Store(fleet_database), Copier(fleet_database, sink), Reader(fleet_database)
    table = SignalTable([Signal("Vehicle.Speed", DataType.FLOAT, 0.25, 0.0)])
    other = SignalTable([Signal("Vehicle.Range", DataType.FLOAT, 0.25, 0.0)])
    store.add([*rows(1), columns_row(2, table), *rows(3)])
    assert copier.copy() == 1
    assert reader.telemetry("car", "Vehicle.Speed", START + 10**9) == []
    forged = encode_record(Record("signals", 1, other.to_record() | {"hash": table.hash}))
    store.add([("thief", "control", Frame(Kind.RECORD, STREAM, 1, forged))])
    assert (copier.copy(), store.malformed) == (0, 1)
    true = encode_record(Record("signals", 2, table.to_record()))
    store.add([("car", "control", Frame(Kind.RECORD, STREAM, 1, true))])
    assert copier.copy() == 2
    found = ask(sink, f"path, number, toUnixTimestamp64Milli(t) from {TABLE} final where seq = 2 order by path, t")
    expected = [("Vehicle.Speed", 2 + step / 4, START // 10**6 + 2000 + 100 * step) for step in range(5)]
    expected.append(("Vehicle.Speed#mean", 2.5, START // 10**6 + 2400))
    assert [(path, float(value), int(t)) for path, value, t in found] == expected
    assert [one.value for one in reader.telemetry("car", "Vehicle.Speed", START + 2 * 10**9)] == [2, 2.25, 2.5, 2.75, 3]
    for one in (store, copier, reader):
        one.close()


def test_rows_that_were_copied_are_forgotten_and_stay_known(fleet_database: str, sink: ClickHouse) -> None:
    """One that comes once more is no news, although it is gone."""
    store, copier = Store(fleet_database), Copier(fleet_database, sink, keep_s=0)
    store.add(rows(*range(1, 51), 60))
    copier.copy()
    assert copier.pruned == 50
    assert [row.seq for row in report.rows(fleet_database)] == [60]
    complete = store.add(rows(7, 50, 51))
    assert list(complete.values()) == [51]
    assert (store.rows, store.duplicates) == (52, 2)
    copier.copy()
    assert ask(sink, f"count() from {TABLE} final") == [["102"]]
    copier.close()
    store.close()


def test_values_of_every_type_come_back(sink: ClickHouse) -> None:
    """As a number, and as text where a number does not say it."""
    values: tuple[Value, ...] = (True, -3, (1 << 60) + 1, 0.1, float("nan"), "Gruß\n\t\"'\\", ["a", "b"], [1.5, 2.0])
    sink.insert(StoredSample("P", "v", START, value, "telemetry", STREAM, 1, n) for n, value in enumerate(values))
    found = sink.run(f"select number, text from {TABLE} final order by n format JSONCompactEachRow").splitlines()
    assert [json.loads(line) for line in found] == [
        [1, "true"],
        [-3, ""],
        [1152921504606847000, "1152921504606846977"],
        [0.1, ""],
        [None, "NaN"],
        [None, "Gruß\n\t\"'\\"],
        [None, '["a", "b"]'],
        [None, "[1.5, 2.0]"],
    ]


def test_without_an_engine_nothing_is_noted(tmp_path: Path) -> None:
    """It is copied when the engine is back."""
    db = str(tmp_path / "fleet.db")
    store = Store(db)
    store.add(rows(1))
    copier = Copier(db, ClickHouse("http://127.0.0.1:1/"))
    with pytest.raises(UnavailableError, match=r"no answer from ClickHouse at http://127\.0\.0\.1:1"):
        copier.copy()
    assert store.database.rows("select copied from stream") == [(0,)]
    copier.close()
    store.close()
    for url in ("ftp://x/", "http://", "http://x:99999/"):
        with pytest.raises(ConfigurationError):
            ClickHouse(url)


def test_the_program_copies_once(tmp_path: Path, engine: str, sink: ClickHouse, root: Path) -> None:
    """And says what it did."""
    db = str(tmp_path / "fleet.db")
    store = Store(db)
    store.add(rows(1, 2, 3))
    store.close()
    command = [
        sys.executable,
        "-m",
        "ivi.fleet.sink",
        "--db",
        db,
        "--clickhouse",
        engine,
        "--once",
        "--keep-days",
        "9999",
    ]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "3 rows, 6 samples, 0 unreadable, 0 forgotten\n"
    assert ask(sink, f"count() from {TABLE} final") == [["6"]]
    command[command.index(engine)] = "http://127.0.0.1:1/"
    failed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=60)
    assert (failed.returncode, failed.stderr.count("\n")) == (6, 1)
