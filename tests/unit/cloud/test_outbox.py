# SPDX-License-Identifier: Apache-2.0
"""The outbox: what was accepted stays until the fleet has it, whatever happens to the process or the file."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ivi.cloud import outbox as module
from ivi.cloud.outbox import Outbox
from ivi.cloud.wire import Frame, Kind
from ivi.fleet.store import Store
from ivi.model.errors import ConfigurationError, UnavailableError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the outbox lies."""
    return tmp_path / "outbox.db"


@pytest.fixture
def box(path: Path) -> Iterator[Outbox]:
    """An empty outbox with a window of ten."""
    outbox = Outbox(path, window=10)
    yield outbox
    outbox.close()


def bodies(frames: list[Frame]) -> list[bytes]:
    """Bodies of frames, for comparing."""
    return [frame.body for frame in frames]


def numbers(count: int, start: int = 0) -> list[bytes]:
    """Bodies that tell themselves apart."""
    return [b"%d" % number for number in range(start, start + count)]


def test_rows_go_out_in_order_and_leave_when_acknowledged(box: Outbox) -> None:
    """The whole life of rows."""
    assert box.append(numbers(3)) == [1, 2, 3]
    assert bodies(box.due(10)) == [b"0", b"1", b"2"]
    assert box.due(10) == []
    assert box.acknowledge(box.stream, 2) == 2
    assert (box.accepted, box.acknowledged, box.waiting) == (3, 2, 1)
    box.rewind()
    assert bodies(box.due(10)) == [b"2"]
    assert box.acknowledge(box.stream, 3) == 1
    assert (box.waiting, box.bytes_waiting) == (0, 0)


def test_numbers_are_never_used_again(box: Outbox) -> None:
    """Even when the table is empty: the fleet would take a new row for an old one."""
    box.append(numbers(2))
    box.due(10)
    box.acknowledge(box.stream, 2)
    assert box.append(numbers(1)) == [3]


def test_the_window_bounds_what_is_sent(box: Outbox) -> None:
    """Ten beyond the acknowledgement, and the limit of one call."""
    box.append(numbers(30))
    assert len(box.due(4)) == 4
    assert len(box.due(100)) == 6
    assert box.due(100) == []
    box.acknowledge(box.stream, 3)
    assert bodies(box.due(100)) == [b"10", b"11", b"12"]


def test_an_acknowledgement_that_is_not_ours_changes_nothing(box: Outbox) -> None:
    """Another stream, and rows that were never sent."""
    box.append(numbers(5))
    box.due(3)
    assert box.acknowledge(b"another!", 3) == 0
    assert box.acknowledge(box.stream, 4) == 0
    assert box.acknowledge(box.stream, -1) == 0
    assert box.acknowledge(box.stream, 1 << 70) == 0
    assert box.waiting == 5
    assert box.acknowledge(box.stream, 3) == 3


def test_after_a_restart_everything_is_as_it_was(path: Path) -> None:
    """Rows, stream, numbers and counters; and an acknowledgement of rows that the last process sent is good."""
    first = Outbox(path)
    first.append(numbers(5))
    first.due(4)
    first.acknowledge(first.stream, 2)
    first.close()
    second = Outbox(path)
    assert (second.stream, second.accepted, second.acknowledged, second.waiting) == (first.stream, 5, 2, 3)
    assert second.epoch == first.epoch + 1
    assert second.acknowledge(second.stream, 4) == 2
    assert second.append([b"new"]) == [6]
    second.close()


def test_when_full_the_oldest_rows_become_one_gap(path: Path) -> None:
    """The gap stands at the head, grows, and counts."""
    box = Outbox(path, max_rows=10)
    box.append(numbers(10))
    assert box.dropped == 0
    box.append(numbers(3, 10))
    box.append(numbers(2, 13))
    frames = box.due(100)
    assert (frames[0].kind, frames[0].seq, frames[0].gap()) == (Kind.GAP, 5, (1, 5))
    assert bodies(frames[1:]) == numbers(10, 5)
    assert (box.accepted, box.waiting, box.dropped) == (15, 10, 5)
    assert box.acknowledge(box.stream, 15) == 10
    assert (box.acknowledged, box.waiting, box.dropped) == (10, 0, 5)
    box.close()


def test_bytes_are_bounded_too(path: Path) -> None:
    """Few large rows fill an outbox as many small ones do."""
    box = Outbox(path, max_bytes=1000)
    for _ in range(20):
        box.append([bytes(300)])
    assert (box.waiting, box.bytes_waiting, box.dropped) == (3, 900, 17)
    box.close()
    again = Outbox(path, max_bytes=1000)
    assert (again.waiting, again.bytes_waiting, again.dropped) == (3, 900, 17)
    again.close()


def test_a_batch_over_the_bound_keeps_its_newest(path: Path) -> None:
    """Every row has its number and is counted, though not all stay."""
    box = Outbox(path, max_rows=4)
    assert box.append(numbers(9))[-1] == 9
    assert bodies(box.due(100))[1:] == numbers(4, 5)
    assert (box.accepted, box.dropped) == (9, 5)
    box.close()


def test_settled_tells_a_new_fleet_where_to_begin(box: Outbox) -> None:
    """A fleet whose database was replaced must not wait for rows that left the car long ago."""
    assert box.settled() is None
    box.append(numbers(4))
    assert box.settled() is None
    box.due(10)
    box.acknowledge(box.stream, 3)
    settled = box.settled()
    assert settled is not None
    assert (settled.kind, settled.seq) == (Kind.SETTLED, 3)


def test_a_second_copy_is_refused(box: Outbox, path: Path) -> None:
    """Two writers would acknowledge each other's rows away."""
    with pytest.raises(UnavailableError, match="another copy"):
        Outbox(path)
    assert box.append([b"x"]) == [1]


@pytest.mark.parametrize("damage", ["header", "middle", "text"])
def test_a_damaged_file_is_set_aside(path: Path, damage: str) -> None:
    """It is kept, a new one is made, and that is a new stream."""
    box = Outbox(path)
    box.append([bytes(2000)] * 200)
    stream = box.stream
    box.close()
    data = bytearray(path.read_bytes())
    if damage == "header":
        data[:100] = b"\xff" * 100
    elif damage == "middle":
        data[4096 : len(data) // 2] = b"\xa5" * (len(data) // 2 - 4096)
    else:
        data = bytearray(b"this is no database\n" * 100)
    path.write_bytes(data)
    new = Outbox(path)
    assert new.quarantined is not None
    assert new.quarantined.name.startswith("outbox.db.corrupt-")
    assert new.quarantined.read_bytes() == data
    assert new.stream != stream
    assert new.append([b"x"]) == [1]
    new.close()


def test_two_damaged_files_are_both_kept(path: Path) -> None:
    """Also within one second."""
    kept = set()
    for text in (b"first" * 100, b"second" * 100):
        path.write_bytes(text)
        box = Outbox(path)
        assert box.quarantined is not None
        kept.add(box.quarantined.read_bytes())
        box.close()
    assert kept == {b"first" * 100, b"second" * 100}


def test_a_file_of_a_newer_version_is_left_alone(path: Path) -> None:
    """It is no damage: going back to the newer version must find its rows."""
    with sqlite3.connect(path) as db:
        db.execute("pragma user_version = 99")
    db.close()
    with pytest.raises(ConfigurationError, match="another version"):
        Outbox(path)
    assert sorted(entry.name for entry in path.parent.iterdir() if "corrupt" in entry.name) == []


def test_a_folder_that_cannot_be_used_gives_one_line(tmp_path: Path) -> None:
    """What, where, and what to do."""
    with pytest.raises(ConfigurationError, match="outbox") as caught:
        Outbox(tmp_path / "absent" / "outbox.db")
    assert caught.value.hint


def test_after_a_reboot_numbers_jump(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A power failure may have taken back rows that the fleet has; their numbers would make new rows look old."""
    box = Outbox(path)
    box.append(numbers(3))
    box.close()
    monkeypatch.setattr(module, "boot_id", lambda: "another boot")
    again = Outbox(path)
    assert again.append([b"new"]) == [3 + module.REBOOT_SKIP + 1]
    frames = again.due(10)
    assert [frame.kind for frame in frames] == [Kind.RECORD] * 3 + [Kind.GAP, Kind.RECORD]
    assert frames[3].gap() == (4, 0)
    assert (again.accepted, again.waiting, again.dropped) == (4, 4, 0)
    assert again.acknowledge(again.stream, frames[-1].seq) == 4
    again.close()


def test_with_full_sync_a_reboot_takes_nothing_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So no numbers are skipped."""
    Outbox(path, sync="FULL").close()
    box = Outbox(path, sync="FULL")
    box.append(numbers(3))
    box.close()
    monkeypatch.setattr(module, "boot_id", lambda: "another boot")
    again = Outbox(path, sync="FULL")
    assert again.append([b"new"]) == [4]
    again.close()


def test_a_full_disk_accepts_nothing_and_loses_nothing(path: Path) -> None:
    """All or nothing; then it goes on."""
    box = Outbox(path)
    box.append(numbers(3))
    pages = box._db.execute("pragma page_count").fetchone()[0]
    box._db.execute(f"pragma max_page_count = {pages}")
    with pytest.raises(UnavailableError, match="full"):
        box.append([bytes(5000)] * 10)
    assert (box.accepted, box.waiting) == (3, 3)
    box._db.execute("pragma max_page_count = 100000")
    assert box.append([b"x"]) == [4]
    assert bodies(box.due(10)) == [*numbers(3), b"x"]
    box.close()


WRITER = """
import sys
from pathlib import Path
from ivi.cloud.outbox import Outbox

box = Outbox(Path(sys.argv[1]))
number = 0
while True:
    group = [b"%d" % n for n in range(number, number + 7)]
    box.append(group)
    number += 7
    print(number, flush=True)
"""


def test_what_was_accepted_survives_sigkill(path: Path) -> None:
    """A real process, killed while it writes."""
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        try:
            said = [int(writer.stdout.readline()) for _ in range(50)]
        finally:
            writer.send_signal(signal.SIGKILL)
            said += [int(line) for line in writer.stdout.read().split(b"\n")[:-1]]
            writer.wait()
    box = Outbox(path, window=1_000_000)
    assert box.accepted == box.waiting >= said[-1]
    assert bodies(box.due(1_000_000)) == numbers(box.waiting)
    box.close()


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("append"), st.integers(1, 12)),
        st.tuples(st.just("send"), st.lists(st.booleans(), min_size=1, max_size=20)),
        st.tuples(st.just("acknowledge"), st.none()),
        st.tuples(st.just("rewind"), st.none()),
        st.tuples(st.just("reopen"), st.none()),
        st.tuples(st.just("fleet lost"), st.none()),
    ),
    max_size=40,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, max_rows=st.integers(5, 60))
def test_whatever_the_wire_does_all_arrives_or_is_counted(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int | list[bool] | None]], max_rows: int
) -> None:
    """Lost and repeated messages, restarts, a full outbox, a fleet that starts anew: accepted = stored or given up."""
    run = Run(tmp_path_factory.mktemp("wire"), max_rows)
    try:
        for step, argument in steps:
            run.do(step, argument)
        run.settle()
        box = run.box
        assert box.waiting == 0
        assert box.accepted == box.acknowledged + box.dropped
        # A row that was given up may have arrived before; one that was not has arrived.
        stored = {row for store in run.stores for row in run.bodies_in(store)}
        missing = set(numbers(run.made)) - stored
        assert len(missing) <= box.dropped
        assert stored <= set(numbers(run.made))
    finally:
        run.close()


class Run:
    """One history of an outbox, a bad wire and a fleet."""

    def __init__(self, folder: Path, max_rows: int) -> None:
        self.folder, self.max_rows, self.made = folder, max_rows, 0
        self.box = self.open_box()
        self.stores = [Store(folder / "fleet0.db")]
        self.acks: dict[bytes, int] = {}

    def open_box(self) -> Outbox:
        """The car's end."""
        return Outbox(self.folder / "outbox.db", max_rows=self.max_rows, window=15)

    def do(self, step: str, argument: int | list[bool] | None) -> None:
        """One step of the history."""
        if step == "append" and isinstance(argument, int):
            self.box.append(numbers(argument, self.made))
            self.made += argument
        elif step == "send" and isinstance(argument, list):
            self.deliver(self.box.due(len(argument)), argument)
        elif step == "acknowledge":
            for stream, upto in self.acks.items():
                self.box.acknowledge(stream, upto)
        elif step == "rewind":
            self.rewind()
        elif step == "reopen":
            self.box.close()
            self.box = self.open_box()
            self.rewind()
        else:
            self.stores.append(Store(self.folder / f"fleet{len(self.stores)}.db"))

    def rewind(self) -> None:
        """As after a new connection."""
        self.box.rewind()
        settled = self.box.settled()
        if settled is not None:
            self.deliver([settled], [True])

    def deliver(self, frames: list[Frame], arrives: list[bool]) -> None:
        """Those that arrive, arrive twice and backwards."""
        got = [("car", "t", frame) for frame, good in zip(frames, arrives, strict=False) if good]
        for key, upto in self.stores[-1].add([*got, *reversed(got)]).items():
            self.acks[key.stream] = upto

    def settle(self) -> None:
        """From now on the wire is good."""
        for _ in range(200):
            self.rewind()
            while frames := self.box.due(50):
                self.deliver(frames, [True] * len(frames))
            self.do("acknowledge", None)
            if not self.box.waiting:
                return

    def bodies_in(self, store: Store) -> list[bytes]:
        """What a fleet database holds."""
        return [row[0] for row in store.database.rows("select body from record")]

    def close(self) -> None:
        """Close all files."""
        self.box.close()
        for store in self.stores:
            store.close()
