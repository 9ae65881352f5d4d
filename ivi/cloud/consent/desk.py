# SPDX-License-Identifier: Apache-2.0
"""Answers the screen and the command line about consents (ivi.model.privacy)."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from ivi.cloud.consent.entry import Entry
from ivi.cloud.consent.export import Source, export
from ivi.cloud.consent.keeping import COPIES_FILE
from ivi.cloud.consent.ledger import BrokenLedgerError
from ivi.cloud.consent.purposes import PURPOSES, Purpose, Terms
from ivi.cloud.delivery import OPERATION
from ivi.daemon.link_server import Router, Session
from ivi.model.errors import InvalidArgumentError, NotFoundError
from ivi.model.privacy import (
    Agree,
    Agreement,
    ExportData,
    Exported,
    Privacy,
    PurposeView,
    Revoke,
    Revoked,
    ShowPrivacy,
    Verified,
    VerifyConsents,
)

if TYPE_CHECKING:
    from ivi.cloud.consent.part import ConsentPart


class ConsentDesk:
    """One for each process."""

    def __init__(self, part: "ConsentPart") -> None:
        self._part = part
        self._exporting = asyncio.Lock()

    def serve(self, router: Router) -> None:
        """Register the answers."""
        router.on_call(ShowPrivacy, self._show)
        router.on_call(Agree, self._agree)
        router.on_call(Revoke, self._revoke)
        router.on_call(ExportData, self._export)
        router.on_call(VerifyConsents, self._verify)

    async def _show(self, _request: ShowPrivacy, _session: Session) -> Privacy:
        ledger, sent = self._part.ledger, self._part.sent()
        held = self._part.held
        return Privacy(
            [self._view(purpose, held, sent.get(purpose.name, 0)) for purpose in PURPOSES.values()],
            len(ledger.entries),
            ledger.public.hex(),
        )

    def _view(self, purpose: Purpose, held: list[Entry], sent: int) -> PurposeView:
        return PurposeView(
            purpose.name,
            purpose.words,
            purpose.name != OPERATION,
            purpose.by_name,
            [_agreement(one) for one in held if one.purpose == purpose.name],
            _offer(purpose),
            self._part.stores.waiting(purpose.name),
            sent,
        )

    async def _agree(self, request: Agree, session: Session) -> Privacy:
        purpose = PURPOSES.get(request.purpose)
        if purpose is None or purpose.offer is None:
            raise NotFoundError(
                f"there is no purpose {request.purpose[:40]!r}", hint=f"known are {', '.join(PURPOSES)}"
            )
        offer = purpose.offer
        self._part.agree(
            Terms(
                purpose.name,
                request.category or offer.category,
                request.recipient or offer.recipient,
                offer.retention_days if request.retention_days < 0 else request.retention_days,
                purpose.cell_m if request.cell_m < 0 else request.cell_m,
                purpose.time_s if request.time_s < 0 else request.time_s,
            )
        )
        return await self._show(ShowPrivacy(), session)

    async def _revoke(self, request: Revoke, _session: Session) -> Revoked:
        return Revoked(request.purpose, self._part.revoke(request.purpose))

    async def _export(self, request: ExportData, _session: Session) -> Exported:
        folder = Path(request.folder)
        if not folder.is_absolute():
            raise InvalidArgumentError(f"{request.folder!r} is no absolute path")
        part = self._part
        async with self._exporting:
            ledger = part.ledger
            source = Source(part.folder, part.folder / COPIES_FILE, part.vehicle_id, ledger.public, ledger.entries)
            written = await asyncio.to_thread(export, source, folder, part.now_ms())
        return Exported(str(folder), written.files, written.rows)

    async def _verify(self, _request: VerifyConsents, _session: Session) -> Verified:
        ledger = self._part.ledger
        try:
            ledger.check()
        except BrokenLedgerError as error:
            self._part.distrust(error.message)
            return Verified(0, ledger.public.hex(), error.message)
        return Verified(len(ledger.entries), ledger.public.hex())


def _agreement(entry: Entry) -> Agreement:
    terms = entry.terms
    if terms is None:  # an entry of another kind agrees to nothing
        raise InvalidArgumentError(f"entry {entry.number} agrees to nothing")
    return Agreement(
        terms.category, terms.recipient, terms.retention_days, terms.cell_m, terms.time_s, entry.by, entry.at_ms
    )


def _offer(purpose: Purpose) -> Agreement | None:
    use = purpose.offer
    if use is None:
        return None
    return Agreement(use.category, use.recipient, use.retention_days, purpose.cell_m, purpose.time_s)
