# SPDX-License-Identifier: Apache-2.0
"""Bytes that apps have used, kept in SQLite: what is left of each app's day, and the sums for each host and date.

Bytes are booked in blocks before they flow, so that a crash never gives an app more than its day; what was not used of
a block is given back when the app's last connection ends. Writing happens on a thread.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ivi.apphost.egress.allowance import Clocks, Day, advance, first_day, read_clocks
from ivi.daemon import sqlite_file

BLOCK = 256 << 10  # bytes that are booked at a time
KEPT_DAYS = 90  # days that the sums are kept
BUSY_TIMEOUT = 2.0  # seconds to wait for somebody who looks into the file

_SCHEMA = """
CREATE TABLE IF NOT EXISTS day (
    app TEXT PRIMARY KEY, used INTEGER NOT NULL, elapsed REAL NOT NULL, boot_id TEXT NOT NULL, uptime REAL NOT NULL,
    wall REAL NOT NULL, unset_for REAL NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS traffic (
    app TEXT NOT NULL, date TEXT NOT NULL, host TEXT NOT NULL, connections INTEGER NOT NULL, sent INTEGER NOT NULL,
    received INTEGER NOT NULL, PRIMARY KEY (app, date, host)
) STRICT, WITHOUT ROWID;
"""


@dataclass(frozen=True)
class Traffic:
    """What an app exchanged with one host on one date (UTC)."""

    date: str
    host: str
    """`name:port`."""
    connections: int
    sent: int
    """Bytes from the app, TLS included."""
    received: int


class TrafficLedger:
    """Books and sums. The methods that wait are safe to call from the loop; they run on one thread in order."""

    def __init__(self, path: Path, clocks: Callable[[], Clocks] = read_clocks) -> None:
        """Open or create the file. Raises ConfigurationError when it cannot be used."""
        with sqlite_file.usable("the traffic ledger", path):
            self._db = sqlite_file.connect(path, _SCHEMA, synchronous="NORMAL", timeout=BUSY_TIMEOUT, any_thread=True)
        self._clocks = clocks
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="traffic")

    async def book(self, app: str, limit: int, wanted: int = BLOCK) -> int:
        """Take up to `wanted` bytes of a day that allows `limit`. Returns how many it got."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._book, app, limit, wanted)

    async def give_back(self, app: str, unused: int) -> None:
        """Return booked bytes that did not flow."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._give_back, app, unused)

    async def add(self, app: str, host: str, sent: int, received: int) -> None:
        """Add one connection to the sums."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._add, app, host, sent, received)

    async def traffic(self, app: str) -> list[Traffic]:
        """The sums of an app, oldest first."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._traffic, app)

    async def close(self) -> None:
        """Close the file."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._db.close)
        self._thread.shutdown(wait=False)

    # -- on the thread ------------------------------------------------------------------------------------------------
    def _day(self, app: str) -> Day:
        now = self._clocks()
        row = self._db.execute(
            "SELECT used, elapsed, boot_id, uptime, wall, unset_for FROM day WHERE app = ?", (app,)
        ).fetchone()
        if row is None:
            return first_day(now)
        used, elapsed, boot_id, uptime, wall, unset_for = row
        return advance(Day(used, elapsed, Clocks(boot_id, uptime, wall), unset_for), now)

    def _keep(self, app: str, day: Day, used: int) -> None:
        at = day.clocks
        self._db.execute(
            "INSERT OR REPLACE INTO day VALUES (?, ?, ?, ?, ?, ?, ?)",
            (app, used, day.elapsed, at.boot_id, at.uptime, at.wall, day.unset_for),
        )

    def _book(self, app: str, limit: int, wanted: int) -> int:
        day = self._day(app)
        got = max(0, min(wanted, limit - day.used))
        self._keep(app, day, day.used + got)
        return got

    def _give_back(self, app: str, unused: int) -> None:
        day = self._day(app)
        self._keep(app, day, max(0, day.used - unused))

    def _add(self, app: str, host: str, sent: int, received: int) -> None:
        date = datetime.now(UTC).date().isoformat()
        self._db.execute(
            "INSERT INTO traffic VALUES (?, ?, ?, 1, ?, ?) ON CONFLICT (app, date, host) DO UPDATE SET "
            "connections = connections + 1, sent = sent + excluded.sent, received = received + excluded.received",
            (app, date, host, sent, received),
        )
        self._db.execute("DELETE FROM traffic WHERE date < date('now', ?)", (f"-{KEPT_DAYS} days",))

    def _traffic(self, app: str) -> list[Traffic]:
        rows = self._db.execute(
            "SELECT date, host, connections, sent, received FROM traffic WHERE app = ? ORDER BY date, host", (app,)
        )
        return [Traffic(*row) for row in rows]
