# SPDX-License-Identifier: Apache-2.0
"""What an app keeps: through the SDK over a real link, within its quota, and whole whatever happens."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ivi.apphost.storage import shelves as shelves_module
from ivi.apphost.storage.items import MAX_ITEMS, OVERHEAD, Items
from ivi.apphost.storage.shelves import Shelves
from ivi.model.app import PutItem
from ivi.model.app.storage import MAX_ITEM, PART
from ivi.model.errors import (
    InvalidArgumentError,
    NotFoundError,
    PermissionDeniedError,
    ResourceExhaustedError,
    UnavailableError,
)
from ivi.sdk.connection import Connection
from ivi.sdk.storage import Storage

if TYPE_CHECKING:
    from tests.unit.apphost.facilities.conftest import Bench

STORAGE = """
[[permission]]
use = "storage"
mb = 1
"""
MEBIBYTE = 1 << 20


def test_values_come_back_as_they_were(bench_of: "Callable[[str], Bench]") -> None:
    def script(connection: Connection) -> None:
        storage = Storage(connection)
        values: dict[str, Any] = {
            "bytes": b"\x00\xff", "empty": b"", "none": None, "text": "grün", "list": [1, 2.5, {"a": True}],
            "large": os.urandom(3 * PART + 17), "exact": bytes(2 * PART),
        }  # fmt: skip
        for key, value in values.items():
            storage[key] = value
        assert {key: storage[key] for key in storage} == values
        assert list(storage.keys("e")) == ["empty", "exact"]
        storage["text"] = "blau"
        assert storage["text"] == "blau"
        del storage["large"]
        assert "large" not in storage
        assert "list" in storage
        assert storage.get("large", 7) == 7
        with pytest.raises(KeyError):
            storage["large"]
        with pytest.raises(KeyError):
            del storage["large"]
        used, limit = storage.use()
        assert limit == MEBIBYTE
        assert 2 * PART < used < 2 * PART + 1000
        with pytest.raises(InvalidArgumentError, match="'odd' cannot be kept"):
            storage["odd"] = object()
        for key in ("", "x" * 201, "new\nline"):
            with pytest.raises(InvalidArgumentError, match="is no key"):
                storage[key] = 1

    bench_of(STORAGE).run(script)


def test_without_the_permission_nothing_is_kept(bench_of: "Callable[[str], Bench]") -> None:
    bench = bench_of("")

    def script(connection: Connection) -> None:
        with pytest.raises(PermissionDeniedError) as denied:
            Storage(connection)["key"] = 1
        assert denied.value.hint == 'its manifest.toml would need [[permission]] use = "storage" mb = 1'

    bench.run(script)
    assert not (bench.folder / "apps" / "dev.ivi.test" / "storage.db").exists()


def test_the_quota_holds_and_a_refused_value_changes_nothing(bench_of: "Callable[[str], Bench]") -> None:
    def script(connection: Connection) -> None:
        storage = Storage(connection)
        storage["a"] = bytes(900_000)
        before = storage.use()
        for value in (bytes(200_000), bytes(2_000_000)):
            with pytest.raises(ResourceExhaustedError, match="storage is full"):
                storage["b"] = value
        assert "b" not in storage
        assert storage.use() == before
        storage["a"] = bytes(1_000_000)
        assert len(storage["a"]) == 1_000_000

        def hurry() -> None:
            for _ in range(400):
                storage["c"] = 1

        with pytest.raises(ResourceExhaustedError, match="changed too fast"):
            hurry()

    bench_of(STORAGE).run(script)


def test_parts_out_of_order_are_refused(tmp_path: Path) -> None:
    items = Items(tmp_path / "a" / "storage.db")
    items.put(PutItem("a", bytes(PART), last=False), MEBIBYTE)
    for part in (
        PutItem("a", bytes(10), part=2),
        PutItem("b", bytes(10), part=1),
        PutItem("a", bytes(10), part=1, last=False),
    ):
        with pytest.raises(InvalidArgumentError):
            items.put(part, MEBIBYTE)
    with pytest.raises(NotFoundError):
        items.get("a", 0)
    items.put(PutItem("a", bytes(10), part=1), MEBIBYTE)
    assert (items.get("a", 0).parts, len(items.get("a", 1).data)) == (2, 10)
    with pytest.raises(InvalidArgumentError):
        items.put(PutItem("new\nline", b""), MEBIBYTE)
    with pytest.raises(InvalidArgumentError):
        items.put(PutItem("a", bytes(10), part=1), MEBIBYTE)
    items.close()


@pytest.mark.parametrize("refused", [PutItem("b", b"", last=False), PutItem("b", bytes(4 * PART))])
def test_a_refused_value_does_not_make_room_for_the_parts_that_wait(tmp_path: Path, refused: PutItem) -> None:
    limit = 3 * PART + 1000
    items = Items(tmp_path / "a" / "storage.db")
    for part in range(3):
        items.put(PutItem("a", bytes(PART), part=part, last=False), limit)
        with pytest.raises((InvalidArgumentError, ResourceExhaustedError)):
            items.put(refused, limit)
    for last in (False, True):
        with pytest.raises(ResourceExhaustedError, match="storage is full"):
            items.put(PutItem("a", bytes(PART), part=3, last=last), limit)
    items.put(PutItem("a", b"end", part=3), limit)
    assert items.used == len("a") + OVERHEAD + 3 * PART + len(b"end") <= limit
    assert items.get("a", 3).data == b"end"
    items.close()


def test_items_are_bounded_in_number_and_size(tmp_path: Path) -> None:
    items = Items(tmp_path / "a" / "storage.db")
    # Pretends to be full: writing thousands of items would take the test minutes.
    items.count = MAX_ITEMS
    with pytest.raises(ResourceExhaustedError, match="4096 items"):
        items.put(PutItem("a", b""), MEBIBYTE)
    items.count = 0
    for part in range(MAX_ITEM // PART):
        items.put(PutItem("a", bytes(PART), part=part, last=False), 1 << 40)
    with pytest.raises(ResourceExhaustedError, match="is over"):
        items.put(PutItem("a", b"1", part=MAX_ITEM // PART), 1 << 40)
    items.close()


def test_use_is_counted_the_same_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "a" / "storage.db"
    items = Items(path)
    for number in range(5):
        items.put(PutItem(f"ключ {number}", bytes(1000)), MEBIBYTE)
    items.put(PutItem("ключ 1", bytes(10)), MEBIBYTE)
    items.delete("ключ 2")
    items.put(PutItem("half", bytes(PART), last=False), MEBIBYTE)
    used, count = items.used, items.count
    items.close()
    again = Items(path)
    assert (again.used, again.count) == (used, count) == (again.listed("", "", 0).used, 4)
    again.close()


WRITER = """
import sys
from pathlib import Path
from ivi.apphost.storage import shelves as shelves_module
from ivi.apphost.storage.items import Items
from ivi.model.app.storage import PART, PutItem
items = Items(Path(sys.argv[1]))
for turn in range(100_000):
    letter = bytes([65 + turn % 26])
    items.put(PutItem("large", letter * PART, last=False), 1 << 30)
    items.put(PutItem("large", letter * 100, part=1), 1 << 30)
    items.put(PutItem("count", str(turn).encode()), 1 << 30)
    print(turn, flush=True)
"""


def test_a_kill_in_the_middle_of_a_write_leaves_whole_values(tmp_path: Path) -> None:
    path = tmp_path / "a" / "storage.db"
    for kill in range(3):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            try:
                said = [int(writer.stdout.readline()) for _ in range(5 + 7 * kill)][-1]
            finally:
                writer.send_signal(signal.SIGKILL)
        items = Items(path)
        first, last = items.get("large", 0), items.get("large", 1)
        assert first.data[:100] == last.data, "both parts are of one writing"
        assert int(items.get("count", 0).data) >= said, "what was answered is kept"
        items.close()


FILLER = """
import resource, signal, sys
from pathlib import Path
from ivi.apphost.storage import shelves as shelves_module
from ivi.apphost.storage.items import Items
from ivi.model.app.storage import PutItem
from ivi.model.errors import ResourceExhaustedError
items = Items(Path(sys.argv[1]))
items.put(PutItem("kept", b"old"), 1 << 30)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
for number in range(100):
    try:
        items.put(PutItem(f"{number}", bytes(50_000)), 1 << 30)
    except ResourceExhaustedError as error:
        print(error, flush=True)
        break
assert items.get("kept", 0).data == b"old"
count, used = items.count, items.used
items.close()
again = Items(Path(sys.argv[1]))
assert (again.count, again.used) == (count, used), (again.count, count)
print("whole")
"""


def test_a_full_disk_is_named_and_changes_nothing(tmp_path: Path) -> None:
    # A limit on file size stands for the full disk: the kernel refuses the same write with another number.
    ran = subprocess.run(
        [sys.executable, "-c", FILLER, str(tmp_path / "a" / "storage.db")], capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert "the car's disk is full: nothing was changed" in ran.stdout, ran.stderr
    assert ran.stdout.endswith("whole\n"), ran.stderr


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "a" / "storage.db"
    path.parent.mkdir()
    path.write_bytes(b"this is no database, " * 500)
    items = Items(path)
    items.put(PutItem("a", b"1"), MEBIBYTE)
    assert path.with_suffix(".damaged").read_bytes().startswith(b"this is no")
    items.close()


def test_a_file_that_somebody_holds_is_not_taken_for_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ivi.apphost.storage.items.BUSY_TIMEOUT", 0.2)
    path = tmp_path / "a" / "storage.db"
    items = Items(path)
    items.put(PutItem("a", b"1"), MEBIBYTE)
    items.close()
    holder = sqlite3.connect(path, isolation_level=None)
    try:
        holder.execute("PRAGMA locking_mode = EXCLUSIVE")
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UnavailableError, match="locked"):
            Items(path)
    finally:
        holder.close()
    again = Items(path)
    assert again.get("a", 0).data == b"1"
    again.close()


def test_a_folder_that_cannot_be_used_is_an_error_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file where the folder should be")
    with pytest.raises(UnavailableError, match="cannot be opened"):
        Items(tmp_path / "a" / "storage.db")


def test_apps_do_not_see_each_others_items_and_leave_nothing(tmp_path: Path) -> None:
    async def drive() -> None:
        shelves = Shelves(tmp_path)
        await shelves.of("a.b").run(lambda items: items.put(PutItem("key", b"a"), MEBIBYTE))
        with pytest.raises(NotFoundError):
            await shelves.of("c.d").run(lambda items: items.get("key", 0))
        await shelves.release("a.b")
        assert (await shelves.of("a.b").run(lambda items: items.get("key", 0))).data == b"a", "over, not removed"
        await shelves.remove("a.b")
        assert list((tmp_path / "a.b").iterdir()) == []
        with pytest.raises(NotFoundError):
            await shelves.of("a.b").run(lambda items: items.get("key", 0))
        await shelves.close()

    asyncio.run(drive())


@pytest.fixture
def slow_opening(monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event]:
    """Files open only when the second event is set; the first tells that one is being opened."""
    opening, go_on = threading.Event(), threading.Event()

    class SlowItems(Items):
        def __init__(self, path: Path) -> None:
            opening.set()
            assert go_on.wait(60)
            super().__init__(path)

    monkeypatch.setattr(shelves_module, "Items", SlowItems)
    return opening, go_on


def test_removing_an_app_whose_file_is_just_being_opened_leaves_nothing(
    tmp_path: Path, slow_opening: tuple[threading.Event, threading.Event]
) -> None:
    opening, go_on = slow_opening

    async def drive() -> None:
        shelves = Shelves(tmp_path)
        shelf = shelves.of("a.b")
        writing = asyncio.create_task(shelf.run(lambda items: items.put(PutItem("key", b"a"), MEBIBYTE)))
        assert await asyncio.to_thread(opening.wait, 60)
        removing = asyncio.create_task(shelves.remove("a.b"))
        await asyncio.wait([removing], timeout=0.2)
        assert not removing.done(), "the file is not closed yet"
        go_on.set()
        await asyncio.wait_for(asyncio.gather(writing, removing), 60)
        assert list((tmp_path / "a.b").iterdir()) == []
        with pytest.raises(UnavailableError, match="storage is closed"):
            await shelf.run(lambda items: items.get("key", 0))
        assert list((tmp_path / "a.b").iterdir()) == []
        await shelves.close()

    asyncio.run(drive())


def test_a_busy_disk_does_not_hold_up_the_loop(tmp_path: Path) -> None:
    async def drive() -> None:
        shelves = Shelves(tmp_path)
        for app in ("a.b", "c.d"):
            await shelves.of(app).run(lambda items: items.put(PutItem("key", b"a"), MEBIBYTE))
        other = sqlite3.connect(tmp_path / "a.b" / "storage.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        finished: list[str] = []
        writing, beside = (
            asyncio.create_task(shelves.of(app).run(lambda items: items.put(PutItem("key", b"b"), MEBIBYTE)))
            for app in ("a.b", "c.d")
        )
        writing.add_done_callback(lambda _: finished.append("the one that waits for the disk"))
        beside.add_done_callback(lambda _: finished.append("the other"))
        with pytest.raises(UnavailableError, match="locked"):
            await writing
        await beside
        assert finished[0] == "the other"
        other.close()
        await shelves.close()

    asyncio.run(drive())
