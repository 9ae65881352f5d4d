# SPDX-License-Identifier: Apache-2.0
"""Tables of signals that cars have sent: what the numbers in rows of columns mean."""

from collections.abc import Mapping
from typing import Any

from ivi.cloud.cbor import decode, encode
from ivi.cloud.signal_table import SignalTable
from ivi.fleet.store.database import Database
from ivi.model.errors import InvalidArgumentError, NotFoundError

KIND = "signals"
"""Kind of the record that brings a table."""
MAX_TABLE = 1 << 20  # bytes of a record
MAX_KNOWN = 16  # tables in memory; a fleet has one for each catalogue


def keep(database: Database, data: Mapping[str, Any]) -> None:
    """Store the table in a record, for whichever car comes with the same. In the transaction of the record.

    Raises InvalidArgumentError for one that cannot be read or has another hash than it says: a forged one would make
    other cars' rows unreadable.
    """
    table = SignalTable.from_record(data)
    database.run(
        "insert into signal_table(hash, data) values(?, ?) on conflict do nothing", (table.hash, encode(dict(data)))
    )


class SignalTables:
    """Tables by their hash, read once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[bytes, SignalTable] = {}

    def find(self, wanted: bytes) -> SignalTable:
        """The table with this hash. Raises NotFoundError while no car has sent it."""
        if wanted not in self._known:
            found = self._database.rows("select data from signal_table where hash = ?", (wanted,))
            if not found:
                raise NotFoundError(f"no car has sent the table of signals {wanted.hex()} yet", hint="wait for it")
            data = decode(found[0][0], "the stored table of signals", most=2 * MAX_TABLE)
            if not isinstance(data, dict):
                raise InvalidArgumentError("the stored table of signals is no map")
            if len(self._known) >= MAX_KNOWN:
                self._known.clear()
            self._known[wanted] = SignalTable.from_record(data)
        return self._known[wanted]
