# SPDX-License-Identifier: Apache-2.0
"""The ledger of consents: signed entries, each with the hash of the one before, that are only ever added to.

Changing an entry breaks its signature and the chain; cutting the tail off contradicts the signed head, which says how
long the chain is. The head is in the same file, changed in the same transaction, and a copy of it lies beside: whoever
puts back an older file contradicts the copy. (Putting back file and copy together cannot be noticed here; the fleet has
the entries too.)
"""

import contextlib
import logging
import os
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ivi.cloud import cose
from ivi.cloud.consent import entry as entries
from ivi.cloud.consent.entry import HEAD_CONTEXT, NOTHING, Entry, What
from ivi.cloud.consent.purposes import Terms
from ivi.cloud.consent.signing_key import SigningKey
from ivi.daemon import sqlite_file
from ivi.model.errors import InvalidArgumentError, IviError, UnavailableError

log = logging.getLogger(__name__)

_SCHEMA = """
create table if not exists entry(number integer primary key, signed blob not null);
create table if not exists head(only integer primary key check(only = 1), signed blob not null);
create table if not exists told(only integer primary key check(only = 1), upto integer not null);
create trigger if not exists no_change before update on entry begin select raise(abort, 'only added to'); end;
create trigger if not exists no_cut before delete on entry begin select raise(abort, 'only added to'); end;
"""


class BrokenLedgerError(UnavailableError):
    """The ledger is not as it was written: nothing in it counts."""


class Ledger:
    """The entries of one car. Not for several threads."""

    def __init__(self, path: Path, key: SigningKey) -> None:
        """Open the ledger, or make one whose first entry has to be added by `begin`; `check` says whether it is whole.

        Raises OSError or sqlite3.Error.
        """
        self.path = path
        self.copy = path.with_suffix(".head")
        """Where the copy of the head lies."""
        self._key = key
        self._keys = {key.kid: key.public}
        self._db = sqlite_file.connect(path, _SCHEMA, synchronous="FULL")
        self._entries: list[Entry] = []
        self._void = False

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @property
    def public(self) -> bytes:
        """The public key, 32 bytes."""
        return self._key.public_bytes

    @property
    def entries(self) -> list[Entry]:
        """All entries, as `check` has read them and `add` has added to them."""
        return list(self._entries)

    def active(self) -> list[Entry]:
        """The agreements that hold now, each newest for its purpose, category and recipient."""
        held: dict[tuple[str, str, str], Entry] = {}
        for one in self._entries:
            if one.what is What.REVOKED:
                held = {key: old for key, old in held.items() if key[0] != one.purpose}
            elif one.terms is not None:
                held[(one.purpose, one.terms.category, one.terms.recipient)] = one
        return list(held.values())

    # -- reading ------------------------------------------------------------------------------------------------------
    def check(self) -> None:
        """Read everything and see that nothing was changed, cut off or put back. Raises BrokenLedgerError."""
        found: list[Entry] = []
        before = NOTHING
        for number, signed in self._rows("select number, signed from entry order by number"):
            with self._explained(f"entry {number}"):
                one = entries.read(signed, self._keys)
            if one.number != number or number != len(found) + 1 or one.before != before:
                raise BrokenLedgerError(f"the chain of consents is broken at entry {number} of {self.path}")
            found.append(one)
            before = one.digest
        head = self._check_head(found)
        self._check_copy(found, head)
        self._entries = found

    def _check_head(self, found: list[Entry]) -> bytes:
        heads = self._rows("select only, signed from head")
        if not found and not heads:
            return b""
        if len(heads) != 1:
            raise BrokenLedgerError(f"the head of the ledger {self.path} is missing")
        with self._explained("the head"):
            number, digest = _read_head(heads[0][1], self._keys)
        if number != len(found):
            raise BrokenLedgerError(f"the ledger {self.path} has {len(found)} entries, and {number} were written")
        if digest != found[-1].digest:
            raise BrokenLedgerError(f"the last entry of {self.path} is not the one that was written")
        return heads[0][1]

    def _check_copy(self, found: list[Entry], head: bytes) -> None:
        """It may lag behind, when the process was killed between commit and copy; then it is mended."""
        try:
            signed = self.copy.read_bytes()
        except FileNotFoundError:
            if len(found) > 1:
                raise BrokenLedgerError(f"the copy of the head, {self.copy}, is missing") from None
            if head:
                self._write_copy(head)
            return
        except OSError as error:
            raise BrokenLedgerError(f"cannot read {self.copy}: {error.strerror}") from error
        with self._explained(f"the copy of the head, {self.copy},"):
            number, digest = _read_head(signed, self._keys)
        if number > len(found):
            raise BrokenLedgerError(
                f"{self.path} has {len(found)} entries, and {number} were written: it is an old one"
            )
        if number < 1 or digest != found[number - 1].digest:
            raise BrokenLedgerError(f"entry {number} of {self.path} is not the one that was written")
        if number < len(found):
            self._write_copy(head)

    @contextlib.contextmanager
    def _explained(self, what: str) -> Iterator[None]:
        try:
            yield
        except IviError as error:
            raise BrokenLedgerError(f"{what} of the ledger {self.path} was changed: {error.message}") from error

    def _rows(self, query: str) -> list[tuple[int, bytes]]:
        try:
            return self._db.execute(query).fetchall()
        except sqlite3.Error as error:
            raise BrokenLedgerError(f"the ledger {self.path} cannot be read: {error}") from error

    # -- writing ------------------------------------------------------------------------------------------------------
    def add(self, what: What, *, at_ms: int, by: str, purpose: str = "", terms: Terms | None = None) -> Entry:
        """Add an entry; it holds when this returns. Raises UnavailableError when the disk does not take it."""
        before = self._entries[-1].digest if self._entries else NOTHING
        made = Entry(len(self._entries) + 1, before, at_ms, what, by, purpose, terms)
        made = replace(made, signed=entries.sign(made, self._key))
        head = cose.sign({"n": made.number, "hash": made.digest}, self._key.kid, self._key.private, HEAD_CONTEXT)
        with self._transaction():
            self._db.execute("insert into entry values(?, ?)", (made.number, made.signed))
            self._db.execute("insert or replace into head values(1, ?)", (head,))
        self._entries.append(made)
        self._write_copy(head)
        return made

    def void(self) -> None:
        """Let nothing of it count at the next start, because it lacks what the disk did not take; until `restore`.

        Entries without the copy of their head are not believed, and a disk that is full lets go of a file all the same.
        Raises UnavailableError when it does not.
        """
        self._void = True
        try:
            self.copy.unlink(missing_ok=True)
            _sync_folder(self.copy.parent)
        except OSError as error:
            raise UnavailableError(
                f"cannot take away {self.copy}: {error.strerror}", hint="see the disk, and do not start again before"
            ) from error

    def restore(self) -> None:
        """It has everything again, and counts. Raises BrokenLedgerError."""
        if self._void:
            heads = self._rows("select only, signed from head")
            self._void = False
            if heads:
                self._write_copy(heads[0][1])

    def _write_copy(self, head: bytes) -> None:
        """After the commit: a copy that lags behind is mended later, one that is ahead would be a false alarm."""
        if self._void:
            return
        new = self.copy.with_name(self.copy.name + ".new")
        try:
            descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            try:
                os.write(descriptor, head)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            new.rename(self.copy)
        except OSError as error:
            log.warning("the copy of the ledger's head lags behind", extra={"error": error.strerror})

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._db.execute("begin immediate")
            yield
            self._db.execute("commit")
        except sqlite3.Error as error:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("rollback")
            raise UnavailableError(f"cannot write {self.path}: {error}", hint="free some disk space") from error

    # -- what the fleet was told --------------------------------------------------------------------------------------
    def untold(self) -> list[Entry]:
        """Entries that the fleet was not told of yet."""
        rows = self._rows("select upto, upto from told")
        upto = rows[0][0] if rows else 0
        return self._entries[int(upto) :]

    def tell(self, upto: int) -> None:
        """The fleet was told of everything up to this number. Raises UnavailableError."""
        with self._transaction():
            self._db.execute("insert or replace into told values(1, ?)", (upto,))


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read_head(signed: bytes, keys: Mapping[bytes, Ed25519PublicKey]) -> tuple[int, bytes]:
    value, _ = cose.verify(signed, keys, HEAD_CONTEXT)
    match value:
        case {"n": int(number), "hash": bytes(digest), **rest} if not rest:
            return number, digest
    raise InvalidArgumentError("it has not a number and a hash")
