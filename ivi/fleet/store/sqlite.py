# SPDX-License-Identifier: Apache-2.0
"""The fleet's database in one file: the embedded default, for a workshop, a demo and the tests."""

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from ivi.fleet.store.database import Column, Row
from ivi.model.errors import ConfigurationError, InvalidArgumentError, UnavailableError

WAIT_S = 5.0  # seconds that another writer may hold the file

_WORDS = {"int": "integer", "bytes": "blob", "keyed": " without rowid", "busy": ""}

_AT_FAULT = (sqlite3.DataError, sqlite3.IntegrityError, sqlite3.InterfaceError, OverflowError, UnicodeError)
"""What the values of a statement are to blame for."""


class SqliteDatabase:
    """A file in WAL mode, FULL sync. Several ingests may share it; each waits for the other's transaction."""

    for_update = ""  # `begin immediate` locks the whole file

    def __init__(self, path: Path) -> None:
        """Open or make the file. Raises ConfigurationError."""
        self.where = str(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # The ingest opens the file here and writes it from the one thread that it has for that.
            self._db = sqlite3.connect(path, isolation_level=None, timeout=WAIT_S, check_same_thread=False)
        except (OSError, sqlite3.Error) as error:
            raise self._unusable(error) from error

    def _unusable(self, error: Exception) -> ConfigurationError:
        return ConfigurationError(
            f"cannot use the fleet's database {self.where}: {error}", hint="choose another with --db"
        )

    def prepare(self, schema: Sequence[str | Column], temporary: Sequence[str], version: int) -> None:
        """See Database."""
        try:
            self._db.execute("pragma journal_mode = wal")
            self._db.execute("pragma synchronous = full")
            self._db.execute("begin immediate")  # or two copies that start together would both find it empty
            (found,) = self._db.execute("pragma user_version").fetchone()
            if found not in (0, version):
                raise sqlite3.NotSupportedError(f"made by another version of ivi (schema {found}, not {version})")
            for statement in schema:
                if isinstance(statement, Column):
                    self._add(statement)
                else:
                    self._db.execute(statement.format(**_WORDS))
            for statement in temporary:
                self._db.execute(f"create temp table if not exists {statement.format(**_WORDS)}")
            self._db.execute(f"pragma user_version = {version}")
            self._db.execute("commit")
        except sqlite3.Error as error:
            self._db.close()
            raise self._unusable(error) from error

    def _add(self, column: Column) -> None:
        there = {row[1] for row in self._db.execute(f"pragma table_info({column.table})")}
        if column.name not in there:
            kind = column.kind.format(**_WORDS)
            self._db.execute(f"alter table {column.table} add column {column.name} {kind}")

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """See Database. Raises UnavailableError outside of a transaction."""
        if self._db.in_transaction:
            return self._db.execute(sql, values).fetchall()
        with self._explained():
            return self._db.execute(sql, values).fetchall()

    def run(self, sql: str, values: Sequence[object] = ()) -> int:
        """See Database."""
        return self._db.execute(sql, values).rowcount

    def many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """See Database."""
        self._db.executemany(sql, rows)

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """See Database."""
        self._db.execute(f"delete from temp.{table}")  # noqa: S608  # table and columns are our own words
        marks = ", ".join("?" * len(columns))
        self._db.executemany(f"insert into temp.{table}({', '.join(columns)}) values({marks})", rows)

    def among(self, column: str, values: Iterable[int]) -> tuple[str, object]:
        """See Database."""
        return f"{column} in (select value from json_each(?))", json.dumps(list(values))  # noqa: S608

    def attempt[T](self, work: Callable[[], T]) -> T:
        """See Database. Waiting for another writer is SQLite's own business, up to WAIT_S."""
        with self._explained():
            self._db.execute("begin immediate")
            try:
                result = work()
                self._db.execute("commit")
            finally:
                if self._db.in_transaction:
                    with contextlib.suppress(sqlite3.Error):  # the first error is the one to tell
                        self._db.execute("rollback")
        return result

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except _AT_FAULT as error:
            raise InvalidArgumentError(f"the fleet's database {self.where} does not take this: {error}") from error
        except sqlite3.Error as error:
            raise UnavailableError(
                f"cannot use the fleet's database {self.where}: {error}", hint="free some disk space"
            ) from error

    def close(self) -> None:
        """See Database."""
        self._db.close()
