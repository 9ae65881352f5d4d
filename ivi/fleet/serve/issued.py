# SPDX-License-Identifier: Apache-2.0
"""What was issued, in the fleet's database: it is on the disk before it is sent, and stays until a car has answered."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ivi.cloud.cbor import decode, encode
from ivi.fleet.store.database import Database, Row, open_database
from ivi.fleet.store.schema import SCHEMA, TEMPORARY, VERSION
from ivi.model.commands import CommandState
from ivi.model.errors import InvalidArgumentError, ResourceExhaustedError

MAX_OPEN = 32  # commands of one car; half of the car's window of counters, so that none falls out of it
RESEND_FIRST, RESEND_LAST = 5_000, 60_000  # milliseconds
UNREACHED = 1_000  # milliseconds until a command that nobody got is looked at again
DOCUMENT_AGAIN = 10_000  # milliseconds until a document that the broker did not take is tried again
CHUNK = 50  # messages taken out at once

TABLES = (
    (
        "create table if not exists issuer_counter("
        "kid {bytes} not null, vehicle text not null, counter {int} not null, primary key(kid, vehicle)){keyed}"
    ),
    (
        "create table if not exists issued_command("
        "vehicle text not null, id {bytes} not null, name text not null, args {bytes} not null, role text not null, "
        "operator text not null, counter {int} not null, issued_ms {int} not null, expiry {int} not null, "
        "message {bytes} not null, pending {int} not null default 1, sends {int} not null default 0, "
        "sent_ms {int} not null default 0, next_ms {int} not null default 0, refused text not null default '', "
        "primary key(vehicle, id)){keyed}"
    ),
    "create index if not exists issued_command_pending on issued_command(next_ms) where pending = 1",
    # Retained documents: desired state, campaigns, entitlements. The newest of a kind is what a car is sent.
    (
        "create table if not exists issued_document("
        "vehicle text not null, kind text not null, version {int} not null, content {bytes} not null, "
        "message {bytes} not null, operator text not null, issued_ms {int} not null, newest {int} not null, "
        "sent_ms {int} not null default 0, next_ms {int} not null default 0, "
        "primary key(vehicle, kind, version)){keyed}"
    ),
    "create index if not exists issued_document_unsent on issued_document(next_ms) where newest = 1 and sent_ms = 0",
    "create index if not exists vehicle_changed on vehicle(state_ns)",
)
_FINAL = tuple(state.value for state in CommandState if state.final)
_COMMAND = "vehicle, id, name, args, role, operator, issued_ms, expiry, pending, sends, sent_ms, refused"
_DOCUMENT = "vehicle, kind, version, content, operator, issued_ms, sent_ms"


@dataclass(frozen=True, slots=True)
class IssuedCommand:
    """One command."""

    vehicle: str
    id: bytes
    name: str
    args: dict[str, Any]
    role: str
    operator: str
    issued_ms: int
    expiry: int
    """Seconds since 1970."""
    pending: bool
    """Whether it is still sent again."""
    sends: int
    """How often the broker took it."""
    sent_ms: int
    """When it did last."""
    refused: str
    """Why the car took it for no command of ours; empty when it did not say so."""


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """One version of a retained document."""

    vehicle: str
    kind: str
    """Last level of its topic: `twin`, `policy`, `ent`."""
    version: int
    content: Any
    operator: str
    issued_ms: int
    sent_ms: int
    """When the broker took it last; 0 while it has not."""


@dataclass(frozen=True, slots=True)
class Due:
    """A message that is to be sent now."""

    vehicle: str
    kind: str
    """Last level of its topic."""
    key: bytes | int
    """A command's id, or a document's version."""
    message: bytes
    sends: int = 0


class Issued:
    """One connection, for one thread at a time. Every method raises UnavailableError when the database is away."""

    def __init__(self, address: Path | str) -> None:
        """Open the database, or make it. Raises ConfigurationError."""
        self.database: Database = open_database(address)
        self.database.prepare((*SCHEMA, *TABLES), TEMPORARY, VERSION)

    def close(self) -> None:
        """End the connection."""
        self.database.close()

    # -- issuing ------------------------------------------------------------------------------------------------------
    def command(self, issued: IssuedCommand, kid: bytes, sign: Callable[[int], bytes]) -> int:
        """Draw the next counter of this key for this car, sign with it and keep all of it; returns the counter.

        Raises ResourceExhaustedError when the car has too many that are not answered.
        """

        def work() -> int:
            ((pending,),) = self.database.rows(
                "select count(*) from issued_command where vehicle = ? and pending = 1", (issued.vehicle,)
            )
            if pending >= MAX_OPEN:
                raise ResourceExhaustedError(
                    f"{issued.vehicle} has {pending} commands that are not answered yet", hint="wait, or cancel some"
                )
            # A new table begins at the time: counters that a lost database had drawn are below, and never used twice.
            ((counter,),) = self.database.rows(
                "insert into issuer_counter(kid, vehicle, counter) values(?, ?, ?) "
                "on conflict(kid, vehicle) do update set counter = issuer_counter.counter + 1 returning counter",
                (kid, issued.vehicle, int(time.time())),
            )
            self.database.run(
                "insert into issued_command(vehicle, id, name, args, role, operator, counter, issued_ms, expiry, "
                "message) values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(issued.vehicle, issued.id, issued.name, encode(issued.args), issued.role, issued.operator),
                    *(counter, issued.issued_ms, issued.expiry, sign(counter)),
                ),
            )
            return int(counter)

        return self.database.attempt(work)

    def document(
        self,
        issued: IssuedDocument,
        sign: Callable[[int], bytes],
        *,
        base: int | None = None,
    ) -> int:
        """Keep and make current a new version; returns it. `issued.version` is the least that it may have.

        Raises InvalidArgumentError when `base` is given and another version is the newest by now.
        """

        def work() -> int:
            ((newest,),) = self.database.rows(
                "select coalesce(max(version), 0) from issued_document where vehicle = ? and kind = ?",
                (issued.vehicle, issued.kind),
            )
            if base is not None and base != newest:
                raise InvalidArgumentError(
                    f"somebody issued version {newest} meanwhile, and yours is made from {base}", hint="look again"
                )
            version = max(int(newest) + 1, issued.version)
            self.database.run(
                "update issued_document set newest = 0 where vehicle = ? and kind = ? and newest = 1",
                (issued.vehicle, issued.kind),
            )
            self.database.run(
                "insert into issued_document(vehicle, kind, version, content, message, operator, issued_ms, newest) "
                "values(?, ?, ?, ?, ?, ?, ?, 1)",
                (
                    *(issued.vehicle, issued.kind, version, encode(issued.content), sign(version)),
                    *(issued.operator, issued.issued_ms),
                ),
            )
            return version

        return self.database.attempt(work)

    # -- sending ------------------------------------------------------------------------------------------------------
    def settle(self, now_ms: int) -> None:
        """Give up sending what is answered or expired."""
        marks = ", ".join("?" * len(_FINAL))
        self.database.attempt(
            lambda: self.database.run(
                "update issued_command set pending = 0 where pending = 1 and (expiry * 1000 <= ? or exists("  # noqa: S608  # own words
                "select 1 from command_state c where c.vehicle = issued_command.vehicle "
                f"and c.command = issued_command.id and c.state in ({marks})))",
                (now_ms, *_FINAL),
            )
        )

    def due(self, now_ms: int, since_ns: int = 0) -> list[Due]:
        """Commands and documents to send now. What a car has not answered is sent again while it is online only.

        A document goes out once, and again whenever its car comes back: a broker may have lost what it retained.
        `since_ns`: cars that came back before that were looked at already.
        """
        commands = self.database.rows(
            "select i.vehicle, i.id, i.message, i.sends from issued_command i "
            "left join vehicle v on v.vehicle = i.vehicle "
            "where i.pending = 1 and i.next_ms <= ? and (i.sends = 0 or v.state = 'online') "
            "order by i.next_ms, i.counter limit ?",
            (now_ms, CHUNK),
        )
        documents = self.database.rows(
            "select vehicle, kind, version, message from issued_document "
            "where newest = 1 and sent_ms = 0 and next_ms <= ? order by next_ms, issued_ms limit ?",
            (now_ms, CHUNK),
        )
        documents += self.database.rows(
            "select d.vehicle, d.kind, d.version, d.message from vehicle v "
            "join issued_document d on d.vehicle = v.vehicle and d.newest = 1 "
            "where v.state_ns > ? and v.state = 'online' and d.sent_ms > 0 and v.state_ns > d.sent_ms * 1000000 "
            "and d.next_ms <= ? order by v.state_ns limit ?",
            (since_ns, now_ms, CHUNK),
        )
        return [Due(vehicle, "cmd", id_, message, sends) for vehicle, id_, message, sends in commands] + [
            Due(vehicle, kind, version, message) for vehicle, kind, version, message in documents
        ]

    def postpone(self, due: Due, now_ms: int) -> None:
        """It was handed to the broker: not again before a while has passed."""
        if isinstance(due.key, bytes):
            wait = min(RESEND_LAST, RESEND_FIRST << min(due.sends, 8))
            self._write(
                "update issued_command set next_ms = ? where vehicle = ? and id = ?",
                *(now_ms + wait, due.vehicle, due.key),
            )
        else:
            self._write(
                "update issued_document set next_ms = ? where vehicle = ? and kind = ? and version = ?",
                *(now_ms + DOCUMENT_AGAIN, due.vehicle, due.kind, due.key),
            )

    def sent(self, due: Due, now_ms: int, *, reached: bool) -> None:
        """The broker took it. When it knows nobody who gets it, a command goes out again once its car is online."""
        if isinstance(due.key, bytes):
            again = "next_ms" if reached else str(now_ms + UNREACHED)
            self._write(
                f"update issued_command set sends = sends + 1, sent_ms = ?, next_ms = {again} "  # noqa: S608  # a number
                "where vehicle = ? and id = ?",
                *(now_ms, due.vehicle, due.key),
            )
        else:
            self._write(
                "update issued_document set sent_ms = ?, next_ms = 0 where vehicle = ? and kind = ? and version = ?",
                *(now_ms, due.vehicle, due.kind, due.key),
            )

    def refuse(self, vehicle: str, id_: bytes, why: str) -> None:
        """The car said that it takes this for no command of ours."""
        self._write(
            "update issued_command set pending = 0, refused = ? where vehicle = ? and id = ? and refused = ''",
            *(why, vehicle, id_),
        )

    def _write(self, statement: str, *values: object) -> None:
        self.database.attempt(lambda: self.database.run(statement, values))

    def prune(self, before_ms: int, limit: int = 1000) -> int:
        """Forget commands that are over, and versions of documents that were replaced, from before a moment.

        Returns how many; as many as `limit` when there are more.
        """
        commands = self._delete(
            "issued_command", ("vehicle", "id"), "pending = 0 and expiry * 1000 < ? and issued_ms < ?", before_ms, limit
        )
        return commands + self._delete(
            *("issued_document", ("vehicle", "kind", "version"), "newest = 0 and issued_ms < ? and issued_ms < ?"),
            *(before_ms, limit - commands),
        )

    def _delete(self, table: str, key: tuple[str, ...], condition: str, before_ms: int, limit: int) -> int:
        def work() -> int:
            columns = ", ".join(key)
            found = self.database.rows(
                f"select {columns} from {table} where {condition} order by issued_ms limit ?",  # noqa: S608  # own words
                (before_ms, before_ms, limit),
            )
            same = " and ".join(f"{column} = ?" for column in key)
            self.database.many(f"delete from {table} where {same}", found)  # noqa: S608  # own words
            return len(found)

        return self.database.attempt(work)

    # -- looking ------------------------------------------------------------------------------------------------------
    def commands(self, vehicle: str, limit: int = 30) -> list[IssuedCommand]:
        """Commands for a car, the newest first."""
        found = self.database.rows(
            f"select {_COMMAND} from issued_command where vehicle = ? "  # noqa: S608  # own words
            "order by issued_ms desc, counter desc limit ?",
            (vehicle, limit),
        )
        return [_command(row) for row in found]

    def find(self, vehicle: str, id_: bytes) -> IssuedCommand | None:
        """One command."""
        found = self.database.rows(
            f"select {_COMMAND} from issued_command where vehicle = ? and id = ?",  # noqa: S608  # own words
            (vehicle, id_),
        )
        return _command(found[0]) if found else None

    def newest(self, vehicle: str, kind: str) -> IssuedDocument | None:
        """The document of a kind that a car is sent."""
        found = self.database.rows(
            f"select {_DOCUMENT} from issued_document where vehicle = ? and kind = ? and newest = 1",  # noqa: S608  # own words
            (vehicle, kind),
        )
        return _document(found[0]) if found else None

    def documents(self, kind: str, limit: int = 200) -> list[IssuedDocument]:
        """The present documents of a kind of all cars, those issued last first."""
        found = self.database.rows(
            f"select {_DOCUMENT} from issued_document where kind = ? and newest = 1 "  # noqa: S608  # own words
            "order by issued_ms desc, vehicle limit ?",
            (kind, limit),
        )
        return [_document(row) for row in found]


def _command(row: Row) -> IssuedCommand:
    vehicle, id_, name, args, role, operator, issued_ms, expiry, pending, sends, sent_ms, refused = row
    found = decode(args, "the stored arguments")
    return IssuedCommand(
        *(vehicle, id_, name, found if isinstance(found, dict) else {}, role, operator),
        *(issued_ms, expiry, bool(pending), sends, sent_ms, refused),
    )


def _document(row: Row) -> IssuedDocument:
    vehicle, kind, version, content, operator, issued_ms, sent_ms = row
    return IssuedDocument(vehicle, kind, version, decode(content, "the stored document"), operator, issued_ms, sent_ms)
