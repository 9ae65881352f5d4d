# SPDX-License-Identifier: Apache-2.0
"""What records mean for the fleet's tables, each once, for SQLite and PostgreSQL, in whatever order they arrive."""

import itertools
import random
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from ivi.cloud.record import Record, encode_record
from ivi.cloud.telemetry import Batch, encode_batch
from ivi.cloud.wire import Frame, Kind
from ivi.fleet import report
from ivi.fleet.store.reading import Reader
from ivi.fleet.store.recording import HOUR_NS, Item, Store
from ivi.fleet.store.reported_twin import TwinKeys
from ivi.model.errors import ConfigurationError

STREAM = b"control1"
COMMAND = bytes(range(16))


@pytest.fixture
def store(fleet_database: str) -> Iterator[Store]:
    """Who records."""
    made = Store(fleet_database)
    yield made
    made.close()


@pytest.fixture
def reader(store: Store, fleet_database: str) -> Iterator[Reader]:
    """Who reads, with a connection of its own."""
    made = Reader(fleet_database)
    yield made
    made.close()


def row(
    seq: int, kind: str, data: dict[str, Any], at_ms: int | None = None, channel: str = "control", vehicle: str = "car"
) -> Item:
    """A record, one millisecond after the one before."""
    body = encode_record(Record(kind, 1000 + seq if at_ms is None else at_ms, data))
    return vehicle, channel, Frame(Kind.RECORD, STREAM, seq, body)


def states(*names: str) -> list[Item]:
    """States of one command, as the car reports them."""
    return [
        row(seq, "command", {"id": COMMAND, "state": name, "reason": "", "result": {"step": seq}})
        for seq, name in enumerate(names, 1)
    ]


def test_states_of_a_command_arrive_in_any_order(store: Store, reader: Reader) -> None:
    """The newest stays, whatever comes last, and what comes twice is there once."""
    received, accepted, done = states("RECEIVED", "ACCEPTED", "SUCCEEDED")
    store.add([done])
    store.add([received, accepted, done, received])
    found = reader.command("car", COMMAND)
    assert found is not None
    assert (found.state, found.result, found.at_ms) == ("SUCCEEDED", {"step": 3}, 1003)
    assert reader.commands("car") == [found]
    assert [state.state for state in reader.command_states("car", COMMAND)] == ["RECEIVED", "ACCEPTED", "SUCCEEDED"]
    assert reader.command("other", COMMAND) is None
    assert reader.command_states("other", COMMAND) == []


PATCHES: tuple[dict[str, Any], ...] = (
    {"patch": {"a": 1, "b": {"c": 2, "d": 3}}, "full": True},
    {"patch": {"b": {"c": 9}}},
    {"patch": {"a": None}},
    {"patch": {"b": {"d": None, "e": {}}}},
    {"patch": {"b": {"e": {"f": 7}}}, "desired": 4, "at": {"b.e.f": 77}},
)


@pytest.mark.parametrize("order", list(itertools.permutations(range(5)))[::7])
def test_patches_of_a_twin_arrive_in_any_order(order: tuple[int, ...]) -> None:
    """The document is the one that the car has."""
    keys = TwinKeys()
    for place in order:
        keys.merge(PATCHES[place], place + 1, 100 + place)
        keys = TwinKeys.decode(keys.encode())
    assert keys.document() == {"b": {"c": 9, "e": {"f": 7}}}
    assert keys.newest == (104, 5)
    assert keys.about == {"desired": 4}
    assert keys.times() == {"b.c": 101, "b.e": 103, "b.e.f": 77}


def test_a_huge_twin_is_bounded_and_holds_nobody_up(store: Store, reader: Reader) -> None:
    """The oldest of it is given up; what no twin can be is refused; the rows are stored all the same."""
    for seq in range(1, 61):
        assert store.add([row(seq, "twin", {"version": seq, "patch": {f"k{seq}": "x" * 100_000}})])
    found = reader.twin("car")
    assert found is not None
    assert sorted(found.document) == [f"k{seq}" for seq in range(51, 61)]
    store.add([row(61, "twin", {"version": 61, "patch": {f"n{n}": n for n in range(2001)}})])
    assert store.malformed == 1
    assert reader.twin("car") == found
    store.database.run("update reported_twin set keys = ?", (b"no twin",))
    store.add([row(62, "twin", {"version": 62, "patch": {"a": 1}, "full": True})])
    again = reader.twin("car")
    assert again is not None
    assert again.document == {"a": 1}
    assert store.rows == 62


def test_a_whole_document_replaces_what_was(store: Store, reader: Reader) -> None:
    """After a car has lost what it knew its versions start again; its clock does not."""
    store.add([row(seq + 1, "twin", {"version": seq + 8, **patch}) for seq, patch in enumerate(PATCHES)])
    store.add([row(9, "twin", {"version": 1, "patch": {"z": True}, "full": True})])
    found = reader.twin("car")
    assert found is not None
    assert (found.version, found.document, found.at_ms) == (1, {"z": True}, 1009)
    store.add([row(8, "twin", {"version": 13, "patch": {"old": 1}})])
    assert reader.twin("car") == found
    assert reader.twin("other") is None


def test_the_newest_receipt_of_each_feature_is_found_among_many(store: Store, reader: Reader) -> None:
    """However many there are: a sum that is cut short would give a car quota back."""
    counts = {"a": 1200, "b": 3}
    rows = [(feature, counter) for feature, most in counts.items() for counter in range(1, most + 1)]
    store.add(
        [
            row(seq, "usage", {"feature": feature, "counter": counter, "total": 2 * counter})
            for seq, (feature, counter) in enumerate(rows, 1)
        ]
    )
    newest = reader.newest_usage("car")
    assert [(one.feature, one.counter, one.data["total"]) for one in newest] == [("a", 1200, 2400), ("b", 3, 6)]
    assert reader.newest_usage("other") == []


def test_usage_events_and_what_nobody_can_read(store: Store, reader: Reader) -> None:
    """A receipt counts once by its counter; whatever is unknown or malformed is kept and told."""
    store.add(
        [
            row(1, "usage", {"feature": "seat-heat", "counter": 1, "amount": 5}),
            row(2, "usage", {"feature": "seat-heat", "counter": 1, "amount": 6}),
            row(3, "usage", {"feature": "seat\0heat", "counter": 2}),
            row(4, "update", {"job": "j1", "state": "installed"}),
            row(5, "new kind", {"x": [1, 2, {"y": None}]}),
            ("car", "events", Frame(Kind.RECORD, STREAM, 1, b"no record")),
            ("car", "events", Frame(Kind.RECORD, STREAM, 2, b"")),
            row(6, "command", {"id": "text", "state": 7}),
            row(7, "usage", {"feature": "f", "counter": 1 << 63}),
            row(8, "late", {}, at_ms=1 << 63),
        ]
    )
    assert [(one.feature, one.counter, one.data.get("amount")) for one in reader.usage("car")] == [
        ("seat-heat", 1, 5),
        ("seat\N{REPLACEMENT CHARACTER}heat", 2, None),
    ]
    assert reader.events("car", "update")[0].data == {"job": "j1", "state": "installed"}
    assert reader.events("car", "new kind")[0].data == {"x": [1, 2, {"y": None}]}
    assert len(reader.events("car", "malformed")) == store.malformed == 3
    assert len(reader.events("car")) == 10
    assert store.rows == 10


def test_a_vehicle_is_listed_with_its_state_and_when_it_was_seen(store: Store, reader: Reader) -> None:
    """Page by page."""
    before = time.time_ns()
    store.add([row(1, "update", {}, vehicle=f"car{number}") for number in range(5)])
    store.set_state("car3", "online", 9)
    assert [entry.vehicle for entry in reader.vehicles(limit=2)] == ["car0", "car1"]
    assert [entry.vehicle for entry in reader.vehicles(after="car1")] == ["car2", "car3", "car4"]
    entry = reader.vehicle("car3")
    assert entry is not None
    assert (entry.state, entry.epoch, entry.records) == ("online", 9, 1)
    assert before <= entry.seen_ns <= time.time_ns()
    assert reader.vehicle("nobody") is None


def test_a_signal_is_read_back(store: Store, reader: Reader) -> None:
    """The newest samples in their order, across more rows than are read at once."""
    batches = [encode_batch(Batch(seq * 10**9, {"Vehicle.Speed": seq * 0.5, "A.B": True})) for seq in range(1, 251)]
    items = [("car", "telemetry", Frame(Kind.RECORD, STREAM, seq, body)) for seq, body in enumerate(batches, 1)]
    store.add([*items, ("car", "telemetry", Frame(Kind.RECORD, STREAM, 251, b"\xffunknown"))])
    found = reader.telemetry("car", "Vehicle.Speed", since_ns=100 * 10**9)
    assert [(one.t_ns, one.value) for one in found] == [(seq * 10**9, seq * 0.5) for seq in range(100, 251)]
    assert [one.value for one in reader.telemetry("car", "Vehicle.Speed", 0, limit=2)] == [124.5, 125.0]
    assert {path: one.value for path, one in reader.signals("car").items()} == {"A.B": True, "Vehicle.Speed": 125.0}


def test_a_purpose_of_its_own_is_stored_without_the_vehicle(store: Store, reader: Reader, fleet_database: str) -> None:
    """Nowhere in the database is the car named, and the time of arrival tells only the hour."""
    body = encode_batch(Batch(1, {"Vehicle.Speed": 1.0}))
    key = store.add([("secret-car", "telemetry.research", Frame(Kind.RECORD, b"research", 1, body))])
    assert [(found.vehicle, upto) for found, upto in key.items()] == [("secret-car", 1)]
    store.add([row(1, "position", {"id": COMMAND, "lat": 1.5}, channel="events.locate", vehicle="secret-car")])
    assert store.add([row(1, "x", {}, channel="events.locate", vehicle="secret-car")])
    assert (store.rows, store.duplicates) == (2, 1)
    assert [(one.vehicle, one.name) for one in report.rows(fleet_database)] == [
        ("", "events.locate"),
        ("", "telemetry.research"),
    ]
    assert reader.vehicles() == []
    assert reader.answers(COMMAND, "position")[0].data["lat"] == 1.5
    times = reader.database.rows("select received_ns from record union select seen_ns from stream")
    assert {received % HOUR_NS for (received,) in times} == {0}
    for table in ("stream", "record", "event", "vehicle"):
        assert "secret-car" not in str(reader.database.rows(f"select * from {table}"))
    assert store.forget("telemetry.research", b"unknown1") == 0
    request = {
        "delete": [
            ["telemetry.research", b"research"],
            ["control", STREAM],
            ["x.y", 3],
            ["telemetry.x'y", STREAM],
            ["telemetry.x", b"short"],
        ]
    }
    store.add([row(1, "consent", request, vehicle="secret-car")])
    store.add([("secret-car", "telemetry.research", Frame(Kind.RECORD, b"research", 2, body))])
    assert "x'y" not in str(store.database.rows("select channel from stream"))
    assert {(one.name, one.stream) for one in report.rows(fleet_database)} == {
        ("control", STREAM),
        ("events.locate", STREAM),
    }


def test_several_copies_agree(fleet_database: str) -> None:
    """Four copies take the same rows, shuffled and overlapping; each row has its effect once, none is missing."""
    rows = [
        (f"car{car}", "telemetry", Frame(Kind.RECORD, STREAM, seq, b"x")) for car in range(5) for seq in range(1, 201)
    ] + [row(seq, "command", {"id": COMMAND, "state": str(seq)}, vehicle=f"car{seq % 5}") for seq in range(1, 101)]
    stores = [Store(fleet_database) for _ in range(4)]
    errors: list[BaseException] = []

    def work(number: int) -> None:
        chance = random.Random(number)
        mine = [one for place, one in enumerate(rows) if place % 4 == number or chance.random() < 0.3]
        chance.shuffle(mine)
        try:
            for start in range(0, len(mine), 37):
                stores[number].add(mine[start : start + 37])
        except BaseException as error:  # noqa: BLE001  # shown by the test
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not errors
    assert sum(one.rows for one in stores) == len(rows) == 1100
    uptos = stores[0].database.rows("select upto from stream where channel = 'telemetry'")
    assert [upto for (upto,) in uptos] == [200] * 5
    assert {one.records for one in report.vehicles(fleet_database)} == {220}
    for one in stores:
        one.close()


def test_another_version_is_refused(store: Store, fleet_database: str) -> None:
    """In one line; the rows of a fleet are nobody's to convert by guess."""
    if fleet_database.startswith("postgresql"):
        store.database.run("update fleet_schema set version = 99")
    else:
        store.database.run("pragma user_version = 99")
    with pytest.raises(ConfigurationError, match="another version of ivi"):
        Store(fleet_database)
