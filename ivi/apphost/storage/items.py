# SPDX-License-Identifier: Apache-2.0
"""One app's items in one SQLite file. Blocking; every change is whole or has not happened, also after a power cut."""

import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from ivi.daemon import sqlite_file
from ivi.model.app.storage import MAX_ITEM, MAX_KEY, MAX_LISTED, PART, ItemInfo, ItemList, ItemPart, PutItem
from ivi.model.errors import (
    InvalidArgumentError,
    IviError,
    NotFoundError,
    ResourceExhaustedError,
    UnavailableError,
)

log = logging.getLogger(__name__)

MAX_ITEMS = 4096  # of one app
OVERHEAD = 64  # bytes that an item counts besides its key and data
BUSY_TIMEOUT = 2.0  # seconds to wait for somebody who looks into the file
_SCHEMA = """
CREATE TABLE IF NOT EXISTS item (
    number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, is_json INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS part (
    item INTEGER NOT NULL, number INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (item, number)
) STRICT, WITHOUT ROWID;
"""
_STAGED = 0  # the item number under which parts wait for the last one; AUTOINCREMENT begins at 1
_NOTHING_STAGED = f"DELETE FROM part WHERE item = {_STAGED};"  # noqa: S608  # our own number
"""Run at each opening: whoever sent the first parts is gone."""


class Items:
    """The file itself; use it from one thread at a time."""

    def __init__(self, path: Path) -> None:
        """Open or create the file; one that is damaged is set aside. Raises UnavailableError when that fails too."""
        self._staged = PutItem("?", b"")
        self._staged_size = 0
        try:
            try:
                self._db = _open(path)
            except sqlite3.DatabaseError as error:
                if not sqlite_file.is_damage(error):
                    raise
                log.exception("an app's storage is damaged and is set aside", extra={"path": str(path)})
                path.rename(path.with_suffix(".damaged"))
                self._db = _open(path)
        except (OSError, sqlite3.Error) as error:
            raise UnavailableError(
                f"the app's storage cannot be opened: {error}", hint="check the car's disk"
            ) from error
        row = self._db.execute("SELECT count(*), total(size + length(CAST(key AS BLOB))) FROM item").fetchone()
        self.count: int = row[0]
        """Items."""
        self.used: int = int(row[1]) + row[0] * OVERHEAD
        """Bytes that count against the quota."""

    def put(self, item: PutItem, limit: int) -> None:
        """Keep an item or its next part. Raises ResourceExhaustedError over `limit` bytes, or when the disk is full."""
        if not 0 < len(item.key) <= MAX_KEY or not item.key.isprintable():
            text = f"{item.key[:MAX_KEY]!r} is no key"
            raise InvalidArgumentError(text, hint=f"use 1 to {MAX_KEY} characters of plain text")
        before = self._staged_size if item.part else 0
        self._check_order(item, before)
        row = self._db.execute("SELECT number, size FROM item WHERE key = ?", (item.key,)).fetchone()
        number, old = row or (None, 0)
        key_size = len(item.key.encode()) + OVERHEAD
        wanted = self.used + before + len(item.data) + (key_size if number is None else -old)
        if wanted > limit:
            text = f"the app's storage is full: {wanted} of {limit} bytes would be used"
            raise ResourceExhaustedError(text, hint="delete items, or ask for more mb in manifest.toml")
        if number is None and self.count >= MAX_ITEMS:
            raise ResourceExhaustedError(f"the app's storage has {MAX_ITEMS} items already", hint="delete some")
        with self._change():
            if not item.part:
                self._db.execute("DELETE FROM part WHERE item = ?", (_STAGED,))
            self._db.execute("INSERT INTO part VALUES (?, ?, ?)", (_STAGED, item.part, item.data))
            if item.last:
                self._publish(item, number, before + len(item.data))
        # Only now: after a refusal the parts that wait are still there, and still count.
        self._staged, self._staged_size = item, 0 if item.last else before + len(item.data)
        if item.last:
            self.count += number is None
            self.used = wanted

    def _check_order(self, item: PutItem, before: int) -> None:
        """Parts come one after the other, all of them full but the last; `before` bytes came with the earlier ones."""
        in_order = (self._staged.key, self._staged.part + 1, self._staged.last) == (item.key, item.part, False)
        if item.part and not in_order:
            raise InvalidArgumentError(f"part {item.part} of {item.key!r} came out of order", hint="begin with part 0")
        if not item.last and len(item.data) != PART:
            raise InvalidArgumentError(f"a part is {len(item.data)} bytes long", hint=f"all but the last have {PART}")
        if before + len(item.data) > MAX_ITEM:
            raise ResourceExhaustedError(f"an item is over {MAX_ITEM} bytes", hint="divide it into several items")

    def _publish(self, item: PutItem, old: int | None, size: int) -> None:
        if old is not None:
            self._delete(old)
        number = self._db.execute(
            "INSERT INTO item (key, size, is_json) VALUES (?, ?, ?)", (item.key, size, item.is_json)
        ).lastrowid
        self._db.execute("UPDATE part SET item = ? WHERE item = ?", (number, _STAGED))

    def _delete(self, number: int) -> None:
        self._db.execute("DELETE FROM item WHERE number = ?", (number,))
        self._db.execute("DELETE FROM part WHERE item = ?", (number,))

    def get(self, key: str, part: int) -> ItemPart:
        """One part. Raises NotFoundError when there is no such item or part."""
        row = self._db.execute(
            "SELECT data, is_json, size, item.number FROM item JOIN part ON part.item = item.number "
            "WHERE key = ? AND part.number = ?",
            (key, part),
        ).fetchone()
        if row is None:
            raise NotFoundError(f"there is no item {key!r}" + (f" with a part {part}" if part else ""))
        return ItemPart(row[0], bool(row[1]), max(1, -(-row[2] // PART)), row[3])

    def delete(self, key: str) -> None:
        """Forget an item. Raises NotFoundError when there is none."""
        row = self._db.execute("SELECT number, size FROM item WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise NotFoundError(f"there is no item {key!r}")
        with self._change():
            self._delete(row[0])
        self.count -= 1
        self.used -= row[1] + len(key.encode()) + OVERHEAD

    def listed(self, prefix: str, after: str, limit: int) -> ItemList:
        """A page of the items."""
        rows = self._db.execute(
            "SELECT key, size FROM item WHERE key > ? AND substr(key, 1, ?) = ? ORDER BY key LIMIT ?",
            (after, len(prefix), prefix, MAX_LISTED + 1),
        ).fetchall()
        return ItemList([ItemInfo(*row) for row in rows[:MAX_LISTED]], len(rows) > MAX_LISTED, self.used, limit)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextlib.contextmanager
    def _change(self) -> Iterator[None]:
        """One transaction. Raises ResourceExhaustedError when the disk is full, UnavailableError when it is broken."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            raise _explained(error) from error


def _open(path: Path) -> sqlite3.Connection:
    return sqlite_file.connect(path, _SCHEMA + _NOTHING_STAGED, timeout=BUSY_TIMEOUT, any_thread=True)


def _is_full(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", 0)
    return code == sqlite3.SQLITE_FULL or code & 0xFF == sqlite3.SQLITE_IOERR


def _explained(error: sqlite3.Error) -> IviError:
    if _is_full(error):
        return ResourceExhaustedError("the car's disk is full: nothing was changed", hint="try again later")
    return UnavailableError(f"the app's storage cannot be written: {error}", hint="check the car's disk")
