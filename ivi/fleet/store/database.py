# SPDX-License-Identifier: Apache-2.0
"""What the store needs of a database, in the SQL that SQLite and PostgreSQL share; parameters are written `?`.

A schema is text with `{int}` (64 bits), `{bytes}`, `{keyed}` (a table that is its primary key) and `{busy}` (a table
whose rows change all the time) in it.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

POSTGRES = ("postgresql://", "postgres://")

type Row = tuple[Any, ...]


class Column(NamedTuple):
    """Part of a schema: a column that tables of an earlier program lack."""

    table: str
    name: str
    kind: str
    """Its type, and the default for the rows that are there."""


class Database(Protocol):
    """One connection; for one thread at a time."""

    where: str
    """Address or file, without a password, for messages."""
    for_update: str
    """Clause that locks the rows of table `s` until the transaction ends; empty where the database locks itself."""

    def prepare(self, schema: Sequence[str | Column], temporary: Sequence[str], version: int) -> None:
        """Make what is not there. Raises ConfigurationError for a database of another version."""

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """What a statement returns."""

    def run(self, sql: str, values: Sequence[object] = ()) -> int:
        """How many rows a statement changed."""

    def many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """The same statement for each row."""

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Fill an empty temporary table. Columns `.._bytes` and `.._text` hold those, others integers."""

    def among(self, column: str, values: Iterable[int]) -> tuple[str, object]:
        """A condition that `column` is one of `values`, and the parameter that goes with it."""

    def attempt[T](self, work: Callable[[], T]) -> T:
        """Run `work` in a transaction; again when another copy was in the way or the connection was lost.

        Raises UnavailableError when it cannot be done now, InvalidArgumentError when the values are at fault; then
        nothing of it is stored.
        """

    def close(self) -> None:
        """End the connection."""


def is_postgres(address: Path | str) -> bool:
    """Whether an address names a PostgreSQL server, not a file."""
    return isinstance(address, str) and address.startswith(POSTGRES)


def parse_address(text: str) -> Path | str:
    """What people write after --db: a file, or the address of a PostgreSQL server."""
    return text if is_postgres(text) else Path(text)


def open_database(address: Path | str) -> Database:
    """A file (SQLite), or `postgresql://user@host/name`. Raises ConfigurationError when it cannot be opened."""
    if is_postgres(address):
        from ivi.fleet.store.postgres import PostgresDatabase  # noqa: PLC0415  # the driver only where it is used

        return PostgresDatabase(str(address))
    from ivi.fleet.store.sqlite import SqliteDatabase  # noqa: PLC0415  # as above

    return SqliteDatabase(Path(address))
