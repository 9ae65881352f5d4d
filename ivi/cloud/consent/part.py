# SPDX-License-Identifier: Apache-2.0
"""The part of the cloud process that asks the driver's leave: ledger, gate, and what follows when it is taken back.

Taking back is one step: the gate closes, the ledger has it (from then on it holds, however the process ends), the
rows that wait are given up, and the fleet is asked to delete what it has. A process that is killed in the middle does
the rest at its next start, before anything is sent.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from ivi.cloud.consent.copies import SentCopies
from ivi.cloud.consent.desk import ConsentDesk
from ivi.cloud.consent.entry import Entry, What, terms_map
from ivi.cloud.consent.gate import ConsentGate
from ivi.cloud.consent.keeping import COPIES_FILE, KEY_FILE, LEDGER_FILE, open_copies, open_ledger
from ivi.cloud.consent.ledger import Ledger
from ivi.cloud.consent.purposes import PURPOSES, Terms, checked
from ivi.cloud.delivery import OPERATION, DeliveryClass, Outgoing
from ivi.cloud.part import Post
from ivi.cloud.record import Record, encode_record
from ivi.daemon.link_server import Router
from ivi.daemon.process import Counter, Process
from ivi.model.errors import InvalidArgumentError, IviError, UnavailableError
from ivi.model.services import DrivingState
from ivi.model.status import Problem

log = logging.getLogger(__name__)

RETRY = 1.0  # seconds until what the disk did not take is tried again
DRIVER, DEMO, START = "the driver", "the demo run", "a start without the demo"


class Drive(Protocol):
    """Who knows whether the car is parked."""

    @property
    def driving(self) -> DrivingState:
        """The driving state."""

    def start(self) -> None:
        """Begin to follow it."""

    async def stop(self) -> None:
        """Stop following it."""


class Stores(Protocol):
    """Who has the rows that wait."""

    @property
    def purposes(self) -> set[str]:
        """The purposes that have a channel."""

    def purge(self, purpose: str) -> int:
        """Give up all rows of a purpose, also those on their way; returns how many. Raises IviError."""

    def renew(self, purpose: str) -> None:
        """Begin new streams for a purpose. Raises IviError."""

    def streams(self, purpose: str) -> list[tuple[str, bytes]]:
        """The channels of a purpose with the ids of their streams."""

    def asked(self, purpose: str) -> None:
        """The request to delete its streams is on its way. Raises IviError."""

    def waiting(self, purpose: str) -> int:
        """Rows of a purpose that wait."""


class ConsentPart:
    """See ivi.cloud.part.Part. It has to be the first of the parts: what may not leave is purged before they begin."""

    name = "consent"
    topics: tuple[str, ...] = ()

    def __init__(self, process: Process, drive: Drive, state: Path, *, demo: Terms | None = None) -> None:
        """`state` is the process's folder. `demo`: what a demo run agrees to in the driver's place, said openly."""
        self.gate = ConsentGate()
        """What may leave: only `operation` until this part has started."""
        self._process = process
        self._drive = drive
        self.folder = state
        self._demo = demo
        self._ledger: Ledger | None = None
        self._copies: SentCopies | None = None
        self._stores: Callable[[], Stores] | None = None
        self._owed: dict[str, str] = {}
        """Purposes that were taken back and are not in the ledger yet, with who did."""
        self._left: set[str] = set()
        """Purposes that were taken back and have rows that the disk did not let go."""
        self._distrusted = False
        self._mending: asyncio.Task[None] | None = None

    def attach(self, stores: Callable[[], Stores]) -> None:
        """Who has the rows, from `start` on; before it."""
        self._stores = stores

    def keep(self, channel: str, stream: bytes, rows: list[tuple[int, bytes]]) -> None:
        """Copy what the fleet has, before it is forgotten here."""
        if self._copies is not None:
            self._copies.keep(channel, stream, rows)

    # -- ivi.cloud.part.Part ------------------------------------------------------------------------------------------
    async def start(self, post: Post) -> None:
        """Read the ledger, open the gate for what it says, and finish what an earlier end has interrupted.

        Raises ConfigurationError; then nothing but `operation` leaves.
        """
        self._post = post
        self._copies, problem = open_copies(self.folder / COPIES_FILE, post.clock.now)
        if problem is not None:
            self._process.report("copies of what was sent", problem)
        self._ledger, broken = open_ledger(
            self.folder / LEDGER_FILE, self.folder / KEY_FILE, int(post.clock.now() * 1000)
        )
        if broken:
            self._process.report(
                "consents",
                Problem(broken, str(self.folder / LEDGER_FILE), "agree again to what you want: `ivi privacy show`"),
            )
        self._drive.start()
        self._open_gate()
        for held in self.held:
            if self._demo is None and held.by == DEMO:
                self.revoke(held.purpose, START)
        for purpose in sorted(self.stores.purposes):
            if not self.gate.may_send(purpose):
                self._purge(purpose)
        if self._demo is not None and not self.gate.may_send(self._demo.purpose):
            self._agree(self._demo, DEMO)
        self._tell()
        self._mending = asyncio.get_running_loop().create_task(self._mend())

    async def stop(self) -> None:
        """Close the files."""
        self.gate.set(())
        if self._mending is not None:
            self._mending.cancel()
            await asyncio.gather(self._mending, return_exceptions=True)
        await self._drive.stop()
        if self._ledger is not None:
            self._ledger.close()

    async def close(self) -> None:
        """Close the copies, after the outboxes."""
        copies, self._copies = self._copies, None
        if copies is not None:
            copies.close()

    def online(self) -> None:
        """Nothing to do: what the fleet has to know is in the outbox."""

    def received(self, topic: str, payload: bytes) -> None:
        """Nobody sends anything."""

    def serve(self, router: Router) -> None:
        """Answer what ivi.model.privacy has."""
        ConsentDesk(self).serve(router)

    def counters(self) -> dict[str, Counter]:
        """Numbers for the status."""
        purposes = sorted({held.purpose for held in self.held})
        note = "" if purposes else "No driving data is sent: nobody has agreed to it (`ivi privacy show`)."
        return {
            "privacy_agreed": ", ".join(purposes),
            "privacy_entries": len(self.ledger.entries),
            "privacy_copies_lost": self._copies.lost if self._copies else 0,
            "privacy_note": note,
        }

    # -- what others ask ----------------------------------------------------------------------------------------------
    @property
    def ledger(self) -> Ledger:
        """The ledger. Raises UnavailableError while there is none."""
        if self._ledger is None:
            raise UnavailableError("the consents are not read yet", hint="ask again in a moment")
        return self._ledger

    @property
    def stores(self) -> Stores:
        """Who has the rows that wait. Raises UnavailableError."""
        if self._stores is None:
            raise UnavailableError("the outboxes are not open yet", hint="ask again in a moment")
        return self._stores()

    @property
    def held(self) -> list[Entry]:
        """The agreements that hold now."""
        if self._distrusted:
            return []
        return [entry for entry in self.ledger.active() if entry.purpose not in self._owed]

    @property
    def vehicle_id(self) -> str:
        """Identity of this car."""
        return self._post.vehicle_id

    def sent(self) -> dict[str, int]:
        """Copies for each purpose."""
        try:
            return self._copies.count() if self._copies else {}
        except sqlite3.Error as error:
            raise UnavailableError(f"the copies of what was sent cannot be read: {error}") from error

    def agree(self, terms: Terms) -> None:
        """The driver agrees. Raises NotFoundError, InvalidArgumentError, UnavailableError."""
        checked(terms)
        if self._distrusted:
            raise UnavailableError("the record of consents was changed", hint="start again, then agree")
        if self._drive.driving is not DrivingState.PARKED:
            raise UnavailableError(
                f"one agrees while the car is parked, and it is {self._drive.driving.value}",
                hint="park, and try again; taking back is always possible",
            )
        self._agree(terms, DRIVER)

    def _agree(self, terms: Terms, by: str) -> None:
        self._tell()
        if self._owed or self.ledger.untold():
            raise UnavailableError("what was taken back before is not written yet", hint="free some disk space")
        narrower = any(held.terms is not None and terms.narrows(held.terms) for held in self.held)
        if narrower or not self.gate.may_send(terms.purpose):  # what waits was made under wider terms, or under none
            self.stores.renew(terms.purpose)
            self._left.discard(terms.purpose)
        self.ledger.add(What.AGREED, at_ms=self.now_ms(), by=by, purpose=terms.purpose, terms=terms)
        self._open_gate()
        self._tell()

    def revoke(self, purpose: str, by: str = DRIVER) -> int:
        """Take back all of a purpose; returns how many rows are given up. Raises NotFoundError, InvalidArgumentError.

        What the disk does not take now holds all the same, and is written as soon as it can be. Should the process end
        before, nothing that was agreed to counts any more.
        """
        if purpose == OPERATION:
            raise InvalidArgumentError("`operation` cannot be taken back", hint="it sends receipts only")
        if purpose not in PURPOSES and not any(held.purpose == purpose for held in self.held):
            checked(Terms(purpose, "", "", 0))
        if not any(held.purpose == purpose for held in self.held):
            return self._purge(purpose)
        self._owed[purpose] = by
        self._open_gate()
        self._write_revocation(purpose)
        given_up = self._purge(purpose)
        self._tell()
        return given_up

    # -- inside -------------------------------------------------------------------------------------------------------
    def now_ms(self) -> int:
        """Milliseconds since 1970 by the car's trusted clock."""
        return int(self._post.clock.now() * 1000)

    def distrust(self, why: str) -> None:
        """The ledger was changed while we ran: nothing in it counts until the next start sets it aside."""
        self.gate.set(())
        for purpose in sorted(self.stores.purposes - {OPERATION}):
            self._purge(purpose)
        self._distrusted = True
        self._process.report(
            "consents",
            Problem(
                f"The record of what was agreed to was changed, and nothing leaves: {why}",
                str(self.ledger.path),
                "start again, then agree to what you want: `ivi privacy show`",
            ),
        )

    def _open_gate(self) -> None:
        if self._distrusted:
            return
        self.gate.set(held.terms for held in self.held if held.terms is not None)

    def _write_revocation(self, purpose: str) -> None:
        try:
            self.ledger.add(What.REVOKED, at_ms=self.now_ms(), by=self._owed[purpose], purpose=purpose)
        except IviError as error:
            self._cannot(error)
            self._void()
        else:
            del self._owed[purpose]

    def _void(self) -> None:
        try:
            self.ledger.void()
        except IviError as error:
            self._cannot(error)

    def _purge(self, purpose: str) -> int:
        """Rows that the disk does not let go are not sent all the same: the gate is asked again before each sending."""
        try:
            given_up = self.stores.purge(purpose)
        except IviError as error:
            self._left.add(purpose)
            self._cannot(error)
            return 0
        self._left.discard(purpose)
        return given_up

    def _tell(self) -> None:
        """Tell the fleet what is new in the ledger. At least once: a number that comes again changes nothing."""
        try:
            for entry in self.ledger.untold():
                self._post.put_now(Outgoing(DeliveryClass.CONTROL, encode_record(self._record(entry))))
                if entry.what is What.REVOKED:
                    self.stores.asked(entry.purpose)
                self.ledger.tell(entry.number)
        except IviError as error:
            self._cannot(error)

    def _record(self, entry: Entry) -> Record:
        data: dict[str, object] = {
            "n": entry.number,
            "what": str(entry.what),
            "by": entry.by,
            "signed": entry.signed,
        }
        if entry.purpose:
            data["purpose"] = entry.purpose
        if entry.terms is not None:
            data |= terms_map(entry.terms)
        if entry.what is What.BEGAN:
            data["key"] = self.ledger.public
        if entry.what is What.REVOKED:  # the request to delete what was sent
            data["delete"] = [[channel, stream] for channel, stream in self.stores.streams(entry.purpose)]
        return Record("consent", entry.at_ms, data)

    def _cannot(self, error: IviError) -> None:
        self._process.report(
            "consents written",
            Problem(
                f"A consent is not written yet, and nothing of it leaves: {error.message}",
                str(self.folder),
                error.hint or "free some disk space",
            ),
        )

    async def _mend(self) -> None:
        """Write later what the disk did not take at once, until cancelled."""
        while True:
            await asyncio.sleep(RETRY)
            try:
                self._mend_now()
            except IviError as error:
                self._cannot(error)

    def _mend_now(self) -> None:
        was_busy = bool(self._owed or self._left)
        for purpose in list(self._owed):
            self._write_revocation(purpose)
        if not self._owed:
            self.ledger.restore()
        if not was_busy and not self.ledger.untold():
            self._process.resolve("consents written")
            return
        for purpose in list(self._left):
            self._purge(purpose)
        self._tell()
