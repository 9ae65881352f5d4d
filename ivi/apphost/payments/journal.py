# SPDX-License-Identifier: Apache-2.0
"""Every payment and how it ended, in SQLite with synchronous=FULL: what was agreed to is known before money moves.

Blocking; the desk uses it on a thread of its own.
"""

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from ivi.daemon import sqlite_file
from ivi.model.app.payment_order import Order
from ivi.model.app.payments import PaymentState

AGREED = "agreed"
"""The driver has agreed; the outcome is not written yet. Found after a crash, whoever pays is asked, and not paid."""
BUSY_TIMEOUT = 2.0  # seconds to wait for somebody who looks into the file
_SCHEMA = """
CREATE TABLE IF NOT EXISTS payment (
    key TEXT PRIMARY KEY, app_id TEXT NOT NULL, amount TEXT NOT NULL, what_for TEXT NOT NULL, state TEXT NOT NULL,
    reason TEXT NOT NULL, receipt TEXT NOT NULL, time_ns INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS step (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL, time_ns INTEGER NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS step_no_update BEFORE UPDATE ON step BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER IF NOT EXISTS step_no_delete BEFORE DELETE ON step BEGIN SELECT RAISE(ABORT, 'append-only'); END;
"""


@dataclass(frozen=True)
class Entry:
    """What is known of a payment."""

    terms: tuple[str, str]
    state: str
    """A PaymentState, or AGREED."""
    reason: str
    receipt: str


class Journal:
    """The file."""

    def __init__(self, path: Path) -> None:
        """Open or create it. Raises ConfigurationError when it cannot be used."""
        with sqlite_file.usable("the payments' journal", path):
            self._db = sqlite_file.connect(path, _SCHEMA, timeout=BUSY_TIMEOUT, any_thread=True)

    def find(self, key: str) -> Entry | None:
        """A payment that was agreed to or refused before."""
        row = self._db.execute(
            "SELECT amount, what_for, state, reason, receipt FROM payment WHERE key = ?", (key,)
        ).fetchone()
        return Entry((row[0], row[1]), *row[2:]) if row else None

    def write(self, order: Order, state: PaymentState | str, reason: str = "", receipt: str = "") -> Entry:
        """Note a step durably and return what is known now. Raises sqlite3.Error when it cannot be written."""
        now = time.time_ns()
        self._db.execute("BEGIN IMMEDIATE")
        try:
            self._db.execute(
                "INSERT INTO payment VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
                "state = excluded.state, reason = excluded.reason, receipt = excluded.receipt, "
                "time_ns = excluded.time_ns",
                (order.key, order.app_id, *order.terms, str(state), reason, receipt, now),
            )
            self._db.execute(
                "INSERT INTO step (key, state, reason, time_ns) VALUES (?, ?, ?, ?)",
                (order.key, str(state), reason, now),
            )
            self._db.execute("COMMIT")
        except sqlite3.Error:
            self._db.execute("ROLLBACK")
            raise
        return Entry(order.terms, str(state), reason, receipt)

    def unresolved(self) -> int:
        """Payments that were agreed to and whose outcome is not known."""
        count: int = self._db.execute("SELECT count(*) FROM payment WHERE state = ?", (AGREED,)).fetchone()[0]
        return count

    def close(self) -> None:
        """Close the file."""
        self._db.close()
