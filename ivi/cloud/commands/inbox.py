# SPDX-License-Identifier: Apache-2.0
"""The durable inbox: which commands came, where each one stands, and which counters were used.

A command's row and its counter are committed together before anything else happens, and RUNNING is committed before the
car is asked. The outcome is in the outbox first (see ivi.cloud.commands.part) and is committed here with the next
change, or by `flush`. So what is RUNNING when the process starts was begun, and its end is either in the outbox or
nobody saw it: then it becomes OUTCOME_UNKNOWN. It is never begun again.

A new file is a new epoch: with its counters gone, nothing that was signed before may be done.
"""

import contextlib
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ivi.cloud.cbor import decode, encode
from ivi.cloud.commands.command import EPOCH_BYTES, Command
from ivi.cloud.commands.database import Database
from ivi.cloud.commands.window import Window
from ivi.model.commands import CommandState
from ivi.model.errors import InvalidArgumentError

KEPT = 5000  # finished commands whose results are still known
MAX_OPEN = 32  # commands that are not finished
MAX_REASON = 300  # characters

_VERSION = 1
_SCHEMA = """
create table if not exists meta(key text primary key, value) without rowid;
create table if not exists command(
    number integer primary key autoincrement,
    id blob not null unique, kid blob not null, role text not null, name text not null, args blob not null,
    expiry integer not null, digest blob not null, received_ms integer not null,
    state text not null, reason text not null default '', result blob not null default x'a0',
    told text not null default '') strict;
create index if not exists command_state on command(state);
create table if not exists counter(kid blob primary key, newest integer not null, seen blob not null) without rowid;
"""
_SELECT = (
    "select id, kid, role, name, args, expiry, received_ms, state, reason, result, digest, told from command where "
)

_FINAL = f"({', '.join(repr(state.value) for state in CommandState if state.final)})"
_PRUNE = (  # what is over, told, and of long ago
    "delete from command where number <= (select max(number) from command) - ? and told = state and state in " + _FINAL  # noqa: S608  # words of ours
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One command and where it stands."""

    id: bytes
    kid: bytes
    role: str
    name: str
    args: dict[str, Any]
    expiry: int
    """Seconds since 1970."""
    received_ms: int
    state: CommandState
    reason: str = ""
    result: dict[str, Any] | None = None
    digest: bytes = b""
    """Of everything that was signed: the same id with other content is another command."""
    told: str = ""
    """The state that the uplink has taken to tell the fleet."""


def entry_of(command: Command, kid: bytes, role: str, now: float) -> Entry:
    """A command that has just come."""
    signed = [
        command.vehicle, command.name, dict(command.args), command.id, command.counter, command.expiry, command.epoch,
        kid,
    ]  # fmt: skip
    digest = hashlib.sha256(encode(signed)).digest()
    return Entry(
        command.id, kid, role, command.name, dict(command.args), command.expiry, int(now * 1000),
        CommandState.RECEIVED, digest=digest,
    )  # fmt: skip


class Inbox:
    """All commands of this car. Every method that writes raises UnavailableError when the disk does not take it."""

    def __init__(self, path: Path) -> None:
        """Open or make the file. Raises ConfigurationError."""
        self._db = Database(path, _SCHEMA, _VERSION)
        with self._db.transaction():
            self._db.write("insert or ignore into meta values('epoch', ?)", os.urandom(EPOCH_BYTES))
        self.epoch: bytes = self._db.read("select value from meta where key = 'epoch'")[0][0]
        """What commands must carry; random, and another one whenever the file is made anew."""
        self._ended: dict[bytes, Entry] = {}
        self._windows = {
            bytes(kid): Window(newest, int.from_bytes(seen))
            for kid, newest, seen in self._db.read("select kid, newest, seen from counter")
        }

    @property
    def path(self) -> Path:
        """The file."""
        return self._db.path

    @property
    def quarantined(self) -> Path | None:
        """Where a damaged file was moved at the start."""
        return self._db.quarantined

    def close(self) -> None:
        """Close the file; what was not flushed is not kept."""
        self._db.close()

    # -- coming in ----------------------------------------------------------------------------------------------------
    def find(self, id_: bytes) -> Entry | None:
        """The command with this id."""
        if id_ in self._ended:
            return self._ended[id_]
        rows = self._db.read(_SELECT + "id = ?", id_)
        return _entry(rows[0]) if rows else None

    def take(self, entry: Entry, counter: int) -> bool:
        """Keep a new command and use up its counter. False when the counter was used before, or is too old to know."""
        window = self._windows.get(entry.kid, Window()).take(counter)
        if window is None:
            return False
        with self._changing():
            self._db.write(
                "insert or replace into counter values(?, ?, ?)", entry.kid, window.newest, window.seen.to_bytes(8)
            )
            self._db.write(
                "insert into command(id, kid, role, name, args, expiry, digest, received_ms, state, reason)"
                " values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                entry.id, entry.kid, entry.role, entry.name, encode(entry.args), entry.expiry, entry.digest,
                entry.received_ms, entry.state.value, entry.reason,
            )  # fmt: skip
            self._prune()
        self._windows[entry.kid] = window
        return True

    def _prune(self) -> None:
        """Forget results of long ago; their counters stay used, so that they cannot be done again."""
        self._db.write(_PRUNE, KEPT)

    # -- going on -----------------------------------------------------------------------------------------------------
    def move(self, entry: Entry, state: CommandState, reason: str = "", result: dict[str, Any] | None = None) -> Entry:
        """Commit a change of state, and return the command as it is then.

        Raises InvalidArgumentError when it is finished already: what is over stays as it is.
        """
        moved = replace(entry, state=state, reason=reason[:MAX_REASON], result=result)
        with self._changing():
            ((stands,),) = self._db.read("select state from command where id = ?", entry.id)
            if CommandState(stands).final:
                raise InvalidArgumentError(f"the command is {stands} already")
            self._db.write(
                "update command set state = ?, reason = ?, result = ?, told = ? where id = ?",
                state.value, moved.reason, encode(result or {}), entry.told, entry.id,
            )  # fmt: skip
        return moved

    def is_over(self, id_: bytes) -> bool:
        """Whether a command that was kept is finished."""
        return (known := self.find(id_)) is not None and known.state.final

    def end(self, entry: Entry) -> None:
        """Take how a command ended, and whether the uplink has it; committed with the next change, or by `flush`."""
        self._ended[entry.id] = entry

    def flush(self) -> None:
        """Commit what `end` took."""
        if self._ended:
            with self._changing():
                pass

    @contextlib.contextmanager
    def _changing(self) -> Iterator[None]:
        with self._db.transaction():
            for entry in self._ended.values():
                self._db.write(
                    "update command set state = ?, reason = ?, result = ?, told = ? where id = ?",
                    entry.state.value, entry.reason, encode(entry.result or {}), entry.told, entry.id,
                )  # fmt: skip
            yield
        self._ended.clear()

    # -- looking ------------------------------------------------------------------------------------------------------
    def open(self) -> list[Entry]:
        """What is not finished, the oldest first."""
        return self._list("state not in " + _FINAL + " order by number")

    def untold(self) -> list[Entry]:
        """What the fleet may not know the present state of, the oldest first."""
        return self._list("told <> state order by number")

    def newest(self, limit: int) -> list[Entry]:
        """The newest commands, the newest first."""
        return self._list("true order by number desc limit ?", limit)

    def _list(self, where: str, *values: object) -> list[Entry]:
        self.flush()
        return [_entry(row) for row in self._db.read(_SELECT + where, *values)]


def _entry(row: tuple[Any, ...]) -> Entry:
    id_, kid, role, name, args, expiry, received_ms, state, reason, result, digest, told = row
    return Entry(
        bytes(id_), bytes(kid), role, name, _map(args), expiry, received_ms, CommandState(state), reason, _map(result),
        bytes(digest), told,
    )  # fmt: skip


def _map(data: bytes) -> dict[str, Any]:
    value = decode(data, "a kept command")
    return value if isinstance(value, dict) else {}
