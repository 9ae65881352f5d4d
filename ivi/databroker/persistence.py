# SPDX-License-Identifier: Apache-2.0
"""Last values of leaves with `persist: true`, kept in a small SQLite file over the broker's restarts.

The keeper is a follower like others, so publishing costs the same as with one subscriber more, and of those paths only.
A thread writes what changed once in a while; a power cut costs what changed since, an ordered stop nothing.
"""

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import msgspec

from ivi.daemon.paths import make_private
from ivi.daemon.process import Process
from ivi.databroker.broker import Broker
from ivi.databroker.subscription import Batch, Subscription
from ivi.databroker.table import PERSISTED
from ivi.model.errors import InvalidArgumentError
from ivi.model.signal import Value
from ivi.model.status import Problem
from ivi.vss.catalogue import Catalogue, check_value

log = logging.getLogger(__name__)

WRITE_PERIOD = 5.0  # seconds between two writes; an odometer changes each second, and flash wears
BUSY_TIMEOUT = 2.0  # seconds to wait for somebody who looks into the file
PROBLEM = "persisted values"
_SCHEMA = "CREATE TABLE IF NOT EXISTS value (path TEXT PRIMARY KEY, value BLOB NOT NULL, time_ns INTEGER NOT NULL)"
_decoder: msgspec.msgpack.Decoder[Value] = msgspec.msgpack.Decoder(Value)

type Kept = dict[str, tuple[Value, int]]
"""Value and wall-clock time (nanoseconds since 1970) by path."""


class ValueStore:
    """The file. Its calls block and belong into a thread, one at a time."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._connection: sqlite3.Connection | None = None

    def load(self) -> Kept:
        """Everything that was kept. Raises sqlite3.Error or OSError."""
        rows = self._open().execute("SELECT path, value, time_ns FROM value").fetchall()
        found: Kept = {}
        for path, value, time_ns in rows:
            with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError, TypeError):
                found[str(path)] = (_decoder.decode(value), int(time_ns))
        return found

    def save(self, values: Mapping[str, tuple[Value, int]]) -> None:
        """Keep these values, all or none. Raises sqlite3.Error or OSError."""
        rows = [(path, msgspec.msgpack.encode(value), time_ns) for path, (value, time_ns) in values.items()]
        connection = self._open()
        with connection:
            connection.executemany("INSERT OR REPLACE INTO value VALUES (?, ?, ?)", rows)

    def set_aside(self) -> Path:
        """Rename a file that cannot be read, so that the next call makes a new one. Raises OSError."""
        self.close()
        aside = self.file.with_suffix(".broken")
        for suffix in ("-wal", "-shm"):
            Path(f"{self.file}{suffix}").unlink(missing_ok=True)
        self.file.replace(aside)
        return aside

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            connection = sqlite3.connect(self.file, timeout=BUSY_TIMEOUT, check_same_thread=False)
            try:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA synchronous=NORMAL")
                connection.execute(_SCHEMA)
            except sqlite3.Error:
                connection.close()
                raise
            self._connection = connection
        return self._connection


class Keeper:
    """Restores what was kept, then keeps what changes."""

    def __init__(self, process: Process, broker: Broker, file: Path, period: float = WRITE_PERIOD) -> None:
        self._process = process
        self._broker = broker
        self._store = ValueStore(file)
        self._period = period
        self._paths = persistent_paths(broker.catalogue)
        self._changed: Kept = {}
        self._subscription: Subscription | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Restore the values of the last run. Call it before providers start, so that they find their old values.

        It does nothing, and makes no file, when no leaf has `persist: true`.
        """
        if not self._paths:
            return
        make_private(self._store.file.parent)
        kept = await asyncio.to_thread(self._load)
        self._broker.restore(usable(self._broker.catalogue, kept))
        self._subscription = self._broker.subscribe(self._paths, 0, self._take)
        self._task = asyncio.get_running_loop().create_task(self._write_now_and_then())

    async def stop(self) -> None:
        """Write what is not written yet."""
        if self._task is None or self._subscription is None:
            return
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        self._broker.unsubscribe(self._subscription)
        await asyncio.to_thread(self._write, self._changed)
        self._store.close()

    def _take(self, batch: Batch) -> bool:
        """Note what changed; "not available" is no value to keep."""
        for path, point in batch.items():
            if point.value is not None and point.source is not PERSISTED:
                self._changed[path] = (point.value, point.time_ns)
        return True

    async def _write_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(self._period)
            changed, self._changed = self._changed, {}
            # shielded, so that a stop in the middle of a write does not run beside it
            writing = asyncio.ensure_future(asyncio.to_thread(self._write, changed))
            try:
                written = await asyncio.shield(writing)
            except asyncio.CancelledError:
                if not await writing:
                    self._changed = changed | self._changed
                raise
            if not written:
                self._changed = changed | self._changed

    def _write(self, changed: Kept) -> bool:
        if not changed:
            return True
        try:
            self._store.save(changed)
        except (sqlite3.Error, OSError) as error:
            self._process.report(
                PROBLEM,
                Problem(f"Last values cannot be kept: {error}", str(self._store.file), "free or mend the disk"),
            )
            return False
        self._process.resolve(PROBLEM)
        return True

    def _load(self) -> Kept:
        try:
            return self._store.load()
        except (sqlite3.Error, OSError) as error:
            what, hint = f"Last values cannot be read: {error}", "the broker starts without them"
        try:
            hint = f"the broker starts without them; the file is now {self._store.set_aside().name}"
        except OSError as error:
            what = f"{what}; {error}"
        self._process.report(PROBLEM, Problem(what, str(self._store.file), hint))
        return {}


def persistent_paths(catalogue: Catalogue) -> list[str]:
    """Leaves whose last value is kept."""
    return [path for path in catalogue if catalogue.get(path).persist]


def usable(catalogue: Catalogue, kept: Mapping[str, tuple[Value, int]]) -> Kept:
    """What still fits the catalogue: the leaf exists, is kept and takes the value."""
    found: Kept = {}
    for path, (value, time_ns) in kept.items():
        if path not in catalogue or not (entry := catalogue.get(path)).persist:
            continue
        try:
            found[path] = (check_value(entry, value), time_ns)
        except InvalidArgumentError as error:
            log.warning("a kept value no longer fits", extra={"error": error.message})
    return found
