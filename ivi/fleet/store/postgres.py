# SPDX-License-Identifier: Apache-2.0
"""The fleet's database on a PostgreSQL server, rows go in by binary COPY; any number of copies share it.

Isolation is READ COMMITTED; whoever adds to a stream holds the lock of its row, so that the copies of an ingest agree
about it. What the server reports as "try again" (a deadlock, a serialization failure, a lost connection) is tried again
with the whole transaction, which is safe because every row of ours has a key.
"""

import logging
import random
import time
from collections.abc import Callable, Iterable, Sequence

import psycopg
from psycopg import errors, sql
from psycopg.conninfo import conninfo_to_dict

from ivi.fleet.store.database import Column, Row
from ivi.model.errors import ConfigurationError, InvalidArgumentError, UnavailableError

log = logging.getLogger(__name__)

CONNECT_S = 5  # seconds that the server may take to answer
ATTEMPTS = 4  # of one transaction, before the caller hears that it cannot be done now
PAUSE_S = 0.05  # seconds before the second attempt; doubles, with jitter
_SCHEMA_LOCK = 0x1F1EE7  # of pg_advisory_xact_lock: copies that start together make the tables one after the other

# A page that is half empty takes the new version of a row without touching the indexes (heap-only tuples).
_WORDS = {"int": "bigint", "bytes": "bytea", "keyed": "", "busy": " with (fillfactor = 50)"}
_TYPES = {"bytes": "bytea", "text": "text"}
_AGAIN = (errors.SerializationFailure, errors.DeadlockDetected, psycopg.OperationalError, psycopg.InterfaceError)
_AT_FAULT = (psycopg.DataError, psycopg.IntegrityError)
_REFUSED = (errors.InvalidPassword, errors.InvalidAuthorizationSpecification, errors.InvalidCatalogName)


class PostgresDatabase:
    """One connection, opened again when it is lost."""

    for_update = " for update of s"

    def __init__(self, address: str) -> None:
        """Connect. Raises ConfigurationError for an address that cannot be used or a server that is not there."""
        self._address = address
        try:
            parts = conninfo_to_dict(address)
        except psycopg.ProgrammingError as error:
            raise ConfigurationError(
                f"not the address of a fleet's database: {_plain(error)}",
                hint="write it as postgresql://user@host:5432/name",
            ) from error
        self.where = f"postgresql://{parts.get('host', 'localhost')}/{parts.get('dbname', '')}"
        self._temporary: list[str] = []
        try:
            self._db = self._connect()
        except psycopg.Error as error:
            raise ConfigurationError(
                f"cannot open the fleet's database {self.where}: {_plain(error)}",
                hint="start the server, or choose another with --db",
            ) from error

    def _connect(self) -> psycopg.Connection[Row]:
        connection: psycopg.Connection[Row] = psycopg.connect(
            self._address, autocommit=True, connect_timeout=CONNECT_S, application_name="ivi-fleet"
        )
        # A plan that was made for a small batch and few streams would be kept, and be four times slower for others.
        connection.execute("set plan_cache_mode = force_custom_plan")
        for statement in self._temporary:
            connection.execute(f"create temp table {statement} on commit delete rows".encode())
        return connection

    def prepare(self, schema: Sequence[str | Column], temporary: Sequence[str], version: int) -> None:
        """See Database."""
        try:
            with self._db.transaction():
                self._db.execute("select pg_advisory_xact_lock(%s)", (_SCHEMA_LOCK,))
                self._db.execute("create table if not exists fleet_schema(version bigint not null)")
                self._check_version(version)
                for statement in schema:
                    if isinstance(statement, Column):
                        added = f"alter table {statement.table} add column if not exists {statement.name} "
                        self._db.execute((added + statement.kind.format(**_WORDS)).encode())
                    else:
                        self._db.execute(statement.format(**_WORDS).encode())
            self._temporary = [statement.format(**_WORDS) for statement in temporary]
            for statement in self._temporary:
                self._db.execute(f"create temp table {statement} on commit delete rows".encode())
        except ConfigurationError:
            self._db.close()
            raise
        except psycopg.Error as error:
            self._db.close()
            raise ConfigurationError(
                f"cannot prepare the fleet's database {self.where}: {_plain(error)}",
                hint="give this user the right to create tables",
            ) from error

    def _check_version(self, version: int) -> None:
        found = self._db.execute("select version from fleet_schema").fetchone()
        if found is None:
            self._db.execute("insert into fleet_schema values(%s)", (version,))
        elif found[0] != version:
            raise ConfigurationError(
                f"the fleet's database {self.where} was made by another version of ivi "
                f"(schema {found[0]}, not {version})",
                hint="choose another with --db",
            )

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """See Database. Outside of a transaction the connection is opened again when it was lost.

        Raises UnavailableError.
        """
        if self._db.closed or self._db.info.transaction_status == psycopg.pq.TransactionStatus.IDLE:
            return self._again(lambda: self._db.execute(_marks(sql), values, binary=True).fetchall())
        return self._db.execute(_marks(sql), values, binary=True).fetchall()

    def run(self, sql: str, values: Sequence[object] = ()) -> int:
        """See Database."""
        return self._db.execute(_marks(sql), values).rowcount

    def many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """See Database; the driver sends all of them before it waits for the first answer."""
        if rows:
            self._db.cursor().executemany(_marks(sql), rows)

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """See Database."""
        statement = sql.SQL("copy {} ({}) from stdin (format binary)").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        with self._db.cursor().copy(statement) as copy:
            copy.set_types([_TYPES.get(column.rpartition("_")[2], "int8") for column in columns])
            for row in rows:
                copy.write_row(row)

    def among(self, column: str, values: Iterable[int]) -> tuple[str, object]:
        """See Database."""
        return f"{column} = any(?::bigint[])", list(values)

    def attempt[T](self, work: Callable[[], T]) -> T:
        """See Database."""

        def once() -> T:
            with self._db.transaction():
                return work()

        return self._again(once)

    def _again[T](self, work: Callable[[], T]) -> T:
        """Do `work`, up to ATTEMPTS times while the reason is one that passes. Raises UnavailableError."""
        pause = PAUSE_S
        for left in reversed(range(ATTEMPTS)):
            try:
                if self._db.closed:
                    self._db = self._connect()
                return work()
            except _AGAIN as error:
                if not left or isinstance(error, _REFUSED):
                    raise self._unavailable(error) from error
                log.info("transaction tried again", extra={"error": _plain(error)})
            except _AT_FAULT as error:
                raise InvalidArgumentError(
                    f"the fleet's database {self.where} does not take this: {_plain(error)}"
                ) from error
            except psycopg.Error as error:
                raise self._unavailable(error) from error
            time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311  # keeps two copies from meeting again; no secret
            pause *= 2
        raise AssertionError("the last attempt returns or raises")

    def _unavailable(self, error: psycopg.Error) -> UnavailableError:
        return UnavailableError(
            f"cannot use the fleet's database {self.where}: {_plain(error)}", hint="it goes on when the server is back"
        )

    def close(self) -> None:
        """See Database."""
        self._db.close()


def _marks(text: str) -> bytes:
    """The driver's way to write a parameter. No statement of ours has a question mark in a literal."""
    return text.replace("%", "%%").replace("?", "%s").encode()


def _plain(error: Exception) -> str:
    """The first line, without the address: libpq repeats one that it cannot read, with the password in it."""
    return str(error).strip().partition("\n")[0].partition('"postgres')[0] or type(error).__name__
